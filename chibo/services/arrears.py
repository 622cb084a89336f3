"""Đóng bù: months left unpaid in closed ledgers, paid in the ledger that is open (members.md 8.2, 8.4).

A closed month is never rewritten: it keeps saying that it was not paid in time, and the late payment says where it was paid.
"""

from django.db import transaction

from chibo.fee_choices import FeePaid, FeeState
from chibo.models import FeeLine, FeeMonth, LatePayment
from chibo.services.dues import check_paid_on
from chibo.services.receipts import first_numbers, refuse_taken
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line


def unpaid_lines():
    """Months nobody has paid, neither in time nor later."""
    return FeeLine.objects.filter(state=FeePaid.OWES, late_payment=None)


def payable_in(ledger: FeeMonth) -> list[FeeLine]:
    """Lines of earlier, closed ledgers of the cell that may be paid in this one, paid in it already or still owed: by member, oldest first."""
    rows = FeeLine.objects.filter(state=FeePaid.OWES, due__gt=0, ledger__organisation=ledger.organisation_id, ledger__month__lt=ledger.month)  # fmt: skip
    rows = rows.exclude(ledger__state=FeeState.OPEN).select_related("member", "ledger", "late_payment")
    mine = [one for one in rows if getattr(one, "late_payment", None) is None or one.late_payment.ledger_id == ledger.pk]  # fmt: skip
    return sorted(mine, key=lambda one: (one.member.sort_key, one.member_id, one.ledger.month))


@transaction.atomic
def pay_late(ledger: FeeMonth, line_ids, *, by, paid_on, channel, receipt_from="") -> FeeMonth:
    """What is ticked is paid in this ledger; a tick taken away is taken back.

    `receipt_from`: each member newly paying gets one number, for however many months.
    """
    ledger = FeeMonth.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=ledger.pk)
    if not ledger.is_open:
        raise RuleBroken("Tháng này đã chốt: không ghi đóng bù được nữa. Ghi ở sổ tháng đang mở.")
    check_paid_on(ledger, paid_on)
    lines = {one.pk: one for one in payable_in(ledger)}
    wanted, there = {int(pk) for pk in line_ids}, {row.line_id for row in ledger.late_payments.all()}
    if wanted - set(lines):
        raise RuleBroken("Có tháng vừa được ghi ở nơi khác. Tải lại trang rồi ghi lại.", field="lines")
    fresh = [one for pk, one in lines.items() if pk in wanted - there]
    skipped = next((one for one in lines.values() if one.pk not in wanted and any(later.member_id == one.member_id and later.ledger.month > one.ledger.month for later in fresh)), None)  # fmt: skip
    if skipped:
        raise RuleBroken(f"Đồng chí {skipped.member} còn nợ tháng {skipped.ledger.month.month}/{skipped.ledger.month.year}: đóng bù từ tháng cũ nhất.", field="lines")  # fmt: skip
    people = list(dict.fromkeys(one.member_id for one in fresh))
    numbers = dict(zip(people, first_numbers(clean_line(receipt_from), len(people), channel), strict=False))
    refuse_taken(ledger, list(numbers.values()))
    gone = ledger.late_payments.filter(line__in=there - wanted)
    taken_back = gone.count()
    gone.delete()
    LatePayment.objects.bulk_create(
        LatePayment(line=one, ledger=ledger, amount=one.due, paid_on=paid_on, channel=channel, receipt=numbers.get(one.member_id, ""))
        for one in fresh
    )  # fmt: skip
    if fresh or taken_back:
        record("fee.paid_late", ledger, by=by, lines=len(fresh), taken_back=taken_back)
    return ledger


def tell(ledger: FeeMonth, lines: list[FeeLine]) -> None:
    """On each line of a ledger: `brought`, what was owed when the month began, `late`, the earlier months paid in it, and `missed`,
    the months of the year still unpaid with it."""
    before = FeeLine.objects.filter(state=FeePaid.OWES, ledger__organisation=ledger.organisation_id, ledger__month__lt=ledger.month)  # fmt: skip
    owed: dict[int, list] = {}
    for one in before.exclude(late_payment__ledger__month__lt=ledger.month).select_related("ledger", "late_payment").order_by("ledger__month"):  # fmt: skip
        owed.setdefault(one.member_id, []).append(one)
    for line in lines:
        mine = owed.get(line.member_id, [])
        line.brought = sum(one.due or 0 for one in mine)
        line.late = [one.late_payment for one in mine if _paid_in(one, ledger)]
        line.late_sum = sum(one.amount for one in line.late)
        rest = [one for one in mine if not _paid_in(one, ledger) and one.ledger.month.year == ledger.month.year]
        line.missed = len(rest) + (line.state == FeePaid.OWES)
        line.carried = line.brought - line.late_sum + (line.due or 0) * (line.state == FeePaid.OWES)


def _paid_in(line: FeeLine, ledger: FeeMonth) -> bool:
    payment = getattr(line, "late_payment", None)
    return payment is not None and payment.ledger_id == ledger.pk
