"""Báo cáo tổng hợp sinh hoạt chi bộ: cells of a branch over a month, a quarter or a year."""

import datetime as dt

from django import forms
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.safestring import mark_safe

from chibo.models import CellType, Organisation
from hoithao.charts import attendance_chart
from hoithao.figures import sums, sums_over
from hoithao.models import Meeting
from hoithao.models.meeting import began
from hoithao.rules import percent
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import add_months, month_named, months_between, today, vn_date, vn_date_short, vn_time
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.reports.report import PDF, XLSX, Report, add_report
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.templatetags.portal import vn_number

SPANS = [("month", "Tháng"), ("quarter", "Quý"), ("year", "Năm")]
COLUMNS = [
    Column("TT", 6, "int"), Column("Chi bộ", 34), Column("Đảng bộ", 28), Column("Loại hình", 22), Column("Phải họp", 9, "int"),
    Column("Đã họp", 9, "int"), Column("Đã khóa", 9, "int"), Column("Chuyên đề", 10, "int"), Column("Buổi điểm", 10, "int"),
    Column("Lượt được tính", 11, "int"), Column("Có mặt", 9, "int"), Column("Tỷ lệ", 9, "percent"), Column("Vắng có lý do", 10, "int"),
    Column("Vắng không lý do", 10, "int"), Column("Lượt phát biểu", 10, "int"), Column("Dưới thời lượng", 10, "int"), Column("Ngày họp", 20),
]  # fmt: skip
NAMES = [
    "cells_due", "cells_met", "regular", "thematic", "model_meetings", "base", "present", "excused", "unexcused", "speakers", "short",
]  # fmt: skip


def this_month() -> str:
    """The month a report is asked for when nothing else was said."""
    return f"{today():%Y-%m}"


