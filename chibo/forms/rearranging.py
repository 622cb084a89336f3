"""Guided acts on organisations, delegations of right, days off."""

from django import forms

from chibo.choices import Right, Role
from chibo.models import CellType, Member, Organisation, OrganisationKind
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class OrganisationChoice(forms.ModelChoiceField):
    def label_from_instance(self, one):
        return f"{one.name}, {one.parent.name}" if one.parent_id else one.name


class OrganisationChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, one):
        return f"{one.name}, {one.parent.name}" if one.parent_id else one.name


class ActForm(PortalForm):
    """What every act asks; `seen` carries the plan that was looked at."""

    effective_on = DateField(label="Có hiệu lực từ ngày", help_text="Đến hết ngày hôm trước mọi thứ giữ như cũ.")
    decision = LineField(label="Theo quyết định", max_length=200, help_text="Ví dụ: Quyết định 12-QĐ/ThU, 25/6/2025")
    seen = forms.CharField(required=False, widget=forms.HiddenInput, label="")

    def __init__(self, *args, organisation, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation, self.user = organisation, user

    def near(self, *, cells: bool):
        """Organisations the user rearranges that still work, without this one."""
        rows = Organisation.objects.visible_to(self.user).filter(scope_of(self.user).covers_as("path", Role.ORGANISING))
        rows = rows.filter(kind__is_cell=cells, kind__is_body=False).exclude(pk=self.organisation.pk).exclude(valid_to__lt=today())  # fmt: skip
        return rows.select_related("parent").order_by("parent__sort_key", "sort_key", "pk")


class RenameForm(ActForm):
    name = LineField(label="Tên mới", max_length=200)
    short_name = LineField(label="Tên gọn", max_length=100, required=False)
    header_name = LineField(label="Dòng tên cơ quan trên văn bản", max_length=200, required=False, help_text="Để trống: giữ như cũ.")  # fmt: skip
    field_order = ["name", "short_name", "header_name"]


class RetypeForm(ActForm):
    cell_type = forms.ModelChoiceField(CellType.objects.all(), label="Loại hình chi bộ", required=False, empty_label="Giữ như cũ")  # fmt: skip
    unit_kind = forms.ModelChoiceField(OrganisationKind.objects.none(), label="Loại tổ chức", required=False, empty_label="Giữ như cũ")  # fmt: skip
    field_order = ["cell_type", "unit_kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = self.organisation.kind
        self.fields["unit_kind"].queryset = OrganisationKind.objects.filter(is_cell=own.is_cell, is_body=own.is_body)
        if not own.is_cell:
            del self.fields["cell_type"]


class MoveForm(ActForm):
    heir = OrganisationChoice(Organisation.objects.none(), label="Về trực thuộc", empty_label="Chọn cấp trên mới")
    field_order = ["heir"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["heir"].queryset = self.near(cells=False)


class MergeForm(ActForm):
    heir = OrganisationChoice(Organisation.objects.none(), label="Nơi tiếp nhận", empty_label="Chọn nơi tiếp nhận")
    field_order = ["heir"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["heir"].queryset = self.near(cells=self.organisation.kind.is_cell)


class DissolveForm(MergeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["heir"].required = False
        self.fields["heir"].help_text = "Bắt buộc khi còn đảng viên hoặc đơn vị trực thuộc."


class DisbandForm(MergeForm):
    """Two votes: of the superior, and of the committee above it."""

    proposed_base = forms.IntegerField(label="Cấp trên trực tiếp: số ủy viên đương nhiệm", min_value=1, max_value=500)
    proposed = forms.IntegerField(label="Số đề nghị giải tán", min_value=0, max_value=500, help_text="Ít nhất hai phần ba (294-QĐ/TW 9.3.5).")  # fmt: skip
    decided_base = forms.IntegerField(label="Cấp trên nữa: số ủy viên đương nhiệm", min_value=1, max_value=500)
    decided = forms.IntegerField(label="Số quyết định giải tán", min_value=0, max_value=500, help_text="Quá nửa.")
    field_order = ["heir", "proposed_base", "proposed", "decided_base", "decided"]


class HandoverForm(PortalForm):
    handed_over_on = DateField(label="Bàn giao xong ngày", required=False)
    seal_returned_on = DateField(label="Nộp con dấu, hồ sơ ngày", required=False, help_text="Tổ chức không có con dấu: ngày nộp hồ sơ.")  # fmt: skip


class UniteForm(ActForm):
    name = LineField(label="Tên tổ chức mới", max_length=200)
    others = OrganisationChoices(Organisation.objects.none(), label="Hợp nhất với", widget=forms.CheckboxSelectMultiple)
    field_order = ["name", "others"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["others"].queryset = self.near(cells=self.organisation.kind.is_cell).filter(parent=self.organisation.parent)  # fmt: skip


class SplitForm(ActForm):
    name = LineField(label="Tên tổ chức mới", max_length=200)
    members = forms.ModelMultipleChoiceField(
        Member.objects.none(), label="Đảng viên sang tổ chức mới", required=False, widget=forms.CheckboxSelectMultiple
    )
    children = OrganisationChoices(
        Organisation.objects.none(),
        label="Đơn vị sang tổ chức mới",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["name", "members", "children"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.organisation.kind.is_cell:
            del self.fields["children"]
            rows = Member.objects.visible_to(self.user).placed_on(today()).filter(organisation=self.organisation)
            self.fields["members"].queryset = rows.in_order()
        else:
            del self.fields["members"]
            rows = Organisation.objects.visible_to(self.user).under_on(self.organisation, today())
            self.fields["children"].queryset = rows.filter(kind__is_body=False).select_related("parent").in_order()


class DelegationForm(PortalForm):
    right = forms.ChoiceField(label="Quyền được giao", choices=Right)
    starts_on = DateField(label="Từ ngày", initial=today)
    ends_on = DateField(label="Đến ngày", required=False)
    decision = LineField(label="Theo quyết định", max_length=200)


class HolidayForm(PortalForm):
    day = DateField(label="Ngày")
    name = LineField(label="Tên ngày nghỉ", max_length=100, help_text="Ví dụ: Giỗ Tổ Hùng Vương, nghỉ Tết, làm bù")
    is_worked = forms.BooleanField(label="Là ngày làm bù (thứ Bảy, Chủ nhật đi làm)", required=False)
    source = LineField(label="Căn cứ", max_length=200, help_text="Ví dụ: thông báo của Bộ Nội vụ, số, ngày")
