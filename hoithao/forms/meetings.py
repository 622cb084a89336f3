"""Prepare a meeting, and one form for each step of it."""

import datetime as dt

from django import forms
from django.utils import timezone

from chibo.models import Member, Organisation
from hoithao.access import runs_meetings_of
from hoithao.choices import Form, Reason, Sort, Status
from hoithao.models import MeetingKind, Programme
from kyanh_portal.base.calendar import at_local, latest_day, month_named, today
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField


class TimeField(forms.TimeField):
    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        kwargs.setdefault("error_messages", {"invalid": "Giờ chưa đúng. Ghi theo mẫu 19:30."})
        super().__init__(**kwargs)


class PlanForm(PortalForm):
    """What must be known before a meeting: who, what, when, where."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Đơn vị họp", empty_label=None)
    kind = forms.ModelChoiceField(MeetingKind.objects.none(), label="Loại", empty_label=None)
    theme = LineField(label="Chủ đề", required=False, help_text="Ghi khi sinh hoạt chuyên đề, hội nghị, hội thảo.")
    day = DateField(label="Ngày họp")
    hour = TimeField(label="Giờ bắt đầu", initial=dt.time(19, 30))
    place = LineField(label="Địa điểm", max_length=200)
    form = forms.ChoiceField(label="Hình thức", choices=Form, initial=Form.IN_PERSON)
    is_model = forms.BooleanField(label="Là buổi sinh hoạt điểm", required=False)

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label="Rút kinh nghiệm của chương trình", required=False, empty_label="Không thuộc chương trình nào",
        help_text="Kết quả các đợt, bài học của chương trình này tự vào hội nghị.",
    )  # fmt: skip

    def __init__(self, *args, user, fixed=None, of_lessons=False, **kwargs):
        super().__init__(*args, **kwargs)
        if of_lessons:
            self.fields["programme"].queryset = Programme.objects.visible_to(user)
        else:
            del self.fields["programme"]
        units = Organisation.objects.visible_to(user).valid_on(today()).select_related("kind").in_order()
        if fixed is not None:
            units = Organisation.objects.filter(pk=fixed.pk)
        allowed = [unit.pk for unit in units if runs_meetings_of(user, unit)] if fixed is None else [fixed.pk]
        self.fields["organisation"].queryset = (
            Organisation.objects.filter(pk__in=allowed).select_related("kind").in_order()
        )
        self.fields["kind"].queryset = self._kinds()
        if fixed is not None:  # agenda and roll were made for this kind
            self.fields["kind"].queryset = MeetingKind.objects.all()
            self.fields["kind"].disabled = True
            self.fields[
                "kind"
            ].help_text = "Loại không đổi được. Nhầm loại thì ghi buổi này là không họp, lập buổi khác."

    def _kinds(self):
        units = self.fields["organisation"].queryset
        kinds = MeetingKind.objects.filter(is_active=True)
        if not any(not unit.kind.is_cell for unit in units):
            kinds = kinds.filter(of_cells=True)
        elif not any(unit.kind.is_cell for unit in units):
            kinds = kinds.filter(of_committees=True)
        return kinds

    def clean(self):
        answers = super().clean()
        day, hour = answers.get("day"), answers.get("hour")
        if day and hour:
            if not 1945 <= day.year <= latest_day().year + 2:
                self.add_error("day", "Kiểm tra lại năm.")
            else:
                answers["starts_at"] = at_local(day, hour.hour, hour.minute)
                answers["month"] = day.replace(day=1)
        return answers


class CancelForm(PortalForm):
    reason = LineField(label="Lý do không họp")


class AddendumForm(PortalForm):
    reason = LineField(label="Lý do đính chính", max_length=500, help_text="Sai ở đâu, vì sao.")
    text = TextField(label="Nội dung đúng", rows=5)


class MeetingFilter(FilterForm):
    """Narrow the list of meetings."""

    unit = LineField(label="Đơn vị")
    kind = forms.ModelChoiceField(MeetingKind.objects.all(), label="Loại", empty_label="Mọi loại")
    status = forms.ChoiceField(label="Trạng thái", choices=[("", "Mọi trạng thái"), *Status.choices])
    month = LineField(label="Tháng", widget=forms.TextInput(attrs={"type": "month"}))
    model = forms.BooleanField(label="Chỉ buổi điểm")

    def apply(self, rows, **answers):
        from kyanh_portal.base.vietnamese import fold

        if "unit" in answers:
            rows = rows.filter(organisation__search_key__contains=fold(answers["unit"]))
        if "kind" in answers:
            rows = rows.filter(kind=answers["kind"])
        if "status" in answers:
            rows = rows.filter(status=answers["status"])
        if answers.get("model"):
            rows = rows.model_meetings()
        if "month" in answers:
            try:
                rows = rows.of_month(month_named(answers["month"]))
            except ValueError:
                return rows
        return rows


class PersonField(forms.ModelChoiceField):
    """A member of the roll, called by name."""

    def __init__(self, **kwargs):
        super().__init__(Member.objects.none(), **kwargs)


class OpeningForm(PortalForm):
    """Step 1: who chairs, who records, who came as a guest, when it began."""

    chair = PersonField(label="Người chủ trì", required=False, empty_label="Chọn đồng chí")
    secretary = PersonField(label="Người ghi biên bản", required=False, empty_label="Chọn đồng chí")
    chair_post = LineField(label="Chức danh người chủ trì", required=False, max_length=200)
    secretary_post = LineField(label="Chức danh người ghi biên bản", required=False, max_length=200)
    confirms_chair = forms.BooleanField(
        label="Chữ ký người chủ trì không được đóng dấu: biên bản thêm phần Chánh Văn phòng xác nhận",
        required=False,
    )
    day = DateField(label="Ngày họp")
    hour = TimeField(label="Giờ bắt đầu")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        people = Member.objects.on_roll(meeting.organisation, meeting.held_on)
        asked, other = ("chair", "secretary"), ("chair_post", "secretary_post", "confirms_chair")
        if not meeting.organisation.kind.is_cell:
            asked, other = other[:2], asked
        for name in other:
            del self.fields[name]
        for name in asked:
            field = self.fields[name]
            field.required = True
            field.label = str(field.label).replace(" (không bắt buộc)", "")
            if isinstance(field, PersonField):
                field.queryset = people

    def clean(self):
        answers = super().clean()
        if answers.get("day") and answers.get("hour"):
            answers["at"] = at_local(answers["day"], answers["hour"].hour, answers["hour"].minute)
            if answers["at"] > timezone.now() + dt.timedelta(hours=12):
                self.add_error("day", "Ngày này chưa đến. Khai mạc vào ngày họp.")
        return answers


class ContributionForm(PortalForm):
    member = PersonField(label="Đồng chí", required=False, empty_label="Chọn đồng chí")
    guest = LineField(
        label="Hoặc đại biểu", required=False, max_length=200, help_text="Ghi chức danh, khi người phát biểu là khách."
    )
    sort = forms.ChoiceField(label="Loại", choices=Sort, initial=Sort.OPINION)
    text = TextField(label="Nội dung", rows=4)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.filter(attendances__meeting=meeting).in_order()
        self.fields["member"].label, self.fields["guest"].label = (
            "Đồng chí phát biểu",
            "Hoặc đại biểu",
        )  # one of the two


class EndForm(PortalForm):
    """Last step: when it ended."""

    hour = TimeField(label="Giờ kết thúc")


REASONS = Reason.choices
