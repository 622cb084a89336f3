"""The same paper as Word: same margins, sizes and order, so that the office may finish it by hand."""

import io
import re

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

FONT = "Times New Roman"
TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
TITLE_WIDTH = 206  # points, at 15 pt bold: the rule below is as long
TWO_LINES = 200  # letters that fill more than two lines
MANY_RECIPIENTS = 25  # a longer list stands below the signature, where a page may break
_NO_XML = re.compile("[\ufffe\uffff]")
CENTRE, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


def official_docx(document) -> bytes:
    """An OfficialDocument as DOCX in the layout of its guide."""
    layout = document.layout
    word = Document()
    _page(word, document)
    _letterhead(word, document)
    if not document.is_letter:
        _line(word, document.type_name, size=layout.type_size, bold=True, align=CENTRE, before=12, pitch=22)
        if document.body_of:
            _line(word, document.body_of, bold=True, align=CENTRE)
        _line(word, document.summary, size=layout.summary_size, bold=True, align=CENTRE)
        _line(word, "-----", align=CENTRE, after=12)
    _addressees(word, document)
    for line in document.basis_lines:
        _body(word, line)
    _blocks(word, document.body, layout)
    ending = word.paragraphs[-2:]
    for paragraph in (
        ending[-1:] if len(ending[-1].text) > TWO_LINES else ending
    ):  # two lines of text with the signatures
        paragraph.paragraph_format.keep_with_next = True
    _signatures(word, document)
    for annex in document.annex_parts:
        _annex(word, annex, layout)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _blocks(word, blocks, layout) -> None:
    for block in blocks:
        if block.kind == "heading":
            line = _body(word, block.text, bold=block.level < 3)
            line.paragraph_format.keep_with_next = True
            if block.level == 0:
                line.alignment, line.paragraph_format.first_line_indent = CENTRE, None
        elif block.kind == "table":
            _table(word, block, layout)
        elif block.kind == "paragraph":
            for lead, line in block.led_lines:
                _body(word, line, bold=block.bold, lead=lead)
        else:
            for line in block.lines:
                _body(word, line)


def _annex(word, annex, layout) -> None:
    """On a page of its own, counted from 1 for itself; its first page bears no number."""
    section = word.add_section()
    count = section._sectPr.find(qn("w:pgNumType"))  # a second annex begins as a copy of the first
    if count is None:
        section._sectPr.append(count := OxmlElement("w:pgNumType"))
    count.set(qn("w:start"), "1")
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    for line, bold in ((annex.name, True), (annex.title, True), (annex.reference, False), ("-----", False)):
        _line(word, line, bold=bold, align=CENTRE, after=0 if line != "-----" else 12)
    _blocks(word, annex.body, layout)


