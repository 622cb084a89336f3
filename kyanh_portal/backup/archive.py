"""The archive of every commit: is the base copy whole, is every piece since there, is somebody receiving?"""

import hashlib
import json
import re
from pathlib import Path

_SEGMENT = 16 * 1024 * 1024
_NAME = re.compile(r"^[0-9A-F]{24}$")
_RECEIVED = (
    "SELECT current_setting('synchronous_standby_names') = ''"
    " OR EXISTS (SELECT 1 FROM pg_stat_replication WHERE state = 'streaming' AND sync_state IN ('sync', 'quorum'))"
)


def is_received(cursor=None) -> bool:
    """Whether the second disk, where one is asked for, takes every commit now; else saving waits and people must know."""
    from django.db import connection

    if cursor is not None:
        cursor.execute(_RECEIVED)
        return cursor.fetchone()[0]
    with connection.cursor() as own:
        return is_received(own)


def faults(base: Path, wal: Path) -> list[str]:
    """Everything that would stop a restore from this base copy and these pieces; an empty list means it can be leaned on."""
    try:
        manifest = json.loads((base / "backup_manifest").read_text())
        files, (reach, *_) = manifest["Files"], manifest["WAL-Ranges"]
        first = _segment(reach["Start-LSN"])
        last = _segment(reach["End-LSN"])
    except (OSError, ValueError, KeyError):
        return [f"{base}: không đọc được danh sách tệp (backup_manifest) của bản gốc."]
    found = [fault for one in files if (fault := _fault_of(base, one))]
    return found + _gaps(wal, reach["Timeline"], first, last)


def _fault_of(base: Path, one: dict) -> str:
    name = one.get("Path") or bytes.fromhex(one["Encoded-Path"]).decode(errors="replace")
    path = base / name
    if not path.is_file():
        return f"{name}: thiếu tệp trong bản gốc."
    if one.get("Checksum-Algorithm") != "SHA256":
        return f"{name}: bản gốc lập thiếu --manifest-checksums=SHA256, không kiểm tra được."
    with open(path, "rb") as file:
        is_same = hashlib.file_digest(file, "sha256").hexdigest() == one["Checksum"]
    return "" if is_same else f"{name}: nội dung đã khác lúc lập bản gốc."


def _segment(lsn: str) -> int:
    """The running number of the piece that holds this place of the log."""
    high, low = (int(part, 16) for part in lsn.split("/"))
    return ((high << 32) + low) // _SEGMENT


def _gaps(wal: Path, timeline: int, first: int, least: int) -> list[str]:
    """Pieces run without a gap from the base copy to the one being written, each of full length."""
    kept = {}
    for path in wal.iterdir() if wal.is_dir() else ():
        name = path.name.removesuffix(".partial")
        if _NAME.match(name) and int(name[:8], 16) == timeline:
            kept[int(name[8:16], 16) * 256 + int(name[16:], 16)] = path
    newest = max(kept, default=0)
    if newest < least:
        return [f"{wal}: kho lưu dừng trước bản gốc; nơi nhận không chạy hoặc ghi nhầm thư mục."]
    found = []
    for number in range(first, newest + 1):
        path = kept.get(number)
        if path is None or (path.suffix and number != newest):
            name = f"{timeline:08X}{number // 256:08X}{number % 256:08X}"
            found.append(f"{name}: thiếu trong kho lưu; từ chỗ này trở đi không khôi phục được.")
        elif path.stat().st_size != _SEGMENT:
            found.append(f"{path.name}: không đủ độ dài.")
    return found
