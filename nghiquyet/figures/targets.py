"""Targets with their figures: the strip of periods, the result, and the list behind a number. Queries do not grow."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, Sum

from chibo.models import Face, Organisation
from hoithao.models import MonthTally
from kyanh_portal.base.calendar import today
from nghiquyet.choices import Cycle, Feed, FigureSort, Measure, MeasuredAt, Outcome
from nghiquyet.figures.judging import Sums, judge_step, judge_target, number
from nghiquyet.figures.periods import period_end, period_of, periods_between
from nghiquyet.models import Goal, Target, TargetFigure, TargetTally

SHOWN = 4
# What stands above and below the line where the portal counts for itself.
FEED_PARTS = {
    Feed.ATTENDANCE: ("lượt đảng viên dự sinh hoạt thường kỳ", "lượt đảng viên phải dự; người được miễn mà vắng thì không tính"),
    Feed.REGULAR: ("kỳ sinh hoạt thường kỳ chi bộ đã họp", "kỳ chi bộ phải họp"),
    Feed.THEMATIC: ("chi bộ có sinh hoạt chuyên đề trong kỳ", "chi bộ phải sinh hoạt trong kỳ"),
}  # fmt: skip
SEGMENT = 11  # letters of one step of a path: ten digits and a point
LOOKS = {
    Outcome.OVER: "ok", Outcome.MET: "ok", Outcome.MISSED: "late", Outcome.NOT_YET: "doing", Outcome.DROPPED: "none",
    Outcome.NO_DATA: "none", Outcome.INCOMPLETE: "soon",
}  # fmt: skip


@dataclass
class Followed:
    """A target, judged: goals by year, its periods with outcomes, the whole result, quotes of published figures."""

    target: Target
    goals: dict = field(default_factory=dict)
    strip: list = field(default_factory=list)
    outcome: str = Outcome.NO_DATA
    quotes: list = field(default_factory=list)

    def goal(self, year: int | None = None):
        return self.goals.get(year) or self.goals.get(None) or self.goals.get(self.target.last_year)

    @property
    def word(self) -> str:
        return Outcome(self.outcome).label

    @property
    def look(self) -> str:
        return LOOKS[self.outcome]

    @property
    def last(self) -> tuple | None:
        """The newest period that has a figure."""
        return next((pair for pair in reversed(self.strip) if pair[0].value(self.target.measure) is not None), None)

    @property
    def shown(self) -> list:
        """The newest periods with a figure or an outcome worth a square."""
        known = [p for p in self.strip if p[0].value(self.target.measure) is not None or p[1] != Outcome.NOT_YET]
        return known[-SHOWN:]


class Units:
    """How many units of a kind were valid on a day below an organisation: asked once, answered for every period."""

    def __init__(self, organisation):
        counted = Q(kind__is_cell=True) | Q(kind__is_base=True)
        steady = Organisation.objects.below(organisation).filter(counted, faces__isnull=True)
        self.rows = list(
            steady.values_list("kind__is_cell", "kind__is_base", "cell_type_id", "valid_from", "valid_to")
            .annotate(n=Count("pk")).order_by()
        )  # fmt: skip
        # Those that moved or changed count where, and as what, they were on the day.
        faces = Face.objects.filter(counted, path__contains=organisation.path[-SEGMENT:]).values_list(
            "kind__is_cell", "kind__is_base", "cell_type_id", "starts_on", "ends_on", "organisation__valid_from",
            "organisation__valid_to",
        )  # fmt: skip
        for is_cell, is_base, type_id, starts_on, ends_on, valid_from, valid_to in faces:
            first = max(filter(None, [starts_on, valid_from]), default=None)
            last = min(filter(None, [ends_on, valid_to]), default=None)
            self.rows.append((is_cell, is_base, type_id, first, last, 1))

    def due(self, level: str, day: dt.date, cell_types=()) -> int:
        if level == MeasuredAt.OWN:
            return 1
        at = 0 if level == MeasuredAt.CELL else 1
        return sum(
            row[5] for row in self.rows
            if row[at] and (row[3] is None or row[3] <= day) and (row[4] is None or row[4] >= day)
            and (not cell_types or row[2] in cell_types)
        )  # fmt: skip


def follow(targets: list[Target], organisation, day: dt.date, units: Units | None = None, is_over=False) -> dict[int, Followed]:  # fmt: skip
    """Every target of one resolution with its strip up to `day`, seen from `organisation`: a fixed number of queries.

    `is_over`: the day is told as ended ("tính đến 31/12"), so that a period that ends with it is judged.
    """
    judged_on = day + dt.timedelta(days=1) if is_over else day
    out = {target.pk: Followed(target) for target in targets}
    if not out:
        return out
    units = units or Units(organisation)
    for goal in Goal.objects.filter(target__in=out, is_judged=True):
        out[goal.target_id].goals[goal.year] = goal
    types = defaultdict(set)
    for target_id, type_id in Target.cell_types.through.objects.filter(target__in=out).values_list("target_id", "celltype_id"):  # fmt: skip
        types[target_id].add(type_id)
    tallies = {
        (t.target_id, t.period): t for t in TargetTally.objects.filter(target__in=out, organisation=organisation)
    }
    beside = TargetFigure.objects.filter(target__in=out, organisation=organisation, sort__in=[FigureSort.OVERRIDE, FigureSort.QUOTED])  # fmt: skip
    overrides = {}
    for figure in beside:
        if figure.sort == FigureSort.QUOTED:
            out[figure.target_id].quotes.append(figure)
        else:
            overrides[figure.target_id, figure.period] = figure
    fed = _fed([t for t in targets if t.feed], organisation, day)
    for followed in out.values():
        target = followed.target
        last, rows = min(day, dt.date(target.last_year, 12, 31)), []
        is_counted = target.measure != Measure.MILESTONE  # a milestone has its day, no figures by period
        for period in periods_between(dt.date(target.first_year, 1, 1), last, target.cycle) if is_counted else []:
            due = units.due(target.measured_at, min(day, period_end(period, target.cycle)), types[target.pk])
            sums = (
                fed.get((target.pk, period)) if target.feed else _tallied(period, tallies.get((target.pk, period)), due)
            )
            sums = sums or Sums(period, due=due)
            if override := overrides.get((target.pk, period)):
                sums = _overridden(sums, override, target)
            rows.append(sums)
            followed.strip.append((sums, judge_step(target, followed.goals, rows, judged_on)))
        followed.outcome = judge_target(target, followed.goals, followed.strip, judged_on)
    return out


def _tallied(period, row, due) -> Sums:
    if row is None:
        return Sums(period, due=due)
    return Sums(period, row.numerator, row.denominator, row.assessed, row.not_assessed, due)


def _overridden(sums: Sums, figure, target) -> Sums:
    value = figure.numerator
    if target.measure == Measure.RATE and figure.denominator:
        value = figure.numerator * 100 / figure.denominator
    return Sums(
        sums.period, sums.numerator, sums.denominator, sums.assessed, sums.not_assessed, sums.due, value, figure.reason, sums.units
    )  # fmt: skip


def _fed(targets, organisation, day) -> dict:
    """Figures that the portal counts itself from locked minutes, by (target, period)."""
    out = {}
    if not targets:
        return out
    first = dt.date(min(t.first_year for t in targets), 1, 1)
    rows = list(
        MonthTally.objects.filter(organisation=organisation, month__gte=first, month__lte=day)
        .values("month").order_by("month")
        .annotate(p=Sum("present"), b=Sum("base"), met=Sum("cells_met"), due=Sum("cells_due"), locked=Sum("regular"))
    )  # fmt: skip
    for target in targets:
        grouped = defaultdict(list)
        for row in rows:
            if target.first_year <= row["month"].year <= target.last_year:
                grouped[period_of(row["month"], target.cycle)].append(row)
        if target.feed == Feed.THEMATIC:
            ends = {period: months[-1]["month"] for period, months in grouped.items()}
            held = _thematic(target, organisation, first, day, ends)
        for period, months in grouped.items():
            due = sum(m["due"] for m in months)
            if target.feed == Feed.ATTENDANCE:
                parts = sum(m["p"] for m in months), sum(m["b"] for m in months), sum(m["locked"] for m in months), due
            elif target.feed == Feed.REGULAR:
                parts = sum(m["met"] for m in months), due, due, due
            else:
                there = months[-1]["due"]  # the cells of the period's end, as those who held one are counted
                parts = held.get(period, 0), there, there, there
            units = "chi bộ" if target.feed == Feed.THEMATIC else "kỳ họp của chi bộ"
            out[target.pk, period] = Sums(
                period, Decimal(parts[0]), Decimal(parts[1]), parts[2], 0, parts[3], units=units
            )
    return out


def _thematic(target, organisation, first, day, ends: dict) -> dict:
    """Period → how many of its cells held a thematic meeting in it, each counted once.

    Its cells are those that were to meet in the last month counted (`ends`) and lay below the organisation at its end:
    the tree of that day, whatever was moved, merged or ended since.
    """
    segment = organisation.path[-SEGMENT:]
    moved = Face.objects.filter(path__contains=segment).values("organisation")
    steady = Q(organisation__path__contains=segment, organisation__kind__is_cell=True, organisation__faces__isnull=True)
    rows = MonthTally.objects.filter(steady | Q(organisation__in=moved), month__gte=first, month__lte=day)
    held, due = defaultdict(set), set()
    rows = rows.filter(Q(thematic__gt=0) | Q(month__in=ends.values(), cells_due__gt=0))
    for cell, month, thematic, cells_due in rows.values_list("organisation_id", "month", "thematic", "cells_due"):
        if thematic:
            held[period_of(month, target.cycle)].add(cell)
        if cells_due:
            due.add((cell, month))
    faces = defaultdict(list)
    for face in Face.objects.filter(organisation__in=moved).select_related("kind"):
        faces[face.organisation_id].append(face)

    def is_there(cell: int, month: dt.date) -> bool:
        last = period_end(month, Cycle.MONTH)
        worn = next((face for face in faces[cell] if face.covers(last)), None)
        is_cell_below = not faces[cell] or worn is not None and worn.kind.is_cell and segment in worn.path
        return (cell, month) in due and is_cell_below

    return {period: sum(is_there(cell, month) for cell in held[period]) for period, month in ends.items()}


@dataclass(frozen=True)
class UnitRow:
    """One unit behind a number."""

    organisation: Organisation
    numerator: Decimal | None
    denominator: Decimal | None
    note: str = ""
    report_id: int | None = None

    @property
    def share(self) -> str:
        """88,2%, rounded as the whole is."""
        return f"{number(round(Decimal(self.numerator) * 100 / self.denominator, 1))}%" if self.denominator else "–"

    @property
    def parts(self) -> str:
        """43/51, or the figure alone; as exact as it is kept."""
        whole = f"/{number(self.denominator)}" if self.denominator is not None else ""
        return f"{number(self.numerator)}{whole}"

    @property
    def has_figure(self) -> bool:
        return self.numerator is not None


def units_behind(target, user, period: dt.date):
    """Every unit the number is added up from, those without their whole figure first; only units of the reader's branches."""
    last = min(period_end(period, target.cycle), today())
    units = (
        Organisation.objects.visible_to(user)
        .below_on(target.resolution.organisation.path_on(last), last)
        .valid_on(last)
    )
    level = MeasuredAt.CELL if target.feed else target.measured_at  # what the portal counts, it counts from cells
    if level == MeasuredAt.OWN:
        units = units.filter(pk=target.resolution.organisation_id)
    else:
        units = units.filter(**{"kind__is_cell" if level == MeasuredAt.CELL else "kind__is_base": True})
    if types := list(target.cell_types.values_list("pk", flat=True)):
        units = units.filter(cell_type__in=types)
    if target.feed:
        known = MonthTally.objects.filter(organisation=OuterRef("pk"), month__gte=period, month__lte=last)
        held = Q(Exists(known))
        if target.feed == Feed.ATTENDANCE:  # a month to meet in without locked minutes leaves the figure incomplete
            held = Q(Exists(known.filter(regular__gt=0))) & ~Q(Exists(known.filter(cells_due__gt=F("regular"))))
    else:
        known = TargetFigure.objects.filter(target=target, period=period, sort=FigureSort.REPORTED, organisation=OuterRef("pk"), is_assessed=True)  # fmt: skip
        held = Q(Exists(known))
    units = units.annotate(is_known=ExpressionWrapper(held, BooleanField())).select_related("parent")
    return units.order_by("is_known", "parent__sort_key", "sort_key", "pk")


