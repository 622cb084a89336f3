"""What every answer carries, whatever its status; and that only a post changes anything."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from kyanh_portal.dashboard.views import Home

pytestmark = pytest.mark.django_db
HEADERS = (
    "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
)  # fmt: skip


def broken(error):
    def get(self, request, *args, **kwargs):
        raise error

    return get


def assert_guarded(answer, status):
    assert answer.status_code == status
    assert [name for name in HEADERS if name not in answer.headers] == []
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "default-src 'none'" in policy


@pytest.mark.parametrize("status", [200, 302, 400, 403, 404, 405, 500, 503])
def test_headers_on_every_status(world, monkeypatch, status):
    client = Client(raise_request_exception=False)
    client.force_login(world.users["secretary"])
    answers = {
        200: lambda: client.get("/"), 302: lambda: Client().get("/"), 400: lambda: client.get("/", headers={"host": "xau.example"}),
        403: lambda: client.get("/nhat-ky/"), 404: lambda: client.get("/khong-co/"), 405: lambda: client.post("/nghi-quyet/"),
        500: lambda: client.get("/"), 503: lambda: client.get("/"),
    }  # fmt: skip
    if status in (500, 503):
        monkeypatch.setattr(Home, "get", broken(ZeroDivisionError() if status == 500 else OperationalError()))
    answer = answers[status]()
    assert_guarded(answer, status)
    assert answer["Cache-Control"] == "no-store"
    if status >= 400:
        assert '<html lang="vi"' in answer.content.decode() and "Traceback" not in answer.content.decode()


def test_headers_on_static_files(client):
    answer = client.get("/static/img/favicon.svg")
    assert_guarded(answer, 200)
    answer.close()


def test_only_post_changes_data(world, client):
    """GET, HEAD and OPTIONS with the words of a post, and the headers that pretend another method."""
    client.force_login(world.users["organising"])
    name = world.cell_a1.name
    address = reverse("chibo:organisation_edit", args=[world.cell_a1.pk])
    for method in ("get", "head", "options"):
        extra = {"headers": {"X-HTTP-Method-Override": "POST"}}
        getattr(client, method)(f"{address}?_method=POST&name=Khac", **extra)
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(address).status_code in (403, 405, 422)
    world.cell_a1.refresh_from_db()
    assert world.cell_a1.name == name


@pytest.mark.parametrize("forged", [
    {}, {"headers": {"origin": "https://xau.example"}}, {"headers": {"origin": "null"}}, {"headers": {"sec-fetch-site": "cross-site"}},
    {"content_type": "text/plain"},
])  # fmt: skip
def test_a_post_without_the_token_is_refused(world, forged):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["administrator"])
    address = reverse("chibo:account_switch", args=[world.users["office"].pk])
    answer = client.post(address, **{"data": "x" if "content_type" in forged else {}, **forged})
    assert answer.status_code in (302, 403)
    world.users["office"].refresh_from_db()
    assert world.users["office"].is_active
