"""Progress reports: opened by themselves, filled from the portal's own meetings, sent, received, returned, corrected."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from chibo.models import Organisation
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text
from kyanh_portal.files.keeping import keep_file
from kyanh_portal.parameters.parameter import value_on
from nghiquyet.choices import OVER, Cycle, FigureSort, LineState, Measure, MeasuredAt, ReportState
from nghiquyet.figures.periods import due_day, next_period, period_end, period_of
from nghiquyet.figures.targets import follow
from nghiquyet.models import ProgressReport, ReportLine, Resolution, TargetFigure
from nghiquyet.services.prefill import heard_of, marked_for, meetings_of, said_in, summary_of, together, words_for
from nghiquyet.services.rollup import above, add_report, take_report
from nghiquyet.services.targets import record_figure, take_out
from nghiquyet.workflow import report_flow


def units_at(resolution, level: str, day: dt.date):
    """The organisations of a level that the resolution binds on a day."""
    rows = Organisation.objects.below(resolution.organisation).valid_on(day).select_related("kind")
    if level == MeasuredAt.OWN:
        return rows.filter(pk=resolution.organisation_id)
    return rows.filter(**{"kind__is_cell" if level == MeasuredAt.CELL else "kind__is_base": True})


@transaction.atomic
def open_reports(resolution, day: dt.date | None = None) -> int:
    """Open what is to be reported for the period just ended of every cycle; asked again, nothing doubles."""
    day, opened = day or today(), 0
    duties = list(resolution.duties.unfinished().select_related("lead"))
    targets = list(resolution.targets.filter(dropped_why="").exclude(measure=Measure.MILESTONE).prefetch_related("cell_types"))  # fmt: skip
    days = value_on("progress.due_day", day, resolution.organisation.path)
    for cycle in Cycle.values:
        period = next_period(period_of(day, cycle), cycle, -1)
        last = period_end(period, cycle)
        if resolution.dated and last < resolution.dated:
            continue
        wanted: dict[int, list] = {}
        units: dict[int, Organisation] = {}
        for duty in duties:
            if duty.cycle == cycle:
                found = (
                    [duty.lead] if duty.reported_by == MeasuredAt.OWN else units_at(resolution, duty.reported_by, last)
                )
            elif not duty.cycle and cycle == Cycle.QUARTER and (duty.given_on or last) <= last:
                found = [duty.lead]
            else:
                continue
            for unit in found:
                units[unit.pk] = unit
                wanted.setdefault(unit.pk, []).append(("duty", duty))
        for target in targets:
            if target.cycle == cycle and target.first_year <= period.year <= target.last_year:
                types = {t.pk for t in target.cell_types.all()}
                for unit in units_at(resolution, target.measured_at, last):
                    if not types or unit.cell_type_id in types:
                        units[unit.pk] = unit
                        wanted.setdefault(unit.pk, []).append(("target", target))
        # A period with figures the portal counts itself, and nothing else, asks nobody for a report.
        wanted = {pk: rows for pk, rows in wanted.items() if any(k == "duty" or not row.feed for k, row in rows)}
        there = set(ProgressReport.objects.filter(resolution=resolution, cycle=cycle, period=period).values_list("organisation_id", flat=True))  # fmt: skip
        for pk, rows in wanted.items():
            if pk not in there:
                _open(resolution, units[pk], cycle, period, due_day(period, cycle, days), rows)
                opened += 1
    return opened


def _open(resolution, unit, cycle, period, due_on, rows) -> None:
    meetings = meetings_of(unit, period, period_end(period, cycle))
    report = ProgressReport.objects.create(
        resolution=resolution, organisation=unit, cycle=cycle, period=period, due_on=due_on,
        summary=summary_of(meetings), is_synthetic=resolution.is_synthetic,
    )  # fmt: skip
    last, given = period_end(period, cycle), [row for kind, row in rows if kind == "duty"]
    said, heard = said_in(meetings), heard_of(unit, [row.pk for row in given], period, last)
    marked = marked_for(unit, {row.clause_id for row in given if row.clause_id}, period, last)
    fed = follow([row for kind, row in rows if kind == "target" and row.feed], unit, period_end(period, cycle))
    lines = []
    for kind, row in rows:
        line = ReportLine(report=report, **{kind: row})
        if kind == "target" and row.feed:
            sums = next((s for s, _ in fed[row.pk].strip if s.period == period), None)
            if sums is not None and sums.assessed:
                line.numerator, line.denominator, line.state = sums.numerator, sums.denominator, LineState.DONE
            line.is_prefilled, line.text = True, "Cổng tính từ biên bản đã khóa."
        elif kind == "duty":
            line.text = together(marked.get(row.clause_id, ""), heard.get(row.pk, ""))
            line.suggestion = words_for(row, said) if row.cycle and not line.text else ""
        lines.append(line)
    ReportLine.objects.bulk_create(lines)


def open_everything(day: dt.date | None = None) -> int:
    """Every resolution in force; run daily by the timetable. What was replaced, ended or summed up asks for nothing more."""
    rows = Resolution.objects.filter(document__isnull=False).exclude(life__in=OVER).select_related("organisation")
    return sum(open_reports(row, day) for row in rows)


def locked_report(report) -> ProgressReport:
    rows = ProgressReport.objects.select_for_update(of=("self",), no_key=True).select_related("organisation", "resolution__organisation")  # fmt: skip
    return rows.get(pk=report.pk)


@transaction.atomic
def write_report(report, *, by, summary="", lines: dict[int, dict]) -> ProgressReport:
    """Keep what is written while the report is open; `lines`: id of a line → its fields. What the portal counted stays."""
    report = locked_report(report)
    if not report.is_open:
        raise RuleBroken("Báo cáo đã gửi nên không sửa được. Cần sửa thì lập bản đính chính.")
    report.summary = clean_text(summary)
    report.save(update_fields=["summary", "updated_at"])
    rows = [line for line in report.lines.select_related("target") if line.pk in lines and not line.is_prefilled]
    for line in rows:
        answers = lines[line.pk]
        if answers.get("checked"):
            line.file = keep_file(answers["checked"], holder="report", path=report.path, by=by, is_synthetic=report.is_synthetic)  # fmt: skip
        line.state = answers.get("state") or ""
        line.text, line.difficulty = clean_text(answers.get("text", "")), clean_text(answers.get("difficulty", ""))
        if answers.get("use") and not line.text:
            line.text = line.suggestion
        line.numerator, line.denominator = answers.get("numerator"), answers.get("denominator")
        if line.numerator is not None and line.denominator is not None and line.numerator > line.denominator:
            raise RuleBroken(
                f"“{line.target.text}”: tử số lớn hơn mẫu số. Đếm lại rồi ghi.", field=f"numerator_{line.pk}"
            )
        if line.target_id and line.numerator is not None and line.state != LineState.NOT_ASSESSED:
            line.state = LineState.DONE
    ReportLine.objects.bulk_update(rows, ["state", "text", "difficulty", "numerator", "denominator", "file"])
    record("progress.written", report, by=by, path=report.path)
    return report


def wanting(report) -> list[tuple[str, str]]:
    """(sentence, anchor) of everything that keeps the report from being sent."""
    out = []
    lines = list(report.lines.select_related("duty", "target"))
    jump = value_on("progress.jump_percent", report.period, report.path)
    before = _earlier(report, lines)
    for line in lines:
        if line.is_prefilled:
            continue
        name, anchor = (line.duty.title if line.duty_id else line.target.text), f"#dong-{line.pk}"
        if line.state == LineState.NOT_ASSESSED and not line.text:
            out.append((f"“{name}”: không đánh giá thì ghi vì sao.", anchor))
        elif line.state == LineState.NOT_ASSESSED:
            continue
        elif line.duty_id and not line.state:
            out.append((f"“{name}”: chọn tình hình trong kỳ.", anchor))
        elif line.duty_id and line.state != LineState.SAME and not line.text:
            out.append((f"“{name}”: ghi kết quả trong kỳ.", anchor))
        elif line.duty_id and line.duty.needs_proof and line.state != LineState.SAME and not line.file_id:
            out.append((f"“{name}”: kèm tệp minh chứng. Sản phẩm phải có: {line.duty.product}.", anchor))
        elif line.target_id and (
            line.numerator is None or line.target.measure == Measure.RATE and not line.denominator
        ):
            out.append((f"“{name}”: ghi số liệu, hoặc chọn không đánh giá và ghi vì sao.", anchor))
        elif line.target_id and not line.text and _jumps(line, before.get(line.target_id), jump):
            out.append((f"“{name}”: số đổi quá {jump}% so với kỳ trước. Ghi vì sao.", anchor))
    return out


def _earlier(report, lines) -> dict:
    rows = TargetFigure.objects.filter(
        target__in=[line.target_id for line in lines if line.target_id], organisation=report.organisation,
        period=next_period(report.period, report.cycle, -1), sort=FigureSort.REPORTED, is_assessed=True,
    )  # fmt: skip
    return {row.target_id: row for row in rows}


def _jumps(line, earlier, percent: int) -> bool:
    if earlier is None or not earlier.numerator:
        return False
    old, new = earlier.numerator, line.numerator
    if line.target.measure == Measure.RATE and earlier.denominator:
        old, new = old / earlier.denominator, new / line.denominator
    return old != 0 and abs(new - old) * 100 > Decimal(percent) * old


@transaction.atomic
def send_report(report, *, by) -> ProgressReport:
    """Send and lock; late or on time is stamped by the day. Sent twice it is sent once."""
    report = locked_report(report)
    if report.state == ReportState.SENT:
        return report
    report_flow.require(report.state, ReportState.SENT, "Báo cáo này không ở bước gửi.")
    if missing := wanting(report):
        raise RuleBroken(f"Chưa gửi được: còn {len(missing)} chỗ phải ghi.", missing=missing)
    report.state, report.sent_on, report.sent_by, report.reason = ReportState.SENT, today(), by, ""
    report.save()
    record("progress.sent", report, by=by, path=report.path, late=report.is_late)
    return report


@transaction.atomic
def receive_report(report, *, by) -> ProgressReport:
    """Received: from now on its figures count in the roll-ups."""
    report = locked_report(report)
    if report.state == ReportState.RECEIVED:
        return report
    if (
        report.state != ReportState.SENT
    ):  # a locked one is opened by `reopen_report`, with its reason; it counts already
        raise RuleBroken("Chỉ tiếp nhận báo cáo đã gửi.")
    report.state = ReportState.RECEIVED
    report.save()
    _into_sums(report, by)
    record("progress.received", report, by=by, path=report.path)
    return report


def _into_sums(report, by) -> None:
    add_report(report)
    for line in report.lines.filter(target__isnull=False).select_related("target__resolution__organisation"):
        if not line.is_prefilled:
            record_figure(
                line.target, by=by, organisation=report.organisation, day=report.period, numerator=line.numerator,
                denominator=line.denominator, is_assessed=line.state != LineState.NOT_ASSESSED, reason=line.text[:300], line=line,
            )  # fmt: skip


def _out_of_sums(report) -> None:
    take_report(report)
    for line in report.lines.filter(target__isnull=False).select_related("target__resolution__organisation"):
        if not line.is_prefilled:
            take_out(line.target, report.organisation, report.period)


@transaction.atomic
def return_report(report, *, by, reason) -> ProgressReport:
    """Back to its writer with the reason; figures already counted leave the sums at once, those above are flagged."""
    if not clean_line(reason):
        raise RuleBroken("Ghi cần bổ sung gì.", field="reason")
    report = locked_report(report)
    report_flow.require(report.state, ReportState.RETURNED, "Chỉ trả lại báo cáo đã gửi hoặc đã tiếp nhận.")
    counted = report.state == ReportState.RECEIVED
    report.state, report.reason = ReportState.RETURNED, clean_line(reason)
    report.save()
    if counted:
        _out_of_sums(report)
        _flag_parents(report)
    record("progress.returned", report, by=by, path=report.path)
    return report


@transaction.atomic
def correct_report(report, *, by, reason) -> ProgressReport:
    """A new version to be written and sent; the old one stays readable, its figures leave the sums, parents are flagged."""
    if not clean_line(reason):
        raise RuleBroken("Ghi vì sao đính chính.", field="reason")
    report = locked_report(report)
    report_flow.require(report.state, ReportState.REPLACED, "Chỉ đính chính báo cáo đã tiếp nhận, chưa khóa kỳ.")
    report.state = ReportState.REPLACED
    report.save()
    newer = ProgressReport.objects.create(
        resolution=report.resolution, organisation=report.organisation, cycle=report.cycle, period=report.period,
        due_on=report.due_on, version=report.version + 1, replaces=report, summary=report.summary,
        reason=clean_line(reason), is_synthetic=report.is_synthetic,
    )  # fmt: skip
    kept = [
        "duty_id",
        "target_id",
        "state",
        "text",
        "difficulty",
        "numerator",
        "denominator",
        "is_prefilled",
        "file_id",
    ]
    ReportLine.objects.bulk_create(
        ReportLine(report=newer, **{name: getattr(line, name) for name in kept}) for line in report.lines.all()
    )
    _out_of_sums(report)
    _flag_parents(report)
    record("progress.corrected", newer, by=by, path=report.path)
    return newer


def _flag_parents(report) -> None:
    """Reports of the bodies above that took this one in: "cần tổng hợp lại"."""
    paths = above(report.path)[:-1]
    ProgressReport.objects.filter(
        Q(state__in=[ReportState.SENT, ReportState.RECEIVED, ReportState.LOCKED]), resolution=report.resolution,
        organisation__path__in=paths, period__lte=report.period,
    ).filter(period__gte=period_of(report.period, Cycle.YEAR)).update(needs_again=True)  # fmt: skip


@transaction.atomic
def lock_report(report, *, by) -> ProgressReport:
    report = locked_report(report)
    report_flow.require(report.state, ReportState.LOCKED, "Chỉ khóa kỳ báo cáo đã tiếp nhận.")
    report.state = ReportState.LOCKED
    report.save()
    record("progress.locked", report, by=by, path=report.path)
    return report


@transaction.atomic
def reopen_report(report, *, by, reason) -> ProgressReport:
    """A locked period is opened again, rarely and with its reason: corrections are possible as before the lock."""
    if not clean_line(reason):
        raise RuleBroken("Ghi vì sao mở lại kỳ đã khóa.", field="reason")
    report = locked_report(report)
    if report.state != ReportState.LOCKED:
        raise RuleBroken("Chỉ mở lại kỳ đã khóa.")
    report.state, report.reason = ReportState.RECEIVED, f"Mở lại kỳ đã khóa: {clean_line(reason)}"[:300]
    report.save()
    record("progress.reopened", report, by=by, path=report.path)
    return report


@transaction.atomic
def excuse_report(report, *, by, reason) -> ProgressReport:
    """Không phải gửi, with the reason."""
    if not clean_line(reason):
        raise RuleBroken("Ghi vì sao không phải gửi.", field="reason")
    report = locked_report(report)
    report_flow.require(report.state, ReportState.EXCUSED, "Báo cáo đã gửi rồi.")
    report.state, report.reason = ReportState.EXCUSED, clean_line(reason)
    report.save()
    record("progress.excused", report, by=by, path=report.path)
    return report
