"""Give duties and carry them through: receipt, objection, submission, acceptance, return, a later term, transfer."""

from django.db import transaction

from chibo.models import Organisation
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text
from kyanh_portal.files.keeping import keep_file
from kyanh_portal.parameters.parameter import value_on
from nghiquyet.choices import OVER, DutyState, RequestState
from nghiquyet.models import DeadlineRequest, Duty, DutyStep, Obstacle
from nghiquyet.services.rollup import above
from nghiquyet.services.targets import require_issued
from nghiquyet.workflow import duty_flow

HANDED_IN = "Nộp sản phẩm"


def locked_duty(duty) -> Duty:
    """The duty, read again under a row lock."""
    rows = Duty.objects.select_for_update(of=("self",), no_key=True).select_related(
        "lead__kind", "approver__kind", "resolution__organisation", "supervision__organisation"
    )
    return rows.get(pk=duty.pk)


def check_clarities(*, lead, helpers, title, product, due_on, cycle, lead_post, leader, authority, path, day) -> None:
    """The six clarities (Kết luận 226-KL/TW): who, what, when, answerable to whom, by what authority, with which product."""
    if lead is None:
        raise RuleBroken("Chọn một cơ quan chủ trì (rõ người).", field="lead")
    if any(helper.pk == lead.pk for helper in helpers):
        raise RuleBroken(f"{lead.label} đã chủ trì, không ghi là phối hợp nữa.", field="helpers")
    if not clean_line(title):
        raise RuleBroken("Ghi việc phải làm (rõ việc).", field="title")
    if not clean_line(product):
        raise RuleBroken("Ghi sản phẩm phải có: văn bản, số liệu hay sự kiện (rõ sản phẩm).", field="product")
    if due_on is None and not cycle:
        raise RuleBroken("Ghi thời hạn, hoặc chọn việc thường xuyên và kỳ báo cáo (rõ thời gian).", field="due_on")
    if due_on is not None and cycle:
        raise RuleBroken("Việc thường xuyên tính theo kỳ báo cáo, không ghi thêm thời hạn.", field="due_on")
    if not clean_line(lead_post):
        raise RuleBroken("Ghi chức vụ người phụ trách (rõ người).", field="lead_post")
    if not clean_line(leader):
        raise RuleBroken("Ghi lãnh đạo phụ trách (rõ trách nhiệm).", field="leader")
    if not clean_line(authority) and day.year >= value_on("duty.authority_from", day, path):
        raise RuleBroken("Ghi ai quyết định, đến mức nào (rõ thẩm quyền): bắt buộc từ năm 2026.", field="authority")


@transaction.atomic
def give_duty(
    *, by, lead, title, product, approver=None, resolution=None, supervision=None, clause=None, target=None, helpers=(),
    starts_on=None, due_on=None, cycle="", reported_by="own", lead_post="", leader="", authority="", description="",
    given_on=None, needs_proof=False, is_synthetic=False,
) -> Duty:  # fmt: skip
    """A duty with all six clarities, given to exactly one lead. Raises RuleBroken naming the clarity that is wanting."""
    if resolution is not None:
        require_issued(resolution)
        if resolution.life in OVER:
            raise RuleBroken(
                f"Nghị quyết ở tình trạng “{resolution.get_life_display()}”, không giao thêm việc. Giao theo nghị quyết đang thực hiện."
            )
    owner = (resolution or supervision).organisation
    given_on = given_on or today()
    helpers = list(helpers)
    if isinstance(lead, (list, tuple)):
        if len(lead) != 1:
            raise RuleBroken("Mỗi việc chỉ một cơ quan chủ trì. Chọn một, các cơ quan khác ghi phối hợp.", field="lead")
        lead = lead[0]
    check_clarities(
        lead=lead, helpers=helpers, title=title, product=product, due_on=due_on, cycle=cycle, lead_post=lead_post,
        leader=leader, authority=authority, path=owner.path, day=given_on,
    )  # fmt: skip
    if supervision is None and not lead.path.startswith(owner.path):
        raise RuleBroken(f"{lead.label} không thuộc {owner.label}. Chọn đơn vị trực thuộc.", field="lead")
    if due_on and due_on < (starts_on or given_on):
        raise RuleBroken(f"Thời hạn {vn_date(due_on)} trước ngày giao. Ghi lại.", field="due_on")
    duty = Duty.objects.create(
        resolution=resolution, supervision=supervision, clause=clause, target=target, title=clean_line(title),
        description=clean_text(description), lead=lead, lead_post=clean_line(lead_post), starts_on=starts_on, due_on=due_on,
        first_due_on=due_on, cycle=cycle, reported_by=reported_by if cycle else "own", approver=approver or owner,
        leader=clean_line(leader), authority=clean_line(authority), product=clean_line(product), state=DutyState.GIVEN,
        given_on=given_on, needs_proof=needs_proof, is_synthetic=is_synthetic,
    )  # fmt: skip
    duty.helpers.set(helpers)
    _step(duty, by, "Giao việc", on=given_on)
    record("duty.given", duty, by=by, path=lead.path, lead=lead.pk)
    return duty


