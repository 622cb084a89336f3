"""Alerts of the guide (K01–K17, absences) as questions with one next step, judged by the rules of the meeting's date.

What blocks is refused where it happens (roll, votes, closing); what the score takes in is shown with the score. Here
stands what somebody should ask, and only while an answer still helps.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from chibo.choices import Post, Standing
from chibo.models import Organisation, Position, StandingPeriod
from hoithao.choices import JUDGED, REPORTED, KindCode, Mark, Status
from hoithao.frames import Books, least_minutes_of
from hoithao.models import Attendance, Meeting, MeetingDocument, Task, Tick, began
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import add_months, month_start, vn_date
from kyanh_portal.parameters.parameter import value_on, values_for

LOOK_BACK_DAYS = 60
LEADING = [Post.SECRETARY, Post.STANDING_DEPUTY, Post.DEPUTY, Post.CELL_COMMITTEE_MEMBER]


@dataclass(frozen=True)
class Question:
    """One thing to ask of a cell: the rule, the question, why it is asked, and the one next step."""

    rule: str
    cell: Organisation
    text: str
    why: str
    due_on: dt.date
    url: str
    step: str

    def to_be_asked(self) -> "Question":
        """The same for a superior: the step is to ask the cell."""
        return replace(self, url=self.cell.get_absolute_url(), step="Hỏi chi bộ")


@dataclass(frozen=True)
class Bundle:
    """One thing asked of many cells: the sentence, and below each committee its cells with their own steps."""

    rule: str
    text: str
    why: str
    asked: int  # cells it is asked of
    due_on: dt.date
    committees: list  # (committee, its questions, cells asked, cells it has)


MANY = 5  # from this many cells on, the same question is one line
NAMED = {
    "K03": "Chi ủy chưa họp trước buổi sắp tới", "K04": "Tài liệu chưa đăng Sổ tay trước buổi sắp tới", "K05": "Buổi họp ngắn hơn quy định",
    "K11": "Việc giao quá hạn, chưa báo kết quả", "K14": "Đã họp, chưa khóa biên bản", "K15": "Hồ sơ buổi họp chưa đăng, chưa báo cáo",
    "K17": "Đảng viên vắng nhiều, hoặc sắp hết hạn miễn, tạm thời",
}  # fmt: skip


def bundled(questions: list[Question], cells: Iterable[Organisation]) -> tuple[list[Bundle], list[Question]]:
    """What is asked of many cells as one line each, by committee, the most cells first; and the questions that stand alone."""
    there = Counter(cell.parent_id for cell in cells)
    alike: dict[tuple, list[Question]] = defaultdict(list)
    for one in questions:
        alike[one.rule, NAMED.get(one.rule) or one.text.split(". ")[0]].append(one)
    bundles, alone = [], []
    for (rule, text), own in alike.items():
        asked = {one.cell.pk for one in own}
        if len(asked) < MANY:
            alone += own
            continue
        units: dict = defaultdict(list)
        for one in own:
            units[one.cell.parent].append(one)
        committees = [(unit, sorted(rows, key=lambda one: one.cell.sort_key), len({one.cell.pk for one in rows}), there[unit.pk if unit else None]) for unit, rows in units.items()]  # fmt: skip
        committees.sort(key=lambda row: (-row[2], row[0].sort_key if row[0] else ""))
        why = own[0].why if rule not in NAMED else ""
        bundles.append(Bundle(rule, text, why, len(asked), min(one.due_on for one in own), committees))
    return sorted(bundles, key=lambda one: (-one.asked, one.rule, one.text)), alone


def questions_of(cells: Iterable[Organisation], day: dt.date, *, reader=None) -> list[Question]:
    """Every open question about these cells on a day, the oldest first. The number of queries does not grow with the cells.

    A `reader` who may not take the step of a question is led to the cell instead, to ask there.
    """
    by_id = Cells({cell.pk: cell for cell in cells})
    if not by_id:
        return []
    found: list[Question] = []
    for ask in (_months, _quarters, _unlocked, _coming, _short, _overdue, _unreported, _absences, _standings):
        found += ask(by_id, day)
    if reader is not None:
        found = [one if _may_step(one, reader) else one.to_be_asked() for one in found]
    return sorted(found, key=lambda one: (one.due_on, one.cell.sort_key, one.rule))


STEPS_OF_THE_CELL = {"K01", "K02", "K03", "K04", "K11", "K15"}  # of the others the page itself is what a superior reads


def _may_step(question, reader) -> bool:
    """Only who takes the minutes of the cell makes a meeting, chooses its theme, posts, reports."""
    if question.rule not in STEPS_OF_THE_CELL:
        return True
    return verdict("hoithao.run_meeting", reader, Meeting(organisation=question.cell)) is True


class Cells(dict):
    """Cells by id, with the score frames that judge them read once."""

    @cached_property
    def books(self) -> Books:
        return Books()

    def book(self, meeting):
        """The frame of the meeting's own day, branch and kind."""
        return self.books.on(meeting.held_on, self[meeting.organisation_id].path, meeting.kind_id)