def _addressees(word, document) -> None:
    if not document.addressees:
        return
    lines = document.addressee_lines
    one = lines[0] if len(lines) == 1 else ""
    words = _line(word, document.addressed_by, italic=True, align=CENTRE, before=6)
    if one:
        words.add_run(f" {one}").font.size = Pt(14)
    for line in [] if one else lines:
        _line(word, line, align=CENTRE)
    word.paragraphs[-1].paragraph_format.space_after = Pt(12)


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
    for place in (style.element.get_or_add_rPr(), word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")):
        for old in place.findall(qn("w:lang")):
            place.remove(old)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        place.append(language)
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
    _as_word_lays_out(word)
    word.core_properties.title = document.title[:250]
    word.core_properties.author = document.issuer_name
    word.core_properties.language = "vi-VN"


def _as_word_lays_out(word) -> None:
    """Word 2013 and later: the edge of a table, not the text of its cells, stands on the margin."""
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


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
    run = paragraph.add_run(_NO_XML.sub("", text))
    run.bold, run.italic, run.underline, run.font.size = bold, italic, underline, Pt(size)
    shape = paragraph.paragraph_format
    paragraph.alignment = align
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    return paragraph


def _body(word, text, bold=False, lead=""):
    paragraph = _line(word, lead or text, bold=bold or bool(lead), align=JUSTIFY, after=6)
    if lead:
        run = paragraph.add_run(_NO_XML.sub("", text))
        run.bold, run.font.size = bold, Pt(14)
    paragraph.paragraph_format.first_line_indent = Twips(567)
    return paragraph


def _columns(word, left, right):
    """Two cells without lines or padding, never split between pages."""
    table = word.add_table(rows=1, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    _set(table._tbl.tblPr, "w:tblCellMar", ("w:left", "0"), ("w:right", "0"))
    _on(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")
    for cell, column, width in zip(table.rows[0].cells, table.columns, (left, right), strict=True):
        cell.width = column.width = Mm(width)
        cell._tc.remove(cell.paragraphs[0]._p)
    return table.rows[0].cells


def _set(parent, name, *edges) -> None:
    element = OxmlElement(name)
    for edge, width in edges:
        part = OxmlElement(edge)
        part.set(qn("w:w"), width)
        part.set(qn("w:type"), "dxa")
        element.append(part)
    look = parent.find(qn("w:tblLook"))  # Word wants the parts of a table in their order
    parent.append(element) if look is None else look.addprevious(element)


def _on(parent, name) -> None:
    parent.append(OxmlElement(name))


def _letterhead(word, document) -> None:
    left, right = _columns(word, document.layout.issuer_column, document.layout.title_column)
    if document.superior_name:
        _line(left, document.superior_name, align=CENTRE)
    _line(left, document.issuer_name, bold=True, align=CENTRE)
    _line(left, "*", align=CENTRE)
    if document.number_line:
        _line(left, document.number_line, align=CENTRE)
    if document.is_letter:
        _line(left, document.summary, size=12, italic=True, align=CENTRE, pitch=15)
    if document.draft:
        _line(left, document.draft, italic=True, align=CENTRE)
    _line(right, TITLE, size=document.layout.title_size, bold=True, align=CENTRE, pitch=18)
    _rule(right, Mm(document.layout.title_column).pt)
    _line(right, document.date_line, italic=True, align=CENTRE)


def _rule(cell, column: float) -> None:
    """The solid rule as long as the title: the border of an empty paragraph whose indents leave that length."""
    paragraph = _line(cell, "", size=1, pitch=6)
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt((column - TITLE_WIDTH) / 2)


def _table(word, block, layout) -> None:
    if block.caption:
        _line(word, block.caption, bold=True, align=CENTRE, after=4).paragraph_format.keep_with_next = True
    table = word.add_table(rows=0, cols=len(block.widths))
    table.style, table.autofit = "Table Grid", False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    _set(table._tbl.tblPr, "w:tblCellMar", ("w:top", "40"), ("w:left", "80"), ("w:bottom", "40"), ("w:right", "80"))
    size = layout.table_size
    for column, share in zip(table.columns, block.shares, strict=True):
        column.width = Mm(165 * share / 100)
    for row in ((block.header,) if block.header else ()) + block.rows:
        is_header = row is block.header
        line = table.add_row()
        _on(line._tr.get_or_add_trPr(), "w:tblHeader" if is_header else "w:cantSplit")
        for cell, text, share in zip(line.cells, row, block.shares, strict=False):
            cell.width = Mm(165 * share / 100)
            cell._tc.remove(cell.paragraphs[0]._p)
            for part in text.split("\n"):
                _line(cell, part, size=size, bold=is_header, align=CENTRE if is_header else LEFT, pitch=16)
    _line(word, "", size=4, pitch=6)


def _signatures(word, document) -> None:
    many = len(document.recipients) >= MANY_RECIPIENTS
    left, right = _columns(word, 82.5, 82.5)
    for cell in (left, right):
        _line(cell, "", size=1, pitch=12)  # the space above the block; Word ignores one at the top of a cell
    if document.left_signature:
        _signer(left, document.left_signature)
    elif many or not document.recipients:
        _line(left, "")
    if document.recipients and not many:  # in the row that no page break divides: a list never stands alone on a page
        _recipients(left, document, before=12 if document.left_signature else 0)
    _signer(right, document.signature)
    if document.confirmed_by:
        _line(right, "Xác nhận chữ ký của", align=CENTRE, before=12)
        _line(right, f"đồng chí {document.signature.name}", align=CENTRE)
        _signer(right, document.confirmed_by)
    if many:
        _recipients(word, document, before=12)
    else:
        _line(word, "", size=1, pitch=1)  # Word wants a paragraph after the last table


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
