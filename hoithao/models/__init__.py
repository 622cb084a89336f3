from hoithao.models.agenda import AgendaItem
from hoithao.models.around import (
    AgendaOrigin,
    Follower,
    MeetingDocument,
    PreMeeting,
    Proposal,
    Scan,
    Tick,
    Visit,
)  # fmt: skip
from hoithao.models.attendance import Attendance
from hoithao.models.ballot import Ballot, BallotLine, DecisionKind
from hoithao.models.contribution import Contribution
from hoithao.models.frame import Criterion, RuleFrame
from hoithao.models.half_year import HalfYearNote
from hoithao.models.kind import AgendaTemplate, MeetingKind
from hoithao.models.meeting import Meeting, began
from hoithao.models.minutes import Addendum, Minutes
from hoithao.models.petition import Petition, PetitionMove
from hoithao.models.programme import Lesson, Programme, ProgrammeConference, Round
from hoithao.models.round_work import (
    Adoption,
    LessonMove,
    Observation,
    ObservationStep,
    Observer,
    ObserverScore,
    Review,
    RoundCell,
)  # fmt: skip
from hoithao.models.score import Score, ScoreLine, ScoreReview
from hoithao.models.signing import Excuse, MinutesSignature, Phrase
from hoithao.models.step import StepDone, StepTemplate
from hoithao.models.tally import MonthTally
from hoithao.models.task import Task, TaskResult
from hoithao.models.theme import Theme, ThemeVersion
from hoithao.models.vote import Vote
from hoithao.models.workshop import Conclusion, Disagreement, Paper, Remark
from hoithao.models.workshop_papers import PaperComment, PaperOrder, PaperVersion
from hoithao.models.workshop_record import ProgrammeLine, Solution, TypeState, WorkshopPlan

__all__ = [
    "Ballot", "BallotLine", "DecisionKind", "Excuse", "MinutesSignature", "Phrase",
    "Addendum", "Adoption", "AgendaItem", "AgendaOrigin", "AgendaTemplate", "Attendance", "Conclusion", "Contribution",
    "Criterion", "Disagreement", "Follower", "HalfYearNote", "Lesson", "LessonMove", "Meeting", "MeetingDocument", "MeetingKind", "Minutes", "MonthTally",
    "Observation", "ObservationStep", "Observer", "ObserverScore", "Paper", "Petition", "PetitionMove", "PreMeeting", "Programme", "ProgrammeConference", "Proposal",
    "Remark", "Review", "Round", "RoundCell", "RuleFrame", "Scan", "Score", "ScoreLine", "ScoreReview", "StepDone", "StepTemplate", "Task",
    "TaskResult", "Theme", "ThemeVersion", "Tick", "Visit", "Vote", "began",
    "PaperComment", "PaperOrder", "PaperVersion", "ProgrammeLine", "Solution", "TypeState", "WorkshopPlan",
]  # fmt: skip
