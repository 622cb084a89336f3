"""P10, a year's report; and P9, the month's end: 400 whole meetings posted at once to two sync workers, against the bare insert of the same rows.

Both sides run under gunicorn with the whole middleware of the portal, signed in, with a CSRF token; the bare address
(`/do-tron/`, served only here) reads the same post and writes the same rows with one bulk insert a table, without
rules, composing, sealing of the paper, look-ups or counts. Used by `manage.py bench`, in its own database.
"""

import asyncio
import datetime as dt
import io
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.request
import uuid
from contextlib import contextmanager, suppress

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import JsonResponse
from django.urls import include, path
from xlsxwriter import Workbook

from chibo.models import Organisation
from hoithao.demo_papers import ratio_of
from hoithao.models import AgendaItem, Attendance, Contribution, Meeting, MeetingKind, Minutes, MonthTally
from hoithao.reports.meetings_summary import MeetingsSummary
from hoithao.services.tallies import COUNTS, recount_all
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.audit.verifying import first_wrong_position, unsealed
from kyanh_portal.base.calendar import add_months, at_local, months_between
from kyanh_portal.demo.world import Measured, add_benchmark
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.ui.models import Receipt

SAVES = 400
ROUNDS = 2
PORT = int(os.environ.get("BENCH_PORT", "8190"))
WHOLE, BARE = "/sinh-hoat/tron-buoi/", "/do-tron/"


def bare_save(request):
    """The rows of one meeting as the post has them: what a save costs at least."""
    post = json.loads(request.body)
    kind = MeetingKind.objects.get(code="BAT_THUONG")
    starts_at = dt.datetime.fromisoformat(post["starts_at"])
    with transaction.atomic():
        meeting = Meeting(
            organisation_id=post["organisation"], kind=kind, month=starts_at.date().replace(day=1), starts_at=starts_at,
            ended_at=dt.datetime.fromisoformat(post["ended_at"]), place=post["place"], chair_id=post["chair"], status="open",
            secretary_id=post["secretary"], conclusion=post["conclusion"], search_key="do", client_key=post["key"], opened_at=starts_at,
        )  # fmt: skip
        Meeting.objects.bulk_create([meeting])
        AgendaItem.objects.bulk_create(AgendaItem(meeting=meeting, order=i, title="Nội dung") for i in range(5))
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, member_id=one, standing="CHINH_THUC", mark="CO_MAT") for one in post["roll"]
        )
        Contribution.objects.bulk_create(
            Contribution(meeting=meeting, order=i, member_id=one["member"], text=one["text"])
            for i, one in enumerate(post["contributions"])
        )
        document = IssuedDocument(
            kind="minutes", target_type="hoithao.meeting", target_id=meeting.pk, issuer="do", period="do", type_name="BIÊN BẢN",
            title="Đo", issuer_name="Đo", dated=starts_at.date(), path="0", profile="hd36", content=post["paper"], sha256="0" * 64,
        )  # fmt: skip
        IssuedDocument.objects.bulk_create([document])
        Minutes.objects.bulk_create([Minutes(meeting=meeting, document=document, locked_by=request.user)])
        AuditEntry.objects.bulk_create(
            AuditEntry(verb=verb, by=request.user, target_type="hoithao.meeting", target_id=str(meeting.pk))
            for verb in ("document.issued", "meeting.closed")
        )
        receipt = Receipt(user=request.user, key=post["key"], path=request.path, answer="/")
        Receipt.objects.bulk_create([receipt])
    return JsonResponse({"url": "/", "number": ""})


bare_save.access = "portal.signed_in"
urlpatterns = [path(BARE[1:], bare_save), path("", include("kyanh_portal.urls"))]


