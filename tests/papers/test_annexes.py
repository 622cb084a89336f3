"""Annexes (HD05 II.II.1): a page of their own, three lines at their head, pages counted from 1, sealed with the paper."""

import io
import json

import pdfplumber
import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from kyanh_portal.documents.content import Annex, Heading, OfficialDocument, Paragraph, Table
from kyanh_portal.rendering.docx import official_docx
from kyanh_portal.rendering.pdf import official_pdf
from tests.papers import samples
from tests.papers.checker import check_paper, errors

UNIT = "Chi bộ Tổ dân phố 1"
LINES = tuple((str(i), f"Tiêu chí {i}", "5", f"Điểm dẫn chứng {i}") for i in range(1, 61))
SCORES = Annex(
    "Bảng chấm điểm chất lượng sinh hoạt", (Table(("TT", "Tiêu chí", "Điểm", "Vì sao"), LINES, (8, 40, 12, 40)),), UNIT
)
TASKS = Annex("Danh sách việc giao", (Heading("I- VIỆC"), Paragraph("Đồng chí Mẫu lập danh sách hộ.")), UNIT)
REFERENCE = "(Kèm theo Biên bản số 05-BB/CB, ngày 03/12/2020 của Chi bộ Tổ dân phố 1)"


def test_annexes_are_stored_and_sealed_and_papers_without_them_stay_as_they_were():
    paper = samples.minutes(annexes=(SCORES, TASKS))
    assert OfficialDocument.from_json(json.loads(json.dumps(paper.to_json()))) == paper
    assert paper.sha256() != samples.minutes().sha256() != samples.minutes(annexes=(TASKS,)).sha256()
    stored = samples.minutes().to_json()
    assert "annexes" not in stored  # a paper sealed before there were annexes has the seal it had
    assert OfficialDocument.from_json(stored).annexes == ()


def test_head_of_an_annex_names_the_paper_it_goes_with():
    (only,) = samples.minutes(annexes=(TASKS,)).annex_parts
    assert (only.name, only.reference) == ("Phụ lục", REFERENCE)
    assert [part.name for part in samples.minutes(annexes=(SCORES, TASKS)).annex_parts] == ["Phụ lục 1", "Phụ lục 2"]
    bare = samples.minutes(annexes=(Annex("Việc", ()),), shows_number=False, date=None).annex_parts[0]
    assert bare.reference == "(Kèm theo Biên bản, ngày …/…/…… của CHI BỘ TỔ DÂN PHỐ 1)"


@pytest.mark.parametrize("make", [samples.minutes, samples.ward_resolution])
def test_paper_itself_is_laid_out_as_without_annexes(make):
    """The pages before the first annex pass every measured rule, and signatures keep their two lines of text."""
    plain, paper = make(), make(annexes=(SCORES, TASKS))
    drawn = PdfReader(io.BytesIO(official_pdf(paper)))
    number = len(PdfReader(io.BytesIO(official_pdf(plain))).pages)
    head, out = PdfWriter(clone_from=drawn), io.BytesIO()
    for place in range(len(drawn.pages) - 1, number - 1, -1):
        head.remove_page(place)
    head.write(out)
    assert errors(check_paper(out.getvalue(), plain)) == []
    assert "Phụ lục 1" in drawn.pages[number].extract_text()


def test_annex_begins_its_own_pages_and_repeats_its_header():
    with pdfplumber.open(io.BytesIO(official_pdf(samples.minutes(annexes=(SCORES, TASKS))))) as book:
        tops = [(page.crop((0, 0, page.width, 51)).extract_text() or "").strip() for page in book.pages]
        texts = [page.extract_text() for page in book.pages]
    first, second = (next(i for i, text in enumerate(texts) if text.startswith(f"Phụ lục {n}")) for n in (1, 2))
    assert tops[first:second] == ["", *(str(n) for n in range(2, second - first + 1))] and second - first >= 2
    assert tops[second:] == [""]
    assert REFERENCE in texts[first] and REFERENCE in texts[second]
    assert all("Tiêu chí" in text and "Vì sao" in text for text in texts[first:second])
    assert all(f"Điểm dẫn chứng {i}" in "\n".join(texts[first:second]) for i in range(1, 61))


def test_word_file_counts_the_pages_of_an_annex_from_one():
    word = Document(io.BytesIO(official_docx(samples.minutes(annexes=(SCORES, TASKS), draft="Dự thảo"))))
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert lines.count(REFERENCE) == 2 and "Phụ lục 1" in lines and "Phụ lục 2" in lines
    main, *annexes = word.sections
    assert len(annexes) == 2
    for section in annexes:
        assert section._sectPr.xpath("w:pgNumType/@w:start") == ["1"]
        assert not "".join(paragraph.text for paragraph in section.first_page_header.paragraphs)
    assert "DỰ THẢO" in "".join(paragraph.text for paragraph in main.first_page_header.paragraphs)
    assert [cell.text for cell in word.tables[-1].rows[-1].cells] == list(LINES[-1])
