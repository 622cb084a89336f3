from nghiquyet.models.clause import Clause
from nghiquyet.models.duty import DeadlineRequest, Duty, DutyStep, Obstacle
from nghiquyet.models.progress import DutyTally, ProgressReport, ReportLine
from nghiquyet.models.resolution import Resolution
from nghiquyet.models.study import Concretisation, StudyPlan, StudySession, TemplateItem
from nghiquyet.models.supervision import Supervision, SupervisionPaper, SupervisionStep, TeamMember
from nghiquyet.models.target import Goal, Target, TargetFigure, TargetTally

__all__ = [
    "Clause", "Concretisation", "DeadlineRequest", "Duty", "DutyStep", "DutyTally", "Goal", "Obstacle", "ProgressReport",
    "ReportLine", "Resolution", "StudyPlan", "StudySession", "Supervision", "SupervisionPaper", "SupervisionStep", "Target",
    "TargetFigure", "TargetTally", "TeamMember", "TemplateItem",
]  # fmt: skip
