"""Arithmetic of one decision: who is counted in it, what papers may say, who is elected. Pure functions, no database.

Sources: 294-QĐ/TW point 9.3.2 (who is counted), 9.3.4 (two thirds). Rules of elections in the Party were not read at
source: more than half of those counted, and nobody by lot, is what practice does (unconfirmed).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hoithao.choices import Mark, Reason
from hoithao.rules import RollFigures, RollLine, count_roll, passes
from kyanh_portal.base.errors import RuleBroken


def figures_for(lines: Iterable[tuple[int, RollLine]], conflicted=(), left_early=()) -> RollFigures:
    """The numbers of the roll for one item.

    Who has a conflict of interest is not counted in that item at all. Who left before it is merely absent from it:
    still in the base (294-QĐ/TW 9.3.2), unless of those counted only when they came.
    """
    conflicted, left_early = set(conflicted), set(left_early)
    return count_roll(
        replace(line, mark=Mark.EXCUSED, reason=Reason.OTHER)
        if pk in left_early and line.mark == Mark.PRESENT
        else line
        for pk, line in lines
        if pk not in conflicted
    )


@dataclass(frozen=True)
class Tally:
    """One line of the count."""

    text: str
    in_favour: int
    against: int = 0
    blank: int = 0


def check_papers(issued: int, returned: int, invalid: int, entitled_present: int) -> None:
    """Papers are never more than people: raises RuleBroken at the number that cannot be."""
    if issued > entitled_present:
        raise RuleBroken(
            f"Phát ra {issued} phiếu, nhiều hơn {entitled_present} đồng chí có mặt được bỏ phiếu.", field="issued"
        )
    if returned > issued:
        raise RuleBroken(f"Thu về {returned} phiếu, nhiều hơn {issued} phiếu phát ra.", field="returned")
    if invalid > returned:
        raise RuleBroken(f"{invalid} phiếu không hợp lệ, nhiều hơn {returned} phiếu thu về.", field="invalid")


def check_matters(lines: list[Tally], valid: int) -> None:
    """On each matter every valid paper says yes, no, or nothing."""
    for number, line in enumerate(lines, start=1):
        cast = line.in_favour + line.against + line.blank
        if cast != valid:
            raise RuleBroken(
                f"“{line.text}”: cộng được {cast} phiếu, mà có {valid} phiếu hợp lệ. Đếm lại.", field=f"yes_{number}"
            )


def check_choices(lines: list[Tally], valid: int, least: int, most: int) -> None:
    """In an election each valid paper picks at least `least` and at most `most` names."""
    for number, line in enumerate(lines, start=1):
        if line.in_favour > valid:
            raise RuleBroken(
                f"{line.text} được {line.in_favour} phiếu, nhiều hơn {valid} phiếu hợp lệ.", field=f"yes_{number}"
            )
    picks = sum(line.in_favour for line in lines)
    if not valid * least <= picks <= valid * most:
        raise RuleBroken(
            f"Cộng các dòng được {picks} lượt bầu. Có {valid} phiếu hợp lệ, mỗi phiếu bầu từ {least} đến {most} người,"
            f" nên phải từ {valid * least} đến {valid * most}. Đếm lại.",
            field="yes_1",
        )


def check_election(candidates: int, seats: int, least: int, most: int) -> None:
    """An election can be held: raises RuleBroken at what cannot be."""
    if candidates < 1:
        raise RuleBroken("Ghi người trong danh sách bầu, mỗi dòng một người.", field="lines")
    if not 1 <= seats <= candidates:
        raise RuleBroken(f"Số lượng được bầu từ 1 đến {candidates} (số người trong danh sách).", field="seats")
    if not 1 <= least <= most:
        raise RuleBroken("Bầu ít nhất từ 1, và không hơn bầu nhiều nhất.", field="least")
    if most > seats:
        raise RuleBroken(f"Mỗi phiếu bầu nhiều nhất {seats} người, bằng số lượng được bầu.", field="most")


def elected(lines: list[Tally], seats: int, base: int, threshold: str) -> tuple[list[int], list[int]]:
    """(places elected, places tied for the last seat) in `lines`: enough votes of the base, most votes first.

    Where more people tie than seats are left, none of them is elected: the meeting votes again on them.
    """
    ranked = sorted(
        (place for place, line in enumerate(lines) if passes(line.in_favour, base, threshold)),
        key=lambda place: -lines[place].in_favour,
    )
    if len(ranked) <= seats:
        return sorted(ranked), []
    last = lines[ranked[seats - 1]].in_favour
    if lines[ranked[seats]].in_favour < last:
        return sorted(ranked[:seats]), []
    sure = [place for place in ranked if lines[place].in_favour > last]
    return sorted(sure), sorted(place for place in ranked if lines[place].in_favour == last)
