"""Days a person types: neither before what they follow nor further ahead than a decision reaches."""

import datetime as dt

from chibo.rules import months_after
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken


def check_day(day: dt.date, field: str, *, ahead=0, after: dt.date | None = None, what="") -> None:
    """`ahead`: months a decision may lie in the future; `after`, `what`: the day it may not precede, and that day's name.

    Raises RuleBroken at `field`, in words that say what to look at.
    """
    if day > months_after(latest_day(), ahead):
        told = f"Ngày {vn_date(day)} cách hôm nay quá {ahead} tháng" if ahead else f"Ngày {vn_date(day)} chưa đến"
        raise RuleBroken(f"{told}. Kiểm tra lại năm.", field=field)
    if after and day < after:
        raise RuleBroken(f"Ngày {vn_date(day)} sớm hơn {what} ({vn_date(after)}). Kiểm tra lại ngày.", field=field)


def admitted_day(member) -> dt.date | None:
    """The day of admission where it is known to the day."""
    return member.admitted_on if member.admitted_precision == "day" else None
