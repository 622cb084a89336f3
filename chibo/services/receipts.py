"""Receipts for đảng phí: each number once in a cell and year, written while the month is open (members.md 8.4)."""

import re

from django.db import transaction

from chibo.fee_choices import FeeChannel, FeePaid
from chibo.models import FeeLine, FeeMonth, LatePayment
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line


def following(first: str, number: int) -> list[str]:
    """`number` receipt numbers from the first on, its letters and leading zeros kept; raises RuleBroken without digits."""
    found = re.fullmatch(r"(.*?)(\d+)", first)
    if found is None:
        raise RuleBroken("Số biên lai đầu tiên phải kết thúc bằng chữ số, ví dụ 0125.", field="receipt_from")
    stem, digits = found.groups()
    return [f"{stem}{int(digits) + step:0{len(digits)}d}" for step in range(number)]


def number_receipts(ledger: FeeMonth, lines: list[FeeLine], first: str, channel: str) -> None:
    """Give the newly paid lines the numbers of a book of receipts, in the order of the list; not saved here."""
    numbers = first_numbers(first, len(lines), channel)
    refuse_taken(ledger, numbers)
    for line, receipt in zip(lines, numbers, strict=False):
        line.receipt = receipt


def first_numbers(first: str, number: int, channel: str) -> list[str]:
    """Receipt numbers for so many people; none where none was given. Of the portal everybody has an own code."""
    if not first or not number:
        return []
    if channel == FeeChannel.PORTAL and number > 1:
        raise RuleBroken("Đóng qua Cổng Dịch vụ công thì mỗi đồng chí một mã: để trống ô này, ghi từng mã ở trang “Số biên lai”.", field="receipt_from")  # fmt: skip
    return following(first, number)


def refuse_taken(ledger: FeeMonth, numbers: list[str]) -> None:
    """Refuse a number the cell has given to somebody else in that year."""
    if taken := taken_of(ledger, numbers):
        raise RuleBroken(f"Biên lai số {taken[0]} đã ghi cho người khác trong năm. Kiểm tra lại số đầu tiên.", field="receipt_from")  # fmt: skip


def taken_of(ledger: FeeMonth, numbers, besides=()) -> list[str]:
    """Which of these numbers the cell has given in that year already, lines of `besides` left out."""
    given = {"ledger__organisation": ledger.organisation_id, "ledger__month__year": ledger.month.year, "receipt__in": numbers}  # fmt: skip
    rows = FeeLine.objects.filter(**given).exclude(pk__in=besides).values_list("receipt", flat=True)
    return sorted({*rows, *LatePayment.objects.filter(**given).values_list("receipt", flat=True)})


@transaction.atomic
def set_receipts(ledger: FeeMonth, numbers: dict[int, str], *, by) -> FeeMonth:
    """Write the receipt number of each member who paid; `numbers`: member id → number, empty takes it away."""
    ledger = FeeMonth.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=ledger.pk)
    if not ledger.is_open:
        raise RuleBroken("Tháng này đã chốt: không sửa được số biên lai.")
    wanted = {member: clean_line(number)[:40] for member, number in numbers.items()}
    lines = [line for line in ledger.lines.filter(state=FeePaid.PAID) if line.member_id in wanted]
    seen = set()
    for line in lines:
        number = wanted[line.member_id]
        if number and (number in seen or taken_of(ledger, [number], [one.pk for one in lines])):
            raise RuleBroken(f"Biên lai số {number} đã ghi cho người khác trong năm. Kiểm tra lại.", field=f"receipt_{line.member_id}")  # fmt: skip
        seen.add(number)
    changed = [line for line in lines if line.receipt != wanted[line.member_id]]
    for line in changed:
        line.receipt = wanted[line.member_id]
    if changed:
        FeeLine.objects.bulk_update(changed, ["receipt"])
        record("fee.receipts", ledger, by=by, lines=len(changed))
    return ledger
