"""Spreadsheets out: text stays text, whatever it begins with."""

import datetime as dt
import io
import re
import zipfile

from kyanh_portal.rendering.xlsx import Column, Sheet, workbook

COLUMNS = [Column("Chi bộ", 30), Column("Có mặt", 9, "int"), Column("Tỷ lệ", 9, "percent"), Column("Ngày", 12, "date")]


def parts(rows, notes=()):
    """The parts of the file by name."""
    content = workbook([Sheet("Tổng hợp: tháng 12/2020", COLUMNS, rows, "Báo cáo", list(notes))])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_no_formula_and_no_link_comes_from_a_name():
    names = ["=1+1", "+cmd|'/c calc'!A1", "@SUM(A1)", "-2", "http://example.invalid", "0012", "a\x00b\x07"]
    page = parts([[name, 1, 0.5, dt.date(2020, 12, 3)] for name in names])["xl/worksheets/sheet1.xml"]

    assert "<f>" not in page
    assert "hyperlink" not in page
    for name in ("=1+1", "@SUM(A1)", "-2", "http://example.invalid", "0012", ">ab<"):
        assert name in page


def test_header_is_frozen_and_figures_are_figures():
    page = parts([["Chi bộ 1", 21, 0.875, dt.date(2020, 12, 3)]], ["Số liệu giả lập"])["xl/worksheets/sheet1.xml"]

    assert 'ySplit="3"' in page
    assert "Số liệu giả lập" in page
    assert {"21", "0.875", "44168"} <= set(re.findall(r"<v>([^<]+)</v>", page))


def test_names_of_sheets_and_endless_text_are_made_to_fit():
    found = parts([["x" * 40_000, None, "", None]])

    assert 'name="Tổng hợp  tháng 12 2020"' in found["xl/workbook.xml"]
    assert max(map(len, re.findall(r"x+", found["xl/worksheets/sheet1.xml"]))) == 32_767
