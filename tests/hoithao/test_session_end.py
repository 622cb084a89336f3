"""The session ends while a text is being typed: after signing in, it stands where it was typed."""

import time
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from hoithao.models import Meeting
from tests.factories.chibo import PASSWORD
from tests.factories.hoithao import opened


@pytest.fixture
def page(world):
    return reverse("hoithao:run", args=[opened(world.cell_a1, world.members_a1).pk, "ket-luan"])


def sign_in(client, address, username="secretary"):
    client.get(address)
    token = client.session["_csrftoken"]
    return client.post(address, {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token})


def typed(**more):
    return {"conclusion": "Gõ trước khi hết phiên", "seen_conclusion": "", "once": uuid.uuid4(), **more}


@pytest.fixture
def visitor(world):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, reverse("account_login"))
    return client


def test_idle_session_keeps_what_was_sent(visitor, page):
    visitor.get(page)
    token = visitor.session["_csrftoken"]
    session = visitor.session
    session["seen_at"] = time.time() - 60 * 60 * 24
    session.save()
    away = visitor.post(page, typed(csrfmiddlewaretoken=token))
    assert away.status_code == 302 and away.url.startswith(reverse("account_login"))
    assert Meeting.objects.get().conclusion == ""

    back = sign_in(visitor, away.url)
    assert back.url == page
    shown = visitor.get(page)
    assert shown.context["conclusion"].value == "Gõ trước khi hết phiên"
    assert "Chữ vừa gõ vẫn còn" in shown.text
    sent = typed(csrfmiddlewaretoken=visitor.session["_csrftoken"], seen_conclusion=shown.context["conclusion"].seen)
    assert visitor.post(page, sent).status_code == 302
    assert Meeting.objects.get().conclusion == "Gõ trước khi hết phiên"
    assert visitor.get(page).context["conclusion"].value == "Gõ trước khi hết phiên"


def test_lost_session_keeps_what_was_sent(visitor, page):
    visitor.cookies.clear()
    away = visitor.post(page, typed(csrfmiddlewaretoken="x" * 64))
    assert away.status_code == 302 and away.url.startswith(reverse("account_login"))
    assert sign_in(visitor, away.url).url == page
    assert "Gõ trước khi hết phiên" in visitor.get(page).text
    assert "Gõ trước khi hết phiên" not in visitor.get(page).text  # shown once; nothing was written
    assert Meeting.objects.get().conclusion == ""


def test_page_older_than_the_sign_in_shows_its_text_again(visitor, page):
    away = visitor.post(page, typed(csrfmiddlewaretoken="x" * 64))
    assert away.url == page
    assert "Gõ trước khi hết phiên" in visitor.get(page).text


def test_text_of_an_idle_session_is_shown_to_nobody_else(visitor, world, page):
    session = visitor.session
    session["seen_at"] = time.time() - 60 * 60 * 24
    session.save()
    away = visitor.post(page, typed())
    sign_in(visitor, away.url, "committee")
    assert "Gõ trước khi hết phiên" not in visitor.get(page).text


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_forged_post_is_not_kept(visitor, page, origin):
    answer = visitor.post(page, typed(), headers={"Origin": origin})
    assert answer.status_code == 403
    assert "parked_post" not in visitor.session


def test_passwords_are_never_kept(visitor):
    visitor.post(
        reverse("hoithao:meeting_create"),
        {"place": "Nhà văn hóa", "password1": "bí mật", "csrfmiddlewaretoken": "x" * 64},
    )
    assert set(visitor.session["parked_post"]["fields"]) == {"place"}


def test_script_that_saves_is_told_in_words(visitor, page):
    session = visitor.session
    session["seen_at"] = time.time() - 60 * 60 * 24
    session.save()
    answer = visitor.post(
        page.replace("buoc/ket-luan/", "ghi/"),
        {"field": "conclusion", "value": "x"},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 401 and "Đăng nhập lại" in answer.json()["message"]
