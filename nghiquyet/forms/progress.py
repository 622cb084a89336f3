"""Write a report; narrow the list; record studies; run a supervision."""

from django import forms

from chibo.forms.units import UnitField, UnitsField
from chibo.models import CellType, Organisation
from hoithao.models import Meeting
from kyanh_portal.base.calendar import today
from kyanh_portal.files.forms import UploadField
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField
from nghiquyet.choices import (
    OVER,
    CheckForm,
    CheckPaper,
    CheckState,
    Depth,
    LineState,
    MeasuredAt,
    ReportState,
    StudyForm,
    Taken,
)
from nghiquyet.models import Resolution, TeamMember


class ReportFilter(FilterForm):
    text = LineField(label="Đơn vị", max_length=100)
    state = forms.ChoiceField(
        label="Trạng thái", choices=[("", "Tất cả"), ("qua-han", "Quá hạn gửi"), *ReportState.choices]
    )

    def apply(self, rows, text="", state=""):
        if text:
            rows = rows.filter(organisation__name__icontains=text)
        if state == "qua-han":
            late = rows.filter(state__in=[ReportState.OPEN, ReportState.RETURNED], due_on__lt=today())
            return late.exclude(resolution__life__in=OVER)
        return rows.filter(state=state) if state else rows


class ReportForm(PortalForm):
    """One block a line of the report; a line the portal counted has no field."""

    summary = TextField(label="Đánh giá chung", required=False, rows=3)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if not line.is_prefilled]
        for line in self.lines:
            if line.target_id:
                self.fields[f"numerator_{line.pk}"] = forms.DecimalField(label="Tử số" if line.target.measure == "rate" else "Số liệu", required=False, max_digits=18, decimal_places=4, min_value=0, initial=line.numerator)  # fmt: skip
                if line.target.measure == "rate":
                    self.fields[f"denominator_{line.pk}"] = forms.DecimalField(label="Mẫu số", required=False, max_digits=18, decimal_places=4, min_value=0, initial=line.denominator)  # fmt: skip
                choices = [("", "Có số liệu"), (LineState.NOT_ASSESSED, LineState.NOT_ASSESSED.label)]
            else:
                choices = [("", "Chọn tình hình"), *LineState.choices]
            self.fields[f"state_{line.pk}"] = forms.ChoiceField(label="Tình hình", choices=choices, required=False, initial=line.state if not line.target_id or line.state == LineState.NOT_ASSESSED else "")  # fmt: skip
            if line.suggestion and not line.text:
                self.fields[f"use_{line.pk}"] = forms.BooleanField(
                    label="Đúng việc này, dùng lời gợi ý", required=False
                )
            self.fields[f"text_{line.pk}"] = TextField(label="Kết quả trong kỳ" if line.duty_id else "Ghi chú, lý do", required=False, rows=2, initial=line.text)  # fmt: skip
            if line.duty_id and line.duty.needs_proof:
                self.fields[f"file_{line.pk}"] = UploadField(label="Tệp minh chứng", required=False, help_text=f"Đã có: {line.file.name}. Gửi tệp khác thì thay." if line.file_id else f"Phải kèm khi gửi: {line.duty.product}.")  # fmt: skip
            if line.duty_id:
                self.fields[f"difficulty_{line.pk}"] = TextField(label="Khó khăn, đề xuất", required=False, rows=2, initial=line.difficulty)  # fmt: skip

    def blocks(self):
        """(line, its fields) for the page."""
        names = ("use", "state", "numerator", "denominator", "text", "difficulty", "file")
        return [
            (line, [self[f"{n}_{line.pk}"] for n in names if f"{n}_{line.pk}" in self.fields]) for line in self.lines
        ]

    def answers(self) -> dict:
        """Line → its answers, as the service wants them."""
        out = {}
        for line in self.lines:
            names = ("use", "state", "numerator", "denominator", "text", "difficulty", "file")
            out[line.pk] = {
                n: self.cleaned_data.get(f"{n}_{line.pk}") for n in names if f"{n}_{line.pk}" in self.fields
            }
        return out


class PlanForm(PortalForm):
    level = forms.ChoiceField(label="Cấp", choices=MeasuredAt)
    depth = forms.ChoiceField(label="Mức độ", choices=Depth)
    due_on = DateField(label="Xong trước")
    note = LineField(label="Tài liệu, ghi chú", required=False)


