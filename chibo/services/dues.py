"""Đảng phí of a cell: declare, open a month, tick who paid, close, pass up (members.md 8)."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from chibo.choices import Standing
from chibo.fee_choices import FeeGroup, FeeOf, FeePaid, FeeState
from chibo.models import FeeLine, FeeMonth, FeeRate, FeeStanding, Member
from chibo.rules import months_after
from chibo.services.funds import enter_kept
from chibo.services.party_age import party_age_of
from chibo.services.receipts import number_receipts
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, month_start, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.parameters.parameter import value_on, values_on


@dataclass(frozen=True)
class Owed:
    """What one member owes in a month: đồng, the base it was taken of, the rate in words, its source."""

    amount: int
    base: int | None
    rate: str
    source: str


def amount_owed(rate: FeeRate, base: int | None, minimum: int, reduction: int = 0) -> Owed:
    """Base × rate × (1 − reduction), in whole đồng (rounding is not stated in 01-QĐ/TW: half goes up)."""
    of = {FeeOf.INCOME: base or 0, FeeOf.MINIMUM: minimum, FeeOf.FIXED: None}[rate.of]
    value = rate.value if of is None else Decimal(of) * rate.value / 100
    amount = int((value * (100 - reduction) / 100).quantize(Decimal(1), ROUND_HALF_UP))
    number = f"{rate.value.normalize():f}".replace(".", ",")
    of_what = " lương tối thiểu vùng" if rate.of == FeeOf.MINIMUM else " lương hưu và thu nhập thêm" if rate.group == FeeGroup.PENSIONER_WORKING else ""  # fmt: skip
    words = f"{int(rate.value):,} đ".replace(",", ".") if of is None else f"{number} %{of_what}"
    return Owed(amount, of, words, rate.source + ("" if rate.is_confirmed else " (chưa xác nhận)"))


def rates_on(day: dt.date) -> dict[str, FeeRate]:
    """The rate in force of every group."""
    rates = {}
    for rate in FeeRate.objects.filter(valid_from__lte=day).order_by("valid_from"):
        rates[rate.group] = rate
    return rates


@transaction.atomic
def set_rate(*, by, **fields) -> FeeRate:
    """A new rate from a day; ledgers of earlier months keep theirs."""
    if FeeRate.objects.filter(group=fields["group"], valid_from=fields["valid_from"]).exists():
        raise RuleBroken("Nhóm này đã có mức từ ngày đó. Ghi ngày khác.", field="valid_from")
    if fields["of"] != FeeOf.FIXED and fields["value"] > 100:
        raise RuleBroken("Mức phần trăm không quá 100.", field="value")
    rate = FeeRate.objects.create(**fields)
    record("fee.rate_set", rate, by=by, group=rate.group)
    return rate


@transaction.atomic
def declare(
    member: Member, group: str, *, by, starts_on, base=None, extra_pay=None, reduction=0, reduced_until=None, ground=""
) -> FeeStanding:
    """The group and income of a member from a month on; open ledgers from then are worked out again.

    A reduction, or an exemption of that kind, ends with `reduced_until`, at most a year later (01-QĐ/TW; a setting).
    """
    month, ground = month_start(starts_on), clean_line(ground)
    needs = rates_on(month).get(group)
    if needs is None and group != FeeGroup.EXEMPT:
        raise RuleBroken(f"Nhóm này chưa có mức đóng áp dụng cho tháng {month.month}/{month.year}. Văn phòng đặt mức ở trang “Mức đóng” trước, hoặc chọn nhóm khác.", field="group")  # fmt: skip
    if needs and needs.of == FeeOf.INCOME and not base:
        raise RuleBroken("Nhóm này tính theo thu nhập: ghi số tiền của tháng trước.", field="base")
    if group == FeeGroup.PENSIONER_WORKING and not extra_pay:
        raise RuleBroken("Ghi thu nhập thêm ngoài lương hưu. Chỉ có lương hưu thì chọn nhóm “Hưởng lương hưu”.", field="extra_pay")  # fmt: skip
    if group == FeeGroup.EXEMPT and not ground:
        raise RuleBroken("Miễn đảng phí phải có quyết định của cấp có thẩm quyền: ghi số, ngày.", field="ground")
    if group == FeeGroup.EXEMPT and reduction:
        raise RuleBroken("Nhóm được miễn không ghi giảm nữa. Chọn “Không giảm”.", field="reduction")
    if reduction:
        if not ground:
            raise RuleBroken("Giảm đảng phí phải có quyết định của cấp có thẩm quyền: ghi số, ngày.", field="ground")
        reduced_until = _reduction_end(member, month, reduced_until)
    row, _ = FeeStanding.objects.update_or_create(
        member=member,
        starts_on=month,
        defaults={
            "group": group, "base": base, "extra_pay": extra_pay if group == FeeGroup.PENSIONER_WORKING else None,
            "reduction": reduction, "reduced_until": reduced_until if reduction else None, "ground": ground,
        },
    )  # fmt: skip
    record("fee.declared", member, by=by, group=group)
    for ledger in FeeMonth.objects.filter(lines__member=member, state=FeeState.OPEN, month__gte=month):
        work_out(ledger, FeeLine.objects.filter(ledger=ledger, member=member, paid=0))
    return row


def _reduction_end(member, month: dt.date, until: dt.date | None) -> dt.date:
    """First day of the last month a reduction holds; raises RuleBroken without one, or past the longest time."""
    if until is None:
        raise RuleBroken("Giảm, miễn vì hoàn cảnh thì có thời hạn: ghi tháng cuối cùng được giảm.", field="reduced_until")  # fmt: skip
    most = value_on("chibo.fee_reduction_months", month, member.organisation.path)
    last, until = months_after(month, most - 1), month_start(until)
    if until < month:
        raise RuleBroken("Tháng hết giảm sớm hơn tháng bắt đầu. Kiểm tra lại hai tháng.", field="reduced_until")
    if until > last:
        raise RuleBroken(f"Giảm mỗi lần không quá {most} tháng: từ tháng {month.month}/{month.year} thì chậm nhất hết tháng {last.month}/{last.year}. Hết hạn mà vẫn khó khăn thì đề nghị lại.", field="reduced_until")  # fmt: skip
    return until


def reduction_in(row: FeeStanding, month: dt.date, most: int) -> int:
    """Percent taken off in a month: nothing once the time is over; `most` months where no end was written."""
    last = row.reduced_until or months_after(row.starts_on, most - 1)
    return row.reduction if row.reduction and month <= last else 0


def work_out(ledger: FeeMonth, lines) -> None:
    """Work out what the lines owe by the rates and standings of the ledger's month."""
    day = ledger.month
    rates = rates_on(day)
    settings = values_on(["chibo.minimum_wage", "chibo.fee_free_years", "chibo.fee_reduction_months"], day, ledger.path)
    lines = list(
        lines.select_related("member").prefetch_related(
            "member__standing_periods", "member__gaps", "member__age_decisions"
        )
    )
    stood = {}
    for row in FeeStanding.objects.filter(member__in=[x.member_id for x in lines], starts_on__lte=day).order_by("starts_on"):  # fmt: skip
        stood[row.member_id] = row
    for line in lines:
        row, age = stood.get(line.member_id), party_age_of(line.member, day)
        reduction = reduction_in(row, day, settings["chibo.fee_reduction_months"]) if row else 0
        line.group, line.reduction, line.base, line.rate, line.source = "", 0, None, "", ""
        free = settings["chibo.fee_free_years"]
        if line.member.standing_on(day) == Standing.SENT_AWAY:
            line.state, line.due = FeePaid.ELSEWHERE, 0
        elif free and age and age[0] >= free and day >= dt.date(2026, 2, 1):
            line.state, line.due, line.source = FeePaid.FREE, 0, f"Từ {free} năm tuổi đảng (01-QĐ/TW)"
        elif row is None or row.group not in rates and row.group != FeeGroup.EXEMPT:
            line.state, line.due = FeePaid.UNKNOWN, None
        elif row.group == FeeGroup.EXEMPT or reduction == 100:
            line.state, line.due, line.group, line.source = FeePaid.FREE, 0, row.group, row.ground
        else:
            income = row.base + (row.extra_pay or 0) if row.base is not None else None
            owed = amount_owed(rates[row.group], income, settings["chibo.minimum_wage"], reduction)
            line.state, line.due, line.group, line.reduction = FeePaid.OWES, owed.amount, row.group, reduction
            line.base, line.rate, line.source = owed.base, owed.rate, owed.source
    FeeLine.objects.bulk_update(lines, ["group", "reduction", "base", "rate", "source", "state", "due"])


