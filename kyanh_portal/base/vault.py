"""The key under which a device keeps what is typed until the server has it (docs/decisions/0030).

Derived, never stored: the same person gets the same key for the same thing again, so that a closed tab loses nothing;
nobody else gets it. It travels only in a page that is never stored, and the page keeps it in memory.
"""

import base64
from dataclasses import dataclass

from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Vault:
    """`name` tells the device whose texts these are without saying who; `key` is 256 bits, base64."""

    name: str
    key: str


def vault_of(user, thing: str) -> Vault:
    """The vault of one person for one thing ("meeting:12")."""
    key = salted_hmac("kyanh.device.key", f"{user.pk}:{thing}", algorithm="sha256").digest()
    name = salted_hmac("kyanh.device.name", f"{user.pk}:{thing}", algorithm="sha256").hexdigest()[:24]
    return Vault(name, base64.b64encode(key).decode())
