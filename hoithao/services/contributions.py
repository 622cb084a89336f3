"""Log who said what."""

import uuid

from django.db import transaction
from django.db.models import Max

from hoithao.choices import Mark, Sort
from hoithao.models import Contribution
from hoithao.services.meetings import changing
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text


@transaction.atomic
def add_contribution(
    meeting, *, by, text, member=None, guest="", item=None, sort=Sort.OPINION, client_key=None
) -> Contribution:
    """Log one contribution by a member who is present, or by a guest; sent twice it stands once."""
    if client_key and (same := Contribution.objects.filter(client_key=client_key, meeting=meeting).first()):
        return same
    meeting = changing(meeting)
    text, guest = clean_text(text), clean_line(guest)
    _check(meeting, text, member, guest)
    order = (meeting.contributions.aggregate(last=Max("order"))["last"] or 0) + 1
    contribution = Contribution.objects.create(
        meeting=meeting,
        item=item,
        order=order,
        member=member,
        guest=guest,
        sort=sort,
        text=text,
        client_key=client_key or uuid.uuid4(),
    )
    record("meeting.contribution_added", meeting, by=by, contribution=contribution.pk)
    return contribution


def _check(meeting, text, member, guest) -> None:
    """A contribution has words and one speaker, who is here."""
    if not text:
        raise RuleBroken("Ghi nội dung ý kiến.", field="text")
    if (member is None) == (not guest):
        raise RuleBroken("Chọn đồng chí phát biểu, hoặc ghi chức danh đại biểu.", field="member")
    if member is not None:
        row = meeting.roll.filter(member=member).first()
        if row is None:
            raise RuleBroken("Đồng chí này không ở danh sách của chi bộ. Ghi vào ô đại biểu.", field="member")
        if row.mark in (Mark.EXCUSED, Mark.UNEXCUSED):
            raise RuleBroken(
                f"Đồng chí {member} ghi là vắng. Sửa điểm danh trước, hoặc chọn đồng chí khác.", field="member"
            )


@transaction.atomic
def correct_contribution(contribution, *, by, seen, text, member=None, guest="", sort=Sort.OPINION) -> Contribution:
    """Correct what was noted, while the minutes are not locked; `seen` is the text the page started from."""
    meeting = changing(contribution.meeting)
    contribution = meeting.contributions.filter(pk=contribution.pk).first()
    if contribution is None:
        raise RuleBroken("Ý kiến này đã bỏ rồi. Quay lại bước Thảo luận, ghi lại nếu cần.")
    text, guest = clean_text(text), clean_line(guest)
    _check(meeting, text, member, guest)
    if contribution.text not in (clean_text(seen), text):
        raise Conflict(
            "Ý kiến này có hai bản. Xem bản vừa ghi ở dưới, sửa cho đúng rồi ghi lại.",
            theirs=contribution.text, field="text",
        )  # fmt: skip
    contribution.text, contribution.member, contribution.guest, contribution.sort = text, member, guest, sort
    contribution.save(update_fields=["text", "member", "guest", "sort"])
    record("meeting.contribution_corrected", meeting, by=by, contribution=contribution.pk)
    return contribution


@transaction.atomic
def remove_contribution(contribution, *, by) -> None:
    """Take back a contribution logged by mistake, while the minutes are not locked."""
    meeting = changing(contribution.meeting)
    record("meeting.contribution_removed", meeting, by=by, contribution=contribution.pk)
    contribution.delete()
