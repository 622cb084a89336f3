"""Guessing passwords is slowed down, never locked for good: a lock is a weapon on the last day of the month."""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone

from kyanh_portal.accounts.models import SignInFailure, normal_name

FORGOTTEN_AFTER = dt.timedelta(hours=1)
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(minutes=15)
# Failures that pass without a wait: for a name at one address, for a name anywhere, for an address (an office shares one).
ALLOWED = {"name-at-address": 5, "name": 20, "address": 100, "device": 5}


def _digests(username: str, address: str | None, device: str = "") -> list[tuple[str, int]]:
    """What is counted. A browser that has signed in to the account before is counted by itself, and by nothing else."""
    name = normal_name(username)
    parts = {"name-at-address": f"{name}|{address}", "name": name, "address": address or ""}
    if device:
        parts = {"device": f"{name}|{device}"}
    return [
        (hashlib.sha256(f"{scope}|{value}".encode()).hexdigest(), ALLOWED[scope])
        for scope, value in sorted(parts.items())
    ]


def wait_left(username: str, address: str | None, device: str = "") -> dt.timedelta:
    """How long this name must still wait at this address; the same for names that exist and names that do not."""
    digests = [digest for digest, _ in _digests(username, address, device)]
    until = (
        SignInFailure.objects.filter(digest__in=digests, blocked_until__gt=timezone.now())
        .order_by("-blocked_until")
        .values_list("blocked_until", flat=True)
        .first()
    )
    return until - timezone.now() if until else dt.timedelta(0)


@transaction.atomic
def count_failure(username: str, address: str | None, device: str = "") -> None:
    """One more failure; past the allowance the wait doubles each time, up to a quarter of an hour."""
    now = timezone.now()
    for digest, allowed in _digests(username, address, device):
        SignInFailure.objects.get_or_create(digest=digest, defaults={"last_at": now})
        row = SignInFailure.objects.select_for_update().get(digest=digest)
        if now - row.last_at > FORGOTTEN_AFTER:
            row.failures = 0
        row.failures += 1
        row.last_at = now
        over = row.failures - allowed
        row.blocked_until = now + min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT) if over >= 0 else None
        row.save()


def forgive(username: str, address: str | None, device: str = "") -> None:
    """A right password clears the count of this name at this address (or in this known browser) only."""
    name = normal_name(username)
    keys = [f"name-at-address|{name}|{address}", *([f"device|{name}|{device}"] if device else [])]
    digests = [hashlib.sha256(key.encode()).hexdigest() for key in keys]
    SignInFailure.objects.filter(digest__in=digests).delete()


def in_words(wait: dt.timedelta) -> str:
    """ "30 giây", "4 phút"."""
    seconds = max(1, int(wait.total_seconds()) + 1)
    return f"{seconds} giây" if seconds < 90 else f"{-(-seconds // 60)} phút"
