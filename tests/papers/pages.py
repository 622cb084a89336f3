"""Checks of the file and of every page: paper, margins, fonts, colour, page numbers (P01–P14, A03, D01, D02, L01)."""

import io
import re

from pypdf import PdfReader

from tests.papers.sheet import HEADER_ZONE, MM, Problem, squeeze

OWN_FONT = re.compile(r"TimesNewRoman(PS)?(MT)?(-?,?(Bold|Italic|BoldItalic)(MT)?)?$")
STAND_IN = re.compile(r"(Tinos|LiberationSerif|Liberation-Serif)(-(Regular|Bold|Italic|BoldItalic|Bold-Italic))?$")


def check_file(pdf: bytes, content) -> list[Problem]:
    """P07, P08, D02: fonts are ours, inside, with a map to letters; title and language are set."""
    problems, reader = [], PdfReader(io.BytesIO(pdf))
    if not (reader.metadata and reader.metadata.title):
        problems.append(Problem("D02", "W", "the file has no title"))
    if not str(reader.trailer["/Root"].get("/Lang", "")).startswith("vi"):
        problems.append(Problem("D02", "W", "the file does not say that it is Vietnamese"))
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            fonts[str(font["/BaseFont"])] = font
    for name, font in fonts.items():
        name = name.lstrip("/").split("+")[-1]
        if STAND_IN.match(name):
            problems.append(Problem("P07", "W", f"{name} stands in for Times New Roman"))
        elif not OWN_FONT.match(name):
            problems.append(Problem("P07", "E", f"font {name}"))
        descriptor = font.get("/DescendantFonts", [font])[0].get_object().get("/FontDescriptor", {})
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            problems.append(Problem("P08", "E", f"font {name} is not embedded"))
        if "/ToUnicode" not in font:
            problems.append(Problem("P08", "E", f"font {name} has no Unicode map"))
    return problems


def check_pages(sheets, content) -> list[Problem]:
    """P01–P14, A03, D01, L01 on every page."""
    problems = []
    for sheet in sheets:
        problems += _geometry(sheet, content) + _numbering(sheet, content)
    return problems + _letters(sheets, content)


def _geometry(sheet, content) -> list[Problem]:
    n, layout, problems = sheet.number, content.layout, []

    def bad(code, message, severity="E"):
        problems.append(Problem(code, severity, message, n))

    if abs(sheet.width - layout.page_width * MM) > 0.5 * MM or abs(sheet.height - layout.page_height * MM) > 0.5 * MM:
        bad("P01", f"sheet {sheet.width / MM:.1f} × {sheet.height / MM:.1f} mm")
    inked = [c for c in sheet.text if c["text"].strip()]
    if not inked:
        bad("D01", "empty page")
        return problems
    left = min([c["x0"] for c in inked] + [box[0] for box in sheet.boxes])
    right = max([c["x1"] for c in inked] + [box[2] for box in sheet.boxes])
    indents = (0, layout.first_line_indent * MM)  # a page may hold nothing but paragraphs of one line
    has_tables = any(block.kind == "table" for block in content.body)  # the left column of a split row may be empty
    if left < sheet.left - 0.5 * MM or (
        n > 1 and not has_tables and not any(-0.5 * MM <= left - sheet.left - indent <= 1 * MM for indent in indents)
    ):
        bad("P02", f"left edge at {left / MM:.1f} mm")
    if right > sheet.right + 0.5 * MM:
        bad("P03", f"right edge at {(sheet.width - right) / MM:.1f} mm from the sheet's edge")
    if n == 1 and not 19.5 * MM <= min(c["top"] for c in inked) <= 22.5 * MM:
        bad("P05", f"first line at {min(c['top'] for c in inked) / MM:.1f} mm")
    if max(c["bottom"] for c in inked) > sheet.height - (layout.margins.bottom - 0.5) * MM:
        bad("P06", f"last line ends {(sheet.height - max(c['bottom'] for c in inked)) / MM:.1f} mm above the edge")
    marks = [line.text for line in sheet.edge]
    if marks != (["Số liệu giả lập"] if content.is_synthetic else []):
        bad("P06", f"below the text area: {marks}")
    if any(not _is_black(c["non_stroking_color"]) for c in sheet.chars if c["text"].strip()):
        bad("P09", "text that is not black")
    return problems


def _is_black(colour) -> bool:
    values = colour if isinstance(colour, (tuple, list)) else (colour,)
    return values == (0, 0, 0, 1) or not any(values)


def _numbering(sheet, content) -> list[Problem]:
    n, layout, lines, problems = sheet.number, content.layout, sheet.head, []

    def bad(code, message):
        problems.append(Problem(code, "E", message, n))

    if n == 1:
        wanted = ["DỰ THẢO"] if content.is_draft else []
        if [line.text for line in lines] != wanted:
            bad(
                "P10" if any(line.text.isdigit() for line in lines) else "A03",
                f"at the top edge: {[x.text for x in lines]}",
            )
        elif lines:
            mark = lines[0]
            if not mark.sized(layout.scope_size, bold=True) or abs(mark.x1 - sheet.right) > 2 * MM:
                bad("A03", "circulation mark: not 12 bold at the right")
            if abs(mark.top - layout.page_number_top * MM) > 2 * MM:
                bad("A03", f"circulation mark {mark.top / MM:.1f} mm below the edge")
        return problems
    if [line.text for line in lines] != [str(n)]:
        bad("P11", f"page number {[line.text for line in lines]}")
        return problems
    number = lines[0]
    if abs(number.centre - sheet.middle) > 1 * MM:
        bad("P12", f"page number centred at {number.centre / MM:.1f} mm")
    if not (layout.page_number_top - 0.5) * MM <= number.top <= (layout.page_number_top + 3) * MM:
        bad("P13", f"page number {number.top / MM:.1f} mm below the edge")
    if not number.sized(layout.page_number_size):
        bad("P14", "page number not 14 upright")
    return problems


def _letters(sheets, content) -> list[Problem]:
    """L01: every letter of the content comes out again, in order inside its paragraph."""
    drawn = squeeze(
        "".join(c["text"] for sheet in sheets for c in sheet.chars if HEADER_ZONE <= c["top"] <= sheet.height - 19 * MM)
    )
    wanted = [
        content.superior_name,
        content.issuer_name,
        "" if content.is_letter else content.type_name,
        content.summary,
        *content.basis_lines,
    ]
    wanted += [*content.recipient_lines, content.signature.name, content.date_line, content.number_line]
    for block in content.body:
        if block.kind == "table":
            wanted += [*(line for row in block.rows for cell in row for line in cell.split("\n")), block.caption]
        else:
            wanted += [block.text] if block.kind == "heading" else block.lines
    lost = [text for text in wanted if squeeze(text) not in drawn]
    return [Problem("L01", "E", f"not found letter for letter: {text[:80]!r}") for text in lost]
