"""Copies of the database: what was copied comes back row by row; a broken copy is named, a stolen one stays shut."""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from chibo.models import Member
from kyanh_portal.backup import copies
from kyanh_portal.backup.tools import connect
from kyanh_portal.base import health
from tests.factories.hoithao import closed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("backups")]
CANARY = "Nguyễn Văn Chim Hoàng Yến"
BACK = f"backup_back_{os.getpid()}"


@pytest.fixture
def holders(settings):
    """Two people who hold a key; the settings know the public halves only."""
    pairs = [pyrage.x25519.Identity.generate() for _ in range(2)]
    settings.BACKUP_KEYS = [str(pair.to_public()) for pair in pairs]
    return pairs


@pytest.fixture
def told(committed_world, holders, tmp_path):
    """A committee with a locked meeting, copied: (note, holders)."""
    Member.objects.filter(pk=committed_world.members_a1[0].pk).update(full_name=CANARY)
    closed(committed_world.cell_a1, committed_world.members_a1)
    folder = tmp_path / "copies"
    folder.mkdir()
    call_command("backup", "--to", str(folder))
    return copies.notes(folder)[0], holders


@pytest.fixture
def back():
    """The name of the database to restore into; it goes afterwards."""
    yield BACK
    run_sql(f'DROP DATABASE IF EXISTS "{BACK}" WITH (FORCE)')


def run_sql(sql, database=""):
    with closing(connect(database)) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None


def key_file(folder, *pairs) -> Path:
    path = folder / "key"
    path.write_text("# giữ trong két\n" + "\n".join(map(str, pairs)) + "\n")
    return path


def live_tables():
    with connection.cursor() as cursor:
        return copies.tables_of(cursor)


def test_a_copy_comes_back_row_by_row_and_the_trail_with_it(told, back, tmp_path, capsys):
    note, (_, away) = told
    before = live_tables()
    assert before["public.audit_auditentry"][0] > 5 and before["public.documents_issueddocument"][0] > 0
    call_command("restore_backup", str(note), "--key", str(key_file(tmp_path, away)), "--into", back)
    words = capsys.readouterr().out
    with closing(connect(back)) as session, session.cursor() as cursor:
        after = copies.tables_of(cursor)
    assert {name: rows for name, rows in after.items() if "session" not in name} == {
        name: rows for name, rows in before.items() if "session" not in name
    }
    anchor = copies.read_note(note)["anchor"]
    assert anchor in words and "khớp từng bảng" in words
    place = connection.settings_dict
    url = f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST'].replace('/', '%2F')}:{place['PORT']}/{back}"
    seen = subprocess.run(
        [sys.executable, "manage.py", "verify_audit", "--anchor", anchor], cwd=site.BASE_DIR, text=True,
        capture_output=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": "kyanh_portal.settings", "DATABASE_URL": url},
    )  # fmt: skip
    assert seen.returncode == 0 and "nguyên vẹn" in seen.stdout, seen.stderr
    with pytest.raises(CommandError, match="Đã có cơ sở dữ liệu"):
        call_command("restore_backup", str(note), "--key", str(tmp_path / "key"), "--into", back)


def test_nobody_is_signed_in_after_a_restore(committed_world, holders, tmp_path, back):
    client = Client()
    client.force_login(committed_world.users["secretary"])
    note = copies.make(tmp_path)
    call_command("restore_backup", str(note), "--key", str(key_file(tmp_path, holders[0])), "--into", back)
    assert run_sql("SELECT count(*) FROM django_session") != [(0,)], "nobody was signed in: nothing was tested"
    assert run_sql("SELECT count(*) FROM django_session", back) == [(0,)]


def test_a_row_that_differs_after_the_restore_is_named(told, back, tmp_path):
    """The copy says one thing of a table, the restored table another: that is not called a restore."""
    note, (office, _) = told
    part = note.with_suffix(".tables.age")
    tables = json.loads(pyrage.decrypt(part.read_bytes(), [office]))
    tables["public.chibo_member"][0] += 1
    part.write_bytes(pyrage.encrypt(json.dumps(tables).encode(), copies.recipients()))
    written = json.loads(note.read_text())
    written["files"][".tables.age"] = copies._sha256(part)
    note.write_text(json.dumps(written))
    with pytest.raises(CommandError, match="khác lúc sao lưu.*chibo_member"):
        call_command("restore_backup", str(note), "--key", str(key_file(tmp_path, office)), "--into", back)


def flip(note):
    path = note.with_suffix(".dump.age")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(note):
    path = note.with_suffix(".dump.age")
    path.write_bytes(path.read_bytes()[:-100])


def age(note):
    written = json.loads(note.read_text())
    written["made_at"] = (dt.datetime.now(dt.UTC) - dt.timedelta(hours=27)).isoformat()
    note.write_text(json.dumps(written))


