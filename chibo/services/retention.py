"""What is kept only for a time. One rule each; a run is told in the trail, a second run finds nothing.

Frozen papers, minutes, signatures, decisions and the trail itself are never touched: no rule names them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from chibo.models import DataRequest, Exit, MemberIdentity
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import add_months, today
from kyanh_portal.exchange.running import sweep as sweep_lists
from kyanh_portal.parameters.parameter import value_on
from kyanh_portal.reports.running import sweep as sweep_reports


@dataclass(frozen=True)
class Retention:
    """`clear(day)` removes what is past its time and returns how many rows; `words(day)` says the time as set."""

    code: str
    what: str
    words: Callable[[dt.date], str]
    clear: Callable[[dt.date], int]


def _years_before(day: dt.date, name: str) -> dt.date:
    return add_months(day.replace(day=1), -12 * value_on(name, day))


def _left(day: dt.date) -> int:
    gone = Exit.objects.filter(left_on__lt=_years_before(day, "chibo.keep_left_years"), readmitted_on=None)
    return MemberIdentity.objects.filter(member__in=gone.values("member")).delete()[0]


def _requests(day: dt.date) -> int:
    rows = DataRequest.objects.filter(answered_at__date__lt=_years_before(day, "chibo.keep_request_years"))
    return rows.exclude(text="", ground="", answer="").update(text="", ground="", answer="")


def _sessions(day: dt.date) -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def _said(name: str) -> Callable[[dt.date], str]:
    return lambda day: f"{value_on(name, day)} năm"


RULES = [
    Retention("left", "Số định danh của người đã ra khỏi Đảng, từ trần (họ tên, ngày, lý do, số quyết định vẫn giữ)", _said("chibo.keep_left_years"), _left),
    Retention("requests", "Lời lẽ của đề nghị về dữ liệu đã trả lời (dòng ghi loại, ngày, kết quả vẫn giữ)", _said("chibo.keep_request_years"), _requests),
    Retention("lists", "Bản xem trước của danh sách đã nhập", lambda day: "24 giờ", lambda day: sweep_lists()),
    Retention("reports", "Tệp báo cáo, tệp xuất danh sách", lambda day: "24 giờ", lambda day: sweep_reports()),
    Retention("sessions", "Phiên đăng nhập hết hạn", lambda day: "đến khi hết hạn", _sessions),
]  # fmt: skip


def clear_what_is_over(day: dt.date | None = None) -> dict[str, int]:
    """Run every rule, each in its own transaction; {rule: rows cleared}."""
    day, cleared = day or today(), {}
    for rule in RULES:
        with transaction.atomic():
            if number := rule.clear(day):
                cleared[rule.code] = number
                record("data.retention", rule=rule.code, rows=number)
    return cleared