@transaction.atomic
def open_month(organisation, month: dt.date, *, by, is_synthetic=False) -> FeeMonth:
    """Open the ledger of a month with everybody on the roll of its first day; opened already, that one."""
    month = month_start(month)
    if not organisation.kind.is_cell:
        raise RuleBroken("Sổ đảng phí mở cho chi bộ.")
    if month > latest_day():
        raise RuleBroken("Tháng này chưa đến.", field="month")
    if organisation.valid_from and month < month_start(organisation.valid_from):
        raise RuleBroken(f"{organisation.name} lập ngày {vn_date(organisation.valid_from)}: chưa có sổ tháng này. Kiểm tra lại năm.", field="month")  # fmt: skip
    ledger, is_new = FeeMonth.objects.get_or_create(
        organisation=organisation, month=month, defaults={"is_synthetic": is_synthetic}
    )
    if is_new:
        last = (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        roll = Member.objects.on_roll(organisation, last)
        FeeLine.objects.bulk_create([FeeLine(ledger=ledger, member=member) for member in roll])
        work_out(ledger, ledger.lines.all())
        record("fee.opened", ledger, by=by, month=str(month))
    return ledger


def _open(ledger) -> FeeMonth:
    ledger = FeeMonth.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=ledger.pk)
    if not ledger.is_open:
        raise RuleBroken("Tháng này đã chốt: không sửa được. Sai sót ghi ở tháng sau.")
    return ledger


