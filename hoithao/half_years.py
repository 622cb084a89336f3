"""The superior's table of six months: what it counts of each cell, and the list behind every figure (cell-meetings.md 7.1).

Figures of meetings stand in the roll-ups; the others are counted from their records by columns that this app and the
apps above it add. A list is asked of the same function, so that it holds exactly what its figure counts.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Count, OuterRef, Q, Subquery, prefetch_related_objects

from chibo.choices import Placed
from chibo.models import Member, Organisation, Placement
from hoithao.choices import KindCode, Status
from hoithao.models import AgendaItem, HalfYearNote, Meeting, Score
from hoithao.models.meeting import began
from hoithao.monthly import ADOPTED, LEVELS, CellSpan, last_day, span_rows
from hoithao.rules import percent
from hoithao.scoring import shown
from kyanh_portal.base.calendar import FIRST_YEAR, LAST_YEAR, add_months, months_between
from kyanh_portal.base.registry import Registry


@dataclass(frozen=True)
class Half:
    """Half a year: the first from January, the second from July."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> "Half":
        return cls(day.year, 1 if day.month < 7 else 2)

    @classmethod
    def named(cls, text: str) -> "Half":
        """The half of an address: `2020-2`. Raises ValueError."""
        year, _, number = text.partition("-")
        if not (year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR and number in ("1", "2")):
            raise ValueError(text)
        return cls(int(year), int(number))

    def __str__(self):
        return f"{self.year}-{self.number}"

    @property
    def name(self) -> str:
        return f"sáu tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 1 if self.number == 1 else 7, 1)

    @property
    def months(self) -> list[dt.date]:
        return months_between(self.first, add_months(self.first, 5))

    @property
    def last(self) -> dt.date:
        return last_day(self.months[-1])


@dataclass(frozen=True)
class Item:
    """One thing a figure counts: of which cell, when, what, where it stands."""

    cell: int
    day: dt.date
    name: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class SpanColumn:
    """A figure of the table. `find(user, cells, half)` gives what it counts; `base` says in words what is counted of what.

    `is_counted`: the figure is the number of what was found; else it stands in the roll-ups and the list opens it.
    `is_listed`: the files carry the list too; the page opens it always.
    """

    code: str
    label: str
    base: str
    find: Callable
    is_counted: bool = True
    is_listed: bool = True


columns: Registry[SpanColumn] = Registry("columns of the six-month table")


def add_column(*args, **options) -> SpanColumn:
    """Put a figure into the table; the order of adding is the order of the columns."""
    column = SpanColumn(*args, **options)
    return columns.add(column.code, column)


def counted_columns() -> list[SpanColumn]:
    return [column for column in columns if column.is_counted]


@dataclass
class CellHalf:
    """A cell's line: the sums of its meetings, what was counted from records, what was typed."""

    span: CellSpan
    found: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    note: HalfYearNote | None = None

    @property
    def cell(self) -> Organisation:
        return self.span.cell

    def number(self, code: str) -> int:
        return len(self.found[code])


def half_rows(user, unit: Organisation, half: Half) -> list[CellHalf]:
    """Cell by cell, as this user may see it; a fixed number of questions, whatever the number of cells."""
    rows = {span.cell.pk: CellHalf(span) for span in span_rows(unit, half.months)}
    cells = [row.cell for row in rows.values()]
    for column in counted_columns():
        for item in column.find(user, cells, half):
            rows[item.cell].found[column.code].append(item)
    for note in HalfYearNote.objects.filter(organisation__in=cells, starts_on=half.first).select_related("by"):
        rows[note.organisation_id].note = note  # the newest one counts
    return list(rows.values())


def half_summary(rows: list[CellHalf]) -> dict:
    """Sums over the lines, each with its base."""
    spans = [row.span for row in rows]
    levels = Counter()
    for span in spans:
        levels.update(span.levels)
    total = {name: sum(getattr(s, name) for s in spans) for name in ("due", "met", "base", "present", "speakers", "thematic", "model", "unexcused")}  # fmt: skip
    told = [row.note for row in rows if row.note]
    return {
        **total, "cells": len(rows), "levels": levels, "level_rows": [(name, levels[name]) for name in LEVELS], "scored": sum(levels.values()),
        "share": percent(total["present"], total["base"]), "told": len(told), "models": sum(note.number for note in told),
        "counted": [(column, sum(row.number(column.code) for row in rows), sum(1 for row in rows if row.number(column.code))) for column in counted_columns()],
    }  # fmt: skip


def items_of(user, column: SpanColumn, cells: list[Organisation], half: Half) -> list[Item]:
    """The list behind a figure, by cell in the order given, then by day."""
    order = {cell.pk: place for place, cell in enumerate(cells)}
    return sorted(column.find(user, cells, half), key=lambda item: (order[item.cell], item.day, item.name))


def _meetings(user, cells, half, condition: Q):
    rows = Meeting.objects.visible_to(user).filter(condition, organisation__in=cells, month__in=half.months)
    rows = rows.annotate(heard=Count("contributions__member", distinct=True))
    return rows.select_related("kind", "organisation", "minutes").order_by(began(), "pk")


def _told(meeting) -> str:
    if not meeting.is_closed:
        return "chưa khóa biên bản"
    figures = meeting.minutes.figures
    return f"{figures.get('present', 0)}/{figures.get('base', 0)} có mặt, {meeting.heard} đồng chí phát biểu"


