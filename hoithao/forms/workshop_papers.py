"""Order a paper, send one, judge one."""

from django import forms

from chibo.forms.units import UnitsField
from chibo.models import Organisation
from kyanh_portal.base.calendar import today
from kyanh_portal.files.forms import UploadField
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField

PAPER_KINDS = ("docx", "pdf")


class OrderForm(PortalForm):
    organisations = UnitsField(
        label="Đơn vị được đặt bài",
        help_text="Bấm tên đảng bộ để mở các chi bộ. Mỗi đơn vị được chọn gửi một bài.",
    )
    subject = LineField(label="Chủ đề đặt bài")
    asks = TextField(label="Yêu cầu", rows=4, required=False, help_text="Độ dài, nội dung cần có, mẫu trình bày.")
    due_on = DateField(label="Hạn gửi")
    is_lead_in = forms.BooleanField(label="Đây là báo cáo đề dẫn", required=False)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        units = Organisation.objects.below(meeting.organisation).valid_on(today())
        self.fields["organisations"].queryset = units.in_order()


class VersionForm(PortalForm):
    """The unit's paper: a file from the phone or the machine, or words typed."""

    title = LineField(label="Tên tham luận")
    author = LineField(label="Người viết", max_length=200, help_text="Ghi chức danh: Bí thư Chi bộ …")
    file = UploadField(
        allowed=PAPER_KINDS, label="Tệp Word hoặc PDF", required=False, help_text="Tối đa 25 MB. Tệp .docx hoặc .pdf."
    )
    text = TextField(label="Hoặc dán nội dung vào đây", rows=6, required=False, help_text="Không cần, nếu đã chọn tệp.")


class CommentForm(PortalForm):
    text = TextField(label="Nhận xét", rows=4)
    asks_changes = forms.BooleanField(label="Yêu cầu đơn vị sửa và gửi bản mới", required=False)


class WithdrawForm(PortalForm):
    reason = LineField(label="Vì sao thôi đặt bài này")
