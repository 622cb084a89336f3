"""Kiểm điểm, xếp loại hằng năm: open, vote, decide, lock (members.md 7)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from chibo.choices import NotRated, RatingLevel, RatingState, Standing
from chibo.models import Member, Rating, ReviewYear
from chibo.rulebooks import rating_book_on
from chibo.rules import months_after, more_than_half
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.parameters.parameter import values_on

OPEN = (RatingState.SELF, RatingState.VOTED)


@dataclass(frozen=True)
class Cap:
    """How many may be excellent: `most` = floor(share × base); a warning only, the deciding level answers for it."""

    share: float
    base: int
    base_words: str
    most: int
    excellent: int

    @property
    def is_over(self) -> bool:
        return self.excellent > self.most


def cap_of(levels, share, base_kind: str) -> Cap:
    """The cap over a group of levels, e.g. 23 rated good and 20 % give at most 4 (366-QĐ/TW, chưa xác nhận số gốc)."""
    counts = Counter(levels)
    good, excellent = counts[RatingLevel.GOOD], counts[RatingLevel.EXCELLENT]
    base = good + (excellent if base_kind == "good_or_better" else 0)
    words = "số Hoàn thành tốt trở lên" if base_kind == "good_or_better" else "số Hoàn thành tốt"
    return Cap(float(share), base, words, int(base * share // 100), excellent)


def cap_for(path: str, year: int, levels) -> Cap:
    """The cap by the settings of the year for a branch."""
    values = values_on(["chibo.rating_cap", "chibo.rating_cap_base"], dt.date(year, 12, 31), path)
    return cap_of(levels, values["chibo.rating_cap"], values["chibo.rating_cap_base"])


def not_rated_because(member: Member, day: dt.date, book) -> str:
    """Why a member is not rated that year, or nothing (124-QĐ/TW, Điều 5; 294-QĐ/TW 7.2.3)."""
    standing = member.standing_on(day)
    if standing in (Standing.EXEMPT, Standing.TEMPORARILY_EXEMPT):
        return NotRated.EXEMPT
    if standing == Standing.SUSPENDED:
        return NotRated.SUSPENDED
    return NotRated.NEW if member.admitted_on > months_after(day, -book["new_months"]) else ""


@transaction.atomic
def open_year(organisation, year: int, *, by, is_synthetic=False) -> ReviewYear:
    """Open the review of a cell: everybody on its roll, guests not; who is not rated is marked with the reason."""
    if not organisation.kind.is_cell:
        raise RuleBroken("Kiểm điểm, xếp loại đảng viên mở ở chi bộ.", field="organisation")
    if ReviewYear.objects.filter(organisation=organisation, year=year).exists():
        raise RuleBroken("Chi bộ này đã mở xếp loại năm đó.", field="year")
    if year > today().year:
        raise RuleBroken("Năm này chưa đến.", field="year")
    day = min(dt.date(year, 12, 31), latest_day() if year >= today().year else dt.date(year, 12, 31))
    day = min(day, max(today(), dt.date(year, 1, 1)))
    book = rating_book_on(day)
    session = ReviewYear.objects.create(organisation=organisation, year=year, rulebook=book.code, is_synthetic=is_synthetic)  # fmt: skip
    roll = [m for m in Member.objects.on_roll(organisation, day).prefetch_related("standing_periods") if m.standing_on(day) != Standing.HERE_TEMPORARILY]  # fmt: skip
    Rating.objects.bulk_create(Rating(session=session, member=m, not_rated=not_rated_because(m, day, book)) for m in roll)  # fmt: skip
    record("rating.opened", session, by=by, year=year)
    return session


def _locked(session, *states) -> ReviewYear:
    session = ReviewYear.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=session.pk)
    if session.state not in states:
        raise RuleBroken(f"Đang ở bước “{session.get_state_display()}”, không làm được việc này. Tải lại trang.")
    return session


@transaction.atomic
def vote(session, rows: dict[int, tuple[str, int]], *, by, voted_on, base, self_level) -> ReviewYear:
    """What the cell voted: {member: (level, votes)}. A level needs more than half of all official members."""
    session = _locked(session, *OPEN)
    if voted_on > latest_day():
        raise RuleBroken("Ngày họp chưa đến.", field="voted_on")
    ratings = list(session.ratings.filter(not_rated="").select_related("member"))
    for one in ratings:
        level, votes = rows.get(one.member_id, ("", None))
        if not level or votes is None:
            raise RuleBroken(f"Ghi mức và số phiếu của đồng chí {one.member}.", field=f"level_{one.pk}")
        if votes > base:
            raise RuleBroken(f"Số phiếu của đồng chí {one.member} nhiều hơn số có quyền biểu quyết ({base}).", field=f"votes_{one.pk}")  # fmt: skip
        if votes < more_than_half(base):
            raise RuleBroken(f"Mức của đồng chí {one.member} cần ít nhất {more_than_half(base)}/{base} phiếu. Ghi mức được quá nửa số phiếu.", field=f"votes_{one.pk}")  # fmt: skip
        one.level, one.votes = level, votes
    Rating.objects.bulk_update(ratings, ["level", "votes"])
    session.state, session.voted_on, session.base, session.self_level = RatingState.VOTED, voted_on, base, self_level
    session.save()
    record("rating.voted", session, by=by, rated=len(ratings))
    return session


@transaction.atomic
def decide(session, finals: dict[int, str], *, by, level, decision) -> ReviewYear:
    """The superior recognises the level of each member and of the cell."""
    session = _locked(session, RatingState.VOTED, RatingState.APPRAISED)
    if not clean_line(decision):
        raise RuleBroken("Ghi số, ngày quyết định.", field="decision")
    ratings = list(session.ratings.filter(not_rated=""))
    for one in ratings:
        one.final = finals.get(one.member_id) or one.level
    Rating.objects.bulk_update(ratings, ["final"])
    session.state, session.level, session.decision = RatingState.DECIDED, level, clean_line(decision)
    session.save()
    record("rating.decided", session, by=by, level=level)
    return session


@transaction.atomic
def lock(session, *, by) -> ReviewYear:
    """Nothing of the year changes any more, unless the deciding level opens it again with a reason."""
    session = _locked(session, RatingState.DECIDED)
    session.state = RatingState.LOCKED
    session.save(update_fields=["state", "updated_at"])
    record("rating.locked", session, by=by)
    return session


@transaction.atomic
def reopen(session, because: str, *, by) -> ReviewYear:
    """Opened again by the level that decided."""
    session = _locked(session, RatingState.VOTED, RatingState.DECIDED, RatingState.LOCKED)
    session.state, session.reopened_because = RatingState.SELF, clean_line(because)
    session.save(update_fields=["state", "reopened_because", "updated_at"])
    record("rating.reopened", session, by=by)
    return session


def failed_twice(organisation_path: str, year: int):
    """Members rated "không hoàn thành" two years running: criterion C1 of the review (02-HD/BTCTW)."""
    rows = Rating.objects.filter(session__organisation__path__startswith=organisation_path, final=RatingLevel.FAILED)
    now = rows.filter(session__year=year).values("member")
    return Member.objects.filter(pk__in=now).filter(pk__in=rows.filter(session__year=year - 1).values("member"))
