"""Draft, adopt, issue a resolution; edit its parts; narrow the list."""

from django import forms

from chibo.forms.units import UnitField
from chibo.models import Organisation
from hoithao.models import Meeting
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField
from nghiquyet.access.bodies import drafting_bodies
from nghiquyet.choices import Frame, Level, Method, Signing, Status
from nghiquyet.forms.citing import Citing, cites_field, two_lines
from nghiquyet.rules import POSITIONS

SIGNING_CHOICES = [
    (Signing.STANDING, "Ban Thường vụ"),
    (Signing.COMMITTEE, "Ban Chấp hành"),
    (Signing.CONGRESS, "Đại hội"),
]


def drop(form, *names):
    """Take fields out of a form."""
    for name in names:
        del form.fields[name]


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, meeting):
        return f"{meeting.name}, ngày {vn_date(meeting.held_on)}, {meeting.organisation.label}"


class ResolutionFilter(FilterForm):
    text = LineField(label="Trích yếu, đơn vị", max_length=100)
    status = forms.ChoiceField(label="Trạng thái", choices=[("", "Tất cả"), *Status.choices])
    sort = forms.ChoiceField(
        label="Loại",
        choices=[("", "Tất cả"), ("chuyen-de", "Chuyên đề"), ("chi-bo", "Của chi bộ"), ("cap-uy", "Của cấp ủy")],
    )

    def apply(self, rows, text="", status="", sort=""):
        if status:
            rows = rows.filter(status=status)
        if sort == "chuyen-de":
            rows = rows.filter(is_thematic=True)
        elif sort:
            rows = rows.filter(organisation__kind__is_cell=sort == "chi-bo")
        for word in fold(text).split():
            rows = rows.filter(search_key__contains=word)
        return rows


