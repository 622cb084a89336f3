"""Send a petition up with a clock, take it up, pass it on, answer it; the answer returns to the cell's next agenda."""

import datetime as dt

from django.db import transaction

from hoithao.choices import PetitionState, Sort, Status
from hoithao.models import Contribution, Meeting, Petition, PetitionMove
from hoithao.services.carrying import bring_back
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text
from kyanh_portal.base.workflow import Workflow
from kyanh_portal.parameters.parameter import value_on

petition_flow = Workflow(
    {
        PetitionState.SENT: {PetitionState.TAKEN, PetitionState.PASSED, PetitionState.ANSWERED},
        PetitionState.TAKEN: {PetitionState.PASSED, PetitionState.ANSWERED},
        PetitionState.PASSED: {PetitionState.TAKEN, PetitionState.PASSED, PetitionState.ANSWERED},
        PetitionState.ANSWERED: {PetitionState.TOLD},
    }
)


def _move(petition, state, *, by, day, note="") -> None:
    PetitionMove.objects.create(petition=petition, state=state, day=day, note=clean_line(note)[:400], by=by)
    record("petition.moved", petition, by=by, path=petition.organisation.path, state=state)


@transaction.atomic
def send_petition(contribution: Contribution, *, by, text="", day=None, is_synthetic=False) -> Petition:
    """Send what a member petitioned for to the superior committee; asked twice it is sent once.

    The clock runs from `day` for as many days as the parameter `petitions.days` says on that day.
    """
    meeting = Meeting.objects.select_related("organisation__parent").get(pk=contribution.meeting_id)
    Contribution.objects.select_for_update(no_key=True).get(pk=contribution.pk)
    if same := Petition.objects.filter(contribution=contribution).first():
        return same
    if contribution.sort != Sort.PETITION:
        raise RuleBroken("Chỉ gửi lên ý kiến đánh dấu “kiến nghị”.")
    if not meeting.is_closed:
        raise RuleBroken("Khóa biên bản trước, rồi gửi kiến nghị lên cấp trên.")
    superior, day = meeting.organisation.parent, day or today()
    if superior is None:
        raise RuleBroken("Đơn vị này không có cấp trên trong danh sách để gửi.")
    petition = Petition.objects.create(
        organisation=meeting.organisation, meeting=meeting, contribution=contribution, addressee=superior, sent_on=day,
        text=clean_text(text) or contribution.text, is_synthetic=is_synthetic,
        due_on=day + dt.timedelta(days=value_on("petitions.days", day, superior.path)),
    )  # fmt: skip
    _move(petition, PetitionState.SENT, by=by, day=day, note=f"Gửi {superior.name}")
    return petition


def _locked(petition, to, refused) -> Petition:
    petition = (
        Petition.objects.select_for_update(of=("self",))
        .select_related("organisation", "addressee__parent")
        .get(pk=petition.pk)
    )
    petition_flow.require(petition.state, to, refused)
    return petition


@transaction.atomic
def take_petition(petition, *, by, day=None) -> Petition:
    """The superior says it looks into the matter."""
    petition = _locked(petition, PetitionState.TAKEN, "Kiến nghị này đã trả lời.")
    petition.state = PetitionState.TAKEN
    petition.save(update_fields=["state", "updated_at"])
    _move(petition, PetitionState.TAKEN, by=by, day=day or today())
    return petition


@transaction.atomic
def pass_petition(petition, *, by, note="", day=None) -> Petition:
    """Beyond the committee's power: it goes one level up; the clock of the cell runs on."""
    petition = _locked(petition, PetitionState.PASSED, "Kiến nghị này đã trả lời.")
    above = petition.addressee.parent
    if above is None:
        raise RuleBroken("Không còn cấp trên trong danh sách để chuyển. Trả lời, hoặc ghi đang xem xét.")
    petition.addressee, petition.state = above, PetitionState.PASSED
    petition.save(update_fields=["addressee", "state", "updated_at"])
    _move(petition, PetitionState.PASSED, by=by, day=day or today(), note=f"Chuyển {above.name}. {clean_line(note)}")
    return petition


@transaction.atomic
def answer_petition(petition, *, by, answer, day=None) -> Petition:
    """Answer; where the cell's next regular meeting is planned already, the answer goes on its agenda at once."""
    petition = _locked(petition, PetitionState.ANSWERED, "Kiến nghị này đã trả lời.")
    answer = clean_text(answer)
    if not answer:
        raise RuleBroken("Ghi nội dung trả lời để chi bộ báo lại đảng viên.", field="answer")
    day = day or today()
    if day < petition.sent_on:
        raise RuleBroken(f"Kiến nghị gửi ngày {vn_date(petition.sent_on)}. Ngày trả lời phải từ ngày ấy.", field="day")
    petition.answer, petition.answered_on, petition.state = answer, day, PetitionState.ANSWERED
    petition.save(update_fields=["answer", "answered_on", "state", "updated_at"])
    _move(petition, PetitionState.ANSWERED, by=by, day=day)
    coming = (
        Meeting.objects.filter(organisation=petition.organisation, kind_is_regular=True, status=Status.PLANNED)
        .order_by("starts_at")
        .first()
    )
    if coming is not None:
        bring_back(coming, by=by)
    petition.refresh_from_db()
    return petition
