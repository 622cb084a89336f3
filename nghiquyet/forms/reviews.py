"""Draft a review, and link a target upward and downward."""

from django import forms

from kyanh_portal.ui.forms import DateField, PortalForm, TextField
from nghiquyet.choices import ReviewSort
from nghiquyet.figures.living import resolutions_in_force
from nghiquyet.figures.tables import paper_name
from nghiquyet.models import Resolution, Target


class ReviewForm(PortalForm):
    sort = forms.ChoiceField(label="Lập", choices=ReviewSort, help_text="Giữa kỳ đánh giá theo chỉ tiêu phân kỳ của năm; tổng kết đánh giá theo mức cả giai đoạn.")  # fmt: skip
    day = DateField(label="Số liệu tính đến ngày", help_text="Đánh giá khóa số liệu của ngày này. Lập lại thì có bản mới, bản cũ giữ nguyên.")  # fmt: skip
    awards = TextField(
        label="Danh sách khen thưởng", required=False, rows=4,
        help_text="Mỗi dòng: tập thể hoặc cá nhân (theo chức vụ) | thành tích | hình thức. Có dòng nào thì thành phụ lục của báo cáo.",
    )  # fmt: skip


class TargetChoice(forms.ModelChoiceField):
    def label_from_instance(self, target):
        return f"{target.text} ({paper_name(target.resolution)})"[:160]


class ResolutionsChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, resolution):
        return f"{paper_name(resolution)}: {resolution.title}"[:160]


class LinksForm(PortalForm):
    serves = TargetChoice(Target.objects.none(), label="Phục vụ chỉ tiêu cấp trên", required=False, empty_label="Không")
    resolutions = ResolutionsChoice(Resolution.objects.none(), label="Nghị quyết phục vụ chỉ tiêu này", required=False, widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def __init__(self, *args, user, target, **kwargs):
        super().__init__(*args, **kwargs)
        above = Target.objects.visible_to(user).exclude(resolution=target.resolution_id)
        self.fields["serves"].queryset = above.select_related("resolution__document").defer(
            "resolution__document__content"
        )
        below = resolutions_in_force(user).filter(
            organisation__path__startswith=target.path, organisation__kind__is_cell=False
        )
        self.fields["resolutions"].queryset = below.exclude(pk=target.resolution_id).order_by("-dated")
