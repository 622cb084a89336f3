"""Runs of reports: a dead worker or an emptied Redis loses nothing and doubles nothing."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from chibo.services.roles import end_role
from kyanh_portal.base.embedded import redis_url
from kyanh_portal.reports.models import ReportFile, ReportRun, State
from kyanh_portal.reports.running import ask, ask_again, claim, finish, run_report, sweep, waiting_for_relay
from tests.factories.hoithao import closed


def asked(world, user="office", formats=("xlsx",)):
    parameters = {"span": "year", "month": "2020-12-01", "unit": world.ward_a.pk, "type": None}
    return ask("sinh-hoat", parameters, list(formats), by=world.users[user])


def test_a_run_makes_its_files_and_tells_its_base(world):
    closed(world.cell_a1, world.members_a1)
    run = asked(world, formats=("pdf", "xlsx"))
    assert run_report(run.pk) == State.DONE
    run.refresh_from_db()
    assert run.done_steps == run.all_steps > 0 and run.files.count() == 2
    assert run_report(run.pk) == "not mine"


def test_a_lost_lease_throws_the_work_away(world):
    run = asked(world)
    first = claim(run.pk)
    ReportRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    second = claim(run.pk)
    assert second.attempt == first.attempt + 1
    assert finish(first, State.DONE, files=[("a.pdf", "application/pdf", b"x")]) == "lost"
    assert ReportFile.objects.count() == 0


def test_rights_are_asked_again_when_the_worker_starts(world):
    run = asked(world)
    end_role(world.users["office"].grants.get(), dt.date(2020, 1, 1), by=None)
    assert run_report(run.pk) == State.DENIED


def test_a_failed_run_is_tried_again_on_demand(world):
    run = asked(world)
    ReportRun.objects.filter(pk=run.pk).update(state=State.FAILED, attempt=5)
    ask_again(run, by=world.users["office"])
    assert run_report(run.pk) == State.DONE


def test_a_crashing_report_ends_after_five_attempts(world):
    run = asked(world)
    ReportRun.objects.filter(pk=run.pk).update(attempt=5)
    assert run_report(run.pk) == State.FAILED


def test_the_relay_finds_what_redis_forgot(world):
    run = asked(world)
    ReportRun.objects.update(sent_at=timezone.now() - dt.timedelta(seconds=30))
    assert waiting_for_relay() == [run.pk]
    assert waiting_for_relay() == []  # just sent


def test_files_end_after_their_time(world):
    run = asked(world)
    run_report(run.pk)
    ReportRun.objects.update(expires_at=timezone.now() - dt.timedelta(hours=1))
    assert sweep() == 1 and ReportRun.objects.count() == 1


def test_a_run_belongs_to_who_asked(world, client):
    run = asked(world)
    client.force_login(world.users["standing"])
    assert client.get(run.get_absolute_url()).status_code == 404


@pytest.mark.xdist_group("workers")
def test_killed_workers_and_an_emptied_redis_lose_nothing(committed_world):
    """kill -9 of the whole worker at random moments, Redis emptied in between: every run ends once."""
    import redis

    world, rng = committed_world, random.Random(20201218)
    closed(world.cell_a1, world.members_a1)
    runs = [asked(world) for _ in range(12)]
    ReportRun.objects.update(sent_at=None)
    name = connection.settings_dict["NAME"]
    base = settings.DATABASES["default"]
    host = (base.get("HOST") or "localhost").replace("/", "%2F")
    environment = {
        **os.environ, "DATABASE_URL": f"postgres://{base['USER']}:{base.get('PASSWORD', '')}@{host}:{base.get('PORT') or 5432}/{name}",
        "REDIS_URL": settings.CELERY_BROKER_URL, "REPORT_LEASE_SECONDS": "2", "DJANGO_SETTINGS_MODULE": "kyanh_portal.settings",
    }  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "kyanh_portal",
        "worker",
        "-B",
        "--concurrency",
        "1",
        "--loglevel",
        "ERROR",
        "--schedule",
        f"/tmp/beat-{name}",
        "--pidfile=",
    ]
    url = redis_url()
    broker = (
        redis.Redis(unix_socket_path=url.removeprefix("redis+socket://"))
        if url.startswith("redis+socket")
        else redis.Redis.from_url(url)
    )
    deadline, kills = time.monotonic() + 90, 0
    while time.monotonic() < deadline and ReportRun.objects.exclude(state=State.DONE).exists():
        worker = subprocess.Popen(
            command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        life = rng.uniform(3.0, 5.0) if kills < 3 else 60
        end = time.monotonic() + life
        while time.monotonic() < min(end, deadline) and ReportRun.objects.exclude(state=State.DONE).exists():
            time.sleep(0.2)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        kills += 1
        broker.flushdb()
    assert ReportRun.objects.filter(state=State.DONE).count() == len(runs), list(
        ReportRun.objects.values_list("state", "attempt", "problem")
    )
    assert ReportFile.objects.count() == len(runs)
