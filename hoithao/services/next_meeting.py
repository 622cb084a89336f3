"""The next regular meeting from the cell's fixed day: proposed by night, made by one button; the chi ủy before it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from chibo.models import Organisation
from hoithao.choices import KindCode, Status
from hoithao.models import Follower, Meeting, MeetingKind, PreMeeting, Proposal, Visit
from hoithao.services.carrying import bring_back
from hoithao.services.conferences import gather
from hoithao.services.meetings import plan_meeting
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import add_months, at_local, month_start, today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.parameter import value_on, values_for

EVENING = dt.time(19, 30)
MOST_MONTHS = 14


def next_start(organisation, taken: set[dt.date], last: dt.datetime | None, day: dt.date) -> dt.datetime | None:
    """When the next regular meeting falls: the fixed day, at the hour of the last, in the first month still free.

    None where the cell has neither a fixed day nor an earlier meeting to go by.
    """
    local = timezone.localtime(last) if last else None
    on = organisation.meeting_day or (min(local.day, 28) if local else None)
    if on is None:
        return None
    hour = local.time() if local else EVENING
    for step in range(MOST_MONTHS):
        month = add_months(month_start(day), step)
        if month not in taken and month.replace(day=on) >= day:
            return at_local(month.replace(day=on), hour.hour, hour.minute)
    return None


def next_starts(cells: Iterable[Organisation], day: dt.date) -> dict[int, dt.datetime | None]:
    """The same for many cells, in two queries."""
    cells = list(cells)
    ids = [cell.pk for cell in cells]
    regular = Meeting.objects.filter(organisation__in=ids, kind_is_regular=True).exclude(status=Status.CANCELLED)
    lasts = dict(regular.values_list("organisation").annotate(last=Max("starts_at")).order_by())
    taken: dict[int, set] = {}
    for pk, month in regular.filter(month__gte=month_start(day)).values_list("organisation_id", "month"):
        taken.setdefault(pk, set()).add(month)
    return {cell.pk: next_start(cell, taken.get(cell.pk, set()), lasts.get(cell.pk), day) for cell in cells}


@transaction.atomic
def plan_next_regular(organisation, *, by, client_key=None) -> Meeting:
    """Make the next regular meeting: day, hour, place, agenda and roll are there, and what comes back says why."""
    starts_at = next_starts([organisation], today())[organisation.pk]
    if starts_at is None:
        raise RuleBroken("Chi bộ chưa có ngày sinh hoạt cố định. Lập buổi này bằng trang Chuẩn bị cuộc họp.")
    place = organisation.meeting_place or _last_place(organisation)
    if not place:
        raise RuleBroken("Chi bộ chưa ghi nơi họp. Lập buổi này bằng trang Chuẩn bị cuộc họp.")
    meeting = plan_meeting(
        by=by, organisation=organisation, kind=MeetingKind.objects.get(code=KindCode.REGULAR), starts_at=starts_at,
        month=timezone.localtime(starts_at).date(), place=place, client_key=client_key, is_synthetic=organisation.is_synthetic,
    )  # fmt: skip
    prepare(meeting, by=by)
    return meeting


def _last_place(organisation) -> str:
    return organisation.meetings.order_by("-starts_at").values_list("place", flat=True).first() or ""


def prepare(meeting, *, by) -> None:
    """What follows a newly planned meeting: matters come back, a conference of lessons gets what the rounds showed, the follower is told. Told again it adds only what is new."""
    bring_back(meeting, by=by)
    gather(meeting, by=by)
    tell_followers([meeting])


def tell_followers(meetings: Iterable[Meeting]) -> int:
    """Note that the members of the superior committee who follow these cells on that day are told; once each."""
    visits = []
    for meeting in meetings:
        if meeting.kind.of_cells and meeting.kind.code != KindCode.CELL_COMMITTEE:
            for one in Follower.objects.on(meeting.held_on).filter(organisation=meeting.organisation_id):
                visits.append(Visit(meeting=meeting, member_id=one.member_id))
    return len(Visit.objects.bulk_create(visits, ignore_conflicts=True))


@transaction.atomic
def plan_committee(meeting, *, by) -> Meeting:
    """The meeting of the chi ủy that prepares this one, some days before it (42-HD, step 2); asked twice, made once."""
    Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if link := PreMeeting.objects.filter(meeting=meeting).exclude(committee__status=Status.CANCELLED).first():
        return link.committee
    PreMeeting.objects.filter(meeting=meeting).delete()
    if meeting.status != Status.PLANNED or meeting.kind.code == KindCode.CELL_COMMITTEE:
        raise RuleBroken("Chỉ lập họp chi ủy cho buổi đang chuẩn bị.")
    days = value_on("meetings.committee_days", meeting.held_on, meeting.path)
    starts_at = meeting.starts_at - dt.timedelta(days=days)
    if days == 0:
        starts_at -= dt.timedelta(hours=1)
    committee = plan_meeting(
        by=by, organisation=meeting.organisation, kind=MeetingKind.objects.get(code=KindCode.CELL_COMMITTEE),
        month=meeting.month, starts_at=starts_at, place=meeting.place, is_synthetic=meeting.is_synthetic,
    )  # fmt: skip
    PreMeeting.objects.create(meeting=meeting, committee=committee)
    record("meeting.committee_planned", meeting, by=by, committee=committee.pk)
    return committee


def propose_all(day: dt.date) -> int:
    """By night: propose the next regular meeting of every cell whose fixed day is near, and tell followers of what is planned.

    Safe to run any number of times: one proposal for a cell and month, one notice for a meeting and follower.
    """
    cells = list(Organisation.objects.cells().valid_on(day).exclude(meeting_day=None))
    days = values_for("meetings.propose_days", day, ["", *(cell.path for cell in cells)])
    of_cell = {cell.pk: days[cell.path] for cell in cells}
    rows = []
    for cell_id, starts_at in next_starts(cells, day).items():
        held_on = timezone.localtime(starts_at).date() if starts_at else None
        if held_on and (held_on - day).days <= of_cell[cell_id]:
            rows.append(Proposal(organisation_id=cell_id, month=month_start(held_on), starts_at=starts_at))
    made = Proposal.objects.bulk_create(rows, ignore_conflicts=True)
    coming = Meeting.objects.filter(
        status=Status.PLANNED, starts_at__date__range=(day, day + dt.timedelta(days=max(days.values())))
    )
    near = (one for one in coming.select_related("kind", "organisation") if (one.held_on - day).days <= days.get(one.path, days[""]))  # fmt: skip
    tell_followers(near)
    return len(made)
