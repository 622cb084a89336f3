from chibo.models.age_decision import AgeDecision
from chibo.models.campaign import Campaign, Finding, ReviewForm
from chibo.models.committee import Position, Term
from chibo.models.development import Candidate, CandidateStep, DevelopmentTarget
from chibo.models.dossier import DossierPaper, OldCard, Reward
from chibo.models.dues import FeeLine, FeeMonth, FeeRate, FeeStanding, FundEntry, LatePayment
from chibo.models.help_case import HelpCase
from chibo.models.kept import KeptList, KeptTable, RegisterWrite
from chibo.models.lineage import Delegation, Face, Lineage
from chibo.models.member import Member, StandingPeriod
from chibo.models.organisation import CellType, Organisation, OrganisationKind
from chibo.models.placement import Badge, CardStep, Complaint, Discipline, Exit, Gap, Holiday, Placement
from chibo.models.privacy import DataRequest, Incident, MemberIdentity
from chibo.models.profile import MemberProfile
from chibo.models.rating import Rating, RatingTally, ReviewYear
from chibo.models.recognition import RecognitionVote
from chibo.models.role import RoleGrant
from chibo.models.screening import Screening
from chibo.models.transfer import Transfer, TransferBox
from chibo.models.twin import Twin

__all__ = [
    "AgeDecision", "DossierPaper", "OldCard", "Reward",
    "DataRequest", "Incident", "MemberIdentity", "MemberProfile",
    "Badge", "Campaign", "Candidate", "CandidateStep", "CardStep", "CellType", "DevelopmentTarget", "FeeLine", "FeeMonth", "FeeRate", "FeeStanding", "Finding", "FundEntry", "HelpCase",
    "KeptList", "KeptTable", "RegisterWrite", "Rating", "RatingTally", "ReviewForm", "ReviewYear", "Complaint", "Delegation", "Discipline", "Exit", "Face", "Gap", "Holiday", "LatePayment", "Lineage", "Member", "Organisation",
    "OrganisationKind", "Placement", "Position", "RecognitionVote", "RoleGrant", "Screening", "StandingPeriod", "Term", "Transfer", "TransferBox", "Twin",
]  # fmt: skip
