"""Log who said what."""

import uuid

from django.db import transaction
from django.db.models import Max

from hoithao.choices import Mark, Sort
from hoithao.models import Contribution
from hoithao.services.meetings import locked, require_unlocked
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text


@transaction.atomic
def add_contribution(
    meeting, *, by, text, member=None, guest="", item=None, sort=Sort.OPINION, client_key=None
) -> Contribution:
    """Log one contribution by a member who is present, or by a guest; sent twice it stands once."""
    if client_key and (same := Contribution.objects.filter(client_key=client_key, meeting=meeting).first()):
        return same
    meeting = locked(meeting)
    require_unlocked(meeting)
    text, guest = clean_text(text), clean_line(guest)
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


@transaction.atomic
def remove_contribution(contribution, *, by) -> None:
    """Take back a contribution logged by mistake, while the minutes are not locked."""
    meeting = locked(contribution.meeting)
    require_unlocked(meeting)
    record("meeting.contribution_removed", meeting, by=by, contribution=contribution.pk)
    contribution.delete()
