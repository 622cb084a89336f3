"""What a real installation must have: `manage.py check --deploy` names each setting that is missing, as an error.

Each rule is a question about the settings and the sentence that says what to do. Rules about the database are asked
with `--database default`.
"""

import re
from importlib.metadata import version

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.checks import Error, Tags, register
from django.core.exceptions import ValidationError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL

_YEAR = 31_536_000
_LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def _hosts_are_named() -> bool:
    named = set(settings.ALLOWED_HOSTS) - _LOCAL
    return bool(named) and not any(host.startswith((".", "*")) for host in named)


def _origins_are_named() -> bool:
    origins = settings.CSRF_TRUSTED_ORIGINS
    return bool(origins) and all(origin.startswith("https://") and "*" not in origin for origin in origins)


def _cookies_are_safe() -> bool:
    return (
        settings.SESSION_COOKIE_NAME.startswith("__Host-")
        and settings.SESSION_COOKIE_SECURE
        and settings.SESSION_COOKIE_HTTPONLY
        and settings.SESSION_COOKIE_SAMESITE in ("Lax", "Strict")
        and not settings.SESSION_COOKIE_DOMAIN
    )


def _policy_is_strict() -> bool:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    words = [
        str(word) for sources in directives.values() if isinstance(sources, (list, tuple, set)) for word in sources
    ]
    return (
        list(directives.get("default-src", [])) == ["'none'"]
        and not any("unsafe" in word or word == "*" or word.startswith("http") for word in words)
        and "csp.middleware.CSPMiddleware" in settings.MIDDLEWARE
    )


def _no_admin_pages() -> bool:
    return "django.contrib.admin" not in settings.INSTALLED_APPS


def _limits_are_set() -> bool:
    limits = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
    return all(limit is not None for limit in limits) and settings.DATA_UPLOAD_MAX_NUMBER_FILES is not None


def _messages_are_json() -> bool:
    from celery import current_app

    return list(current_app.conf.accept_content) == ["json"] and current_app.conf.task_serializer == "json"


def _passwords_are_long() -> bool:
    """Eleven odd letters are refused, whichever validator does it."""
    try:
        validate_password("tq7 rW.mk3Z")
    except ValidationError:
        return True
    return False


