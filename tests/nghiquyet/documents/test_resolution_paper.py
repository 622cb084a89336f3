"""The two resolutions the portal is for, measured on the drawn page (document-format.md, checks P, H, T, B, S, N)."""

import datetime as dt
import io
import os
import re
from pathlib import Path

import pdfplumber
import pytest

from kyanh_portal.documents.issuing import content_of
from kyanh_portal.rendering.docx import official_docx
from kyanh_portal.rendering.pdf import official_pdf
from tests.factories import nghiquyet

MM = 72 / 25.4
CENTRE = 112.5 * MM  # of the text area


def thematic_of_2021(world):
    """A thị ủy's standing committee, numbered 02 in its term: Số 02-NQ/ThU, ngày 03/02/2021."""
    nghiquyet.issued(nghiquyet.thematic(world, title="về nhiệm vụ năm 2021"), dated=dt.date(2021, 2, 1))
    return nghiquyet.issued(
        nghiquyet.thematic(world, title="về nâng cao chất lượng sinh hoạt cấp uỷ, sinh hoạt chi bộ")
    )


def cell_of_2026(world):
    return nghiquyet.issued(
        nghiquyet.cell_draft(world.cell_a1), on=dt.date(2026, 9, 3), base=9, in_favour=9, dated=dt.date(2026, 9, 3)
    )


@pytest.fixture(params=[thematic_of_2021, cell_of_2026], ids=["HD36", "HD05"])
def paper(request, world):
    content = content_of(request.param(world).document)
    with pdfplumber.open(io.BytesIO(official_pdf(content))) as pdf:
        pdf.content = content
        keep = os.environ.get("KEEP_PAPERS")  # a folder to look at the drawn papers by eye
        if keep:
            Path(keep, f"{content.file_name}.pdf").write_bytes(official_pdf(content))
            Path(keep, f"{content.file_name}.docx").write_bytes(official_docx(content))
        yield pdf


def lines(page, left=0, right=None):
    """(text, size, font, centre, left edge) of every line, top to bottom, in a column of the page."""
    part = page.crop((left, 0, right or page.width, page.height))
    found = []
    for line in part.extract_text_lines(return_chars=True):
        first = next(char for char in line["chars"] if char["text"].strip())
        found.append(
            (
                line["text"].strip(),
                round(first["size"], 1),
                first["fontname"],
                (line["x0"] + line["x1"]) / 2,
                line["x0"],
            )
        )
    return found


def line_of(found, start):
    return next(line for line in found if line[0].startswith(start))


def test_letterhead_stands_and_weighs_as_ruled(paper):
    page, content = paper.pages[0], paper.content
    left, right = lines(page, right=110 * MM), lines(page, left=110 * MM)
    title, date = line_of(right, "ĐẢNG CỘNG SẢN VIỆT NAM"), line_of(right, content.place)
    issuer, number = line_of(left, content.issuer_name), line_of(left, "Số ")

    assert (title[1], issuer[1], number[1], date[1]) == (15, 14, 14, 14)
    assert "Bold" in title[2]
    assert "Bold" in issuer[2]
    assert "Bold" not in number[2]
    assert "Italic" in date[2]
    assert re.fullmatch(r"Số (0[1-9]|[1-9]\d+)-NQ/(ThU|CB)", number[0])
    assert line_of(left, "*")[3] == pytest.approx(issuer[3], abs=2 * MM)
    assert number[3] == pytest.approx(issuer[3], abs=2 * MM)
    assert date[3] == pytest.approx(title[3], abs=2 * MM)


def test_type_and_summary_are_centred_over_five_hyphens(paper):
    found = lines(paper.pages[0])
    kind, hyphens = line_of(found, "NGHỊ QUYẾT"), line_of(found, "-----")
    summary = found[found.index(kind) + 1]

    assert (kind[1], summary[1]) == (16, 14)
    assert "Bold" in kind[2]
    assert "Bold" in summary[2]
    assert hyphens[0] == "-----"
    assert not summary[0].endswith(".")
    for line in (kind, summary, hyphens):
        assert line[3] == pytest.approx(CENTRE, abs=1.5 * MM)


def test_page_margins_sizes_and_numbers(paper):
    for number, page in enumerate(paper.pages, start=1):
        assert (round(float(page.width) / MM), round(float(page.height) / MM)) == (210, 297)
        body = [char for char in page.chars if char["text"].strip() and char["top"] > 18 * MM]
        assert min(char["x0"] for char in body) == pytest.approx(30 * MM, abs=1 * MM)
        assert max(char["x1"] for char in body) <= 195 * MM + 0.75
        assert max(char["bottom"] for char in body) <= 277 * MM + 0.5
        above = "".join(char["text"] for char in page.chars if char["top"] < 18 * MM).strip()
        assert above == ("" if number == 1 else str(number))


def test_body_ends_and_is_signed_as_ruled(paper):
    page, content = paper.pages[-1], paper.content
    right, left = lines(page, left=105 * MM), lines(page, right=105 * MM)
    authority, position = line_of(right, content.signature.authority), line_of(right, content.signature.position)
    name, heading = line_of(right, content.signature.name), line_of(left, "Nơi nhận:")

    assert content.signature.authority in ("T/M BAN THƯỜNG VỤ", "T/M CHI BỘ")
    assert (authority[1], position[1], name[1], heading[1]) == (14, 14, 14, 14)
    assert "Bold" in authority[2]
    assert "Bold" not in position[2]
    assert "Bold" in name[2]
    assert max(authority[3], position[3], name[3]) - min(authority[3], position[3], name[3]) < 3 * MM
    items = [line for line in left if line[0].startswith("- ") and line[1] == 12]
    assert [item[0][-1] for item in items] == [";"] * (len(items) - 1) + ["."]
    assert items[-1][0].startswith("- Lưu")


def test_text_has_no_trace_of_a_draft_or_of_another_guide(paper):
    text = "\n".join(page.extract_text() for page in paper.pages)
    for wrong in ("Dự thảo", "DỰ THẢO", "./.", "Số:", "TM.", "V/v", "Độc lập", "  "):
        assert wrong not in text
    assert paper.content.body[-1].lines[-1].endswith(".")