def _was_active(cell, first: dt.date, last: dt.date) -> bool:
    return (cell.valid_from is None or cell.valid_from <= first) and (cell.valid_to is None or cell.valid_to >= last)


def _last_day(month: dt.date) -> dt.date:
    return add_months(month, 1) - dt.timedelta(days=1)


def _held(cells, since, until, code):
    rows = Meeting.objects.filter(organisation__in=cells, month__range=(since, until), kind__code=code)
    return rows.values_list("organisation_id", "month", "status")


def _months(cells, day):
    """K01: a regular meeting in every month; one that was called off with its reason is not asked about again."""
    this = month_start(day)
    months = [add_months(this, -2), add_months(this, -1), this]
    known = {(pk, month) for pk, month, _ in _held(cells, months[0], this, KindCode.REGULAR)}
    for cell in cells.values():
        for month in months:
            fixed = cell.meeting_day or 28
            if month == this and day.day <= fixed or not _was_active(cell, month, min(_last_day(month), day)):
                continue
            if (cell.pk, month) not in known:
                yield Question(
                    "K01", cell, f"Tháng {month.month}/{month.year} chưa ghi buổi sinh hoạt thường kỳ. Chi bộ đã họp chưa?",
                    "Mỗi tháng một buổi thường kỳ (Điều 24 Điều lệ Đảng).", _last_day(month),
                    f"{reverse('hoithao:meeting_create')}?chi-bo={cell.pk}", "Lập buổi, hoặc ghi lý do không họp",
                )  # fmt: skip


