"""Forms of score frames: everything a local table needs, in words, without code."""

from django import forms

from chibo.choices import Role
from chibo.models import Organisation
from hoithao.choices import JUDGED, CriterionSort
from hoithao.models import Criterion, Meeting, RuleFrame
from hoithao.scoring import MEASURES
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.forms import DateField, PortalForm, PortalModelForm


def plain(number) -> str:
    """90, 7.5: a stored number without needless zeros, for a number box."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


LINES = forms.Textarea(attrs={"rows": 3})


class FrameForm(PortalModelForm):
    class Meta:
        model = RuleFrame
        fields = [
            "code", "name", "source", "organisation", "kind", "attendance_share", "attendance_strict", "least_minutes",
            "least_minutes_with_theme", "large_cell", "least_minutes_large", "most_excused_running", "themes_a_quarter",
            "post_days_before", "report_within_days", "cuts", "uncounted", "note",
        ]  # fmt: skip
        widgets = {"cuts": forms.Textarea(attrs={"rows": 4}), "note": LINES}

    def __init__(self, *args, user, may_be_national=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["attendance_share"] = plain(self.instance.attendance_share)
        field = self.fields["organisation"]
        own = [unit.pk for unit in Organisation.objects.visible_to(user).filter(kind__is_body=False, kind__is_cell=False)
               .valid_on(today()) if scope_of(user).holds(Role.ORGANISING, path=unit.path)]  # fmt: skip
        field.queryset = Organisation.objects.visible_to(user).filter(pk__in=own).order_by("path")
        field.required = not may_be_national
        field.empty_label = "Mọi nơi" if may_be_national else "Chọn nơi áp dụng"
        field.label = "Nơi áp dụng"
        self.fields["kind"].queryset = self.fields["kind"].queryset.filter(code__in=JUDGED)
        self.fields["kind"].empty_label = "Thường kỳ và chuyên đề"
        self.fields["code"].help_text = "Như AN-PHU-2026. Mã đã có thì thành bản tiếp theo."


class CriterionForm(PortalModelForm):
    class Meta:
        model = Criterion
        fields = [
            "code",
            "name",
            "parent",
            "sort",
            "most",
            "measure",
            "bands",
            "proof",
            "needs",
            "counts_if",
            "full_if",
            "is_key",
        ]
        widgets = dict.fromkeys(("bands", "proof", "needs", "counts_if", "full_if"), LINES)
        help_texts = {
            "bands": "Khi chấm theo thang. Mỗi dòng một mức, dòng trên xét trước: >=90 : 4, rồi 75-<90 : 3. Dòng có thể bắt đầu bằng số đo khác.",
            "proof": "Mỗi dòng một điều kiện: tỷ lệ dự họp >= 90. Đạt cả thì máy cho trọn điểm, kèm lý do.",
            "needs": "Mỗi dòng một điều kiện. Không đạt thì không được trọn điểm; đạt cả thì chi bộ vẫn xét.",
            "counts_if": "Như: chuyên đề trong tháng = 1.",
            "full_if": "Như: chỉ có bí thư = 1.",
        }

    def __init__(self, *args, frame, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["most"] = plain(self.instance.most)
        tops = frame.criteria.filter(parent=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = tops
        self.fields["parent"].empty_label = "Hàng đầu, không thuộc nhóm"
        self.fields["sort"].choices = CriterionSort.choices
        self.fields["measure"].choices = [("", "Không"), *((name, name) for name in MEASURES)]

    def clean_most(self):
        most = self.cleaned_data["most"]
        if most is not None and not 0 <= most <= 100:
            raise forms.ValidationError("Điểm tối đa từ 0 đến 100.")
        return most


class InForceForm(PortalForm):
    valid_from = DateField(label="Áp dụng từ ngày")
    valid_to = DateField(label="Đến hết ngày", required=False, help_text="Để trống khi chưa có ngày thôi áp dụng.")


class PreviewForm(PortalForm):
    """Which real meeting the frame is tried on."""

    buoi = forms.ModelChoiceField(Meeting.objects.none(), label="Buổi sinh hoạt", empty_label="Chọn một buổi")

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["buoi"].queryset = meetings
