"""Identity numbers, requests of people about their data, incidents: each act with its line in the trail."""

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone

from chibo.models import DataRequest, Incident, Member, MemberIdentity
from chibo.services.days import admitted_day, check_day
from chibo.services.holidays import working_days
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import now, today
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.sealed import masked, seal, trace
from kyanh_portal.parameters.parameter import value_on

_TWELVE = re.compile(r"\d{12}")


def clean_number(text: str) -> str:
    """Twelve digits without blanks and dots; raises RuleBroken."""
    number = re.sub(r"[\s.]", "", text)
    if not _TWELVE.fullmatch(number):
        raise RuleBroken("Số định danh gồm đúng 12 chữ số. Đếm lại các chữ số.", field="number")
    return number


@transaction.atomic
def set_number(member: Member, number: str, *, by) -> MemberIdentity:
    """Keep the identity number of a member, sealed; one number belongs to one person."""
    number = clean_number(number)
    if MemberIdentity.objects.filter(trace=trace(number)).exclude(member=member).exists():
        raise RuleBroken("Số này đã có ở một đồng chí khác. Kiểm tra lại, hoặc gọi Ban Tổ chức.", field="number")
    values = {"sealed": seal(number), "trace": trace(number), "shown": masked(number)}
    identity, _ = MemberIdentity.objects.update_or_create(member=member, defaults=values)
    record("member.number_set", member, by=by)
    return identity


@transaction.atomic
def show_number(member: Member, reason: str, *, by) -> str:
    """The full number, told in the trail with the reason. Raises RuleBroken without a reason or a number."""
    if len(reason.strip()) < 5:
        raise RuleBroken("Ghi lý do xem đủ số, ví dụ: đối chiếu khi làm thẻ.", field="reason")
    identity = MemberIdentity.objects.filter(member=member).first()
    if identity is None:
        raise RuleBroken("Đồng chí này chưa ghi số định danh.")
    record("member.number_shown", member, by=by, reason=reason[:300])
    return identity.open()


@transaction.atomic
def find_by_number(number: str, *, by) -> Member:
    """The member with this number within the seeker's scope; the search is told, the number is not."""
    found = MemberIdentity.objects.filter(trace=trace(clean_number(number))).values_list("member_id", flat=True).first()
    member = Member.objects.visible_to(by).select_related("organisation").filter(pk=found or 0).first()
    record("member.number_searched", member, by=by, found=member is not None)
    if member is None:
        raise RuleBroken("Không có đồng chí nào mang số này trong phạm vi của đồng chí.", field="number")
    return member


@transaction.atomic
def ask_about_data(member: Member, kind: str, *, by, about="", text="", ground="", asked_on=None) -> DataRequest:
    """Note what a person asks about the own data, with the day it must be answered by."""
    asked_on = asked_on or today()
    check_day(asked_on, "asked_on", after=admitted_day(member), what="ngày kết nạp")
    path = member.organisation.path
    due = working_days().after(asked_on, value_on("chibo.request_days", asked_on, path))
    request = DataRequest.objects.create(
        member=member, path=path, kind=kind, about=about, text=text, ground=ground, asked_by=by, asked_on=asked_on, due_on=due
    )  # fmt: skip
    record("data.asked", request, by=by, path=path, kind=kind, due_on=due.isoformat())
    return request


@transaction.atomic
def answer_request(request: DataRequest, is_granted: bool, answer: str, *, by) -> DataRequest:
    """Answer once; who asked reads the answer on the own-data page. Data are corrected on the member's page, by whom it behoves."""
    request = DataRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.answered_at:
        raise Conflict("Đề nghị này đã được trả lời. Tải lại trang để xem.")
    if by is not None and Member.objects.filter(pk=request.member_id, user=by).exists():
        raise RuleBroken("Không ai tự trả lời đề nghị về dữ liệu của mình. Ban Tổ chức trả lời.")
    request.is_granted, request.answer, request.answered_at, request.answered_by = (
        is_granted,
        answer,
        timezone.now(),
        by,
    )
    request.save()
    record("data.answered", request, by=by, path=request.path, granted=is_granted, late=today() > request.due_on)
    return request


@transaction.atomic
def report_incident(organisation, what: str, found_at: dt.datetime, *, by, whole_unit=True) -> Incident:
    """Open the record of an incident; the 72 hours run from when it was found. Affected are the members of the unit."""
    if found_at > now() + dt.timedelta(minutes=5):
        raise RuleBroken("Giờ phát hiện chưa đến. Kiểm tra lại ngày, giờ.", field="found_at")
    hours = value_on("chibo.incident_hours", timezone.localdate(found_at), organisation.path)
    members = Member.objects.filter(organisation__path__startswith=organisation.path).order_by("pk")
    incident = Incident.objects.create(
        organisation=organisation, path=organisation.path, what=what, found_at=found_at, reported_by=by,
        tell_until=found_at + dt.timedelta(hours=hours), affected=list(members.values_list("pk", flat=True)) if whole_unit else [],
    )  # fmt: skip
    record("incident.reported", incident, by=by, affected=len(incident.affected))
    return incident


@transaction.atomic
def handle_incident(incident: Incident, *, by, measures="", told_to="", told_at=None, is_closed=False) -> Incident:
    """Note what was done, that the authority was told and when, that it ended; an incident ends only once it was told.

    What was told is noted once. `told_at` may lie back, since work is written down after it is done: now, where not given.
    """
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if incident.closed_at:
        raise Conflict("Sự cố này đã kết thúc. Tải lại trang để xem.")
    incident.measures = measures or incident.measures
    if told_to and not incident.told_at:
        incident.told_at, incident.told_to = told_at or now(), told_to
        if incident.told_at < incident.found_at:
            raise RuleBroken("Giờ báo trước cả giờ phát hiện. Kiểm tra lại ngày, giờ.", field="told_at")
        if incident.told_at > now() + dt.timedelta(minutes=5):
            raise RuleBroken("Giờ báo chưa đến. Kiểm tra lại ngày, giờ.", field="told_at")
    if is_closed:
        if not incident.told_at or not incident.measures:
            raise RuleBroken("Ghi đã xử lý gì và đã báo cơ quan nào, rồi mới kết thúc.", field="is_closed")
        incident.closed_at = timezone.now()
    incident.save()
    record(
        "incident.handled",
        incident,
        by=by,
        told=bool(incident.told_at),
        late=incident.told_late,
        closed=bool(incident.closed_at),
    )
    return incident
