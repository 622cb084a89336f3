"""The procedure of a meeting: its steps from the data of its kind and day, and the time of each."""

from django.db import transaction

from hoithao.choices import Part
from hoithao.models import StepDone, StepTemplate
from hoithao.services.meetings import locked, require_unlocked
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import now
from kyanh_portal.base.errors import RuleBroken

IN_THE_ROOM = [Part.OPENING, Part.CONDUCTING, Part.ENDING]


def steps_on(meeting) -> list[StepTemplate]:
    """Every step of this meeting in order, by the rules of its day."""
    return list(StepTemplate.objects.filter(kind=meeting.kind_id).on(meeting.held_on))


def stamps_of(meeting) -> dict:
    """{code of a step: when it was done}."""
    return dict(meeting.steps_done.values_list("code", "done_at"))


def stamp_page(meeting, page: str, *, by) -> None:
    """The button of a page was pressed: each of its steps not yet stamped is stamped now."""
    at = now()
    StepDone.objects.bulk_create(
        [
            StepDone(meeting=meeting, code=step.code, done_at=at, done_by=by)
            for step in steps_on(meeting)
            if step.page == page and step.phase in IN_THE_ROOM
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def mark_prepared(meeting, codes: set[str], *, by) -> None:
    """Tick the steps before and after the sitting that were done; what is no longer ticked is taken back."""
    meeting = locked(meeting)
    require_unlocked(meeting)
    known = {step.code for step in steps_on(meeting) if step.phase not in IN_THE_ROOM}
    if codes - known:
        raise RuleBroken("Có bước không thuộc quy trình của buổi này. Tải lại trang rồi ghi tiếp.")
    stamped = set(stamps_of(meeting)) & known
    meeting.steps_done.filter(code__in=stamped - codes).delete()
    StepDone.objects.bulk_create(
        StepDone(meeting=meeting, code=code, done_at=now(), done_by=by) for code in sorted(codes - stamped)
    )
    if codes != stamped:
        record("meeting.prepared", meeting, by=by, steps=sorted(codes))
