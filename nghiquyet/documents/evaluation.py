"""The annexes of a sơ kết or tổng kết report (biểu chỉ tiêu, biểu nhiệm vụ, danh mục văn bản, danh sách khen thưởng), from what was frozen."""

from kyanh_portal.documents.content import Annex, Table
from nghiquyet.choices import Measure
from nghiquyet.figures.tables import shown
from nghiquyet.models import Evaluation

TARGET_HEAD = (
    "TT",
    "Chỉ tiêu, nguồn",
    "Năm gốc",
    "Mục tiêu; phân kỳ",
    "Thực hiện",
    "So với KH (%)",
    "Đánh giá",
    "Nguyên nhân, ghi chú",
)
DUTY_HEAD = (
    "TT",
    "Nhiệm vụ, sản phẩm",
    "Chủ trì; phối hợp",
    "Thời hạn",
    "Kết quả đến kỳ",
    "Vướng mắc, đề xuất",
    "Tình trạng",
)
AWARD_HEAD = ("TT", "Tập thể, cá nhân", "Thành tích", "Hình thức")
PAPER_HEAD = ("TT", "Số và ký hiệu", "Ngày", "Trích yếu, việc cụ thể", "Cơ quan ban hành")


def annexes_of(paper) -> tuple[Annex, ...]:
    """Those of the evaluation this paper reports on; none where it reports on none."""
    row = Evaluation.objects.filter(paper=paper).first() if paper.pk else None
    if row is None:
        return ()
    frozen = row.snapshot
    awards = tuple((str(n), *row) for n, row in enumerate(frozen.get("awards", ()), start=1))
    named = (Annex("Danh sách khen thưởng", (Table(AWARD_HEAD, awards, (6, 34, 38, 22)),)),) if awards else ()
    return (
        Annex("Biểu chỉ tiêu", (Table(TARGET_HEAD, _targets(frozen), (6, 19, 8, 13, 19, 9, 11, 15)),)),
        Annex("Biểu nhiệm vụ", (Table(DUTY_HEAD, _duties(frozen), (6, 20, 13, 15, 17, 13, 16)),)),
        Annex("Danh mục văn bản", (Table(PAPER_HEAD, _papers(frozen), (6, 17, 15, 36, 26)),)),
        *named,
    )


def _targets(frozen) -> tuple:
    rows = [
        (
            str(n), "\n".join(filter(None, [row["text"], row["source"] and f"Nguồn: {row['source']}"])), shown(row["baseline"], row["places"], row["unit"]),
            "\n".join(filter(None, [row["final"], row["yearly"]])) if row["yearly"] != row["final"] else row["final"], _done(row),
            shown(row["ratio"], 1), row["word"], "\n".join(filter(None, [row["why"], row["override_why"]])),
        )
        for n, row in enumerate(frozen["targets"], start=1)
    ]  # fmt: skip
    return tuple(rows) or (("", "Nghị quyết chưa đặt chỉ tiêu", "", "", "", "", "", ""),)


def _done(row) -> str:
    if not row["value"]:
        return row["achieved"] or "Chưa có số liệu"
    unit = row["unit"]
    parts = f"{shown(row['numerator'])}/{shown(row['denominator'])}" if row["measure"] == Measure.RATE and not row["override_why"] else ""  # fmt: skip
    lines = [
        f"{row['period'][:1].upper()}{row['period'][1:]}: {shown(row['value'], row['places'], unit)}",
        parts,
        row["coverage"],
    ]
    if row["total"]:
        lines.append(f"Cả kỳ: {shown(row['total'], row['places'], unit)}")
    return "\n".join(filter(None, lines))


def _duties(frozen) -> tuple:
    rows = [
        (
            str(n), "\n".join(filter(None, [row["title"], row["product"] and f"Sản phẩm: {row['product']}"])),
            "\n".join(filter(None, [row["lead"], row["helpers"]])), _term(row),
            "\n".join(filter(None, [f"{row['percent']}%" if row["percent"] is not None else "", row["result"]])),
            "\n".join(filter(None, [row["obstacle"], row["proposal"]])), row["words"],
        )
        for n, row in enumerate(frozen["duties"], start=1)
    ]  # fmt: skip
    return tuple(rows) or (("", "Chưa giao nhiệm vụ", "", "", "", "", ""),)


def _term(row) -> str:
    if row["cycle"]:
        return f"Thường xuyên, {row['cycle'].lower()}"
    return f"{row['due']}\nGốc: {row['first_due']}, gia hạn {row['moved']} lần" if row["moved"] else row["due"]


def _papers(frozen) -> tuple:
    rows = [(str(n), *row) for n, row in enumerate(frozen["papers"], start=1)]
    return tuple(rows) or (("", "", "", "Chưa có văn bản nào được ghi", ""),)
