"""Spreadsheets out: text stays text, no formula and no link ever comes from a name."""

import io
import re
from dataclasses import dataclass, field

import xlsxwriter

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """`kind`: text, int, number (up to four decimals), percent (a share between 0 and 1) or date."""

    label: str
    width: int = 14
    kind: str = "text"


@dataclass
class Sheet:
    name: str
    columns: list[Column]
    rows: list[list]
    title: str = ""
    notes: list[str] = field(default_factory=list)


def workbook(sheets: list[Sheet]) -> bytes:
    """An XLSX of the sheets: title, notes, a frozen header row, rows typed by column."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    looks = {
        "title": book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"}),
        "note": book.add_format({"italic": True, "font_name": "Times New Roman"}),
        "head": book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "top", "font_name": "Times New Roman"}
        ),
        "text": book.add_format({"border": 1, "font_name": "Times New Roman", "num_format": "@"}),
        "int": book.add_format({"border": 1, "font_name": "Times New Roman", "num_format": "#,##0"}),
        "number": book.add_format({"border": 1, "font_name": "Times New Roman", "num_format": "#,##0.####"}),
        "date": book.add_format({"border": 1, "font_name": "Times New Roman", "num_format": "dd/mm/yyyy"}),
        "percent": book.add_format({"border": 1, "font_name": "Times New Roman", "num_format": "0.0%"}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.name)[:31]), sheet, looks)
    book.close()
    return out.getvalue()


def _write(page, sheet, looks) -> None:
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
    line = 0
    for text, look in [(sheet.title, "title"), *((note, "note") for note in sheet.notes)]:
        if text:
            page.write_string(line, 0, clean(text), looks[look])
            line += 1
    for number, column in enumerate(sheet.columns):
        page.write_string(line, number, column.label, looks["head"])
    page.repeat_rows(line)
    page.freeze_panes(line + 1, 0)
    for row in sheet.rows:
        line += 1
        for number, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            if value is None or value == "":
                page.write_blank(line, number, None, looks[column.kind])
            elif column.kind == "text":
                page.write_string(line, number, clean(value), looks["text"])
            elif column.kind == "date" and value.year < 1900:  # before the calendar of spreadsheets begins
                page.write_string(line, number, f"{value.day:02d}/{value.month:02d}/{value.year:04d}", looks["text"])
            elif column.kind == "date":
                page.write_datetime(line, number, value, looks["date"])
            else:
                page.write_number(line, number, value, looks[column.kind])


def clean(value) -> str:
    """Text a spreadsheet may hold: without characters XML forbids, at most 32,767 letters."""
    return _FORBIDDEN.sub("", str(value))[:32_767]
