"""Rules of meetings with their dates: a 2020 meeting is judged by the guide of 2018. They warn, they never block."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from hoithao.rules import RollFigures, percent
from kyanh_portal.base.rulebook import Rulebook, in_force

HD12_2018 = Rulebook(
    code="HD12-2018",
    valid_from=dt.date(2018, 7, 6),
    valid_to=dt.date(2025, 10, 27),
    source="Hướng dẫn 12-HD/BTCTW, ngày 06/7/2018",
    values={
        "attendance_share": Fraction(85, 100),
        "attendance_strict": True,
        "least_minutes": 90,
        "least_minutes_with_theme": 120,
    },
)
HD42_2025 = Rulebook(
    code="HD42-2025",
    valid_from=dt.date(2025, 10, 28),
    source="Hướng dẫn 42-HD/BTCTW, ngày 28/10/2025",
    values={
        "attendance_share": Fraction(90, 100),
        "attendance_strict": False,
        "least_minutes": 90,
        "least_minutes_with_theme": 120,
    },
)
BOOKS = [HD12_2018, HD42_2025]


def rulebook_on(day: dt.date) -> Rulebook:
    """The guide on cell meetings in force on a day."""
    return in_force(BOOKS, day)


def attendance_suffices(present: int, base: int, day: dt.date) -> bool | None:
    """Whether the share present meets the criterion of the day; None where nobody is counted.

    HD12-2018 asks for more than 85 %, HD42-2025 for 90 % and more; the unrounded share is compared.
    """
    if base == 0:
        return None
    book = rulebook_on(day)
    share = Fraction(present, base)
    return share > book["attendance_share"] if book["attendance_strict"] else share >= book["attendance_share"]


@dataclass(frozen=True)
class Finding:
    """One criterion of the guide held against the numbers of a meeting."""

    sentence: str
    is_met: bool


def findings(figures: RollFigures, length: int | None, day: dt.date) -> list[Finding]:
    """Length and attendance of a regular or thematic meeting, judged by the guide of its day (criteria 1 and 2)."""
    book, found = rulebook_on(day), []
    least = book["least_minutes"]
    if length is not None:
        is_met = length >= least
        words = "bảo đảm" if is_met else "chưa đủ"
        found.append(Finding(f"Thời lượng {length} phút, {words} mức tối thiểu {least} phút", is_met))
    suffices = attendance_suffices(figures.present, figures.base, day)
    if suffices is not None:
        asked = f"{'trên' if book['attendance_strict'] else 'từ'} {book['attendance_share'] * 100}%"
        words = "đạt" if suffices else "chưa đạt"
        found.append(Finding(f"Dự họp {percent(figures.present, figures.base)}, {words} mức {asked}", suffices))
        if figures.unexcused:
            found.append(Finding(f"Có {figures.unexcused} đồng chí vắng không lý do", False))
        else:
            found.append(Finding("Không có đồng chí vắng không lý do", True))
    return found
