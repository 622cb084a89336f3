"""What may be set, and what it is worth on a day in a branch of the tree."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.registry import Registry
from kyanh_portal.ui.forms import LineField, TextField

SORTS: dict[str, Callable[..., forms.Field]] = {
    "integer": forms.IntegerField,
    "share": forms.DecimalField,
    "text": LineField,
    "long": TextField,
    "choice": forms.ChoiceField,
    "boolean": forms.BooleanField,
}


@dataclass(frozen=True)
class Parameter:
    """One value that staff may set from a day on.

    `sort`: integer · share (per cent, 0–100) · text · long · choice · boolean. `default` holds where nobody set it,
    `source` says on which rule the default stands ("chưa xác nhận" where none was found).
    """

    name: str
    label: str
    group: str
    sort: str
    default: Any
    source: str
    help: str = ""
    unit: str = ""
    choices: tuple = ()
    least: int | None = None
    most: int | None = None
    check: Callable | None = None  # raises RuleBroken where a text cannot be read

    def field(self) -> forms.Field:
        """The form field that takes a value."""
        options = {"label": "Giá trị", "required": self.sort != "boolean", "help_text": self.unit}
        if self.sort in ("integer", "share"):
            least, most = (self.least, self.most) if self.sort == "integer" else (self.least or 0, self.most or 100)
            options |= {"min_value": least, "max_value": most}
        if self.sort == "choice":
            options["choices"] = self.choices
        if self.check is not None:
            options["validators"] = [self._checked]
        return SORTS[self.sort](**options)

    def _checked(self, value) -> None:
        try:
            self.check(value)
        except RuleBroken as broken:
            raise forms.ValidationError(broken.message) from None

    def words(self, value) -> str:
        """The value as people read it."""
        if self.sort == "boolean":
            return "Có" if value else "Không"
        if self.sort == "choice":
            return dict(self.choices).get(value, str(value))
        unit = "%" if self.sort == "share" else f" {self.unit}" if self.unit else ""
        return f"{str(value).replace('.', ',')}{unit}"


parameters: Registry[Parameter] = Registry("parameter")


def add_parameter(name, label, group, sort, default, source, **more) -> Parameter:
    """Register a value that staff may set (see Parameter)."""
    return parameters.add(name, Parameter(name, label, group, sort, default, source, **more))


def value_on(name: str, day: dt.date, path: str = "") -> Any:
    """What the parameter is worth on `day` for the organisation at `path`: the nearest branch that set it decides.

    Of one branch the newest value in force counts. Costs one query; a list asks `values_on` once instead.
    """
    return values_on([name], day, path)[name]


def values_on(names: list[str], day: dt.date, path: str = "") -> dict[str, Any]:
    """The same for several parameters in one query."""
    return _nearest(names, _in_force(names, day), path)


def values_for(name: str, day: dt.date, paths: Iterable[str]) -> dict[str, Any]:
    """What one parameter is worth for many organisations, by their paths, in one query."""
    rows = _in_force([name], day)
    return {path: _nearest([name], rows, path)[name] for path in paths}


def values_at(name: str, places: Iterable[tuple[dt.date, str]]) -> dict[tuple[dt.date, str], Any]:
    """What one parameter is worth at many (day, path), in one query."""
    places = set(places)
    rows = _in_force([name], max(day for day, _ in places)) if places else []
    return {
        (day, path): _nearest([name], [row for row in rows if row.valid_from <= day], path)[name]
        for day, path in places
    }


def _in_force(names: list[str], day: dt.date) -> list:
    from kyanh_portal.parameters.models import ParameterValue

    return list(ParameterValue.objects.filter(name__in=names, valid_from__lte=day).order_by("valid_from", "pk"))


def _nearest(names: list[str], rows, path: str) -> dict[str, Any]:
    worth = {name: parameters.get(name).default for name in names}
    depth: dict[str, int] = {}
    for row in rows:
        if path.startswith(row.path) and len(row.path) >= depth.get(row.name, -1):
            depth[row.name], worth[row.name] = len(row.path), row.value
    return worth
