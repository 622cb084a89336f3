"""Coverage of study and of concretisation: per unit, with its base."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce, Least

from chibo.models import CellType, Organisation
from nghiquyet.choices import Depth, Taken
from nghiquyet.models import Concretisation, Duty, StudySession, Target, TemplateItem


@dataclass
class Studied:
    """One unit: its sessions, who was summoned first, who has come in all (make-up sessions included)."""

    organisation: Organisation
    sessions: list = field(default_factory=list)

    @property
    def summoned(self) -> int:
        return sum(s.summoned for s in self.sessions if not s.is_make_up)

    @property
    def attended(self) -> int:
        return min(sum(s.attended for s in self.sessions), self.summoned or 10**9)

    @property
    def last(self):
        return self.sessions[-1] if self.sessions else None


def units_for_study(user, resolution, day, level: str = "cell"):
    """The units of a level that the resolution binds on a day, within the reader's branches."""
    rows = Organisation.objects.visible_to(user).below(resolution.organisation).valid_on(day)
    return rows.filter(**{"kind__is_cell" if level == "cell" else "kind__is_base": True})


def _in_order(units, *first):
    return units.select_related("kind", "parent").order_by(*first, "kind__rank", "parent__sort_key", "sort_key", "pk")


def sessions_of(user, resolution, depth):
    return StudySession.objects.visible_to(user).filter(resolution=resolution, depth=depth)


def units_studied(user, resolution, day, depth: str = Depth.STUDY, level: str = "cell", only: str = ""):
    """Units of a level, those without a session first; `only` "co" or "chua" keeps one half."""
    held = sessions_of(user, resolution, depth).filter(organisation=OuterRef("pk"))
    units = units_for_study(user, resolution, day, level).annotate(has_studied=Exists(held))
    if only:
        units = units.filter(has_studied=only == "co")
    return _in_order(units, "has_studied")


def study_sums(user, resolution, day, depth: str = Depth.STUDY, level: str = "cell") -> dict:
    """How many units there are and have studied; of these, who was summoned and who came: two queries for any number."""
    units = units_for_study(user, resolution, day, level)
    by_unit = (
        sessions_of(user, resolution, depth).filter(organisation__in=units.order_by()).order_by().values("organisation")
        .annotate(asked=Coalesce(Sum("summoned", filter=Q(is_make_up=False)), 0), here=Sum("attended"))
        .annotate(came=Case(When(asked=0, then=F("here")), default=Least("here", "asked")))
    )  # fmt: skip
    sums = by_unit.aggregate(held=Count("organisation"), summoned=Sum("asked"), attended=Sum("came"))
    return {"total": units.count(), **{name: value or 0 for name, value in sums.items()}}


def studied(user, resolution, depth, units) -> list[Studied]:
    """These units, each with its sessions."""
    out = {unit.pk: Studied(unit) for unit in units}
    for session in sessions_of(user, resolution, depth).filter(organisation__in=out).order_by("held_on", "pk"):
        out[session.organisation_id].sessions.append(session)
    return list(out.values())


def points_of(user, resolution) -> list[tuple[str, str, object]]:
    """(key, words, row) of every target and duty that units make their own: what each cell or base unit does."""
    points = [
        (f"t{t.pk}", t.text, t) for t in Target.objects.visible_to(user).filter(resolution=resolution, dropped_why="")
    ]
    duties = Duty.objects.visible_to(user).filter(resolution=resolution).exclude(reported_by="own")
    return points + [(f"d{d.pk}", d.title, d) for d in duties]


def _taken_of(user, resolution, points):
    """What units of the reader's branches noted about these points."""
    rows = Concretisation.objects.visible_to(user).filter(resolution=resolution)
    targets = [row.pk for key, _, row in points if key.startswith("t")]
    duties = [row.pk for key, _, row in points if key.startswith("d")]
    return rows.filter(Q(target__in=targets) | Q(duty__in=duties))


def taken_sums(user, resolution, day, points) -> dict:
    """Points done, not applicable and missing, of units × points: counted by the database."""
    units = units_for_study(user, resolution, day)
    rows = _taken_of(user, resolution, points).filter(organisation__in=units.order_by())
    sums = rows.aggregate(done=Count("pk", filter=Q(taken=Taken.DONE)), na=Count("pk", filter=Q(taken=Taken.NOT_APPLICABLE)))  # fmt: skip
    number = units.count()
    every = number * len(points)
    return {**sums, "units": number, "all": every, "missing": every - sums["done"] - sums["na"]}


def units_taken(user, resolution, day, points, only: str = ""):
    """Cells with how many points they noted, those with the fewest first; `only` "du" or "thieu" keeps one half."""
    noted = (
        _taken_of(user, resolution, points).filter(organisation=OuterRef("pk")).order_by().values("organisation")
        .annotate(n=Count("pk")).values("n")
    )  # fmt: skip
    units = units_for_study(user, resolution, day).annotate(noted=Coalesce(Subquery(noted), 0))
    if only:
        units = units.filter(noted__gte=len(points)) if only == "du" else units.filter(noted__lt=len(points))
    return _in_order(units, "noted")


def taken_rows(user, resolution, points, units):
    """These units × points. A row: (unit, [(words, Concretisation or None)], counts)."""
    found = defaultdict(dict)
    rows = _taken_of(user, resolution, points).filter(organisation__in=[unit.pk for unit in units])
    for row in rows.select_related("own_resolution__document").defer("own_resolution__document__content"):
        found[row.organisation_id][f"t{row.target_id}" if row.target_id else f"d{row.duty_id}"] = row
    out = []
    for unit in units:
        marks = [(words, found[unit.pk].get(key)) for key, words, _ in points]
        done = sum(1 for _, mark in marks if mark and mark.taken == Taken.DONE)
        na = sum(1 for _, mark in marks if mark and mark.taken == Taken.NOT_APPLICABLE)
        out.append((unit, marks, {"done": done, "na": na, "missing": len(marks) - done - na, "all": len(marks)}))
    return out


def templates_on(day):
    """(type of cell, its items in force on a day)."""
    items = defaultdict(list)
    rows = TemplateItem.objects.filter(valid_from__lte=day).exclude(valid_to__lt=day).order_by("order", "pk")
    for item in rows:
        items[item.cell_type_id].append(item)
    return [(kind, items[kind.pk]) for kind in CellType.objects.all()]
