"""The superior's table of six months as files: each figure with its base, and the list behind it, PDF and XLSX."""

import datetime as dt

from django import forms

from chibo.models import Organisation
from hoithao.half_years import Half, columns, half_rows, half_summary
from hoithao.monthly import LEVELS
from hoithao.reports.monthly import Table, TableForm
from hoithao.rules import percent
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.reports.report import PDF, XLSX, add_report
from kyanh_portal.ui.templatetags.portal import vn_number

LIST = [Column("STT", 6, "int"), Column("Cột", 24), Column("Chi bộ", 34), Column("Đảng bộ", 28), Column("Ngày", 12), Column("Nội dung", 60), Column("Ghi chú", 36)]  # fmt: skip


def sheet_columns(counted) -> list[Column]:
    return [
        Column("STT", 6, "int"), Column("Chi bộ", 34), Column("Đảng bộ", 28), Column("Đảng viên", 10, "int"), Column("Phải họp", 9, "int"), Column("Đã họp", 9, "int"), Column("Có mặt", 9, "int"),
        Column("Lượt được tính", 10, "int"), Column("Tỷ lệ", 9, "percent"), Column("Lượt phát biểu", 10, "int"), Column("Chuyên đề", 9, "int"), Column("Buổi điểm", 9, "int"),
        *(Column(name, 9, "int") for name in LEVELS), *(Column(column.label, 13, "int") for column in counted),
        Column("Dân vận khéo", 10, "int"), Column("Tên mô hình", 40), Column("Ghi chú", 30),
    ]  # fmt: skip


def sheet_line(number, row, counted) -> list:
    s, note = row.span, row.note
    return [
        number, row.cell.name, row.cell.parent.name if row.cell.parent_id else "", s.members, s.due, s.met, s.present, s.base, s.present / s.base if s.base else None,
        s.speakers, s.thematic, s.model, *(s.levels[name] for name in LEVELS), *(row.number(column.code) for column in counted),
        note.number if note else None, note.names.replace("\n", "; ") if note else "", note.remark if note else "",
    ]  # fmt: skip


def listed(rows, counted) -> list[list]:
    """What the counted figures count, column by column, cell by cell; then what was typed, with who and when."""
    found = []
    for column in (one for one in counted if one.is_listed):
        for row in rows:
            for item in sorted(row.found[column.code], key=lambda one: (one.day, one.name)):
                found.append([column.label, row.cell, item.day, item.name, item.note])
    for row in rows:
        if row.note and row.note.number:
            found.append(["Dân vận khéo", row.cell, row.note.at.date(), row.note.names.replace("\n", "; "), f"{row.note.by or ''} ghi"])  # fmt: skip
    return [
        [n, label, cell.name, cell.parent.name if cell.parent_id else "", vn_date(day), name, note]
        for n, (label, cell, day, name, note) in enumerate(found, 1)
    ]


class SixForm(TableForm):
    half = forms.ChoiceField(label="Sáu tháng", choices=[("1", "Đầu năm"), ("2", "Cuối năm")])

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["month"].label = "Một tháng trong năm"
        self.fields["half"].initial = str(Half.of(today()).number)
        self.order_fields(["half", "month", "unit", "formats"])


class SixMonths(Table):
    code = "bang-6-thang"
    title = "Bảng tổng hợp sinh hoạt sáu tháng"
    about = "Mỗi chi bộ một dòng, sáu tháng liền; kèm danh sách kết nạp, học tập, kiểm tra."
    order = 21
    form_class = SixForm

    def half(self, parameters) -> Half:
        return Half(dt.date.fromisoformat(parameters["month"]).year, 1 if parameters["half"] == "1" else 2)

    def period(self, parameters):
        half = self.half(parameters)
        return f"{'đầu' if half.number == 1 else 'cuối'} năm {half.year}"

    def steps(self, user, parameters, work, set_aside):
        unit = Organisation.objects.get(pk=parameters["unit"])
        work["unit"], work["rows"] = unit, half_rows(user, unit, self.half(parameters))
        yield

    def files(self, user, parameters, work, formats):
        rows, unit, half = work["rows"], work["unit"], self.half(parameters)
        s, counted = half_summary(rows), [column for column in columns if column.is_counted]
        title, made = f"{self.title} {self.period(parameters)}", self.made_by(user)
        base = (
            f"{s['cells']} chi bộ hoạt động trong kỳ; {vn_number(s['met'])}/{vn_number(s['due'])} buổi thường kỳ phải họp đã họp; dự họp {vn_number(s['present'])}/{vn_number(s['base'])} lượt = {s['share']}; "
            f"{s['scored']} buổi có điểm; {s['told']}/{s['cells']} chi bộ đã ghi số mô hình Dân vận khéo."
        )  # fmt: skip
        bases = [f"{column.label}: {column.base}." for column in counted]
        lists, name, out = listed(rows, counted), f"sinh-hoat-6-thang-{half}", []
        if "pdf" in formats:
            lines = [(n, row, percent(row.span.present, row.span.base), [row.span.levels[x] for x in LEVELS], [row.number(c.code) for c in counted]) for n, row in enumerate(rows, 1)]  # fmt: skip
            context = {
                "title": title.upper(), "sub": f"{unit.name}. {base}", "made": made, "is_synthetic": unit.is_synthetic, "lines": lines,
                "levels": LEVELS, "counted": counted, "bases": bases, "lists": lists, "summary": s, "width": 11 + len(LEVELS) + len(counted),
            }  # fmt: skip
            out.append((f"{name}.pdf", PDF, report_pdf("print/six_months.html", context)))
        if "xlsx" in formats:
            notes = [unit.name, base, *bases, made, *(["Số liệu giả lập"] if unit.is_synthetic else [])]
            sheets = [
                Sheet("Sáu tháng", sheet_columns(counted), [sheet_line(n, row, counted) for n, row in enumerate(rows, 1)], title, notes),
                Sheet("Danh sách", LIST, lists, f"Danh sách kèm {title[:1].lower()}{title[1:]}", notes),
            ]  # fmt: skip
            out.append((f"{name}.xlsx", XLSX, workbook(sheets)))
        return out


add_report(SixMonths())
