"""The superior's tables of cell meetings: a month cell by cell, and six months (cell-meetings.md 7.1, 7.2).

Cells are those active in the month, not today's list. A fixed number of questions, whatever the number of cells.
"""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q

from chibo.models import Organisation
from hoithao.choices import REPORTED, Answer, KindCode, Phase, ScoreState, Status, TaskState
from hoithao.models import Meeting, MeetingDocument, MonthTally, Score, Task, Tick, Visit
from hoithao.models.meeting import began
from hoithao.scoring import shown
from kyanh_portal.base.calendar import add_months

LEVELS = ["Tốt", "Khá", "Trung bình", "Kém"]
ADOPTED = [ScoreState.ADOPTED, ScoreState.SENT, ScoreState.CONFIRMED, ScoreState.ADJUSTED]


@dataclass
class CellMonth:
    """One cell and month: its regular meeting, if it was held, and what is known of it."""

    cell: Organisation
    meeting: Meeting | None = None
    figures: dict = field(default_factory=dict)
    speakers: int | None = None
    posted_hours: int | None = None
    committee_met: bool = False
    visits: int = 0
    tasks_given: int = 0
    tasks_back: int = 0
    tasks_done: int = 0
    thematic: int = 0
    reported_hours: int | None = None
    score: Score | None = None
    superior_total: Decimal | None = None
    superior_level: str = ""
    losses: str = ""

    @property
    def state(self) -> str:
        if self.meeting is None:
            return "Chưa họp"
        return "Đã khóa" if self.meeting.is_closed else "Chưa khóa biên bản"

    @property
    def level(self) -> str:
        """The cell's own level, once the cell adopted it."""
        return self.score.level if self.score else ""

    @property
    def points(self) -> str:
        return shown(self.score.total) if self.score and self.score.total is not None else ""


