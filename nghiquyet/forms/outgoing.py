"""Write a paper, change it, give it its number; the registers of papers that went and came."""

from django import forms

from chibo.forms.units import UnitField
from chibo.models import Organisation
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.documents.types import TYPES
from kyanh_portal.files.forms import UploadField
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField
from nghiquyet.access.bodies import paper_bodies
from nghiquyet.choices import PaperStatus, SigningAs
from nghiquyet.forms.citing import Citing, cites_field, two_lines
from nghiquyet.models import RecipientList
from nghiquyet.services.outgoing import ELSEWHERE, signings_for

# The types people write most stand first.
FIRST = ["plan", "notice", "letter", "report", "submission", "decision", "invitation", "guidance", "conclusion", "programme"]  # fmt: skip
WRITTEN = [*FIRST, *(code for code in TYPES if code not in FIRST and code not in ELSEWHERE)]
TYPE_CHOICES = [(code, TYPES[code].name.capitalize()) for code in WRITTEN]


class OutgoingFilter(FilterForm):
    text = LineField(label="Trích yếu, đơn vị", max_length=100)
    status = forms.ChoiceField(label="Trạng thái", choices=[("", "Tất cả"), *PaperStatus.choices])
    type_code = forms.ChoiceField(label="Thể loại", choices=[("", "Tất cả"), *TYPE_CHOICES])

    def apply(self, rows, text="", status="", type_code=""):
        if status:
            rows = rows.filter(status=status)
        if type_code:
            rows = rows.filter(type_code=type_code)
        for word in fold(text).split():
            rows = rows.filter(search_key__contains=word)
        return rows


class ListChoice(forms.ModelChoiceField):
    def label_from_instance(self, kept):
        return f"{kept.name} ({kept.organisation.label})"


class WriteForm(PortalForm):
    """Three answers, and the page is filled."""

    organisation = UnitField(Organisation.objects.none(), label="Cơ quan ban hành", empty_label=None)
    type_code = forms.ChoiceField(label="Thể loại", choices=TYPE_CHOICES)
    title = LineField(label="Trích yếu", help_text="Việc gì. Không ghi lại tên thể loại, không có dấu chấm cuối.")
    from_last = forms.BooleanField(
        label="Lấy lời văn, nơi nhận của văn bản gần nhất cùng thể loại", required=False, initial=True
    )
    recipient_list = ListChoice(
        RecipientList.objects.none(), label="Danh sách nơi nhận đã lưu", required=False, empty_label="Không dùng"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies = paper_bodies(user)
        kept = RecipientList.objects.visible_to(user).filter(organisation__in=bodies).select_related("organisation")
        self.fields["recipient_list"].queryset = kept
        if not kept.exists():
            del self.fields["recipient_list"]


class PaperForm(Citing, PortalForm):
    """The whole paper on one page, from top to bottom as it is printed."""

    title = LineField(label="Trích yếu", widget=two_lines())
    addressees = TextField(label="Kính gửi", required=False, rows=2, help_text="Mỗi nơi một dòng.")
    bases = TextField(label="Căn cứ", required=False, rows=2, help_text="Mỗi căn cứ một dòng; dấu chấm phẩy tự thêm.")
    cites = cites_field()
    text = TextField(
        label="Nội dung", rows=16, required=False,
        help_text="Mỗi đoạn một dòng. “I- …” là đề mục lớn, “1. …” không có dấu chấm cuối là đề mục nhỏ, “Điều 1. …”, “- …”.",
    )  # fmt: skip
    recipients = TextField(
        label="Nơi nhận", required=False, rows=4, help_text="Mỗi nơi một dòng; dòng cuối là nơi lưu."
    )
    keep_list = LineField(
        label="Lưu nơi nhận này thành danh sách tên là", required=False, max_length=80,
        help_text="Lần sau chọn lại. Trùng tên thì thay danh sách cũ.",
    )  # fmt: skip
    signing = forms.ChoiceField(label="Ký với danh nghĩa", choices=SigningAs.choices)
    signer_name = LineField(label="Người ký", required=False, max_length=120)
    signer_position = LineField(label="Chức vụ người ký", required=False, max_length=60)
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, paper, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(paper, user)
        allowed = signings_for(paper.organisation)
        self.fields["signing"].choices = [(s, SigningAs(s).label) for s in allowed]
        if paper.type_code == "submission":
            self.fields["addressees"].label = "Kính trình (không bắt buộc)"
        elif paper.type_code != "letter":
            del self.fields["addressees"]


class SignedForm(PortalForm):
    dated = DateField(label="Ngày văn bản", help_text="Ngày đồng chí có thẩm quyền ký.")


class TakeBackForm(PortalForm):
    reason = LineField(label="Vì sao lấy về sửa")


class SecretPlaceForm(PortalForm):
    """All that is kept of a secret-marked paper."""

    organisation = UnitField(Organisation.objects.none(), label="Cơ quan ban hành", empty_label=None)
    type_code = forms.ChoiceField(label="Thể loại", choices=[("resolution", "Nghị quyết"), *TYPE_CHOICES])
    dated = DateField(label="Ngày văn bản")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = paper_bodies(user)


class IncomingForm(PortalForm):
    organisation = UnitField(Organisation.objects.none(), label="Đơn vị nhận", empty_label=None)
    issuer = LineField(label="Cơ quan ban hành", max_length=200, help_text="Ví dụ: Ban Thường vụ Tỉnh ủy Hà Tĩnh.")
    number_line = LineField(label="Số, ký hiệu", max_length=60, help_text="Như in trên văn bản: 12-HD/BTCTW.")
    dated = DateField(label="Ngày văn bản")
    type_name = forms.ChoiceField(
        label="Thể loại", choices=[(t.name.capitalize(), t.name.capitalize()) for t in TYPES.values()]
    )
    title = LineField(label="Trích yếu (văn bản có độ mật thì để trống)", required=False)
    received_on = DateField(label="Ngày đến")
    is_secret = forms.BooleanField(
        label="Văn bản có độ mật: chỉ ghi số và ngày, theo dõi riêng ngoài cổng", required=False
    )
    scan = UploadField(label="Bản quét", required=False, allowed=("pdf", "jpg", "png"), help_text="PDF hoặc ảnh. Không gửi bản có độ mật.")  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = paper_bodies(user)

    def clean(self):
        """All that is missing at once; a secret-marked paper leaves number and day alone."""
        answers = super().clean()
        if not answers.get("title") and not answers.get("is_secret"):
            self.add_error("title", "Ghi trích yếu: văn bản về việc gì.")
        return answers


class IncomingFilter(FilterForm):
    text = LineField(label="Số, trích yếu, nơi gửi", max_length=100)

    def apply(self, rows, text=""):
        for word in fold(text).split():
            rows = rows.filter(search_key__contains=word)
        return rows
