"""Fast and offline: the same engine and the same code, a cheap hasher and tasks run at once."""

from kyanh_portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = False
PORTAL_IS_DEMO = True
PORTAL_TODAY = None
