"""Spreadsheets as staff would bring them."""

import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

HEADS = [
    "Họ và tên *",
    "Giới tính",
    "Ngày sinh",
    "Số định danh cá nhân",
    "Số lý lịch",
    "Chi bộ *",
    "Ngày kết nạp *",
    "Ngày chính thức",
]


def sheet(rows, heads=HEADS, title="Danh sách đảng viên (giả lập)"):
    """An .xlsx with a title above the heads."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    page = book.add_worksheet()
    page.write_string(0, 0, title)
    for at, row in enumerate([heads, *rows], start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(at, column, value)
            elif value is not None:
                page.write_number(at, column, value)
    book.close()
    return out.getvalue()


def upload(rows, **options):
    return SimpleUploadedFile("danh-sach.xlsx", sheet(rows, **options))


def person(n, cell="Chi bộ A1", **more):
    row = {
        "name": f"Trần Giả {chr(65 + n // 26 % 26)}{chr(97 + n % 26)} {n}", "sex": "Nam", "born": "12/5/1960", "identity": f"000{n:09d}",
        "file": f"{n:06d}HT", "cell": cell, "admitted": "3/7/1985", "official": "3/7/1986",
    }  # fmt: skip
    return list((row | more).values())
