"""The superior's tables as files: a month (7.1 quality, 7.2 all columns) and six months, PDF and XLSX."""

import datetime as dt

from django import forms
from django.utils import timezone

from chibo.models import Organisation
from hoithao.monthly import LEVELS, month_rows, month_summary, span_rows
from hoithao.reports.meetings_summary import SummaryForm
from hoithao.rules import percent
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import add_months, months_between, vn_date, vn_time
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.reports.report import PDF, XLSX, Report, add_report

QUALITY = [
    Column("STT", 6, "int"), Column("Chi bộ", 34), Column("Đảng bộ", 28), Column("Đảng viên", 10, "int"), Column("Ngày họp", 12), Column("Điểm", 9),
    *(Column(name, 10) for name in LEVELS), Column("Cấp trên", 14), Column("Ghi chú (lý do trừ điểm)", 60),
]  # fmt: skip
ALL = [
    Column("TT", 6, "int"), Column("Chi bộ", 34), Column("Đảng bộ", 28), Column("Loại hình", 22), Column("Chính thức", 9, "int"), Column("Dự bị", 8, "int"),
    Column("Miễn", 8, "int"), Column("Tạm đi", 8, "int"), Column("Được tính", 9, "int"), Column("Có mặt", 9, "int"), Column("Tỷ lệ", 9, "percent"),
    Column("Vắng có lý do", 9, "int"), Column("Vắng không lý do", 9, "int"), Column("Trạng thái", 18), Column("Ngày họp", 11), Column("Phút", 8, "int"),
    Column("Tài liệu trước (giờ)", 10, "int"), Column("Chi ủy họp trước", 10), Column("Cấp trên dự", 9, "int"), Column("Phát biểu", 9, "int"),
    Column("Việc giao", 8, "int"), Column("Việc cũ báo lại", 9, "int"), Column("Đã xong", 8, "int"), Column("Đảng phí", 26), Column("Chuyên đề", 9, "int"),
    Column("Điểm tự chấm", 10), Column("Mức tự chấm", 12), Column("Mức cấp trên", 12), Column("Thông qua biên bản", 10), Column("Khóa lúc", 18),
    Column("Tỷ lệ phát biểu", 9, "percent"), Column("Báo cáo cấp trên sau họp (giờ)", 12, "int"), Column("Ghi chú (lý do trừ điểm)", 60),
]  # fmt: skip
SIX = [
    Column("STT", 6, "int"), Column("Chi bộ", 34), Column("Đảng viên", 10, "int"), Column("Phải họp", 9, "int"), Column("Đã họp", 9, "int"), Column("Có mặt", 9, "int"),
    Column("Lượt được tính", 10, "int"), Column("Tỷ lệ", 9, "percent"), Column("Lượt phát biểu", 10, "int"), Column("Chuyên đề", 9, "int"), Column("Buổi điểm", 9, "int"),
    *(Column(name, 9, "int") for name in LEVELS), Column("Dân vận khéo", 14), Column("Học chuyên đề, đọc bài", 16), Column("Kết nạp", 10),
    Column("Kiểm tra, giám sát", 12), Column("Ghi chú", 24),
]  # fmt: skip


def day_of(row) -> str:
    return vn_date(row.meeting.held_on) if row.meeting else ""


def _named(row):
    return row.cell.name, row.cell.parent.name if row.cell.parent_id else ""


def quality_line(number, row) -> list:
    """A line of table 7.1: the level marked by a cross."""
    marks = ["X" if row.level == name else "" for name in LEVELS]
    note = row.losses if row.score else ("" if row.meeting else "Chưa họp")
    members = row.figures.get("total")
    return [number, *_named(row), members, day_of(row), row.points, *marks, row.superior_level, note]


def full_line(number, row) -> list:
    """A line of the proposed table 7.2."""
    f, meeting = row.figures, row.meeting
    share = f["present"] / f["base"] if f.get("base") else None
    locked = timezone.localtime(meeting.minutes.locked_at) if meeting and meeting.is_closed else None
    return [
        number, *_named(row), row.cell.cell_type.name, f.get("official"), f.get("probationary"), f.get("exempt"), f.get("sent_away"),
        f.get("base"), f.get("present"), share, f.get("excused"), f.get("unexcused"), row.state, day_of(row), meeting.length if meeting else None,
        row.posted_hours, "Có" if row.committee_met else "Chưa ghi", row.visits, row.speakers, row.tasks_given, row.tasks_back, row.tasks_done,
        meeting.fee_note if meeting else "", row.thematic, row.points, row.level, row.superior_level, "Có" if meeting and meeting.read_back else "",
        f"{vn_time(locked)}, {vn_date(locked.date())}" if locked else "",
        row.speakers / f["present"] if f.get("present") and row.speakers is not None else None, row.reported_hours,
        row.losses if row.score else ("" if meeting else "Chưa họp"),
    ]  # fmt: skip


def six_line(number, row) -> list:
    share = row.present / row.base if row.base else None
    levels = [row.levels[name] for name in LEVELS]
    return [number, row.cell.name, row.members, row.due, row.met, row.present, row.base, share, row.speakers, row.thematic, row.model, *levels, "", "", "", "", ""]  # fmt: skip


class TableForm(SummaryForm):
    span = None
    cell_type = None

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["month"].label = "Tháng"