def _listed(condition: Q):
    def find(user, cells, half):
        return [
            Item(m.organisation_id, m.held_on, m.name, m.get_absolute_url(), _told(m))
            for m in _meetings(user, cells, half, condition)
        ]

    return find


def _read(user, cells, half):
    """Locked meetings that had an item of reading on their agenda and did not put it off, told by the item's title."""
    of_reading = reduce(or_, (Q(title__icontains=words) for words in READING))
    items = AgendaItem.objects.filter(of_reading, meeting=OuterRef("pk"), put_off="").order_by("order")
    rows = _meetings(user, cells, half, LOCKED).annotate(read=Subquery(items.values("title")[:1])).exclude(read=None)
    return [Item(m.organisation_id, m.held_on, m.name, m.get_absolute_url(), m.read) for m in rows]


def _of_level(level: str):
    def find(user, cells, half):
        scores = Score.objects.filter(
            meeting__in=Meeting.objects.visible_to(user).filter(organisation__in=cells, month__in=half.months, kind_is_regular=True),
            state__in=ADOPTED, level=level,
        )  # fmt: skip
        return [
            Item(s.meeting.organisation_id, s.meeting.held_on, s.meeting.name, s.meeting.get_absolute_url(), f"{shown(s.total)} điểm, {s.level}")
            for s in scores.select_related("meeting__kind", "meeting__organisation")
        ]  # fmt: skip

    return find


def _admitted(user, cells, half):
    """Members by the day of admission, at the cell that had them on that day, wherever they are now."""
    inside = {cell.pk for cell in cells}
    placed = Placement.objects.filter(organisation__in=inside, role=Placed.OFFICIAL).values("member")
    rows = Member.objects.filter(
        Q(organisation__in=inside) | Q(pk__in=placed), admitted_on__range=(half.first, half.last)
    )
    rows = list(rows.in_order())
    prefetch_related_objects(rows, "placements")
    seen = set(Member.objects.visible_to(user).filter(pk__in=[one.pk for one in rows]).values_list("pk", flat=True))
    found = []
    for one in rows:
        day = one.admitted_on
        then = next((p.organisation_id for p in one.placements.all() if p.role == Placed.OFFICIAL and p.starts_on <= day and (p.ends_on is None or p.ends_on >= day)), None)  # fmt: skip
        if then is None and one.joined_on <= day:
            then = one.organisation_id
        if then not in inside:
            continue
        known = one.pk in seen  # who moved out of the branch is counted, not named
        found.append(Item(
            then, day, str(one) if known else "Đồng chí đã chuyển sinh hoạt đi nơi khác", one.get_absolute_url() if known else "",
            "" if one.admitted_precision == "day" else f"chỉ biết {one.admitted_words}",
        ))  # fmt: skip
    return found


READING = ("đọc báo", "điểm báo", "bài viết", "thời sự")
HELD = Q(kind_is_regular=True, status__in=[Status.OPEN, Status.CLOSED])
LOCKED = Q(kind_is_regular=True, status=Status.CLOSED)

add_column("da-hop", "Đã họp thường kỳ", "Buổi thường kỳ của sáu tháng đã họp, trên số tháng chi bộ phải họp", _listed(HELD), is_counted=False)  # fmt: skip
add_column("du-hop", "Dự họp, phát biểu", "Lượt có mặt trên lượt được tính của các buổi thường kỳ đã khóa biên bản", _listed(LOCKED), is_counted=False)  # fmt: skip
add_column("chuyen-de", "Sinh hoạt chuyên đề", "Buổi chuyên đề đã khóa biên bản", _listed(Q(kind__code=KindCode.THEMATIC, status=Status.CLOSED)), is_counted=False)  # fmt: skip
add_column("buoi-diem", "Buổi sinh hoạt điểm", "Buổi điểm đã khóa biên bản", _listed(Q(is_model=True, status=Status.CLOSED)), is_counted=False)  # fmt: skip
add_column("ke-hoach", "Kế hoạch chuyên đề", "Buổi chuyên đề đã lên lịch cho kỳ, họp rồi hay chưa, không tính buổi đã hủy", _listed(Q(kind__code=KindCode.THEMATIC) & ~Q(status=Status.CANCELLED)))  # fmt: skip
add_column("doc-bao", "Đọc báo, bài viết", f"Buổi thường kỳ đã khóa biên bản có mục đọc báo, bài viết, nhận theo tên mục có chữ {', '.join(READING)}; mục để sang buổi sau không tính", _read, is_listed=False)  # fmt: skip
LEVEL_CODES = dict(zip(LEVELS, ("tot", "kha", "trung-binh", "kem"), strict=True))
for _name, _code in LEVEL_CODES.items():
    add_column(_code, f"Buổi xếp mức {_name}", "Mức chi bộ tự chấm, trên các buổi thường kỳ có điểm đã thông qua", _of_level(_name), is_counted=False)  # fmt: skip
add_column("ket-nap", "Kết nạp", "Đảng viên có ngày kết nạp trong kỳ, tính cho chi bộ nơi sinh hoạt hôm kết nạp; không tính kết nạp lại", _admitted)  # fmt: skip
