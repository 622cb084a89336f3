"""The same paper as Word: same margins, sizes and order, so that the office may finish it by hand."""

import io

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

FONT = "Times New Roman"
CENTRE, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


def official_docx(document) -> bytes:
    """An OfficialDocument as DOCX in the layout of its guide."""
    layout = document.layout
    word = Document()
    _page(word, document)
    _letterhead(word, document)
    _line(word, document.type_name, size=layout.type_size, bold=True, align=CENTRE, before=12)
    if document.body_of:
        _line(word, document.body_of, bold=True, align=CENTRE)
    _line(word, document.summary, size=layout.summary_size, bold=True, align=CENTRE)
    _line(word, "-----", align=CENTRE, after=12)
    for line in document.basis_lines:
        _body(word, line)
    for block in document.body:
        if block.kind == "heading":
            _body(word, block.text, bold=block.level < 3).paragraph_format.keep_with_next = True
        elif block.kind == "table":
            _table(word, block, layout)
        else:
            for line in block.lines:
                _body(word, line, bold=getattr(block, "bold", False))
    _signatures(word, document)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _page(word, document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin = Twips(1134), Twips(850)
    section.bottom_margin, section.left_margin = Twips(1134), Twips(1701)
    section.header_distance, section.footer_distance = Twips(567), Twips(454)
    section.different_first_page_header_footer = True
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(document.layout.body_size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _field(number.add_run(), "PAGE")
    edge = "Số liệu giả lập" if document.is_synthetic else ""
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = CENTRE
        paragraph.add_run(edge).font.size = Pt(10)
    if document.is_draft:
        first = section.first_page_header.paragraphs[0]
        first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = first.add_run("DỰ THẢO")
        run.bold, run.font.size = True, Pt(12)
    word.core_properties.title = document.title[:250]
    word.core_properties.author = document.issuer_name
    word.core_properties.language = "vi-VN"


def _field(run, name: str) -> None:
    for kind, text in (("begin", None), (None, name), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _line(place, text, *, size=14, bold=False, italic=False, underline=False, align=LEFT, before=0, after=0, pitch=18):
    paragraph = place.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline, run.font.size = bold, italic, underline, Pt(size)
    shape = paragraph.paragraph_format
    paragraph.alignment = align
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(pitch, size + 4))
    return paragraph


def _body(word, text, bold=False):
    paragraph = _line(word, text, bold=bold, align=JUSTIFY, after=6)
    paragraph.paragraph_format.first_line_indent = Twips(567)
    return paragraph


def _columns(word, left, right):
    table = word.add_table(rows=1, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for cell, width in zip(table.rows[0].cells, (left, right), strict=True):
        cell.width = Mm(width)
        cell._tc.remove(cell.paragraphs[0]._p)
    return table.rows[0].cells


def _letterhead(word, document) -> None:
    left, right = _columns(word, document.layout.issuer_column, document.layout.title_column)
    if document.superior_name:
        _line(left, document.superior_name, align=CENTRE)
    _line(left, document.issuer_name, bold=True, align=CENTRE)
    _line(left, "*", align=CENTRE)
    if document.number_line:
        _line(left, document.number_line, align=CENTRE)
    if document.draft:
        _line(left, document.draft, italic=True, align=CENTRE)
    title = _line(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True, align=CENTRE)
    _rule_below(title, Mm(document.layout.title_column).pt)
    _line(right, document.date_line, italic=True, align=CENTRE, before=6)


def _rule_below(paragraph, column: float) -> None:
    """The solid rule as long as the title (206 pt at 15 pt bold): a paragraph border with indents, never underscores."""
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)
    indent = Pt((column - 10.8 - 206) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent


def _table(word, block, layout) -> None:
    table = word.add_table(rows=0, cols=len(block.header))
    table.style = "Table Grid"
    for number, row in enumerate((block.header, *block.rows)):
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = ""
            run = cell.paragraphs[0].add_run(text)
            run.bold, run.font.size = number == 0, Pt(layout.table_size)


def _signatures(word, document) -> None:
    left, right = _columns(word, 82.5, 82.5)
    if document.left_signature:
        _signer(left, document.left_signature)
    else:
        _recipients(left, document)
    _signer(right, document.signature)
    if document.left_signature and document.recipients:
        _recipients(word, document, before=12)


def _signer(cell, signature) -> None:
    if signature.authority:
        _line(cell, signature.authority, bold=True, align=CENTRE)
    if signature.position:
        _line(cell, signature.position, align=CENTRE)
    _line(cell, signature.name, bold=True, align=CENTRE, before=85)


def _recipients(place, document, before=0) -> None:
    heading = _line(place, "Nơi nhận", underline=True, before=before)
    run = heading.add_run(":")
    run.font.size = Pt(14)
    for line in document.recipient_lines:
        _line(place, line, size=12, pitch=15)
