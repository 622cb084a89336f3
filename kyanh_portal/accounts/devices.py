"""A browser that has signed in to an account before keeps its own small allowance of wrong passwords."""

import secrets

from django.conf import settings
from django.core import signing

from kyanh_portal.accounts.models import normal_name

KEPT_SECONDS = 90 * 24 * 3600
_SALT = "kyanh_portal.accounts.devices"


def ticket(username: str) -> str:
    """A signed slip naming the account and, by a random number, this browser."""
    return signing.dumps([normal_name(username), secrets.token_hex(8)], salt=_SALT)


def known_device(request, username: str) -> str:
    """The browser's number where it has signed in to this account before; empty for any other."""
    try:
        name, device = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=_SALT, max_age=KEPT_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return device if name == normal_name(username) else ""
