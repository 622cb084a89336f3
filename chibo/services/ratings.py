"""Kiểm điểm, xếp loại hằng năm: open, vote, decide, lock (members.md 7)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from chibo.choices import NotRated, RatedBody, RatingLevel, RatingState, Standing
from chibo.figures import standings_on
from chibo.models import HelpCase, Member, Rating, ReviewYear
from chibo.rulebooks import RATING_BOOKS, rating_book_on
from chibo.rules import months_after, more_than_half
from chibo.services.bases import check_cell_base, check_committee_base, committee_size, entitled, sitting_between
from kyanh_portal.access.scope import scope_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.rulebook import Rulebook
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
    """The cap over a group of levels (one by one, or counted), e.g. 23 rated good and 20 % give at most 4 (366-QĐ/TW, chưa xác nhận số gốc)."""
    counts = Counter(levels)
    good, excellent = counts[RatingLevel.GOOD], counts[RatingLevel.EXCELLENT]
    base = good + (excellent if base_kind == "good_or_better" else 0)
    words = "số Hoàn thành tốt trở lên" if base_kind == "good_or_better" else "số Hoàn thành tốt"
    return Cap(float(share), base, words, int(base * share // 100), excellent)


def cap_for(path: str, year: int, levels) -> Cap:
    """The cap by the settings of the year for a branch."""
    values = values_on(["chibo.rating_cap", "chibo.rating_cap_base"], dt.date(year, 12, 31), path)
    return cap_of(levels, values["chibo.rating_cap"], values["chibo.rating_cap_base"])


def caps_of_bodies(sessions) -> list[tuple[str, int, Cap]]:
    """(group, how many are rated, cap) of organisations and committees of one year: cells by type, others by kind.

    `sessions`: reviews of one year, grouped by the database; the settings are those of the first one's branch.
    """
    rows = sessions.order_by().exclude(level="", self_level="").values_list(
        "subject", "organisation__kind__is_cell", "organisation__kind__name", "organisation__cell_type__name", "level", "self_level",
    )  # fmt: skip
    groups: dict[tuple, Counter] = {}
    for subject, is_cell, kind, cell_type, level, self_level, number in rows.annotate(Count("pk")):
        of = cell_type if is_cell and cell_type else kind
        name = f"Chi bộ: {of}" if is_cell else kind
        name = name if subject == RatedBody.ORGANISATION else f"Tập thể cấp ủy: {of}"
        groups.setdefault((subject, name), Counter())[level or self_level] += number
    if not groups:
        return []
    year, path = sessions.order_by("pk").values_list("year", "organisation__path").first()
    values = values_on(["chibo.rating_cap", "chibo.rating_cap_base"], dt.date(year, 12, 31), path)
    share, base_kind = values["chibo.rating_cap"], values["chibo.rating_cap_base"]
    return [(name, levels.total(), cap_of(levels, share, base_kind)) for (_, name), levels in sorted(groups.items(), reverse=True)]  # fmt: skip


def not_rated_because(member: Member, standing: str, day: dt.date, book) -> str:
    """Why a member is not rated that year, or nothing (124-QĐ/TW, Điều 5; 294-QĐ/TW 7.2.3)."""
    if standing in (Standing.EXEMPT, Standing.TEMPORARILY_EXEMPT):
        return NotRated.EXEMPT
    if standing == Standing.SUSPENDED:
        return NotRated.SUSPENDED
    return NotRated.NEW if member.admitted_on > months_after(day, -book["new_months"]) else ""


def book_of(session) -> Rulebook:
    """The rulebook the review was opened by."""
    return next(one for one in RATING_BOOKS if one.code == session.rulebook)


@transaction.atomic
def open_year(organisation, year: int, *, by, subject=RatedBody.ORGANISATION, is_synthetic=False) -> ReviewYear:
    """Open the review of an organisation or its committee; of a cell everybody on its roll is in it, guests not.

    Who is not rated is marked with the reason.
    """
    if organisation.kind.is_body:
        raise RuleBroken("Xếp loại mở ở chi bộ, đảng bộ; cơ quan tham mưu không xếp ở đây.", field="organisation")
    if ReviewYear.objects.filter(organisation=organisation, year=year, subject=subject).exists():
        raise RuleBroken("Tổ chức này đã mở xếp loại năm đó.", field="year")
    if year > today().year:
        raise RuleBroken("Năm này chưa đến.", field="year")
    day = min(dt.date(year, 12, 31), latest_day() if year >= today().year else dt.date(year, 12, 31))
    day = min(day, max(today(), dt.date(year, 1, 1)))
    if subject == RatedBody.COMMITTEE and not committee_size(organisation, day):
        raise RuleBroken("Chưa ghi cấp ủy, chi ủy của tổ chức này. Ghi chức vụ ở trang của tổ chức rồi mở.", field="subject")  # fmt: skip
    book = rating_book_on(day)
    session = ReviewYear.objects.create(organisation=organisation, year=year, subject=subject, rulebook=book.code, is_synthetic=is_synthetic)  # fmt: skip
    if organisation.kind.is_cell and subject == RatedBody.ORGANISATION:
        roll = list(Member.objects.on_roll(organisation, day))
        standings = standings_on(roll, day)
        roll = [one for one in roll if standings[one.pk] != Standing.HERE_TEMPORARILY]
        Rating.objects.bulk_create(Rating(session=session, member=one, not_rated=not_rated_because(one, standings[one.pk], day, book)) for one in roll)  # fmt: skip
    record("rating.opened", session, by=by, year=year)
    return session


def _locked(session, *states) -> ReviewYear:
    session = ReviewYear.objects.select_for_update(of=("self",)).select_related("organisation__kind").get(pk=session.pk)
    if session.state not in states:
        raise RuleBroken(f"Đang ở bước “{session.get_state_display()}”, không làm được việc này. Tải lại trang.")
    return session


def most_for(points, book) -> str:
    """The best level that points of a hundred allow, e.g. 89 → Hoàn thành tốt (366-QĐ/TW, Điều 11)."""
    for level, least in zip(RatingLevel.values, book["cuts"], strict=False):
        if points >= least:
            return level
    return RatingLevel.FAILED


def _check_points(book, level: str, common, task, who: str, field: str) -> None:
    """Both parts of the points, within their bounds, and a level no better than they allow."""
    if not book["points"]:
        return
    if common is None or task is None:
        raise RuleBroken(f"{who}: ghi đủ hai phần điểm.", field=f"common_{field}")
    for given, most, name in zip((common, task), book["points"], ("common", "task"), strict=True):
        if not 0 <= given <= most:
            raise RuleBroken(f"{who}: phần điểm này từ 0 đến {most}.", field=f"{name}_{field}")
    best = most_for(common + task, book)
    if level and RatingLevel.values.index(level) < RatingLevel.values.index(best):
        number = f"{common + task:g}".replace(".", ",")
        raise RuleBroken(f"{who}: {number} điểm thì cao nhất là “{RatingLevel(best).label}”. Ghi mức ấy hoặc xem lại điểm.", field=f"level_{field}")  # fmt: skip


def _check_votes(who: str, votes, base: int, field: str) -> None:
    if votes > base:
        raise RuleBroken(f"Số phiếu của {who} nhiều hơn số có quyền biểu quyết ({base}).", field=field)
    if votes < more_than_half(base):
        raise RuleBroken(f"Mức của {who} cần ít nhất {more_than_half(base)}/{base} phiếu. Ghi mức được quá nửa số phiếu.", field=field)  # fmt: skip


def check_day_and_base(session, voted_on: dt.date, base: int) -> None:
    """The day of the vote, and who was entitled on it: official members of the cell, or sitting members of the committee."""
    if voted_on > latest_day():
        raise RuleBroken("Ngày họp chưa đến. Kiểm tra lại năm.", field="voted_on")
    if voted_on < dt.date(session.year, 1, 1):
        raise RuleBroken(f"Xếp loại năm {session.year} thì bỏ phiếu từ ngày 01/01/{session.year} trở đi. Kiểm tra lại năm.", field="voted_on")  # fmt: skip
    if session.organisation.kind.is_cell and session.rates_organisation:
        check_cell_base(session.organisation, voted_on, base)
    else:
        check_committee_base(session.organisation, voted_on, base)


def base_on(session, day: dt.date) -> int | None:
    """The number of voters to start from; None where the register does not know the committee."""
    if session.organisation.kind.is_cell and session.rates_organisation:
        return entitled(session.organisation, day)
    sitting = sitting_between(session.organisation, day)
    return sitting[1] if sitting else None


def check_line(session, one, base: int, level, votes, common, task) -> None:
    """What was voted about one member; raises RuleBroken at the field of that line."""
    if not level or votes is None:
        raise RuleBroken(f"Ghi mức và số phiếu của đồng chí {one.member}.", field=f"votes_{one.pk}" if level else f"level_{one.pk}")  # fmt: skip
    _check_votes(f"đồng chí {one.member}", votes, base, f"votes_{one.pk}")
    _check_points(book_of(session), level, common, task, f"Đồng chí {one.member}", str(one.pk))


def check_most(session, base: int, votes: int) -> None:
    """The votes written once for most members, told once and not at every line."""
    _check_votes("đa số đồng chí", votes, base, "most_votes")


def check_own(session, has_lines: bool, base: int, self_level, self_votes, self_points) -> None:
    """What the organisation takes for itself; its votes may be left out where members' votes are there."""
    if self_votes is not None:
        _check_votes("tổ chức tự nhận", self_votes, base, "self_votes")
    elif not has_lines:
        raise RuleBroken("Ghi số phiếu của mức tự nhận.", field="self_votes")
    _check_points(book_of(session), self_level, *self_points, "Tổ chức tự chấm", "self")


