"""Found and correct organisations, terms and posts."""

import re

from django import forms

from chibo.choices import Post, Role
from chibo.models import CellType, Member, Organisation, OrganisationKind
from chibo.rulebooks import rulebook_on
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class OrganisationFilter(FilterForm):
    name = LineField(label="Tên")
    kind = forms.ModelChoiceField(OrganisationKind.objects.all(), label="Loại", empty_label="Mọi loại")
    type = forms.ModelChoiceField(CellType.objects.all(), label="Loại hình", empty_label="Mọi loại hình")
    ngay = DateField(label="Xem tại ngày")

    def apply(self, rows, **answers):
        day = answers.get("ngay", today())
        if "name" in answers:
            rows = rows.looking_on(day, search_key__contains=fold(answers["name"]))
        if "kind" in answers:
            rows = rows.looking_on(day, kind=answers["kind"])
        if "type" in answers:
            rows = rows.looking_on(day, cell_type=answers["type"])
        return rows


class WrittenForm(PortalForm):
    """What is written of an organisation."""

    name = LineField(label="Tên", max_length=200)
    short_name = LineField(label="Tên gọn", max_length=100, required=False)
    header_superior = LineField(
        label="Dòng cấp trên trên văn bản", max_length=200, required=False, help_text="Ví dụ: ĐẢNG BỘ PHƯỜNG HƯNG TRÍ"
    )
    header_name = LineField(
        label="Dòng tên cơ quan trên văn bản", max_length=200, help_text="Ví dụ: CHI BỘ TỔ DÂN PHỐ 1"
    )
    symbol = LineField(label="Ký hiệu văn bản", max_length=15, required=False, help_text="Để trống: theo loại tổ chức.")
    place_name = LineField(label="Địa danh", max_length=100)
    code = LineField(label="Mã tổ chức", max_length=30, required=False, help_text="Cấp trên cấp, năm nhóm số. Ví dụ: 38.168.053.000.001")  # fmt: skip
    meeting_day = forms.IntegerField(label="Ngày sinh hoạt cố định", min_value=1, max_value=28, required=False)
    meeting_place = LineField(label="Nơi họp thường dùng", max_length=200, required=False)
    valid_from = DateField(label="Hoạt động từ", required=False)
    valid_to = DateField(label="Hoạt động đến", required=False)

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code and not re.fullmatch(r"\d{2}(\.\d{3}){4}", code):
            raise forms.ValidationError(
                "Mã tổ chức gồm 2 số rồi bốn nhóm 3 số, cách nhau bằng dấu chấm. Ví dụ: 38.168.053.000.001"
            )
        return code


class EstablishForm(WrittenForm):
    kind = forms.ModelChoiceField(OrganisationKind.objects.all(), label="Loại tổ chức", empty_label="Chọn loại")
    parent = forms.ModelChoiceField(Organisation.objects.none(), label="Trực thuộc", empty_label="Chọn cấp trên")
    cell_type = forms.ModelChoiceField(
        CellType.objects.all(), label="Loại hình chi bộ", required=False, empty_label="Không phải chi bộ"
    )
    decision = LineField(label="Theo quyết định", max_length=200, help_text="Ví dụ: Quyết định 12-QĐ/ThU, 25/6/2020")
    members = forms.IntegerField(label="Số đảng viên dự kiến", min_value=0, max_value=9999, required=False)
    official = forms.IntegerField(label="Trong đó chính thức", min_value=0, max_value=9999, required=False, help_text="Có số thì cổng đối chiếu với mức quy định của ngày lập. Chưa rõ: để trống.")  # fmt: skip
    consent = LineField(label="Văn bản cấp trên đồng ý", max_length=200, required=False, help_text="Chỉ khi lập khác mức quy định: số, ngày.")  # fmt: skip
    field_order = ["kind", "parent", "cell_type", "name", "valid_from", "decision", "members", "official", "consent"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].required, self.fields["valid_from"].label = True, "Hoạt động từ"
        del self.fields["valid_to"]
        own = scope_of(user).covers_as("path", Role.ORGANISING)
        parents = Organisation.objects.visible_to(user).filter(own, kind__is_cell=False, kind__is_body=False).in_order()
        self.fields["parent"].queryset = parents


class TermForm(PortalForm):
    name = LineField(label="Nhiệm kỳ", max_length=60, help_text="Ví dụ: 2020–2025")
    ordinal = LineField(label="Khóa", max_length=20, required=False)
    starts_on = DateField(label="Bắt đầu")
    ends_on = DateField(label="Kết thúc", required=False)
    sitting_members = forms.IntegerField(label="Số ủy viên đương nhiệm", min_value=1, max_value=500, required=False)

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ordinal"].help_text = "Tách: giữ số khóa của tổ chức cũ; lập mới: khóa I; hợp nhất, sáp nhập: số lần đại hội đã có cộng khóa này (06-HD/TW 13.2)."  # fmt: skip
        book = rulebook_on(today())
        short = organisation.kind.is_cell and not organisation.kind.is_base
        months = book["cell_term_months"] if short else 60
        self.fields["ends_on"].help_text = f"Nhiệm kỳ {months} tháng; nhiệm kỳ đầu sau khi lập, tách, nhập có thể ngắn hơn ({book.source if short else 'Điều lệ Đảng'})."  # fmt: skip


class PositionForm(PortalForm):
    member = forms.ModelChoiceField(Member.objects.none(), label="Đồng chí", empty_label="Chọn đồng chí")
    post = forms.ChoiceField(
        label="Chức vụ",
        choices=Post,
        help_text="Chức vụ không mở quyền trên cổng: quyền theo vai trò do Quản trị giao.",
    )
    starts_on = DateField(label="Từ ngày", initial=today)
    ends_on = DateField(label="Đến ngày", required=False)

    def __init__(self, *args, organisation, user, **kwargs):
        super().__init__(*args, **kwargs)
        elsewhere = Post.only_above_cells() if organisation.kind.is_cell else Post.only_in_cells()
        self.fields["post"].choices = [(post.value, post.label) for post in Post if post not in elsewhere]
        self.fields["member"].queryset = (
            Member.objects.visible_to(user)
            .filter(organisation__path__startswith=organisation.path, left_on__isnull=True)
            .in_order()
        )
