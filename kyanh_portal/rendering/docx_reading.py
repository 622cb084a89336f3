"""What a Word file says: its words with their simple structure, for reading on a page and for setting in a book.

Headings, paragraphs, lists and tables; pictures, drawings and text boxes stay in the file and are counted. The file
has been judged when it came in (kyanh_portal.filecheck).
"""

import io
from dataclasses import dataclass

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from kyanh_portal.base.vietnamese import clean_text

MOST_BLOCKS = 20_000
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")}


@dataclass(frozen=True)
class WordBlock:
    """One piece: `kind` is heading, paragraph, item, table or pictures.

    `runs` are (words, bold, italic); a table has `rows` instead; of pictures only their number is kept, in `level`.
    """

    kind: str
    level: int = 0
    runs: tuple[tuple[str, bool, bool], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        return "".join(run[0] for run in self.runs)


def docx_blocks(data: bytes) -> list[WordBlock]:
    """The file piece by piece, in its order; tracked deletions are left out, insertions taken in."""
    word = Document(io.BytesIO(data))
    blocks: list[WordBlock] = []
    for part in word.iter_inner_content():
        blocks += _table(part) if isinstance(part, Table) else _paragraph(part)
        if len(blocks) >= MOST_BLOCKS:
            break
    pictures = len(list(word.element.body.iter(qn("w:drawing"), qn("w:pict"))))
    if pictures:
        blocks.append(WordBlock("pictures", level=pictures))
    return blocks


def docx_text(data: bytes) -> str:
    """The words alone, a line each paragraph or row."""
    lines = []
    for block in docx_blocks(data):
        if block.kind == "table":
            lines += [" | ".join(cell.replace("\n", " ") for cell in row) for row in block.rows]
        elif block.kind == "item":
            lines.append(f"- {block.text}")
        elif block.kind != "pictures":
            lines.append(block.text)
    return clean_text("\n".join(lines))


def _paragraph(paragraph) -> list[WordBlock]:
    runs = _runs(paragraph._p)
    words = "".join(run[0] for run in runs).strip()
    if not words:
        return []
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    if style in ("title", "subtitle"):
        return [WordBlock("heading", 1, runs)]
    if style.startswith("heading"):
        digits = "".join(c for c in style if c.isdecimal())
        return [WordBlock("heading", min(int(digits or 1), 3), runs)]
    properties = paragraph._p.pPr
    if style.startswith("list") or (properties is not None and properties.numPr is not None):
        return [WordBlock("item", 0, runs)]
    if len(words) < 160 and all(bold for text, bold, _ in runs if text.strip()):
        return [WordBlock("heading", 2, runs)]  # how most offices write a heading: a short line, all bold
    return [WordBlock("paragraph", 0, runs)]


def _runs(paragraph) -> tuple[tuple[str, bool, bool], ...]:
    found: list[tuple[str, bool, bool]] = []
    for run in paragraph.iter(qn("w:r")):
        if any(above.tag in _LEFT_OUT for above in run.iterancestors()):
            continue
        words = "".join(
            node.text or "" if node.tag == qn("w:t") else "\n" if node.tag in (qn("w:br"), qn("w:cr")) else " "
            for node in run.iter(qn("w:t"), qn("w:br"), qn("w:cr"), qn("w:tab"))
        )
        if not words:
            continue
        shape = run.find(qn("w:rPr"))
        bold, italic = _is_on(shape, "w:b"), _is_on(shape, "w:i")
        if found and found[-1][1:] == (bold, italic):
            words = found.pop()[0] + words
        found.append((words, bold, italic))
    return tuple((clean_keeping_edges(words), bold, italic) for words, bold, italic in found)


def clean_keeping_edges(words: str) -> str:
    """Composed and without invisible characters, but with the spaces at both ends that part one run from the next."""
    left = " " if words[:1].isspace() else ""
    right = " " if words[-1:].isspace() and words.strip() else ""
    return f"{left}{clean_text(words)}{right}"


def _is_on(shape, name: str) -> bool:
    mark = shape.find(qn(name)) if shape is not None else None
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def _table(table: Table) -> list[WordBlock]:
    """Its rows; a table without lines, as letterheads and signatures are laid out, gives its paragraphs instead."""
    cells, rows, seen = [], [], set()
    for row in table.rows:
        line = []
        for cell in row.cells:
            if cell._tc in seen:  # a cell over several columns or rows is met once for each
                continue
            seen.add(cell._tc)
            cells.append(cell)
            line.append(clean_text("\n".join("".join(run[0] for run in _runs(p._p)) for p in cell.paragraphs)))
        rows.append(tuple(line))
    if not _has_lines(table):
        return [block for cell in cells for paragraph in cell.paragraphs for block in _paragraph(paragraph)]
    rows = [row for row in rows if any(row)]
    return [WordBlock("table", rows=tuple(rows))] if rows else []


def _has_lines(table: Table) -> bool:
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    if borders is not None:
        return any(edge.get(qn("w:val")) not in (None, "nil", "none") for edge in borders)
    style = table.style
    while style is not None:
        if style.element.find(f".//{qn('w:tblBorders')}") is not None:
            return True
        style = style.base_style
    return False