@transaction.atomic
def vote(session, rows: dict[int, tuple], *, by, voted_on, base, self_level, self_votes=None, self_points=(None, None)) -> ReviewYear:  # fmt: skip
    """What was voted: {member: (level, votes[, common points, points of duties])}, and the level taken for itself.

    A level needs more than half of all entitled; where the rulebook has points, no level is better than they allow.
    """
    session = _locked(session, *OPEN)
    check_day_and_base(session, voted_on, base)
    book, ratings = book_of(session), list(session.ratings.filter(not_rated="").select_related("member"))
    for one in ratings:
        level, votes, common, task = (*rows.get(one.member_id, ("", None)), None, None)[:4]
        check_line(session, one, base, level, votes, common, task)
        one.level, one.votes = level, votes
        if book["points"]:
            one.common_points, one.task_points = common, task
    check_own(session, bool(ratings), base, self_level, self_votes, self_points)
    Rating.objects.bulk_update(ratings, ["level", "votes", "common_points", "task_points"])
    session.state, session.voted_on, session.base, session.self_level = RatingState.VOTED, voted_on, base, self_level
    session.self_votes = self_votes
    if book["points"]:
        session.common_points, session.task_points = self_points
    session.save()
    record("rating.voted", session, by=by, rated=len(ratings))
    return session


@transaction.atomic
def appraise(session, appraised_on: dt.date, appraisal: str, *, by) -> ReviewYear:
    """Thẩm định: the superior looked at the papers and says what it found, before anybody decides."""
    session = _locked(session, RatingState.VOTED)
    if appraised_on > latest_day():
        raise RuleBroken("Ngày thẩm định chưa đến.", field="appraised_on")
    if session.voted_on and appraised_on < session.voted_on:
        raise RuleBroken("Ngày thẩm định phải từ ngày bỏ phiếu trở đi.", field="appraised_on")
    session.state, session.appraised_on, session.appraisal = RatingState.APPRAISED, appraised_on, clean_line(appraisal)
    session.save()
    record("rating.appraised", session, by=by)
    return session


def check_outstanding(session, level: str) -> None:
    """ "Tiêu biểu" is said of an organisation rated excellent only."""
    if not session.rates_organisation:
        raise RuleBroken("Tiêu biểu ghi cho chi bộ, đảng bộ, không ghi cho tập thể cấp ủy.", field="is_outstanding")
    if level != RatingLevel.EXCELLENT:
        raise RuleBroken("Tiêu biểu chỉ ghi cho tổ chức Hoàn thành xuất sắc nhiệm vụ. Bỏ dấu hoặc chọn lại mức.", field="is_outstanding")  # fmt: skip


def outstanding_in(sessions, year: int, path: str) -> tuple[int, int, int, float]:
    """(how many organisations are "tiêu biểu", how many excellent, how many may be, share): the setting of the year, a warning only."""
    excellent = sessions.order_by().filter(year=year, subject=RatedBody.ORGANISATION, level=RatingLevel.EXCELLENT)
    base, marked = excellent.aggregate(base=Count("pk"), marked=Count("pk", filter=Q(is_outstanding=True))).values()
    share = values_on(["chibo.outstanding_cap"], dt.date(year, 12, 31), path)["chibo.outstanding_cap"]
    return marked, base, int(base * share // 100), float(share)


@transaction.atomic
def decide(session, finals: dict[int, str], *, by, level, decision, is_outstanding=False) -> ReviewYear:
    """The superior recognises the level of each member and of the organisation, after the appraisal.

    `is_outstanding`: of the excellent organisations those held up as an example, the ground of their reward (06-HD/TW 19.1).
    """
    session = _locked(session, RatingState.APPRAISED)
    if not clean_line(decision):
        raise RuleBroken("Ghi số, ngày quyết định.", field="decision")
    if is_outstanding:
        check_outstanding(session, level)
    ratings = list(session.ratings.filter(not_rated=""))
    for one in ratings:
        one.final = finals.get(one.member_id) or one.level
    Rating.objects.bulk_update(ratings, ["final"])
    session.state, session.level, session.decision = RatingState.DECIDED, level, clean_line(decision)
    session.is_outstanding = is_outstanding
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
    session = _locked(session, RatingState.VOTED, RatingState.APPRAISED, RatingState.DECIDED, RatingState.LOCKED)
    if not clean_line(because):
        raise RuleBroken("Ghi vì sao mở lại.", field="because")
    session.state, session.reopened_because = RatingState.SELF, clean_line(because)
    session.save(update_fields=["state", "reopened_because", "updated_at"])
    record("rating.reopened", session, by=by)
    return session


def failed_twice(user, year: int):
    """Members in the user's branches rated "không hoàn thành" in `year` and the year before: criterion C1 of the review (02-HD/BTCTW). Who is on the list already is left out."""
    rows = Rating.objects.filter(scope_of(user).covers("session__organisation__path"), final=RatingLevel.FAILED)
    both = Member.objects.filter(pk__in=rows.filter(session__year=year).values("member"))
    both = both.filter(pk__in=rows.filter(session__year=year - 1).values("member"), left_on=None)
    listed = HelpCase.objects.filter(code="C1", ended_on=None).values("member")
    return both.exclude(pk__in=listed).select_related("organisation")
