"""Sessions end when idle or old; a person sees and ends them; a given password is changed first."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.chibo import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = "một câu dễ nhớ của riêng tôi"


def set_clock(client, **seconds_ago):
    session = client.session
    for name, seconds in seconds_ago.items():
        session[name] = int(time.time()) - seconds
    session.save()


@pytest.fixture
def inside(client):
    user = make_user("vanphong")
    client.post(reverse("account_login"), {"login": "vanphong", "password": PASSWORD})
    client.user = user
    return client


def test_an_idle_session_ends_and_comes_back_to_the_same_page(inside, settings):
    set_clock(inside, seen_at=settings.SESSION_IDLE_MINUTES * 60 + 5)
    answer = inside.get("/tai-khoan/phien/?a=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/tai-khoan/vao/?next=%2Ftai-khoan%2Fphien%2F%3Fa%3D1"
    assert "_auth_user_id" not in inside.session


def test_a_script_is_told_401_not_a_page(inside, settings):
    set_clock(inside, seen_at=settings.SESSION_IDLE_MINUTES * 60 + 5)
    answer = inside.get("/tai-khoan/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert "chữ vừa gõ vẫn còn" in answer.json()["message"]


def test_a_busy_session_ends_too_when_it_is_old(inside, settings):
    set_clock(inside, seen_at=0, began_at=settings.SESSION_HOURS * 3600 + 5)
    assert inside.get("/tai-khoan/").status_code == 302


def test_a_working_session_goes_on(inside):
    set_clock(inside, seen_at=600)
    assert inside.get("/tai-khoan/").status_code == 200


def test_other_devices_are_listed_and_ended(inside):
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140"})
    other.post(reverse("account_login"), {"login": "vanphong", "password": PASSWORD})
    other.get("/tai-khoan/")
    page = inside.get(reverse("usersessions_list")).content.decode()
    assert "Chrome trên Windows" in page
    assert "Kết thúc ở 1 máy khác" in page
    inside.post(reverse("usersessions_list"))
    assert other.get("/tai-khoan/").status_code == 302
    assert inside.get("/tai-khoan/").status_code == 200


def test_a_given_password_is_changed_before_anything_else(inside):
    inside.user.must_change_password = True
    inside.user.save()
    assert inside.get("/tai-khoan/")["Location"] == reverse("account_change_password")
    inside.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    inside.user.refresh_from_db()
    assert inside.user.must_change_password is False
    assert inside.user.check_password(NEW)
    assert inside.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"oldpassword": "sai", "password1": NEW, "password2": NEW}, "Mật khẩu đang dùng chưa đúng."),
        (
            {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW + "x"},
            "Hai lần gõ mật khẩu mới chưa giống nhau.",
        ),
        ({"oldpassword": "", "password1": "", "password2": ""}, "Mục này chưa ghi."),
    ],
)
def test_a_wrong_change_of_password_says_what_is_wrong(inside, answers, told):
    assert told in inside.post(reverse("account_change_password"), answers).content.decode()
    inside.user.refresh_from_db()
    assert inside.user.check_password(PASSWORD)


def test_changing_the_password_ends_other_sessions(inside):
    other = Client()
    other.post(reverse("account_login"), {"login": "vanphong", "password": PASSWORD})
    inside.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert other.get("/tai-khoan/").status_code == 302


def test_the_text_size_is_kept_with_the_account(inside):
    inside.post(reverse("account_text_size"), {"text_size": "larger"})
    assert 'data-text="larger"' in inside.get("/tai-khoan/").content.decode()
    inside.post(reverse("account_text_size"), {"text_size": "khổng lồ"})
    inside.user.refresh_from_db()
    assert inside.user.text_size == "larger"
