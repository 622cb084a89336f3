"""The crispy helper, once; and fields that clean what people type."""

import re

from crispy_forms.helper import FormHelper
from django import forms

from kyanh_portal.base.calendar import FIRST_YEAR, LAST_YEAR
from kyanh_portal.base.stamps import GUIDE, stop_stamps, typed_texts
from kyanh_portal.base.vietnamese import clean_line, clean_text

REQUIRED = "Mục này chưa ghi. Đồng chí ghi rồi gửi lại."
# What Django says in machine Vietnamese, in our words; %(…)s as its validators give them.
LIMITS = {
    "max_length": "Đã ghi %(show_value)d chữ cái, ô này giữ được %(limit_value)d. Ghi gọn lại rồi gửi.",
    "min_length": "Ghi rõ hơn, ít nhất %(limit_value)d chữ cái.",
    "min_value": "Ghi số từ %(limit_value)s trở lên.",
    "max_value": "Ghi số không quá %(limit_value)s.",
    "max_decimal_places": "Ghi nhiều nhất %(max)s chữ số sau dấu phẩy.",
    "max_digits": "Số này dài quá, nhiều nhất %(max)s chữ số.",
    "max_whole_digits": "Số này dài quá, nhiều nhất %(max)s chữ số trước dấu phẩy.",
}
NOT_A_NUMBER = "Ghi bằng chữ số, ví dụ 12."
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*")
NOT_IN_LIST = "Chọn một mục có trong danh sách."


class LineField(forms.CharField):
    """One line: composed, without invisible characters."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)

    def to_python(self, value):
        return clean_line(super().to_python(value) or "")


class TextField(forms.CharField):
    """Several lines, up to 100,000 letters."""

    def __init__(self, rows=4, **kwargs):
        kwargs.setdefault("max_length", 100_000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value):
        return clean_text(super().to_python(value) or "")


class DateField(forms.DateField):
    """A native date input, which speaks the reader's language; dd/mm/yyyy typed by hand is understood too."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        kwargs.setdefault("error_messages", {"invalid": "Ngày chưa đúng. Ghi theo mẫu 18/12/2020."})
        super().__init__(**kwargs)

    def to_python(self, value):
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"Năm {day.year} chưa đúng. Ghi lại năm, bốn chữ số.")
        return day


class MoneyField(forms.IntegerField):
    """Whole đồng, as people write them: 1500000, 1.500.000 or 1 500 000 đ; shown again with points between thousands."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        kwargs.setdefault("error_messages", {"invalid": "Ghi số đồng bằng chữ số, ví dụ 1.500.000."})
        super().__init__(**kwargs)

    def to_python(self, value):
        typed = re.sub(r"\s*(đ|đồng)?\s*$", "", str(value or "").strip(), flags=re.IGNORECASE)
        return super().to_python(re.sub(r"[.,\s]", "", typed) if _GROUPED.fullmatch(typed) else typed)

    def prepare_value(self, value):
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def _say_in_our_words(field) -> None:
    said = field.error_messages
    if said.get("required") == forms.Field.default_error_messages["required"]:
        said["required"] = REQUIRED
    for code, words in LIMITS.items():
        said.setdefault(code, words)
    if isinstance(field, forms.IntegerField) and said.get("invalid") == type(field).default_error_messages.get(
        "invalid"
    ):
        said["invalid"] = NOT_A_NUMBER
    if isinstance(field, (forms.ModelChoiceField, forms.ChoiceField)):
        said["invalid_choice"] = NOT_IN_LIST


class PortalFormMixin:
    """Labels, errors in our words, and a helper without the <form> tag: the page writes it, with its button."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not field.required and field.label and "không bắt buộc" not in str(field.label):
                if not isinstance(field, forms.BooleanField):
                    field.label = f"{field.label} (không bắt buộc)"

    def full_clean(self):
        """Our words for every field the form has by now: a form may add some after it was made, one for each row."""
        for field in self.fields.values():
            _say_in_our_words(field)
        super().full_clean()

    def _clean_form(self):
        """Whatever was typed on the page, in fields of the form or beside them: no secrecy stamp gets further."""
        super()._clean_form()
        if name := stop_stamps(typed_texts(self.data), type(self).__name__):
            own = next((field for field in self.fields if self.add_prefix(field) == name), None)
            self.add_error(own, GUIDE)

    @property
    def helper(self):
        """The crispy helper over the fields the form has in the end; a form may drop some of its own."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def add_rule_broken(self, broken):
        """Show a refusal of the services at its field, or on top."""
        self.add_error(broken.field if broken.field in self.fields else None, broken.message)


class PortalForm(PortalFormMixin, forms.Form):
    """A plain form of the portal."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """A form over a model: name its fields one by one, never "__all__"."""
