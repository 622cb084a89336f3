"""Set targets, give duties, and the small forms of their steps."""

import datetime as dt

from django import forms

from chibo.forms.units import UnitField, UnitsField
from chibo.models import CellType, Organisation
from kyanh_portal.base.calendar import today
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.files.forms import UploadField
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField
from nghiquyet.choices import (
    Basis,
    Comparator,
    Cycle,
    Direction,
    DutyState,
    Feed,
    Forecast,
    Measure,
    MeasuredAt,
    TimeLogic,
)  # fmt: skip
from nghiquyet.figures.lights import cells_of
from nghiquyet.figures.periods import period_title

DECIMAL = {"max_digits": 18, "decimal_places": 4, "required": False}


def units_of(user, organisation):
    """Units of a branch, as far as the user sees it, by rank and name."""
    rows = Organisation.objects.visible_to(user).below(organisation).valid_on(today())
    return rows.select_related("kind").order_by("kind__rank", "sort_key", "pk")


class TargetForm(PortalForm):
    text = LineField(label="Chỉ tiêu", max_length=400, help_text="Đúng lời văn trong nghị quyết.")
    measure = forms.ChoiceField(label="Dạng", choices=Measure)
    comparator = forms.ChoiceField(label="So sánh", choices=Comparator, help_text="“Trên 85%” khác “từ 85% trở lên”.")
    low = forms.DecimalField(label="Mức", **DECIMAL)
    high = forms.DecimalField(label="Đến mức (khi trong khoảng)", **DECIMAL)
    unit = LineField(label="Đơn vị tính", max_length=40, required=False, help_text="Với tỷ lệ %: để trống.")
    direction = forms.ChoiceField(label="Chiều", choices=Direction)
    time_logic = forms.ChoiceField(label="Cách đánh giá", choices=TimeLogic)
    cycle = forms.ChoiceField(label="Kỳ số liệu", choices=Cycle, initial=Cycle.YEAR)
    first_year = forms.IntegerField(label="Từ năm", min_value=1990, max_value=2100)
    last_year = forms.IntegerField(label="Đến năm", min_value=1990, max_value=2100)
    feed = forms.ChoiceField(label="Số liệu lấy từ", choices=Feed, required=False)
    numerator_is = LineField(label="Tử số là", max_length=200, required=False)
    denominator_is = LineField(label="Mẫu số là", max_length=200, required=False)
    measured_at = forms.ChoiceField(label="Đo ở cấp", choices=MeasuredAt)
    cell_types = forms.ModelMultipleChoiceField(
        CellType.objects.all(), label="Chỉ áp dụng cho loại hình", required=False, widget=forms.CheckboxSelectMultiple
    )
    responsible = UnitField(Organisation.objects.none(), label="Cơ quan phụ trách", empty_label=None)
    source = LineField(label="Nguồn số liệu", max_length=200, required=False)
    baseline = forms.DecimalField(label="Mức năm gốc", **DECIMAL)

    def __init__(self, *args, user, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = units_of(user, organisation).exclude(kind__is_cell=True) if not organisation.is_cell else units_of(user, organisation)  # fmt: skip


class GoalForm(PortalForm):
    year = forms.IntegerField(label="Năm", required=False, min_value=1990, max_value=2100, help_text="Để trống: cả giai đoạn.")  # fmt: skip
    basis = forms.ChoiceField(label="Mức của", choices=Basis, initial=Basis.OWN)
    comparator = forms.ChoiceField(label="So sánh", choices=Comparator)
    low = forms.DecimalField(label="Mức", max_digits=18, decimal_places=4)
    high = forms.DecimalField(label="Đến mức (khi trong khoảng)", **DECIMAL)
    is_judged = forms.BooleanField(label="Dùng mức này để đánh giá", required=False, initial=True)


class FigureForm(PortalForm):
    """A figure of one period; what the target does not ask for is not on the page."""

    sort = forms.ChoiceField(
        label="Số nào",
        choices=[("reported", "Số của một đơn vị"), ("override", "Sửa số cả kỳ, có lý do"), ("quoted", "Số đã công bố, ghi để đối chiếu")],
    )  # fmt: skip
    organisation = UnitField(
        Organisation.objects.none(), label="Đơn vị", required=False, empty_label="Cả cơ quan ban hành"
    )
    day = forms.TypedChoiceField(label="Kỳ", coerce=dt.date.fromisoformat)
    numerator = forms.DecimalField(label="Số liệu", **DECIMAL)
    denominator = forms.DecimalField(label="Mẫu số", **DECIMAL)
    not_assessed = forms.BooleanField(label="Không đánh giá đơn vị này trong kỳ", required=False)
    reason = LineField(label="Lý do, nguồn", required=False, help_text="Sửa số cả kỳ: vì sao khác số cộng từ đơn vị. Số đã công bố: ở đâu, ngày nào.")  # fmt: skip

    def __init__(self, *args, user, target, periods, **kwargs):
        super().__init__(*args, **kwargs)
        self.target = target
        self.fields["day"].choices = [(p.isoformat(), period_title(p, target.cycle)) for p in periods]
        self.fields["organisation"].queryset = units_of(user, target.resolution.organisation)
        if target.measure == Measure.RATE:
            self.fields["numerator"].label = f"Tử số: {target.numerator_is}" if target.numerator_is else "Tử số"
            self.fields["denominator"].label = f"Mẫu số: {target.denominator_is}" if target.denominator_is else "Mẫu số"
        else:
            self.fields["numerator"].label = f"Số liệu ({target.unit})" if target.unit else "Số liệu"
            del self.fields["denominator"]
        if target.feed:
            self.fields["sort"].choices = self.fields["sort"].choices[1:]
            self.fields["reason"].required, self.fields["reason"].label = True, "Lý do, nguồn"
            del self.fields["organisation"], self.fields["not_assessed"]
        elif target.measured_at == MeasuredAt.OWN:
            self.fields["sort"].choices = [("reported", "Số của cơ quan ban hành"), *self.fields["sort"].choices[1:]]
            del self.fields["organisation"]

    def clean(self):
        """Everything that is wrong, at once."""
        answers = super().clean()
        has, whole = answers.get("numerator"), answers.get("denominator")
        if has is None and not answers.get("not_assessed") and "numerator" not in self.errors:
            self.add_error("numerator", "Ghi số liệu của kỳ này.")
        if has is not None and whole is not None and has > whole:
            self.add_error("numerator", f"Tử số {has:f} nhiều hơn mẫu số {whole:f}. Đếm lại.")
        if answers.get("sort") in ("override", "quoted") and not answers.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Ghi vì sao sửa." if answers["sort"] == "override" else "Ghi số này công bố ở đâu, ngày nào.")  # fmt: skip
        return answers


class EndForm(PortalForm):
    what = forms.ChoiceField(
        label="Ghi gì",
        choices=[("forecast", "Dự kiến của cơ quan phụ trách"), ("milestone", "Đã đạt mốc"), ("drop", "Không còn đánh giá")],
    )  # fmt: skip
    forecast = forms.ChoiceField(label="Dự kiến", choices=Forecast, required=False)
    on = DateField(label="Ngày đạt mốc", required=False)
    why = LineField(label="Vì sao, theo văn bản nào", help_text="Minh chứng của mốc, hoặc lý do.")


class DutyForm(PortalForm):
    title = LineField(label="Việc phải làm (rõ việc)", max_length=300)
    description = TextField(label="Nội dung cụ thể", required=False, rows=3)
    lead = UnitField(
        Organisation.objects.none(), label="Cơ quan chủ trì, chỉ một (rõ người)", empty_label="Chọn cơ quan"
    )
    lead_post = LineField(label="Chức vụ người phụ trách", max_length=120)
    helpers = UnitsField(label="Cơ quan phối hợp", required=False)
    starts_on = DateField(label="Bắt đầu", required=False)
    due_on = DateField(label="Thời hạn (rõ thời gian)", required=False, help_text="Việc thường xuyên: để trống, chọn kỳ báo cáo.")  # fmt: skip
    cycle = forms.ChoiceField(label="Việc thường xuyên, báo cáo", choices=[("", "Không, việc có thời hạn"), *Cycle.choices], required=False)  # fmt: skip
    reported_by = forms.ChoiceField(
        label="Ai báo cáo mỗi kỳ", choices=[("own", "Cơ quan chủ trì"), ("base", "Mỗi tổ chức cơ sở đảng"), ("cell", "Mỗi chi bộ")], required=False
    )  # fmt: skip
    leader = LineField(label="Lãnh đạo phụ trách (rõ trách nhiệm)", max_length=120)
    authority = LineField(label="Ai quyết định, đến mức nào (rõ thẩm quyền)", max_length=200, required=False)
    product = LineField(label="Sản phẩm phải có (rõ sản phẩm)", max_length=300)
    needs_proof = forms.BooleanField(label="Mỗi báo cáo phải kèm tệp minh chứng", required=False)

    def __init__(self, *args, user, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        units = units_of(user, organisation)
        self.fields["lead"].queryset = self.fields["helpers"].queryset = units

    def clean(self):
        if hasattr(self.data, "getlist") and len(self.data.getlist("lead")) > 1:
            self.add_error("lead", "Mỗi việc chỉ một cơ quan chủ trì. Chọn một, các cơ quan khác ghi phối hợp.")
        return super().clean()


class DutyFilter(FilterForm):
    text = LineField(label="Việc, cơ quan", max_length=100)
    light = forms.ChoiceField(
        label="Tình trạng",
        choices=[
            ("", "Tất cả"), ("qua-han", "Đang làm, quá hạn"), ("trong-han", "Đang làm, trong hạn"), ("dang-lam", "Đang làm"), ("cho-xac-nhan", "Chờ xác nhận"),
            ("xong", "Đã xong"), ("xong-dung-han", "Xong đúng hạn"), ("xong-muon", "Xong muộn"), ("thuong-xuyen", "Thường xuyên"),
        ],
    )  # fmt: skip

    CELLS = {"qua-han": "overdue", "trong-han": "in_time", "dang-lam": "running", "xong": "done", "xong-dung-han": "done_on_time", "xong-muon": "done_late"}  # fmt: skip

    def apply(self, rows, text="", light=""):
        if wanted := fold(text):  # without marks, as everywhere
            found = rows.order_by().values_list("pk", "title", "lead__search_key")
            rows = rows.filter(pk__in=[pk for pk, title, lead in found if wanted in fold(title) or wanted in lead])
        if light in self.CELLS:
            return rows.filter(cells_of(today())[self.CELLS[light]])
        if light == "cho-xac-nhan":
            return rows.filter(state=DutyState.SUBMITTED)
        return rows.exclude(cycle="") if light == "thuong-xuyen" else rows


class WordForm(PortalForm):
    """One sentence, asked for."""

    reason = LineField(label="Lý do", help_text="Một câu, nêu rõ vì sao; có văn bản thì ghi số, ngày.")


class NoteForm(PortalForm):
    note = LineField(label="Ghi chú", required=False)


class ProgressForm(PortalForm):
    note = TextField(label="Đã làm được gì", rows=3)
    percent = forms.IntegerField(label="Tiến độ (%)", min_value=0, max_value=100, required=False)
    file = UploadField(label="Minh chứng", required=False)


class SubmitForm(PortalForm):
    note = TextField(
        label="Sản phẩm đã có", rows=3, required=False, help_text="Số, ngày văn bản; hoặc gửi tệp dưới đây."
    )
    file = UploadField(label="Tệp minh chứng", required=False)


class LaterForm(PortalForm):
    new_due_on = DateField(label="Xin lùi đến ngày")
    reason = TextField(label="Vì sao", rows=3)


class AnswerLaterForm(PortalForm):
    granted = forms.ChoiceField(
        label="Trả lời", choices=[("1", "Đồng ý"), ("0", "Không đồng ý")], widget=forms.RadioSelect
    )
    paper = LineField(label="Văn bản đồng ý", max_length=200, required=False, help_text="Số, ngày; hoặc ý kiến tại cuộc họp nào.")  # fmt: skip
    answer = LineField(label="Ý kiến", required=False, help_text="Không đồng ý thì ghi một câu vì sao.")


class TransferForm(PortalForm):
    lead = UnitField(Organisation.objects.none(), label="Chuyển cho", empty_label="Chọn cơ quan")
    reason = LineField(label="Vì sao, theo văn bản nào")

    def __init__(self, *args, user, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = units_of(user, organisation)


class ObstacleForm(PortalForm):
    text = TextField(label="Vướng ở đâu", rows=3)
    proposal = TextField(label="Đề xuất", rows=2, required=False)
    decider = UnitField(Organisation.objects.none(), label="Cơ quan phải quyết định", empty_label=None)
    due_on = DateField(label="Cần trả lời trước", required=False)

    def __init__(self, *args, deciders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decider"].queryset = deciders


class AnswerForm(PortalForm):
    answer = TextField(label="Trả lời", rows=3)
