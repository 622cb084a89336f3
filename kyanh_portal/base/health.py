"""Health answers for the proxy and the operator: words only, no versions, no figures, no session.

They are given before any other middleware, so they need neither a host name, nor a session, nor a working database.
"""

import shutil
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse

KEPT_SECONDS = 2  # strangers may ask as often as they like: the machine looks once in two seconds
_vital: dict[str, Callable] = {}
_useful: dict[str, Callable] = {}
_last: list = [0.0, None]


def add_check(name: str, check: Callable[[], bool], *, is_vital: bool = False) -> None:
    """`check()` answers True while all is well; what is not vital makes the site "degraded", not "not ready"."""
    (_vital if is_vital else _useful)[name] = check


@login_not_required
def livez(request):
    """The process answers; nothing else is touched."""
    return _plain("ok")


@login_not_required
def readyz(request):
    """503 names what is missing; 200 "degraded" names what the site can do without for a while."""
    if time.monotonic() - _last[0] > KEPT_SECONDS or _last[1] is None:
        _last[:] = [time.monotonic(), _look()]
    missing, lacking = _last[1]
    if missing:
        return _plain("not ready: " + ", ".join(missing), 503)
    return _plain("degraded: " + ", ".join(lacking) if lacking else "ok")


class HealthMiddleware:
    """Answers the two addresses of the proxy before anything else happens."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        view = {"/livez": livez, "/readyz": readyz}.get(request.path_info)
        return view(request) if view else self.get_response(request)


def _plain(words: str, status: int = 200) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8", headers=headers)


def _look() -> tuple[list[str], list[str]]:
    """(what is missing, what is lacking); the first thing missing is named alone, for the others lean on it."""
    for name, check in _vital.items():
        if not _is_well(check):
            return [name], []
    return [], [name for name, check in _useful.items() if not _is_well(check)]


def _is_well(check) -> bool:
    try:
        return bool(check())
    except Exception:  # noqa: BLE001 - whatever it is, that part is not well
        return False


def _database() -> bool:
    """It answers and takes a write."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            return not cursor.fetchone()[0]
    except Exception:
        if not connection.in_atomic_block:
            connection.close()
        raise


def _migrations() -> bool:
    """The tables are those of this release; once true it stays true for the process."""
    if not getattr(_migrations, "done", False):
        from django.db.migrations.executor import MigrationExecutor

        executor = MigrationExecutor(connection)
        _migrations.done = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrations.done


def _disk() -> bool:
    return shutil.disk_usage(settings.BASE_DIR).free > settings.LEAST_FREE_DISK


def _broker() -> bool:
    import redis

    address = settings.REDIS_URL.replace("redis+socket://", "unix://")
    with redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1) as broker:
        return broker.ping()


add_check("database", _database, is_vital=True)
add_check("migrations", _migrations, is_vital=True)
add_check("disk", _disk, is_vital=True)
add_check("broker", _broker)
