"""A date of which only the month or the year may be known."""

import datetime as dt
import re

from django import forms

from chibo.choices import Precision
from kyanh_portal.base.calendar import FIRST_YEAR, LAST_YEAR, vn_date
from kyanh_portal.base.vietnamese import clean_line

HELP = "Ghi 12/5/1952; chỉ biết tháng thì 5/1952; chỉ biết năm thì 1952."


class PartialDateField(forms.CharField):
    """Typed text → (date, precision), or None where left empty; the first day stands for an unknown one."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("help_text", HELP)
        super().__init__(**kwargs)

    def to_python(self, value):
        text = clean_line(super().to_python(value) or "")
        if not text:
            return None
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            year, month, day, known = *map(int, match.groups()), Precision.DAY
        elif match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
            day, month, year, known = *map(int, match.groups()), Precision.DAY
        elif match := re.fullmatch(r"(\d{1,2})/(\d{4})", text):
            (month, year), day, known = map(int, match.groups()), 1, Precision.MONTH
        elif re.fullmatch(r"\d{4}", text):
            day, month, year, known = 1, 1, int(text), Precision.YEAR
        else:
            raise forms.ValidationError(f"Ngày chưa đúng. {HELP}")
        try:
            found = dt.date(year, month, day)
        except ValueError:
            raise forms.ValidationError(f"Ngày chưa đúng. {HELP}") from None
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(f"Năm {year} chưa đúng. Ghi lại năm, bốn chữ số.")
        return found, known

    def prepare_value(self, value):
        return vn_date(value) if isinstance(value, dt.date) else value


def apart(cleaned: dict, *names: str) -> dict:
    """The answers with each `born_on` pair taken apart into `born_on` and `born_precision`."""
    for name in names:
        if f"{name}_on" in cleaned:
            pair = cleaned[f"{name}_on"]
            cleaned[f"{name}_on"], cleaned[f"{name}_precision"] = pair if pair else (None, Precision.DAY)
    return cleaned
