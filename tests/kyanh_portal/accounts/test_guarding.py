"""Passwords, sessions and devices: what keeps others out and lets the owner in."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from chibo.choices import Role
from chibo.services.accounts import close_account, reset_password
from chibo.services.roles import end_role, grant_role
from kyanh_portal.accounts.passwords import LengthValidator, LocalWordsValidator
from kyanh_portal.audit.models import AuditEntry
from tests.factories.chibo import PASSWORD, START, make_user

pytestmark = pytest.mark.django_db


def signed_in(name="vanphong"):
    client = Client()
    client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    return client


def is_inside(client):
    return client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize("password", [
    "matkhau123456", "Mật Khẩu 2026!!", "kyanh@2026@2026", "Thị ủy Kỳ Anh 2026", "qwertyuiop123", "aaaaaaaaaaaa", "123456789012",
    "chi bộ nghị quyết", "vanphong.2026.2026", "ngắn quá",
    unicodedata.normalize("NFD", "ếếếếếộộộộ"), "x1y2z3 " * 20,
])  # fmt: skip
def test_easy_short_and_endless_passwords_are_refused(password):
    user = make_user("vanphong")
    with pytest.raises(ValidationError):
        for validator in (LengthValidator(), LocalWordsValidator()):
            validator.validate(password, user)


@pytest.mark.parametrize(
    "password",
    ["một câu dễ nhớ của tôi", " dấu cách hai đầu nhé ", "🌾 lúa chín vàng đồng", "x" * 3 + "tre xanh gió mát" * 7],
)
def test_sentences_with_marks_spaces_and_pictures_are_fine(password):
    user = make_user("vanphong")
    for validator in (LengthValidator(), LocalWordsValidator()):
        validator.validate(password, user)


def test_a_blocked_password_is_refused_by_the_page(client):
    user = make_user("vanphong")
    client.force_login(user)
    answers = {"oldpassword": PASSWORD, "password1": "Thị ủy Kỳ Anh 2026", "password2": "Thị ủy Kỳ Anh 2026"}
    assert "dễ đoán" in client.post(reverse("account_change_password"), answers).content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_one_session_too_many_ends_the_oldest(settings):
    make_user("vanphong")
    clients = []
    for _ in range(settings.SESSIONS_AT_ONCE + 1):
        clients.append(signed_in())
        assert is_inside(clients[-1])
    assert [is_inside(client) for client in clients] == [False] + [True] * settings.SESSIONS_AT_ONCE


@pytest.mark.parametrize("why", ["role", "end", "closed", "password"])
def test_a_changed_standing_ends_the_sessions(world, why):
    client, user, admin = signed_in("office"), world.users["office"], world.users["administrator"]
    assert is_inside(client)
    if why == "role":
        grant_role(user, Role.INSPECTION, world.town, START, by=admin)
    elif why == "end":
        end_role(user.grants.first(), START, by=admin)
    elif why == "closed":
        close_account(user, by=admin)
    else:
        reset_password(user, by=admin)
    assert not is_inside(client)


def test_a_known_device_is_not_made_to_wait_by_others(client, settings):
    make_user("vanphong")
    mine = signed_in()
    assert mine.cookies[settings.DEVICE_COOKIE_NAME]["httponly"]
    mine.post(reverse("account_logout"))
    for number in range(40):  # from forty addresses: past what a name is allowed anywhere
        Client().post(
            reverse("account_login"), {"login": "vanphong", "password": "sai"}, REMOTE_ADDR=f"10.0.0.{number + 1}"
        )
    stranger = signed_in()
    assert not is_inside(stranger)
    mine.post(reverse("account_login"), {"login": "vanphong", "password": PASSWORD})
    assert is_inside(mine)
    assert AuditEntry.objects.filter(verb="account.slowed_down").exists()


def test_a_known_device_has_only_a_small_allowance_itself():
    make_user("vanphong")
    mine = signed_in()
    mine.post(reverse("account_logout"))
    for _ in range(5):
        mine.post(reverse("account_login"), {"login": "vanphong", "password": "sai"})
    answer = mine.post(reverse("account_login"), {"login": "vanphong", "password": PASSWORD})
    assert "Đợi" in answer.content.decode()


def test_a_forged_device_helps_nobody(client, settings):
    make_user("vanphong")
    for _ in range(5):
        client.post(reverse("account_login"), {"login": "vanphong", "password": "sai"})
    client.cookies[settings.DEVICE_COOKIE_NAME] = "WyJ2YW5waG9uZyIsImFiIl0:1abc:xyz"
    answer = client.post(reverse("account_login"), {"login": "vanphong", "password": PASSWORD})
    assert "Đợi" in answer.content.decode()


def test_the_page_asking_by_itself_keeps_no_session_alive(settings):
    make_user("vanphong")
    client = signed_in()
    client.get("/tai-khoan/")
    session = client.session
    session["seen_at"] -= 600
    session.save()
    client.get("/tai-khoan/", headers={"HX-Request": "true"})
    assert client.session["seen_at"] == session["seen_at"]
    client.get("/tai-khoan/")
    assert client.session["seen_at"] > session["seen_at"]


TRICKS = [
    "//xau.example", "https://xau.example", "/\\xau.example", "\\\\xau.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "https:xau.example", "http:///xau.example", "\t//xau.example", "/\t/xau.example", "//xau.example@localhost", "https://localhost@xau.example",
    "%2f%2fxau.example", "///xau.example", "https://xàu.example", "data:text/html,x",
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_signing_in_never_leaves_the_site(client, trick):
    make_user("vanphong")
    answer = client.post(reverse("account_login"), {"login": "vanphong", "password": PASSWORD, "next": trick})
    assert answer.status_code == 302
    assert answer["Location"].startswith(("/", "%")) and not answer["Location"].startswith(("//", "/\\", "/\t"))


def test_every_account_act_is_told_once(client):
    user = make_user("vanphong")
    client.post(reverse("account_login"), {"login": "vanphong", "password": PASSWORD})
    client.post(reverse("account_text_size"), {"text_size": "large"})
    new = "một câu dễ nhớ của riêng tôi"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    signed_in()
    client.post(reverse("usersessions_list"))
    client.post(reverse("account_logout"))
    verbs = list(AuditEntry.objects.filter(by=user).order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "account.signed_in", "account.settings_chosen", "account.password_changed", "account.sessions_ended", "account.signed_out",
    ]  # fmt: skip
