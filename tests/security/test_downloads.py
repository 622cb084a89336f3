"""Names of downloads and cells of spreadsheets: whatever is in them, they stay one header and plain text."""

import email.message
import io
import re
import zipfile

import pytest

from kyanh_portal.base.downloads import attachment
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from tests.security.corpus import FORMULAS, SCRIPTS, SHORT

NAMES = [
    *SHORT,
    'a"; filename="b.exe',
    "a.pdf\r\nSet-Cookie: x=1",
    "../../etc/passwd",
    "C:\\x\\y.pdf",
    "%2e%2e%2fx.pdf",
    "\u202efdp.exe",
    "Biên bản họp chi bộ tổ dân phố Hưng Lợi " * 10 + ".pdf",
    "   ",
    "....",
    "Đảng.pdf",
]


def told(name):
    """(parameters of the header as a parser reads them, the raw value)."""
    value = attachment(name)
    message = email.message.Message()
    message["Content-Disposition"] = value
    return message, value


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_every_name_makes_one_safe_header(name):
    message, value = told(name.encode("utf-8", "replace").decode())
    assert value.isascii() and value.isprintable() and len(value) < 1200
    assert value.count('"') == 2 and message.get_content_disposition() == "attachment"
    shown = message.get_filename()
    assert shown and not re.search(r'[\\/:"<>|\r\n\x00%;]', shown)
    assert shown == clean_line(shown)


def test_a_vietnamese_name_stays_readable():
    message, value = told("Đảng bộ phường Hưng Trí.pdf")
    assert 'filename="Dang bo phuong Hung Tri.pdf"' in value
    assert message.get_filename() in ("Đảng bộ phường Hưng Trí.pdf", "Dang bo phuong Hung Tri.pdf")
    assert "%C4%90%E1%BA%A3ng" in value


def test_no_text_becomes_a_formula_a_link_or_a_broken_file():
    hostile = [*FORMULAS, *SCRIPTS, *SHORT, "mailto:a@b", "file:///etc/passwd", "\\\\host\\share", "0123456789012"]
    columns = [Column("Tên", 20), Column("Ghi chú", 20)]
    sheet = Sheet("Danh sách", columns, [[text, text] for text in hostile], hostile[0], hostile[:5])
    with zipfile.ZipFile(io.BytesIO(workbook([sheet]))) as archive:
        names = archive.namelist()
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert not re.search(r"<f[ >]|hyperlink", page)
    assert not [name for name in names if "externalLink" in name or "sheet1.xml.rels" in name]
    assert page.count("0123456789012") == 2
    import openpyxl

    rows = openpyxl.load_workbook(io.BytesIO(workbook([sheet]))).active.iter_rows(values_only=True)
    assert sum(1 for _ in rows) >= len(hostile)


def test_a_date_no_spreadsheet_knows_is_written_as_text():
    import datetime as dt

    rows = [[dt.date(1, 1, 1)], [dt.date(1899, 12, 31)], [dt.date(9999, 12, 31)], [dt.date(2020, 12, 18)]]
    content = workbook([Sheet("Ngày", [Column("Ngày", 12, "date")], rows)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "01/01/0001" in archive.read("xl/worksheets/sheet1.xml").decode()
