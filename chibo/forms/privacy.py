"""Numbers, requests about data, incidents, and the reason of an export."""

from django import forms
from django.utils import timezone

from chibo.choices import Asked
from chibo.fieldclasses import CLASSES
from chibo.models import Member, Organisation
from chibo.rules import months_after
from kyanh_portal.base.calendar import now, today
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField

ABOUT = [("", "Không nêu mục cụ thể")] + [
    (name, str(Member._meta.get_field(name).verbose_name).capitalize())
    for name, one in CLASSES["chibo.Member"].items()
    if one.level != "T" and name not in ("sort_key", "search_key", "user")
]


class MomentField(forms.DateTimeField):
    """A day and an hour: the native input, or 18/12/2020 14:30 typed by hand."""

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={"invalid": "Ghi ngày và giờ, ví dụ 18/12/2020 14:30."}, **kwargs,
        )  # fmt: skip


class NumberForm(PortalForm):
    number = LineField(
        label="Số định danh cá nhân", max_length=20, help_text="12 chữ số. Cổng giữ dạng mã hóa, chỉ hiện bốn số cuối."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}


class ReasonForm(PortalForm):
    reason = LineField(
        label="Lý do", max_length=300, min_length=5, help_text="Nhật ký ghi lý do, tên đồng chí và giờ xem."
    )


class ExportForm(PortalForm):
    reason = LineField(
        label="Lý do xuất danh sách", max_length=300, min_length=5, help_text="In ở đầu tệp và ghi vào nhật ký."
    )


class RequestForm(PortalForm):
    kind = forms.ChoiceField(label="Đề nghị", choices=Asked, initial=Asked.CORRECT)
    about = forms.ChoiceField(label="Về mục", choices=ABOUT, required=False)
    text = TextField(label="Nội dung", max_length=1000, rows=3, help_text="Mục sửa thì ghi thế nào là đúng.")
    ground = LineField(
        label="Giấy tờ kèm theo", required=False, help_text="Chỉ ghi tên, số, ngày của giấy. Không gửi ảnh giấy tờ."
    )


class RequestForForm(RequestForm):
    asked_on = DateField(label="Ngày nhận đề nghị", initial=today)


class AnswerForm(PortalForm):
    is_granted = forms.TypedChoiceField(
        label="Kết quả",
        choices=[("1", "Đồng ý, đã làm"), ("0", "Không làm được")],
        coerce=lambda v: v == "1",
        widget=forms.RadioSelect,
    )
    answer = TextField(
        label="Trả lời", max_length=1000, rows=3, help_text="Đã sửa gì, ở đâu; hoặc vì sao không, theo quy định nào."
    )


class IncidentForm(PortalForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Xảy ra ở", empty_label=None)
    what = TextField(
        label="Việc gì đã xảy ra",
        max_length=1000,
        rows=4,
        help_text="Máy mất, gửi nhầm tệp, người lạ vào tài khoản… Không chép dữ liệu của ai vào đây.",
    )
    found_at = MomentField(label="Phát hiện lúc", initial=now)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(user).valid_on(today()).in_order()

    def clean_found_at(self):
        found_at = self.cleaned_data["found_at"]
        if timezone.localdate(found_at) < months_after(today(), -12):
            raise forms.ValidationError("Ngày phát hiện cách đây hơn một năm. Kiểm tra lại năm.")
        return found_at


class HandleForm(PortalForm):
    measures = TextField(label="Đã xử lý", max_length=1000, rows=3, required=False)
    told_to = LineField(
        label="Đã báo cơ quan chuyên trách",
        required=False,
        help_text="Tên cơ quan, số và ngày công văn (Mẫu 08, NĐ 356/2025/NĐ-CP).",
    )
    told_at = MomentField(
        label="Báo lúc", required=False, help_text="Giờ gửi công văn hoặc giờ gọi. Để trống: lúc này."
    )
    is_closed = forms.BooleanField(label="Kết thúc sự cố", required=False)

    def __init__(self, *args, is_told=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_told:  # noted once; what comes later belongs to what was done
            del self.fields["told_to"], self.fields["told_at"]
