"""From the sheet to rows: find the heads, name the cells, say what is missing. And the template to fill in."""

from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.exchange.importer import Importer, Row
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.rendering.xlsx_reading import sheet_rows

MOST_ROWS = 20_000
HEAD_WITHIN = 15  # the heads stand in one of the first rows


def _head(text) -> str:
    return fold(str(text)).replace("*", "").strip()


def read_rows(content: bytes, importer: Importer) -> list[Row]:
    """The rows below the heads; columns are found by their head, in any order, others are passed over."""
    wanted = {_head(column.label): column for column in importer.columns}
    required = [column for column in importer.columns if column.required]
    rows, places = [], {}
    for number, values in sheet_rows(content, MOST_ROWS + HEAD_WITHIN):
        if not places:
            found = {wanted[_head(value)]: at for at, value in enumerate(values) if _head(value) in wanted}
            if all(column in found for column in required):
                places = found
            elif number >= HEAD_WITHIN:
                break
            continue
        cells = {column.name: values[at] if at < len(values) else "" for column, at in places.items()}
        if not any(cells.values()):
            continue
        row = Row(number, cells)
        for column in required:
            if cells.get(column.name) in ("", None):
                row.wrong(column.label, "Ô này để trống. Ghi vào rồi gửi lại.")
        rows.append(row)
    if not places:
        names = ", ".join(f"“{column.label}”" for column in required)
        raise RuleBroken(f"Không thấy hàng đầu cột. Tệp cần có các cột {names}. Tải tệp mẫu về rồi chép vào.")
    if not rows:
        raise RuleBroken("Dưới hàng đầu cột không có dòng nào. Kiểm tra lại tệp, danh sách phải ở trang đầu.")
    for row in rows:
        row.label = row.label or str(next((value for value in row.cells.values() if value), ""))
    return rows


def template_file(importer: Importer) -> bytes:
    """The file to fill in: heads with an example row, and a second sheet that explains each column."""
    columns = [Column(f"{column.label}{' *' if column.required else ''}", column.width) for column in importer.columns]
    told = [
        [column.label, "Phải ghi" if column.required else "Có thể để trống", column.help, column.example]
        for column in importer.columns
    ]
    notes = ["Ô để trống: cổng giữ giá trị đang có. Xóa dòng ví dụ trước khi gửi. Dấu * là cột phải ghi."]
    return workbook(
        [
            Sheet("Danh sách", columns, [[column.example for column in importer.columns]], importer.title, notes),
            Sheet("Cách ghi", [Column("Cột", 26), Column("", 18), Column("Cách ghi", 60), Column("Ví dụ", 20)], told),
        ]
    )


def shown(value) -> str:
    """A value as the preview shows it."""
    return vn_date(value) if hasattr(value, "strftime") else str(value if value is not None else "")
