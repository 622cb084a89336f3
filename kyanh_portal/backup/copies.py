"""A copy of the database: sealed for the holders of the keys, with what its rows were, and a note to check it by.

Three files of one name: `.dump.age` (the dump), `.tables.age` (count and hash of each table, of the same moment), and
`.json`, open: when it was made, the hash of the two sealed files, the head of the trail. The note is written last: what
has no note is no copy. Sealing needs public keys only (age, age-encryption.org); the private one is never on this machine.
"""

import datetime as dt
import hashlib
import json
import subprocess
import tempfile
import threading
from contextlib import closing, suppress
from pathlib import Path

import pyrage
from django.conf import settings

from kyanh_portal.backup.tools import connect, environment, program

FRESH = dt.timedelta(hours=26)  # one a night, and two hours for a slow one
_PARTS = (".dump.age", ".tables.age")
_TABLES = (
    "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
    " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
)
# Each row hashed, then the hashes in order: a table of any size, in the memory of a sort.
_ROWS = "SELECT count(*), md5(coalesce(string_agg(h, '' ORDER BY h), '')) FROM (SELECT md5(t::text) AS h FROM {} t) r"
# A row reads the same on every server, whatever its own time zone and ways of writing.
_ONE_WAY = (
    "SET TIME ZONE 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex';"
    " SET extra_float_digits = 1"
)
_HEAD = "SELECT position, seal FROM audit_auditseal ORDER BY position DESC LIMIT 1"


class Broken(Exception):
    """A copy that could not be made, or that is not what its note says; the words say what to do."""


def recipients() -> list:
    """The public keys of BACKUP_KEYS; one holder in office and one elsewhere is the least."""
    if not settings.BACKUP_KEYS:
        raise Broken("Chưa có khóa: đặt BACKUP_KEYS (khóa công khai age1…). Tạo cặp khóa: manage.py backup_key.")
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in settings.BACKUP_KEYS]
    except pyrage.RecipientError:
        raise Broken("BACKUP_KEYS có khóa không đọc được: mỗi khóa công khai bắt đầu bằng age1.") from None


def tables_of(cursor) -> dict[str, list]:
    """{table: [rows, hash of all rows]} as the transaction of this cursor sees them."""
    cursor.execute(_ONE_WAY)
    cursor.execute(_TABLES)
    found = {}
    for (name,) in cursor.fetchall():
        cursor.execute(_ROWS.format(name))
        found[name] = list(cursor.fetchone())
    return found


def make(folder: Path, keep: int = 35) -> Path:
    """Copy the database as of one moment; answers the note. Of what fails half-way nothing stays that looks like a copy."""
    sealed_for = recipients()
    now = dt.datetime.now(dt.UTC)
    name = folder / now.strftime("portal-%Y%m%dT%H%M%S%fZ")
    try:
        with closing(connect()) as session, session.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            _dump(name.with_suffix(_PARTS[0]), snapshot, sealed_for)
            tables = tables_of(cursor)
            cursor.execute(_HEAD)
            head = cursor.fetchone() or (0, "-")
        name.with_suffix(_PARTS[1]).write_bytes(pyrage.encrypt(json.dumps(tables).encode(), sealed_for))
        note = {
            "made_at": now.isoformat(),
            "anchor": f"{head[0]}:{head[1]}",
            "files": {part: _sha256(name.with_suffix(part)) for part in _PARTS},
        }
        half = name.with_suffix(".json.half")
        half.write_text(json.dumps(note, indent=1))
        half.rename(name.with_suffix(".json"))
    except (OSError, pyrage.EncryptError) as error:
        _drop(name)
        raise Broken(
            f"Không ghi được bản sao lưu vào {folder}: {error}. Xem chỗ trống và quyền ghi rồi chạy lại."
        ) from None
    except BaseException:
        _drop(name)
        raise
    for old in notes(folder)[keep:]:
        _drop(old.with_suffix(""))
    return name.with_suffix(".json")


def _drop(name: Path) -> None:
    for part in (".json", ".json.half", *_PARTS):
        with suppress(OSError):
            name.with_suffix(part).unlink()


def _dump(target: Path, snapshot: str, sealed_for: list) -> None:
    with tempfile.TemporaryFile() as said, open(target, "xb") as sealed:
        target.chmod(0o600)
        dump = subprocess.Popen(
            [program("pg_dump"), "--format=custom", "--no-owner", f"--snapshot={snapshot}"],
            stdout=subprocess.PIPE, stderr=said, env=environment(),
        )  # fmt: skip
        try:
            pyrage.encrypt_io(dump.stdout, sealed, sealed_for)
        finally:
            dump.stdout.close()
            code = dump.wait()  # with its pipe closed it ends by itself
        if code:
            said.seek(0)
            raise Broken(f"pg_dump dừng giữa chừng: {said.read().decode(errors='replace').strip()[:300]}")


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def notes(folder: Path) -> list[Path]:
    """The notes of all copies, newest first."""
    return sorted(folder.glob("portal-*.json"), reverse=True)