def active_cells(unit: Organisation, first: dt.date, last: dt.date) -> list[Organisation]:
    """Cells at or below the unit that lived on some day of the span."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=last)
    alive = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    cells = Organisation.objects.below(unit).cells().filter(begun, alive)
    return list(
        cells.select_related("parent", "cell_type", "kind").order_by("parent__sort_key", "parent_id", "sort_key", "pk")
    )


def _lived(cell: Organisation, month: dt.date) -> bool:
    """Whether the cell lived on some day of the month."""
    begun = cell.valid_from is None or cell.valid_from <= last_day(month)
    return begun and (cell.valid_to is None or cell.valid_to >= month)


def last_day(month: dt.date) -> dt.date:
    return add_months(month, 1) - dt.timedelta(days=1)


def month_rows(unit: Organisation, month: dt.date) -> list[CellMonth]:
    """The rows of a month, cell by cell."""
    rows = {cell.pk: CellMonth(cell) for cell in active_cells(unit, month, last_day(month))}
    held = Meeting.objects.filter(organisation__in=rows, month=month, status__in=[Status.OPEN, Status.CLOSED])
    held = held.select_related("kind", "minutes").annotate(
        heard=Count("contributions__member", distinct=True), given=Count("tasks", distinct=True)
    )
    committee = defaultdict(list)
    for meeting in held.order_by(began()):
        row = rows[meeting.organisation_id]
        if meeting.kind_is_regular:
            row.meeting, row.speakers, row.tasks_given = meeting, meeting.heard, meeting.given
            row.figures = meeting.minutes.figures if meeting.is_closed else {}
        elif meeting.kind.code == KindCode.THEMATIC:
            row.thematic += 1
        elif meeting.kind.code == KindCode.CELL_COMMITTEE:
            committee[meeting.organisation_id].append(meeting.began_at)
    by_meeting = {row.meeting.pk: row for row in rows.values() if row.meeting}
    for pk, starts in committee.items():
        meeting = rows[pk].meeting
        rows[pk].committee_met = meeting is not None and min(starts) < meeting.began_at
    _documents(by_meeting)
    _tasks(by_meeting)
    _reported(by_meeting)
    coming = (
        Visit.objects.filter(meeting__in=by_meeting, answer=Answer.COMING)
        .values("meeting")
        .annotate(n=Count("pk"))
        .order_by()
    )
    for one in coming:
        by_meeting[one["meeting"]].visits = one["n"]
    _scores(by_meeting)
    return list(rows.values())


def _documents(by_meeting) -> None:
    """Hours between the last document posted before a meeting and its real beginning; none where one was not posted in time."""
    posted = defaultdict(list)
    rows = MeetingDocument.objects.filter(meeting__in=by_meeting, phase=Phase.BEFORE)
    for pk, moment in rows.values_list("meeting", "posted_at"):
        posted[pk].append(moment)
    for pk, moments in posted.items():
        starts = by_meeting[pk].meeting.began_at
        if all(moment is not None and moment <= starts for moment in moments):
            by_meeting[pk].posted_hours = int((starts - max(moments)).total_seconds() // 3600)


def _reported(by_meeting) -> None:
    """Hours between the end of a meeting and the tick that its papers were posted and reported upward."""
    for pk, at in Tick.objects.filter(meeting__in=by_meeting, code=REPORTED).values_list("meeting", "at"):
        ended = by_meeting[pk].meeting.ended_at or by_meeting[pk].meeting.began_at
        by_meeting[pk].reported_hours = max(0, int((at - ended).total_seconds() // 3600))


def _tasks(by_meeting) -> None:
    """Tasks of earlier meetings that this one heard of, and how many of them were done."""
    heard = Task.objects.filter(results__meeting__in=by_meeting).values("results__meeting", "results__state")
    for one in heard.annotate(n=Count("pk")).order_by():
        row = by_meeting[one["results__meeting"]]
        row.tasks_back += one["n"]
        row.tasks_done += one["n"] if one["results__state"] == TaskState.DONE else 0


def _scores(by_meeting) -> None:
    scores = Score.objects.filter(meeting__in=by_meeting, state__in=ADOPTED).select_related("frame")
    for score in scores.prefetch_related("reviews", "lines__criterion"):
        row = by_meeting[score.meeting_id]
        row.score = score
        lost = [x for x in score.lines.all() if x.counts and x.points is not None and x.points < x.criterion.most]
        lost.sort(key=lambda x: x.points - x.criterion.most)
        row.losses = ("Chấm quá hạn. " if score.is_late else "") + "; ".join(
            f"{x.criterion.name}: trừ {shown(x.criterion.most - x.points)}" for x in lost[:3]
        )
        if reviews := list(score.reviews.all()):
            row.superior_total, row.superior_level = reviews[-1].total, reviews[-1].level


def month_summary(rows: list[CellMonth], unit: Organisation, month: dt.date) -> dict:
    """Numbers of a committee over these rows, each with its base."""
    held = [row for row in rows if row.meeting]
    levels = Counter(row.level for row in rows if row.level)
    counted = [row for row in rows if row.figures]
    first = month.replace(month=3 * ((month.month - 1) // 3) + 1)
    themes = MonthTally.objects.filter(organisation=unit, month__gte=first, month__lte=month)
    return {
        "due": len(rows), "held": len(held), "not_held": len(rows) - len(held), "scored": sum(levels.values()), "levels": levels,
        "level_rows": [(name, levels[name]) for name in LEVELS],
        "present": sum(row.figures.get("present", 0) for row in counted), "base": sum(row.figures.get("base", 0) for row in counted),
        "locked": len(counted), "unexcused_cells": sum(1 for row in counted if row.figures.get("unexcused")),
        "thematic": sum(themes.values_list("thematic", flat=True)), "model": sum(1 for row in held if row.meeting.is_model),
        "visits": sum(row.visits for row in rows),
    }  # fmt: skip


@dataclass
class CellSpan:
    """One cell over several months."""

    cell: Organisation
    due: int = 0
    met: int = 0
    base: int = 0
    present: int = 0
    speakers: int = 0
    thematic: int = 0
    model: int = 0
    unexcused: int = 0
    levels: Counter = field(default_factory=Counter)
    members: int = 0


def span_rows(unit: Organisation, months: list[dt.date]) -> list[CellSpan]:
    """Six months (or any) cell by cell: sums of meetings, never averages of averages."""
    rows = {cell.pk: CellSpan(cell) for cell in active_cells(unit, months[0], last_day(months[-1]))}
    for row in rows.values():  # a month nobody noted anything in is due all the same
        row.due = sum(1 for month in months if _lived(row.cell, month))
    for tally in MonthTally.objects.filter(organisation__in=rows, month__in=months):
        row = rows[tally.organisation_id]
        row.met += tally.cells_met
        for name in ("base", "present", "speakers", "thematic", "unexcused"):
            setattr(row, name, getattr(row, name) + getattr(tally, name))
        row.model += tally.model_meetings
    scores = Score.objects.filter(
        meeting__organisation__in=rows, meeting__month__in=months, meeting__kind_is_regular=True, state__in=ADOPTED
    )
    for pk, level in scores.exclude(level="").values_list("meeting__organisation", "level"):
        rows[pk].levels[level] += 1
    newest = Meeting.objects.filter(organisation__in=rows, month__in=months, kind_is_regular=True, status=Status.CLOSED)
    for pk, figures in newest.order_by(began()).values_list("organisation", "minutes__figures"):
        rows[pk].members = figures.get("total", 0)
    return list(rows.values())