class SummaryForm(PortalForm):
    span = forms.ChoiceField(label="Kỳ", choices=SPANS)
    month = forms.CharField(
        label="Tháng, hoặc tháng đầu của quý, năm", widget=forms.TextInput(attrs={"type": "month"}), initial=this_month
    )
    unit = forms.ModelChoiceField(Organisation.objects.none(), label="Đơn vị", empty_label=None)
    cell_type = forms.ModelChoiceField(
        CellType.objects.all(), label="Loại hình", required=False, empty_label="Mọi loại hình"
    )
    formats = forms.MultipleChoiceField(
        label="Dạng tệp", choices=Report.formats, initial=["pdf", "xlsx"], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = Organisation.objects.visible_to(user).filter(kind__is_body=False).select_related("kind")
        self.fields["unit"].queryset = units.order_by("path")

    def clean_month(self):
        try:
            month = month_named(self.cleaned_data["month"])
        except ValueError:
            raise forms.ValidationError("Ghi tháng theo mẫu 2020-12.") from None
        if not 1945 <= month.year <= 2200:
            raise forms.ValidationError("Kiểm tra lại năm.")
        return month


def months_of(span: str, month: dt.date) -> list[dt.date]:
    """The months of the period that holds this month."""
    if span == "year":
        return months_between(month.replace(month=1), month.replace(month=12))
    if span == "quarter":
        first = month.replace(month=3 * ((month.month - 1) // 3) + 1)
        return months_between(first, add_months(first, 2))
    return [month]


def period_name(span: str, month: dt.date) -> str:
    if span == "year":
        return f"năm {month.year}"
    if span == "quarter":
        return f"quý {['I', 'II', 'III', 'IV'][(month.month - 1) // 3]} năm {month.year}"
    return f"tháng {month.month} năm {month.year}"


class MeetingsSummary(Report):
    code = "sinh-hoat"
    title = "Báo cáo tổng hợp sinh hoạt chi bộ"
    about = "Số buổi, dự họp, vắng, biên bản từng chi bộ; theo tháng, quý hoặc năm."
    order = 10
    form_class = SummaryForm

    def parameters(self, answers):
        kind = answers["cell_type"]
        return {
            "span": answers["span"],
            "month": answers["month"].isoformat(),
            "unit": answers["unit"].pk,
            "type": kind.pk if kind else None,
        }

    def run_title(self, parameters):
        unit = Organisation.objects.get(pk=parameters["unit"])
        return (
            f"{self.title} {period_name(parameters['span'], dt.date.fromisoformat(parameters['month']))}, {unit.name}"
        )

    def may_run(self, user, parameters):
        unit = Organisation.objects.filter(pk=parameters["unit"]).first()
        return unit is not None and scope_of(user).reaches(unit.path)

    def _cells(self, parameters):
        unit = Organisation.objects.get(pk=parameters["unit"])
        cells = Organisation.objects.below(unit).cells().select_related("parent", "cell_type", "kind")
        if parameters["type"]:
            cells = cells.filter(cell_type=parameters["type"])
        return list(cells.order_by("parent__sort_key", "parent_id", "sort_key", "pk"))

    def count(self, user, parameters):
        return len({cell.parent_id for cell in self._cells(parameters)}) + 1

    def steps(self, user, parameters, work, set_aside):
        cells = self._cells(parameters)
        months = months_of(parameters["span"], dt.date.fromisoformat(parameters["month"]))
        work.update(
            cells=cells, months=months, rows=[], groups=[], unit=Organisation.objects.get(pk=parameters["unit"])
        )
        found, days = sums_over([cell.pk for cell in cells], months), self._days(cells, months)
        by_parent: dict = {}
        for cell in cells:
            by_parent.setdefault(cell.parent, []).append(cell)
        for parent, group in by_parent.items():
            work["groups"].append((parent.name if parent else "", self._group(group, found, days, work["rows"])))
            yield
        work["total"] = {name: sum(row["counts"][name] for row in work["rows"]) for name in NAMES}
        yield

    def _days(self, cells, months) -> dict[int, list[str]]:
        """Cell → the days of its regular meetings."""
        held = Meeting.objects.filter(
            organisation__in=[cell.pk for cell in cells], month__in=months, kind_is_regular=True, status__in=["open", "closed"]
        )  # fmt: skip
        days: dict[int, list[str]] = {}
        for pk, day in held.order_by(began()).values_list("organisation_id", TruncDate(began())):
            days.setdefault(pk, []).append(vn_date_short(day))
        return days

    def _group(self, cells, found, days, rows):
        group = []
        for cell in cells:
            sums_of_cell = found.get(cell.pk, {})
            counts = {name: sums_of_cell.get(name, 0) for name in NAMES}
            row = {"number": len(rows) + 1, "cell": cell, "counts": counts, "days": ", ".join(days.get(cell.pk, []))}
            row["share"] = percent(counts["present"], counts["base"])
            rows.append(row)
            group.append(row)
        return group

    def files(self, user, parameters, work, formats):
        month = dt.date.fromisoformat(parameters["month"])
        total = work["total"]
        title = f"{self.title} {period_name(parameters['span'], month)}"
        now = timezone.now()
        made = f"{user} lập lúc {vn_time(now)}, ngày {vn_date(timezone.localdate(now))}."
        units = f"{sum(1 for row in work['rows'] if row['counts']['regular'])}/{len(work['rows'])} chi bộ có báo cáo (biên bản đã khóa). "
        base = (
            units
            + f"{vn_number(total['regular'])}/{vn_number(total['cells_due'])} buổi phải họp có biên bản đã khóa; tỷ lệ dự họp tính trên {vn_number(total['base'])} lượt đảng viên của các buổi đó."
        )
        is_synthetic = work["unit"].is_synthetic
        name = f"sinh-hoat-chi-bo-{parameters['month'][:7]}"
        out = []
        if "pdf" in formats:
            points = self._points(work)
            context = {
                "title": title.upper(), "sub": f"{work['unit'].name}. {base}", "made": made, "is_synthetic": is_synthetic, "work": work,
                "share": percent(total["present"], total["base"]), "total": total,
                "chart": mark_safe(attendance_chart(points)) if len(points) > 1 else "",  # noqa: S308 - drawn by us
            }  # fmt: skip
            out.append((f"{name}.pdf", PDF, report_pdf("print/meetings_summary.html", context)))
        if "xlsx" in formats:
            notes = [work["unit"].name, base, made, *(["Số liệu giả lập"] if is_synthetic else [])]
            out.append(
                (
                    f"{name}.xlsx",
                    XLSX,
                    workbook([Sheet("Tổng hợp", COLUMNS, [self.line(row) for row in work["rows"]], title, notes)]),
                )
            )
        return out

    def _points(self, work):
        found = sums([cell.pk for cell in work["cells"]], work["months"])
        points = []
        for month in work["months"]:
            rows = [row for (_, m), row in found.items() if m == month]
            points.append((f"T{month.month}", sum(r["present"] for r in rows), sum(r["base"] for r in rows)))
        return points

    def line(self, row) -> list:
        """One row of the spreadsheet."""
        c, cell = row["counts"], row["cell"]
        share = c["present"] / c["base"] if c["base"] else None
        return [
            row["number"], cell.name, cell.parent.name if cell.parent_id else "", cell.cell_type.name, c["cells_due"], c["cells_met"], c["regular"],
            c["thematic"], c["model_meetings"], c["base"], c["present"], share, c["excused"], c["unexcused"], c["speakers"], c["short"], row["days"],
        ]  # fmt: skip


add_report(MeetingsSummary())
