"""Roles that answer for others are led to the second factor; the code is asked at the next sign-in."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from tests.factories.chibo import PASSWORD

pytestmark = pytest.mark.django_db


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, name):
    return client.post(reverse("account_login"), {"login": name, "password": PASSWORD})


def prove_oneself(client):
    """Changing the second factor asks for the password once more."""
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.fixture
def strict(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def test_a_leading_role_is_led_to_the_set_up(world, client, strict):
    sign_in(client, "office")
    answer = client.get(reverse("hoithao:meeting_list"))
    assert answer.status_code == 302 and answer["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_a_cell_secretary_and_a_demo_world_are_not_asked(world, client, strict, settings):
    sign_in(client, "secretary")
    assert client.get(reverse("hoithao:meeting_list")).status_code == 200
    settings.SECOND_FACTOR_REQUIRED = False
    other = Client()
    sign_in(other, "office")
    assert other.get(reverse("hoithao:meeting_list")).status_code == 200


def test_the_code_is_set_up_then_asked_then_enough(world, client, strict):
    sign_in(client, "office")
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    prove_oneself(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "data:image/svg+xml" in page
    secret = re.search(r'class="k-code">([A-Z2-7]+)<', page)[1]
    assert "Mã chưa đúng" in client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302
    assert client.get(reverse("hoithao:meeting_list")).status_code == 200
    codes = re.findall(r'class="k-code">(\w+)<', client.get(reverse("mfa_view_recovery_codes")).content.decode())
    assert len(codes) == 10

    again = Client()
    answer = sign_in(again, "office")
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert again.get(reverse("hoithao:meeting_list")).status_code == 302
    assert "Mã chưa đúng" in again.post(reverse("mfa_authenticate"), {"code": "111111"}).content.decode()
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert again.get(reverse("hoithao:meeting_list")).status_code == 200
    used = Client()
    sign_in(used, "office")
    assert "Mã chưa đúng" in used.post(reverse("mfa_authenticate"), {"code": codes[0]}).content.decode()


def test_turning_the_code_off_asks_who_is_there(world, client):
    sign_in(client, "office")
    prove_oneself(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 302
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
