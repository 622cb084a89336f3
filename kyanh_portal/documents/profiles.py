"""Layout profiles: how a Party paper must look, as dated data.

A paper follows the guide in force on its own date: Hướng dẫn 36-HD/VPTW until 26/5/2026, Hướng dẫn 05-HD/VPTW from
27/5/2026. Both ask for the same type sizes and positions; they differ in which bodies exist. Values the guides leave
open (rule thickness, column widths, room for a signature) are the portal's choice: docs/decisions/0011.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Margins:
    """Edges of the text area, in millimetres."""

    top: float = 20
    right: float = 15
    bottom: float = 20
    left: float = 30

    def mirrored(self) -> "Margins":
        """The back of a sheet printed on both sides (HD05 II.IV.4.2)."""
        return Margins(self.top, self.left, self.bottom, self.right)


@dataclass(frozen=True)
class Profile:
    """One guide: when it holds, where it is written, and the measures it gives (points and millimetres).

    `sheet` is the print style sheet that draws it; `tests/papers` measures the drawn paper against these values.
    """

    code: str
    name: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    margins: Margins = Margins()
    page_width: float = 210
    page_height: float = 297
    title_size: float = 15  # ĐẢNG CỘNG SẢN VIỆT NAM
    letterhead_size: float = 14  # bodies, number, place and date
    type_size: float = 16  # 15–16 allowed
    summary_size: float = 14
    body_size: float = 14  # 14–15 allowed
    table_size: float = 13  # not ruled
    signature_size: float = 14
    recipients_heading_size: float = 14
    recipients_size: float = 12
    draft_size: float = 14  # "Dự thảo lần 2", under the number
    scope_size: float = 12  # "DỰ THẢO", at the sheet's edge
    page_number_size: float = 14
    page_number_top: float = 10
    line_pitch: float = 18  # exactly 18 to 22
    paragraph_gap: float = 6  # at least 6
    first_line_indent: float = 10
    issuer_column: float = 80
    title_column: float = 85
    signature_room: float = 30  # 28–32 between position and name
    rule_thickness: float = 0.75
    issuers: tuple[str, ...] = ()  # how the issuing line may begin
    authorities: tuple[str, ...] = ()  # how a signature may be headed
    sheet: str = "css/print-official.css"

    def covers(self, day: dt.date) -> bool:
        """True when a paper of `day` follows this guide."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


_ISSUERS = (
    "TỈNH UỶ",
    "THÀNH UỶ",
    "ĐẢNG UỶ",
    "CHI BỘ",
    "ĐẠI HỘI",
    "VĂN PHÒNG",
    "BAN ",
    "UỶ BAN KIỂM TRA",
    "TIỂU BAN",
    "HỘI ĐỒNG",
    "ĐOÀN CHỦ TỊCH",
    "ĐOÀN THƯ KÝ",
    "TRUNG TÂM CHÍNH TRỊ",
)
# HD05 II.I.7; T/M CHI UỶ and T/M BAN CHẤP HÀNH are not in the guide but met in practice: tests/papers warns of them.
_AUTHORITIES = (
    "T/M BAN CHẤP HÀNH TRUNG ƯƠNG",
    "T/M TỈNH UỶ",
    "T/M THÀNH UỶ",
    "T/M ĐẢNG UỶ",
    "T/M BAN THƯỜNG VỤ",
    "T/M CHI BỘ",
    "T/M UỶ BAN KIỂM TRA",
    "T/M HỘI ĐỒNG",
    "T/M ĐOÀN CHỦ TỊCH",
    "T/M ĐOÀN THƯ KÝ",
    "T/M BAN THẨM TRA TƯ CÁCH ĐẠI BIỂU",
    "T/M BAN KIỂM PHIẾU",
    "T/L BAN THƯỜNG VỤ",
    "K/T TRƯỞNG BAN",
    "K/T CHỦ NHIỆM",
    "K/T CHÁNH VĂN PHÒNG",
    "Q. TRƯỞNG BAN",
    "Q. CHÁNH VĂN PHÒNG",
    "NGƯỜI GHI BIÊN BẢN",
    "CHỦ TRÌ HỘI NGHỊ",
)

HD36 = Profile(
    code="HD36",
    name="Hướng dẫn 36-HD/VPTW",
    valid_from=dt.date(2018, 4, 3),
    valid_to=dt.date(2026, 5, 26),
    source="Hướng dẫn số 36-HD/VPTW, ngày 03/4/2018 của Văn phòng Trung ương Đảng",
    issuers=(*_ISSUERS, "THỊ UỶ", "HUYỆN UỶ", "QUẬN UỶ"),
    authorities=(*_AUTHORITIES, "T/M THỊ UỶ", "T/M HUYỆN UỶ", "T/M QUẬN UỶ"),
)

HD05 = Profile(
    code="HD05",
    name="Hướng dẫn 05-HD/VPTW",
    valid_from=dt.date(2026, 5, 27),
    valid_to=None,
    source="Hướng dẫn số 05-HD/VPTW, ngày 27/5/2026 của Văn phòng Trung ương Đảng",
    issuers=_ISSUERS,
    authorities=_AUTHORITIES,
)

PROFILES = (HD05, HD36)  # newest first

# District committees ended on 30/6/2025: no paper of a thị uỷ bears a later date.
LAST_DAY_OF_DISTRICTS = dt.date(2025, 6, 30)


def profile_on(day: dt.date | None) -> Profile:
    """The guide a paper of `day` follows; a day before all guides falls to the oldest, no day to the newest."""
    if day is None:
        return PROFILES[0]
    return next((profile for profile in PROFILES if profile.covers(day)), PROFILES[-1])


def profile_by_code(code: str) -> Profile:
    """The guide with this code; a paper frozen with its code prints the same for ever."""
    return next(profile for profile in PROFILES if profile.code == code)
