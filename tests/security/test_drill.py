"""The drill: under load the database's disk is lost; every commit that was acknowledged comes back, and a point before a mistake.

The words of the receiver are those of docker-compose.yml, the settings of the restore those of docs/operations.md.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import psycopg2
import pytest
import yaml
from django.conf import settings as site
from django.db import connection

from kyanh_portal.backup.archive import faults, is_received
from kyanh_portal.backup.copies import tables_of
from kyanh_portal.backup.tools import environment, program
from tests.factories.hoithao import closed
from tests.security.server import Server, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("backups")]
ROOT = Path(__file__).resolve().parents[2]
RECEIVER = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["archive"]
STEPS = (ROOT / "docs" / "operations.md").read_text()
ENTRY = (
    "INSERT INTO audit_auditentry (at, by_name, verb, target_type, target_id, target_label, path, facts, request_id)"
    " VALUES (now(), '', 'drill.written', 'drill', %s, '', '', '{}', '')"
)


@pytest.fixture
def lived(committed_world):
    """A server with the tables of the portal and a committee's rows, a receiver beside it, a base copy taken."""
    closed(committed_world.cell_a1, committed_world.members_a1)
    server = Server()
    receiver = None
    try:
        server.initialise("--data-checksums")
        server.start("-c shared_buffers=32MB")
        server.ask("CREATE DATABASE portal TEMPLATE template0", database="postgres")
        dump = subprocess.run(
            [program("pg_dump"), "--format=custom"], env=environment(), capture_output=True, check=True
        )
        subprocess.run(
            [program("pg_restore"), "--no-owner", "--dbname=portal", f"--host={server.socket}", "--username=postgres"],
            input=dump.stdout, check=True, capture_output=True,
        )  # fmt: skip
        archive = server.home / "archive"
        words = receiving(archive)
        server.folder(archive), server.folder(archive / "wal")
        place = {"PGHOST": str(server.socket), "PGUSER": "postgres", "PGAPPNAME": RECEIVER["environment"]["PGAPPNAME"]}
        server.background("pg_receivewal", *words, "--create-slot", "--if-not-exists", env=place).wait(120)
        receiver = server.background("pg_receivewal", *words, "--synchronous", env=place)
        until(lambda: server.ask("SELECT 1 FROM pg_stat_replication"), what="the receiver")
        server.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{place['PGAPPNAME']}'")
        server.ask("SELECT pg_reload_conf()")
        until(lambda: server.ask("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"), what="the sync state")
        server.run(
            "pg_basebackup",
            "-h",
            server.socket,
            "-U",
            "postgres",
            "-D",
            archive / "base",
            "-c",
            "fast",
            "--manifest-checksums=SHA256",
        )
        yield server, archive
    finally:
        if receiver:
            receiver.kill()
            receiver.wait()
        server.remove()


def receiving(archive):
    """What the compose file tells the receiver, for a folder of this machine."""
    text = " ".join(RECEIVER["command"])
    assert "--create-slot --if-not-exists" in text and "--synchronous" in text
    slot = re.search(r"--slot (\w+)", text).group(1)
    assert "--directory /archive/wal" in text
    return ["--directory", archive / "wal", "--slot", slot, "--no-loop"]


def write_until(server, over, acknowledged, name):
    """One commit after another; what the server acknowledged is remembered."""
    session, number = server.connect(), 0
    with session.cursor() as cursor:
        while not over.is_set():
            number += 1
            try:
                cursor.execute(ENTRY, [f"{name}-{number}"])
            except psycopg2.Error:
                return
            acknowledged.append(f"{name}-{number}")


def bring_back(server, archive, name, target=""):
    """By the written steps: the base copy, the two settings, the signal; answers the server once it takes writes."""
    shutil.copytree(archive / "base", server.home / name)
    command = re.search(r"^restore_command = (.*)$", STEPS, flags=re.M).group(0).replace("/archive", str(archive))
    again = Server(server.home, name)
    lines = [command, f"recovery_target_time = '{target}'" if target else "", "recovery_target_action = 'promote'"]
    # the restored system stands beside the old one and waits for no receiver
    with open(again.data / "postgresql.auto.conf", "a") as file:
        file.write("\n".join([*lines, "synchronous_standby_names = ''", ""]))
    (again.data / "recovery.signal").touch()
    subprocess.run(["chown", "-R", f"{os.stat(server.home).st_uid}", str(again.data)], check=True)
    again.data.chmod(0o700)
    again.start("-c shared_buffers=32MB")
    until(lambda: again.ask("SELECT NOT pg_is_in_recovery()") == [(True,)], what="the end of the recovery")
    return again


