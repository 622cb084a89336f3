"""Chuyển sinh hoạt đảng: ask, sign box by box, receive or refuse, come back (294-QĐ/TW 6.3; 38-HD/BTCTW II.4)."""

import datetime as dt

from django.db import transaction

from chibo.choices import Placed, Standing, Transferred, TransferState
from chibo.models import Member, Placement, Transfer, TransferBox
from chibo.rulebooks import ABROAD, BOXES
from chibo.rules import months_after
from chibo.services.abroad import check_way, depart
from chibo.services.days import check_day
from chibo.services.faces import ONE_DAY, move_members
from chibo.services.members import set_standing
from kyanh_portal.access.scope import scope_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

LEAST_MONTHS, MOST_MONTHS = 3, 24  # tạm thời: 3 to under 12 months, study up to 24 (06-HD/TW 10.2.2)


@transaction.atomic
def request_transfer(member, kind, moved_on: dt.date, ground: str, *, by, target=None, elsewhere="", fee_until=None, returns_on=None) -> Transfer:  # fmt: skip
    """Open the letter. Raises RuleBroken without a place to go, without a ground, or beside another open letter."""
    member = Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=member.pk)
    elsewhere = clean_line(elsewhere)
    if member.left_on is not None:
        raise RuleBroken("Đồng chí này không còn sinh hoạt ở chi bộ nào.")
    if kind in ABROAD:
        check_way(kind, target, elsewhere, moved_on, returns_on)
    elif (target is None) == (not elsewhere):
        raise RuleBroken("Chọn chi bộ nơi đến, hoặc ghi nơi đến ngoài hệ thống (chỉ một trong hai).", field="target")
    check_day(moved_on, "moved_on", ahead=12, after=member.joined_on, what="ngày về chi bộ này")
    if target and target.pk == member.organisation_id:
        raise RuleBroken("Nơi đến phải khác nơi đang sinh hoạt.", field="target")
    if member.transfers.filter(state__in=[TransferState.ASKED, TransferState.SENT]).exists():
        raise RuleBroken("Đồng chí này đang có một giấy chuyển chưa xong. Hoàn tất hoặc ghi không tiếp nhận trước đã.")
    if kind == Transferred.TEMPORARY:
        if returns_on is None:
            raise RuleBroken("Chuyển tạm thời phải ghi ngày hết hạn.", field="returns_on")
        if not months_after(moved_on, LEAST_MONTHS) <= returns_on <= months_after(moved_on, MOST_MONTHS):
            raise RuleBroken(
                f"Chuyển tạm thời từ {LEAST_MONTHS} tháng, đi học tối đa {MOST_MONTHS} tháng (294-QĐ/TW 6.3.2).", field="returns_on"
            )  # fmt: skip
    transfer = Transfer.objects.create(
        member=member, kind=kind, source=member.organisation, target=target, elsewhere=elsewhere, ground=clean_line(ground),
        moved_on=moved_on, fee_until=fee_until, returns_on=returns_on if kind in (Transferred.TEMPORARY, *ABROAD) else None,
    )  # fmt: skip
    TransferBox.objects.bulk_create(
        TransferBox(transfer=transfer, number=number, signer=signer, is_receiving=receiving, is_optional=optional)
        for number, (signer, receiving, optional) in enumerate(BOXES[kind], 1)
    )
    record("transfer.asked", transfer, by=by, path=transfer.source.path, kind=kind)
    return transfer


def may_sign(user, box: TransferBox, transfer: Transfer) -> bool:
    """Whether the box lies on the user's side."""
    from chibo.choices import Role

    side = transfer.target if box.is_receiving and transfer.target_id else transfer.source
    return scope_of(user).holds(Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING, path=side.path)


