"""Cells that adopted a lesson or a theme, before and after: a comparison of figures, not a proof, each with its base."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from hoithao.models import Adoption, Minutes
from hoithao.models.meeting import began
from hoithao.rules import percent

MEETINGS = 3  # regular meetings looked at on each side


@dataclass
class Side:
    """Sums over the meetings of one side."""

    meetings: int = 0
    present: int = 0
    base: int = 0
    points: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    scored: int = 0

    @property
    def score(self) -> str:
        """Points over the most there were, of the meetings scored in points."""
        return percent(int(self.points * 100), int(self.most * 100)) if self.most else "–"

    @property
    def share(self) -> str:
        return percent(self.present, self.base) if self.base else "–"

    def add(self, figures: dict) -> None:
        self.meetings += 1
        self.present += figures.get("present", 0)
        self.base += figures.get("base", 0)

    def add_score(self, total: Decimal | None, most: Decimal | None) -> None:
        if total is not None and most:
            self.points, self.most, self.scored = self.points + total, self.most + most, self.scored + 1

    def add_side(self, other: "Side") -> None:
        for name in ("meetings", "present", "base", "points", "most", "scored"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class Compared:
    adoption: Adoption
    before: Side
    after: Side


def compare(adoptions) -> tuple[list[Compared], Side, Side]:
    """Attendance of up to three regular meetings before and three from the adopting meeting on, for each cell once.

    Only cells with meetings on both sides are counted in the two sums. Two queries.
    """
    firsts: dict[int, Adoption] = {}
    for one in adoptions:
        firsts.setdefault(one.organisation_id, one)
    rows = defaultdict(list)
    minutes = Minutes.objects.filter(meeting__organisation__in=firsts, meeting__kind_is_regular=True)
    minutes = minutes.annotate(began=began("meeting__"))
    columns = (
        "meeting__organisation_id",
        "began",
        "figures",
        "meeting__score__total",
        "meeting__score__most",
        "meeting__score__frame__cuts",
    )
    for pk, *row in minutes.order_by("began", "meeting").values_list(*columns):
        rows[pk].append(row)
    found, before, after = [], Side(), Side()
    for pk, one in firsts.items():
        at = one.meeting.began_at
        pair = Compared(one, Side(), Side())
        for side, own in (
            (pair.before, [row for row in rows[pk] if row[0] < at][-MEETINGS:]),
            (pair.after, [row for row in rows[pk] if row[0] >= at][:MEETINGS]),
        ):
            for _, figures, total, most, cuts in own:
                side.add(figures)
                if cuts and cuts.strip():  # criteria met and points are two things and are never added
                    side.add_score(total, most)
        found.append(pair)
        if pair.before.meetings and pair.after.meetings:
            before.add_side(pair.before)
            after.add_side(pair.after)
    return found, before, after
