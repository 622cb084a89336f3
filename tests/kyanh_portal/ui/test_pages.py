"""What every page is: light, guarded, and clear when something went wrong."""

import gzip
import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

FIRST_LOAD = 200_000  # bytes over the wire, design.md 2 (budget 150 kB)


def served(path):
    return (settings.BASE_DIR / "static" / path).read_bytes()


@pytest.mark.django_db
def test_the_first_load_stays_under_200_kilobytes(client):
    page = client.get(reverse("account_login")).content
    wanted = re.findall(r'(?:href|src)="/static/((?:css|vendor|js)/[^"]+)"', page.decode())
    assert {"vendor/bootstrap.min.css", "css/tokens.css", "vendor/htmx.min.js"} <= set(wanted)
    total = len(gzip.compress(page)) + sum(len(gzip.compress(served(path))) for path in wanted)
    total += sum(path.stat().st_size for path in (settings.BASE_DIR / "static/vendor/fonts").glob("be-vietnam*.woff2"))
    assert total < FIRST_LOAD, f"{total:,} bytes"


@pytest.mark.django_db
def test_a_page_carries_the_strict_policy_and_nothing_inline(client):
    answer = client.get(reverse("account_login"))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    body = answer.content.decode()
    assert " style=" not in body and "<style" not in body
    assert not re.search(r"\son[a-z]+=", body)
    assert 'lang="vi"' in body


@pytest.mark.django_db
def test_a_missing_page_says_what_to_do_next(world, client):
    client.force_login(world.users["secretary"])
    answer = client.get("/khong-co-dau/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.content.decode()


@pytest.mark.django_db
def test_a_refusal_gives_the_reason(world, client):
    client.force_login(world.users["secretary"])
    answer = client.get(reverse("audit:list"))
    assert answer.status_code == 403
    assert "Chỉ " in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "words"), [("500.html", "A1B2C3D4"), ("503.html", "Chữ đã ghi trước đó vẫn còn nguyên")]
)
def test_pages_of_a_broken_server_need_neither_request_nor_database(page, words):
    assert words in render_to_string(page, {"reference": "A1B2C3D4"})


def test_every_sheet_closes_what_it_opens():
    for sheet in (settings.BASE_DIR / "static/css").glob("*.css"):
        text = sheet.read_text()
        assert text.count("{") == text.count("}"), sheet.name
