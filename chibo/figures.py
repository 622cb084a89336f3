"""One function for each number or fact of this app shown anywhere."""

import datetime as dt

from chibo.models import Member, Organisation, Position, StandingPeriod, Term
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken


def term_on(organisation: Organisation, day: dt.date) -> Term:
    """The term running on a day; raises RuleBroken where none was entered."""
    term = Term.objects.filter(organisation=organisation).on(day).first()
    if term is None:
        raise RuleBroken(
            f"{organisation.name} chưa có nhiệm kỳ vào ngày {vn_date(day)}. Ban Tổ chức ghi nhiệm kỳ ở trang của đơn vị rồi làm lại."
        )
    return term


def standings_on(members: list[Member], day: dt.date) -> dict[int, str]:
    """Member → standing on a day (Member.standing_on), for a whole roll in one question."""
    periods = StandingPeriod.objects.on(day).filter(member__in=[one.pk for one in members]).order_by("starts_on")
    special = dict(periods.values_list("member_id", "standing"))  # of two at once the later one holds
    return {one.pk: one.standing_given(special.get(one.pk), day) for one in members}


def holder_of(organisation: Organisation, posts: list[str], day: dt.date) -> Position | None:
    """Who holds the first of these posts on a day."""
    held = Position.objects.filter(organisation=organisation, post__in=posts).on(day).select_related("member")
    return min(held, key=lambda position: posts.index(position.post), default=None)
