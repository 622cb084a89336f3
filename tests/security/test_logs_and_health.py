"""Logs are JSON lines with one number and no texts; health answers need nothing; an error gives its number."""

import io
import json
import logging

import pytest
from django.test import Client

from kyanh_portal.base import health, logs

CANARY = "Nguyễn-Văn-Bí-Mật-71"


@pytest.fixture
def lines():
    """What the root logger writes, read back as objects."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.JsonLines())
    names = ["", "django"]
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    for name in names:
        logging.getLogger(name).removeHandler(handler)


@pytest.fixture(autouse=True)
def _fresh_look():
    health._last[:] = [0.0, None]
    yield
    health._last[:] = [0.0, None]


def test_an_error_has_one_number_on_page_and_log_and_tells_no_text(db, lines, settings):
    settings.ROOT_URLCONF = "tests.security.failing_urls"
    answer = Client(raise_request_exception=False).get("/hong/", {"text": CANARY})
    told = lines()
    page = answer.content.decode()
    assert answer.status_code == 500 and answer["X-Request-ID"][:8].upper() in page
    assert CANARY not in page and "Traceback" not in page
    assert {line["request_id"] for line in told} == {answer["X-Request-ID"]}
    assert CANARY not in json.dumps(told, ensure_ascii=False)
    error = next(line for line in told if line.get("error"))
    assert error["error"] == "ValueError" and error["at"][-1].endswith("fails")
    assert error["time"].endswith("+07:00")


def test_letters_that_break_lines_stay_in_one_line(lines):
    evil = 'a\r\n{"level":"X"}\x1b[31m\u2028\u202e"'
    logging.getLogger("kyanh.test").warning("said %s", evil)
    assert [line["message"] for line in lines()] == [f"said {evil}"]


def test_a_strangers_request_number_is_not_taken(db, settings):
    given = "11111111-2222-3333-4444-555555555555"
    assert Client().get("/tai-khoan/vao/", headers={"X-Request-ID": given})["X-Request-ID"] != given
    settings.BEHIND_PROXY = True
    assert Client().get("/tai-khoan/vao/", headers={"X-Request-ID": given})["X-Request-ID"] == given
    assert Client().get("/tai-khoan/vao/", headers={"X-Request-ID": "x\r\ny"})["X-Request-ID"] != "x\r\ny"


def test_the_number_of_a_request_stands_in_the_trail(world):
    from kyanh_portal.audit.models import AuditEntry

    client = Client()
    client.force_login(world.users["secretary"])
    answer = client.get("/nhat-ky/")
    assert answer.status_code == 403
    assert AuditEntry.objects.filter(verb="access.denied").latest("pk").request_id == answer["X-Request-ID"]


def test_a_job_goes_under_the_number_of_its_request():
    from celery import current_app, shared_task

    from kyanh_portal.celery import carry_request_id

    seen = []

    @shared_task(name="tests.number")
    def number():
        seen.append(logs.request_id())

    mine = logs.begin()
    headers = {}
    carry_request_id(headers=headers)
    logs.begin()
    current_app.tasks["tests.number"].apply(headers=headers)
    assert seen == [mine]


def test_liveness_touches_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = Client().get("/livez", headers={"Host": "foreign.invalid"})
    assert (answer.status_code, answer.content, answer.cookies.output()) == (200, b"ok", "")


def test_readiness_looks_once_in_two_seconds(django_assert_num_queries, db):
    assert Client().get("/readyz").status_code == 200
    with django_assert_num_queries(0):
        for _ in range(50):
            assert Client().get("/readyz").status_code == 200


def test_a_silent_broker_is_degraded_and_a_full_disk_not_ready(db, settings):
    settings.REDIS_URL = "redis+socket:///nowhere/none.sock"
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"degraded: broker")
    settings.LEAST_FREE_DISK = 10**18
    health._last[:] = [0.0, None]
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: disk")
