"""Đảng phí: rates, what a member declares, the month's ticks."""

from django import forms

from chibo.choices import Role
from chibo.fee_choices import FeeChannel, FeeGroup, FeeOf, FeePaid, FeeState, FundKind
from chibo.forms.rearranging import OrganisationChoice
from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import month_start, today
from kyanh_portal.documents.forms import MonthField
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, MoneyField, PortalForm

MONTHS = ["%Y-%m", "%m/%Y", "%Y-%m-%d", "%d/%m/%Y"]  # a day in the month is understood too
REDUCTIONS = [(0, "Không giảm"), (30, "Giảm 30 %"), (50, "Giảm 50 %"), (70, "Giảm 70 %"), (100, "Miễn có thời hạn")]


class RateForm(PortalForm):
    group = forms.ChoiceField(label="Nhóm", choices=FeeGroup)
    valid_from = DateField(label="Áp dụng từ ngày")
    of = forms.ChoiceField(label="Tính trên", choices=FeeOf)
    value = forms.DecimalField(label="Mức", min_value=0, max_digits=10, decimal_places=2, help_text="Phần trăm (ví dụ 0,5) hoặc số đồng.", localize=True)  # fmt: skip
    source = LineField(label="Căn cứ", help_text="Số, ngày văn bản.")
    is_confirmed = forms.BooleanField(label="Đã đối chiếu với văn bản gốc", required=False)


class DeclareForm(PortalForm):
    starts_on = MonthField(label="Từ tháng", input_formats=MONTHS)
    group = forms.ChoiceField(label="Nhóm", choices=FeeGroup)
    base = MoneyField(label="Thu nhập tính đảng phí (đồng/tháng)", min_value=0, max_value=2_000_000_000, required=False, help_text="Lương đóng bảo hiểm, lương hưu hoặc trợ cấp của tháng trước. Nhóm đóng theo mức chung thì để trống.")  # fmt: skip
    extra_pay = MoneyField(label="Thu nhập thêm ngoài lương hưu (đồng/tháng)", min_value=0, max_value=2_000_000_000, required=False, help_text="Chỉ ghi khi chọn nhóm “Hưởng lương hưu, có thu nhập thêm”.")  # fmt: skip
    reduction = forms.TypedChoiceField(label="Giảm", choices=REDUCTIONS, coerce=int, initial=0)
    reduced_until = MonthField(label="Giảm đến hết tháng", input_formats=MONTHS, required=False, help_text="Bắt buộc khi có giảm, miễn có thời hạn; mỗi lần không quá 12 tháng (01-QĐ/TW).")  # fmt: skip
    ground = LineField(label="Theo quyết định", max_length=200, required=False, help_text="Số, ngày; bắt buộc khi giảm hoặc miễn.")  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = month_start(today())


class MonthForm(PortalForm):
    organisation = OrganisationChoice(Organisation.objects.none(), label="Chi bộ", empty_label=None)
    month = MonthField(label="Tháng", input_formats=MONTHS)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.CELL_SECRETARY)
        cells = Organisation.objects.visible_to(user).filter(own).cells().valid_on(today())
        self.fields["organisation"].queryset = cells.select_related("parent").order_by("sort_key")
        self.fields["month"].initial = month_start(today())


