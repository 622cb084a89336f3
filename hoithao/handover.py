"""When a cell ends: its planned and running meetings, tasks and petitions go to the heir; sums are counted again."""

import datetime as dt

from chibo.choices import Arranged
from chibo.models import Lineage
from chibo.services.handover import add_handover
from hoithao.choices import PetitionState, Status
from hoithao.models import Follower, Meeting, MonthTally, Petition, PetitionMove, RoundCell, Task
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


def tasks_told(organisation) -> str:
    """Tasks not done, in words. They need no moving: `Task.objects.coming_to` asks for what went into the body."""
    number = Task.objects.open().filter(meeting__organisation=organisation, meeting__status=Status.CLOSED).count()
    return f"{number} việc giao chưa xong báo cáo tại cuộc họp tới của nơi tiếp nhận." if number else ""


def tasks_pass_on(source, heir, day: dt.date, *, by) -> None:
    """Who follows the cell, and its place in a round without a meeting yet: ends, or goes to the heir."""
    Follower.objects.filter(organisation=source, ends_on=None, starts_on__lt=day).update(ends_on=day - dt.timedelta(days=1))  # fmt: skip
    there = RoundCell.objects.filter(organisation=heir).values("round")
    RoundCell.objects.without_meeting().filter(organisation=source, planned_on__gte=day).exclude(round__in=there).update(organisation=heir)  # fmt: skip


add_handover("tasks", tasks_told, tasks_pass_on)
UNTOLD = [PetitionState.SENT, PetitionState.TAKEN, PetitionState.PASSED, PetitionState.ANSWERED]


def petitions_told(organisation) -> str:
    """Petitions on their way, asked or to be answered, in words."""
    asked = Petition.objects.filter(organisation=organisation, state__in=UNTOLD).count()
    owed = Petition.objects.waiting().filter(addressee=organisation).count()
    lines = []
    if asked:
        lines.append(f"{asked} kiến nghị chưa báo lại trả lời chuyển sang nơi tiếp nhận")
    if owed:
        lines.append(f"{owed} kiến nghị đang chờ {organisation.label} trả lời chuyển sang nơi tiếp nhận hoặc cấp trên mới của chi bộ")  # fmt: skip
    return f"{'; '.join(lines)}." if lines else ""


def _turn(petition, addressee, day, why, *, by) -> None:
    petition.addressee = addressee
    petition.save(update_fields=["addressee", "updated_at"])
    PetitionMove.objects.create(petition=petition, state=petition.state, day=day, note=why[:400], by=by)
    record("petition.moved", petition, by=by, path=petition.organisation.path, state=petition.state)


def petitions_pass_on(source, heir, day: dt.date, *, by) -> None:
    """What the cell asked is heard again in the heir; what it owed an answer, the heir owes. The clock runs on."""
    rows = Petition.objects.select_for_update(of=("self",)).select_related("organisation")
    for one in rows.filter(organisation=source, state__in=UNTOLD):
        one.organisation = heir
        one.save(update_fields=["organisation", "updated_at"])
        PetitionMove.objects.create(petition=one, state=one.state, day=day, note=f"{source.name} thôi hoạt động: {heir.name} theo dõi tiếp"[:400], by=by)  # fmt: skip
        record("petition.moved", one, by=by, path=heir.path, state=one.state)
    for one in rows.waiting().filter(addressee=source):
        _turn(one, heir, day, f"{source.name} thôi hoạt động: {heir.name} trả lời", by=by)


def petitions_moved(day: dt.date) -> None:
    """A superior ended without an heir (the district level, 30/6/2025): the cell's new superior answers."""
    ended = Lineage.objects.filter(kind__in=Arranged.ends(), heir=None, effective_on__gte=day)
    rows = Petition.objects.waiting().filter(addressee__in=ended.values("organisation"))
    for one in rows.select_for_update(of=("self",)).select_related("organisation__parent", "addressee"):
        above = one.organisation.parent
        if above is not None and above.pk != one.addressee_id:
            _turn(one, above, day, f"{one.addressee.name} thôi hoạt động: {above.name} trả lời", by=None)


add_handover("petitions", petitions_told, petitions_pass_on, petitions_moved)
