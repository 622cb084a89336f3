"""Rà soát: a campaign, a cell's result, findings."""

from django import forms

from chibo.choices import Role, Verdict
from chibo.debts import GROUPS
from chibo.forms.rearranging import OrganisationChoice
from chibo.models import Member, Organisation
from chibo.rules import months_after
from chibo.services.campaigns import CRITERIA
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField


class CampaignForm(PortalForm):
    organisation = OrganisationChoice(Organisation.objects.none(), label="Cấp ủy tổ chức rà soát", empty_label=None)
    name = LineField(label="Tên đợt", max_length=200, help_text="Ví dụ: Rà soát tổ chức đảng và đảng viên quý IV/2020")
    plan = LineField(label="Theo kế hoạch số, ngày", max_length=200)
    as_of = DateField(label="Số liệu đến ngày", initial=today)
    due_on = DateField(label="Hạn chi bộ gửi phiếu")
    criteria = TextField(label="Tiêu chí, yêu cầu", required=False)

    def clean_as_of(self):
        as_of = self.cleaned_data["as_of"]
        if as_of < months_after(today(), -24):
            raise forms.ValidationError("Ngày lấy số liệu cách đây hơn hai năm. Kiểm tra lại năm.")
        return as_of

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.COMMITTEE_SECRETARY, Role.ORGANISING)
        rows = Organisation.objects.visible_to(user).filter(own, kind__is_body=False, kind__is_cell=False)
        self.fields["organisation"].queryset = rows.valid_on(today()).select_related("parent").order_by("path")


class ResultForm(PortalForm):
    verdict = forms.ChoiceField(label="Kết quả rà soát chi bộ", choices=Verdict)
    proposal = TextField(label="Đề nghị", required=False, help_text="Cần sắp xếp, kiện toàn thì ghi cách làm và thời gian.")  # fmt: skip


class ReturnForm(PortalForm):
    because = LineField(label="Trả lại vì", max_length=300)


class FindingForm(PortalForm):
    code = forms.ChoiceField(label="Tiêu chí", choices=[(code, f"{code}. {text}") for code, text in CRITERIA.items()])
    member = forms.ModelChoiceField(Member.objects.none(), label="Về đồng chí", required=False, empty_label="Không về riêng ai")  # fmt: skip
    text = LineField(label="Phát hiện, việc phải làm", help_text="Về một đồng chí: chỉ ghi việc phải làm, không kể chuyện.")  # fmt: skip
    owner = LineField(label="Người chịu trách nhiệm", max_length=120)
    due_on = DateField(label="Hạn khắc phục")

    def __init__(self, *args, form, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.present_on(form.campaign.as_of).filter(organisation=form.organisation).in_order()  # fmt: skip


class DoneForm(PortalForm):
    done_on = DateField(label="Khắc phục ngày", initial=today)
    result = LineField(label="Kết quả")


class DebtFilter(FilterForm):
    group = forms.ChoiceField(label="Nhóm", choices=[("", "Mọi nhóm"), *((code, f"{code}. {text}") for code, text in GROUPS.items())])  # fmt: skip