RULES = {  # number → (question, what to do)
    "E001": (lambda: not settings.DEBUG, "Tắt DEBUG."),
    "E002": (lambda: not settings.PORTAL_IS_DEMO, "Đặt SECRET_KEY và PORTAL_IS_DEMO=0: đây không phải nơi dùng thử."),
    "E003": (lambda: len(settings.SECRET_KEY) >= 50 and "xem-thu" not in settings.SECRET_KEY, "Đặt SECRET_KEY riêng, từ 50 ký tự."),
    "E004": (_hosts_are_named, "Đặt ALLOWED_HOSTS là tên miền đầy đủ của cổng, không dùng dấu * hay dấu chấm ở đầu."),
    "E005": (_origins_are_named, "Đặt CSRF_TRUSTED_ORIGINS là địa chỉ https:// đầy đủ của cổng."),
    "E006": (lambda: bool(settings.SECURE_PROXY_SSL_HEADER) == settings.BEHIND_PROXY, "Chỉ tin X-Forwarded-Proto khi BEHIND_PROXY=1."),
    "E007": (lambda: settings.SECURE_SSL_REDIRECT, "Đặt SSL_REDIRECT=1: mọi trang đi qua https."),
    "E008": (lambda: settings.SECURE_HSTS_SECONDS >= _YEAR and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, "Đặt SERVED_OVER_HTTPS=1: HSTS ít nhất một năm."),
    "E009": (_cookies_are_safe, "Cookie phiên phải có tên __Host-, Secure, HttpOnly, SameSite; đặt SERVED_OVER_HTTPS=1."),
    "E010": (lambda: settings.CSRF_USE_SESSIONS, "Mã chống giả mạo phải nằm trong phiên (CSRF_USE_SESSIONS)."),
    "E011": (lambda: "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE, "Thiếu LoginRequiredMiddleware: trang mới phải đóng với người lạ."),
    "E012": (_policy_is_strict, "CSP phải bắt đầu từ 'none', không có từ unsafe, không có nguồn bên ngoài."),
    "E013": (_no_admin_pages, "Không mở trang quản trị của Django ở nơi làm việc thật."),
    "E014": (lambda: settings.SESSION_ENGINE == "django.contrib.sessions.backends.db", "Phiên phải nằm trong cơ sở dữ liệu."),
    "E015": (lambda: "Argon2" in settings.PASSWORD_HASHERS[0], "Argon2 phải đứng đầu PASSWORD_HASHERS."),
    "E016": (_limits_are_set, "Phải có giới hạn dung lượng, số ô và số tệp gửi lên."),
    "E017": (_messages_are_json, "Celery chỉ được nhận JSON."),
    "E018": (lambda: int(version("weasyprint").split(".")[0]) >= 70, "Cần WeasyPrint từ 70.0: bản cũ hơn có lỗ hổng đã công bố."),
    "E019": (lambda: settings.TIME_ZONE == "Asia/Ho_Chi_Minh" and settings.USE_TZ, "Giờ phải là Asia/Ho_Chi_Minh, có múi giờ."),
    "E020": (lambda: settings.SECOND_FACTOR_REQUIRED, "Đặt SECOND_FACTOR_REQUIRED=1 cho văn phòng, lãnh đạo, quản trị."),
    "E021": (_passwords_are_long, "Mật khẩu phải từ 12 ký tự."),
    "E022": (lambda: settings.EMAIL_HOST in ("", "localhost"), "Cổng không gửi thư ra ngoài: bỏ EMAIL_HOST."),
    "E023": (lambda: settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql", "Chỉ chạy trên PostgreSQL."),
    "E024": (lambda: "statement_timeout" in settings.DATABASES["default"]["OPTIONS"].get("options", ""), "Phải có giới hạn thời gian cho mỗi câu lệnh."),
    "E025": (lambda: bool(settings.FIELD_KEYS) and all(len(key) >= 32 for key in settings.FIELD_KEYS), "Đặt FIELD_KEYS, mỗi khóa từ 32 ký tự, khác SECRET_KEY: số định danh được mã hóa bằng khóa ấy."),
}  # fmt: skip


@register(Tags.security, deploy=True)
def every_setting_is_in_place(app_configs, **kwargs):
    """Each missing setting of a real installation is an error of its own."""
    return [Error(advice, id=f"deploy.{number}") for number, (holds, advice) in RULES.items() if not holds()]


_CREATE = re.compile(r"CREATE\s+(?:CONSTRAINT\s+)?TRIGGER\s+(\w+)\s.*?\sON\s+(\w+)", re.S | re.I)
_DROP = re.compile(r"DROP\s+TRIGGER\s+(?:IF\s+EXISTS\s+)?(\w+)\s+ON\s+(\w+)", re.I)


def declared_guards(connection=None) -> set[tuple[str, str]]:
    """Every (table, trigger) the migrations make and do not take away again; with a connection, those applied there."""
    loader, guards = MigrationLoader(connection), set()
    for leaf in loader.graph.leaf_nodes():
        for key in loader.graph.forwards_plan(leaf):
            if connection is not None and key not in loader.applied_migrations:
                continue  # a new database: migrate itself asks before it begins
            for operation in loader.get_migration(*key).operations:
                text = operation.sql if isinstance(operation, RunSQL) and isinstance(operation.sql, str) else ""
                guards -= {(table, name) for name, table in _DROP.findall(text)}
                guards |= {(table, name) for name, table in _CREATE.findall(text)}
    return guards


@register(Tags.database, deploy=True)  # not of `migrate`, which asks all other questions about an empty database
def every_guard_is_awake(app_configs, databases=None, **kwargs):
    """The triggers that keep frozen rows frozen are there and enabled, as the migrations declare them."""
    if "default" not in (databases or []):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        )
        awake = set(cursor.fetchall())
    return [
        Error(
            f"Bảng {table} thiếu bộ canh {name}. Chạy manage.py migrate; nếu vẫn thiếu, có người đã tắt: tìm trong nhật ký.",
            id="deploy.E030",
        )
        for table, name in sorted(declared_guards(connections["default"]) - awake)
    ]
