"""Rounds of model meetings: cells and dates, the working group, what it saw, the review on the spot, the way of a lesson."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from hoithao.choices import KindCode, LessonStatus, Seen, Status
from hoithao.models import Lesson, LessonMove, Meeting, Observation, ObservationStep, Observer, Review, RoundCell
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import add_months, month_start, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text
from kyanh_portal.base.workflow import Workflow

lesson_flow = Workflow(
    {
        LessonStatus.NOTED: {LessonStatus.AGREED},
        LessonStatus.AGREED: {LessonStatus.IN_GUIDANCE},
        LessonStatus.IN_GUIDANCE: {LessonStatus.CHECKED},
    }
)
NEXT = {source: next(iter(targets)) for source, targets in lesson_flow.moves.items()}


@transaction.atomic
def plan_cell(round, organisation, *, by, planned_on: dt.date, focus="", meeting=None) -> RoundCell:
    """Put a cell into a round, on a day of the round's month or the one after (a late meeting stays in its round)."""
    if not organisation.kind.is_cell:
        raise RuleBroken("Chỉ chọn chi bộ làm điểm.", field="organisation")
    if not round.month <= month_start(planned_on) <= add_months(round.month, 1):
        raise RuleBroken(f"{round}. Chọn ngày trong tháng ấy, chậm nhất là tháng sau.", field="planned_on")
    if known := RoundCell.objects.filter(round=round, organisation=organisation).select_related("meeting").first():
        more = " Buổi điểm của chi bộ không họp: bấm Xếp lại ở dòng của chi bộ." if known.is_called_off else ""
        raise RuleBroken(f"Chi bộ này đã có trong đợt.{more}", field="organisation")
    if meeting is None:
        meeting = Meeting.objects.filter(organisation=organisation, round=round).order_by("starts_at").first()
    if meeting is None:
        meeting = _prepared(round, organisation, month_start(planned_on))
    row = RoundCell.objects.create(
        round=round, organisation=organisation, planned_on=planned_on, focus=clean_line(focus)[:300], meeting=meeting
    )
    record("round.cell_planned", row, by=by, path=organisation.path, round=round.pk)
    return row


LATE_MONTHS = 3  # how long after the month of its round a meeting called off may still be held in it (chưa xác nhận)


@transaction.atomic
def replan_cell(row: RoundCell, *, by, planned_on: dt.date, focus="") -> RoundCell:
    """Another day for a cell of a round whose meeting was called off, or not made yet; the meeting called off stays in the history.

    The meeting the cell prepares for that month takes the place, now or when it is made.
    """
    row = RoundCell.objects.select_for_update(of=("self",)).select_related("round", "meeting", "organisation").get(pk=row.pk)  # fmt: skip
    if row.meeting is not None and not row.is_called_off:
        held = "đã họp" if row.meeting.status != Status.PLANNED else "đang chuẩn bị; muốn đổi ngày thì sửa ở buổi ấy"
        raise RuleBroken(f"Buổi điểm của chi bộ {held}.")
    first, last = row.round.month, add_months(row.round.month, LATE_MONTHS)
    if not first <= month_start(planned_on) <= last:
        raise RuleBroken(
            f"{row.round}. Chọn ngày từ tháng ấy, chậm nhất là tháng {last.month}/{last.year}.", field="planned_on"
        )
    before, gone = row.planned_on, row.meeting_id
    row.planned_on, row.focus = planned_on, clean_line(focus)[:300] or row.focus
    row.meeting = _prepared(row.round, row.organisation, month_start(planned_on))
    row.save(update_fields=["planned_on", "focus", "meeting", "updated_at"])
    record("round.cell_replanned", row, by=by, path=row.organisation.path, before=before.isoformat(), called_off=gone)
    return row


def _prepared(round, organisation, month: dt.date) -> Meeting | None:
    """The meeting the cell prepares for that month already, made the model meeting of the round; a locked one stays as it is."""
    rows = Meeting.objects.select_for_update(no_key=True).filter(
        organisation=organisation, month=month, round=None, status__in=[Status.PLANNED, Status.OPEN],
        kind__code__in=[KindCode.REGULAR, KindCode.THEMATIC],
    )  # fmt: skip
    meeting = rows.order_by("starts_at", "pk").first()
    if meeting is not None:
        meeting.is_model, meeting.round = True, round
        meeting.save(update_fields=["is_model", "round", "updated_at"])
    return meeting