def _quarters(cells, day):
    """K02: a thematic meeting each quarter; asked in the last month of the quarter and for one quarter after."""
    first = month_start(day).replace(month=3 * ((day.month - 1) // 3) + 1)
    quarters = [add_months(first, -3)] + ([first] if day.month % 3 == 0 else [])
    held = Counter()
    for pk, month, status in _held(cells, quarters[0], add_months(quarters[-1], 2), KindCode.THEMATIC):
        if status != Status.CANCELLED:
            held[pk, month.replace(month=3 * ((month.month - 1) // 3) + 1)] += 1
    for quarter in quarters:
        last = _last_day(add_months(quarter, 2))
        for cell in cells.values():
            least = cells.books.on(min(last, day), cell.path).themes_a_quarter
            if held[cell.pk, quarter] < least and _was_active(cell, quarter, min(last, day)):
                name = ["I", "II", "III", "IV"][quarter.month // 3]
                yield Question(
                    "K02", cell, f"Quý {name}/{quarter.year} chưa có sinh hoạt chuyên đề. {'Chi bộ chọn chuyên đề nào?' if last >= day else 'Vì sao, chi bộ làm bù buổi nào?'}",
                    f"Mỗi quý ít nhất {least} buổi chuyên đề.", last, reverse("hoithao:theme_list"), "Chọn trong kho chuyên đề",
                )  # fmt: skip


def _unlocked(cells, day):
    """K06–K10, K14: a meeting that began and is not locked; the page of the step names what is missing."""
    rows = Meeting.objects.alias(began=began()).filter(organisation__in=cells, status=Status.OPEN, began__date__lt=day)
    for one in rows.select_related("kind"):
        yield Question(
            "K14", cells[one.organisation_id], f"{one.kind.name} ngày {vn_date(one.held_on)} chưa khóa biên bản. Còn thiếu gì?",
            "Biên bản được đọc lại, thông qua rồi khóa; khóa rồi mới vào số liệu.", one.held_on + dt.timedelta(days=2),
            one.get_absolute_url(), "Mở cuộc họp",  # the superior reads the same line and may not take the minutes
        )  # fmt: skip


def _coming(cells, day):
    """K03 and K04 before a planned meeting: has the chi ủy met, are the documents posted?"""
    rows = Meeting.objects.filter(
        organisation__in=cells, status=Status.PLANNED, starts_at__date__range=(day, day + dt.timedelta(days=7))
    ).exclude(kind__code=KindCode.CELL_COMMITTEE)
    prepared = Meeting.objects.filter(
        organisation=OuterRef("organisation"), month=OuterRef("month"), kind__code=KindCode.CELL_COMMITTEE
    ).exclude(status=Status.CANCELLED)
    posted = MeetingDocument.objects.filter(meeting=OuterRef("pk"), posted_at__isnull=False)
    rows = list(
        rows.annotate(is_prepared=Exists(prepared), is_posted=Exists(posted)).select_related("kind", "organisation")
    )
    led = Counter(
        Position.objects.on(day).filter(organisation__in=cells, post__in=LEADING).values_list("organisation_id", flat=True)
    ) if rows else Counter()  # fmt: skip
    for one in rows:
        cell, url = cells[one.organisation_id], reverse("hoithao:around", args=[one.pk])
        if not one.is_prepared and led[cell.pk] > 1 and value_on("alerts.committee_first", one.held_on, cell.path):
            yield Question(
                "K03", cell, f"Buổi ngày {vn_date(one.held_on)} sắp họp. Chi ủy đã họp chuẩn bị chưa?",
                "Chi ủy (hoặc bí thư và phó bí thư) thống nhất nội dung trước khi họp chi bộ.", one.held_on, url, "Lập họp chi ủy",
            )  # fmt: skip
        days = cells.book(one).post_days_before
        if days and not one.is_posted:
            yield Question(
                "K04", cell, f"Buổi ngày {vn_date(one.held_on)}: tài liệu đã đăng Sổ tay đảng viên điện tử chưa?",
                f"{cells.book(one).source}: đăng trước ít nhất {days} ngày.", one.held_on - dt.timedelta(days=days), url, "Đăng rồi đánh dấu",
            )  # fmt: skip


def _recent(cells, day):
    since = day - dt.timedelta(days=LOOK_BACK_DAYS)
    rows = Meeting.objects.alias(began=began()).filter(organisation__in=cells, began__date__range=(since, day))
    return rows.closed().filter(kind__code__in=JUDGED).select_related("kind")


def _short(cells, day):
    """K05: shorter than the guide of that day asks."""
    stood = Count("roll", filter=~Q(roll__standing=Standing.HERE_TEMPORARILY))
    for one in _recent(cells, day).annotate(members=stood):
        book = cells.book(one)
        least = least_minutes_of(one, book, one.members)
        if one.length is not None and one.length < least:
            yield Question(
                "K05", cells[one.organisation_id], f"Buổi ngày {vn_date(one.held_on)} dài {one.length} phút. Vì sao ngắn?",
                f"{book.source}: ít nhất {least} phút.", one.held_on + dt.timedelta(days=30),
                one.get_absolute_url(), "Xem biên bản, rút kinh nghiệm kỳ tới",
            )  # fmt: skip


def _overdue(cells, day):
    """K11: a task given with a deadline that passed, and no meeting has heard of it since."""
    rows = Task.objects.filter(
        meeting__organisation__in=cells, due__range=(day - dt.timedelta(days=180), day - dt.timedelta(days=1))
    )
    for one in rows.open().select_related("member", "meeting"):
        yield Question(
            "K11", cells[one.meeting.organisation_id], f"Việc “{one.text}” ({one.who}) hạn {vn_date(one.due)}. Làm đến đâu rồi?",
            f"Giao tại buổi ngày {vn_date(one.meeting.held_on)}; chưa có kỳ nào ghi là xong.", one.due,
            one.meeting.get_absolute_url(), "Báo kết quả ở kỳ tới",
        )  # fmt: skip


def _unreported(cells, day):
    """K15: finished documents posted and reported within the days of the rule."""
    reported = Tick.objects.filter(meeting=OuterRef("pk"), code=REPORTED)
    for one in _recent(cells, day).filter(~Exists(reported)):
        cell = cells[one.organisation_id]
        days = cells.book(one).report_within_days
        due_on = one.held_on + dt.timedelta(days=days or 0)
        if days and day >= due_on:
            yield Question(
                "K15", cell, f"Hồ sơ buổi ngày {vn_date(one.held_on)} đã đăng và báo cáo cấp trên chưa?",
                f"{cells.book(one).source}: trong {days} ngày sau buổi họp.", due_on, reverse("hoithao:around", args=[one.pk]), "Đăng rồi đánh dấu",
            )  # fmt: skip


def _absences(cells, day):
    """K17: excused too often running, or away without reason in several months, within the year."""
    first = day.replace(month=1, day=1)
    rows = Attendance.objects.filter(  # of who is still there: whoever moved on is asked about where they are now
        meeting__organisation__in=cells, member__organisation__in=cells, meeting__month__range=(first, day), meeting__kind_is_regular=True,
        meeting__status=Status.CLOSED,
    )  # fmt: skip
    away, left = Counter(), defaultdict(set)
    absent = rows.filter(mark__in=[Mark.EXCUSED, Mark.UNEXCUSED]).values_list("member_id", "mark", "meeting__month")
    for member, mark, month in absent:
        away[member] += mark == Mark.EXCUSED
        if mark == Mark.UNEXCUSED:
            left[member].add(month)
    most = cells.books.on(day).most_excused_running
    by_path = values_for("alerts.left_out_months", day, {cell.path for cell in cells.values()})
    asked = {pk for pk, number in away.items() if number > most} | {
        pk for pk, seen in left.items() if len(seen) >= min(by_path.values())
    }
    marks = defaultdict(list)
    lines = rows.filter(member__in=asked).order_by(began("meeting__")).select_related("member", "meeting")
    for row in lines if asked else []:
        marks[row.member].append(row)
    for member, own in marks.items():
        cell, url = cells[member.organisation_id], member.get_absolute_url()
        months = by_path[cell.path]
        run = longest_run([row.mark for row in own])
        if run > most:
            yield Question(
                "K17", cell, f"Đồng chí {member} vắng có lý do {run} kỳ liền trong năm {day.year}. Có vướng gì cần giúp?",
                f"Tiêu chí dự họp: không quá {most} lần liên tục trong năm.", own[-1].meeting.held_on, url, "Gặp, trao đổi; xem lại giờ họp",
            )  # fmt: skip
        if len(left[member.pk]) >= months:
            yield Question(
                "K17", cell, f"Đồng chí {member} vắng không lý do {len(left[member.pk])} tháng trong năm {day.year}. Chi bộ xem xét thế nào?",
                f"Bỏ sinh hoạt {months} tháng trong năm không có lý do chính đáng: chi bộ xem xét, đề nghị. Cổng chỉ nhắc.",
                own[-1].meeting.held_on, url, "Xem sổ dự họp của đồng chí",
            )  # fmt: skip


def longest_run(marks: list[str]) -> int:
    """The longest row of excused absences running; what is not counted neither adds nor breaks."""
    best = run = 0
    for mark in marks:
        if mark == Mark.EXCUSED:
            run += 1
            best = max(best, run)
        elif mark != Mark.NOT_COUNTED:
            run = 0
    return best


def _standings(cells, day):
    """TAM_DI_HET_HAN, MIEN_HET_HAN: an exemption or a temporary stay ends soon."""
    days = values_for("alerts.standing_ends_days", day, {cell.path for cell in cells.values()})
    until = day + dt.timedelta(days=max(days.values(), default=0))
    rows = StandingPeriod.objects.filter(member__organisation__in=cells, ends_on__range=(day, until))
    for one in rows.select_related("member"):
        if (one.ends_on - day).days > days[cells[one.member.organisation_id].path]:
            continue
        yield Question(
            "K17", cells[one.member.organisation_id],
            f"Đồng chí {one.member}: {one.get_standing_display().lower()} hết hạn ngày {vn_date(one.ends_on)}. Trở lại hay gia hạn?",
            "Hết hạn thì đồng chí lại được tính vào số phải dự họp.", one.ends_on, one.member.get_absolute_url(), "Hỏi đồng chí, ghi quyết định mới nếu có",
        )  # fmt: skip
