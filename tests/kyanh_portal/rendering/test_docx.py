"""The same paper as Word: opened again, it has the margins, the lines and the letters of the guide."""

import io
import shutil
import subprocess

import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn

from kyanh_portal.documents.content import Paragraph, Signature, Table
from kyanh_portal.documents.types import TYPES
from kyanh_portal.rendering.docx import official_docx
from tests.papers.samples import minutes, of_type, resolution, ward_resolution


def opened(paper):
    return Document(io.BytesIO(official_docx(paper)))


def lines(word):
    """Every line in the order of the page, cells of tables row by row."""
    found = []
    for block in word.iter_inner_content():
        if hasattr(block, "rows"):
            found += [p.text for row in block.rows for cell in row.cells for p in cell.paragraphs]
        else:
            found.append(block.text)
    return [line for line in found if line]


@pytest.fixture(params=[minutes, resolution, ward_resolution])
def paper(request):
    return request.param()


def test_page_has_the_margins_of_the_guide(paper):
    section = opened(paper).sections[0]
    twips = [round(length.twips) for length in (section.top_margin, section.right_margin)]
    twips += [round(length.twips) for length in (section.bottom_margin, section.left_margin, section.header_distance)]

    assert twips == [1134, 850, 1134, 1701, 567]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_words_stand_in_the_order_of_the_paper(paper):
    found = lines(opened(paper))
    wanted = [paper.superior_name, paper.issuer_name, "*", paper.number_line, "ĐẢNG CỘNG SẢN VIỆT NAM", paper.date_line]
    wanted += [paper.type_name, *filter(None, [paper.body_of]), paper.summary, "-----", *paper.basis_lines]
    for block in paper.body:
        if block.kind == "table":
            wanted += [block.caption, *block.header, *(cell for row in block.rows for cell in row)]
        else:
            wanted += [block.text] if block.kind == "heading" else block.lines

    assert found[: len(wanted)] == wanted
    assert {paper.signature.authority, paper.signature.name, "Nơi nhận:", *paper.recipient_lines} <= set(found)


def test_body_is_justified_with_exact_pitch_and_indent(paper):
    body = [p for p in opened(paper).paragraphs if p.text.startswith(("I- ", "1. ", "- "))]

    for paragraph in body[:6]:
        shape = paragraph.paragraph_format
        assert shape.line_spacing_rule == WD_LINE_SPACING.EXACTLY
        assert (shape.line_spacing.pt, shape.space_after.pt) == (18, 6)
        assert round(shape.first_line_indent.twips) == 567


def test_only_times_new_roman_is_named(paper):
    word = opened(paper)
    fonts = word.styles["Normal"].element.rPr.rFonts

    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert "____" not in "".join(lines(word))


def test_rule_below_the_title_is_a_border_as_long_as_the_title():
    cell = opened(minutes()).tables[0].cell(0, 1)
    rule = cell.paragraphs[1]
    width = 85 / 25.4 * 72 - rule.paragraph_format.left_indent.pt - rule.paragraph_format.right_indent.pt

    assert rule._p.pPr.find(qn("w:pBdr")) is not None
    assert width == pytest.approx(206, abs=1)
    assert cell.paragraphs[0].paragraph_format.left_indent is None


def test_draft_and_invented_figures_are_marked():
    section = opened(minutes(number=None, draft="Dự thảo lần 2", is_synthetic=True)).sections[0]

    assert section.first_page_header.paragraphs[0].text == "DỰ THẢO"
    assert {section.footer.paragraphs[0].text, section.first_page_footer.paragraphs[0].text} == {"Số liệu giả lập"}


def test_table_has_its_shares_and_repeats_its_header():
    table = Table(("TT", "Việc"), (("1", "hai\ndòng"),), (10, 90), "Việc tháng 12")
    drawn = opened(minutes(body=(table, Paragraph("Hết.")))).tables[1]

    assert [round(column.width.mm, 1) for column in drawn.columns] == [16.5, 148.5]
    assert drawn.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [p.text for p in drawn.cell(1, 1).paragraphs] == ["hai", "dòng"]


def test_hostile_text_is_kept_as_text():
    text = "<w:t>x</w:t> & 😀 \ufffe =1+1."
    assert "<w:t>x</w:t> & 😀  =1+1." in lines(opened(minutes(body=(Paragraph(text),))))


def test_one_who_signs_without_recipients_or_left_hand():
    found = lines(opened(resolution(1, recipients=(), signature=Signature("T/M THỊ UỶ", "BÍ THƯ", "Mẫu"))))

    assert found[-3:] == ["T/M THỊ UỶ", "BÍ THƯ", "Mẫu"]


def test_tables_stand_on_the_margin_with_the_padding_of_the_print_sheet():
    word = opened(minutes())
    mode = word.settings.element.find(f".//{qn('w:compatSetting')}")
    table = next(t for t in word.tables if t.style.name == "Table Grid")
    margins = {edge.tag.split("}")[1]: edge.get(qn("w:w")) for edge in table._tbl.tblPr.find(qn("w:tblCellMar"))}

    assert (mode.get(qn("w:name")), mode.get(qn("w:val"))) == ("compatibilityMode", "15")
    assert margins == {"top": "40", "left": "80", "bottom": "40", "right": "80"}


def test_whole_file_says_it_is_vietnamese(paper):
    languages = {mark.get(qn("w:val")) for mark in opened(paper).styles.element.iter(qn("w:lang"))}

    assert languages == {"vi-VN"}


def in_word(papers, folder):
    """Papers by name → their DOCX as a word processor lays it out, each a PDF. One start for all of them."""
    for name, paper in papers.items():
        (folder / f"{name}.docx").write_bytes(official_docx(paper))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    files = [folder / f"{name}.docx" for name in papers]
    subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=180)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in papers}


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice Writer")
def test_every_type_in_word_has_the_pages_of_the_pdf_and_follows_the_guide(tmp_path):
    from pypdf import PdfReader

    from kyanh_portal.rendering.pdf import official_pdf
    from tests.papers.checker import check_paper, errors

    papers = {"minutes": minutes(), "resolution": resolution(), "ward": ward_resolution()}
    papers |= {code: of_type(code) for code in TYPES if code not in ("resolution", "copy")}
    wrong = []
    for name, drawn in in_word(papers, tmp_path).items():
        own = official_pdf(papers[name])
        pages = [len(PdfReader(io.BytesIO(one)).pages) for one in (own, drawn)]
        found = {str(problem)[:3] for problem in errors(check_paper(drawn, papers[name]))} - {
            "H03"
        }  # it draws the one rule twice
        if found or pages[0] != pages[1]:
            wrong.append((name, pages, found))
    assert wrong == []


def test_recipients_of_minutes_stand_in_the_row_of_the_signatures():
    """No page break divides that row, so the list never opens a page alone."""
    paper = minutes()
    row = opened(paper).tables[-1].rows[0]

    assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    words = [line.text for line in row.cells[0].paragraphs]
    assert words[-1 - len(paper.recipients)] == "Nơi nhận:" and words[-1] == paper.recipient_lines[-1]
    assert row.cells[1].paragraphs[-1].text == paper.signature.name
