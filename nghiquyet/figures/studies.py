"""Coverage of study and of concretisation: per unit, with its base."""

from collections import defaultdict
from dataclasses import dataclass, field

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


def units_for_study(user, resolution, day, level: str = ""):
    rows = Organisation.objects.visible_to(user).below(resolution.organisation).valid_on(day)
    if level:
        rows = rows.filter(**{"kind__is_cell" if level == "cell" else "kind__is_base": True})
    else:
        rows = rows.filter(kind__is_body=False)
    return rows.select_related("kind", "parent").order_by("kind__rank", "parent__sort_key", "sort_key", "pk")


def coverage(user, resolution, day, depth: str = Depth.STUDY, level: str = "cell") -> list[Studied]:
    """Every unit of a level with its sessions of one depth: two queries."""
    out = {unit.pk: Studied(unit) for unit in units_for_study(user, resolution, day, level)}
    sessions = StudySession.objects.visible_to(user).filter(resolution=resolution, depth=depth, organisation__in=out)
    for session in sessions.order_by("held_on", "pk"):
        out[session.organisation_id].sessions.append(session)
    return list(out.values())


def points_of(user, resolution) -> list[tuple[str, str, object]]:
    """(key, words, row) of every target and duty that units make their own: what each cell or base unit does."""
    points = [
        (f"t{t.pk}", t.text, t) for t in Target.objects.visible_to(user).filter(resolution=resolution, dropped_why="")
    ]
    duties = Duty.objects.visible_to(user).filter(resolution=resolution).exclude(reported_by="own")
    return points + [(f"d{d.pk}", d.title, d) for d in duties]


def taken_table(user, resolution, day):
    """Units × points: done, not applicable, missing. A row: (unit, [(point, Concretisation or None)], counts)."""
    points = points_of(user, resolution)
    units = list(units_for_study(user, resolution, day, "cell"))
    found = defaultdict(dict)
    rows = Concretisation.objects.visible_to(user).filter(resolution=resolution, organisation__in=units)
    for row in rows.select_related("own_resolution"):
        found[row.organisation_id][f"t{row.target_id}" if row.target_id else f"d{row.duty_id}"] = row
    out = []
    for unit in units:
        marks = [(words, found[unit.pk].get(key)) for key, words, _ in points]
        counts = {
            "done": sum(1 for _, m in marks if m and m.taken == Taken.DONE),
            "na": sum(1 for _, m in marks if m and m.taken == Taken.NOT_APPLICABLE),
            "missing": sum(1 for _, m in marks if m is None), "all": len(marks),
        }  # fmt: skip
        out.append((unit, marks, counts))
    return points, out


def templates_on(day):
    """(type of cell, its items in force on a day)."""
    items = defaultdict(list)
    rows = TemplateItem.objects.filter(valid_from__lte=day).exclude(valid_to__lt=day).order_by("order", "pk")
    for item in rows:
        items[item.cell_type_id].append(item)
    return [(kind, items[kind.pk]) for kind in CellType.objects.all()]
