"""What an official paper says, apart from how it looks.

Pure data: an issued paper is stored as `to_json()`, sealed by `sha256()`, and drawn again at any time from it.
Text is cleaned as it comes in (NFC, no control or bidi characters), so equal papers have equal seals.
"""

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar

from kyanh_portal.base.vietnamese import clean_line, clean_text, fold
from kyanh_portal.documents.profiles import Profile, profile_by_code, profile_on

SCHEMA = 1
LONG_CELL = 1_200  # letters that fill about half a page in a narrow column
# A speaker named by office or group is not addressed as "Đồng chí".
_UNADDRESSED = ("đồng chí", "các đồng chí", "đại diện", "ý kiến", "ông ", "bà ", "lãnh đạo", "đoàn ", "ban ")


def _put(instance: Any, **values: Any) -> None:
    for name, value in values.items():
        object.__setattr__(instance, name, value)


@dataclass(frozen=True)
class Heading:
    """A section title with its number: level 1 "I- …", level 2 "1. …", level 3 "a) …"."""

    text: str
    level: int = 1
    kind: ClassVar[str] = "heading"

    def __post_init__(self):
        _put(self, text=clean_line(self.text))


@dataclass(frozen=True)
class Paragraph:
    """Running text; each line break starts a new paragraph."""

    text: str
    bold: bool = False
    kind: ClassVar[str] = "paragraph"

    def __post_init__(self):
        _put(self, text=clean_text(self.text))

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.split("\n") if line]


@dataclass(frozen=True)
class Item:
    """One line of a list, printed after "- "."""

    text: str
    kind: ClassVar[str] = "item"

    def __post_init__(self):
        _put(self, text=clean_text(self.text))

    @property
    def lines(self) -> list[str]:
        first, *rest = [line for line in self.text.split("\n") if line] or [""]
        return [first if re.match(r"[-–+] ", first) else f"- {first}", *rest]


@dataclass(frozen=True)
class Said:
    """What one person said, printed as "- Đồng chí A: …"."""

    name: str
    text: str
    kind: ClassVar[str] = "said"

    def __post_init__(self):
        _put(self, name=clean_line(self.name), text=clean_text(self.text))

    @property
    def speaker(self) -> str:
        if self.name.casefold().startswith(_UNADDRESSED):
            return self.name[:1].upper() + self.name[1:]
        return f"Đồng chí {self.name}"

    @property
    def lines(self) -> list[str]:
        first, *rest = [line for line in self.text.split("\n") if line] or [""]
        return [f"- {self.speaker}: {first}", *rest]


