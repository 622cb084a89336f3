"""Tables of the register as PDF and XLSX: one shape for all reports of this app that are rows and columns."""

from dataclasses import dataclass, field

from django import forms
from django.utils import timezone

from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today, vn_date, vn_time
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.reports.report import PDF, XLSX, Report
from kyanh_portal.ui.forms import PortalForm


@dataclass
class Table:
    """A title, the base it is counted on, named columns (text, int, percent), rows, the page of the facts behind it."""

    code: str
    title: str
    columns: list[Column]
    rows: list[list]
    base: str = ""
    notes: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def shown(self) -> list[list[tuple]]:
        """(value as people read it, is a number) of every cell."""
        return [[(in_words(value, column.kind), column.kind != "text") for column, value in zip(self.columns, row, strict=True)] for row in self.rows]  # fmt: skip


def in_words(value, kind) -> str:
    """A value of a table as people read it."""
    if value is None or value == "":
        return ""
    if kind == "percent":
        return f"{value * 100:.1f} %".replace(".", ",")
    return f"{value:,}".replace(",", ".") if kind == "int" else str(value)


class UnitForm(PortalForm):
    """Which organisation and year; a report adds its own questions."""

    unit = forms.ModelChoiceField(Organisation.objects.none(), label="Đơn vị", empty_label=None)
    year = forms.IntegerField(label="Năm", min_value=1950, max_value=2100)
    formats = forms.MultipleChoiceField(label="Dạng tệp", choices=Report.formats, initial=["pdf", "xlsx"], widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = today().year
        rows = Organisation.objects.visible_to(user).filter(kind__is_body=False)
        self.fields["unit"].queryset = rows.exclude(valid_to__lt=today()).order_by("path")


class TableReport(Report):
    """Subclass: `tables(unit, parameters, user)` returns the tables."""

    form_class = UnitForm
    file_name = "bang"

    def parameters(self, answers):
        return {"unit": answers["unit"].pk, "year": answers["year"]}

    def run_title(self, parameters):
        return f"{self.title}, {Organisation.objects.get(pk=parameters['unit']).name}, {parameters['year']}"

    def may_run(self, user, parameters):
        unit = Organisation.objects.filter(pk=parameters["unit"]).first()
        return unit is not None and scope_of(user).reaches(unit.path)

    def tables(self, unit, parameters, user) -> list[Table]:
        raise NotImplementedError  # pragma: no cover

    def steps(self, user, parameters, work, set_aside):
        work["unit"] = Organisation.objects.get(pk=parameters["unit"])
        work["tables"] = self.tables(work["unit"], parameters, user)
        yield

    def files(self, user, parameters, work, formats):
        now, unit, tables = timezone.now(), work["unit"], work["tables"]
        made = f"{user} lập lúc {vn_time(now)}, ngày {vn_date(timezone.localdate(now))}."
        name, out = f"{self.file_name}-{parameters['year']}", []
        if "pdf" in formats:
            context = {"title": self.title.upper(), "sub": f"{unit.name}, năm {parameters['year']}", "made": made, "is_synthetic": unit.is_synthetic, "tables": tables}  # fmt: skip
            out.append((f"{name}.pdf", PDF, report_pdf("print/growth_tables.html", context)))
        if "xlsx" in formats:
            label = ["Số liệu giả lập"] if unit.is_synthetic else []
            sheets = [Sheet(one.code, one.columns, one.rows, one.title, [unit.name, one.base, *one.notes, made, *label]) for one in tables]  # fmt: skip
            out.append((f"{name}.xlsx", XLSX, workbook(sheets)))
        return out
