"""What the regulations ask of a resolution, as pure functions."""

import datetime as dt
import re

from hoithao.rules import needed, passes
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

# Under T/M the title line is one of these and never repeats the body (HD05 II.I.7).
POSITIONS = ["BÍ THƯ", "PHÓ BÍ THƯ"]
_DEGREES = re.compile(
    r"^(?:(?:gs|pgs|ts|ths|cn|ks|bs|đại tá|thượng tá|trung tá|thiếu tá|đại úy)\b[. ,]*)+", re.IGNORECASE
)


def clean_title(title: str) -> str:
    """The summary under NGHỊ QUYẾT on one line, without the type's name before it or a full stop after it."""
    title = re.sub(r"^nghị quyết\s+", "", clean_line(title), flags=re.IGNORECASE)
    return title.rstrip(" .;,")


def clean_signer(name: str) -> str:
    """The signer's full name; no degree or rank before it (HD05 II.I.7.1)."""
    return _DEGREES.sub("", clean_line(name)).strip()


def check_adoption(base: int, in_favour: int) -> None:
    """Adopted by more than half of the base, never of those present (Điều lệ Đảng, Điều 9.5; 294-QĐ/TW 9.3)."""
    if base < 1:
        raise RuleBroken("Ghi tổng số được tính, ít nhất 1 đồng chí.", field="base")
    if in_favour < 0:
        raise RuleBroken("Số tán thành không thể nhỏ hơn 0.", field="in_favour")
    if in_favour > base:
        raise RuleBroken(
            f"{in_favour} tán thành nhiều hơn {base} đồng chí được tính. Đếm lại rồi ghi.", field="in_favour"
        )
    if not passes(in_favour, base):
        raise RuleBroken(
            f"{in_favour}/{base} tán thành chưa quá nửa: cần ít nhất {needed(base)}. Nghị quyết chưa được thông qua.",
            field="in_favour",
        )


def check_count(base: int, present: int | None, in_favour: int, against: int, blank: int) -> None:
    """The counts agree: for, against and blank within those present (a written vote names nobody present) and the base."""
    cast = in_favour + against + blank
    if present is not None and present > base:
        raise RuleBroken(f"{present} có mặt nhiều hơn {base} đồng chí được tính. Đếm lại rồi ghi.", field="present")
    if present is not None and cast > present:
        raise RuleBroken(f"Cộng lại {cast} ý kiến, nhiều hơn {present} đồng chí có mặt. Đếm lại.", field="present")
    if cast > base and against + blank:
        raise RuleBroken(f"Cộng lại {cast} ý kiến, nhiều hơn {base} đồng chí được tính. Đếm lại.", field="in_favour")


def check_date(dated: dt.date, adopted_on: dt.date, today: dt.date) -> None:
    """A paper is dated on the day it is signed: not before the vote, not in the future."""
    if dated < adopted_on:
        raise RuleBroken(
            f"Ngày văn bản {vn_date(dated)} trước ngày thông qua {vn_date(adopted_on)}. Chọn ngày từ đó về sau.",
            field="dated",
        )
    if dated > today:
        raise RuleBroken(f"Ngày {vn_date(dated)} chưa đến. Ghi ngày ký thật.", field="dated")


def check_body(organisation, day: dt.date, field: str = "dated") -> None:
    """The body exists on the day; no paper of a thị ủy bears a date after 30/6/2025 (end of the district level)."""
    for what, last in (
        (organisation.name, organisation.valid_to),
        (f"Cấp {organisation.kind.name.lower()}", organisation.kind.valid_to),
    ):
        if last and day > last:
            raise RuleBroken(
                f"{what} thôi hoạt động từ sau ngày {vn_date(last)}. Không ra được văn bản ngày {vn_date(day)}.",
                field=field,
            )
    if organisation.valid_from and day < organisation.valid_from:
        raise RuleBroken(
            f"{organisation.name} lập ngày {vn_date(organisation.valid_from)}. Chọn ngày sau đó.", field=field
        )


def paper_title(title: str, type_name: str) -> str:
    """The summary on one line, without the type's name or "V/v" before it or a full stop after it (HD05 II.I.5)."""
    title = re.sub(rf"^{re.escape(type_name)}\s+", "", clean_line(title), flags=re.IGNORECASE)
    return re.sub(r"^v/v:?\s+", "về việc ", title, flags=re.IGNORECASE).rstrip(" .;,")
