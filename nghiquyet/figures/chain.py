"""The chain of a resolution, both ways: congress target ⇄ resolution ⇄ unit's paper ⇄ the meeting where it was discussed."""

from dataclasses import dataclass, field

from django.db.models import Count

from hoithao.models import Conclusion, Meeting, Solution
from kyanh_portal.access.rules import verdict
from nghiquyet.figures.living import resolutions_in_force
from nghiquyet.models import (
    Concretisation,
    Duty,
    Evaluation,
    Resolution,
    StudySession,
    Supervision,
    Target,
    TargetSupport,
)


@dataclass
class Link:
    """One target or duty of the resolution, with what stands above and what carries it below."""

    row: object
    sort: str
    above: list = field(default_factory=list)
    below: list = field(default_factory=list)
    resolutions: list = field(default_factory=list)
    duties: list = field(default_factory=list)
    taken: list = field(default_factory=list)
    points: list = field(default_factory=list)  # of a workshop's conclusion, each with the papers behind it
    in_words: int = 0  # units that noted an act of theirs without a paper kept in the portal

    @property
    def is_loose(self) -> bool:
        """Nothing above it and nothing below; what goes back to a workshop this reader may not open is not loose."""
        if self.row.clause_id and self.row.clause.conclusion_id:
            return False
        return not (
            self.above or self.below or self.resolutions or self.duties or self.taken or self.in_words or self.points
        )


@dataclass
class Chain:
    """Everything linked to one resolution that the reader may see."""

    links: list
    serves: list  # targets of a higher resolution that this resolution serves as a whole
    took_over: list  # points of higher resolutions that this resolution of a unit made its own
    sessions: list  # study sessions with their meeting
    evaluations: list  # what was judged of it so far
    checks: list  # inspections and supervisions of it, for those entitled to their dossiers

    @property
    def joined(self) -> list:
        return [link for link in self.links if not link.is_loose]

    @property
    def loose(self) -> list:
        return [link for link in self.links if link.is_loose]

    @property
    def is_bare(self) -> bool:
        return not (self.links or self.serves or self.took_over or self.sessions)


MOST = 40  # of each kind; the coverage table holds all


def chain_of(resolution, user) -> Chain:
    """A fixed number of queries, whatever hangs on the resolution."""
    papers = _papers(user)
    targets = list(Target.objects.visible_to(user).filter(resolution=resolution).select_related("clause"))
    duties = list(
        Duty.objects.visible_to(user).filter(resolution=resolution).select_related("lead", "target", "clause")
    )
    links = {t.pk: Link(t, "target") for t in targets}
    _above_and_below(links, user)
    supports = TargetSupport.objects.visible_to(user).filter(target__in=targets)
    for row in supports.filter(resolution__in=papers.values("pk")).select_related(
        "resolution__document", "resolution__organisation"
    ):
        links[row.target_id].resolutions.append(row.resolution)
    alone = {}
    for duty in duties:
        if duty.target_id in links:
            links[duty.target_id].duties.append(duty)
        alone[duty.pk] = Link(duty, "duty")
    _origins([*links.values(), *alone.values()], user)
    taken = Concretisation.objects.visible_to(user).filter(resolution=resolution, taken="done")
    with_paper = taken.filter(own_resolution__isnull=False).select_related(
        "organisation__parent", "own_resolution__document", "own_resolution__meeting"
    )
    for row in with_paper[:400]:
        link = links.get(row.target_id) or alone.get(row.duty_id)
        if link is not None and len(link.taken) < MOST:
            link.taken.append(row)
    words = taken.filter(own_resolution=None).order_by().values("target_id", "duty_id").annotate(n=Count("pk"))
    for row in words:
        if link := links.get(row["target_id"]) or alone.get(row["duty_id"]):
            link.in_words = row["n"]
    sessions = StudySession.objects.visible_to(user).filter(resolution=resolution, meeting__isnull=False)
    sessions = sessions.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))
    return Chain(
        [*links.values(), *alone.values()], _served(resolution, user), _took_over(resolution, user),
        list(sessions.select_related("organisation", "meeting")[:MOST]),
        list(Evaluation.objects.visible_to(user).filter(resolution=resolution).defer("snapshot")[:MOST]),
        list(Supervision.objects.visible_to(user).filter(resolution=resolution)[:MOST]),
    )  # fmt: skip


def _above_and_below(links, user) -> None:
    seen = Target.objects.visible_to(user).select_related("resolution__document", "resolution__organisation")
    ups = {t.pk: t for t in seen.filter(served_by__in=links)}
    for link in links.values():
        if link.row.serves_id in ups:
            link.above.append(ups[link.row.serves_id])
    for target in seen.filter(serves__in=links):
        links[target.serves_id].below.append(target)


def _origins(links, user) -> None:
    """The points of a workshop's conclusion that the khoản of these rows follow from, with the papers they drew on."""
    if verdict("hoithao.see_programmes", user) is not True:
        return
    wanted = {link.row.clause.conclusion_id for link in links if link.row.clause_id}
    points = {point.pk: point for point in Conclusion.objects.visible_to(user).filter(pk__in=wanted)}
    for point in points.values():
        point.papers = []
    drawn = Solution.objects.visible_to(user).filter(conclusion__in=points, paper__isnull=False)
    for one in drawn.select_related("paper").order_by("paper__order", "order"):
        if one.paper not in points[one.conclusion_id].papers:
            points[one.conclusion_id].papers.append(one.paper)
    for link in links:
        if link.row.clause_id and link.row.clause.conclusion_id in points:
            link.points.append(points[link.row.clause.conclusion_id])


def _papers(user):
    """Resolutions the user may open: of the own branches, and those that bind from above."""
    return Resolution.objects.filter(
        pk__in=Resolution.objects.visible_to(user).values("pk")
    ) | Resolution.objects.filter(pk__in=resolutions_in_force(user).values("pk"))


def _served(resolution, user) -> list:
    rows = Target.objects.visible_to(user).filter(supports__resolution=resolution)
    return list(rows.select_related("resolution__document", "resolution__organisation"))


def _took_over(resolution, user) -> list:
    rows = Concretisation.objects.visible_to(user).filter(own_resolution=resolution)
    return list(
        rows.select_related(
            "target__serves__resolution__document",
            "duty__target",
            "resolution__document",
            "resolution__workshop",
            "organisation",
        )
    )
