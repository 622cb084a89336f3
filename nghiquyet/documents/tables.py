"""The two tables of 6.4 as a workbook: biểu chỉ tiêu and biểu nhiệm vụ, every column, numbers as numbers."""

import datetime as dt

from kyanh_portal.base.calendar import vn_date
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from nghiquyet.choices import Light

TARGETS = [
    Column("TT", 5, "int"), Column("Chỉ tiêu", 44), Column("Đơn vị tính", 11), Column("Thực hiện năm gốc", 11, "number"),
    Column("Mục tiêu cả kỳ", 18), Column("Phân kỳ, KH năm", 18), Column("Kỳ", 14), Column("Thực hiện kỳ", 11, "number"),
    Column("Tử số", 11, "number"), Column("Mẫu số", 11, "number"), Column("Lũy kế, bình quân", 11, "number"), Column("So với KH (%)", 10, "number"),
    Column("So cùng kỳ (%)", 10, "number"), Column("Đánh giá", 16), Column("Nguồn số liệu", 24), Column("Nguyên nhân", 24), Column("Ghi chú", 26),
]  # fmt: skip
DUTIES = [
    Column("TT", 5, "int"), Column("Nội dung nhiệm vụ", 40), Column("Căn cứ (NQ, mục)", 26), Column("Cơ quan chủ trì", 22),
    Column("Cơ quan phối hợp", 22), Column("Lãnh đạo phụ trách", 20), Column("Bắt đầu", 11), Column("Thời hạn gốc", 12),
    Column("Thời hạn điều chỉnh", 12), Column("Sản phẩm", 20), Column("Tiến độ (%)", 9, "int"), Column("Kết quả đến kỳ báo cáo", 30),
    Column("Khó khăn, vướng mắc", 24), Column("Đề xuất, kiến nghị", 24), Column("Tình trạng", 22), Column("Số ngày quá hạn", 9, "int"),
    Column("Văn bản, minh chứng", 22), Column("Ghi chú", 18),
]  # fmt: skip
SYNTHETIC = "Số liệu giả lập"


def tables_xlsx(paper: str, targets: list[dict], duties: list[dict], day: dt.date, is_synthetic: bool) -> bytes:
    """Both tables of one resolution in one workbook; separators follow the reader's own Excel (1.234,5 in Vietnamese)."""
    notes = [f"Tính đến ngày {vn_date(day)}", *([SYNTHETIC] if is_synthetic else [])]
    return workbook(
        [
            Sheet("Chỉ tiêu", TARGETS, [_target(n, row) for n, row in enumerate(targets, start=1)], f"Biểu chỉ tiêu: Nghị quyết số {paper}", notes),
            Sheet("Nhiệm vụ", DUTIES, [_duty(n, row, paper) for n, row in enumerate(duties, start=1)], f"Biểu theo dõi nhiệm vụ: Nghị quyết số {paper}", notes),
        ]
    )  # fmt: skip


def _number(text: str) -> float | None:
    return float(text) if text else None


def _target(n, row) -> list:
    note = "; ".join(
        filter(None, [row["coverage"], row["override_why"], row["achieved"], SYNTHETIC if row["is_synthetic"] else ""])
    )
    return [
        n, row["text"], row["unit"], _number(row["baseline"]), row["final"], row["yearly"], row["period"], _number(row["value"]),
        _number(row["numerator"]), _number(row["denominator"]), _number(row["total"]), _number(row["ratio"]), _number(row["same_before"]),
        row["word"], row["source"], row["why"], note,
    ]  # fmt: skip


def _duty(n, row, paper) -> list:
    late = row["days"] if row["light"] in (Light.OVERDUE, Light.DONE_LATE) else None
    cycle = f"Thường xuyên, {row['cycle'].lower()}" if row["cycle"] else ""
    note = "; ".join(
        filter(
            None,
            [cycle, f"gia hạn {row['moved']} lần" if row["moved"] else "", SYNTHETIC if row["is_synthetic"] else ""],
        )
    )
    return [
        n, row["title"], f"{paper}: {row['clause']}".rstrip(": "), row["lead"], row["helpers"], row["leader"], row["starts"], row["first_due"],
        row["due"] if row["moved"] else "", row["product"], row["percent"], row["result"], row["obstacle"], row["proposal"], row["words"],
        late, row["proof"], note,
    ]  # fmt: skip