def read_note(note: Path) -> dict:
    """What a note says; a note that cannot be read is a broken copy."""
    try:
        told = json.loads(note.read_text())
        return {**told, "made_at": dt.datetime.fromisoformat(told["made_at"]), "files": dict(told["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        raise Broken(f"{note.name}: không đọc được phiếu của bản sao lưu.") from None


def verify(note: Path) -> None:
    """Raises Broken unless every file of the copy is there, letter for letter as it was written."""
    told = read_note(note)
    if set(told["files"]) != set(_PARTS):
        raise Broken(f"{note.name}: phiếu không đủ tên tệp.")
    for part, sha256 in told["files"].items():
        path = note.with_suffix(part)
        if not path.exists():
            raise Broken(f"{path.name}: thiếu tệp.")
        if _sha256(path) != sha256:
            raise Broken(f"{path.name}: nội dung đã khác lúc sao lưu.")


def faults(folder: Path, now: dt.datetime | None = None) -> list[str]:
    """Everything wrong with the copies kept here, in words; an empty list means that the last one can be leaned on."""
    found, kept = [], notes(folder)
    if not kept:
        return [f"Chưa có bản sao lưu nào trong {folder}."]
    for note in kept:
        try:
            verify(note)
        except Broken as error:
            found.append(str(error))
    found += [f"{path.name}: không có phiếu, không phải bản sao lưu trọn vẹn." for path in _without_note(folder)]
    if not is_fresh(folder, now):
        found.append(f"Bản mới nhất ({kept[0].stem}) đã quá 26 giờ: việc sao lưu hằng đêm không chạy.")
    return found


def _without_note(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.glob("portal-*.age")) if not (folder / f"{p.name.split('.')[0]}.json").exists()]


def is_fresh(folder: Path | None = None, now: dt.datetime | None = None) -> bool:
    """Whether the newest copy is of the last night and whole in size; cheap, for the health answer."""
    kept = notes(Path(folder or settings.BACKUP_DIR))
    if not kept:
        return False
    try:
        told = read_note(kept[0])
    except Broken:
        return False
    age = (now or dt.datetime.now(dt.UTC)) - told["made_at"]
    return dt.timedelta(minutes=-5) <= age <= FRESH and all(kept[0].with_suffix(part).exists() for part in _PARTS)


def identities(path: Path) -> list:
    """The private keys of a file as age writes it: one AGE-SECRET-KEY a line, lines with # are words for people."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, pyrage.IdentityError):
        raise Broken(f"{path}: không đọc được khóa riêng (dòng AGE-SECRET-KEY-…).") from None


def restore(note: Path, keys: list, database: str) -> dict[str, list]:
    """Load a copy into an empty database and compare every table with what the copy says; answers the tables."""
    verify(note)
    try:
        wanted = json.loads(pyrage.decrypt(note.with_suffix(_PARTS[1]).read_bytes(), keys))
    except pyrage.DecryptError:
        raise Broken(
            "Khóa này không mở được bản sao lưu. Thử khóa của người giữ khác, hoặc khóa trước khi đổi."
        ) from None
    _load(note.with_suffix(_PARTS[0]), keys, database)
    with closing(connect(database)) as session, session.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        found = tables_of(cursor)
    if found != wanted:
        names = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
        raise Broken(f"Khôi phục xong nhưng khác lúc sao lưu ở các bảng: {', '.join(names[:10])}.")
    return found


def _load(source: Path, keys: list, database: str) -> None:
    with tempfile.TemporaryFile() as said, open(source, "rb") as sealed:
        load = subprocess.Popen(
            [program("pg_restore"), "--no-owner", "--exit-on-error", f"--dbname={database}"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=environment(database),
        )  # fmt: skip
        failed = []

        def feed():
            try:
                pyrage.decrypt_io(sealed, load.stdin, keys)
            except Exception as error:  # noqa: BLE001 - told below, together with what pg_restore says
                failed.append(error)
            finally:
                with suppress(OSError):
                    load.stdin.close()

        feeding = threading.Thread(target=feed)
        feeding.start()
        code = load.wait()
        feeding.join()
        if code or failed:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()[:300]
            raise Broken(f"Không nạp lại được bản sao lưu: {words or failed[0]}")


def set_aside(database: str) -> int:
    """After a restore nobody is signed in and no form sent before counts as sent; answers the sessions ended."""
    with closing(connect(database)) as session, session, session.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
        ended = cursor.rowcount
        cursor.execute("DELETE FROM ui_receipt")
        return ended
