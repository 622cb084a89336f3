"""Ticks with their hour, documents posted, followers and their answers: what stands around a meeting."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hoithao.models import Follower, MeetingDocument, Tick, Visit
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import now
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.files.keeping import keep_file

HOLDER = "meeting_document"


def tick(meeting, code: str, *, by, done: bool = True) -> None:
    """Note that something was done, now; `done=False` takes the mark back. Told twice, the first hour stays."""
    if done:
        _, is_new = Tick.objects.get_or_create(meeting=meeting, code=code[:40], defaults={"at": now(), "by": by})
        if is_new:
            record("meeting.ticked", meeting, by=by, code=code)
    elif Tick.objects.filter(meeting=meeting, code=code).delete()[0]:
        record("meeting.unticked", meeting, by=by, code=code)


@transaction.atomic
def add_document(meeting, *, by, title, phase, checked=None, is_posted=False, posted_at=None, is_synthetic=False):
    """A document of the meeting, with its file where there is one; `is_posted`: it stands in the handbook now."""
    title = clean_line(title)
    if not title:
        raise RuleBroken("Ghi tên tài liệu.", field="title")
    stored = None
    if checked is not None:
        stored = keep_file(checked, holder=HOLDER, path=meeting.path, by=by, is_synthetic=is_synthetic)
    document = MeetingDocument.objects.create(
        meeting=meeting, title=title[:300], phase=phase, file=stored, is_synthetic=is_synthetic,
        posted_at=posted_at or (now() if is_posted else None),
    )  # fmt: skip
    record("meeting.document_added", meeting, by=by, document=document.pk)
    return document


def mark_posted(document, *, by) -> None:
    """The document was posted in the handbook now; told twice, the first hour stays."""
    if MeetingDocument.objects.filter(pk=document.pk, posted_at=None).update(posted_at=now()):
        record("meeting.document_posted", document.meeting, by=by, document=document.pk)


@transaction.atomic
def assign_follower(
    organisation, member, *, by, starts_on: dt.date, ground: str, ends_on=None, is_synthetic=False
) -> Follower:
    """Give a cell the member of the superior committee who follows it; the one before ends the day before."""
    ground = clean_line(ground)
    if not organisation.kind.is_cell:
        raise RuleBroken("Chỉ phân công theo dõi chi bộ.")
    if not ground:
        raise RuleBroken("Ghi văn bản hoặc cuộc họp phân công.", field="ground")
    if member.organisation_id == organisation.pk:
        raise RuleBroken("Cấp ủy viên theo dõi không phải đảng viên của chính chi bộ ấy.", field="member")
    for before in Follower.objects.on(starts_on).filter(organisation=organisation).select_for_update():
        if before.starts_on >= starts_on:
            raise RuleBroken("Đã có người theo dõi chi bộ từ ngày này. Chọn ngày sau đó.", field="starts_on")
        before.ends_on = starts_on - dt.timedelta(days=1)
        before.save(update_fields=["ends_on", "updated_at"])
    follower = Follower.objects.create(
        organisation=organisation, member=member, starts_on=starts_on, ends_on=ends_on, ground=ground[:200],
        is_synthetic=is_synthetic,
    )  # fmt: skip
    record("follower.assigned", follower, by=by, path=organisation.path, member=member.pk)
    return follower


@transaction.atomic
def answer_visit(visit: Visit, *, by, answer: str, note: str = "") -> Visit:
    """The follower says whether they come; a later answer replaces it until the meeting begins."""
    visit = Visit.objects.select_for_update(of=("self",)).select_related("meeting__organisation").get(pk=visit.pk)
    if visit.meeting.is_closed:
        raise RuleBroken("Buổi này đã khóa biên bản.")
    visit.answer, visit.note, visit.answered_at = answer, clean_line(note)[:200], timezone.now()
    visit.save(update_fields=["answer", "note", "answered_at"])
    record("visit.answered", visit.meeting, by=by, answer=answer)
    return visit
