from hoithao.models.agenda import AgendaItem
from hoithao.models.attendance import Attendance
from hoithao.models.contribution import Contribution
from hoithao.models.kind import AgendaTemplate, MeetingKind
from hoithao.models.meeting import Meeting
from hoithao.models.minutes import Addendum, Minutes
from hoithao.models.programme import Lesson, Programme, Round
from hoithao.models.tally import MonthTally
from hoithao.models.vote import Vote
from hoithao.models.workshop import Conclusion, Disagreement, Paper, Remark

__all__ = [
    "Addendum", "AgendaItem", "AgendaTemplate", "Attendance", "Conclusion", "Contribution", "Disagreement", "Lesson",
    "Meeting", "MeetingKind", "Minutes", "MonthTally", "Paper", "Programme", "Remark", "Round", "Vote",
]  # fmt: skip
