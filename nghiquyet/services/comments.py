"""Opinions on a draft, and what the drafters do with each: ý kiến – tiếp thu – giải trình."""

from django.db import transaction
from django.utils import timezone

from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_text
from nghiquyet.choices import Status, Verdict
from nghiquyet.models import Clause, Comment, DraftVersion
from nghiquyet.services.parts import places_of

WHOLE = "Toàn văn"


@transaction.atomic
def add_comment(version, *, by, organisation, text, clause=None) -> Comment:
    """An opinion of an organisation on one place of the version (`clause`: the key of a part, or of a line of căn cứ or
    nơi nhận), or on the whole. After the deadline it is marked late."""
    version = DraftVersion.objects.select_for_update(of=("self",)).select_related("resolution").get(pk=version.pk)
    text = clean_text(text)
    if not version.is_open:
        raise RuleBroken("Đã kết thúc lấy ý kiến bản này. Gửi ý kiến cho Văn phòng.")
    if not text:
        raise RuleBroken("Ghi ý kiến rồi gửi.", field="text")
    part = next((part for part in places_of(version) if part["key"] == str(clause)), None) if clause else None
    if clause and part is None:
        raise RuleBroken("Phần này không có trong bản dự thảo đang lấy ý kiến.", field="clause")
    comment = Comment.objects.create(
        version=version, organisation=organisation, by=by, text=text,
        anchor=part["name"] if part else WHOLE, place=part["key"] if part else "",
        clause=Clause.objects.filter(pk=part["clause"]).first() if part and not part["frame"] else None,
        is_late=bool(version.until and today() > version.until),
    )  # fmt: skip
    record("resolution.commented", version.resolution, by=by, comment=comment.pk)
    return comment


@transaction.atomic
def answer_comment(comment, *, by, verdict, answer="") -> Comment:
    """Taken in, in part, or not: the last two want a reason."""
    comment = Comment.objects.select_for_update(of=("self",)).select_related("version__resolution").get(pk=comment.pk)
    if comment.version.resolution.status not in (Status.COMMENTS, Status.REVISION, Status.DRAFT):
        raise RuleBroken("Nghị quyết đã trình thông qua, bảng tiếp thu giữ nguyên.")
    if verdict not in Verdict.values:
        raise RuleBroken("Chọn tiếp thu, tiếp thu một phần hoặc giữ như dự thảo.", field="verdict")
    answer = clean_text(answer)
    if verdict != Verdict.ACCEPTED and not answer:
        raise RuleBroken("Ghi giải trình: vì sao không tiếp thu hết.", field="answer")
    comment.verdict, comment.answer, comment.answered_by, comment.answered_at = verdict, answer, by, timezone.now()
    comment.save()
    record("resolution.answered", comment.version.resolution, by=by, comment=comment.pk, verdict=verdict)
    return comment


def in_order(comments) -> list[Comment]:
    """Version by version, in the order of its text; what is said of the whole comes last."""
    kept: dict = {}
    for comment in comments:
        if comment.version_id not in kept:
            kept[comment.version_id] = {p["key"]: order for order, p in enumerate(places_of(comment.version))}
    return sorted(
        comments, key=lambda c: (c.version.number, kept[c.version_id].get(c.key, len(kept[c.version_id])), c.pk)
    )


def table_rows(resolution) -> list[list[str]]:
    """The table: number, place, who, opinion, what was done, why. In the order of the text of each version."""
    rows = Comment.objects.filter(version__resolution=resolution).select_related("organisation", "version")
    out = []
    for comment in in_order(rows):
        late = " (sau hạn)" if comment.is_late else ""
        done = comment.get_verdict_display() or "Chưa trả lời"
        out.append(
            [
                comment.anchor,
                f"{comment.organisation.name}, {vn_date(comment.at)}{late}",
                comment.text,
                done,
                comment.answer,
            ]
        )
    return out
