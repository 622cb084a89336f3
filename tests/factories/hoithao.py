"""Meetings in the states tests need, made by the services."""

import datetime as dt

from hoithao.models import MeetingKind
from hoithao.services.attendance import take_roll
from hoithao.services.meetings import open_meeting, plan_meeting, save_text, set_read_back
from hoithao.services.whole import record_whole_meeting
from kyanh_portal.base.calendar import at_local

MONTH = dt.date(2020, 12, 1)


def kind(code="THUONG_KY"):
    return MeetingKind.objects.get(code=code)


def planned(cell, month=MONTH, code="THUONG_KY", **fields):
    fields.setdefault("place", "Nhà văn hóa")
    return plan_meeting(
        by=None,
        organisation=cell,
        kind=kind(code),
        month=month,
        starts_at=at_local(month.replace(day=5), 19, 30),
        **fields,
    )


def opened(cell, members, month=MONTH, exceptions=None):
    meeting = open_meeting(planned(cell, month), by=None, chair=members[0], secretary=members[1])
    take_roll(meeting, exceptions or {}, by=None)
    meeting.refresh_from_db()
    return meeting


def ready(cell, members, month=MONTH):
    """Everything logged but the closing itself."""
    meeting = opened(cell, members, month)
    save_text(meeting, "conclusion", "Thống nhất ba việc của tháng.", seen="")
    set_read_back(meeting, True, by=None)
    meeting.refresh_from_db()
    return meeting


def closed(cell, members, month=MONTH, minutes=95, **fields):
    starts_at = at_local(month.replace(day=5), 19, 30)
    fields.setdefault("votes", [{"subject": "Thông qua kết luận", "in_favour": 5}])
    return record_whole_meeting(
        by=None, organisation=cell, kind=kind(), month=month, starts_at=starts_at, ended_at=starts_at + dt.timedelta(minutes=minutes),
        place="Nhà văn hóa", chair=members[0], secretary=members[1], conclusion="Thống nhất ba việc của tháng.",
        contributions=[{"member": members[2], "text": "Nhất trí với báo cáo."}], **fields,
    )  # fmt: skip
