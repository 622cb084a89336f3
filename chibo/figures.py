"""One function for each number or fact of this app shown anywhere."""

import datetime as dt

from chibo.models import Organisation, Position, Term
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


def holder_of(organisation: Organisation, posts: list[str], day: dt.date) -> Position | None:
    """Who holds the first of these posts on a day."""
    held = Position.objects.filter(organisation=organisation, post__in=posts).on(day).select_related("member")
    return min(held, key=lambda position: posts.index(position.post), default=None)