def _step(duty, by, what, note="", on=None, file=None) -> DutyStep:
    return DutyStep.objects.create(duty=duty, state=duty.state, what=what, note=clean_text(note), on=on or today(), by=by, file=file)  # fmt: skip


def _move(duty, state, *, by, what, note="", on=None, verb, refusal, **fields) -> Duty:
    duty = locked_duty(duty)
    duty_flow.require(duty.state, state, refusal)
    duty.state = state
    for name, value in fields.items():
        setattr(duty, name, value)
    duty.save()
    _step(duty, by, what, note, on)
    record(verb, duty, by=by, path=duty.lead.path)
    return duty


@transaction.atomic
def receive_duty(duty, *, by) -> Duty:
    """The lead confirms; a second click changes nothing."""
    if locked_duty(duty).state in (DutyState.RECEIVED, DutyState.DOING):
        return locked_duty(duty)
    return _move(duty, DutyState.RECEIVED, by=by, what="Tiếp nhận", verb="duty.received", refusal="Việc này không còn chờ tiếp nhận.")  # fmt: skip


def may_still_object(duty) -> bool:
    """Whether the days to object still run; after them silence counts as receipt."""
    days = value_on("duty.receipt_days", today(), duty.lead.path)
    return duty.given_on is None or (today() - duty.given_on).days <= days


def _refuse_own(duty, by, doer_id, words: str) -> None:
    """Nobody approves the own work. A cell or a base committee has one desk: its secretary may."""
    if by is not None and by.pk == doer_id and not (duty.approver.is_cell or duty.approver.kind.is_base):
        raise RuleBroken(f"{words} Nhờ người khác có quyền ở {duty.approver.label} xem.")


@transaction.atomic
def object_to_duty(duty, *, by, reason) -> Duty:
    """The lead asks to look again, within the days set, with a reason."""
    if not clean_line(reason):
        raise RuleBroken("Ghi vì sao đề nghị xem lại.", field="reason")
    if not may_still_object(duty):
        days = value_on("duty.receipt_days", today(), duty.lead.path)
        raise RuleBroken(
            f"Đã quá {days} ngày từ ngày giao nên coi là đã tiếp nhận. Cần lùi hạn thì gửi đề nghị thời hạn."
        )
    return _move(duty, DutyState.OBJECTED, by=by, what="Đề nghị xem lại", note=reason, verb="duty.objected", refusal="Chỉ đề nghị xem lại việc vừa giao.")  # fmt: skip


@transaction.atomic
def give_again(duty, *, by, note="") -> Duty:
    """The giver answers an objection: the duty stands, as it was or as edited."""
    return _move(duty, DutyState.GIVEN, by=by, what="Giao lại", note=note, verb="duty.given", refusal="Chỉ giao lại việc đang được đề nghị xem lại.", given_on=today())  # fmt: skip


@transaction.atomic
def note_progress(duty, *, by, note, percent=None, checked=None) -> Duty:
    """The lead says what moved; the first word starts the duty. A file is kept as proof."""
    duty = locked_duty(duty)
    if not clean_text(note):
        raise RuleBroken("Ghi đã làm được gì.", field="note")
    if duty.state == DutyState.GIVEN:
        duty = receive_duty(duty, by=by)
    if duty.state == DutyState.RECEIVED:
        duty.state = DutyState.DOING
    if duty.state != DutyState.DOING:
        raise RuleBroken(f"Việc đang ở trạng thái “{duty.get_state_display()}”, không ghi tiến độ được.")
    if percent is not None:
        duty.percent = percent
    duty.save()
    _step(
        duty, by, f"Tiến độ {percent}%" if percent is not None else "Ghi tiến độ", note, file=_kept(checked, duty, by)
    )
    record("duty.progressed", duty, by=by, path=duty.lead.path, percent=percent)
    return duty


