"""Signing in: any keyboard, one answer for every failure, guessing slowed down."""

import unicodedata

import pytest
from django.urls import reverse
from django.utils import timezone

from kyanh_portal.accounts.adapter import WRONG, AccountAdapter
from kyanh_portal.accounts.models import SignInFailure
from tests.factories.chibo import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def sign_in(client, name, password, **extra):
    return client.post(reverse("account_login"), {"login": name, "password": password}, **extra)


def is_inside(client):
    return "_auth_user_id" in client.session


def test_name_and_password_are_the_same_from_every_keyboard(client):
    make_user("bithu.to3")
    answer = sign_in(client, "  BiThu.To3 ", unicodedata.normalize("NFD", PASSWORD))
    assert answer.status_code == 302
    assert is_inside(client)


def test_a_missing_account_and_a_wrong_password_get_the_same_answer(client):
    make_user("vanphong")
    wrong, missing = sign_in(client, "vanphong", "sai bét"), sign_in(client, "khong-co", "sai bét")
    assert wrong.status_code == missing.status_code == 200
    assert WRONG in wrong.content.decode() and WRONG in missing.content.decode()
    assert not is_inside(client)


def test_a_closed_account_gets_the_same_answer_and_stays_out(client):
    user = make_user("nghiviec")
    user.is_active = False
    user.save()
    answer = sign_in(client, "nghiviec", PASSWORD)
    assert WRONG in answer.content.decode()
    assert not is_inside(client)


@pytest.mark.parametrize("name", ["vanphong", "khong-co"])
def test_guessing_is_slowed_down_alike_for_real_and_missing_names(client, name):
    make_user("vanphong")
    for _ in range(5):
        assert WRONG in sign_in(client, name, "sai bét").content.decode()
    assert "Đã sai nhiều lần. Đợi" in sign_in(client, name, PASSWORD).content.decode()
    assert not is_inside(client)


def test_after_the_wait_the_right_password_opens_and_forgives(client):
    make_user("vanphong")
    for _ in range(6):
        sign_in(client, "vanphong", "sai bét")
    SignInFailure.objects.update(blocked_until=timezone.now())
    sign_in(client, "vanphong", PASSWORD)
    assert is_inside(client)
    assert sorted(SignInFailure.objects.values_list("failures", flat=True)) == [
        5,
        5,
    ]  # the name and the address remember


def test_waiting_at_one_address_does_not_lock_the_account_elsewhere(client):
    make_user("vanphong")
    for _ in range(6):
        sign_in(client, "vanphong", "sai bét", REMOTE_ADDR="10.0.0.9")
    sign_in(client, "vanphong", PASSWORD, REMOTE_ADDR="10.0.0.10")
    assert is_inside(client)


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(client):
    waits = []
    for _ in range(14):
        SignInFailure.objects.update(blocked_until=None)
        sign_in(client, "khong-co", "sai bét")
        row = SignInFailure.objects.order_by("-blocked_until").filter(blocked_until__isnull=False).first()
        if row:
            waits.append(round((row.blocked_until - row.last_at).total_seconds()))
    assert waits[:5] == [30, 60, 120, 240, 480]
    assert max(waits) == 900


def test_the_typed_name_is_not_kept(client):
    sign_in(client, "lỡ gõ mật khẩu vào đây", "sai bét")
    assert not any("mật khẩu" in str(value) for row in SignInFailure.objects.values() for value in row.values())


def test_signing_in_leads_back_inside_only(client):
    make_user("vanphong")
    answer = client.post(
        f"{reverse('account_login')}?next=https://xau.example/", {"login": "vanphong", "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_nobody_signs_up_alone(client, rf):
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False
    assert client.get("/tai-khoan/signup/").status_code == 404
    assert "đăng ký" not in client.get(reverse("account_login")).content.decode().lower()


def test_a_link_does_not_sign_out(client):
    client.force_login(make_user("vanphong"))
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_inside(client)
    client.post(reverse("account_logout"))
    assert not is_inside(client)
