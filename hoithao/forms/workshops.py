"""What is added to a workshop, by plain forms."""

from django import forms

from chibo.forms.units import UnitField
from chibo.models import Organisation
from hoithao.choices import RemarkSort
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.forms import LineField, PortalForm, TextField


class PaperForm(PortalForm):
    organisation = UnitField(Organisation.objects.none(), label="Đơn vị", empty_label="Chọn đơn vị")
    title = LineField(label="Tên tham luận")
    author = LineField(label="Người trình bày", max_length=200, help_text="Ghi chức danh.")
    text = TextField(label="Nội dung", rows=10, required=False)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = (
            Organisation.objects.below(meeting.organisation).valid_on(today()).in_order()
        )


class RemarkForm(PortalForm):
    sort = forms.ChoiceField(label="Loại", choices=RemarkSort, initial=RemarkSort.FLOOR)
    speaker = LineField(label="Người phát biểu", max_length=200, help_text="Ghi chức danh.")
    text = TextField(label="Nội dung", rows=5)


class DisagreementForm(PortalForm):
    matter = LineField(label="Vấn đề")
    first_view = TextField(label="Loại ý kiến thứ nhất", rows=3)
    first_by = LineField(label="Ai nêu ý kiến thứ nhất", max_length=200, required=False, help_text="Ghi chức danh.")
    second_view = TextField(label="Loại ý kiến thứ hai", rows=3, required=False)
    second_by = LineField(label="Ai nêu ý kiến thứ hai", max_length=200, required=False, help_text="Ghi chức danh.")
    other_views = TextField(label="Ý kiến khác", rows=2, required=False)
    settled = TextField(label="Đã thống nhất", rows=3, required=False, help_text="Để trống nếu còn để ngỏ.")
    carried_by = LineField(label="Giao ai nghiên cứu tiếp", max_length=200, required=False)


class ConclusionForm(PortalForm):
    heading = LineField(label="Ý chính")
    text = TextField(label="Nội dung", rows=4, required=False)


def seen_with(form):
    """The same form with the words as they were when the page was opened."""
    return type(f"{form.__name__}Seen", (form,), {"seen": forms.CharField(required=False, widget=forms.HiddenInput)})
