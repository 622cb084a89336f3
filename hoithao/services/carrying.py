"""What comes back by itself to the next agenda, each with its reason: matters left over, open tasks, answers from above."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from hoithao.choices import Origin, PetitionState, Status
from hoithao.models import AgendaItem, AgendaOrigin, Contribution, Meeting, Petition, PetitionMove, began
from hoithao.services.agenda import add_line
from hoithao.services.meetings import locked
from kyanh_portal.base.calendar import today, vn_date


@dataclass(frozen=True)
class Return:
    """One matter that comes back: from where, its line on the agenda, why, and the text it brings."""

    source: str
    source_id: int
    title: str
    why: str
    text: str = ""


_finders: list[Callable[[Meeting], Iterable[Return]]] = []


def add_finder(find: Callable[[Meeting], Iterable[Return]]) -> None:
    """`find(meeting)` yields what comes back to this planned meeting; a later part (tasks) adds its own."""
    if find not in _finders:
        _finders.append(find)


def last_closed(organisation, before) -> Meeting | None:
    """The newest regular meeting of the unit with locked minutes before a moment."""
    return (
        Meeting.objects.alias(began=began())
        .filter(organisation=organisation, kind_is_regular=True, began__lt=before)
        .closed()
        .select_related("kind")
        .order_by("-began")
        .first()
    )


def left_over(meeting: Meeting) -> Iterable[Return]:
    """Matters the last meeting put off, and those under which nothing was written unless the agenda of the kind has them anyway."""
    last = last_closed(meeting.organisation, meeting.began_at)
    if last is None:
        return
    usual = {line.title for line in meeting.kind.template.all()}
    said = Contribution.objects.filter(item=OuterRef("pk"))
    untouched = ~Exists(said) & Q(presented="", summed_up="") & ~Q(title__in=usual)
    for item in AgendaItem.objects.filter(untouched | ~Q(put_off=""), meeting=last):
        day, title = vn_date(last.held_on), item.title
        why = f"Kỳ {day} có trong chương trình nhưng chưa bàn."
        if item.put_off:
            why = f"Kỳ {day} để sang buổi sau: {item.get_put_off_display().lower()}."
            title = f"{title} (tiếp kỳ {day})" if title in usual else title
        yield Return(Origin.UNFINISHED, item.pk, title, why)


def answers(meeting: Meeting) -> Iterable[Return]:
    """Petitions answered from above and not yet told to the cell."""
    waiting = Q(state=PetitionState.ANSWERED) | Q(state=PetitionState.TOLD, told_in__status=Status.CANCELLED)
    rows = Petition.objects.filter(waiting, organisation=meeting.organisation).select_related("meeting", "addressee")
    for one in rows:
        text = (
            f"Kiến nghị nêu ngày {vn_date(one.meeting.held_on)}: {one.text}\n"
            f"{one.addressee.name} trả lời ngày {vn_date(one.answered_on)}: {one.answer}"
        )
        why = f"{one.addressee.name} đã trả lời kiến nghị ngày {vn_date(one.answered_on)}."
        yield Return(Origin.PETITION, one.pk, f"Báo lại trả lời kiến nghị: {one.text.rstrip('.')}", why, text)


def bring_back_to_coming(meeting: Meeting, *, by) -> Meeting | None:
    """After a regular meeting is locked: what it leaves goes to the next one where that is planned already."""
    coming = (
        Meeting.objects.filter(organisation=meeting.organisation, kind_is_regular=True, status=Status.PLANNED)
        .filter(starts_at__gt=meeting.began_at)
        .order_by("starts_at")
        .first()
    )
    if coming is not None and meeting.kind_is_regular:
        bring_back(coming, by=by)
    return coming


@transaction.atomic
def bring_back(meeting: Meeting, *, by) -> list[AgendaOrigin]:
    """Put on the agenda of a planned meeting what comes back to it; told again it adds only what is new."""
    meeting = locked(meeting)
    if meeting.status != Status.PLANNED or not meeting.kind_is_regular:
        return []
    here = set(meeting.origins.values_list("source", "source_id"))
    added = []
    for find in _finders:
        for one in find(meeting):
            if (one.source, one.source_id) not in here:
                here.add((one.source, one.source_id))
                added.append(put_on(meeting, one, by=by))
    return added


def put_on(meeting: Meeting, one: Return, *, by) -> AgendaOrigin:
    """One matter on the agenda with its reason; an answered petition counts as told in this meeting."""
    title = one.title if len(one.title) <= 300 else f"{one.title[:296]}…"
    item = add_line(meeting, title, by=by)
    if one.text:
        item.presented = one.text
        item.save(update_fields=["presented"])
    if one.source == Origin.PETITION:
        Petition.objects.filter(pk=one.source_id).update(state=PetitionState.TOLD, told_in=meeting)
        PetitionMove.objects.create(
            petition_id=one.source_id, state=PetitionState.TOLD, day=today(), note=meeting.name, by=by
        )
    return AgendaOrigin.objects.create(
        meeting=meeting, item=item, source=one.source, source_id=one.source_id, why=one.why[:400]
    )


add_finder(left_over)
add_finder(answers)
