"""A drawn paper as lines of letters, so that checks can speak of margins, columns and paragraphs."""

import io
import re
import unicodedata
from dataclasses import dataclass, field

import pdfplumber

MM = 72 / 25.4
HEADER_ZONE = 18 * MM  # above it only the page number and the circulation mark
SPLIT = 110 * MM  # between the letterhead's columns; lines are read inside one column


@dataclass(frozen=True)
class Problem:
    """What is wrong: the check of document-format, "E" or "W", a sentence, the page."""

    code: str
    severity: str
    message: str
    page: int = 0

    def __str__(self):
        return f"{self.code} {self.severity} p{self.page}: {self.message}"


@dataclass
class Line:
    """Letters that stand on one line of one page, spaces at its ends left out."""

    chars: list[dict]
    page: int

    def __post_init__(self):
        self.chars.sort(key=lambda c: c["x0"])
        while self.chars and not self.chars[0]["text"].strip():
            self.chars.pop(0)
        while self.chars and not self.chars[-1]["text"].strip():
            self.chars.pop()
        self.text = unicodedata.normalize("NFC", "".join(c["text"] for c in self.chars))
        self.x0, self.x1 = min(c["x0"] for c in self.chars), max(c["x1"] for c in self.chars)
        self.top, self.bottom = min(c["top"] for c in self.chars), max(c["bottom"] for c in self.chars)

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def inked(self) -> list[dict]:
        return [c for c in self.chars if c["text"].strip()]

    def sized(self, size: float, *, bold: bool = False, italic: bool = False) -> bool:
        """True when every letter has this size and style."""
        return all(
            abs(c["size"] - size) <= 0.25
            and ("Bold" in c["fontname"]) == bold
            and ("Italic" in c["fontname"]) == italic
            for c in self.inked
        )


@dataclass
class Sheet:
    """One page, its letters sorted into zones: `head` and `edge` outside the text area, `tables`, `flow`."""

    number: int
    width: float
    height: float
    left: float
    right: float
    chars: list[dict]
    rules: list[dict]
    boxes: list[tuple] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def head(self) -> list[Line]:
        return self.lines([c for c in self.chars if c["top"] < HEADER_ZONE])

    @property
    def edge(self) -> list[Line]:
        return self.lines([c for c in self.chars if c["top"] > self.height - 19 * MM])

    @property
    def text(self) -> list[dict]:
        """Letters of the text area."""
        return [c for c in self.chars if HEADER_ZONE <= c["top"] <= self.height - 19 * MM]

    @property
    def flow(self) -> list[dict]:
        """Letters of the text area outside tables."""
        return [c for c in self.text if not any(_inside(c, box) for box in self.boxes)]

    def lines(self, chars: list[dict]) -> list[Line]:
        """Letters gathered by their baseline, from the top."""
        rows: list[list[dict]] = []
        for char in sorted(chars, key=lambda c: c["bottom"]):
            if rows and char["bottom"] - rows[-1][0]["bottom"] <= 3:
                rows[-1].append(char)
            else:
                rows.append([char])
        return [Line(row, self.number) for row in rows if any(c["text"].strip() for c in row)]

    def column(self, side: str, top: float = 0, bottom: float = 1e9) -> list[Line]:
        """Lines of the left or the right half, between two heights."""
        return self.lines(
            [c for c in self.flow if ((c["x0"] < SPLIT) == (side == "left")) and top <= c["top"] <= bottom]
        )


def _inside(char: dict, box: tuple) -> bool:
    x0, top, x1, bottom = box
    return x0 - 1 <= char["x0"] and char["x1"] <= x1 + 1 and top - 1 <= char["top"] and char["bottom"] <= bottom + 1


def read_sheets(pdf: bytes, content, *, duplex: bool = False) -> list[Sheet]:
    """The pages of a PDF, with the text area its guide gives each."""
    sheets = []
    with pdfplumber.open(io.BytesIO(pdf)) as book:
        for number, page in enumerate(book.pages, 1):
            margins = content.layout.margins
            if duplex and number % 2 == 0:
                margins = margins.mirrored()
            width, height = float(page.width), float(page.height)
            boxes = [table.bbox for table in page.find_tables()] if any(b.kind == "table" for b in content.body) else []
            rules = [
                r
                for r in [*page.rects, *page.lines]
                if abs(r["bottom"] - r["top"]) <= 1.5
                and r["x1"] - r["x0"] > 15
                and not any(_inside(r, box) for box in boxes)
            ]
            left, right = margins.left * MM, width - margins.right * MM
            sheets.append(Sheet(number, width, height, left, right, page.chars, rules, boxes))
            page.close()
    return sheets


def squeeze(text: str) -> str:
    """Letters alone, composed: what must come out of a paper as it went in."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))
