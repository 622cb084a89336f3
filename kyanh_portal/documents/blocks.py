"""The parts of an official paper: headings, paragraphs, items, tables, signatures, annexes. Pure data.

Text is cleaned as it comes in (NFC, no control or bidi characters), so equal papers have equal seals.
"""

import re
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from kyanh_portal.base.vietnamese import clean_line, clean_text

_ARTICLE = re.compile(r"Điều \d+[a-zđ]?\.")
LONG_CELL = 1_200  # letters that fill about half a page in a narrow column
# A speaker named by office or group is not addressed as "Đồng chí".
_UNADDRESSED = ("đồng chí", "các đồng chí", "đại diện", "ý kiến", "ông ", "bà ", "lãnh đạo", "đoàn ", "ban ")


def put(instance: Any, **values: Any) -> None:
    """Set fields of a frozen instance while it is being made."""
    for name, value in values.items():
        object.__setattr__(instance, name, value)


@dataclass(frozen=True)
class Heading:
    """A section title with its number: level 1 "I- …", level 2 "1. …", level 3 "a) …"; level 0 is centred: "Chương I", its name."""

    text: str
    level: int = 1
    kind: ClassVar[str] = "heading"

    def __post_init__(self):
        put(self, text=clean_line(self.text))


@dataclass(frozen=True)
class Paragraph:
    """Running text; each line break starts a new paragraph."""

    text: str
    bold: bool = False
    kind: ClassVar[str] = "paragraph"

    def __post_init__(self):
        put(self, text=clean_text(self.text))

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.split("\n") if line]

    @property
    def led_lines(self) -> list[tuple[str, str]]:
        """(bold lead, rest) of each line: the word and number of an article stand in bold (HD05, Phụ lục 2, row 6)."""
        return [
            (found[0], line[found.end() :]) if (found := _ARTICLE.match(line)) else ("", line) for line in self.lines
        ]


@dataclass(frozen=True)
class Item:
    """One line of a list, printed after "- "."""

    text: str
    kind: ClassVar[str] = "item"

    def __post_init__(self):
        put(self, text=clean_text(self.text))

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
        put(self, name=clean_line(self.name), text=clean_text(self.text))

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
        put(
            self,
            header=tuple(clean_line(str(cell)) for cell in self.header),
            rows=tuple(
                tuple(clean_text(str(cell)) for cell in row) + ("",) * (columns - len(row)) for row in self.rows
            ),
            widths=widths,
            caption=clean_line(self.caption),
        )

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """(name of the column, cell) row by row: on a narrow screen each cell carries the name of its column."""
        names = self.header + ("",) * len(self.widths)
        return [list(zip(names, row, strict=False)) for row in self.rows]

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
        put(self, **{item.name: clean_line(getattr(self, item.name)) for item in fields(self)})


@dataclass(frozen=True)
class Annex:
    """What goes with the paper as its appendix (HD05 II.II.1): a title and blocks; the text must point to it.

    `issuer` is the issuing body as running text writes it ("Chi bộ Tổ dân phố 1"); left out, it is written as in the
    letterhead.
    """

    title: str
    body: tuple[Block, ...]
    issuer: str = ""

    def __post_init__(self):
        put(self, title=clean_line(self.title), body=tuple(self.body), issuer=clean_line(self.issuer))


def plain(part: Any, **extra: Any) -> dict:
    """The fields of a part as plain values."""
    values = {item.name: getattr(part, item.name) for item in fields(part)}
    return extra | {name: _lists(value) for name, value in values.items()}


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, tuple) else value


def block_from(values: dict) -> Block:
    """The block stored by `plain` with its kind."""
    values = dict(values)
    block = _BLOCKS[values.pop("block")]
    if block is Table:
        values["header"], values["widths"] = tuple(values["header"]), tuple(values["widths"])
        values["rows"] = tuple(tuple(row) for row in values["rows"])
    return block(**values)
