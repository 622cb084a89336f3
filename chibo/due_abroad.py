"""Members abroad: the slip to hand in there, the day to come back, the report afterwards (members.md 5.4, 13)."""

import datetime as dt

from django.db.models import Q

from chibo.choices import Role, TransferState
from chibo.models import Transfer
from chibo.rulebooks import ABROAD, rulebook_on
from chibo.services.abroad import slip_days
from chibo.services.holidays import working_days
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.reminders.due import DueItem, add_source

MOST = 100


def abroad_due(user, day):
    """What waits of each member who went abroad, one line each."""
    mine = scope_of(user).covers_as("source__path", Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING)
    rows = Transfer.objects.filter(mine, kind__in=ABROAD, sent_on__lte=day, reported_on=None).exclude(state=TransferState.REFUSED)  # fmt: skip
    waits = Q(back_on__isnull=False) | Q(slip_on=None) | Q(returns_on__lte=day + dt.timedelta(days=30))
    days = working_days()
    for one in rows.filter(waits).select_related("member", "source").order_by("sent_on", "pk")[:MOST]:
        url, place = one.get_absolute_url(), one.source.name
        if one.back_on:
            book = rulebook_on(one.back_on)
            until = days.after(one.back_on, book["abroad_report_wd"])
            yield DueItem(until, f"Báo cáo khi về nước: {one.member}", url, place, f"Về nước {vn_date(one.back_on)}; báo cáo chi bộ trong {book['abroad_report_wd']} ngày làm việc (38-HD/BTCTW II.4.3).", "Mở giấy chuyển")  # fmt: skip
            continue
        if one.slip_on is None:
            until = days.after(one.sent_on, slip_days(one))
            yield DueItem(until, f"Nộp phiếu ở nước ngoài: {one.member}", url, place, f"Trong {slip_days(one)} ngày làm việc từ ngày giới thiệu {vn_date(one.sent_on)}. Chi bộ hỏi lại, rồi ghi ngày nộp (38-HD/BTCTW II.4.3).", "Mở giấy chuyển")  # fmt: skip
        if one.returns_on and one.returns_on <= day + dt.timedelta(days=30):
            yield DueItem(one.returns_on, f"Dự kiến về nước: {one.member}", url, place, "Đồng chí về thì ghi ngày về; chưa về thì hỏi lại, làm giấy tiếp (38-HD/BTCTW II.4.3).", "Mở giấy chuyển")  # fmt: skip


add_source("abroad", "Đảng viên ở nước ngoài", abroad_due)
