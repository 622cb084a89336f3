from chibo.models.committee import Position, Term
from chibo.models.member import Member, StandingPeriod
from chibo.models.organisation import CellType, Organisation, OrganisationKind
from chibo.models.role import RoleGrant

__all__ = [
    "CellType", "Member", "Organisation", "OrganisationKind", "Position", "RoleGrant", "StandingPeriod", "Term",
]  # fmt: skip
