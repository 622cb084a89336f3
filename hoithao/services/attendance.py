"""Take the roll: everybody counted is present, then the exceptions."""

import hashlib

from django.db import transaction
from django.utils import timezone

from chibo.figures import standings_on
from hoithao.ballots import figures_for
from hoithao.choices import Mark, Reason
from hoithao.models import Attendance
from hoithao.rules import RollFigures, RollLine, count_roll, is_left_out
from hoithao.services.meetings import called_to, changing, locked, require_unlocked, roll_rows
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.vietnamese import clean_line


def line_of(row: Attendance) -> RollLine:
    """One line of the roll as the arithmetic reads it."""
    return RollLine(
        name=row.member.full_name,
        standing=row.standing,
        mark=row.mark,
        reason=row.reason,
        note=row.note,
        is_official=row.member.official_on is not None,
    )


def roll_of(meeting) -> list[Attendance]:
    """The roll in the order people are called."""
    return list(meeting.roll.select_related("member").order_by("member__sort_key", "member_id"))


def figures_of(meeting) -> RollFigures:
    """The numbers of the roll as it stands."""
    return count_roll(line_of(row) for row in roll_of(meeting))


def item_figures(rows: list[Attendance], item) -> RollFigures:
    """The numbers for one vote or ballot, with who is not counted in it (`conflicted`) or had left (`left_early`)."""
    return figures_for(((row.member_id, line_of(row)) for row in rows), item.conflicted, item.left_early)


def figures_of_item(meeting, conflicted=(), left_early=()) -> RollFigures:
    """The same for an item not yet made; raises RuleBroken where a name is not on the roll."""
    rows = roll_of(meeting)
    if strangers := {*conflicted, *left_early} - {row.member_id for row in rows}:
        raise RuleBroken(f"Có {len(strangers)} đồng chí không ở danh sách của chi bộ hôm họp.", field="conflicted")
    return figures_for(((row.member_id, line_of(row)) for row in rows), conflicted, left_early)


def mark_rows(rows: list[Attendance], exceptions: dict) -> None:
    """Set the marks on unsaved or loaded rows; raises RuleBroken at an exception that cannot be."""
    known = {row.member_id for row in rows}
    if strangers := set(exceptions) - known:
        raise RuleBroken(f"Có {len(strangers)} đồng chí không ở danh sách của chi bộ hôm họp.")
    marks, reasons = set(Mark.values), set(Reason.values)
    for row in rows:
        mark, reason, note = exceptions.get(row.member_id, ("", "", ""))
        if not mark:
            mark = Mark.NOT_COUNTED if is_left_out(row.standing) else Mark.PRESENT
        if mark not in marks:
            raise RuleBroken("Chọn Có mặt hoặc Vắng.")
        if is_left_out(row.standing) and mark not in (Mark.PRESENT, Mark.NOT_COUNTED):
            mark = Mark.NOT_COUNTED
        if mark == Mark.EXCUSED and reason not in reasons:
            raise RuleBroken(
                f"Đồng chí {row.member.full_name} vắng có lý do: chọn lý do.", field=f"mark_{row.member_id}"
            )
        if mark != Mark.EXCUSED:
            reason, note = "", ""
        row.mark, row.reason, row.note = mark, reason, clean_line(note)[:200]


def _marks(rows) -> dict[int, tuple]:
    return {row.member_id: (row.mark, row.reason, row.note) for row in rows if row.mark}


def seal_of(rows: list[Attendance]) -> str:
    """A short sign of the marks as they stand, so that a page can say which roll it started from."""
    return hashlib.sha256(repr(sorted(_marks(rows).items())).encode()).hexdigest()[:16]


@transaction.atomic
def take_roll(meeting, exceptions: dict, *, by, seen: str | None = None) -> RollFigures:
    """Mark the whole roll: `exceptions` is {member id: (mark, reason, note)}, all others counted are present.

    Members who came to the cell since the meeting was prepared are added, standings are read again for the day.
    `seen` is the sign of the roll the page started from: marks somebody else made since are never overwritten unseen.
    """
    meeting = changing(meeting)
    _refresh(meeting)
    rows = roll_of(meeting)
    before, stood = _marks(rows), seal_of(rows)
    mark_rows(rows, exceptions)
    if seen is not None and before and seen != stood and before != _marks(rows):
        theirs = [
            f"{row.member.full_name}: {Mark(before[row.member_id][0]).label.lower()}"
            for row in rows
            if row.member_id in before and before[row.member_id] != (row.mark, row.reason, row.note)
        ]
        raise Conflict(
            f"Một đồng chí khác vừa ghi điểm danh. Khác ở chỗ: {'; '.join(theirs)}. Xem lại rồi ghi lần nữa."
        )
    Attendance.objects.bulk_update(rows, ["mark", "reason", "note"])
    meeting.roll_taken_at = meeting.roll_taken_at or timezone.now()
    meeting.save(update_fields=["roll_taken_at", "updated_at"])
    figures = count_roll(line_of(row) for row in rows)
    fits_votes(meeting, rows)
    record("meeting.roll_taken", meeting, by=by, base=figures.base, present=figures.present)
    return figures


@transaction.atomic
def refresh_roll(meeting) -> None:
    """Bring the roll up to the cell's members and their standing on the day; marks already made stay."""
    meeting = locked(meeting)
    require_unlocked(meeting)
    _refresh(meeting)


def _refresh(meeting) -> None:
    members = {m.pk: m for m in called_to(meeting.organisation, meeting.kind, meeting.held_on)}
    standings = standings_on(list(members.values()), meeting.held_on)
    rows = {row.member_id: row for row in meeting.roll.all()}
    Attendance.objects.bulk_create(roll_rows(meeting, [m for pk, m in members.items() if pk not in rows], standings))
    meeting.roll.filter(member_id__in=set(rows) - set(members)).delete()
    for pk, row in rows.items():
        if pk in members and row.standing != (standing := standings[pk]):
            row.standing = standing
            row.save(update_fields=["standing"])


def fits_votes(meeting, rows: list[Attendance]) -> None:
    """Votes already logged are judged again by the new roll; raises RuleBroken where they no longer fit."""
    for vote in meeting.votes.all():
        figures = item_figures(rows, vote)
        cast = vote.in_favour + vote.against + vote.blank
        if cast > figures.vote_present:
            raise RuleBroken(
                f"Biểu quyết “{vote.subject}” đã ghi {cast} phiếu, nhiều hơn {figures.vote_present} đồng chí có mặt được biểu quyết."
                " Sửa số phiếu trước."
            )
        vote.base, vote.entitled_present = figures.vote_base, figures.vote_present
        vote.save(update_fields=["base", "entitled_present"])
    for ballot in meeting.ballots.all():
        figures = item_figures(rows, ballot)
        if (figures.vote_base, figures.vote_present) == (ballot.base, ballot.entitled_present):
            continue
        if ballot.is_counted:
            raise RuleBroken(
                f"Phiếu kín “{ballot.subject}” đã kiểm trên {ballot.entitled_present} đồng chí có mặt, nên điểm danh không đổi số ấy được nữa."
            )
        ballot.base, ballot.entitled_present = figures.vote_base, figures.vote_present
        ballot.save(update_fields=["base", "entitled_present"])