class TickForm(PortalForm):
    """Who paid: one tick a member. Those who owe nothing have no tick."""

    paid_on = DateField(label="Ngày đóng", initial=today)
    channel = forms.ChoiceField(label="Cách đóng", choices=FeeChannel, initial=FeeChannel.CASH)
    receipt_from = LineField(label="Biên lai từ số", max_length=40, required=False, help_text="Ví dụ 0125: người mới đánh dấu nhận số 0125, 0126… theo thứ tự danh sách.")  # fmt: skip
    members = forms.MultipleChoiceField(label="Đã đóng", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        able = [line for line in lines if line.state in (FeePaid.OWES, FeePaid.PAID)]
        self.fields["members"].choices = [(line.member_id, line.member.full_name) for line in able]
        self.fields["members"].initial = [line.member_id for line in able if line.state == FeePaid.PAID]
        self.fields["members"].label = "Đã đóng"

    @property
    def ticked(self) -> set[int]:
        value = self["members"].value() or []
        return {int(pk) for pk in value if str(pk).isdecimal()}


class LateForm(PortalForm):
    """Months left unpaid in closed ledgers: one tick a month, by member."""

    paid_on = DateField(label="Ngày đóng", initial=today)
    channel = forms.ChoiceField(label="Cách đóng", choices=FeeChannel, initial=FeeChannel.CASH)
    receipt_from = LineField(label="Biên lai từ số", max_length=40, required=False, help_text="Mỗi đồng chí một số, dù đóng mấy tháng.")  # fmt: skip
    lines = forms.MultipleChoiceField(label="Tháng đóng bù", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.owed, field = lines, self.fields["lines"]
        field.choices = [(one.pk, f"{one.member}, tháng {one.ledger.month.month}/{one.ledger.month.year}") for one in lines]  # fmt: skip
        field.initial = [one.pk for one in lines if hasattr(one, "late_payment")]
        field.label = "Tháng đóng bù"

    @property
    def ticked(self) -> set[int]:
        return {int(pk) for pk in self["lines"].value() or [] if str(pk).isdecimal()}

    def clean(self):
        answers = super().clean()
        return {"line_ids": answers.pop("lines", []), **answers}


class ReceiptsForm(PortalForm):
    """The receipt number of everybody who paid, one line a member."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = [line.member_id for line in lines]
        for line in lines:
            self.fields[f"receipt_{line.member_id}"] = LineField(label=line.member.full_name, max_length=40, required=False, initial=line.receipt)  # fmt: skip

    def clean(self):
        return {"numbers": {pk: self.cleaned_data.get(f"receipt_{pk}", "") for pk in self.members}}


class PassUpForm(PortalForm):
    passed_on = DateField(label="Ngày nộp", initial=today)


class ExtraForm(PortalForm):
    """Beyond what is due, of free will."""

    member = forms.ModelChoiceField(None, label="Đồng chí", empty_label=None)
    amount = MoneyField(label="Đóng thêm (đồng)", min_value=0, max_value=1_000_000_000, help_text="Ghi 0 để bỏ số đã ghi.")  # fmt: skip
    ground = LineField(label="Báo cáo cấp trên số, ngày", max_length=200, required=False)

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members


class FundForm(PortalForm):
    on = DateField(label="Ngày", initial=today)
    kind = forms.ChoiceField(label="Loại", choices=[
        ("Thu", [(one.value, one.label) for one in FundKind.incomes() if one != FundKind.DUES]),
        ("Chi", [(one.value, one.label) for one in FundKind if one not in FundKind.incomes()]),
    ])  # fmt: skip
    text = LineField(label="Nội dung", max_length=200)
    amount = MoneyField(label="Số tiền (đồng)", min_value=1, max_value=2_000_000_000)
    voucher = LineField(label="Số chứng từ", max_length=40, required=False)


class TakeBackForm(PortalForm):
    because = LineField(label="Lấy lại vì", max_length=150, help_text="Ví dụ: ghi nhầm số tiền.")


class FeeFilter(FilterForm):
    year = forms.IntegerField(label="Năm", min_value=1990, max_value=2100)
    name = LineField(label="Chi bộ")
    state = forms.ChoiceField(label="Bước", choices=[("", "Mọi bước"), *FeeState.choices])

    def apply(self, rows, **answers):
        if "year" in answers:
            rows = rows.filter(month__year=answers["year"])
        if "name" in answers:
            rows = rows.filter(organisation__name__icontains=answers["name"])
        return rows.filter(state=answers["state"]) if "state" in answers else rows
