"""A PostgreSQL of its own for a test that destroys it: started, crashed, brought back from its archive."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2

from kyanh_portal.base.embedded import _SERVER_USER, _binaries, _private, _run


class Server:
    """One data folder and one private socket; `run` calls a program of PostgreSQL as the server's own user."""

    def __init__(self, home: Path | None = None, data: str = "data"):
        self.home = home or Path(tempfile.mkdtemp(prefix="drill-", dir="/tmp"))
        _private(self.home, _SERVER_USER)
        self.data, self.socket = self.home / data, _private(self.home / f"s-{data}", _SERVER_USER)
        self.binaries = _binaries()

    def run(self, name, *words, **options):
        return _run(self.binaries / name, *words, check=True, capture_output=True, **options)

    def folder(self, path):
        """A private folder of the server's user."""
        return _private(path, _SERVER_USER)

    def initialise(self, *options):
        self.run(
            "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "-N",
            *options,
        )

    def start(self, *options, seconds=180):
        words = f"-h '' -k {self.socket} {' '.join(options)}"
        log = self.home / f"{self.data.name}.log"
        # its output goes to the log: a pipe would be held open by the server for as long as it lives
        _run(
            self.binaries / "pg_ctl", "-D", self.data, "-l", log, "-w", "-t", str(seconds), "-o", words, "start",
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def crash(self):
        """What a cut of power does: no checkpoint, nothing said to anybody."""
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def remove(self):
        if (self.data / "postmaster.pid").exists():
            self.crash()
        shutil.rmtree(self.home, ignore_errors=True)

    def connect(self, database="portal"):
        session = psycopg2.connect(host=str(self.socket), user="postgres", dbname=database, connect_timeout=5)
        session.autocommit = True
        return session

    def ask(self, sql, values=(), database="portal"):
        session = self.connect(database)
        try:
            with session.cursor() as cursor:
                cursor.execute(sql, values or None)
                return cursor.fetchall() if cursor.description else None
        finally:
            session.close()

    @property
    def url(self):
        return f"postgres://postgres@{str(self.socket).replace('/', '%2F')}/portal"

    def background(self, name, *words, env=None):
        """A program that goes on running, as the server's user: answers the process."""
        import pwd

        account = pwd.getpwnam(_SERVER_USER) if _SERVER_USER else None
        who = {"user": _SERVER_USER, "group": account.pw_gid, "extra_groups": []} if account else {}
        return subprocess.Popen(
            [str(self.binaries / name), *map(str, words)], cwd="/", env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who,
        )  # fmt: skip


def until(holds, seconds=180, what="it"):
    """Wait for a condition, never for a time."""
    end = time.monotonic() + seconds
    while not (answer := holds()):
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)
    return answer
