"""Sổ thu, chi: money in and out of an organisation, line by line, with the balance (members.md 8.4)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, Sum

from chibo.fee_choices import FundKind
from chibo.models import FeeMonth, FundEntry
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import add_months, latest_day, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line


def _balance(rows) -> int:
    """Đồng in minus đồng out."""
    came = Sum("amount", filter=Q(kind__in=FundKind.incomes()), default=0)
    went = Sum("amount", filter=~Q(kind__in=FundKind.incomes()), default=0)
    found = rows.aggregate(came=came, went=went)
    return found["came"] - found["went"]


@transaction.atomic
def enter(organisation, *, by, on: dt.date, kind: str, text: str, amount: int, voucher="", is_synthetic=False) -> FundEntry:  # fmt: skip
    """A line of the book; what a closed month keeps comes by itself."""
    if organisation.kind.is_body:
        raise RuleBroken("Sổ thu, chi ghi ở chi bộ, đảng bộ.")
    if on > latest_day():
        raise RuleBroken("Ngày này chưa đến.", field="on")
    if kind == FundKind.DUES:
        raise RuleBroken("Đảng phí được giữ lại tự vào sổ khi chốt tháng. Chọn loại khác.", field="kind")
    row = FundEntry.objects.create(organisation=organisation, on=on, kind=kind, text=clean_line(text), amount=amount, voucher=clean_line(voucher), is_synthetic=is_synthetic)  # fmt: skip
    record("fund.entered", row, by=by, path=organisation.path, kind=kind)
    return row


def enter_kept(ledger: FeeMonth, *, by) -> FundEntry | None:
    """The share of a closed month that the cell keeps, entered once."""
    if not ledger.kept:
        return None
    last = add_months(ledger.month, 1) - dt.timedelta(days=1)
    row, is_new = FundEntry.objects.get_or_create(ledger=ledger, defaults={
        "organisation": ledger.organisation, "on": min(last, today()), "kind": FundKind.DUES, "amount": ledger.kept,
        "text": f"Đảng phí tháng {ledger.month.month}/{ledger.month.year} được giữ lại", "is_synthetic": ledger.is_synthetic,
    })  # fmt: skip
    if is_new:
        record("fund.entered", row, by=by, path=ledger.organisation.path, kind=FundKind.DUES)
    return row


@transaction.atomic
def take_back(row: FundEntry, because: str, *, by) -> FundEntry:
    """A counter-line for a line entered wrongly; both stay in the book."""
    row = FundEntry.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=row.pk)
    if row.takes_back_id or FundEntry.objects.filter(takes_back=row).exists():
        raise RuleBroken("Dòng này đã lấy lại, hoặc là dòng lấy lại. Tải lại trang.")
    if row.ledger_id:
        raise RuleBroken("Dòng này từ tháng đảng phí đã chốt, không lấy lại được.")
    back = FundEntry.objects.create(
        organisation=row.organisation, on=max(row.on, today()), kind=row.kind, amount=-row.amount, takes_back=row, voucher=row.voucher,
        text=f"Lấy lại dòng ngày {vn_date(row.on)}: {clean_line(because)}"[:200], is_synthetic=row.is_synthetic,
    )  # fmt: skip
    record("fund.taken_back", back, by=by, path=row.organisation.path)
    return back


@dataclass(frozen=True)
class Book:
    """A period of the book: balance before, lines as (entry, in, out, balance after), sums by kind."""

    opening: int
    lines: list[tuple]
    sums: dict[str, int]

    @property
    def came(self) -> int:
        return sum(self.sums[kind] for kind in FundKind.incomes())

    @property
    def went(self) -> int:
        return sum(self.sums.values()) - self.came

    @property
    def closing(self) -> int:
        return self.opening + self.came - self.went

    @property
    def summary(self) -> list[tuple[str, str, int]]:
        """Kinh phí hoạt động, rows 01–08 (nhãn dòng chưa đối chiếu mẫu in): code, label, đồng."""
        out = [(f"06{chr(97 + at)}", f"– {kind.label}", self.sums[kind]) for at, kind in enumerate(kind for kind in FundKind if kind not in FundKind.incomes())]  # fmt: skip
        return [
            ("01", "Số dư đầu kỳ", self.opening), ("02", "Đảng phí được giữ lại", self.sums[FundKind.DUES]), ("03", "Cấp trên cấp", self.sums[FundKind.GRANT]),
            ("04", "Thu khác", self.sums[FundKind.OTHER_IN]), ("05", "Cộng thu trong kỳ (02 + 03 + 04)", self.came), ("06", "Cộng chi trong kỳ", self.went), *out,
            ("07", "Thu trừ chi trong kỳ (05 − 06)", self.came - self.went), ("08", "Số dư cuối kỳ (01 + 07)", self.closing),
        ]  # fmt: skip


def book_of(organisation, first: dt.date, last: dt.date) -> Book:
    """The book of one organisation in a period, in two questions."""
    rows = FundEntry.objects.filter(organisation=organisation)
    balance = opening = _balance(rows.filter(on__lt=first))
    lines, sums = [], dict.fromkeys(FundKind.values, 0)
    for row in rows.filter(on__range=(first, last)).select_related("taken_back_by"):
        sums[row.kind] += row.amount
        balance += row.amount if row.is_income else -row.amount
        lines.append((row, row.amount if row.is_income else None, None if row.is_income else row.amount, balance))
    return Book(opening, lines, sums)