class CreateForm(PortalForm):
    """Whose resolution, after which meeting, about what. A cell's is filled from its meeting."""

    organisation = UnitField(Organisation.objects.none(), label="Cơ quan ban hành", empty_label=None)
    meeting = MeetingChoice(
        Meeting.objects.none(), label="Từ buổi sinh hoạt", required=False, empty_label="Không, soạn từ đầu",
        help_text="Chọn buổi đã khóa biên bản: lời văn lấy sẵn từ biên bản ấy.",
    )  # fmt: skip
    title = LineField(
        label="Trích yếu", required=False,
        help_text="Viết liền sau chữ NGHỊ QUYẾT. Chi bộ để trống thì ghi: lãnh đạo thực hiện nhiệm vụ tháng tới.",
    )  # fmt: skip
    signing = forms.ChoiceField(label="Ban hành với danh nghĩa", choices=SIGNING_CHOICES, required=False)
    is_thematic = forms.BooleanField(label="Là nghị quyết chuyên đề", required=False)
    is_proposal = forms.BooleanField(label="Mới đề xuất, chưa soạn: chờ đưa vào chương trình", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = drafting_bodies(user)
        self.fields["organisation"].queryset = bodies
        cells = [body.pk for body in bodies if body.is_cell]
        if cells:
            meetings = Meeting.objects.visible_to(user).closed().filter(organisation__in=cells)
            self.fields["meeting"].queryset = meetings.select_related("organisation", "kind")
        else:
            drop(self, "meeting")
        if len(cells) == len(bodies):
            drop(self, "signing", "is_thematic", "is_proposal")


class WorkshopDraftForm(PortalForm):
    """The two things a workshop's conclusion does not say."""

    title = LineField(label="Trích yếu", widget=two_lines(), help_text="Viết liền sau chữ NGHỊ QUYẾT, không có dấu chấm cuối.")  # fmt: skip
    signing = forms.ChoiceField(label="Ban hành với danh nghĩa", choices=SIGNING_CHOICES)
    is_proposal = forms.BooleanField(
        label="Mới đề xuất từ kết luận: chờ đưa vào chương trình, chưa soạn", required=False
    )


class ResolutionForm(Citing, PortalForm):
    """Everything around the clauses."""

    title = LineField(label="Trích yếu", widget=two_lines(), help_text="Viết liền sau chữ NGHỊ QUYẾT, không có dấu chấm cuối.")  # fmt: skip
    signing = forms.ChoiceField(label="Ban hành với danh nghĩa", choices=SIGNING_CHOICES, required=False)
    bases = TextField(label="Căn cứ", required=False, help_text="Mỗi căn cứ một dòng; dấu chấm phẩy tự thêm khi in.")
    cites = cites_field()
    preamble = TextField(label="Đoạn mở đầu", required=False)
    recipients = TextField(label="Nơi nhận", required=False, help_text="Mỗi nơi một dòng; dòng cuối là nơi lưu.")
    signer_name = LineField(label="Người ký", required=False, max_length=120)
    signer_position = forms.ChoiceField(
        label="Chức vụ người ký", required=False, choices=[("", "Chưa chọn"), *((p, p) for p in POSITIONS)]
    )

    def __init__(self, *args, resolution, user, **kwargs):
        super().__init__(*args, **kwargs)
        if resolution.organisation.is_cell:
            drop(self, "signing")
        self.offer(resolution, user)


class ClauseForm(PortalForm):
    level = forms.ChoiceField(label="Cấp", choices=Level)
    heading = LineField(label="Tiêu đề", required=False)
    text = TextField(label="Nội dung", required=False, rows=5)

    def clean(self):
        answers = super().clean()
        if not answers.get("heading") and not answers.get("text"):
            self.add_error("text", "Ghi tiêu đề hoặc nội dung.")
        return answers


class WordingForm(PortalForm):
    """Words put right after the vote; a part without a heading (or without text) has no field for it."""

    heading = LineField(label="Tiêu đề", max_length=300, required=False)
    text = TextField(label="Lời văn", required=False, rows=8)
    why = LineField(
        label="Sửa gì, vì sao", max_length=300, help_text="Ví dụ: sửa lỗi chính tả “giám sác”; ghi đủ tên cơ quan."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, clause, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("heading", "text"):
            self.fields[name].required = True
            if not getattr(clause, name):
                del self.fields[name]


class FrameForm(PortalForm):
    """Title, grounds, opening or recipients put right after the vote."""

    text = TextField(label="Lời văn", rows=8)
    why = LineField(label="Sửa gì, vì sao", max_length=300, help_text="Ví dụ: viết đúng số hiệu văn bản làm căn cứ.")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    HELP = {
        Frame.TITLE: "Viết liền sau chữ NGHỊ QUYẾT, không có dấu chấm cuối. Con số giữ nguyên.",
        Frame.BASES: "Mỗi căn cứ một dòng. Sửa được số hiệu, ngày, tên viết sai; không thêm, không bỏ căn cứ.",
        Frame.PREAMBLE: "Con số giữ nguyên.",
        Frame.RECIPIENTS: "Mỗi nơi một dòng; dòng cuối là nơi lưu.",
    }

    def __init__(self, *args, frame, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = frame.label, self.HELP[frame]
        if frame == Frame.TITLE:
            self.fields["text"].widget.attrs["rows"] = 3


class WordingCheckForm(PortalForm):
    agrees = forms.ChoiceField(
        label="Đồng chí đọc cả hai lời văn", widget=forms.RadioSelect,
        choices=[("co", "Không đổi nghĩa, đồng ý chỗ sửa"), ("khong", "Đổi nghĩa, không đồng ý")],
    )  # fmt: skip
    note = TextField(label="Nhận xét", rows=2, required=False, help_text="Không đồng ý thì ghi một câu: nghĩa đổi thế nào.")  # fmt: skip

    def clean_agrees(self):
        return self.cleaned_data["agrees"] == "co"


class AdoptForm(PortalForm):
    meeting = MeetingChoice(
        Meeting.objects.none(), label="Thông qua tại", required=False, empty_label="Không chọn cuộc họp"
    )
    on = DateField(label="Ngày thông qua")
    base = forms.IntegerField(label="Tổng số được tính", min_value=1, max_value=100_000)
    present = forms.IntegerField(label="Có mặt", min_value=0, max_value=100_000, required=False)
    in_favour = forms.IntegerField(label="Tán thành", min_value=0, max_value=100_000)
    against = forms.IntegerField(label="Không tán thành", min_value=0, max_value=100_000, required=False)
    blank = forms.IntegerField(label="Không có ý kiến", min_value=0, max_value=100_000, required=False)
    method = forms.ChoiceField(label="Cách biểu quyết", choices=Method.choices, required=False)
    lost = forms.BooleanField(label="Không thông qua: tán thành chưa quá nửa tổng số được tính", required=False)

    def __init__(self, *args, resolution, user, **kwargs):
        super().__init__(*args, **kwargs)
        is_cell = resolution.organisation.is_cell
        self.fields["base"].help_text = (
            "Đảng viên chính thức được tính, kể cả đồng chí vắng mặt."
            if is_cell
            else "Số ủy viên đương nhiệm, không phải số có mặt."
        )
        meetings = Meeting.objects.visible_to(user).filter(organisation=resolution.organisation).held()
        self.fields["meeting"].queryset = meetings.select_related("organisation", "kind")

    def clean(self):
        answers = super().clean()
        for name in ("against", "blank"):
            answers[name] = answers.get(name) or 0
        answers["method"] = answers.get("method") or Method.HANDS
        return answers


class ReturnForm(PortalForm):
    reason = LineField(label="Vì sao trả về dự thảo")


class IssueForm(PortalForm):
    dated = DateField(label="Ngày văn bản", help_text="Ngày đồng chí có thẩm quyền ký.")
    signer_name = LineField(label="Người ký", max_length=120, help_text="Họ và tên đầy đủ, không ghi học hàm, học vị.")
    signer_position = forms.ChoiceField(label="Chức vụ người ký", choices=[(p, p) for p in POSITIONS])
