"""Check a list and write it, in the background. The row of the run is the truth: a worker claims it under a lease; rows
are written in batches, each marked as written in the transaction that wrote it, so that a worker killed midway neither
loses nor doubles a row: the next one goes on with what is not marked."""

import datetime as dt
import hashlib
import logging
from collections import Counter

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kyanh_portal.access.rules import verdict
from kyanh_portal.audit.record import record
from kyanh_portal.base.background import later
from kyanh_portal.base.copying import copy_line, copy_lines
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.leases import MOST_ATTEMPTS
from kyanh_portal.exchange.importer import Row, importers
from kyanh_portal.exchange.models import OPEN, ImportRow, ImportRun, Purpose, RowKind, State
from kyanh_portal.exchange.reading import read_rows
from kyanh_portal.files.keeping import check_upload

log = logging.getLogger("kyanh.exchange")
MOST_OPEN = 3  # lists a person may have under way
BATCH = 500
RESEND = dt.timedelta(seconds=12)
KEPT_FOR = dt.timedelta(days=1)
FAILED = "Không nhập được danh sách. Gửi lại tệp; nếu vẫn vậy thì gọi quản trị."


def send_list(importer_code: str, upload, purpose: str, *, by, client_key=None) -> ImportRun:
    """Take a spreadsheet in and queue its check; sent twice with one key it is one run. Raises RuleBroken."""
    if client_key and (same := ImportRun.objects.filter(client_key=client_key, requester=by).first()):
        return same
    importer = importers.get(importer_code)
    if ImportRun.objects.filter(requester=by, state__in=OPEN).count() >= MOST_OPEN:
        raise RuleBroken(f"Đồng chí đang có {MOST_OPEN} danh sách chưa xong. Đợi xong bớt rồi gửi tiếp.", field="file")
    checked = check_upload(upload, by=by, allowed=("xlsx",))
    extra = {"client_key": client_key} if client_key else {}
    with transaction.atomic():
        run = ImportRun.objects.create(
            importer=importer_code, purpose=purpose, title=f"{importer.title}: {checked.name}"[:300],
            sha256=hashlib.sha256(checked.data).hexdigest(), content=checked.data, requester=by, sent_at=timezone.now(), **extra,
        )  # fmt: skip
        record("import.sent", run, by=by, importer=importer_code, purpose=purpose, sha256=run.sha256)
        later("exchange.run", run.pk)
    return run


@transaction.atomic
def confirm(run: ImportRun, *, by) -> ImportRun:
    """Let the previewed rows be written."""
    run = ImportRun.objects.select_for_update(of=("self",)).defer("content").get(pk=run.pk)
    if run.state in (State.CONFIRMED, State.WRITING, State.DONE):
        return run
    if not run.may_confirm:
        raise Conflict("Danh sách này không còn chờ ghi. Tải lại trang để xem.")
    run.state, run.attempt, run.sent_at = State.CONFIRMED, 0, timezone.now()
    run.done_steps, run.all_steps = 0, run.to_write
    run.save(update_fields=["state", "attempt", "sent_at", "done_steps", "all_steps"])
    record("import.confirmed", run, by=by, new=run.counts.get("new", 0), changed=run.counts.get("changed", 0))
    later("exchange.run", run.pk)
    return run


@transaction.atomic
def drop(run: ImportRun, *, by) -> ImportRun:
    """Put a checked list aside; nothing was written, its rows are removed."""
    run = ImportRun.objects.select_for_update(of=("self",)).defer("content").get(pk=run.pk)
    if run.state != State.CHECKED:
        raise Conflict("Danh sách này không còn chờ ghi. Tải lại trang để xem.")
    ImportRow.objects.filter(run=run).delete()
    ImportRun.objects.filter(pk=run.pk).update(state=State.DROPPED, finished_at=timezone.now())
    record("import.dropped", run, by=by)
    run.state = State.DROPPED
    return run


def run_import(pk: int) -> str:
    """Check or write one list, whichever it waits for; may be called any number of times, by any number of workers."""
    run = ImportRun.objects.claim(pk)
    if run is None:
        return "not mine"
    if run.attempt > MOST_ATTEMPTS:
        return _end(run, State.FAILED, "Máy dừng giữa chừng nhiều lần. Tách tệp nhỏ hơn rồi gửi lại; nếu vẫn vậy thì gọi quản trị.")  # fmt: skip
    importer, user = importers.get(run.importer), run.requester
    if not user.is_active or verdict(importer.access, user) is not True:
        return _end(run, State.DENIED, "Đồng chí không còn quyền nhập danh sách này.")
    try:
        return _check(run, importer, user) if run.state == State.CHECKING else _write(run, importer, user)
    except RuleBroken as broken:
        return _end(run, State.FAILED, broken.message)
    except Exception:
        log.exception("import run %s, attempt %s", run.pk, run.attempt)
        return _end(run, State.FAILED, FAILED)


