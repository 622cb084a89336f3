from nghiquyet.models.clause import Clause, ToldOnly
from nghiquyet.models.drafting import Comment, DraftVersion, PaperEffect, ResolutionMove, ResolutionVote
from nghiquyet.models.duty import DeadlineRequest, Duty, DutyStep, Obstacle
from nghiquyet.models.evaluation import Evaluation, TargetSupport
from nghiquyet.models.incoming import IncomingPaper
from nghiquyet.models.outgoing import OutgoingPaper, RecipientList
from nghiquyet.models.progress import DutyTally, ProgressReport, ReportLine
from nghiquyet.models.resolution import Resolution
from nghiquyet.models.study import Concretisation, StudyPlan, StudySession, TemplateItem
from nghiquyet.models.supervision import Supervision, SupervisionPaper, SupervisionStep, TeamMember
from nghiquyet.models.target import Goal, Target, TargetFigure, TargetTally
from nghiquyet.models.topic import TopicMark
from nghiquyet.models.wording import WordingCheck, WordingEdit

__all__ = [
    "Clause", "Comment", "Concretisation", "DeadlineRequest", "DraftVersion", "Duty", "DutyStep", "DutyTally", "Evaluation", "Goal",
    "IncomingPaper", "Obstacle", "OutgoingPaper", "PaperEffect", "ProgressReport", "RecipientList", "ReportLine", "Resolution",
    "ResolutionMove", "ResolutionVote", "StudyPlan", "StudySession", "Supervision", "SupervisionPaper", "SupervisionStep",
    "Target", "TargetFigure", "TargetSupport", "TargetTally", "TeamMember", "TemplateItem", "ToldOnly", "TopicMark",
    "WordingCheck", "WordingEdit",
]  # fmt: skip
