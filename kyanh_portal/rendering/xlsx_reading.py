"""Spreadsheets in: plain values row by row, nothing computed, no formula ever followed."""

import datetime as dt
import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

MOST_COLUMNS = 60
BROKEN = "Tệp không đọc được. Mở bằng Excel, lưu lại dạng .xlsx rồi gửi."


def sheet_rows(content: bytes, most: int) -> Iterator[tuple[int, list]]:
    """(row number as Excel shows it, values) of the first sheet; text cleaned, whole numbers as text without ".0".

    Raises RuleBroken for a broken file, or one with more than `most` rows.
    """
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except (CalamineError, ValueError, IndexError, OSError):
        raise RuleBroken(BROKEN, field="file") from None
    if sheet.total_height > most:
        raise RuleBroken(f"Tệp có hơn {most:,} dòng. Tách thành nhiều tệp rồi gửi.".replace(",", "."), field="file")
    for number, values in enumerate(sheet.iter_rows(), start=1):
        yield number, [plain(value) for value in values[:MOST_COLUMNS]]


def plain(value):
    """A date stays a date, everything else is text."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean_line(str(value))[:2_000]
