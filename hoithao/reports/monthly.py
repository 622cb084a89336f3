"""The superior's table of a month as files: quality (7.1) and all columns (7.2), PDF and XLSX."""

import datetime as dt

from django.utils import timezone

from chibo.models import Organisation
from hoithao.monthly import LEVELS, month_rows, month_summary
from hoithao.reports.meetings_summary import SummaryForm
from hoithao.rules import percent
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date, vn_time
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.reports.report import PDF, XLSX, Report, add_report
from kyanh_portal.ui.templatetags.portal import vn_number

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


class TableForm(SummaryForm):
    span = None
    cell_type = None

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["month"].label = "Tháng"


class Table(Report):
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


class MonthTable(Table):
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
        base = f"{s['held']}/{s['due']} chi bộ hoạt động trong tháng đã họp; {s['scored']}/{s['due']} chi bộ có điểm đã thông qua; dự họp {vn_number(s['present'])}/{vn_number(s['base'])} lượt = {percent(s['present'], s['base'])} của {s['locked']} buổi đã khóa."
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


add_report(MonthTable())
