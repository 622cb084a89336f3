"""Đảng phí: báo cáo thu, nộp by group of organisations, totals by cell, the cell's book (members.md 8.4)."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.db.models import Sum

from chibo.access import may_read_fee_lines
from chibo.fee_choices import FeePaid, FeeState
from chibo.models import FeeLine, FeeMonth, LatePayment
from chibo.reports.tables import Table, TableReport, UnitForm, in_words
from chibo.services.arrears import tell
from chibo.services.funds import book_of
from kyanh_portal.base.calendar import add_months, today, vn_date
from kyanh_portal.parameters.parameter import values_on
from kyanh_portal.rendering.xlsx import Column
from kyanh_portal.reports.report import add_report

_COMPANY = ("doanh_nghiep", "doanh_nghiep_tu")


UP_NOTE = "Dòng 06, 07, 10, 11 tính theo tỷ lệ giữ lại của từng cấp ở trang Tham số; tỷ lệ 0 là nộp hết lên trên (chưa tìm được căn cứ)."  # fmt: skip


class DuesForm(UnitForm):
    first = forms.TypedChoiceField(label="Từ tháng", coerce=int, choices=[(n, f"Tháng {n}") for n in range(1, 13)])
    last = forms.TypedChoiceField(label="Đến tháng", coerce=int, choices=[(n, f"Tháng {n}") for n in range(1, 13)])
    field_order = ["unit", "year", "first", "last", "formats"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"].initial, self.fields["last"].initial = 1, today().month

    def clean(self):
        if (self.cleaned_data.get("first") or 1) > (self.cleaned_data.get("last") or 12):
            self.add_error("last", "Tháng cuối phải sau tháng đầu.")
        return self.cleaned_data


def group_of(organisation) -> str:
    """The column of a cell in the report: xã–phường, doanh nghiệp or khác."""
    code = organisation.cell_type.code if organisation.cell_type_id else ""
    return "company" if code in _COMPANY else "commune" if code == "thon_tdp" else "other"


def kept_parts(ledger, shares) -> tuple[int, int, int, int]:
    """Kept of one month: whole, by the cell, by its base organisation, by the level above; each level of what came up to it."""
    base = _share(ledger.collected - ledger.kept, shares["chibo.fee_kept_base"])
    above = _share(ledger.collected - ledger.kept - base, shares["chibo.fee_kept_above"])
    return ledger.kept + base + above, ledger.kept, base, above


def _share(of: int, share) -> int:
    return int((Decimal(of) * Decimal(str(share)) / 100).quantize(Decimal(1), ROUND_HALF_UP))


def statement(ledgers, first: dt.date) -> list[list]:
    """Rows 01–14: closed months only; 14 is what was due in them and paid in none of them, neither in time nor later."""
    columns = ("commune", "company", "other")
    sums = {f"{code:02}": dict.fromkeys(columns, 0) for code in (*range(2, 12), 14)}
    people = {name: set() for name in columns}
    owed = dict(
        FeeLine.objects.filter(ledger__in=ledgers, state=FeePaid.OWES)
        .exclude(late_payment__ledger__in=ledgers)
        .values_list("ledger")
        .annotate(total=Sum("due"))
    )
    newest = {one.organisation_id: one for one in sorted(ledgers, key=lambda one: one.month)}
    closing = {one.pk: group_of(one.organisation) for one in newest.values()}
    for pk, member in FeeLine.objects.filter(ledger__in=closing).values_list("ledger", "member"):
        people[closing[pk]].add(member)
    shares = {day: values_on(["chibo.fee_kept_base", "chibo.fee_kept_above"], day) for day in {one.month for one in ledgers}}  # fmt: skip
    for one in ledgers:
        column, parts = group_of(one.organisation), kept_parts(one, shares[one.month])
        sums["03"][column] += one.collected
        sums["14"][column] += owed.get(one.pk) or 0
        for code, part in zip(("08", "09", "10", "11"), parts, strict=True):
            sums[code][column] += part
        if one.month >= first:
            sums["02"][column] += one.collected
            for code, part in zip(("04", "05", "06", "07"), parts, strict=True):
                sums[code][column] += part
    sums["01"] = {name: len(found) for name, found in people.items()}
    sums["12"] = {name: sums["02"][name] - sums["04"][name] for name in columns}
    sums["13"] = {name: sums["03"][name] - sums["08"][name] for name in columns}
    labels = [
        ("01", "Số đảng viên trong sổ chốt gần nhất", "người"), ("02", "Đảng phí đã thu trong kỳ", "đồng"), ("03", "Đã thu từ đầu năm", "đồng"),
        ("04", "Được giữ lại trong kỳ", "đồng"), ("05", "– chi bộ, đảng ủy bộ phận", "đồng"),
        ("06", "– tổ chức cơ sở đảng", "đồng"), ("07", "– cấp trên cơ sở", "đồng"), ("08", "Được giữ lại từ đầu năm", "đồng"),
        ("09", "– chi bộ, đảng ủy bộ phận", "đồng"), ("10", "– tổ chức cơ sở đảng", "đồng"), ("11", "– cấp trên cơ sở", "đồng"), ("12", "Phải nộp cấp trên trong kỳ (02 − 04)", "đồng"),
        ("13", "Phải nộp cấp trên từ đầu năm (03 − 08)", "đồng"), ("14", "Còn chưa đóng", "đồng"),
    ]  # fmt: skip
    return [[label, unit, code, *(sums[code][name] for name in columns), sum(sums[code].values()), ""] for code, label, unit in labels]  # fmt: skip


class DuesReport(TableReport):
    code = "dang-phi"
    title = "Báo cáo thu, nộp đảng phí"
    about = "Đã thu, đã nộp, còn thiếu theo đơn vị."
    order = 47
    form_class = DuesForm
    file_name = "dang-phi"

    def parameters(self, answers):
        return {**super().parameters(answers), "first": answers["first"], "last": answers["last"]}

    def tables(self, unit, parameters, user):
        year = parameters["year"]
        first, last = dt.date(year, parameters["first"], 1), dt.date(year, parameters["last"], 1)
        rows = FeeMonth.objects.filter(organisation__path__startswith=unit.path, month__year=year, month__lte=last)
        rows = rows.select_related("organisation__cell_type").order_by(
            "organisation__sort_key", "organisation", "month"
        )
        closed, still_open = list(rows.exclude(state=FeeState.OPEN)), rows.filter(state=FeeState.OPEN, month__gte=first)
        base = f"Tháng {first.month}–{last.month}/{year}: {sum(one.month >= first for one in closed)} sổ đã chốt; {still_open.count()} sổ đang mở không tính."  # fmt: skip
        text, money = Column("Chỉ tiêu", 44), "int"
        found = [
            Table("Thu nộp", "I. Thu, nộp đảng phí", [text, Column("ĐVT", 8), Column("Mã số", 8), Column("Xã, phường", 16, money), Column("Doanh nghiệp", 16, money), Column("Khác", 16, money), Column("Cộng", 16, money), Column("Ghi chú", 16)], statement(closed, first), base,
                  [UP_NOTE, *self.extra_note(closed, first)]),
            Table("Chi bộ", "II. Theo chi bộ, tháng", [Column("Chi bộ", 40), Column("Tháng", 10), Column("Đã thu", 16, money), Column("Giữ lại", 16, money), Column("Nộp cấp trên", 16, money), Column("Bước", 20)],
                  [[one.organisation.name, f"{one.month.month}/{year}", one.collected, one.kept, one.to_pass_up, one.get_state_display()] for one in closed if one.month >= first], base),
        ]  # fmt: skip
        book = book_of(unit, first, add_months(last, 1) - dt.timedelta(days=1))
        if book.lines or book.opening:
            names = [("Ngày", 11, "text"), ("Chứng từ", 12, "text"), ("Nội dung", 44, "text"), ("Loại", 22, "text"), ("Thu", 14, "int"), ("Chi", 14, "int"), ("Còn", 14, "int")]  # fmt: skip
            rows = [[vn_date(row.on), row.voucher, row.text, row.get_kind_display(), came, went, left] for row, came, went, left in book.lines]  # fmt: skip
            found.append(Table("Sổ thu, chi", f"Sổ thu, chi của {unit.name}", [Column(*one) for one in names], rows, f"Số dư đầu kỳ {in_words(book.opening, 'int')} đồng, cuối kỳ {in_words(book.closing, 'int')} đồng."))  # fmt: skip
            found.append(Table("Kinh phí", "Kinh phí hoạt động", [Column("Mã", 8), Column("Dòng", 44), Column("Đồng", 16, "int")], [list(row) for row in book.summary], "Tên dòng chưa đối chiếu mẫu in."))  # fmt: skip
        if unit.kind.is_cell and may_read_fee_lines(user, unit) is True:
            found.append(self.book(unit, first, last))
        return found

    def extra_note(self, ledgers, first) -> list[str]:
        shown = [one for one in ledgers if one.month >= first]
        extra = FeeLine.objects.filter(ledger__in=shown).aggregate(total=Sum("extra"))["total"]
        late = LatePayment.objects.filter(ledger__in=shown).aggregate(total=Sum("amount"))["total"]
        told = [(extra, "đóng thêm tự nguyện"), (late, "đóng bù các tháng trước")]
        return [f"Dòng 02 gồm {in_words(number, 'int')} đồng {words}." for number, words in told if number]

    def book(self, unit, first, last):
        """Danh sách thu của chi bộ: only for the fee keeper and the auditors."""
        rows = []
        ledgers = FeeMonth.objects.filter(organisation=unit, month__range=(first, last)).order_by("month")
        for ledger in ledgers:
            lines = list(ledger.lines.select_related("member").order_by("member__sort_key", "pk"))
            tell(ledger, lines)
            rows += [[f"{ledger.month.month}/{ledger.month.year}", place, *self.cells(line)] for place, line in enumerate(lines, start=1)]  # fmt: skip
        names = [("Tháng", 8, "text"), ("STT", 5, "int"), ("Họ và tên", 26, "text"), ("Nhóm", 22, "text"), ("Tính trên", 12, "int"), ("Mức", 10, "text"), ("Giảm %", 7, "int"), ("Phải đóng", 10, "int"), ("Nợ trước", 10, "int"), ("Đã đóng", 10, "int"), ("Đóng bù", 10, "int"), ("Ngày", 11, "text"), ("Cách", 12, "text"), ("Số biên lai", 11, "text"), ("Nợ sau", 10, "int"), ("Tháng nợ", 7, "int")]  # fmt: skip
        return Table("Danh sách thu", "III. Danh sách thu của chi bộ", [Column(*one) for one in names], rows, "Tháng nợ tính trong năm. Dữ liệu cá nhân: không chuyển ra ngoài chi bộ.")  # fmt: skip

    def cells(self, line) -> list:
        """One member's month, what was owed before and after it; who only paid late has the day and number of that."""
        paid = line if line.paid or not line.late else line.late[0]
        numbers = dict.fromkeys([line.receipt, *(one.receipt for one in line.late)])
        return [
            line.member.full_name, line.get_group_display(), line.base, line.rate, line.reduction or None, line.due, line.brought or None, line.paid or None,
            line.late_sum or None, vn_date(paid.paid_on) if paid.paid_on else "", paid.get_channel_display(), ", ".join(one for one in numbers if one), line.carried or None, line.missed or None,
        ]  # fmt: skip


add_report(DuesReport())
