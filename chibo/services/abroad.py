"""Going abroad and coming back: for good, to work, for a time (38-HD/BTCTW II.4.3.1c, II.4.3.2b; members.md 5.4)."""

import datetime as dt

from django.db import transaction

from chibo.choices import Standing, Transferred, TransferState
from chibo.models import Member, Organisation, Placement, Transfer
from chibo.rulebooks import ABROAD, rulebook_on
from chibo.rules import months_after
from chibo.services.days import check_day
from chibo.services.faces import ONE_DAY
from chibo.services.members import set_standing
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.parameter import value_on

LONG_MONTHS, SHORT_MONTHS = 12, 3


def check_way(kind: str, target, elsewhere: str, moved_on: dt.date, returns_on: dt.date | None) -> None:
    """Whether a letter abroad can be opened so. Raises RuleBroken at the field to look at."""
    if target is not None:
        raise RuleBroken("Ra nước ngoài thì không chọn chi bộ: ghi nước, nơi đến ở ô nơi đến ngoài hệ thống.", field="target")  # fmt: skip
    if not elsewhere:
        raise RuleBroken("Ghi nước, nơi đến.", field="elsewhere")
    if kind == Transferred.ABROAD_FOR_A_TIME:
        if returns_on is None:
            raise RuleBroken("Ra nước ngoài tạm thời phải ghi ngày hết hạn.", field="returns_on")
        if not months_after(moved_on, SHORT_MONTHS) <= returns_on < months_after(moved_on, LONG_MONTHS):
            raise RuleBroken(f"Ra nước ngoài tạm thời từ {SHORT_MONTHS} đến dưới {LONG_MONTHS} tháng; từ {LONG_MONTHS} tháng thì chọn chính thức (38-HD/BTCTW II.4.3.2b).", field="returns_on")  # fmt: skip
    elif kind == Transferred.ABROAD and returns_on and returns_on < months_after(moved_on, LONG_MONTHS):
        raise RuleBroken(f"Ra nước ngoài chính thức là từ {LONG_MONTHS} tháng; ngắn hơn thì chọn tạm thời (38-HD/BTCTW II.4.3.1c).", field="returns_on")  # fmt: skip


def stays_on_roll(transfer: Transfer, day: dt.date) -> bool:
    """Whether who goes is still counted at home: for a time always, to work as the setting of the branch says."""
    if transfer.kind == Transferred.LABOUR:
        return value_on("chibo.labour_counts", day, transfer.source.path) == "stays"
    return transfer.kind == Transferred.ABROAD_FOR_A_TIME


def depart(transfer: Transfer, day: dt.date, *, by) -> None:
    """The slip is written, or the letter received by Đảng ủy Bộ Ngoại giao: from that day the member is away."""
    member = transfer.member
    if stays_on_roll(transfer, day):
        set_standing(member, Standing.SENT_AWAY, day, by=by, ends_on=transfer.returns_on, decision=f"Ra nước ngoài, {transfer.ground}"[:200])  # fmt: skip
        return
    Member.objects.filter(pk=member.pk).update(left_on=day)
    for rows in (member.positions, member.standing_periods):
        rows.filter(ends_on=None, starts_on__lt=day).update(ends_on=day - ONE_DAY)


def slip_days(transfer: Transfer) -> int:
    """Working days to hand the slip in abroad, by the rules of the day of going."""
    name = "abroad_short_slip_wd" if transfer.kind == Transferred.ABROAD_FOR_A_TIME else "abroad_slip_wd"
    return rulebook_on(transfer.sent_on)[name]


def _locked(transfer: Transfer) -> Transfer:
    return Transfer.objects.select_for_update(of=("self",)).select_related("member__organisation", "source").get(pk=transfer.pk)  # fmt: skip


@transaction.atomic
def note_slip(transfer: Transfer, slip_on: dt.date, *, by) -> Transfer:
    """The member handed the slip in where he or she is now."""
    transfer = _locked(transfer)
    if transfer.kind not in ABROAD or transfer.sent_on is None or transfer.back_on:
        raise RuleBroken("Chỉ ghi nộp phiếu khi đồng chí đã đi và chưa về nước.")
    if transfer.slip_on:
        raise RuleBroken("Đã ghi ngày nộp phiếu rồi. Tải lại trang.")
    check_day(slip_on, "slip_on", after=transfer.sent_on, what="ngày giới thiệu")
    transfer.slip_on = slip_on
    if transfer.state == TransferState.SENT and transfer.kind != Transferred.ABROAD:
        transfer.state, transfer.received_on = TransferState.RECEIVED, slip_on
    transfer.save(update_fields=["slip_on", "state", "received_on", "updated_at"])
    record("transfer.slip_given", transfer, by=by, path=transfer.source.path)
    return transfer


@transaction.atomic
def note_return(transfer: Transfer, back_on: dt.date, organisation: Organisation, *, by) -> Transfer:
    """Back in the country and on the list of a cell again; who was counted all along stays where he or she was."""
    transfer = _locked(transfer)
    member = transfer.member
    if (
        transfer.kind not in ABROAD
        or transfer.state not in (TransferState.SENT, TransferState.RECEIVED)
        or transfer.back_on
    ):
        raise RuleBroken("Giấy này không còn chờ ghi về nước. Tải lại trang.")
    check_day(back_on, "back_on", after=transfer.received_on or transfer.sent_on, what="ngày đi, ngày nộp phiếu")
    if member.exits.filter(readmitted_on=None).exists():
        raise RuleBroken("Đồng chí này đã ghi ra khỏi Đảng.")
    if member.left_on is None:
        away = member.standing_periods.filter(standing=Standing.SENT_AWAY, starts_on__lt=back_on)
        for row in away:
            if row.ends_on is None or row.ends_on >= back_on:
                row.ends_on = back_on - ONE_DAY
                row.save(update_fields=["ends_on"])
    else:
        if back_on <= member.left_on:
            raise RuleBroken("Ngày về nước phải sau ngày rời danh sách.", field="back_on")
        paper = f"Ra nước ngoài, {transfer.ground}"[:200]
        if member.left_on > member.joined_on:
            Placement.objects.create(member=member, organisation=member.organisation, starts_on=member.joined_on, ends_on=member.left_on - ONE_DAY, document=paper)  # fmt: skip
        member.organisation, member.joined_on, member.left_on = organisation, back_on, None
        member.save(update_fields=["organisation", "joined_on", "left_on", "updated_at"])
    transfer.back_on, transfer.state = back_on, TransferState.RETURNED
    transfer.save(update_fields=["back_on", "state", "updated_at"])
    record("transfer.came_back", transfer, by=by, path=transfer.source.path)
    return transfer


@transaction.atomic
def note_report(transfer: Transfer, reported_on: dt.date, *, by) -> Transfer:
    """Who came back reported to the cell and handed the self-review in."""
    transfer = _locked(transfer)
    if transfer.back_on is None or transfer.reported_on:
        raise RuleBroken("Chỉ ghi báo cáo một lần, sau khi đã ghi ngày về nước.")
    check_day(reported_on, "reported_on", after=transfer.back_on, what="ngày về nước")
    transfer.reported_on = reported_on
    transfer.save(update_fields=["reported_on", "updated_at"])
    record("transfer.reported", transfer, by=by, path=transfer.source.path)
    return transfer
