"""Forms of rounds, observations, reviews, lessons and themes."""

from django import forms

from chibo.models import CellType, Organisation
from hoithao.choices import Seen
from hoithao.models import Lesson, Meeting, Observation, Round
from hoithao.scoring import shown
from hoithao.services.rounds import steps_on
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField


class ProgrammeForm(PortalForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Cấp ủy", empty_label=None)
    name = LineField(
        label="Tên chương trình", help_text="Như: Sinh hoạt điểm nâng cao chất lượng sinh hoạt chi bộ năm 2021."
    )
    starts_on = DateField(label="Đợt đầu từ ngày", help_text="Mỗi tháng một đợt, kể từ tháng này.")
    number = forms.IntegerField(label="Số đợt", min_value=1, max_value=12, initial=3)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units


class CellField(forms.ModelChoiceField):
    """Cells of many committees in one list: each with the one above it, since names repeat."""

    def label_from_instance(self, cell):
        return f"{cell.name}, {cell.parent.name}" if cell.parent else cell.name


class RoundCellForm(PortalForm):
    round = forms.ModelChoiceField(Round.objects.none(), label="Đợt", empty_label=None)
    organisation = CellField(Organisation.objects.none(), label="Chi bộ", empty_label="Chọn chi bộ")
    planned_on = DateField(label="Dự kiến ngày")
    focus = LineField(label="Trọng tâm", max_length=300, required=False)

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = programme.rounds.all()
        self.fields["organisation"].queryset = (
            Organisation.objects.below(programme.organisation).cells().select_related("kind", "parent").order_by("path")
        )


class RoundCellReplanForm(PortalForm):
    planned_on = DateField(label="Dự kiến ngày mới")
    focus = LineField(label="Trọng tâm", max_length=300, required=False)


class ObservationForm(PortalForm):
    """The checklist in force on the day of the meeting: a mark and a remark for each step."""

    observers = TextField(label="Đoàn dự", rows=3, help_text="Mỗi dòng một người; sau dấu phẩy ghi việc được giao.")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        own = {one.step_id: one for one in Observation.objects.filter(meeting=meeting)}
        self.steps = list(steps_on(meeting.held_on))
        for step in self.steps:
            row = own.get(step.pk)
            self.fields[f"seen_{step.pk}"] = forms.ChoiceField(
                label=step.name, choices=[("", "Chưa ghi"), *Seen.choices], required=False, initial=row.seen if row else "",
            )  # fmt: skip
            self.fields[f"seen_{step.pk}"].label = step.name
            self.fields[f"remark_{step.pk}"] = LineField(
                label=f"Nhận xét: {step.name}", max_length=400, required=False, initial=row.remark if row else ""
            )
        self.lines = [(step, self[f"seen_{step.pk}"], self[f"remark_{step.pk}"]) for step in self.steps]

    def clean(self):
        answers = super().clean()
        seen = {s.pk: (answers.get(f"seen_{s.pk}", ""), answers.get(f"remark_{s.pk}", "")) for s in self.steps}
        people = [line.partition(",")[::2] for line in answers.get("observers", "").split("\n") if line.strip()]
        return {"people": people, "seen": seen}


def _known(said) -> str:
    """What the data say, without the sentence that asks the cell to judge the rest."""
    return said.reason.split(". Phần còn lại")[0] if not said.reason.startswith("Số liệu không nói được") else ""


class ObserverScoreForm(PortalForm):
    """One field a criterion of the frame: passed or not, or points; with what the data say as help."""

    remark = LineField(label="Nhận xét chung", max_length=500, required=False)

    def __init__(self, *args, asked, given, **kwargs):
        super().__init__(*args, **kwargs)
        points = given.points if given else {}
        for one, said in asked:
            label, initial = f"{one.code}. {one.name}", points.get(one.code, "")
            if one.is_yes_no:
                field = forms.ChoiceField(
                    label=label, choices=[(f"{one.most.normalize():f}", "Đạt"), ("0", "Chưa đạt")], widget=forms.RadioSelect,
                    initial=initial, help_text=_known(said),
                )  # fmt: skip
            else:
                field = forms.CharField(
                    label=f"{label} (tối đa {shown(one.most)} điểm)", max_length=6, initial=shown(initial) if initial else "",
                    widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text=_known(said),
                )  # fmt: skip
            field.error_messages["required"] = "Đoàn dự chưa chấm mục này."
            self.fields[f"points_{one.pk}"] = field
        self.fields["remark"].initial = given.remark if given else ""
        self.order_fields([name for name in self.fields if name != "remark"] + ["remark"])


class ReviewForm(PortalForm):
    strengths = TextField(label="Ưu điểm", rows=3)
    weaknesses = TextField(label="Hạn chế", rows=3, required=False)
    causes = TextField(label="Nguyên nhân", rows=2, required=False)
    proposals = TextField(label="Đề xuất", rows=2, required=False)
    dispute = TextField(label="Vấn đề còn ý kiến khác nhau", rows=2, required=False)
    settled = TextField(label="Cách giải quyết", rows=2, required=False)
    action = LineField(label="Việc làm tiếp", required=False)
    owner = LineField(label="Ai làm", max_length=200, required=False)
    due_on = DateField(label="Hạn", required=False)


class LessonForm(PortalForm):
    context = TextField(label="Bối cảnh", rows=2, required=False)
    worked = TextField(label="Làm được", rows=3)
    lacking = TextField(label="Chưa được", rows=2, required=False)
    repeat = TextField(label="Cách làm lại", rows=3, help_text="Viết để chi bộ khác làm theo được.")


class LessonMoveForm(PortalForm):
    who = LineField(label="Ai", max_length=200)
    ground = LineField(label="Căn cứ", required=False, help_text="Văn bản, cuộc họp: số, ngày.")
    day = DateField(label="Ngày", initial=today)


class AgreedField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, lesson):
        return f"{lesson.worked} ({lesson.meeting.organisation.name}, {lesson.meeting.held_on:%d/%m})"


class AgreeForm(PortalForm):
    lessons = AgreedField(
        Lesson.objects.none(), label="Bài học hội nghị thống nhất", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Đánh dấu bài học hội nghị đã thống nhất."},
    )  # fmt: skip

    def __init__(self, *args, lessons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lessons"].queryset = lessons


class ApplyForm(PortalForm):
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="Vào buổi nào", empty_label=None)

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings


class ThemeForm(PortalForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Cấp ủy", empty_label=None)
    title = LineField(label="Tên chuyên đề")
    cell_types = forms.ModelMultipleChoiceField(
        CellType.objects.all(), label="Loại hình chi bộ", required=False, widget=forms.CheckboxSelectMultiple
    )
    lead = LineField(label="Tổ xây dựng", max_length=200, required=False)
    purpose = TextField(label="Mục đích, yêu cầu", rows=3, required=False)
    draft = TextField(label="Dự thảo nội dung", rows=10, required=False)
    agenda = TextField(label="Chương trình mẫu", rows=5, required=False, help_text="Mỗi dòng một mục.")

    def __init__(self, *args, units=None, **kwargs):
        super().__init__(*args, **kwargs)
        if units is None:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = units


class GroundForm(PortalForm):
    ground = LineField(label="Căn cứ duyệt", help_text="Văn bản, cuộc họp: số, ngày.")
