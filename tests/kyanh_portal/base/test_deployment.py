"""What a real installation must have: with everything in place nothing is named, without one thing exactly that."""

import pytest
from celery import current_app
from django.core.checks import run_checks
from django.db import connection

from kyanh_portal.base import deployment
from kyanh_portal.base.deployment import RULES, declared_guards, every_guard_is_awake, every_setting_is_in_place

GOOD = {
    "DEBUG": False,
    "PORTAL_IS_DEMO": False,
    "SECRET_KEY": "mot-khoa-rieng-cua-noi-nay-0123456789-abcdefghijklmnopqrstuvwxyz",
    "FIELD_KEYS": ["mot-khoa-rieng-khac-0123456789-abcdefghij"],
    "ALLOWED_HOSTS": ["cong.example.vn", "localhost"],
    "CSRF_TRUSTED_ORIGINS": ["https://cong.example.vn"],
    "BEHIND_PROXY": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 63_072_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SESSION_COOKIE_NAME": "__Host-phien",
    "SESSION_COOKIE_SECURE": True,
    "SECOND_FACTOR_REQUIRED": True,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
}
BROKEN = [
    ("E001", "DEBUG", True),
    ("E002", "PORTAL_IS_DEMO", True),
    ("E003", "SECRET_KEY", "ngan"),
    ("E003", "SECRET_KEY", "chi-dung-de-xem-thu-va-kiem-thu-khong-dung-o-noi-that-0123456789"),
    ("E004", "ALLOWED_HOSTS", ["localhost", "127.0.0.1"]),
    ("E004", "ALLOWED_HOSTS", ["*"]),
    ("E004", "ALLOWED_HOSTS", [".example.vn"]),
    ("E005", "CSRF_TRUSTED_ORIGINS", []),
    ("E005", "CSRF_TRUSTED_ORIGINS", ["http://cong.example.vn"]),
    ("E006", "BEHIND_PROXY", False),
    ("E006", "SECURE_PROXY_SSL_HEADER", None),
    ("E007", "SECURE_SSL_REDIRECT", False),
    ("E008", "SECURE_HSTS_SECONDS", 3600),
    ("E009", "SESSION_COOKIE_NAME", "phien"),
    ("E009", "SESSION_COOKIE_SECURE", False),
    ("E009", "SESSION_COOKIE_HTTPONLY", False),
    ("E009", "SESSION_COOKIE_SAMESITE", None),
    ("E010", "CSRF_USE_SESSIONS", False),
    ("E011", "MIDDLEWARE", ["csp.middleware.CSPMiddleware"]),
    ("E012", "MIDDLEWARE", ["django.contrib.auth.middleware.LoginRequiredMiddleware"]),
    ("E012", "CONTENT_SECURITY_POLICY", {"DIRECTIVES": {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]}}),
    ("E012", "CONTENT_SECURITY_POLICY", {"DIRECTIVES": {"default-src": ["'self'"]}}),
    ("E014", "SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies"),
    ("E015", "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"]),
    ("E016", "DATA_UPLOAD_MAX_MEMORY_SIZE", None),
    ("E019", "TIME_ZONE", "UTC"),
    ("E020", "SECOND_FACTOR_REQUIRED", False),
    ("E021", "AUTH_PASSWORD_VALIDATORS", []),
    ("E022", "EMAIL_HOST", "smtp.example.com"),
    ("E025", "FIELD_KEYS", []),
    ("E025", "FIELD_KEYS", ["ngan"]),
]


def named():
    return [error.id.removeprefix("deploy.") for error in every_setting_is_in_place(None)]


@pytest.fixture
def good(settings):
    for name, value in GOOD.items():
        setattr(settings, name, value)
    return settings


def test_a_right_installation_is_not_complained_about(good):
    assert named() == []


@pytest.mark.parametrize(("number", "setting", "value"), BROKEN)
def test_each_setting_taken_away_is_named(good, number, setting, value):
    setattr(good, setting, value)
    assert named() == [number]


def test_admin_pages_are_named(good):
    good.INSTALLED_APPS = [*good.INSTALLED_APPS, "django.contrib.admin"]
    assert named() == ["E013"]


def test_other_databases_and_endless_statements_are_named(good, monkeypatch):
    monkeypatch.setitem(good.DATABASES, "default", {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}})
    assert named() == ["E023", "E024"]


def test_messages_in_another_form_are_named(good):
    right = current_app.conf.accept_content
    current_app.conf.accept_content = ["json", "pickle"]
    try:
        assert named() == ["E017"]
    finally:
        current_app.conf.accept_content = right


def test_an_old_paper_engine_is_named(good, monkeypatch):
    monkeypatch.setattr(deployment, "version", lambda name: "69.2")
    assert named() == ["E018"]


def test_every_rule_is_tried_here():
    tried = {number for number, *_ in BROKEN} | {"E013", "E017", "E018", "E023", "E024"}
    assert tried == set(RULES)


def test_the_deployment_check_asks_these_rules(good):
    good.SECOND_FACTOR_REQUIRED = False
    errors = run_checks(include_deployment_checks=True)
    assert "deploy.E020" in [error.id for error in errors]


def test_a_sleeping_or_missing_guard_is_named(db):
    assert ("audit_auditentry", "append_only") in declared_guards()
    assert every_guard_is_awake(None, databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER append_only")
        cursor.execute("DROP TRIGGER frozen ON documents_issueddocument")
    words = " ".join(error.msg for error in every_guard_is_awake(None, databases=["default"]))
    assert "audit_auditentry thiếu bộ canh append_only" in words
    assert "documents_issueddocument thiếu bộ canh frozen" in words
