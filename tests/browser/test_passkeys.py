"""A key of the device: added behind the password, then enough to sign in, with Chromium's own authenticator."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.browser.tools import DESK, login
from tests.factories.chibo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def test_a_passkey_is_added_and_signs_in(committed_world, open_page, live_server):
    page = open_page(DESK, base_url=live_server.url.replace("127.0.0.1", "localhost"))
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    login(page, "office")
    page.goto(reverse("mfa_add_webauthn"))
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.click("button[type=submit]")
    page.fill("[name=name]", "máy cơ quan")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/them/" not in url)
    assert Authenticator.objects.filter(user=committed_world.users["office"], type="webauthn").count() == 1
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/vao/" not in url)
    page.goto("/tai-khoan/")
    assert "Tài khoản của đồng chí" in page.content()
    assert page.complaints == []
