"""Argon2id at the strength measured for this portal: about 40 ms a check, so that a month's end sign-in rush passes."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2PasswordHasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane (OWASP's first choice for Argon2id)."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