@transaction.atomic
def sign_box(transfer, number: int, signed_on: dt.date, *, by) -> Transfer:
    """A box was signed on a day. The last of the giving side sends the letter, the last of the receiving side moves the member."""
    transfer = Transfer.objects.select_for_update(of=("self",)).select_related("member", "source", "target").get(pk=transfer.pk)  # fmt: skip
    boxes = list(transfer.boxes.all())
    box = next((one for one in boxes if one.number == number), None)
    if box is None or box.signed_on:
        raise RuleBroken("Ô này đã ký hoặc không có. Tải lại trang.")
    if transfer.state == TransferState.REFUSED:
        raise RuleBroken("Giấy này đã ghi là không tiếp nhận.")
    if by is not None and not may_sign(by, box, transfer):
        raise RuleBroken(f"Ô {number} do bên {'nhận' if box.is_receiving else 'chuyển'} ghi.")
    earlier = [one for one in boxes if one.number < number]
    missing = next((one for one in earlier if not one.signed_on and not one.is_optional), None)
    if missing:
        raise RuleBroken(f"Ô {missing.number} ({missing.signer}) chưa ký. Ký theo thứ tự.", field="number")
    newest = max((one.signed_on for one in earlier if one.signed_on), default=None)
    if newest and signed_on < newest:
        raise RuleBroken(f"Ngày ký phải từ {vn_date(newest)} trở đi, sau ô trước.", field="signed_on")
    if signed_on > latest_day():
        raise RuleBroken("Ngày ký chưa đến. Kiểm tra lại năm.", field="signed_on")
    first = next((one.number for one in boxes if one.is_receiving), 99)
    leaves = number == max(one.number for one in boxes if one.number < first and not one.is_optional)
    if leaves and transfer.fee_until is None:
        raise RuleBroken(
            "Ghi đã đóng đảng phí hết tháng nào trước khi giới thiệu (38-HD/BTCTW II.4.2).", field="number"
        )
    box.signed_on = signed_on
    box.save(update_fields=["signed_on"])
    if leaves:
        transfer.state, transfer.sent_on = TransferState.SENT, signed_on
    if leaves and not any(one.is_receiving for one in boxes):  # a slip, which goes with the member
        depart(transfer, signed_on, by=by)
        transfer.save()
        record("transfer.signed", transfer, by=by, path=transfer.source.path, box=number, state=transfer.state)
        return transfer
    arrives = 4 if transfer.kind == Transferred.TEMPORARY else boxes[-1].number
    if number == arrives:
        _arrived(transfer, signed_on, by=by)
    elif number == boxes[-1].number:
        _came_back(transfer, signed_on)
    transfer.save()
    record("transfer.signed", transfer, by=by, path=transfer.source.path, box=number, state=transfer.state)
    return transfer


def _arrived(transfer, day, *, by) -> None:
    transfer.state, transfer.received_on = TransferState.RECEIVED, day
    member, paper = transfer.member, f"Giấy chuyển sinh hoạt, {transfer.ground}"[:200]
    if transfer.kind == Transferred.TEMPORARY:
        set_standing(member, Standing.SENT_AWAY, day, by=by, ends_on=transfer.returns_on, decision=paper)
        if transfer.target_id:
            Placement.objects.create(member=member, organisation=transfer.target, role=Placed.TEMPORARY, starts_on=day, ends_on=transfer.returns_on, document=paper)  # fmt: skip
    elif transfer.target_id:
        if not move_members(transfer.source, transfer.target, day, paper, [member]):
            raise RuleBroken("Đồng chí này không còn ở chi bộ nơi đi vào ngày này.", field="signed_on")
        member.positions.filter(organisation=transfer.source, ends_on=None, starts_on__lt=day).update(ends_on=day - ONE_DAY)  # fmt: skip
    elif transfer.kind == Transferred.ABROAD:
        depart(transfer, day, by=by)
    else:
        Member.objects.filter(pk=member.pk).update(left_on=day)


def _came_back(transfer, day) -> None:
    transfer.state = TransferState.RETURNED
    last = day - ONE_DAY
    for row in transfer.member.placements.filter(role=Placed.TEMPORARY, organisation=transfer.target, starts_on__lte=last):  # fmt: skip
        if row.ends_on is None or row.ends_on > last:
            row.ends_on = last
            row.save(update_fields=["ends_on"])
    for row in transfer.member.standing_periods.filter(standing=Standing.SENT_AWAY, starts_on__lte=last):
        if row.ends_on is None or row.ends_on > last:
            row.ends_on = last
            row.save(update_fields=["ends_on"])


@transaction.atomic
def note_fee(transfer, fee_until: dt.date, *, by) -> Transfer:
    """Until which month the fee is paid; the letter is not sent without it."""
    transfer.fee_until = fee_until.replace(day=1)
    transfer.save(update_fields=["fee_until", "updated_at"])
    record("transfer.fee_noted", transfer, by=by, path=transfer.source.path)
    return transfer


@transaction.atomic
def refuse_transfer(transfer, because: str, *, by) -> Transfer:
    """The receiving side does not take the member; the member stays where he or she was."""
    transfer = Transfer.objects.select_for_update(of=("self",)).select_related("source", "target").get(pk=transfer.pk)
    if transfer.state not in (TransferState.ASKED, TransferState.SENT):
        raise RuleBroken("Giấy này đã xong, không ghi từ chối được nữa.")
    if not clean_line(because):
        raise RuleBroken("Ghi lý do không tiếp nhận.", field="because")
    transfer.state, transfer.refused_because, transfer.refused_on = TransferState.REFUSED, clean_line(because), today()
    transfer.save(update_fields=["state", "refused_because", "refused_on", "updated_at"])
    record("transfer.refused", transfer, by=by, path=transfer.source.path)
    return transfer
