"""Minutes and resolutions of both profiles pass every measured rule; damaged copies are caught, so the checker is proved."""

import datetime as dt
from functools import cache

import pytest

from kyanh_portal.documents.content import Heading, Paragraph, Signature
from kyanh_portal.documents.types import TYPES
from kyanh_portal.rendering import pdf
from kyanh_portal.rendering.engine import Engine
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


CONFIRMED = {
    "minutes": (samples.minutes, Signature("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Trần Văn Mẫu")),
    "congress": (
        lambda **more: samples.resolution(
            issuer_symbol="ĐH", issuer_name="ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ THỊ XÃ MẪU", superior_name="",
            signature=Signature("T/M ĐOÀN CHỦ TỊCH", "", "Nguyễn Thị Mẫu"), **more,
        ),
        Signature("T/M THỊ UỶ", "BÍ THƯ"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONFIRMED)
def test_a_hand_that_may_not_be_sealed_is_confirmed_below(name):
    sample, by = CONFIRMED[name]
    paper, plain = sample(confirmed_by=by), sample()
    content = pdf.official_pdf(paper)
    assert errors(check_paper(content, paper)) == []
    assert "S01" in {problem.code for problem in check_paper(pdf.official_pdf(plain), paper)}
    assert type(paper).from_json(paper.to_json()) == paper
    assert "confirmed_by" not in plain.to_json()  # papers sealed before keep their seal


# Every type a body writes, under the guide of 2018; those with a place of their own on the sheet under that of 2026 too.
WRITTEN = [code for code in TYPES if code not in ("resolution", "copy")]
WARD = {
    "superior_name": "ĐẢNG BỘ TỈNH HÀ TĨNH", "issuer_name": "ĐẢNG UỶ PHƯỜNG SÔNG TRÍ", "issuer_symbol": "ĐU", "place": "Sông Trí",
    "date": dt.date(2026, 8, 3),
}  # fmt: skip
CELL = {
    "superior_name": "ĐẢNG BỘ PHƯỜNG SÔNG TRÍ", "issuer_name": "CHI BỘ TỔ DÂN PHỐ CHÂU PHỐ", "issuer_symbol": "CB", "place": "Sông Trí",
    "date": dt.date(2026, 8, 3), "signature": Signature("T/M CHI BỘ", "BÍ THƯ", "Nguyễn Thị Mẫu"), "number": None, "draft": "Dự thảo lần 1",
}  # fmt: skip


@pytest.mark.parametrize("code", WRITTEN)
def test_written_paper_follows_the_guide_of_2018(code):
    paper = samples.of_type(code)
    assert paper.profile == "HD36"
    assert errors(check_paper(pdf.official_pdf(paper), paper)) == []


@pytest.mark.parametrize("body", [WARD, CELL], ids=["ward", "cell"])
@pytest.mark.parametrize("code", ["letter", "submission", "decision", "plan", "invitation", "report"])
def test_written_paper_follows_the_guide_of_2026(code, body):
    paper = samples.of_type(code, **body)
    assert paper.profile == "HD05"
    assert errors(check_paper(pdf.official_pdf(paper), paper)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("<i>Kính gửi:</i>", "Kính gửi:", "N04"),
        ('class="about"', 'class="number"', "T04"),
        ("- Như trên;", "- Các chi bộ;", "N03"),
        ("bộ cơ sở;", "bộ cơ sở,", "N04"),
    ],
)
def test_wrong_letter_is_caught(right, wrong, code):
    paper = samples.of_type("letter")
    html = pdf.official_html(paper)
    assert right in html
    assert code in {p.code for p in check_paper(drawn(html.replace(right, wrong), paper), paper) if p.severity == "E"}


@pytest.mark.parametrize(
    ("code", "rule"), [("statute", ".h0 { text-align: left !important; }"), ("decision", "b { font-weight: normal; }")]
)
def test_wrong_chapters_and_articles_are_caught(code, rule):
    paper = samples.of_type(code)
    found = check_paper(drawn(pdf.official_html(paper), paper, rule), paper)
    assert "B11" in {p.code for p in found if p.severity == "E"}


DAMAGES = {
    "body of 13 pt": "p { font-size: 13pt !important; }",
    "right margin of 20 mm": "@page { margin-right: 20mm; }",
    "left-aligned body": "p { text-align: left !important; }",
    "lines at 16 pt": "html, p { line-height: 16pt !important; }",
    "Nơi nhận without its line": "u { text-decoration: none !important; }",
    "number on page 1": "@page :first { @top-center { content: '1'; font: 14pt Tinos; padding-top: 10mm; vertical-align: top; } }",
    "short rule": ".party i { width: 60pt; }",
}


REWORDED = {
    "Số: 2": ("Số 02-NQ", "Số: 2-NQ", "H10"),
    "number without its zero": ("Số 02-NQ", "Số 2-NQ", "H10"),
    "day without its zero": ("ngày 03 tháng 8", "ngày 3 tháng 8", "H13"),
    "month with a zero": ("tháng 8 năm", "tháng 08 năm", "H13"),
    "three hyphens": (">-----<", ">---<", "T03"),
    "no star": ("<p>*</p>", "", "H09"),
    "superior body in bold": ('class="superior"', 'class="issuer"', "H07"),
    "position in bold": ("<p>PHÓ BÍ THƯ</p>", "<p><b>PHÓ BÍ THƯ</b></p>", "S03"),
    "end by ./.": ("phổ biến đến chi bộ.", "phổ biến đến chi bộ./.", "B05"),
    "Lưu with a colon": ("- Lưu Văn phòng", "- Lưu: Văn phòng", "N03"),
    "a lost word": ("giải phóng mặt bằng", "giải phóng", "L01"),
}


@cache
def engine() -> Engine:
    return Engine({url: path.read_bytes() for url, path in pdf.faces().items()}, pdf.sheets())


def drawn(html, paper, more=""):
    return engine().draw(html, paper.layout.sheet, more)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_copy_is_caught(damage):
    paper = samples.resolution()
    copy = drawn(pdf.official_html(paper), paper, DAMAGES[damage])
    assert errors(check_paper(copy, paper)) != []


@pytest.mark.parametrize("damage", REWORDED)
def test_wrong_words_are_caught_by_their_check(damage):
    right, wrong, code = REWORDED[damage]
    paper = samples.ward_resolution(number=2)
    html = pdf.official_html(paper)
    assert right in html
    assert code in {p.code for p in check_paper(drawn(html.replace(right, wrong), paper), paper) if p.severity == "E"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"superior_name": "ĐẢNG UỶ PHƯỜNG HƯNG TRÍ"}, "H08"),
        ({"type_symbol": "NQ"}, "H11"),
        ({"issuer_symbol": "ĐU"}, "H11"),
        ({"issuer_name": "THỊ UỶ KỲ ANH", "date": dt.date(2026, 8, 3)}, "H08"),
        ({"summary": "sinh hoạt chi bộ tháng 12."}, "T05"),
        ({"place": "Huế"}, "H15"),
        ({"signature": Signature("K/T BÍ THƯ", "PHÓ BÍ THƯ", "Nguyễn Thị Mẫu")}, "S04"),
        ({"signature": Signature("T/M CHI UỶ", "BÍ THƯ", "Nguyễn Thị Mẫu")}, "S04"),
        ({"signature": Signature("T/M CHI BỘ", "BÍ THƯ CHI BỘ", "Nguyễn Thị Mẫu")}, "S03"),
        ({"signature": Signature("CHỦ TRÌ HỘI NGHỊ", "", "TS. Nguyễn Thị Mẫu")}, "S05"),
        ({"recipients": ("Lưu Chi bộ", "Đảng uỷ phường Hưng Trí")}, "N03"),
        ({"body": (Paragraph("TM. Chi bộ."), Paragraph("Độc lập - Tự do - Hạnh phúc."))}, "B10"),
        ({"body": (Heading("I- MỘT"), Paragraph("Một."), Heading("III- BA"), Paragraph("Ba."))}, "B07"),
        ({"body": (Paragraph("a) Một."), Paragraph("c) Ba."))}, "B08"),
        ({"body": (Paragraph("Một , hai."), Paragraph("Ba."))}, "B09"),
    ],
)
def test_paper_that_says_wrong_things_is_caught(changes, code):
    paper = samples.minutes(**changes)
    assert code in {problem.code for problem in check_paper(pdf.official_pdf(paper), paper)}
