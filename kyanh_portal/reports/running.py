"""Runs of reports. The row is the truth: a worker claims it under a lease, and only the holder of the newest attempt
may finish it, in one transaction. Redis may lose every message; the relay finds what waits."""

import datetime as dt
import hashlib
import logging

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from kyanh_portal.access.rules import verdict
from kyanh_portal.audit.record import record
from kyanh_portal.base.background import later
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.leases import MOST_ATTEMPTS
from kyanh_portal.reports.models import KEPT_FOR, ReportFile, ReportRun, State
from kyanh_portal.reports.report import reports

log = logging.getLogger("kyanh.reports")
MOST_WAITING = 20  # open runs a person may have
RESEND = dt.timedelta(seconds=8)


@transaction.atomic
def ask(report_code: str, parameters: dict, formats: list[str], *, by, client_key=None) -> ReportRun:
    """Put a run in the queue; sent twice with one key it is one run. Raises RuleBroken over the personal limit."""
    if client_key and (same := ReportRun.objects.filter(client_key=client_key, requester=by).first()):
        return same
    if ReportRun.objects.filter(requester=by, state__in=[State.QUEUED, State.RUNNING]).count() >= MOST_WAITING:
        raise RuleBroken(f"Đồng chí đang có {MOST_WAITING} báo cáo chờ. Đợi xong bớt rồi yêu cầu tiếp.")
    report = reports.get(report_code)
    extra = {"client_key": client_key} if client_key else {}
    run = ReportRun.objects.create(
        report=report_code, title=report.run_title(parameters)[:300], parameters=parameters,
        formats=",".join(formats), requester=by, sent_at=timezone.now(), **extra,
    )  # fmt: skip
    record("report.asked", run, by=by, report=report_code)
    later("reports.run", run.pk)
    return run


@transaction.atomic
def ask_again(run: ReportRun, *, by) -> ReportRun:
    """Try a failed run once more."""
    run = ReportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != State.FAILED:
        raise RuleBroken("Báo cáo này không cần làm lại.")
    run.state, run.attempt, run.problem, run.done_steps, run.sent_at = State.QUEUED, 0, "", 0, timezone.now()
    run.save()
    record("report.asked", run, by=by, report=run.report)
    later("reports.run", run.pk)
    return run


def fairest(pk: int) -> int | None:
    """Which run to make when a message about `pk` arrives; None when that one needs no worker any more.

    A message only wakes a worker. Turns go round among people: who had the fewest turns in the last hour comes first,
    then who asked first, so that one person's many reports never hold up another's single one.
    """
    waiting = ReportRun.objects.claimable()
    if not waiting.filter(pk=pk).exists():
        return None
    lately = timezone.now() - dt.timedelta(hours=1)
    people = set(waiting.values_list("requester_id", flat=True))
    turns = dict(
        ReportRun.objects.filter(requester_id__in=people)
        .filter(Q(finished_at__gt=lately) | Q(state=State.RUNNING))
        .order_by()
        .values_list("requester_id")
        .annotate(turns=Count("pk"))
    )
    rows = waiting.order_by("asked_at", "pk").values_list("pk", "requester_id")
    return min(rows, key=lambda row: turns.get(row[1], 0))[0]


def serve(pk: int) -> str:
    """Answer one message: make the run whose turn it is."""
    chosen = fairest(pk)
    return "not mine" if chosen is None else run_report(chosen)


def run_report(pk: int) -> str:
    """Make one report; may be called any number of times, by any number of workers."""
    run = ReportRun.objects.claim(pk, done_steps=0)
    if run is None:
        return "not mine"
    if run.attempt > MOST_ATTEMPTS:
        return finish(
            run,
            State.FAILED,
            problem=f"Máy làm báo cáo dừng giữa chừng {MOST_ATTEMPTS} lần (quá giờ hoặc hết bộ nhớ). Chọn kỳ ngắn hơn hoặc đơn vị nhỏ hơn, hoặc bấm “Làm lại”; nếu vẫn vậy thì gọi quản trị.",
        )
    report, user = reports.get(run.report), run.requester
    if not user.is_active or verdict(report.access, user) is not True or not report.may_run(user, run.parameters):
        return finish(run, State.DENIED, problem="Đồng chí không còn quyền với báo cáo này.")
    try:
        ReportRun.objects.held(run).update(all_steps=report.count(user, run.parameters))
        work, set_aside = {}, []
        for done, _ in enumerate(report.steps(user, run.parameters, work, set_aside), start=1):
            if not ReportRun.objects.keep(run, done_steps=done):
                return "lost"
        files = report.files(user, run.parameters, work, run.formats.split(","))
    except RuleBroken as broken:
        return finish(run, State.FAILED, problem=broken.message)
    except Exception:
        log.exception("report run %s, attempt %s", run.pk, run.attempt)
        return finish(run, State.FAILED, problem="Không làm được báo cáo. Bấm “Làm lại”, nếu vẫn vậy thì gọi quản trị.")
    return finish(run, State.DONE, files=files, set_aside=set_aside)


@transaction.atomic
def finish(run: ReportRun, state: str, *, files=(), problem="", set_aside=()) -> str:
    """End the run, files and state together; a worker whose attempt is not the newest throws its work away."""
    steps = F("all_steps") if state == State.DONE else F("done_steps")
    facts = {"set_aside": list(set_aside), "expires_at": timezone.now() + KEPT_FOR, "done_steps": steps}
    if not ReportRun.objects.end(run, state, problem, **facts):
        return "lost"
    ReportFile.objects.bulk_create(
        ReportFile(
            run=run,
            name=name,
            media_type=media,
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for name, media, content in files
    )
    record(
        "report.made" if state == State.DONE else "report.failed",
        run,
        by=run.requester,
        state=state,
        attempt=run.attempt,
    )
    return state


def waiting_for_relay() -> list[int]:
    """Runs to send again, marked as sent."""
    return ReportRun.objects.to_send_again(RESEND)


def sweep() -> int:
    """Remove files past their time; the run itself stays as a line of the list."""
    return ReportFile.objects.filter(run__expires_at__lt=timezone.now()).delete()[0]


def queue_moves() -> bool:
    """No run waits for a worker longer than ten minutes: else worker or timetable stand still."""
    long_ago = timezone.now() - dt.timedelta(minutes=10)
    return not ReportRun.objects.filter(state=State.QUEUED, asked_at__lt=long_ago).exists()
