"""Files from people: what is taken, what is refused, and what is left of it."""

import io
import zipfile

import docx
import pikepdf
import pytest
import xlsxwriter
from PIL import Image

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.filecheck.check import check_file
from kyanh_portal.filecheck.kinds import clean_name


def a_docx(words="Tham luận của Chi bộ thôn Minh Đức"):
    out, paper = io.BytesIO(), docx.Document()
    paper.add_paragraph(words)
    paper.save(out)
    return out.getvalue()


def an_xlsx():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_string(0, 0, "Họ và tên")
    book.close()
    return out.getvalue()


def a_pdf(change=None):
    out, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    if change:
        change(pdf)
    pdf.save(out)
    return out.getvalue()


def a_picture(form="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, form, **options)
    return out.getvalue()


def with_part(data, name, body, drop=()):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in drop and entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (a_docx(), "tham luận.docx", "Minh Đức"),
        (an_xlsx(), "danh sách.xlsx", "Họ và tên"),
        (a_pdf(), "biên bản.pdf", ""),
        (a_picture(), "ảnh.JPEG", ""),
        (a_picture("PNG"), "ảnh.png", ""),
    ],
)
def test_a_plain_file_is_taken_with_its_text(data, name, words):
    checked = check_file(data, name)
    assert words in checked.text
    assert checked.data.startswith(checked.kind.starts)


def test_a_picture_keeps_nothing_but_the_picture():
    exif = Image.Exif()
    exif[0x010E] = "canary-tac-gia"
    data = a_picture(exif=exif)
    assert b"canary-tac-gia" in data
    checked = check_file(data + b"<script>canary()</script>", "anh.jpg")
    assert b"canary" not in checked.data


def _script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _embedded(pdf):
    pdf.attachments["x.txt"] = pikepdf.AttachedFileSpec(pdf, b"x", filename="x.txt")


def _launch(pdf):
    act = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act)
    pdf.pages[0].Annots = pikepdf.Array([link])


def locked_pdf():
    out, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        a_pdf(_script),
        a_pdf(_embedded),
        a_pdf(_launch),
        locked_pdf(),
        a_pdf()[:200],
        b"<html>" + a_pdf(),
        b"%PDF-1.7 chi co dau",
    ],
    ids=["script", "embedded", "launch", "locked", "cut", "html in front", "head only"],
)
def test_a_pdf_that_acts_or_is_broken_is_refused(data):
    with pytest.raises(RuleBroken) as refusal:
        check_file(data, "tep.pdf")
    assert refusal.value.message.endswith(".")


TEMPLATE_LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    'Target="http://127.0.0.1/x.dotm" TargetMode="External"/></Relationships>'
)
FIELD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText></w:r></w:p></w:body></w:document>"
)
DTD = (
    '<!DOCTYPE a [<!ENTITY b "x">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
)


@pytest.mark.parametrize(
    "data",
    [
        with_part(a_docx(), "word/vbaProject.bin", b"x"),
        with_part(a_docx(), "word/embeddings/oleObject1.bin", b"x"),
        with_part(a_docx(), "word/activeX/activeX1.xml", b"<a/>"),
        with_part(a_docx(), "word/_rels/settings.xml.rels", TEMPLATE_LINK),
        with_part(a_docx(), "word/document.xml", FIELD),
        with_part(a_docx(), "word/document.xml", DTD),
        with_part(a_docx(), "word/document.xml", DTD.encode("utf-16")),
        with_part(a_docx(), "../../tmp/x.xml", b"<a/>"),
        with_part(a_docx(), "/etc/x.xml", b"<a/>"),
        with_part(a_docx(), "x.txt", b"x", drop=["[Content_Types].xml"]),
        an_xlsx(),
        a_docx()[:500],
    ],
    ids=[
        "macro",
        "ole",
        "activex",
        "template",
        "dde",
        "dtd",
        "dtd16",
        "dotdot",
        "absolute",
        "no types",
        "an xlsx",
        "cut",
    ],
)
def test_a_word_file_that_acts_is_refused(data):
    with pytest.raises(RuleBroken) as refusal:
        check_file(data, "tep.docx")
    assert refusal.value.message.endswith(".")


def test_a_bomb_is_refused_from_its_directory():
    bomb = with_part(a_docx(), "word/media/x.xml", b"0" * (300 * 1024 * 1024))
    assert len(bomb) < 1_000_000
    with pytest.raises(RuleBroken, match="quá lớn"):
        check_file(bomb, "tep.docx")


def huge_header():
    data = bytearray(a_picture("PNG"))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (huge_header(), "anh.png"),
        (a_picture("PNG"), "anh.jpg"),
        (b"<svg onload='x()'/>", "anh.svg"),
        (b"", "anh.png"),
        (a_picture()[:60], "anh.jpg"),
        (b"MZ", "chay.exe"),
        (a_pdf(), "bien ban.pdf.exe"),
        (a_pdf(), "khong-duoi"),
    ],
)
def test_what_is_not_what_it_says_is_refused(data, name):
    with pytest.raises(RuleBroken):
        check_file(data, name)


def test_only_the_allowed_kinds_are_taken():
    with pytest.raises(RuleBroken, match="Chỉ nhận ảnh JPG"):
        check_file(a_pdf(), "tep.pdf", allowed=("jpg",), field="scan")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\Tham luận.DOCX", "Tham luận.docx"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("\x00\r\n.pdf", "tep.pdf"),
        ("Tha\u0301ng 12.pdf", "Tháng 12.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
        ("   ", "tep"),
    ],
)
def test_names_are_shown_clean(name, shown):
    assert clean_name(name) == shown


def test_a_silent_scanner_takes_nothing(monkeypatch):
    monkeypatch.setenv("CLAMD_ADDRESS", "/khong/co/o-day.sock")
    with pytest.raises(RuleBroken, match="chưa trả lời"):
        check_file(a_pdf(), "tep.pdf")
