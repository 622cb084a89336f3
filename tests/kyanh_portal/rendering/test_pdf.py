"""Papers as PDF: nothing comes from outside, no letter is lost, hostile and endless texts end well."""

import io
import itertools

import pdfplumber
import pytest
from pypdf import PdfReader

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.content import Paragraph, Signature, Table
from kyanh_portal.rendering import pdf
from tests.papers.checker import check_paper, errors
from tests.papers.samples import minutes, resolution, ward_resolution
from tests.papers.sheet import squeeze

END = Paragraph("Biên bản đã được đọc lại, chi bộ nhất trí. Kết thúc 21 giờ 15 cùng ngày, không ai có ý kiến gì khác.")


def letters(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as book:
        return squeeze("".join(char["text"] for page in book.pages for char in page.chars))


def drawn_without_error(paper):
    content = pdf.official_pdf(paper)
    assert errors(check_paper(content, paper)) == []
    return content


@pytest.mark.parametrize("duplex", [False, True], ids=["one side", "both sides"])
def test_paper_is_mirrored_only_where_asked(duplex):
    paper = ward_resolution()
    content = pdf.official_pdf(paper, duplex=duplex)

    assert errors(check_paper(content, paper, duplex=duplex)) == []
    assert errors(check_paper(content, paper, duplex=not duplex)) != []


def test_signature_never_stands_without_two_lines_of_the_text():
    short = (Paragraph("Kết thúc 21 giờ 15 cùng ngày."),)
    for lines, make in itertools.product(range(4, 14), (minutes, resolution)):
        filler = tuple(Paragraph(f"Dòng số {number} của biên bản.") for number in range(lines))
        paper = make(body=filler + short, recipients=("Đảng uỷ phường (để báo cáo)", "Lưu Chi bộ"))
        assert [p for p in check_paper(pdf.official_pdf(paper), paper) if p.code in ("S06", "S07")] == []


def test_same_paper_gives_the_same_bytes():
    assert pdf.official_pdf(minutes()) == pdf.official_pdf(minutes())


def test_file_says_its_language_its_title_and_that_it_is_archivable():
    reader = PdfReader(io.BytesIO(pdf.official_pdf(minutes())))

    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.metadata.title == minutes().title
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_columns_of_a_table_have_their_shares():
    table = Table(("TT", "Việc"), (("1", "Vận động"), ("2", "Kiểm tra")), (10, 90), "Việc tháng 12")
    paper = minutes(body=(table, END))
    with pdfplumber.open(io.BytesIO(drawn_without_error(paper))) as book:
        first, second = book.pages[0].find_tables()[0].rows[0].cells

    assert (second[2] - second[0]) / (first[2] - first[0]) == pytest.approx(9, abs=0.3)


@pytest.mark.parametrize(
    "text",
    [
        "Nội dung thảo luận rất dài. " * 3600,
        "a" * 100_000,
        "&<>" * 30_000,
        "<script>alert(1)</script> <img src=http://127.0.0.1/x> <link rel=attachment href=file:///etc/passwd> {{ 7 }}",
        "Nghị quyết viết rời dấu, an\u202etoàn\u200b, \x00\x07 hết.",
        "fi fl ffi AVATAR To. Ty: ‘ngoặc’ “kép” – — … ½ § € ₫",
    ],
    ids=["100,000 letters", "one word", "marks", "markup", "control marks", "ligatures"],
)
def test_any_text_is_drawn_letter_for_letter(text):
    drawn_without_error(minutes(body=(Paragraph(text), END)))


def test_letters_the_font_lacks_are_printed_as_their_code():
    drawn = letters(pdf.official_pdf(minutes(body=(Paragraph("Đồng ý 😀 中."), END))))

    assert "Đồngý[U+1F600][U+4E2D]." in drawn


def test_long_names_and_lists_stay_inside_the_margins():
    drawn_without_error(
        minutes(
            superior_name="ĐẢNG BỘ CƠ QUAN CHÍNH QUYỀN THỊ XÃ KỲ ANH",
            issuer_name="CHI BỘ TRƯỜNG TRUNG HỌC PHỔ THÔNG MẪU VÀ TRUNG TÂM GIÁO DỤC THƯỜNG XUYÊN GIẢ LẬP",
            place="Một địa danh dài hơn cột bên phải",
            signature=Signature("CHỦ TRÌ HỘI NGHỊ", "", "Công Tằng Tôn Nữ Hoàng Phủ Thị Bích Châu Diễm Trang Mẫu"),
        )
    )
    for number in (24, 25, 120):
        names = (*(f"Đảng uỷ xã Giả Lập {i}" for i in range(number - 1)), "Lưu Văn phòng Thị uỷ")
        drawn_without_error(resolution(1, recipients=names))


def test_row_taller_than_a_page_is_split():
    table = Table(("TT", "Việc"), (("1", "chữ " * 5_000), ("2", "x\n" * 200)), (10, 90))
    content = pdf.official_pdf(minutes(body=(table, END)))

    assert "-----" in letters(content).split("TTViệc")[0]
    assert (letters(content).count("chữ"), letters(content).count("x")) == (5_000, 200)
    with pdfplumber.open(io.BytesIO(content)) as book:
        assert len(book.pages[0].chars) > 1_000


def test_paper_too_long_is_refused_in_words():
    many = tuple(Paragraph("chữ " * 20_000) for _ in range(20))
    for body in (many, (Table(("a", "b"), (("1", "2"),) * 10_000),)):
        with pytest.raises(RuleBroken, match="quá dài"):
            pdf.official_pdf(minutes(body=body))


def test_missing_font_is_told_at_once(settings, tmp_path):
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [tmp_path], tmp_path
    with pytest.raises(FileNotFoundError, match="Tinos"):
        pdf.press.__wrapped__()


def test_joined_papers_keep_order_and_names():
    parts = [("Biên bản 05", pdf.official_pdf(minutes())), ("Nghị quyết 127", pdf.official_pdf(ward_resolution()))]
    joined = PdfReader(io.BytesIO(pdf.join_pdfs(parts)))

    assert [item.title for item in joined.outline] == ["Biên bản 05", "Nghị quyết 127"]
    assert len(joined.pages) == sum(len(PdfReader(io.BytesIO(content)).pages) for _, content in parts)
    assert "NGHỊ QUYẾT" in joined.pages[joined.get_destination_page_number(joined.outline[1])].extract_text()


def test_many_papers_keep_their_order_and_one_too_large_does_not_stop_the_others(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_LETTERS", 60_000)
    large = minutes(body=tuple(Paragraph("Nội dung rất dài. " * 20) for _ in range(300)))
    papers = [minutes(summary=f"họp lần thứ {number}") for number in range(7)]
    papers[3] = large

    drawn = list(pdf.official_pdfs(iter(papers), workers=2))

    assert isinstance(drawn[3], RuleBroken)
    for number in (0, 1, 2, 4, 5, 6):
        assert drawn[number] == pdf.official_pdf(papers[number]), number