def _kept(checked, duty, by):
    return keep_file(checked, holder="duty", path=duty.lead.path, by=by, is_synthetic=duty.is_synthetic) if checked else None  # fmt: skip


@transaction.atomic
def submit_duty(duty, *, by, note, on=None, checked=None) -> Duty:
    """The lead hands in the product; the day counts when it is accepted. Without words or file nothing is handed in."""
    on = on or today()
    if not clean_text(note) and checked is None:
        raise RuleBroken("Ghi sản phẩm đã có (số, ngày văn bản) hoặc gửi tệp minh chứng.", field="note")
    if on > latest_day():
        raise RuleBroken(f"Ngày {vn_date(on)} chưa đến.", field="on")
    duty = locked_duty(duty)
    if duty.cycle:
        raise RuleBroken("Việc thường xuyên báo cáo theo kỳ, không nộp một lần là xong.")
    if duty.state == DutyState.GIVEN:
        duty = receive_duty(duty, by=by)
    duty_flow.require(duty.state, DutyState.SUBMITTED, "Việc này không ở bước nộp sản phẩm.")
    duty.state, duty.submitted_on, duty.percent = DutyState.SUBMITTED, on, 100
    duty.save()
    _step(duty, by, HANDED_IN, note, on, _kept(checked, duty, by))
    record("duty.submitted", duty, by=by, path=duty.lead.path)
    return duty


@transaction.atomic
def accept_duty(duty, *, by, note="") -> Duty:
    """Done, dated by the day the product was submitted in acceptable form (not by the day of this click)."""
    handed_in = duty.steps.filter(what=HANDED_IN).last()
    _refuse_own(duty, by, handed_in and handed_in.by_id, "Người nộp sản phẩm không tự xác nhận.")
    return _move(
        duty, DutyState.DONE, by=by, what="Xác nhận hoàn thành", note=note, verb="duty.accepted",
        refusal="Chỉ xác nhận việc đã nộp sản phẩm.", completed_on=locked_duty(duty).submitted_on,
    )  # fmt: skip


@transaction.atomic
def return_duty(duty, *, by, reason) -> Duty:
    """Not yet acceptable: back to work, with the reason; the day of submission no longer counts."""
    if not clean_line(reason):
        raise RuleBroken("Ghi cần bổ sung gì.", field="reason")
    return _move(
        duty, DutyState.DOING, by=by, what="Trả lại, yêu cầu bổ sung", note=reason, verb="duty.returned",
        refusal="Chỉ trả lại việc đã nộp hoặc mở lại việc đã xong.", submitted_on=None, completed_on=None,
    )  # fmt: skip


@transaction.atomic
def pause_duty(duty, *, by, reason) -> Duty:
    if not clean_line(reason):
        raise RuleBroken("Ghi vì sao tạm dừng.", field="reason")
    return _move(duty, DutyState.PAUSED, by=by, what="Tạm dừng", note=reason, verb="duty.paused", refusal="Chỉ tạm dừng việc đang làm.")  # fmt: skip


@transaction.atomic
def resume_duty(duty, *, by) -> Duty:
    return _move(duty, DutyState.DOING, by=by, what="Làm tiếp", verb="duty.resumed", refusal="Việc này không tạm dừng.")


@transaction.atomic
def cancel_duty(duty, *, by, reason) -> Duty:
    """Not carried out after all: a document says so."""
    if not clean_line(reason):
        raise RuleBroken("Ghi vì sao thôi và theo văn bản nào.", field="reason")
    return _move(duty, DutyState.CANCELLED, by=by, what="Thôi thực hiện", note=reason, verb="duty.cancelled", refusal="Việc này đã kết thúc.")  # fmt: skip


@transaction.atomic
def ask_later(duty, *, by, new_due_on, reason) -> DeadlineRequest:
    """A wish for a later term; one waits at a time."""
    duty = locked_duty(duty)
    if duty.due_on is None:
        raise RuleBroken("Việc thường xuyên không có thời hạn để lùi.")
    if duty.state in (DutyState.DONE, DutyState.CANCELLED):
        raise RuleBroken("Việc đã kết thúc, không lùi hạn nữa.")
    if new_due_on <= duty.due_on:
        raise RuleBroken(f"Hạn mới phải sau hạn đang có {vn_date(duty.due_on)}.", field="new_due_on")
    if not clean_text(reason):
        raise RuleBroken("Ghi vì sao xin lùi hạn.", field="reason")
    if duty.requests.filter(state=RequestState.ASKED).exists():
        raise RuleBroken("Đã có một đề nghị đang chờ duyệt. Đợi trả lời rồi gửi tiếp.")
    request = DeadlineRequest.objects.create(
        duty=duty, old_due_on=duty.due_on, new_due_on=new_due_on, reason=clean_text(reason), asked_on=today(), asked_by=by
    )  # fmt: skip
    record("duty.later_asked", duty, by=by, path=duty.lead.path, new=new_due_on.isoformat())
    return request


