"""The kinds of files the portal takes, and the names it keeps of them. Standard library only: the child reads this too."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class FileKind:
    """A kind by its extension: media type, and the first bytes of its content."""

    code: str
    media_type: str
    starts: tuple[bytes, ...]
    label: str


PDF = FileKind("pdf", "application/pdf", (b"%PDF-",), "PDF")
DOCX = FileKind(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",), "Word (.docx)"
)
XLSX = FileKind(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",), "Excel (.xlsx)"
)
PNG = FileKind("png", "image/png", (b"\x89PNG\r\n\x1a\n",), "ảnh PNG")
JPG = FileKind("jpg", "image/jpeg", (b"\xff\xd8\xff",), "ảnh JPG")
KINDS = {kind.code: kind for kind in (PDF, DOCX, XLSX, PNG, JPG)}
EXTENSIONS = {**KINDS, "jpeg": JPG}

_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
)
LONGEST_NAME = 150


def clean_name(name: str) -> str:
    """The name a file is shown under: composed, one line, without path, control or bidi characters, 150 letters."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = " ".join(_UNSAFE.sub("", unicodedata.normalize("NFC", name)).split()).strip()
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    stem = stem.strip(". ")[: LONGEST_NAME - len(extension) - 1] or "tep"
    return f"{stem}.{extension.lower()}" if extension else stem


def kind_by_name(name: str) -> FileKind | None:
    """The kind its extension claims; None for any other."""
    return EXTENSIONS.get(clean_name(name).rpartition(".")[2].lower())
