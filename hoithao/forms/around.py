"""Forms around a meeting: documents, scans, the counts of a paper meeting, followers, petitions."""

from django import forms

from chibo.models import Member, Organisation
from hoithao.choices import Answer, Mark, Phase, Reason
from hoithao.forms.meetings import PersonField, TimeField
from hoithao.models import Meeting
from hoithao.services.scans import ALLOWED, MOST_FILES
from kyanh_portal.base.calendar import today
from kyanh_portal.files.forms import UploadField
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField

MOST_ABSENT, OPEN_ROWS = 8, 3
_ABSENT = [("", "Chọn")] + [(f"{Mark.EXCUSED}:{code}", f"Có lý do: {label.lower()}") for code, label in Reason.choices]
_ABSENT += [(f"{Mark.UNEXCUSED}:", "Không lý do")]


class DocumentForm(PortalForm):
    title = LineField(label="Tên tài liệu", max_length=300)
    phase = forms.ChoiceField(label="Dùng khi nào", choices=Phase, initial=Phase.BEFORE)
    file = UploadField(label="Tệp", required=False)
    is_posted = forms.BooleanField(label="Đã đăng lên Sổ tay đảng viên điện tử", required=False)


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several pictures or PDFs at once; each is judged by the service."""

    def __init__(self, **kwargs):
        accept = ".jpg,.jpeg,.png,.pdf"
        super().__init__(widget=ManyFilesInput(attrs={"accept": accept}), **kwargs)

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        files = [one for one in files if one]
        if not files:
            raise forms.ValidationError("Chọn ít nhất một ảnh hoặc tệp PDF rồi gửi.")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Mỗi lần gửi nhiều nhất {MOST_FILES} tệp. Chia làm hai lần.")
        return [super(ManyFilesField, self).clean(one, initial) for one in files]


class ScanForm(PortalForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Đơn vị", empty_label=None, help_text="Dùng cho tờ không đọc được mã."
    )
    files = ManyFilesField(
        label="Ảnh chụp hoặc tệp PDF", help_text=f"Chọn được nhiều tệp, đến {MOST_FILES} tệp một lần."
    )
    allowed = ALLOWED

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units


class AssignForm(PortalForm):
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="Cuộc họp", empty_label="Chọn cuộc họp")

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings


class CountsForm(PortalForm):
    """What is counted, and nothing else: at most 25 entries; the words stand in the signed paper."""

    chair = PersonField(label="Người chủ trì", empty_label="Chọn đồng chí")
    secretary = PersonField(label="Người ghi biên bản", empty_label="Chọn đồng chí")
    began = TimeField(label="Giờ bắt đầu")
    ended = TimeField(label="Giờ kết thúc")
    in_favour = forms.IntegerField(label="Tán thành", required=False, min_value=0, max_value=100_000)
    against = forms.IntegerField(label="Không tán thành", required=False, min_value=0, max_value=100_000)
    blank = forms.IntegerField(label="Không biểu quyết", required=False, min_value=0, max_value=100_000)
    speakers = forms.ModelMultipleChoiceField(
        Member.objects.none(), label="Đồng chí đã phát biểu", required=False, widget=forms.CheckboxSelectMultiple
    )
    conclusion = TextField(label="Kết luận", rows=3, help_text="Một, hai câu; lời đầy đủ ở bản viết tay.")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        people = Member.objects.filter(attendances__meeting=meeting).in_order()
        for name in ("chair", "secretary", "speakers"):
            self.fields[name].queryset = people
        for number in range(1, MOST_ABSENT + 1):
            self.fields[f"who_{number}"] = PersonField(label=f"Vắng {number}", required=False, empty_label="Không")
            self.fields[f"who_{number}"].queryset = people
            self.fields[f"why_{number}"] = forms.ChoiceField(label="Lý do", choices=_ABSENT, required=False)
        for name in ("in_favour", "against", "blank"):  # three numbers of a vote, not a choice to leave out
            self.fields[name].label = type(self).base_fields[name].label
        absences = [(self[f"who_{n}"], self[f"why_{n}"]) for n in range(1, MOST_ABSENT + 1)]
        self.few, self.more = absences[:OPEN_ROWS], absences[OPEN_ROWS:]

    @property
    def more_is_used(self) -> bool:
        """Whether something stands, or is refused, in the rows that are folded at first."""
        return any(field.value() or field.errors for row in self.more for field in row)

    def clean(self):
        answers, absent = super().clean(), {}
        for number in range(1, MOST_ABSENT + 1):
            who, why = answers.pop(f"who_{number}", None), answers.pop(f"why_{number}", "")
            if who is None:
                continue
            if not why:
                self.add_error(f"why_{number}", f"Đồng chí {who}: chọn có lý do nào, hay không lý do.")
                continue
            mark, _, reason = why.partition(":")
            absent[who.pk] = (mark, reason)
        for one in answers.get("speakers") or ():
            if one.pk in absent:
                self.add_error("speakers", f"Đồng chí {one} ghi là vắng nên không phát biểu được.")
        if answers.get("in_favour") is None and (answers.get("against") or answers.get("blank")):
            self.add_error("in_favour", "Ghi số tán thành.")
        return {**answers, "absent": absent}


class FollowerForm(PortalForm):
    member = forms.ModelChoiceField(Member.objects.none(), label="Cấp ủy viên theo dõi", empty_label="Chọn đồng chí")
    starts_on = DateField(label="Từ ngày")
    ground = LineField(label="Theo phân công", max_length=200, help_text="Văn bản hoặc cuộc họp: số, ngày.")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = people


class VisitForm(PortalForm):
    answer = forms.ChoiceField(label="Đồng chí có dự không", choices=Answer, widget=forms.RadioSelect)
    note = LineField(label="Ghi chú", max_length=200, required=False)


class SendPetitionForm(PortalForm):
    text = TextField(
        label="Nội dung kiến nghị", rows=4, help_text="Viết gọn để cấp trên hiểu ngay: việc gì, ở đâu, đề nghị thế nào."
    )


class PassForm(PortalForm):
    note = LineField(label="Vì sao chuyển", max_length=300)


class AnswerForm(PortalForm):
    answer = TextField(label="Nội dung trả lời", rows=6)
    day = DateField(label="Ngày trả lời", initial=today)