class SixForm(TableForm):
    half = forms.ChoiceField(label="Sáu tháng", choices=[("1", "Đầu năm"), ("2", "Cuối năm")])

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["month"].label = "Một tháng trong năm"
        self.order_fields(["half", "month", "unit", "formats"])


class _Table(Report):
    """What both tables share: the branch, asked again when the worker starts."""

    def parameters(self, answers):
        return {"month": answers["month"].isoformat(), "unit": answers["unit"].pk, "half": answers.get("half", "")}

    def may_run(self, user, parameters):
        unit = Organisation.objects.filter(pk=parameters["unit"]).first()
        return unit is not None and scope_of(user).reaches(unit.path)

    def run_title(self, parameters):
        unit = Organisation.objects.get(pk=parameters["unit"])
        return f"{self.title} {self.period(parameters)}, {unit.name}"

    def made_by(self, user) -> str:
        now = timezone.now()
        return f"{user} lập lúc {vn_time(now)}, ngày {vn_date(timezone.localdate(now))}."


class MonthTable(_Table):
    code = "bang-thang"
    title = "Bảng tổng hợp chất lượng sinh hoạt"
    about = "Họp, dự họp, điểm, xếp loại trong tháng; mỗi chi bộ một dòng."
    order = 20
    form_class = TableForm

    def period(self, parameters):
        month = dt.date.fromisoformat(parameters["month"])
        return f"tháng {month.month} năm {month.year}"

    def steps(self, user, parameters, work, set_aside):
        unit, month = Organisation.objects.get(pk=parameters["unit"]), dt.date.fromisoformat(parameters["month"])
        work["unit"], work["rows"] = unit, month_rows(unit, month)
        work["summary"] = month_summary(work["rows"], unit, month)
        yield

    def files(self, user, parameters, work, formats):
        rows, s, unit = work["rows"], work["summary"], work["unit"]
        title, made = f"{self.title} {self.period(parameters)}", self.made_by(user)
        base = f"{s['held']}/{s['due']} chi bộ hoạt động trong tháng đã họp; {s['scored']}/{s['due']} chi bộ có điểm đã thông qua; dự họp {s['present']}/{s['base']} lượt = {percent(s['present'], s['base'])} của {s['locked']} buổi đã khóa."
        name, out = f"chat-luong-sinh-hoat-{parameters['month'][:7]}", []
        if "pdf" in formats:
            context = {"title": title.upper(), "sub": f"{unit.name}. {base}", "made": made, "is_synthetic": unit.is_synthetic,
                       "rows": [(quality_line(n, row), row) for n, row in enumerate(rows, 1)], "levels": LEVELS, "summary": s}  # fmt: skip
            out.append((f"{name}.pdf", PDF, report_pdf("print/month_quality.html", context)))
        if "xlsx" in formats:
            notes = [unit.name, base, made, *(["Số liệu giả lập"] if unit.is_synthetic else [])]
            sheets = [
                Sheet("Chất lượng", QUALITY, [quality_line(n, row) for n, row in enumerate(rows, 1)], title, notes),
                Sheet("Đầy đủ", ALL, [full_line(n, row) for n, row in enumerate(rows, 1)], title, notes),
            ]
            out.append((f"{name}.xlsx", XLSX, workbook(sheets)))
        return out


class SixMonths(_Table):
    code = "bang-6-thang"
    title = "Bảng tổng hợp sinh hoạt sáu tháng"
    about = "Mỗi chi bộ một dòng, sáu tháng liền."
    order = 21
    form_class = SixForm

    def months(self, parameters):
        first = dt.date.fromisoformat(parameters["month"]).replace(month=1 if parameters["half"] == "1" else 7)
        return months_between(first, add_months(first, 5))

    def period(self, parameters):
        half = "đầu" if parameters["half"] == "1" else "cuối"
        return f"{half} năm {parameters['month'][:4]}"

    def steps(self, user, parameters, work, set_aside):
        unit = Organisation.objects.get(pk=parameters["unit"])
        work["unit"], work["rows"] = unit, span_rows(unit, self.months(parameters))
        yield

    def files(self, user, parameters, work, formats):
        rows, unit = work["rows"], work["unit"]
        lines = [six_line(n, row) for n, row in enumerate(rows, 1)]
        title, made = f"{self.title} {self.period(parameters)}", self.made_by(user)
        met, due = sum(row.met for row in rows), sum(row.due for row in rows)
        base = (
            f"{len(rows)} chi bộ hoạt động trong kỳ; {met}/{due} buổi thường kỳ phải họp đã họp. Cột để trống ghi tay."
        )
        name, out = f"sinh-hoat-6-thang-{parameters['month'][:4]}-{parameters['half']}", []
        if "pdf" in formats:
            context = {"title": title.upper(), "sub": f"{unit.name}. {base}", "made": made, "is_synthetic": unit.is_synthetic,
                       "lines": [(line, percent(row.present, row.base)) for line, row in zip(lines, rows, strict=True)], "levels": LEVELS}  # fmt: skip
            out.append((f"{name}.pdf", PDF, report_pdf("print/six_months.html", context)))
        if "xlsx" in formats:
            notes = [unit.name, base, made, *(["Số liệu giả lập"] if unit.is_synthetic else [])]
            out.append((f"{name}.xlsx", XLSX, workbook([Sheet("Sáu tháng", SIX, lines, title, notes)])))
        return out


add_report(MonthTable())
add_report(SixMonths())
