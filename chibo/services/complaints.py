"""Complaints about a discipline or a removal, as record only: received, at which level, answered, how it ended (members.md 5.7, 5.8)."""

import datetime as dt

from django.db import transaction

from chibo.complaint_choices import COMPLAINED_OF, ComplaintLevel
from chibo.models import Complaint, Discipline, Exit
from chibo.rulebooks import rulebook_on
from chibo.services.days import check_day
from chibo.services.holidays import working_days
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken


def answer_days(complaint: Complaint) -> int:
    """Working days the level has to answer, by the rules of the day it came."""
    name = "complaint_answer_central_wd" if complaint.level == ComplaintLevel.CENTRAL else "complaint_answer_wd"
    return rulebook_on(complaint.received_on)[name]


def answer_until(complaint: Complaint, days=None) -> dt.date:
    """The last day to answer; `days`: the working days already read."""
    return (days or working_days()).after(complaint.received_on, answer_days(complaint))


def complain_until(left: Exit, days=None) -> dt.date:
    """The last day to complain of a removal: so many working days from the day the decision was received."""
    return (days or working_days()).after(left.told_on, rulebook_on(left.left_on)["complaint_wd"])


@transaction.atomic
def note_complaint(about: Discipline | Exit, level: str, received_on: dt.date, *, by) -> Complaint:
    """One complaint at a time for each decision; what the Central level answered is final (294-QĐ/TW 8.2)."""
    about = type(about).objects.select_for_update(of=("self",)).select_related("member__organisation").get(pk=about.pk)
    if isinstance(about, Exit):
        if about.reason not in COMPLAINED_OF:
            raise RuleBroken("Chỉ ghi khiếu nại về xóa tên, cho ra. Bị khai trừ thì ghi ở dòng kỷ luật.")
        link, since, what = {"exit": about}, about.told_on or about.left_on, "ngày nhận quyết định xóa tên, cho ra"
    else:
        link, since, what = {"discipline": about}, about.decided_on, "ngày quyết định kỷ luật"
    check_day(received_on, "received_on", after=since, what=what)
    before = list(about.complaints.all())
    if any(one.answered_on is None for one in before):
        raise RuleBroken(
            "Quyết định này đang có một khiếu nại chưa trả lời. Ghi trả lời trước rồi mới ghi khiếu nại tiếp."
        )
    if any(one.level == ComplaintLevel.CENTRAL for one in before):
        raise RuleBroken("Trung ương đã trả lời: khiếu nại này đã giải quyết cuối cùng, không ghi thêm.")
    last = max((one.answered_on for one in before), default=None)
    if last and received_on < last:
        raise RuleBroken(f"Khiếu nại tiếp phải từ ngày trả lời trước ({vn_date(last)}) trở đi.", field="received_on")
    row = Complaint.objects.create(**link, level=level, received_on=received_on)
    record("member.complained", about.member, by=by)  # that there is one, nothing of it: fieldclasses
    return row


@transaction.atomic
def answer_complaint(complaint: Complaint, answered_on: dt.date, outcome: str, *, by) -> Complaint:
    """The day and the kind of the answer; another answer is another complaint at the next level."""
    complaint = Complaint.objects.select_for_update(of=("self",)).with_member().get(pk=complaint.pk)
    if complaint.answered_on:
        raise RuleBroken(f"Khiếu nại này đã ghi trả lời ngày {vn_date(complaint.answered_on)}.")
    check_day(answered_on, "answered_on", after=complaint.received_on, what="ngày nhận khiếu nại")
    complaint.answered_on, complaint.outcome = answered_on, outcome
    complaint.save(update_fields=["answered_on", "outcome", "updated_at"])
    record("member.complaint_answered", complaint.member, by=by)
    return complaint
