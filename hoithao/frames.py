"""Which score frame rules a meeting: the newest in force on its day, the nearest branch first. They warn, they never block.

The frames are rows (models.RuleFrame); staff edit them on screen. A meeting that was scored keeps its own frame.
"""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from hoithao.models import RuleFrame
from hoithao.rules import RollFigures, percent
from hoithao.scoring import shown
from kyanh_portal.parameters.editions import Kept

_frames_in_force = Kept(
    "meeting_rules", "tree", read=lambda: tuple(RuleFrame.objects.in_force().select_related("organisation"))
)


class Books:
    """The frames in force, read once for a whole page; where none are given those kept in the process."""

    def __init__(self, frames: list[RuleFrame] | None = None):
        if frames is None:
            frames = _frames_in_force()
        self.frames = sorted(frames, key=lambda f: (f.valid_from, f.version, f.pk), reverse=True)

    def on(self, day: dt.date, path: str = "", kind_id: int | None = None) -> RuleFrame:
        """The frame for a day, a place in the tree and a kind of meeting.

        The nearest branch decides, then a frame made for that kind, then the newest. A day before the first national
        frame is judged by the oldest one.
        """
        fitting = [
            f for f in self.frames if path.startswith(f.path) and f.kind_id in (None, kind_id) and f.covers(day)
        ]  # fmt: skip
        if fitting:
            return max(fitting, key=lambda f: (len(f.path), f.kind_id is not None))  # max keeps the first: the newest
        return [f for f in self.frames if not f.path and f.kind_id is None][-1]


def rulebook_on(day: dt.date, path: str = "", kind_id: int | None = None) -> RuleFrame:
    """The frame for a day; a page with many rows reads `Books` once instead."""
    return Books().on(day, path, kind_id)


def frame_for(meeting, books: Books | None = None) -> RuleFrame:
    """The frame a meeting is judged by: the one it was scored under, else that of its day, branch and kind."""
    if (score := getattr(meeting, "score", None)) is not None:
        return score.frame
    return frame_of_day(meeting, books)


def frame_of_day(meeting, books: Books | None = None) -> RuleFrame:
    """The frame of the meeting's day, branch and kind, for a meeting known to have no score."""
    return (books or Books()).on(meeting.held_on, meeting.organisation.path, meeting.kind_id)


def suffices(present: int, base: int, book: RuleFrame) -> bool | None:
    """Whether the unrounded share present meets the frame; None where nobody is counted.

    12-HD/BTCTW (2018) asks for more than 85 %, 42-HD/BTCTW (2025) for 90 % and more.
    """
    if base == 0:
        return None
    share, asked = Fraction(100 * present, base), Fraction(book.attendance_share)
    return share > asked if book.attendance_strict else share >= asked


def attendance_suffices(
    present: int, base: int, day: dt.date, path: str = "", books: Books | None = None
) -> bool | None:
    """The same by the frame of a day and a branch."""
    return suffices(present, base, (books or Books()).on(day, path))


@dataclass(frozen=True)
class Finding:
    """One criterion of the guide held against the numbers of a meeting."""

    sentence: str
    is_met: bool


def least_minutes_of(meeting, book: RuleFrame, members: int) -> int:
    """The least length of a meeting in minutes: longer when a regular one takes a theme in, and in large cells."""
    return book.least_minutes_for(bool(meeting.theme) and meeting.kind_is_regular, members)


def findings(meeting, figures: RollFigures, length: int | None, book: RuleFrame) -> list[Finding]:
    """Length and attendance of a regular or thematic meeting, judged by its frame (criteria 1 and 2)."""
    found = []
    least = least_minutes_of(meeting, book, figures.total)
    if length is not None:
        is_met = length >= least
        words = "bảo đảm" if is_met else "chưa đủ"
        found.append(Finding(f"Thời lượng {length} phút, {words} mức tối thiểu {least} phút", is_met))
    enough = suffices(figures.present, figures.base, book)
    if enough is not None:
        asked = f"{'trên' if book.attendance_strict else 'từ'} {shown(book.attendance_share)}%"
        words = "đạt" if enough else "chưa đạt"
        found.append(Finding(f"Dự họp {percent(figures.present, figures.base)}, {words} mức {asked}", enough))
        if figures.unexcused:
            found.append(Finding(f"Có {figures.unexcused} đồng chí vắng không lý do", False))
        else:
            found.append(Finding("Không có đồng chí vắng không lý do", True))
    return found