class Posts:
    """Posts of secretaries, each signed in, for ever new months: (headers, body) pairs."""

    def __init__(self):
        june = Meeting.objects.closed().filter(kind_is_regular=True, month=dt.date(2020, 6, 1))
        self.cells = list(june.select_related("organisation").prefetch_related("roll").order_by("pk"))
        self.paper = IssuedDocument.objects.filter(kind="minutes").order_by("pk")[40].content
        self.headers = [_signed_in(meeting.organisation) for meeting in self.cells]
        self.month = dt.date(2021, 2, 1)  # January of one cell is planned in the demo world

    def fresh(self, number=SAVES) -> list[tuple[str, bytes]]:
        """`number` whole meetings that no cell has yet."""
        posts = []
        while len(posts) < number:
            at = at_local(self.month.replace(day=5), 19, 30)
            for old, headers in zip(self.cells, self.headers, strict=True):
                posts.append((headers, json.dumps(self._post(old, at)).encode()))
            self.month = add_months(self.month, 1)
        return posts[:number]

    def _post(self, old, at):
        here = [row.member_id for row in old.roll.all() if row.mark == "CO_MAT"]
        return {
            "key": str(uuid.uuid4()), "organisation": old.organisation_id, "kind": "THUONG_KY", "starts_at": at.isoformat(),
            "ended_at": (at + dt.timedelta(minutes=95)).isoformat(), "place": "Nhà văn hóa", "chair": here[0], "secretary": here[1],
            "read_back": True, "conclusion": "Kết luận dùng để đo.\nHai việc của tháng tới.", "roll": [row.member_id for row in old.roll.all()],
            "contributions": [{"member": one, "text": "Nhất trí với báo cáo, đề nghị tiếp tục."} for one in (here * 3)[:6]], "paper": self.paper,
        }  # fmt: skip


def _signed_in(cell) -> str:
    """Headers of a secretary of this cell with a session of their own."""
    from django.middleware.csrf import CSRF_SESSION_KEY
    from django.test import Client

    from chibo.models import RoleGrant
    from kyanh_portal.accounts.models import User

    user = User.objects.create(username=f"do-{cell.pk}", display_name="Bí thư (đo)", is_synthetic=True)
    RoleGrant.objects.create(user=user, organisation=cell, role="cell_secretary", starts_on=dt.date(2020, 1, 1))
    client, token = Client(), uuid.uuid4().hex
    client.force_login(user)
    session = client.session
    session[CSRF_SESSION_KEY] = token
    session.save()
    name = next(iter(client.cookies))
    return f"Cookie: {name}={client.cookies[name].value}\r\nX-CSRFToken: {token}\r\n"


