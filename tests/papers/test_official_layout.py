"""Minutes and resolutions of both profiles pass every measured rule; damaged copies are caught, so the checker is proved."""

import pytest
from weasyprint import CSS

from kyanh_portal.rendering import pdf
from tests.papers import samples
from tests.papers.checker import check_paper, errors

PAPERS = {
    "minutes": samples.minutes,
    "resolution": samples.resolution,
    "ward": samples.ward_resolution,
    "draft": lambda: samples.resolution(draft="Dự thảo lần 2", number=None),
}


@pytest.mark.parametrize("name", PAPERS)
def test_paper_follows_its_guide(name):
    paper = PAPERS[name]()
    assert errors(check_paper(pdf.official_pdf(paper), paper)) == []


DAMAGES = {
    "body of 13 pt": "p { font-size: 13pt !important; }",
    "right margin of 20 mm": "@page { margin-right: 20mm; }",
    "left-aligned body": "p { text-align: left !important; }",
    "lines at 16 pt": "html, p { line-height: 16pt !important; }",
    "Nơi nhận without its line": "u { text-decoration: none !important; }",
    "number on page 1": "@page :first { @top-center { content: '1'; font: 14pt Tinos; padding-top: 10mm; vertical-align: top; } }",
    "short rule": ".party i { width: 60pt; }",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_copy_is_caught(damage):
    paper = samples.resolution()
    drawn = pdf.HTML(string=pdf.official_html(paper), base_url=pdf.ASSETS, url_fetcher=pdf.HouseFetcher())
    sheets = [pdf._sheet(paper.layout.sheet), CSS(string=DAMAGES[damage])]
    copy = drawn.write_pdf(stylesheets=sheets, font_config=pdf._fonts(), pdf_variant="pdf/a-3u", pdf_tags=True)
    assert errors(check_paper(copy, paper)) != []