def rows_behind(target, period: dt.date, units) -> list[UnitRow]:
    """These units with their figures of the period."""
    units = list(units)
    last = min(period_end(period, target.cycle), today())
    found = _cell_feed(target, units, period, last) if target.feed else _reported(target, units, period)
    return [UnitRow(unit, *found.get(unit.pk, (None, None, "Chưa có số liệu"))) for unit in units]


def _reported(target, units, period) -> dict:
    rows = TargetFigure.objects.filter(target=target, period=period, sort=FigureSort.REPORTED, organisation__in=units)
    return {
        row.organisation_id: (row.numerator, row.denominator, "", row.line and row.line.report_id) if row.is_assessed
        else (None, None, f"Không đánh giá: {row.reason}", row.line and row.line.report_id) for row in rows.select_related("line")
    }  # fmt: skip


def _cell_feed(target, units, period, last) -> dict:
    rows = MonthTally.objects.filter(organisation__in=units, month__gte=period, month__lte=last).values("organisation_id").annotate(  # fmt: skip
        p=Sum("present"), b=Sum("base"), met=Sum("cells_met"), due=Sum("cells_due"), locked=Sum("regular"), thematic=Sum("thematic")
    ).order_by()  # fmt: skip
    out = {}
    for row in rows:
        if target.feed == Feed.ATTENDANCE:
            lacking = row["due"] - row["locked"]
            note = f"còn thiếu {lacking}/{row['due']} kỳ họp" if lacking > 0 else ""
            out[row["organisation_id"]] = (
                (row["p"], row["b"], note) if row["locked"] else (None, None, "Chưa khóa biên bản nào")
            )
        elif target.feed == Feed.REGULAR:
            out[row["organisation_id"]] = (row["met"], row["due"], "")
        else:
            out[row["organisation_id"]] = (min(1, row["thematic"]), 1, "" if row["thematic"] else "Chưa sinh hoạt chuyên đề")  # fmt: skip
    return out