@dataclass(frozen=True)
class Table:
    """Rows under a header; `widths` are shares of the text width, equal when left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    caption: str = ""
    kind: ClassVar[str] = "table"

    def __post_init__(self):
        columns = max([len(self.header), *map(len, self.rows)], default=1)
        widths = tuple(max(int(width), 1) for width in self.widths) if len(self.widths) == columns else (1,) * columns
        _put(
            self,
            header=tuple(clean_line(str(cell)) for cell in self.header),
            rows=tuple(
                tuple(clean_text(str(cell)) for cell in row) + ("",) * (columns - len(row)) for row in self.rows
            ),
            widths=widths,
            caption=clean_line(self.caption),
        )

    @property
    def rows_to_draw(self) -> list[tuple[tuple[str, ...], bool]]:
        """(cells, is tall) of each row: a tall one may be split between two pages, others stay whole."""
        return [
            (row, any(len(cell) > LONG_CELL or cell.count("\n") > LONG_CELL // 60 for cell in row)) for row in self.rows
        ]

    @property
    def shares(self) -> list[float]:
        """Column widths in per cent."""
        total = sum(self.widths)
        return [round(100 * width / total, 3) for width in self.widths]


Block = Heading | Paragraph | Item | Said | Table
_BLOCKS: dict[str, type] = {block.kind: block for block in (Heading, Paragraph, Item, Said, Table)}


@dataclass(frozen=True)
class Signature:
    """Who signs: authority "T/M CHI BỘ", position "BÍ THƯ", name; the space for the hand stays empty."""

    authority: str = ""
    position: str = ""
    name: str = ""

    def __post_init__(self):
        _put(self, **{item.name: clean_line(getattr(self, item.name)) for item in fields(self)})


@dataclass(frozen=True, kw_only=True)
class OfficialDocument:
    """One paper of a Party body, complete: what its letterhead, text, signatures and recipients say.

    `number` None leaves the place of the number blank; a non-empty `draft` ("Dự thảo lần 2") marks a draft;
    `profile` "" follows the date of the paper.
    """

    kind: str
    type_name: str
    type_symbol: str
    summary: str
    superior_name: str
    issuer_name: str
    issuer_symbol: str
    place: str
    date: dt.date | None
    number: int | None = None
    shows_number: bool = True
    body_of: str = ""
    bases: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    signature: Signature = field(default_factory=Signature)
    left_signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    draft: str = ""
    is_synthetic: bool = False
    profile: str = ""
    schema: int = SCHEMA

    def __post_init__(self):
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, str):
                _put(self, **{item.name: clean_line(value)})
        _put(
            self,
            body=tuple(self.body),
            bases=tuple(filter(None, map(clean_line, self.bases))),
            recipients=tuple(filter(None, map(clean_line, self.recipients))),
            profile=self.profile or profile_on(self.date).code,
        )

    # What the paper shows
    @property
    def layout(self) -> Profile:
        """The guide that rules this paper."""
        return profile_by_code(self.profile)

    @property
    def number_line(self) -> str:
        """Số 05-BB/CB; without a number the place stays open (HD05 II.I.3: no colon, one leading zero below 10)."""
        if not self.shows_number:
            return ""
        number = f"{self.number:02d}" if self.number else "\u00a0" * 5
        return f"Số {number}-{self.type_symbol}/{self.issuer_symbol}"

    @property
    def date_line(self) -> str:
        """Sông Trí, ngày 03 tháng 02 năm 2026 (HD05 II.I.4); a paper without a date leaves room for it."""
        if self.date is None:
            day, month, year = "\u00a0" * 6, "\u00a0" * 6, "\u00a0" * 8
        else:
            day = f"{self.date.day:02d}"
            month = f"{self.date.month:02d}" if self.date.month < 3 else str(self.date.month)
            year = str(self.date.year)
        return f"{self.place}, ngày {day} tháng {month} năm {year}"

    @property
    def title(self) -> str:
        """One line for lists and file properties: "Biên bản sinh hoạt chi bộ … - Chi bộ …"."""
        number = f" {self.number_line[3:]}" if self.number and self.shows_number else ""
        return f"{self.type_name.capitalize()}{number} {self.summary} - {self.issuer_name}"

    @property
    def file_name(self) -> str:
        """An ASCII file name without extension, safe in every download: "bien-ban-05-bb-cb-chi-bo-to-dan-pho-1"."""
        number = f"{self.number:02d}-{self.type_symbol}-{self.issuer_symbol}" if self.number else ""
        words = fold(f"{self.type_name} {number} {self.issuer_name} {self.date or ''}").split()
        return re.sub(r"[^a-z0-9-]", "", "-".join(words))[:100].strip("-") or "van-ban"

    @property
    def is_draft(self) -> bool:
        return bool(self.draft)

    @property
    def basis_lines(self) -> list[str]:
        """- …; up to the last, which ends with a full stop (HD05 II.I.6.2)."""
        return _closed(self.bases)

    @property
    def recipient_lines(self) -> list[str]:
        """- …; up to the last, which says where the paper is filed and ends with a full stop (HD05 II.I.9)."""
        return _closed(self.recipients)

    def with_number(self, number: int) -> "OfficialDocument":
        """The final paper: numbered, no longer a draft."""
        return replace(self, number=number, draft="")

    def final(self) -> "OfficialDocument":
        """The final paper where no number is taken."""
        return replace(self, draft="")

    # Keeping it
    def to_json(self) -> dict:
        """Plain values for a JSON column; `from_json` gives the same paper back."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values["date"] = self.date.isoformat() if self.date else None
        values["body"] = [_plain(block, block=block.kind) for block in self.body]
        values["signature"] = _plain(self.signature)
        values["left_signature"] = _plain(self.left_signature) if self.left_signature else None
        values["bases"], values["recipients"] = list(self.bases), list(self.recipients)
        return values

    @classmethod
    def from_json(cls, values: dict) -> "OfficialDocument":
        """The paper stored by `to_json`."""
        values = dict(values)
        values["date"] = dt.date.fromisoformat(values["date"]) if values["date"] else None
        values["body"] = tuple(_block(block) for block in values["body"])
        values["signature"] = Signature(**values["signature"])
        left = values["left_signature"]
        values["left_signature"] = Signature(**left) if left else None
        return cls(**values)

    def canonical(self) -> bytes:
        """The bytes that are sealed: UTF-8, NFC, sorted keys, no spaces."""
        return json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def sha256(self) -> str:
        """The seal of the content."""
        return hashlib.sha256(self.canonical()).hexdigest()


def _closed(lines: tuple[str, ...]) -> list[str]:
    texts = [line.lstrip("-– ").rstrip(" ;.,") for line in lines]
    return [f"- {text}{'.' if i == len(texts) else ';'}" for i, text in enumerate(texts, 1)]


def _plain(part: Any, **extra: Any) -> dict:
    values = {item.name: getattr(part, item.name) for item in fields(part)}
    return extra | {name: _lists(value) for name, value in values.items()}


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, tuple) else value


def _block(values: dict) -> Block:
    values = dict(values)
    block = _BLOCKS[values.pop("block")]
    if block is Table:
        values["header"], values["widths"] = tuple(values["header"]), tuple(values["widths"])
        values["rows"] = tuple(tuple(row) for row in values["rows"])
    return block(**values)
