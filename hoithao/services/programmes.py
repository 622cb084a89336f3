"""Run a programme of model meetings in rounds, and draw lessons."""

from django.db import transaction

from hoithao.choices import LessonStatus
from hoithao.models import Lesson, Programme, Round
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import month_start
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_text


@transaction.atomic
def open_programme(*, by, organisation, name, starts_on, months, ends_on=None, is_synthetic=False) -> Programme:
    """Open a programme with one round for each month."""
    if ends_on and ends_on < starts_on:
        raise RuleBroken("Ngày kết thúc phải sau ngày bắt đầu.", field="ends_on")
    programme = Programme.objects.create(
        organisation=organisation, name=name, starts_on=starts_on, ends_on=ends_on, is_synthetic=is_synthetic
    )
    Round.objects.bulk_create(
        Round(programme=programme, number=number, month=month_start(month))
        for number, month in enumerate(months, start=1)
    )
    record("programme.opened", programme, by=by, rounds=len(months))
    return programme


@transaction.atomic
def draw_lesson(
    meeting, *, by, worked, lacking="", repeat="", context="", status=LessonStatus.NOTED, is_synthetic=False
) -> Lesson:
    """Note what a model meeting taught; drawn on the spot, after its minutes were read back."""
    worked = clean_text(worked)
    if not worked:
        raise RuleBroken("Ghi việc làm được.", field="worked")
    lesson = Lesson.objects.create(
        meeting=meeting, worked=worked, lacking=clean_text(lacking), repeat=clean_text(repeat),
        context=clean_text(context), status=status, is_synthetic=is_synthetic,
    )  # fmt: skip
    record("lesson.drawn", lesson, by=by, meeting=meeting.pk)
    return lesson