class SessionForm(PortalForm):
    organisation = UnitField(Organisation.objects.none(), label="Đơn vị", empty_label=None)
    depth = forms.ChoiceField(label="Mức độ", choices=Depth)
    held_on = DateField(label="Ngày")
    form = forms.ChoiceField(label="Hình thức", choices=StudyForm)
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="Tại buổi sinh hoạt", required=False)
    summoned = forms.IntegerField(label="Triệu tập", min_value=1, max_value=100_000)
    attended = forms.IntegerField(label="Dự", min_value=0, max_value=100_000)
    is_make_up = forms.BooleanField(label="Buổi học bù", required=False)
    presenter = LineField(label="Người truyền đạt", max_length=120, required=False)
    essays_due = forms.IntegerField(label="Bài thu hoạch phải có", min_value=0, max_value=100_000, initial=0)
    essays_in = forms.IntegerField(label="Bài thu hoạch đã nhận", min_value=0, max_value=100_000, initial=0)
    followed_by = LineField(label="Văn bản ban hành sau đó", required=False)

    def __init__(self, *args, user, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies
        meetings = Meeting.objects.visible_to(user).closed().filter(organisation__in=bodies)
        self.fields["meeting"].queryset = meetings.select_related("organisation", "kind").order_by("-month", "-pk")


class TakenForm(PortalForm):
    organisation = UnitField(Organisation.objects.none(), label="Đơn vị", empty_label=None)
    point = forms.ChoiceField(label="Điểm của nghị quyết")
    taken = forms.ChoiceField(label="Tình trạng", choices=[c for c in Taken.choices if c[0] != Taken.MISSING])
    paper = LineField(label="Văn bản, việc cụ thể của đơn vị", required=False, help_text="Số, ngày; hoặc việc làm cụ thể, ai làm.")  # fmt: skip
    reason = LineField(label="Vì sao không áp dụng", required=False)

    def __init__(self, *args, bodies, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies
        self.fields["point"].choices = points


class TemplateForm(PortalForm):
    cell_type = forms.ModelChoiceField(CellType.objects.all(), label="Loại hình chi bộ", empty_label=None)
    text = LineField(label="Mục phải có")
    paper = LineField(label="Loại văn bản", max_length=120, required=False)
    order = forms.IntegerField(label="Thứ tự", min_value=1, max_value=99, initial=1)
    valid_from = DateField(label="Áp dụng từ")
    source = LineField(label="Căn cứ", max_length=200, required=False)


class ResolutionChoice(forms.ModelChoiceField):
    def label_from_instance(self, resolution):
        return f"{resolution.document.number_line[3:]}: {resolution.title}"[:120]


class GuidanceForm(PortalForm):
    organisation = UnitField(Organisation.objects.none(), label="Cơ quan ban hành", empty_label=None)
    cell_type = forms.ModelChoiceField(CellType.objects.all(), label="Loại hình chi bộ", empty_label=None)
    resolution = ResolutionChoice(Resolution.objects.none(), label="Thực hiện nghị quyết", required=False, empty_label="Không nêu nghị quyết")  # fmt: skip

    def __init__(self, *args, bodies, resolutions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset, self.fields["resolution"].queryset = bodies, resolutions


class EndItemForm(PortalForm):
    valid_to = DateField(label="Áp dụng đến hết ngày")


class SupervisionForm(PortalForm):
    organisation = UnitField(Organisation.objects.none(), label="Cơ quan ra quyết định", empty_label=None)
    form = forms.ChoiceField(label="Hình thức", choices=CheckForm)
    title = LineField(label="Về việc")
    resolution = ResolutionChoice(Resolution.objects.none(), label="Về việc thực hiện nghị quyết", required=False, empty_label="Không về riêng nghị quyết nào")  # fmt: skip
    content = TextField(label="Nội dung, phạm vi", required=False)
    subjects = UnitsField(label="Đơn vị được kiểm tra, giám sát")
    planned_on = DateField(label="Dự kiến", required=False)

    def __init__(self, *args, user, bodies, resolutions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset, self.fields["resolution"].queryset = bodies, resolutions
        self.fields["subjects"].queryset = Organisation.objects.visible_to(user).valid_on(today()).exclude(kind__is_body=True).select_related("kind").order_by("kind__rank", "sort_key")  # fmt: skip


class TeamForm(PortalForm):
    """Who joins the team and who leaves it."""

    joins = forms.ModelChoiceField(
        TeamMember.objects.none(), label="Thêm vào đoàn", required=False, empty_label="Không thêm ai"
    )
    post = LineField(
        label="Nhiệm vụ trong đoàn", max_length=80, required=False, help_text="Ví dụ: Trưởng đoàn, thư ký."
    )
    leaves = forms.ModelMultipleChoiceField(TeamMember.objects.none(), label="Ra khỏi đoàn", required=False, widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def __init__(self, *args, accounts, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["joins"].queryset, self.fields["leaves"].queryset = accounts, team


class AdvanceForm(PortalForm):
    state = forms.ChoiceField(label="Sang bước")
    on = DateField(label="Ngày")
    note = TextField(label="Ghi chú", required=False, rows=2)

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state, CheckState(state).label) for state in states]


class CheckPaperForm(PortalForm):
    kind = forms.ChoiceField(label="Loại", choices=CheckPaper)
    title = LineField(label="Trích yếu")
    number_line = LineField(label="Số và ký hiệu", max_length=60, required=False)
    takes_number = forms.BooleanField(
        label="Lấy số tiếp theo trong sổ (sổ chỉ ghi số và “hồ sơ riêng”)", required=False
    )
    dated = DateField(label="Ngày văn bản")
    text = TextField(label="Nội dung", required=False)
    file = UploadField(label="Tệp", required=False)

    def __init__(self, *args, kinds=None, **kwargs):
        super().__init__(*args, **kwargs)
        if kinds:
            del self.fields["takes_number"]  # a unit's own report bears the unit's number
            self.fields["kind"].choices = [(kind, CheckPaper(kind).label) for kind in kinds]


class RecommendForm(PortalForm):
    lead = UnitField(Organisation.objects.none(), label="Đơn vị phải làm", empty_label=None)
    title = LineField(label="Kiến nghị (việc phải làm)")
    product = LineField(label="Sản phẩm phải có")
    due_on = DateField(label="Thời hạn")
    lead_post = LineField(label="Chức vụ người phụ trách", max_length=120)
    leader = LineField(label="Lãnh đạo theo dõi", max_length=120)
    authority = LineField(label="Ai quyết định, đến mức nào", max_length=200, required=False)

    def __init__(self, *args, subjects, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = subjects