def tables_in(server):
    session = server.connect()
    with session.cursor() as cursor:
        found = tables_of(cursor)
    session.close()
    return found


def test_nothing_acknowledged_is_lost_and_a_mistake_can_be_stepped_behind(lived):
    server, archive = lived
    assert faults(archive / "base", archive / "wal") == []
    acknowledged, over = [], threading.Event()
    writers = [threading.Thread(target=write_until, args=[server, over, acknowledged, str(i)]) for i in range(3)]
    for one in writers:
        one.start()
    until(lambda: len(acknowledged) > 150, what="150 commits")
    moment = server.ask("SELECT clock_timestamp()")[0][0]
    until(lambda: len(acknowledged) > 200, what="50 more")
    members = server.ask("SELECT count(*) FROM chibo_member")[0][0]
    assert members >= 20
    server.ask(
        "SET session_replication_role = replica; DELETE FROM chibo_member"
    )  # past every guard: the worst mistake
    until(lambda: len(acknowledged) > 300, what="100 more")
    server.crash()
    over.set()
    for one in writers:
        one.join()
    shutil.rmtree(server.data)

    back = bring_back(server, archive, "latest")
    try:
        kept = {row[0] for row in back.ask("SELECT target_id FROM audit_auditentry WHERE verb = 'drill.written'")}
        assert set(acknowledged) - kept == set(), "acknowledged commits are gone"
        assert back.ask("SELECT count(*) FROM chibo_member") == [(0,)]
        here = tables_in(back)
        with connection.cursor() as cursor:
            there = tables_of(cursor)
        moved = {"public.audit_auditentry", "public.audit_auditseal", "public.chibo_member"}
        assert {name: rows for name, rows in here.items() if name not in moved} == {
            name: rows for name, rows in there.items() if name not in moved
        }
        seen = subprocess.run(
            [sys.executable, "manage.py", "verify_audit"], cwd=site.BASE_DIR, text=True, capture_output=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "kyanh_portal.settings", "DATABASE_URL": back.url},
        )  # fmt: skip
        assert seen.returncode == 0, seen.stderr
        beside = bring_back(server, archive, "before", target=moment.isoformat())
        try:
            assert beside.ask("SELECT count(*) FROM chibo_member") == [(members,)]
            assert tables_in(beside)["public.chibo_member"] == there["public.chibo_member"]
            assert beside.ask("SELECT count(*) FROM audit_auditentry WHERE at > %s", [moment]) == [(0,)]
        finally:
            beside.crash()
    finally:
        back.crash()


def changed(path):
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)


def test_what_is_broken_in_the_archive_is_found_before_it_is_needed(lived):
    """One byte turned, one file gone, one piece gone or short, a receiver that stopped: each is named."""
    server, archive = lived
    base, wal = archive / "base", archive / "wal"
    for _ in range(3):
        server.ask(ENTRY, ["x"])
        server.ask("SELECT pg_switch_wal()")
    until(lambda: len([p for p in wal.iterdir() if not p.suffix]) >= 3, what="whole pieces")
    assert faults(base, wal) == []
    largest = max((base / "base").rglob("*"), key=lambda path: path.stat().st_size if path.is_file() else 0)
    pieces = sorted(path for path in wal.iterdir() if not path.suffix)
    for path, harm, words in (
        (largest, changed, "nội dung đã khác"),
        (largest, Path.unlink, "thiếu tệp"),
        (base / "backup_manifest", Path.unlink, "không đọc được danh sách tệp"),
        (pieces[-2], Path.unlink, "thiếu trong kho lưu"),
        (pieces[-1], lambda piece: os.truncate(piece, 1000), "không đủ độ dài"),
    ):
        kept = path.read_bytes()
        harm(path)
        assert words in " ".join(faults(base, wal)), (path, words)
        path.write_bytes(kept)
        assert faults(base, wal) == []
    with server.connect().cursor() as cursor:
        assert is_received(cursor)
        server.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_replication")  # the receiver, told not to come again
        until(lambda: not is_received(cursor), what="the receiver's end")