def require_model(meeting) -> None:
    if not meeting.is_model:
        raise RuleBroken("Buổi này không phải sinh hoạt điểm.")


@transaction.atomic
def name_observers(meeting, people, *, by) -> list[Observer]:
    """Who of the working group attends: (name, duty) pairs; takes the place of the list before."""
    require_model(meeting)
    meeting.observers.all().delete()
    rows = [
        Observer(meeting=meeting, name=clean_line(name)[:200], duty=clean_line(duty)[:200])
        for name, duty in people
        if clean_line(name)
    ]
    if not rows:
        raise RuleBroken("Ghi ít nhất một người dự.", field="observers")
    Observer.objects.bulk_create(rows)
    record("round.observers_named", meeting, by=by, number=len(rows))
    return rows


def steps_on(day: dt.date):
    """The observers' checklist in force on the day of the meeting."""
    return ObservationStep.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


@transaction.atomic
def observe(meeting, seen: dict, *, by) -> int:
    """What the group saw: {step id: (mark, remark)}; a step without a mark is left open. Partly or not wants a remark."""
    require_model(meeting)
    steps = {step.pk: step for step in steps_on(meeting.held_on)}
    number = 0
    for pk, (mark, remark) in seen.items():
        if pk not in steps or mark not in Seen.values:
            continue
        remark = clean_line(remark)[:400]
        if mark != Seen.DONE and not remark:
            raise RuleBroken(f"Bước “{steps[pk].name}”: ghi một câu vì sao chưa làm đủ.", field=f"remark_{pk}")
        Observation.objects.update_or_create(meeting=meeting, step=steps[pk], defaults={"seen": mark, "remark": remark})
        number += 1
    record("round.observed", meeting, by=by, steps=number)
    return number


@transaction.atomic
def review(meeting, *, by, strengths, is_synthetic=False, **texts) -> Review:
    """Rút kinh nghiệm tại chỗ; written again it is corrected, the trail keeps both times."""
    require_model(meeting)
    strengths = clean_text(strengths)
    if not strengths:
        raise RuleBroken("Ghi ưu điểm của buổi sinh hoạt.", field="strengths")
    if texts.get("action") and not (texts.get("owner") and texts.get("due_on")):
        raise RuleBroken("Việc làm tiếp phải có người làm và hạn.", field="owner")
    texts = {name: clean_text(value) if isinstance(value, str) else value for name, value in texts.items()}
    row, _ = Review.objects.update_or_create(
        meeting=meeting, defaults={"strengths": strengths, "reviewed_by": by, "is_synthetic": is_synthetic, **texts}
    )
    record("round.reviewed", meeting, by=by)
    return row


@transaction.atomic
def move_lesson(lesson: Lesson, *, by, who: str, ground="", day=None) -> Lesson:
    """One step on: noted → agreed → in the guidance → checked again; dated, with who took it and on what ground."""
    lesson = Lesson.objects.select_for_update(of=("self",)).select_related("meeting__organisation").get(pk=lesson.pk)
    if lesson.status not in NEXT:
        raise RuleBroken("Bài học này đã kiểm tra lại, hết các bước.")
    to, who, ground, day = NEXT[lesson.status], clean_line(who), clean_line(ground), day or today()
    if not who:
        raise RuleBroken("Ghi ai thống nhất, ai đưa vào hướng dẫn, hoặc ai kiểm tra lại.", field="who")
    if to == LessonStatus.IN_GUIDANCE and not ground:
        raise RuleBroken("Ghi văn bản hướng dẫn đã đưa bài học vào: số, ngày.", field="ground")
    last = lesson.moves.order_by("-day").values_list("day", flat=True).first() or lesson.meeting.held_on
    if day < last:
        raise RuleBroken(f"Bước trước ngày {vn_date(last)}. Chọn ngày từ hôm ấy.", field="day")
    lesson.status = to
    lesson.save(update_fields=["status", "updated_at"])
    LessonMove.objects.create(lesson=lesson, status=to, day=day, who=who[:200], ground=ground[:300], by=by)
    record("lesson.moved", lesson, by=by, path=lesson.path, status=to)
    return lesson