def check_paid_on(ledger: FeeMonth, paid_on: dt.date) -> None:
    """Refuse a day to come, and one so far before the month that the year must be wrong."""
    if paid_on > latest_day():
        raise RuleBroken("Ngày đóng chưa đến.", field="paid_on")
    if paid_on < months_after(ledger.month, -12):
        raise RuleBroken(f"Ngày đóng {vn_date(paid_on)} trước tháng {ledger.month.month}/{ledger.month.year} hơn một năm. Kiểm tra lại năm.", field="paid_on")  # fmt: skip


@transaction.atomic
def tick(ledger: FeeMonth, member_ids, *, by, paid_on, channel, receipt_from="") -> FeeMonth:
    """Who paid is who is ticked; a tick taken away is taken back. Those who owe nothing stay as they are.

    `receipt_from`: the number of the first receipt handed out; those newly ticked get this and the following ones.
    """
    ledger = _open(ledger)
    check_paid_on(ledger, paid_on)
    wanted, changed, fresh = {int(pk) for pk in member_ids}, [], []
    for line in ledger.lines.filter(state__in=[FeePaid.OWES, FeePaid.PAID]):
        if line.member_id in wanted and line.state == FeePaid.OWES:
            line.state, line.paid, line.paid_on, line.channel = FeePaid.PAID, line.due, paid_on, channel
            changed.append(line)
            fresh.append(line)
        elif line.member_id not in wanted and line.state == FeePaid.PAID:
            line.state, line.paid, line.paid_on, line.channel, line.receipt = FeePaid.OWES, 0, None, "", ""
            changed.append(line)
    number_receipts(ledger, fresh, clean_line(receipt_from), channel)
    if changed:
        FeeLine.objects.bulk_update(changed, ["state", "paid", "paid_on", "channel", "receipt"])
        record("fee.ticked", ledger, by=by, lines=len(changed))
    return ledger


