"""Whom a vote counts: official members of a cell, sitting members of a committee (294-QĐ/TW 9.3.2–9.3.3)."""

import datetime as dt

from chibo.choices import Post, Standing
from chibo.figures import standings_on
from chibo.models import Member, Organisation, Position, StandingPeriod, Term
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken

_NEVER = {Standing.HERE_TEMPORARILY, Standing.SUSPENDED}  # guests; who is suspended, even when he came
_EXEMPT = {Standing.EXEMPT, Standing.TEMPORARILY_EXEMPT}
_IF_THEY_CAME = _EXEMPT | {Standing.SENT_AWAY}


def entitled_between(organisation, day: dt.date, *, exempt_may_come=True) -> tuple[int, int]:
    """(least, most) official members of a cell a vote counts: those exempt or away only when they came."""
    roll = list(Member.objects.on_roll(organisation, day))
    standings = standings_on(roll, day)
    found = [standings[one.pk] for one in roll if one.official_on is not None and one.official_on <= day]
    never = _NEVER if exempt_may_come else _NEVER | _EXEMPT
    most = sum(standing not in never for standing in found)
    return most - sum(standing in _IF_THEY_CAME - never for standing in found), most


def entitled(organisation, day: dt.date) -> int:
    """Official members who count without exempt and absent ones: the number to start from."""
    return entitled_between(organisation, day)[0]


def committee_of(cell) -> Organisation | None:
    """The base committee that votes after the cell; None where the cell itself is the base (chi bộ cơ sở)."""
    one = cell
    while one is not None and not one.kind.is_base:
        one = Organisation.objects.select_related("kind").filter(pk=one.parent_id).first()
    return None if one is None or one.pk == cell.pk else one


def committee_size(organisation, day: dt.date) -> int:
    """Sitting members of the committee on a day: whoever holds a post in it, each once."""
    posts = Position.objects.on(day).filter(organisation=organisation).exclude(post__in=Post.outside_committee())
    return posts.values("member").distinct().count()


def sitting_between(committee, day: dt.date) -> tuple[int, int] | None:
    """(least, most) members of a committee a vote counts: all who sit, whether they came or not, those away for a time only
    when they came, those suspended never. None where the register knows neither number nor posts."""
    term = Term.objects.filter(organisation=committee).on(day).first()
    most = (term.sitting_members if term else None) or committee_size(committee, day)
    if not most:
        return None
    posts = Position.objects.on(day).filter(organisation=committee).exclude(post__in=Post.outside_committee()).values("member")  # fmt: skip
    out = StandingPeriod.objects.on(day).filter(member__in=posts)
    gone, away = (
        out.filter(standing=one).values("member").distinct().count() for one in (Standing.SUSPENDED, Standing.SENT_AWAY)
    )
    most = max(most - gone, 1)
    return max(most - away, 1), most


def between_words(least: int, most: int) -> str:
    return f"{least}" if least == most else f"{least} đến {most}"


def check_cell_base(organisation, day: dt.date, base: int, *, exempt_may_come=True) -> None:
    """Refuse a number of voters the cell cannot have had on that day; `exempt_may_come`: whether those exempt count if present."""
    least, most = entitled_between(organisation, day, exempt_may_come=exempt_may_come)
    if not least <= base <= most:
        away = "đồng chí được miễn, tạm đi nơi khác chỉ tính khi đến dự" if exempt_may_come else "không tính đồng chí được miễn; đồng chí tạm đi nơi khác chỉ tính khi đến dự"  # fmt: skip
        raise RuleBroken(f"Ngày {vn_date(day)} danh sách có {between_words(least, most)} đảng viên chính thức phải tính ({away}). Kiểm tra lại số này, hoặc sửa danh sách trước.", field="base")  # fmt: skip


def check_committee_base(committee, day: dt.date, base: int) -> None:
    """Refuse a number that is not the committee's sitting members; where the register does not know them, nothing is refused."""
    sitting = sitting_between(committee, day)
    if sitting and not sitting[0] <= base <= sitting[1]:
        raise RuleBroken(f"{committee.name} ngày {vn_date(day)} có {between_words(*sitting)} cấp ủy viên đương nhiệm phải tính, cả đồng chí vắng mặt (294-QĐ/TW 9.3.3). Ghi số đương nhiệm, không ghi số có mặt.", field="base")  # fmt: skip
