"""When a cell ends: its planned and running meetings go to the heir; sums by branch are counted again."""

import datetime as dt

from chibo.services.handover import add_handover
from hoithao.choices import Status
from hoithao.models import Meeting, MonthTally
from hoithao.services.tallies import recount_all
from kyanh_portal.audit.record import record

OPEN = [Status.PLANNED, Status.OPEN]


def told(organisation) -> str:
    """Meetings not yet closed, in words."""
    number = Meeting.objects.filter(organisation=organisation, status__in=OPEN).count()
    return f"{number} cuộc họp chưa khóa biên bản chuyển sang nơi tiếp nhận." if number else ""


def pass_on(source, heir, day: dt.date, *, by) -> None:
    """Unclosed meetings become the heir's; a planned regular one gives way where the heir has its own that month.

    A running one that would clash keeps its cell: the heir sees it and closes it under the old name.
    """
    taken = set(
        Meeting.objects.filter(organisation=heir, kind_is_regular=True)
        .exclude(status=Status.CANCELLED)
        .values_list("month", flat=True)
    )
    meetings = Meeting.objects.select_for_update(of=("self",)).filter(organisation=source, status__in=OPEN)
    for meeting in meetings.select_related("organisation", "kind"):
        if meeting.kind_is_regular and meeting.month in taken:
            if meeting.status == Status.PLANNED:
                meeting.status, meeting.cancelled_because = Status.CANCELLED, f"{source.name} đã nhập vào {heir.name}"[:300]  # fmt: skip
                meeting.save(update_fields=["status", "cancelled_because", "updated_at"])
                record("meeting.cancelled", meeting, by=by)
            continue
        meeting.organisation = heir
        meeting.save()
        record("meeting.handed_over", meeting, by=by, source=source.pk, heir=heir.pk)


def moved(day: dt.date) -> None:
    """Count the months from this one on again: before it, sums stay with the organisation valid then."""
    months = MonthTally.objects.filter(month__gte=day.replace(day=1)).values_list("month", flat=True).distinct()
    if found := sorted(set(months)):
        recount_all(found)


add_handover("meetings", told, pass_on, moved)
