"""What narrows the list of papers."""

from django import forms

from kyanh_portal.base.calendar import add_months
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.documents.kinds import kind_choices
from kyanh_portal.documents.models import SheetState
from kyanh_portal.documents.sheets import in_state
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import LineField


class MonthField(forms.DateField):
    """A month: the browser's own picker, or 12/2020 typed by hand."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "month"}, format="%Y-%m"))
        kwargs.setdefault("input_formats", ["%Y-%m", "%m/%Y"])
        kwargs.setdefault("error_messages", {"invalid": "Tháng chưa đúng. Ghi theo mẫu 12/2020."})
        super().__init__(**kwargs)


class DocumentFilter(FilterForm):
    text = LineField(label="Số, trích yếu, đơn vị", max_length=100)
    kind = forms.ChoiceField(label="Loại")
    month = MonthField(label="Tháng")

    sheet = forms.ChoiceField(label="Bản giấy", choices=[("", "Tất cả"), *SheetState.choices])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Tất cả"), *kind_choices()]

    def apply(self, rows, text="", kind="", month=None, sheet=""):
        """Rows narrowed by words, kind, month; `of_all_sheets` keeps them before the sheet is asked, for the counts."""
        if kind:
            rows = rows.filter(kind=kind)
        if month:
            rows = rows.filter(dated__gte=month, dated__lt=add_months(month, 1))
        for word in fold(text).split():
            rows = rows.filter(search_key__contains=word)
        self.of_all_sheets = rows
        return in_state(rows, sheet) if sheet else rows
