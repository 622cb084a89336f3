"""Numbers kept sealed: encrypted with a key from the environment, found again through a keyed hash.

Keys come from FIELD_KEYS (the first seals, the others still open what was sealed before a change of keys); the trial
set-up derives one. The hash has its own key, so that a copy of the table says nothing about who is in it.
"""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

from kyanh_portal.base.errors import RuleBroken


@lru_cache(maxsize=8)
def _key(secret: str, what: str) -> bytes:
    return hmac.new(force_bytes(secret), f"kyanh.field.{what}".encode(), hashlib.sha256).digest()


@lru_cache(maxsize=4)
def _box(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(secret, "seal"))) for secret in secrets])


def _secrets() -> tuple[str, ...]:
    return tuple(settings.FIELD_KEYS) or (settings.SECRET_KEY,)


def seal(text: str) -> str:
    """The text encrypted and authenticated (Fernet); the same text seals differently each time."""
    return _box(_secrets()).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """What was sealed; raises RuleBroken when no known key opens it."""
    try:
        return _box(_secrets()).decrypt(token.encode()).decode()
    except InvalidToken:
        raise RuleBroken("Không mở được số đã mã hóa: thiếu khóa cũ. Gọi quản trị.") from None


def trace(text: str) -> str:
    """The keyed hash to find it by: the same text gives the same trace, nobody reads it back.

    The last of FIELD_KEYS makes it: a new key is put in front, so that what was kept before is still found.
    """
    return hmac.digest(_key(_secrets()[-1], "trace"), text.encode(), "sha256").hex()


def masked(text: str) -> str:
    """0•••••••6789: the first and the last four digits."""
    return f"{text[0]}{'•' * 7}{text[-4:]}" if len(text) > 8 else "•" * len(text)