@transaction.atomic
def decide_later(request, *, by, granted: bool, paper="", answer="") -> DeadlineRequest:
    """Granted, the term moves and is counted; the first term stays for statistics."""
    duty = locked_duty(request.duty)
    request = DeadlineRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.state != RequestState.ASKED:
        raise RuleBroken("Đề nghị này đã được trả lời.")
    _refuse_own(duty, by, request.asked_by_id, "Người xin lùi hạn không tự trả lời.")
    if not granted and not clean_line(answer):
        raise RuleBroken("Không đồng ý thì ghi vì sao.", field="answer")
    request.state = RequestState.GRANTED if granted else RequestState.REFUSED
    request.paper, request.answer, request.decided_on, request.decided_by = (
        clean_line(paper),
        clean_line(answer),
        today(),
        by,
    )
    request.save()
    if granted:
        duty.due_on, duty.moved = request.new_due_on, duty.moved + 1
        duty.save(update_fields=["due_on", "moved", "updated_at"])
    _step(
        duty,
        by,
        f"{'Đồng ý' if granted else 'Không đồng ý'} lùi hạn đến {vn_date(request.new_due_on)}",
        answer or paper,
    )
    record("duty.later_decided", duty, by=by, path=duty.lead.path, granted=granted)
    return request


@transaction.atomic
def transfer_duty(duty, *, by, lead, reason) -> Duty:
    """To another lead, when the first is dissolved or relieved: with the reason; still exactly one lead."""
    duty = locked_duty(duty)
    if duty.state in (DutyState.DONE, DutyState.CANCELLED):
        raise RuleBroken("Việc đã kết thúc, không chuyển nữa.")
    if lead.pk == duty.lead_id:
        raise RuleBroken(f"{lead.label} đang chủ trì việc này.", field="lead")
    if not clean_line(reason):
        raise RuleBroken("Ghi vì sao chuyển, theo văn bản nào.", field="reason")
    duty.transferred_from, duty.lead, duty.state = duty.lead, lead, DutyState.GIVEN
    duty.given_on = today()
    duty.save()
    duty.helpers.remove(lead)
    _step(duty, by, f"Chuyển từ {duty.transferred_from.label} sang {lead.label}", reason)
    record("duty.transferred", duty, by=by, path=lead.path, to=lead.pk)
    return duty


@transaction.atomic
def raise_obstacle(duty, *, by, text, decider, proposal="", due_on=None) -> Obstacle:
    """A hindrance, and the body that must decide about it."""
    if not clean_text(text):
        raise RuleBroken("Ghi vướng ở đâu.", field="text")
    obstacle = Obstacle.objects.create(
        duty=duty, text=clean_text(text), proposal=clean_text(proposal), decider=decider, raised_on=today(), due_on=due_on
    )  # fmt: skip
    record("duty.obstacle_raised", duty, by=by, path=duty.lead.path, decider=decider.pk)
    return obstacle


@transaction.atomic
def answer_obstacle(obstacle, *, by, answer) -> Obstacle:
    if not clean_text(answer):
        raise RuleBroken("Ghi trả lời.", field="answer")
    obstacle.answer, obstacle.answered_on = clean_text(answer), today()
    obstacle.save()
    record("duty.obstacle_answered", obstacle.duty, by=by, path=obstacle.duty.lead.path)
    return obstacle


def deciding_bodies(duty):
    """Who may have to decide what hinders a duty: the lead itself and its superiors up to the giver."""
    owner = duty.owner_path
    paths = [path for path in above(duty.lead.path) if path.startswith(owner)] or above(duty.lead.path)[-2:]
    return Organisation.objects.filter(path__in=paths).order_by("path")


def receive_by_silence(day=None) -> int:
    """Duties given longer ago than the days set count as received; run daily. Returns how many."""
    day, moved = day or today(), 0
    for duty in Duty.objects.filter(state=DutyState.GIVEN, given_on__isnull=False).select_related("lead"):
        if (day - duty.given_on).days > value_on("duty.receipt_days", day, duty.lead.path):
            with transaction.atomic():
                receive_duty(duty, by=None)
            moved += 1
    return moved