@transaction.atomic
def add_extra(ledger: FeeMonth, member, amount: int, ground: str, *, by) -> FeeMonth:
    """Đóng thêm tự nguyện: beyond what is due, told to the superior (01-QĐ/TW). 0 takes it back."""
    ledger = _open(ledger)
    line = ledger.lines.filter(member=member).first()
    if line is None:
        raise RuleBroken("Đồng chí này không có trong sổ tháng này.", field="member")
    if amount and not ground.strip():
        raise RuleBroken("Đóng thêm thì chi bộ báo cáo cấp trên: ghi số, ngày báo cáo.", field="ground")
    line.extra, line.extra_ground = amount, ground.strip() if amount else ""
    line.save(update_fields=["extra", "extra_ground"])
    record("fee.extra", ledger, by=by)
    return ledger


@transaction.atomic
def close_month(ledger: FeeMonth, *, by) -> FeeMonth:
    """Chốt: sums and the share kept are fixed; from here on the database refuses changes."""
    ledger = _open(ledger)
    unknown = ledger.lines.filter(state=FeePaid.UNKNOWN).count()
    if unknown:
        raise RuleBroken(f"Còn {unknown} đồng chí chưa khai mức đóng. Ghi mức đóng rồi chốt.")
    if FeeMonth.objects.filter(organisation=ledger.organisation, month__lt=ledger.month, state=FeeState.OPEN).exists():
        raise RuleBroken("Chốt tháng trước rồi mới chốt tháng này.")
    ledger.collected = ledger.lines.aggregate(total=Sum(F("paid") + F("extra")))["total"] or 0
    ledger.collected += ledger.late_payments.aggregate(total=Sum("amount"))["total"] or 0
    ledger.kept_share = Decimal(values_on(["chibo.fee_kept"], ledger.month, ledger.path)["chibo.fee_kept"])
    ledger.kept = int((ledger.collected * ledger.kept_share / 100).quantize(Decimal(1), ROUND_HALF_UP))
    ledger.state, ledger.closed_at, ledger.closed_by = FeeState.CLOSED, timezone.now(), by
    ledger.save()
    enter_kept(ledger, by=by)
    record("fee.closed", ledger, by=by, collected=ledger.collected)
    return ledger


@transaction.atomic
def pass_up(ledger: FeeMonth, passed_on: dt.date, *, by) -> FeeMonth:
    """The superior's share was handed over."""
    ledger = FeeMonth.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=ledger.pk)
    if ledger.state != FeeState.CLOSED:
        raise RuleBroken("Chốt tháng trước khi nộp cấp trên; tháng đã nộp không nộp lần nữa.")
    if passed_on > latest_day():
        raise RuleBroken("Ngày nộp chưa đến.", field="passed_on")
    if passed_on < ledger.month:
        raise RuleBroken(f"Ngày nộp không trước tháng thu {ledger.month.month}/{ledger.month.year}. Kiểm tra lại năm.", field="passed_on")  # fmt: skip
    ledger.state, ledger.passed_on = FeeState.PASSED_UP, passed_on
    ledger.save(update_fields=["state", "passed_on"])
    record("fee.passed_up", ledger, by=by)
    return ledger


@transaction.atomic
def check_month(ledger: FeeMonth, *, by) -> FeeMonth:
    """The superior found the sum right."""
    ledger = FeeMonth.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=ledger.pk)
    if ledger.state != FeeState.PASSED_UP:
        raise RuleBroken("Chi bộ chưa nộp tháng này.")
    ledger.state = FeeState.CHECKED
    ledger.save(update_fields=["state"])
    record("fee.checked", ledger, by=by)
    return ledger


def unpaid_months(members, year: int, until: dt.date) -> dict[int, int]:
    """Months of the year not paid, for each member of `members` with at least one, ledgers up to `until`."""
    rows = FeeLine.objects.filter(member__in=members, state=FeePaid.OWES, late_payment=None, ledger__month__year=year, ledger__month__lte=until)  # fmt: skip
    counts: dict[int, int] = {}
    for pk in rows.values_list("member_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts
