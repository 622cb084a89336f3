"""Correct or take back what was recorded of a workshop, until its minutes are locked."""

from django.db import transaction
from django.db.models import ProtectedError

from hoithao.services.meetings import locked, require_unlocked
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.stamps import refuse_stamp
from kyanh_portal.base.vietnamese import clean_line, clean_text

# What of each kind of entry may be corrected, its lines before its longer texts, and what must not be empty.
LINES = {"speaker", "matter", "first_by", "second_by", "carried_by", "theme", "heading"}
NEEDED = {
    "speaker": "Ghi chức danh người phát biểu.", "matter": "Ghi vấn đề.", "theme": "Ghi nhóm vấn đề.",
    "heading": "Ghi ý chính của kết luận.", "first_view": "Ghi loại ý kiến thứ nhất.",
}  # fmt: skip
FIELDS = {
    "remark": ["sort", "speaker", "text"],
    "disagreement": ["matter", "first_view", "first_by", "second_view", "second_by", "other_views", "settled", "carried_by"],
    "solution": ["sort", "theme", "text", "paper", "conclusion"],
    "conclusion": ["heading", "text"],
}  # fmt: skip


def _held(entry):
    """The entry, while its workshop may be changed."""
    meeting = locked(entry.meeting)
    require_unlocked(meeting)
    row = type(entry).objects.select_for_update().filter(pk=entry.pk).first()
    if row is None:
        raise RuleBroken("Mục này đã bỏ rồi. Quay lại trang hội thảo, ghi lại nếu cần.")
    return row


def said_of(entry) -> str:
    """Its words as they stand: what a page sends back to tell whether somebody changed them meanwhile."""
    return "\n".join(str(getattr(entry, name) or "") for name in FIELDS[entry._meta.model_name])


@transaction.atomic
def correct_entry(entry, *, by, seen="", **answers):
    """Change the words; those of somebody else, changed meanwhile, are not overwritten."""
    row = _held(entry)
    if seen and clean_text(seen) != clean_text(said_of(row)):
        raise Conflict("Mục này vừa có người khác sửa. Bản của họ đã ghi; bản đồng chí gõ vẫn ở dưới đây.")
    names = FIELDS[row._meta.model_name]
    for name in names:
        value = answers.get(name, getattr(row, name))
        if isinstance(value, str):
            refuse_stamp(value, field=name)
            value = clean_line(value) if name in LINES else clean_text(value)
        if name in NEEDED and not value or name == "text" and row._meta.model_name != "conclusion" and not value:
            raise RuleBroken(NEEDED.get(name, "Ghi nội dung."), field=name)
        if name in ("paper", "conclusion") and value is not None and value.meeting_id != row.meeting_id:
            raise RuleBroken("Tham luận, kết luận phải của chính hội thảo này.", field=name)
        setattr(row, name, value)
    row.save(update_fields=names)
    record("workshop.entry_corrected", row.meeting, by=by, entry=row._meta.model_name, key=row.pk)
    return row


@transaction.atomic
def remove_entry(entry, *, by) -> None:
    """Take back what was recorded by mistake. What a resolution or a task follows from stays."""
    row = _held(entry)
    record("workshop.entry_removed", row.meeting, by=by, entry=row._meta.model_name, key=row.pk, words=str(row)[:200])
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        raise RuleBroken(
            "Đã có nghị quyết, nhiệm vụ hoặc giải pháp dẫn từ mục này nên không bỏ được. Sửa lời văn thì được."
        ) from None
