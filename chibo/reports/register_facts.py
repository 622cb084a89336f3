"""What the tables of the register count from, read once and only when asked for; figures that know what they count."""

import datetime as dt
from functools import cached_property

from django.db.models import Q, prefetch_related_objects

from chibo.choices import Placed
from chibo.models import AgeDecision, Gap, Member, Organisation, Placement, StandingPeriod
from kyanh_portal.base.calendar import today
from kyanh_portal.base.vietnamese import sort_key
from kyanh_portal.rendering.xlsx import Column

FEW = 3  # dưới ba người thì không nêu con số (kỷ luật, sức khỏe): kẻo nhận ra ai


class Listed(int):
    """A figure with the rows it counts: an int for the files, and on screen a link to exactly these rows."""

    rows: list

    def __new__(cls, rows):
        rows = list(rows)
        one = super().__new__(cls, len(rows))
        one.rows = rows
        return one


class Keyed(int):
    """A figure with the keys of what it counts, in order: the rows of a page are read when it is opened, never all."""

    model: str
    keys: list[int]

    def __new__(cls, model: str, keys: list[int]):
        one = super().__new__(cls, len(keys))
        one.model, one.keys = model, keys
        return one


def added(rows: list[list], at: int) -> Listed | int:
    """The sum of one column; of figures that know their rows, with all rows."""
    cells = [row[at] for row in rows if row[at] is not None]
    if all(isinstance(cell, Listed) for cell in cells):
        return Listed(one for cell in cells for one in cell.rows)
    return sum(cells)


def _with_dated(members: list[Member]) -> list[Member]:
    """The members with their dated records, which few have: three questions, and no query set for each of the others."""
    for name, model in (("standing_periods", StandingPeriod), ("gaps", Gap), ("age_decisions", AgeDecision)):
        having = set(model.objects.order_by().values_list("member_id", flat=True).distinct())
        nothing = model.objects.none()
        for one in members:
            if one.pk not in having:
                one._prefetched_objects_cache = {**getattr(one, "_prefetched_objects_cache", {}), name: nothing}
        prefetch_related_objects([one for one in members if one.pk in having], name)
    return members


def seated(members: list[Member], day: dt.date) -> list[Member]:
    """The members, each in memory with the cell of that day as it was called then."""
    placed = Placement.objects.on(day).filter(role=Placed.OFFICIAL, member__in=members).select_related("organisation")
    then = {one.member_id: one.organisation for one in placed}
    for one in members:
        if not (one.joined_on <= day and (one.left_on is None or one.left_on > day)):
            one.organisation = then.get(one.pk, one.organisation)
    Organisation.objects.none().worn_on(day, [one.organisation for one in members])
    return members


class Facts:
    """Cells of the day, members with their cell of that day, of one unit and year."""

    def __init__(self, unit: Organisation, year: int, last: dt.date | None = None):
        self.unit, self.year = unit, year
        self.first, self.last = dt.date(year, 1, 1), last or min(dt.date(year, 12, 31), today())
        self.before = dt.date(year - 1, 12, 31)
        self.units = self._units_on(self.last)
        self.inside = Q(organisation__in=self.units)

    def _units_on(self, day: dt.date) -> list[int]:
        """What lay in the unit on a day, whatever became of it since; keys, asked once for every figure."""
        return list(Organisation.objects.below_on(self.unit.path_on(day), day).values_list("pk", flat=True))

    @cached_property
    def cells(self) -> list[Organisation]:
        """Cells of the last day, each with the name, type and superior it had then."""
        rows = (
            Organisation.objects.filter(pk__in=self.units).looking_on(self.last, kind__is_cell=True).valid_on(self.last)
        )
        cells = rows.select_related("cell_type", "kind", "parent").worn_on(self.last)
        return sorted(cells, key=lambda one: (sort_key(one.name), one.pk))

    @cached_property
    def members(self) -> list[Member]:
        """Members of these cells on the last day, each with the cell of that day."""
        cells = {cell.pk: cell for cell in self.cells}
        rows = Member.objects.placed_on(self.last, Q(organisation__in=list(cells)))
        rows = _with_dated(list(rows))
        placed = Placement.objects.on(self.last).filter(role=Placed.OFFICIAL, organisation__in=cells)
        then = dict(placed.values_list("member_id", "organisation_id"))
        for one in rows:
            one.organisation = cells[then.get(one.pk, one.organisation_id)]
        return sorted(rows, key=lambda one: (one.sort_key, one.pk))

    @cached_property
    def admitted(self) -> list[Member]:
        """Who was admitted between the first and the last day, in the cells of the unit; one question for N4 and N4B."""
        rows = Member.objects.filter(self.inside, admitted_on__range=(self.first, self.last))
        return list(rows.select_related("was_candidate", "organisation").in_order())

    @cached_property
    def opening(self) -> int:
        before = Q(organisation__in=self._units_on(self.before))
        return Member.objects.placed_on(self.before, before).count()

    def is_official(self, member) -> bool:
        return member.official_on is not None and member.official_on <= self.last

    def type_of(self, organisation) -> str:
        return organisation.cell_type.name if organisation.cell_type_id else "Chưa ghi loại hình"

    def name_of(self, cell) -> str:
        """A cell by name, with its committee where names repeat: below a committee of committees."""
        far = cell.parent_id and cell.parent_id != self.unit.pk and cell.pk != self.unit.pk
        return f"{cell.name}, {cell.parent.name}" if far else cell.name

    def by_type(self):
        """(name of type, cells, members) for each type, then the sum."""
        types = {cell.pk: self.type_of(cell) for cell in self.cells}
        for name in dict.fromkeys(types.values()):
            cells = [cell for cell in self.cells if types[cell.pk] == name]
            ids = {cell.pk for cell in cells}
            yield name, cells, [one for one in self.members if one.organisation_id in ids]
        yield "Cộng", self.cells, self.members


def int_columns(first: str, *names: str) -> list[Column]:
    return [Column(first, 34), *(Column(name, 11, "int") for name in names)]
