"""Whom a vote counts: official members of a cell, sitting members of a committee (294-QĐ/TW 9.3.2–9.3.3)."""

import datetime as dt
from dataclasses import dataclass

from chibo.choices import Post, Right, Standing
from chibo.figures import is_base_on, standings_on
from chibo.models import Member, Organisation, Position, StandingPeriod, Term
from chibo.rulebooks import rulebook_on
from chibo.rules import more_than_half, two_thirds
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


def committee_of(cell, day: dt.date) -> Organisation | None:
    """The base committee that votes after the cell on a day; None where the cell itself is the base, or lies straight under
    a committee above the base (thôn, tổ dân phố of a xã, phường since 01/7/2025)."""
    one = cell
    while one is not None and not is_base_on(one, day):
        one = Organisation.objects.select_related("kind").filter(pk=one.parent_id).first()
    return None if one is None or one.pk == cell.pk else one


@dataclass(frozen=True)
class Decides:
    """Who decides on admission and recognition for a cell on a day, and how many votes that needs."""

    body: Organisation | None
    who: str
    is_two_thirds: bool
    source: str

    def needed(self, base: int) -> int:
        return two_thirds(base) if self.is_two_thirds else more_than_half(base)

    @property
    def told(self) -> str:
        """Who decides, inside a sentence."""
        return self.who[0].lower() + self.who[1:]

    @property
    def share(self) -> str:
        return "ít nhất hai phần ba" if self.is_two_thirds else "quá nửa"


def decides_on(cell, day: dt.date, right=Right.ADMIT) -> Decides:
    """The competent committee of a cell on a day: ban thường vụ above the base by more than half; a base committee that was given
    the right by two thirds of all its members, since 26/7/2026 by its ban thường vụ (06-HD/TW 3.7a; 208-QĐ/TW)."""
    book, committee = rulebook_on(day), committee_of(cell, day)
    if committee is not None and committee.delegations.filter(right=right).on(day).exists():
        if book["authorised_admission"] == "standing":
            return Decides(committee, f"Ban thường vụ {committee.name}, được ủy quyền", False, book.source)
        return Decides(committee, f"Tập thể cấp ủy {committee.name}, được ủy quyền", True, "06-HD/TW 3.7a")
    base = committee or cell
    above = Organisation.objects.filter(pk=base.parent_id).first()
    return Decides(
        above, f"Ban thường vụ {above.name if above else 'cấp trên'}", False, "294-QĐ/TW 9.3.4; 06-HD/TW 3.7a"
    )


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


def standing_size(organisation, day: dt.date) -> int | None:
    """Members of the ban thường vụ on a day; None where none of them is written down."""
    posts = Position.objects.on(day).filter(organisation=organisation, post__in=Post.of_standing())
    found = posts.values("member").distinct().count()
    return found if posts.filter(post=Post.STANDING_MEMBER).exists() else None


def check_deciding_base(decides: Decides, day: dt.date, base: int) -> None:
    """Refuse a number of voters the deciding committee cannot have had; where the register does not know it, nothing is refused."""
    if decides.body is None:
        return
    if decides.is_two_thirds:
        check_committee_base(decides.body, day, base)
    elif (sitting := standing_size(decides.body, day)) and base > sitting:
        raise RuleBroken(f"{decides.who} ngày {vn_date(day)} có {sitting} đồng chí. Kiểm tra lại số này, hoặc ghi đủ chức vụ của ban thường vụ trước.", field="base")  # fmt: skip


def check_committee_base(committee, day: dt.date, base: int) -> None:
    """Refuse a number that is not the committee's sitting members; where the register does not know them, nothing is refused."""
    sitting = sitting_between(committee, day)
    if sitting and not sitting[0] <= base <= sitting[1]:
        raise RuleBroken(f"{committee.name} ngày {vn_date(day)} có {between_words(*sitting)} cấp ủy viên đương nhiệm phải tính, cả đồng chí vắng mặt (294-QĐ/TW 9.3.3). Ghi số đương nhiệm, không ghi số có mặt.", field="base")  # fmt: skip