def _check(run, importer, user) -> str:
    rows = read_rows(bytes(run.content), importer)
    compare = run.purpose == Purpose.COMPARE
    known = importer.begin(user, rows, compare=compare)
    preview, noted = [], 0
    for done, row in enumerate(rows, start=1):
        if not row.problems:
            importer.judge(row, known)
        if row.problems:
            row.kind = RowKind.WRONG
        elif row.target is None:
            row.kind = RowKind.NEW
        else:
            row.kind = RowKind.CHANGED if row.differences else RowKind.SAME
        noted += row.kind == RowKind.NEW and row.is_noted
        preview.append(_line(run, row))
        row.cells = row.values = row.differences = None  # from here on the line has it: memory stays flat
        if done % BATCH == 0 and not ImportRun.objects.keep(run, done_steps=done, all_steps=len(rows)):
            return "lost"
    if compare:
        missing = importer.missing(user, rows, known)
        preview += [_line(run, row) for row in missing]
        rows += missing
    counts = Counter(row.kind for row in rows)
    return _checked(run, counts | {"noted": noted} if noted else counts, preview)


_PREVIEW = ("run", "number", "label", "kind", "target", "values", "differences", "problems", "left_out")


def _line(run, row: Row) -> bytes:
    """A row of the preview, ready to be copied in; only what will be written keeps its values."""
    values = row.values if row.kind in (RowKind.NEW, RowKind.CHANGED) else {}
    return copy_line((run.pk, row.number, row.label[:300], str(row.kind), row.target, values, row.differences, row.problems, ""))  # fmt: skip


@transaction.atomic
def _checked(run, counts: dict, preview: list[bytes]) -> str:
    """Preview and state together; who lost the lease throws the work away."""
    moved = ImportRun.objects.held(run).update(
        state=State.CHECKED, checked_at=timezone.now(), lease_until=None, counts=counts, content=b"",
        done_steps=len(preview), all_steps=len(preview),
    )  # fmt: skip
    if not moved:
        return "lost"
    ImportRow.objects.filter(run=run).delete()
    copy_lines(ImportRow, _PREVIEW, preview)
    record("import.checked", run, by=run.requester, **counts)
    return State.CHECKED


def _write(run, importer, user) -> str:
    waiting = (
        ImportRow.objects.filter(run=run, kind__in=[RowKind.NEW, RowKind.CHANGED], written_at=None, left_out="")
        .order_by("number", "pk")
        .values_list("pk", "number", "target", "values", "differences", named=True)
    )
    while True:
        with transaction.atomic():
            # Holding the run's row until commit fences off any other attempt.
            if not ImportRun.objects.keep(run):
                return "lost"
            batch = list(waiting[:BATCH])
            if not batch:
                return _end(run, State.DONE)
            refused = importer.write(batch, by=user)
            done = [row.pk for row in batch if row.number not in refused]
            ImportRow.objects.filter(pk__in=done).update(written_at=timezone.now())
            for row in batch:  # few: what somebody else changed meanwhile
                if row.number in refused:
                    ImportRow.objects.filter(pk=row.pk).update(left_out=refused[row.number][:300])
            ImportRun.objects.held(run).update(done_steps=F("done_steps") + len(batch))


def _end(run, state: str, problem: str = "") -> str:
    with transaction.atomic():
        left = ImportRow.objects.filter(run=run).exclude(left_out="").count()
        counts = run.counts | {"left": left} if left else run.counts
        if not ImportRun.objects.end(run, state, problem, content=b"", counts=counts):
            return "lost"
        written = ImportRow.objects.filter(run=run).exclude(written_at=None).count()
        record(
            "import.done" if state == State.DONE else "import.failed",
            run, by=run.requester, state=state, written=written, attempt=run.attempt,
        )  # fmt: skip
    return state


def waiting_for_relay() -> list[int]:
    """Runs to send again, marked as sent."""
    return ImportRun.objects.to_send_again(RESEND, 50)


def sweep() -> int:
    """Rows of lists that ended or were left lying for a day are removed: personal data are not kept twice."""
    long_ago = timezone.now() - KEPT_FOR
    ImportRun.objects.filter(state=State.CHECKED, checked_at__lt=long_ago).update(
        state=State.DROPPED, finished_at=timezone.now()
    )
    ended = ImportRun.objects.filter(
        Q(finished_at__lt=long_ago) | Q(state=State.DROPPED, checked_at__lt=long_ago)
    ).exclude(state__in=OPEN)
    return ImportRow.objects.filter(run__in=ended).delete()[0]
