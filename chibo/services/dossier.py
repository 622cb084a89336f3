"""The paper file as a checklist: what it should hold, how it was found on a day (members.md 4.4). Never the papers."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from chibo.choices import Leaving, Standing, Transferred, TransferState
from chibo.dossier_choices import PaperState, RewardKind
from chibo.dossier_rules import Kind, Life, catalogue_on, expected, kinds_on
from chibo.models import Badge, CardStep, Discipline, DossierPaper, Exit, Member, Reward, StandingPeriod, Transfer
from chibo.services.days import admitted_day, check_day
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken

HELD = (PaperState.PRESENT, PaperState.SCANNED)
_MOVES = {
    Transferred.OUTSIDE: "moved_outside", Transferred.INSIDE: "moved_inside", Transferred.TEMPORARY: "moved_for_a_time",
    Transferred.ABROAD: "went_abroad", Transferred.ABROAD_FOR_A_TIME: "went_abroad_for_a_time",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One kind of paper for one member: why it is wanted ("" when it is not), and how it was found (None: nobody looked)."""

    kind: Kind
    why: str
    found: DossierPaper | None

    @property
    def state(self) -> str:
        return self.found.state if self.found else ""

    @property
    def is_open(self) -> bool:
        """Wanted, and missing or not looked at."""
        return bool(self.why) and self.state not in (*HELD, PaperState.NOT_NEEDED)


@dataclass(frozen=True)
class File:
    """The whole checklist of one member on a day."""

    lines: list[Line]

    @property
    def wanted(self) -> list[Line]:
        return [one for one in self.lines if one.why and one.state != PaperState.NOT_NEEDED]

    @property
    def held(self) -> int:
        return sum(one.state in HELD for one in self.wanted)

    @property
    def scanned(self) -> int:
        return sum(one.state == PaperState.SCANNED for one in self.wanted)

    @property
    def missing(self) -> list[Line]:
        return [one for one in self.lines if one.state == PaperState.MISSING]

    @property
    def missing_words(self) -> str:
        return f"Thiếu {len(self.missing)}"

    @property
    def unseen(self) -> int:
        return sum(not one.state for one in self.wanted)

    @property
    def checked_on(self) -> dt.date | None:
        return max((one.found.on for one in self.lines if one.found), default=None)


def _lives(members: list[Member], day: dt.date) -> dict[int, Life]:
    """What the register knew of each member by that day: one question a table, however many members."""
    ids = [one.pk for one in members]

    def having(rows, **by_day) -> set[int]:
        return set(rows.filter(member__in=ids, **by_day).order_by().values_list("member_id", flat=True))

    moves: dict[int, set] = {}
    gone = Transfer.objects.filter(member__in=ids, sent_on__lte=day).exclude(state=TransferState.REFUSED).order_by()
    for pk, kind in gone.values_list("member_id", "kind"):
        moves.setdefault(pk, set()).add(kind)
    home = having(Transfer.objects, back_on__lte=day)
    cards = having(CardStep.objects.all(), taken_on__lte=day)
    badges, penalties = having(Badge.objects, awarded_on__lte=day), having(Discipline.objects, decided_on__lte=day)
    rewards = Reward.objects.filter(decided_on__lte=day)
    praised, rewarded = having(rewards.filter(kind=RewardKind.PRAISE)), having(rewards.exclude(kind=RewardKind.PRAISE))
    exempt = having(StandingPeriod.objects.filter(standing=Standing.EXEMPT), starts_on__lte=day)
    exits = list(Exit.objects.filter(member__in=ids, left_on__lte=day).order_by())
    back = {one.member_id for one in exits if one.readmitted_on and one.readmitted_on <= day}
    dead = {one.member_id for one in exits if one.reason == Leaving.DIED}
    left = {one.member_id for one in exits} - dead - back
    return {
        one.pk: Life(
            is_official=one.official_on is not None and one.official_on <= day,
            has_card=one.pk in cards or bool(one.card_issued_on and one.card_issued_on <= day),
            has_badge=one.pk in badges, has_discipline=one.pk in penalties, has_reward=one.pk in rewarded, was_praised=one.pk in praised,
            is_exempt=one.pk in exempt, was_readmitted=one.pk in back, came_back=one.pk in home, died=one.pk in dead, left=one.pk in left,
            **{name: kind in moves.get(one.pk, ()) for kind, name in _MOVES.items()},
        )
        for one in members
    }  # fmt: skip


def files_of(members, day: dt.date) -> dict[int, File]:
    """Member → the checklist as of a day, whole: every kind of the catalogue, wanted or not."""
    members = list(members)
    kinds, lives = kinds_on(day), _lives(members, day)
    found: dict[int, dict[int, DossierPaper]] = {}
    for row in DossierPaper.objects.filter(member__in=[one.pk for one in members]).as_of(day):
        found.setdefault(row.member_id, {})[row.number] = row
    files = {}
    for one in members:
        why, mine = expected(lives[one.pk]), found.get(one.pk, {})
        files[one.pk] = File([Line(kind, why.get(number, ""), mine.get(number)) for number, kind in kinds.items()])
    return files


def file_of(member: Member, day: dt.date) -> File:
    """The checklist of one member as of a day."""
    return files_of([member], day)[member.pk]


def lacking(rows, day: dt.date, number: int | None = None):
    """Members of `rows` of whom a paper (of this number) was missing when last looked at by that day."""
    seen = DossierPaper.objects.filter(member=OuterRef("pk"), on__lte=day, **({"number": number} if number else {}))
    later = DossierPaper.objects.filter(member=OuterRef("member"), number=OuterRef("number"), on__lte=day)
    later = later.filter(Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")))
    return rows.filter(Exists(seen.filter(state=PaperState.MISSING).exclude(Exists(later))))


@transaction.atomic
def check_papers(member: Member, on: dt.date, states: dict[int, str], *, by, whole=False) -> int:
    """On this day these papers were found so. Written is what changed; with `whole` also what was seen again, unchanged.

    Returns how many lines were written. Raises RuleBroken for a day that cannot be, a number the catalogue does not
    know, or when nothing was looked at.
    """
    member = Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=member.pk)
    check_day(on, "on", after=admitted_day(member), what="ngày kết nạp")
    kinds = catalogue_on(on)["kinds"]
    if strange := [number for number in states if number not in kinds]:
        raise RuleBroken(f"Danh mục ngày này không có giấy tờ số {strange[0]}.")
    before = {row.number: row for row in member.dossier_papers.as_of(on)}
    told = {number: state for number, state in states.items() if state}
    fresh = [
        DossierPaper(member=member, number=number, state=PaperState(state).value, on=on)
        for number, state in told.items()
        if (last := before.get(number)) is None or last.state != state or whole and last.on != on
    ]
    if not told:
        raise RuleBroken("Chưa đánh dấu giấy tờ nào. Chọn tình trạng của ít nhất một giấy tờ rồi ghi.")
    DossierPaper.objects.bulk_create(fresh)
    if fresh:
        record("member.papers_checked", member, by=by, on=on.isoformat(), papers=len(fresh))
    return len(fresh)
