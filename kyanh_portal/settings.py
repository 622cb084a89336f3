"""Settings, one file: what differs by place comes from the environment (.env.example lists every name)."""

import datetime as dt
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from kyanh_portal.base.embedded import database_url, redis_url
from kyanh_portal.base.env import env

BASE_DIR = Path(__file__).resolve().parent.parent

# --- the place -------------------------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
PORTAL_IS_DEMO = env.bool("PORTAL_IS_DEMO", not env.str("SECRET_KEY", ""))
# The day the demo world stands at (a Monday, three days after the workshop); "" is the real day. A real portal has none.
_STORY_DAY = env.str("PORTAL_TODAY", "2020-12-21" if PORTAL_IS_DEMO else "")
PORTAL_TODAY = dt.date.fromisoformat(_STORY_DAY) if PORTAL_IS_DEMO and _STORY_DAY else None
SECRET_KEY = env.str("SECRET_KEY", "") or "chi-dung-de-xem-thu-va-kiem-thu-khong-dung-o-noi-that-0123456789"
# Seals identity numbers (base/sealed.py). To change keys: put the new one in front, keep the old one behind.
FIELD_KEYS = env.list("FIELD_KEYS", [])
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", []), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
PORTAL_NAME = env.str("PORTAL_NAME", "Thị ủy Kỳ Anh")
SERVED_OVER_HTTPS = env.bool("SERVED_OVER_HTTPS", not PORTAL_IS_DEMO)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "kyanh_portal.accounts",
    "kyanh_portal.access",
    "kyanh_portal.ui",
    "kyanh_portal.audit",
    "kyanh_portal.documents",
    "kyanh_portal.files",
    "kyanh_portal.parameters",
    "kyanh_portal.reminders",
    "kyanh_portal.reports",
    "kyanh_portal.exchange",
    "kyanh_portal.search",
    "kyanh_portal.dashboard",
    "kyanh_portal.demo",
    "kyanh_portal.backup",
    "chibo",
    "hoithao",
    "nghiquyet",
]

MIDDLEWARE = [
    "kyanh_portal.base.health.HealthMiddleware",
    "kyanh_portal.base.edge.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # before WhiteNoise: the trial's files are not compressed beforehand
    "csp.middleware.CSPMiddleware",
    "kyanh_portal.ui.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kyanh_portal.ui.middleware.UnavailableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kyanh_portal.audit.middleware.TrailMiddleware",
    "kyanh_portal.accounts.middleware.KnownDeviceMiddleware",
    "kyanh_portal.accounts.middleware.SignOutMiddleware",
    "kyanh_portal.accounts.middleware.SessionLimitsMiddleware",
    "kyanh_portal.accounts.middleware.FirstPasswordMiddleware",
    "kyanh_portal.ui.middleware.StampMiddleware",
    "kyanh_portal.access.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "kyanh_portal.urls"
WSGI_APPLICATION = "kyanh_portal.wsgi.application"
ASGI_APPLICATION = "kyanh_portal.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kyanh_portal.ui.context.portal",
            ],
            "builtins": [
                "django.templatetags.static",
                "kyanh_portal.ui.templatetags.portal",
                "kyanh_portal.access.templatetags.access",
            ],
        },
    }
]

# --- data: PostgreSQL is the only truth, Redis only wakes workers ---------------------------------------------------------
DATABASES = {"default": dj_database_url.parse(database_url(), conn_max_age=60, conn_health_checks=True)}
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    f"-c statement_timeout={env.int('STATEMENT_TIMEOUT_MS', 15_000)} -c lock_timeout={env.int('LOCK_TIMEOUT_MS', 5_000)}"
    " -c idle_in_transaction_session_timeout=60000"
    # The data lies in memory and every page is short: rows by an index are cheap, helpers and compilers start too late to help.
    " -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c jit=off"
)
# A database that is away is noticed soon, also when its machine vanished without a word.
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
}  # fmt: skip
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "ui_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Nightly copies (manage.py backup): where they go, who can open them (public keys), and where PostgreSQL's programs are.
BACKUP_DIR = env.str("BACKUP_DIR", "")
BACKUP_KEYS = env.list("BACKUP_KEYS", [])
PG_BIN = env.str("PG_BIN", "")

REDIS_URL = redis_url()
CELERY_BROKER_URL = REDIS_URL
# A worker silent for so long has lost its report: another takes it.
REPORT_LEASE_SECONDS = env.int("REPORT_LEASE_SECONDS", 60)

# --- words and numbers ---------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- files of the site -------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = PORTAL_IS_DEMO
WHITENOISE_MAX_AGE = 31_536_000 if not PORTAL_IS_DEMO else 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PORTAL_IS_DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- accounts -----------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["kyanh_portal.accounts.hashers.SmallArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "kyanh_portal.accounts.passwords.LengthValidator"},
    {"NAME": "kyanh_portal.accounts.passwords.LocalWordsValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "kyanh_portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "kyanh_portal.accounts.forms.SignInForm",
    "change_password": "kyanh_portal.accounts.forms.ChangePasswordForm",
    "reauthenticate": "kyanh_portal.accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "kyanh_portal.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "kyanh_portal.accounts.forms.CodeForm",
    "reauthenticate": "kyanh_portal.accounts.forms.CodeAgainForm",
    "activate_totp": "kyanh_portal.accounts.forms.ActivateCodeForm",
    "add_webauthn": "kyanh_portal.accounts.forms.AddKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PRESERVE_USERNAME_CASING = False
# Guessing is slowed down by accounts/guessing.py; this only stops floods: an office shares one address.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "reauthenticate": "10/m/user", "change_password": "5/m/user"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = PORTAL_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PORTAL_IS_DEMO
USERSESSIONS_TRACK_ACTIVITY = False  # once a minute is enough (SessionLimitsMiddleware), not two writes a page
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", not PORTAL_IS_DEMO)
# Routes without an access rule: open to strangers, or to everybody signed in (kept short, see accounts/routes.py).
from kyanh_portal.accounts.routes import PUBLIC_ROUTES, SIGNED_IN_ROUTES  # noqa: E402, F401

# --- sessions, cookies, headers --------------------------------------------------------------------------------------------------
SESSIONS_AT_ONCE = env.int("SESSIONS_AT_ONCE", 3)
DEVICE_COOKIE_NAME = "__Host-may" if SERVED_OVER_HTTPS else "may"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 120)
SESSION_HOURS = env.int("SESSION_HOURS", 12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SERVED_OVER_HTTPS
SESSION_COOKIE_NAME = "__Host-phien" if SERVED_OVER_HTTPS else "phien"
CSRF_USE_SESSIONS = True
CSRF_COOKIE_SECURE = SERVED_OVER_HTTPS
CSRF_FAILURE_VIEW = "kyanh_portal.ui.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", SERVED_OVER_HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if SERVED_OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_OVER_HTTPS
SECURE_HSTS_PRELOAD = SERVED_OVER_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# One JSON object a line (base/logs.py); "kyanh.request" tells one line a request, quiet in the trial set-up.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "kyanh_portal.base.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "kyanh.request": {"level": "INFO" if env.bool("LOG_REQUESTS", not PORTAL_IS_DEMO) else "WARNING"},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
# What a request may take in all, however short its single statements; and the free disk (bytes) below which /readyz warns.
REQUEST_SECONDS = env.int("REQUEST_SECONDS", 25)
LEAST_FREE_DISK = env.int("LEAST_FREE_DISK_MB", 200) * 1024 * 1024