@contextmanager
def _serving(processes=2):
    """Gunicorn with two sync workers, as `make run` starts it."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "kyanh_portal.demo.serving:application",
        "--bind",
        f"127.0.0.1:{PORT}",
        "--workers",
    ]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "kyanh_portal.settings", "BENCH_URLS": "hoithao.bench"}
    server = subprocess.Popen(
        [*command, str(processes), "--backlog", "2048", "--timeout", "120", "--log-level", "critical"], env=environment
    )
    try:
        for _ in range(120):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/livez", timeout=2)  # noqa: S310 - our own address
                break
            time.sleep(0.25)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


async def _send(address, headers, body, taken, answers):
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    head = f"POST {address} HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    taken.append(time.perf_counter() - start)
    answers.append(int(answer.split(b" ", 2)[1]) if answer else 0)


def at_once(address, posts) -> tuple[float, list[float], list[int]]:
    """All posts at the same moment: seconds until the last answer, seconds of each, statuses."""
    taken, answers = [], []

    async def everyone():
        await asyncio.gather(*(_send(address, headers, body, taken, answers) for headers, body in posts))

    start = time.perf_counter()
    asyncio.run(everyone())
    return time.perf_counter() - start, sorted(taken), answers


def month_end() -> list[Measured]:
    """P9: the ratio of medians, its noise (bare ÷ bare), and the counts when each post is sent twice."""
    posts = Posts()
    whole, bare, again, slowest = [], [], [], []
    with _serving():
        at_once(WHOLE, posts.fresh(40))
        at_once(BARE, posts.fresh(40))
        for _ in range(ROUNDS):
            bare.append(_all_saved(BARE, posts.fresh()))
            seconds, slow = _all_saved(WHOLE, posts.fresh(), timed=True)
            whole.append(seconds)
            slowest.append(slow)
            again.append(_all_saved(BARE, posts.fresh()))
        before, twice = _counts(), posts.fresh()
        _, _, statuses = at_once(WHOLE, [post for one in twice for post in (one, one)])
        after = _counts()
    saved = [after[name] - before[name] for name in before]
    _must_be_true()
    ratio = statistics.median(whole) / statistics.median(bare + again)
    noise = statistics.median(again) / statistics.median(bare)
    words = f"{SAVES} buổi trọn vẹn cùng lúc qua HTTP ÷ chèn trần cùng số dòng (giây: {statistics.median(whole):.1f}; p99 {statistics.median(slowest):.1f})"
    return [
        Measured("P9", words, ratio, 1.5, noise),
        Measured("P9", f"mỗi buổi gửi hai lần cùng lúc: thiếu, trong {SAVES}", max(SAVES - min(saved), 0), 0),
        Measured("P9", "mỗi buổi gửi hai lần cùng lúc: ghi đôi", max(max(saved) - SAVES, 0), 0),
        Measured("P9", f"trả lời khác 200, trong {2 * SAVES}", sum(status != 200 for status in statuses), 0),
    ]


def _counts() -> dict[str, int]:
    """What each saved meeting leaves exactly one of."""
    return {
        "meetings": Meeting.objects.closed().count(),
        "minutes": Minutes.objects.count(),
        "papers": IssuedDocument.objects.exclude(issuer="do").count(),
        "trail": AuditEntry.objects.filter(verb="meeting.closed", target_label__gt="").count(),
        "receipts": Receipt.objects.filter(path=WHOLE).count(),
    }


def _must_be_true() -> None:
    """After the storm: counts equal the facts, the trail is whole, every number stands once. Stops the run otherwise."""
    fields = ("organisation_id", "month", "cell_type_id", *COUNTS)
    months = [
        one for one in months_between(dt.date(2021, 1, 1), dt.date(2026, 1, 1)) if MonthTally.objects.filter(month=one)
    ]
    kept = sorted(MonthTally.objects.filter(month__in=months).values_list(*fields), key=str)
    recount_all(months)
    if kept != sorted(MonthTally.objects.filter(month__in=months).values_list(*fields), key=str):
        raise SystemExit("P9: số liệu tháng lệch với dữ kiện.")
    if unsealed() or first_wrong_position() is not None:
        raise SystemExit("P9: nhật ký đứt.")


def _all_saved(address, posts, timed=False):
    seconds, taken, statuses = at_once(address, posts)
    if wrong := [status for status in statuses if status != 200]:
        raise SystemExit(f"{address}: {len(wrong)} trong {len(posts)} không ghi được, mã {wrong[0]}")
    return (seconds, taken[int(len(taken) * 0.99)]) if timed else seconds


def report_ratio() -> Measured:
    """P10: the year's report of the district as XLSX, read, counted and written ÷ XlsxWriter alone on the same rows."""
    user, report = get_user_model().objects.get(username="vanphong"), MeetingsSummary()
    town = Organisation.objects.get(kind__code="thi_uy")
    parameters = {"span": "year", "month": "2020-01-01", "unit": town.pk, "type": None}
    rows: list[list] = []

    def ours():
        work = {}
        for _ in report.steps(user, parameters, work, []):
            pass
        rows[:] = [report.line(row) for row in work["rows"]]
        report.files(user, parameters, work, ["xlsx"])

    def bare():
        book = Workbook(io.BytesIO(), {"constant_memory": True})
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        book.close()

    return Measured("P10", "báo cáo năm của thị ủy, XLSX ÷ XlsxWriter trần", ratio_of(ours, bare), 1.5)


add_benchmark("P9", month_end)
add_benchmark("P10", report_ratio)
