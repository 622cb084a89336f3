"""The agenda of one meeting: lines are added, moved and taken out; a text stays with its line."""

from django.db import transaction
from django.db.models import Max

from hoithao.choices import PutOff
from hoithao.models import AgendaItem, Meeting
from hoithao.services.meetings import changing
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

MOST_LINES = 60


def _line(meeting, pk) -> AgendaItem:
    item = meeting.agenda.filter(pk=pk).first()
    if item is None:
        raise RuleBroken("Mục này không còn trong chương trình. Tải lại trang rồi sửa tiếp.")
    return item


def _renumber(items) -> None:
    for order, item in enumerate(items, start=1):
        if item.order != order:
            item.order = order
            item.save(update_fields=["order"])


@transaction.atomic
def set_lines(meeting: Meeting, lines: dict, *, by) -> None:
    """Set title and presenter of lines: {item id: (title, member or None)}; lines not named stay as they are."""
    meeting = changing(meeting)
    changed = 0
    for item in meeting.agenda.all():
        title, presenter = lines.get(item.pk, (item.title, item.presenter))
        title = clean_line(title)[:300]
        if not title:
            raise RuleBroken(f"Mục {item.order} chưa có tên. Ghi tên, hoặc bấm Bỏ mục.")
        if (title, presenter and presenter.pk) != (item.title, item.presenter_id):
            item.title, item.presenter = title, presenter
            item.save(update_fields=["title", "presenter"])
            changed += 1
    if changed:
        record("meeting.agenda_set", meeting, by=by, items=changed)


@transaction.atomic
def add_line(meeting: Meeting, title: str, *, by) -> AgendaItem:
    """Add one matter at the end."""
    meeting = changing(meeting)
    title = clean_line(title)
    if not title:
        raise RuleBroken("Ghi tên nội dung muốn thêm.", field="new")
    if len(title) > 300:
        raise RuleBroken(f"Tên nội dung dài {len(title)} chữ, nhiều nhất 300. Cắt bớt rồi ghi.", field="new")
    if meeting.agenda.count() >= MOST_LINES:
        raise RuleBroken(f"Chương trình đã có {MOST_LINES} mục. Gộp bớt rồi thêm.", field="new")
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, order=last + 1, title=title)
    record("meeting.agenda_set", meeting, by=by, added=item.pk)
    return item


@transaction.atomic
def move_line(meeting: Meeting, pk: int, places: int, *, by) -> None:
    """Move a matter up (-1) or down (+1), with all that is written under it."""
    meeting = changing(meeting)
    item, items = _line(meeting, pk), list(meeting.agenda.all())
    place = items.index(item)
    items.insert(max(0, min(len(items) - 1, place + places)), items.pop(place))
    _renumber(items)
    record("meeting.agenda_set", meeting, by=by, moved=pk)


@transaction.atomic
def put_off(meeting: Meeting, pk: int, why: str, *, by) -> None:
    """Leave a matter for the next sitting, with its reason; an empty reason takes it up again in this one."""
    meeting = changing(meeting)
    item = _line(meeting, pk)
    if why and why not in PutOff.values:
        raise RuleBroken("Chọn lý do để sang buổi sau.")
    if item.put_off != why:
        item.put_off = why
        item.save(update_fields=["put_off"])
        record("meeting.agenda_set", meeting, by=by, put_off=pk, why=why)


@transaction.atomic
def remove_line(meeting: Meeting, pk: int, *, by) -> None:
    """Take out a matter under which nothing is written; sent twice it is out once."""
    meeting = changing(meeting)
    item = meeting.agenda.filter(pk=pk).first()
    if item is None:
        return
    if item.presented or item.summed_up or item.contributions.exists() or item.votes.exists():
        raise RuleBroken(f"Mục “{item.title}” đã ghi nội dung nên không bỏ được.")
    if meeting.agenda.count() == 1:
        raise RuleBroken("Chương trình có ít nhất một nội dung.")
    item.delete()
    _renumber(list(meeting.agenda.all()))
    record("meeting.agenda_set", meeting, by=by, removed=pk)
