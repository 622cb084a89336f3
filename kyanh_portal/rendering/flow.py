"""The text of a paper as the parts that PDF and Word draw, in order, and what may not stand alone on a page."""

import re
from dataclasses import dataclass, replace

from kyanh_portal.base.errors import RuleBroken

MOST_LETTERS = 1_000_000  # about 400 pages; a larger paper is refused before it costs time
MOST_IN_ONE = 200_000  # letters of one paragraph
MOST_CELLS = 12_000
ONE_LINE = 80  # letters that surely fit one line of the text area
LONG_CELL = 1_500  # a row with a longer cell may be split between pages
MANY_RECIPIENTS = 24  # more than these stand under the signatures, where a page may break
_FIGURE = re.compile(r"[\d.,/%\s:–-]{1,16}")


@dataclass(frozen=True)
class Part:
    """A heading (level 1–3), a line of text (level 0) or a table; `keep` holds it on the page of what follows."""

    text: str = ""
    level: int = 0
    bold: bool = False
    keep: bool = False
    is_caption: bool = False
    table: object = None
    number: int = 0  # of the table

    @property
    def tag(self) -> str:
        """h1 is the type of the paper, so its sections begin with h2."""
        return f"h{self.level + 1}" if self.level else "p"

    @property
    def rows(self) -> list["Row"]:
        return rows_of(self.table)

    @property
    def css(self) -> str:
        return " ".join(name for name, is_on in (("strong", self.bold), ("keep", self.keep), ("caption", self.is_caption)) if is_on)


def parts_of(document) -> list[Part]:
    """The bases and the body, line by line; raises RuleBroken where a paper is too long to draw."""
    _refuse_too_long(document)
    parts = [Part(line) for line in document.basis_lines]
    tables = 0
    for block in document.body:
        if block.kind == "heading":
            parts.append(Part(block.text, level=min(max(block.level, 1), 3)))
        elif block.kind == "table":
            parts += [Part(block.caption, bold=True, keep=True, is_caption=True)] if block.caption else []
            tables += 1
            parts.append(Part(table=block, number=tables))
        else:
            parts += [Part(line, bold=getattr(block, "bold", False)) for line in block.lines]
    return _keep_two_lines(parts)


def _keep_two_lines(parts: list[Part]) -> list[Part]:
    """The signatures hold on to the last part; one short line alone would not be enough."""
    if len(parts) > 1 and parts[-1].table is None and len(parts[-1].text) < ONE_LINE:
        parts[-2] = replace(parts[-2], keep=parts[-2].table is None)
    return parts


def _refuse_too_long(document) -> None:
    total = cells = 0
    for block in document.body:
        if block.kind == "table":
            cells += sum(map(len, block.rows))
            size = sum(len(cell) for row in block.rows for cell in row)
        else:
            size = len(block.text)
            if size > MOST_IN_ONE:
                raise RuleBroken(f"Một đoạn dài {size:,} chữ, quá mức in được. Tách đoạn này ra rồi in lại.")
        total += size
    if total > MOST_LETTERS or cells > MOST_CELLS:
        raise RuleBroken("Văn bản quá dài để in một lần. Chuyển bớt nội dung sang phụ lục rồi in lại.")


@dataclass(frozen=True)
class Row:
    """A row of a table as drawn: (text, is a figure) of each cell; a tall row may be split between pages."""

    cells: list[tuple[str, bool]]
    is_tall: bool


def rows_of(table) -> list[Row]:
    """Rows with what the drawing must know of them; figures stand in the middle of their column."""
    return [
        Row([(cell, bool(_FIGURE.fullmatch(cell))) for cell in row], any(len(cell) > LONG_CELL for cell in row))
        for row in table.rows
    ]


def column_rules(document) -> str:
    """The widths of the columns as a style sheet: numbers of ours, nothing people wrote."""
    tables = [block for block in document.body if block.kind == "table"]
    return "".join(
        f".t{number}c{column}{{width:{share}%}}"
        for number, table in enumerate(tables, 1)
        for column, share in enumerate(table.shares, 1)
    )


def recipients_below(document) -> bool:
    """True where Nơi nhận stands under the signatures: minutes with two signers, or a long list."""
    return document.left_signature is not None or len(document.recipients) > MANY_RECIPIENTS