BREAKS = {
    "one byte turned": (flip, "nội dung đã khác"),
    "cut short": (cut, "nội dung đã khác"),
    "dump gone": (lambda note: note.with_suffix(".dump.age").unlink(), "thiếu tệp"),
    "tables gone": (lambda note: note.with_suffix(".tables.age").unlink(), "thiếu tệp"),
    "note gone": (lambda note: note.unlink(), "Chưa có bản sao lưu nào"),
    "note garbled": (lambda note: note.write_text("{"), "không đọc được phiếu"),
    "of the day before yesterday": (age, "quá 26 giờ"),
}


def test_a_broken_copy_is_never_reported_as_good(told, tmp_path):
    note, _ = told
    call_command("check_backups", "--in", str(note.parent))
    for name, (destroy, words) in BREAKS.items():
        folder = tmp_path / name
        shutil.copytree(note.parent, folder)
        destroy(folder / note.name)
        with pytest.raises(CommandError, match=words):
            call_command("check_backups", "--in", str(folder))
    (note.parent / "portal-20200101T000000000000Z.dump.age").write_bytes(b"half")
    with pytest.raises(CommandError, match="không có phiếu"):
        call_command("check_backups", "--in", str(note.parent))


def test_a_full_disk_leaves_no_copy_behind(committed_world, holders, tmp_path):
    """The system refuses to write on after 16 kB: the command fails in words, and nothing looks like a copy."""
    place = connection.settings_dict
    url = f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST'].replace('/', '%2F')}:{place['PORT']}/{place['NAME']}"
    ran = subprocess.run(
        ["bash", "-c", 'ulimit -f 16; exec "$0" manage.py backup --to "$1"', sys.executable, str(tmp_path)],
        cwd=site.BASE_DIR, text=True, capture_output=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "kyanh_portal.settings", "DATABASE_URL": url,
             "BACKUP_KEYS": ",".join(str(pair.to_public()) for pair in holders), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert ran.returncode == 1 and "Không ghi được bản sao lưu" in ran.stderr, ran.stderr[-2000:]
    assert list(tmp_path.iterdir()) == []


def test_the_files_say_nothing_without_a_key(told, back, tmp_path):
    note, _ = told
    letters = b"".join(note.with_suffix(part).read_bytes() for part in (".dump.age", ".tables.age", ".json"))
    for word in (CANARY, "Nguyễn", "chibo_member", "PGDMP"):
        assert word.encode() not in letters
    assert letters.startswith(b"age-encryption.org/v1")
    assert note.with_suffix(".dump.age").stat().st_mode & 0o077 == 0
    stranger = key_file(tmp_path, pyrage.x25519.Identity.generate())
    with pytest.raises(CommandError, match="không mở được"):
        call_command("restore_backup", str(note), "--key", str(stranger), "--into", back)


def test_after_a_change_of_keys_each_copy_opens_with_the_key_of_its_day(told, settings, tmp_path, back):
    old_note, (old, _) = told
    new = pyrage.x25519.Identity.generate()
    settings.BACKUP_KEYS = [str(new.to_public())]
    note = copies.make(old_note.parent)
    with pytest.raises(copies.Broken, match="không mở được"):
        copies.restore(note, [old], back)
    both = key_file(tmp_path, old, new)
    for one in (note, old_note):
        call_command("restore_backup", str(one), "--key", str(both), "--into", back)
        run_sql(f'DROP DATABASE "{back}"')


def test_only_the_newest_are_kept_and_a_failure_takes_none(told, settings):
    note, _ = told
    made = [copies.make(note.parent, keep=2) for _ in range(3)]
    assert copies.notes(note.parent) == made[:0:-1]
    assert len(list(note.parent.iterdir())) == 6
    settings.BACKUP_KEYS = ["age1sai"]
    with pytest.raises(copies.Broken, match="BACKUP_KEYS"):
        copies.make(note.parent, keep=1)
    assert len(copies.notes(note.parent)) == 2


def test_the_health_answer_tells_of_a_missing_night(told, settings, monkeypatch):
    note, _ = told
    settings.BACKUP_DIR = str(note.parent)
    monkeypatch.setitem(health._useful, "backup", copies.is_fresh)

    def words():
        health._last[:] = [0.0, None]
        return Client().get("/readyz").content.decode()

    assert "backup" not in words()
    age(note)
    assert words() == "degraded: backup"
    health._last[:] = [0.0, None]


def test_a_restore_takes_plain_new_names_only(holders, tmp_path):
    for given in ("", "ten-co-gach", 'x"; DROP DATABASE kyanh; --', "tên", connection.settings_dict["NAME"]):
        with pytest.raises(CommandError, match="--into"):
            call_command("restore_backup", "x.json", "--key", str(key_file(tmp_path, *holders)), "--into", given)
