"""The database goes away, comes back, drags; Redis goes away. Real servers, seen through the real web server."""

import threading
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings as site
from django.db import connection
from django.test import Client
from django.urls import reverse

from kyanh_portal.base import health
from tests.factories.hoithao import opened
from tests.security.gate import Gate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gate(committed_world):
    """New connections of this process go through the gate; those of the test itself stay direct."""
    where = connection.settings_dict
    kept = {"HOST": where["HOST"], "PORT": where["PORT"]}
    one = Gate(where["HOST"], where["PORT"])
    where.update(HOST="127.0.0.1", PORT=str(one.port))
    health._last[:] = [0.0, None]
    yield one
    where.update(kept)
    one.delay = 0
    one.close()
    health._last[:] = [0.0, None]


@pytest.fixture
def visit(committed_world, live_server):
    """visit(path) → (status, headers, body) as the secretary, by the real web server."""
    client = Client()
    client.force_login(committed_world.users["secretary"])
    cookie = f"{site.SESSION_COOKIE_NAME}={client.cookies[site.SESSION_COOKIE_NAME].value}"

    def ask(path, with_cookie=True):
        request = urllib.request.Request(live_server.url + path, headers={"Cookie": cookie} if with_cookie else {})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    return ask


def test_a_database_that_goes_and_comes_back(gate, visit):
    """503 in our words only while it is away; right again on the very next request, three times over."""
    for _ in range(3):
        assert visit("/sinh-hoat/")[0] == 200
        gate.close()
        health._last[:] = [0.0, None]
        status, headers, page = visit("/sinh-hoat/")
        assert status == 503 and headers["Retry-After"] and "tạm nghỉ" in page and "Traceback" not in page
        assert visit("/livez")[0] == 200
        status, _, words = visit("/readyz")
        assert (status, words) == (503, "not ready: database")
        gate.open()
        back = [visit("/sinh-hoat/")[0] for _ in range(5)]
        assert back == [200] * 5, "a broken connection was kept"


def test_connections_cut_under_load(gate, visit):
    """Errors are 503 and nothing else; what is asked two seconds after the last cut meets none."""
    answers, over = [], threading.Event()

    def load():
        while not over.is_set():
            asked = time.monotonic()
            answers.append((asked, visit("/sinh-hoat/")[0]))

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        time.sleep(0.4)
        gate.cut()
    last = time.monotonic()
    while not any(asked > last + 2 for asked, _ in answers) and time.monotonic() < last + 60:
        time.sleep(0.1)
    over.set()
    for thread in threads:
        thread.join()
    assert {status for _, status in answers} <= {200, 503}
    late = [status for asked, status in answers if asked > last + 2]
    assert late and set(late) == {200}


def test_a_slow_database_ends_as_503_and_recovers(gate, visit, settings):
    settings.REQUEST_SECONDS = 2
    assert visit("/sinh-hoat/")[0] == 200
    gate.delay = 0.7
    began = time.monotonic()
    status, headers, page = visit("/sinh-hoat/")
    assert status == 503 and headers["Retry-After"] and "tạm nghỉ" in page
    assert time.monotonic() - began < 12
    gate.delay = 0
    assert visit("/sinh-hoat/")[0] == 200


def test_without_redis_everything_but_reports_goes_on(committed_world, caplog):
    """Signing in, reading, saving; a report waits in its row and the page does not wait for the broker."""
    from celery import current_app

    from kyanh_portal.reports.models import ReportRun
    from kyanh_portal.reports.running import ask, waiting_for_relay
    from tests.factories.chibo import PASSWORD

    w = committed_world
    meeting = opened(w.cell_a1, w.members_a1)
    old = current_app.conf.broker_url
    current_app.conf.broker_url = "redis://127.0.0.1:9"
    current_app.pool.force_close_all()
    current_app._pool = None
    try:
        client = Client()
        client.post("/tai-khoan/vao/", {"login": "secretary", "password": PASSWORD})
        assert client.get("/sinh-hoat/").status_code == 200
        saved = client.post(
            reverse("hoithao:meeting_save", args=[meeting.pk]), {"field": "conclusion", "value": "Vẫn ghi", "seen": ""}
        )
        assert saved.status_code == 200
        began = time.monotonic()
        run = ask("batch", {"papers": []}, ["pdf"], by=w.users["secretary"])
        assert time.monotonic() - began < 10
        assert "broker did not take" in caplog.text, "the broker was there: nothing was tested"
        ReportRun.objects.filter(pk=run.pk).update(sent_at=None)
        assert waiting_for_relay() == [run.pk], "the relay must find what no message woke"
        assert client.get("/sinh-hoat/").status_code == 200, "the session survived"
    finally:
        current_app.conf.broker_url = old
        current_app.pool.force_close_all()
        current_app._pool = None
