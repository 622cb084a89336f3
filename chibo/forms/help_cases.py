"""Giáo dục, giúp đỡ: name a member, direct, ballot, helper, conclusion. No field for a story."""

from django import forms

from chibo.choices import HelpState, Role
from chibo.models import Member
from chibo.services.bases import entitled
from chibo.services.campaigns import CRITERIA
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
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
