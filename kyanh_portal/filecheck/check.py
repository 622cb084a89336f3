"""Judge a file from a person: extension, content and structure must agree; what comes back is safe to keep."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.filecheck.kinds import KINDS, FileKind, clean_name, kind_by_name
from kyanh_portal.filecheck.virus import scan

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 25 * 1024 * 1024
SECONDS = 40


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed: clean name and bytes, pages where it has them, the text and (when asked) the QR codes in it."""

    name: str
    kind: FileKind
    data: bytes
    pages: int | None
    text: str
    codes: tuple[str, ...] = ()


def check_file(data: bytes, name: str, *, allowed=tuple(KINDS), field: str = "file", codes=False) -> CheckedFile:
    """The clean file; raises RuleBroken with the sentence for the person, at `field`.

    `allowed` are kind codes (pdf, docx, xlsx, png, jpg). Parsing runs in a child process with limits on CPU, memory
    and time; a virus scanner, where one is configured, must have answered. `codes` asks for the QR codes too.
    """
    kind, shown = kind_by_name(name), clean_name(name)
    labels = ", ".join(KINDS[code].label for code in allowed)
    if kind is None or kind.code not in allowed:
        raise RuleBroken(f"Chỉ nhận {labels}. Lưu lại đúng dạng rồi gửi.", field=field)
    if not data:
        raise RuleBroken("Tệp rỗng. Chọn lại tệp.", field=field)
    if len(data) > LARGEST:
        raise RuleBroken(f"Tệp lớn hơn {LARGEST // 1024 // 1024} MB. Giảm cỡ ảnh hoặc tách tệp rồi gửi.", field=field)
    if not data.startswith(kind.starts):
        raise RuleBroken(f"Nội dung tệp không phải {kind.label}. Chọn đúng tệp rồi gửi.", field=field)
    scan(data, field=field)
    facts, body = _in_child(data, kind, field, codes)
    if "refused" in facts:
        raise RuleBroken(facts["refused"], field=field)
    return CheckedFile(shown, kind, body, facts.get("pages"), facts.get("text", ""), tuple(facts.get("codes", ())))


def _in_child(data: bytes, kind: FileKind, field: str, codes=False) -> tuple[dict, bytes]:
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kyanh_portal.filecheck.child", kind.code, *(["codes"] if codes else [])],
            input=data, capture_output=True, timeout=SECONDS, cwd=ROOT, env=environment,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise RuleBroken("Tệp quá nặng, kiểm tra không xong. Giảm cỡ hoặc tách tệp rồi gửi.", field=field) from None
    head, _, body = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise RuleBroken("Không kiểm tra được tệp này. Lưu lại thành tệp mới rồi gửi.", field=field)
    return json.loads(head), body
