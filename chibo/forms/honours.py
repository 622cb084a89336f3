"""Rewards of the Party and the old card."""

from django import forms

from chibo.dossier_choices import RewardGiver, RewardKind
from kyanh_portal.base.calendar import today
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class RewardForm(PortalForm):
    kind = forms.ChoiceField(label="Hình thức", choices=RewardKind, widget=forms.RadioSelect, help_text="Chỉ khen thưởng của Đảng. Khen thưởng của Nhà nước nằm ở hồ sơ giấy.")  # fmt: skip
    giver = forms.ChoiceField(label="Cấp quyết định", choices=RewardGiver, widget=forms.RadioSelect)
    decided_on = DateField(label="Ngày quyết định", initial=today)
    decision = LineField(label="Số quyết định, nghị quyết", max_length=200)
    for_what = LineField(
        label="Thành tích", max_length=300, required=False, help_text="Ví dụ: hoàn thành xuất sắc nhiệm vụ năm 2019."
    )


class OldCardForm(PortalForm):
    number = LineField(
        label="Số thẻ đảng viên cũ",
        max_length=20,
        help_text="8 chữ số, kể cả số 0 đứng đầu. Cổng giữ dạng mã hóa, chỉ hiện dạng che.",
    )
    issued_at = LineField(label="Nơi cấp thẻ", max_length=200, required=False)
    issued_on = DateField(label="Ngày cấp thẻ", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}


class RewardFilter(FilterForm):
    name = LineField(label="Họ tên")
    year = forms.IntegerField(label="Năm", min_value=1930, max_value=2100)
    kind = forms.ChoiceField(label="Hình thức", choices=[("", "Mọi hình thức"), *RewardKind.choices])
    ngay = DateField(label="Xem tại ngày")

    def apply(self, rows, **answers):
        if "name" in answers:
            rows = rows.filter(member__search_key__contains=fold(answers["name"]))
        if "year" in answers:
            rows = rows.filter(decided_on__year=answers["year"])
        return rows.filter(kind=answers["kind"]) if "kind" in answers else rows
