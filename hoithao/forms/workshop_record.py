"""Prepare a workshop; draw together what it brought; issue its papers."""

from django import forms

from chibo.models import CellType
from hoithao.choices import SolutionSort
from hoithao.models import Conclusion, Paper
from hoithao.services.workshop_issuing import Signing
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField


class PlanForm(PortalForm):
    chair_post = LineField(label="Chủ trì", max_length=200, required=False, help_text="Ghi chức danh.")
    organisers = TextField(
        label="Đơn vị tổ chức", rows=2, required=False, help_text="Mỗi dòng một đơn vị; dòng đầu chủ trì."
    )
    purpose = TextField(label="Mục đích, yêu cầu", rows=3, required=False)
    invited = TextField(label="Thành phần mời", rows=5, required=False, help_text="Mỗi dòng một thành phần.")
    prepare = TextField(label="Tài liệu, chuẩn bị", rows=2, required=False)
    papers_by = DateField(label="Hạn gửi tham luận", required=False)
    reply_by = DateField(label="Báo vắng trước ngày", required=False)
    contact = LineField(label="Nơi báo vắng", max_length=200, required=False)
    delegates = forms.IntegerField(label="Số đại biểu dự", min_value=1, max_value=100_000, required=False)
    more_than = forms.BooleanField(label="Chỉ biết “hơn” số này (hơn 80 đại biểu)", required=False)


class ProgrammeForm(PortalForm):
    lines = TextField(
        label="Chương trình", rows=12, required=False,
        help_text="Mỗi dòng: giờ | nội dung | người thực hiện. Ví dụ: 7 giờ 30 | Khai mạc | Thường trực Thị ủy.",
    )  # fmt: skip


class StateForm(PortalForm):
    cell_type = forms.ModelChoiceField(CellType.objects.all(), label="Loại hình chi bộ", empty_label="Chọn loại hình")
    strengths = TextField(label="Ưu điểm", rows=4)
    weaknesses = TextField(label="Hạn chế", rows=4, required=False)
    causes = TextField(label="Nguyên nhân", rows=3, required=False)


class SolutionForm(PortalForm):
    sort = forms.ChoiceField(label="Loại", choices=SolutionSort)
    theme = LineField(label="Nhóm vấn đề", max_length=200, help_text="Ví dụ: Chuẩn bị nội dung.")
    text = TextField(label="Nội dung", rows=3)
    paper = forms.ModelChoiceField(
        Paper.objects.none(), label="Từ tham luận", required=False, empty_label="Không từ bài nào"
    )
    conclusion = forms.ModelChoiceField(
        Conclusion.objects.none(), label="Đã vào kết luận", required=False, empty_label="Chưa vào kết luận"
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = meeting.papers.order_by("order")
        self.fields["conclusion"].queryset = meeting.conclusions.order_by("order")


class IssueForm(PortalForm):
    dated = DateField(label="Ngày văn bản")
    signing = forms.ChoiceField(label="Ký với danh nghĩa", choices=Signing)
    signer_name = LineField(label="Người ký", max_length=120)
