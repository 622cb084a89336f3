"""Giáo dục, giúp đỡ: name a member, direct, ballot, helper, conclusion. No field for a story."""

from django import forms

from chibo.choices import HelpState, Role
from chibo.forms.rearranging import OrganisationChoice
from chibo.models import Member, Organisation
from chibo.services.bases import entitled
from chibo.services.campaigns import CRITERIA
from chibo.services.screening import MONTHS_OPEN, months_back
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import month_named, today
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm

PEOPLE = [(code, f"{code}. {text}") for code, text in CRITERIA.items() if code.startswith("C")]


class CaseForm(PortalForm):
    member = forms.ModelChoiceField(Member.objects.none(), label="Đồng chí", empty_label="Chọn đồng chí")
    code = forms.ChoiceField(label="Tiêu chí", choices=PEOPLE)
    found_on = DateField(label="Chi ủy nêu ngày", initial=today)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("organisation__path", Role.CELL_SECRETARY)
        self.fields["member"].queryset = Member.objects.visible_to(user).present_on(today()).filter(own).in_order()


class DirectForm(PortalForm):
    directed_on = DateField(label="Cho ý kiến ngày", initial=today)
    direction = LineField(label="Văn bản số, ngày", max_length=120, help_text="Chỉ số, ngày; không ghi nội dung sự việc.")  # fmt: skip


class BallotForm(PortalForm):
    voted_on = DateField(label="Bỏ phiếu kín ngày", initial=today)
    base = forms.IntegerField(label="Số đảng viên chính thức", min_value=1, max_value=999, help_text="Không tính đảng viên được miễn sinh hoạt.")  # fmt: skip
    votes = forms.IntegerField(label="Số phiếu đồng ý đưa vào danh sách", min_value=0, max_value=999)
    resolution = LineField(label="Nghị quyết chi bộ số, ngày", max_length=120)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base"].initial = entitled(case.organisation, today()) or None


class HelperForm(PortalForm):
    helper = forms.ModelChoiceField(Member.objects.none(), label="Đảng viên giúp đỡ", empty_label="Chọn đồng chí")

    def __init__(self, *args, user, case, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Member.objects.visible_to(user).present_on(today()).filter(organisation=case.organisation, official_on__isnull=False)  # fmt: skip
        self.fields["helper"].queryset = rows.exclude(pk=case.member_id).in_order()


class ConcludeForm(PortalForm):
    outcome = forms.ChoiceField(label="Kết luận", choices=[(one.value, one.label) for one in HelpState.outcomes()], widget=forms.RadioSelect)  # fmt: skip
    ended_on = DateField(label="Ngày", initial=today)
    paper = LineField(label="Nghị quyết, văn bản số, ngày", max_length=120)


class CaseFilter(FilterForm):
    code = forms.ChoiceField(label="Tiêu chí", choices=[("", "Mọi tiêu chí"), *PEOPLE])
    state = forms.ChoiceField(label="Bước", choices=[("", "Mọi bước"), *HelpState.choices])

    def apply(self, rows, **answers):
        for name in ("code", "state"):
            if name in answers:
                rows = rows.filter(**{name: answers[name]})
        return rows


def _months(number):
    return [(f"{one:%Y-%m}", f"Tháng {one.month}/{one.year}") for one in months_back(today(), number)]


class ScreeningForm(PortalForm):
    organisation = OrganisationChoice(Organisation.objects.none(), label="Chi bộ", empty_label=None)
    month = forms.TypedChoiceField(label="Tháng", coerce=month_named)
    on = DateField(label="Chi ủy sàng lọc ngày", initial=today)
    was_heard = forms.BooleanField(label="Đã nghe ban công tác mặt trận thôn, tổ dân phố, hoặc lãnh đạo, đoàn thể nơi làm việc", required=False)  # fmt: skip
    names_somebody = forms.TypedChoiceField(
        label="Có đồng chí nào cần giáo dục, giúp đỡ theo tiêu chí C1–C4", widget=forms.RadioSelect, coerce=lambda value: value == "co",
        choices=[("khong", "Không có đồng chí nào"), ("co", "Có: đã bấm “Nêu trường hợp” cho từng đồng chí")],
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.CELL_SECRETARY)
        cells = Organisation.objects.visible_to(user).filter(own).cells().valid_on(today())
        self.fields["organisation"].queryset = cells.select_related("parent").order_by("sort_key", "pk")
        self.fields["month"].choices = _months(MONTHS_OPEN)


class ScreeningFilter(FilterForm):
    month = forms.ChoiceField(label="Tháng", choices=[])
    name = LineField(label="Chi bộ")
    state = forms.ChoiceField(label="Kết quả", choices=[("", "Mọi chi bộ"), ("chua", "Chưa ghi sàng lọc"), ("roi", "Đã ghi sàng lọc")])  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = _months(12)
        self.fields["month"].initial = f"{today():%Y-%m}"

    def apply(self, rows, **answers):
        if "name" in answers:
            rows = rows.filter(search_key__contains=fold(answers["name"]))
        return rows.filter(has_screened=answers["state"] == "roi") if "state" in answers else rows
