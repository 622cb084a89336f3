"""Báo vắng trước: by a one-time link given to a member, or by a call the secretary notes. It prefills the roll."""

import hashlib
import secrets

from django.db import transaction

from hoithao.choices import Mark, Reason, Status, Told
from hoithao.models import Excuse
from hoithao.rules import is_left_out
from hoithao.services.meetings import locked, require_unlocked
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import now
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line


def _seal(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _row(meeting, member):
    row = meeting.roll.filter(member=member).first()
    if row is None:
        raise RuleBroken("Đồng chí này không ở danh sách của chi bộ. Chọn đồng chí khác.", field="member")
    if is_left_out(row.standing):
        raise RuleBroken(f"Đồng chí {member} không tính vào tỷ lệ dự họp nên không phải báo vắng.", field="member")
    return row


@transaction.atomic
def make_link(meeting, member, *, by) -> str:
    """A new word for the member's own link; an earlier one no longer works. Only its seal is kept."""
    meeting = locked(meeting)
    if meeting.status != Status.PLANNED:
        raise RuleBroken("Cuộc họp đã khai mạc. Ghi vắng ở bước Điểm danh.")
    _row(meeting, member)
    token = secrets.token_urlsafe(24)
    told = Excuse.objects.filter(meeting=meeting, member=member, told_at__isnull=False).first()
    if told:
        raise RuleBroken(f"Đồng chí {member} đã báo vắng rồi.", field="member")
    Excuse.objects.update_or_create(
        meeting=meeting, member=member, defaults={"told": Told.LINK, "token": _seal(token), "noted_by": by}
    )
    record("meeting.excuse_link", meeting, by=by, member=member.pk)
    return token


@transaction.atomic
def note_call(meeting, *, member, reason, note="", by) -> Excuse:
    """The secretary notes a call or a message: who, why."""
    meeting = locked(meeting)
    require_unlocked(meeting)
    _row(meeting, member)
    return _keep(meeting, member, reason, note, told=Told.CALL, by=by)


def find_link(token: str) -> Excuse | None:
    """The open excuse of a link; None where the link is wrong, used, or the meeting has begun."""
    excuse = Excuse.objects.select_related("meeting__organisation", "meeting__kind", "member").filter(token=_seal(token)).first()  # fmt: skip
    return excuse if excuse and excuse.told_at is None and excuse.meeting.status == Status.PLANNED else None


@transaction.atomic
def tell_by_link(token: str, *, reason, note="") -> Excuse:
    """The member says why; the link then works no more."""
    excuse = find_link(token)
    if excuse is None:
        raise RuleBroken("Đường dẫn này đã dùng rồi, hoặc cuộc họp đã bắt đầu. Gọi cho thư ký chi bộ.")
    meeting = locked(excuse.meeting)
    return _keep(meeting, excuse.member, reason, note, told=Told.LINK, by=None)


def _keep(meeting, member, reason, note, *, told, by) -> Excuse:
    if reason not in Reason.values:
        raise RuleBroken("Chọn lý do vắng.", field="reason")
    excuse, _ = Excuse.objects.update_or_create(
        meeting=meeting, member=member,
        defaults={"told": told, "reason": reason, "note": clean_line(note)[:200], "told_at": now(), "noted_by": by},
    )  # fmt: skip
    record("meeting.excuse_told", meeting, by=by, member=member.pk, how=str(told))
    return excuse


@transaction.atomic
def take_excuse_back(excuse, *, by) -> None:
    """The member comes after all: nothing is prefilled any more."""
    require_unlocked(locked(excuse.meeting))
    excuse.delete()


def excuses_of(meeting) -> dict[int, Excuse]:
    """{member id: what was told}; the roll of a meeting not yet called starts from it."""
    return {one.member_id: one for one in meeting.excuses.filter(told_at__isnull=False)}


def mark_of(excuse: Excuse) -> tuple[str, str, str]:
    """The mark the roll is prefilled with."""
    return Mark.EXCUSED, excuse.reason, excuse.note
