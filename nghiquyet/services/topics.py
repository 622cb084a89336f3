"""Say which khoản a task or theme of locked minutes serves; reports still open take it in at once."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from nghiquyet.choices import OVER, ReportState
from nghiquyet.figures.periods import period_end
from nghiquyet.models import Clause, Duty, ProgressReport, ReportLine, Resolution, Target, TopicMark
from nghiquyet.services.prefill import marked_for
from nghiquyet.services.rollup import above


def binding_on(organisation):
    """Resolutions in force of the body itself and of those above it that carry a duty or a target."""
    carried = Exists(Duty.objects.filter(resolution=OuterRef("pk"))) | Exists(Target.objects.filter(resolution=OuterRef("pk")))  # fmt: skip
    rows = Resolution.objects.filter(carried, document__isnull=False, organisation__path__in=above(organisation.path))
    return rows.exclude(life__in=OVER).select_related("document").defer("document__content").order_by("-dated", "-pk")


def carried_khoan(organisation):
    """The clauses of these resolutions that a duty or a target hangs on."""
    carried = Exists(Duty.objects.filter(clause=OuterRef("pk"))) | Exists(Target.objects.filter(clause=OuterRef("pk")))
    return Clause.objects.filter(carried, resolution__in=binding_on(organisation).values("pk"))


@transaction.atomic
def mark_topics(meeting, *, by, answers: dict[int | None, int | None]) -> int:
    """`answers`: key of a task (None: the meeting's theme) → key of the khoản it serves (None: none). How many changed."""
    if not meeting.is_closed:
        raise RuleBroken("Biên bản chưa khóa nên việc giao còn đổi. Khóa biên bản rồi ghi.")
    allowed = set(carried_khoan(meeting.organisation).values_list("pk", flat=True))
    tasks = set(meeting.tasks.values_list("pk", flat=True))
    there = {
        mark.task_id: mark
        for mark in TopicMark.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("pk")
    }
    changed = 0
    for task, clause in answers.items():
        mark = there.get(task) or TopicMark(meeting=meeting, task_id=task, is_synthetic=meeting.is_synthetic)
        if mark.clause_id == clause:
            continue
        if task is not None and task not in tasks:
            raise RuleBroken("Việc này không thuộc buổi họp. Tải lại trang rồi chọn lại.")
        if clause is not None and clause not in allowed:
            raise RuleBroken("Khoản này không còn thực hiện. Tải lại trang rồi chọn lại.")
        mark.clause_id, mark.by = clause, by
        mark.save()
        record("topic.marked", meeting, by=by, path=meeting.path, task=task or 0, clause=clause or 0)
        changed += 1
    if changed:
        _into_open_reports(meeting)
    return changed


def _into_open_reports(meeting) -> None:
    """Lines still empty in the unit's open reports of a period this meeting belongs to say now what was marked."""
    reports = ProgressReport.objects.select_for_update(of=("self",), no_key=True).filter(
        organisation=meeting.organisation, state__in=[ReportState.OPEN, ReportState.RETURNED], period__lte=meeting.month
    )  # fmt: skip
    for report in reports.select_related("organisation"):
        last = period_end(report.period, report.cycle)
        if meeting.month > last:
            continue
        lines = list(report.lines.filter(text="", duty__clause__isnull=False).select_related("duty"))
        told = marked_for(report.organisation, {line.duty.clause_id for line in lines}, report.period, last)
        for line in lines:
            line.text = told.get(line.duty.clause_id, "")
        ReportLine.objects.bulk_update(lines, ["text"])


def served_khoan(meeting) -> list[TopicMark]:
    """The marks of a meeting that name a khoản, with what its page says of them."""
    marks = TopicMark.objects.filter(meeting=meeting, clause__isnull=False)
    return list(marks.select_related("task", "meeting", "clause__resolution__document").defer("clause__resolution__document__content").order_by("task__order", "pk"))  # fmt: skip
