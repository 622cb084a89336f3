"""Arithmetic of the roll and of votes, and the sentences written from it. Pure functions, no database.

Sources: cell-meeting guides HD12-2018 and HD42-2025; 294-QĐ/TW point 9.3.2 on who is counted in a vote.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from chibo.choices import Standing
from hoithao.choices import Mark, Reason, Threshold
from kyanh_portal.base.errors import RuleBroken

IN_BASE = {Standing.OFFICIAL, Standing.PROBATIONARY}
# Not in the base of attendance, whatever the roll says.
LEFT_OUT = {
    Standing.EXEMPT, Standing.TEMPORARILY_EXEMPT, Standing.SENT_AWAY, Standing.SUSPENDED, Standing.SPECIAL_DUTY,
    Standing.HERE_TEMPORARILY,
}  # fmt: skip
# Official members who count in a vote only when they came (294-QĐ/TW 9.3.2).
COUNTED_IF_PRESENT = {Standing.EXEMPT, Standing.TEMPORARILY_EXEMPT, Standing.SENT_AWAY}


@dataclass(frozen=True)
class RollLine:
    """What the arithmetic needs of one line of the roll."""

    name: str
    standing: str
    mark: str
    reason: str = ""
    note: str = ""
    is_official: bool = True


@dataclass(frozen=True)
class RollFigures:
    """Numbers of a roll. Invariants: base = official + probationary; present + excused + unexcused = base."""

    total: int = 0
    official: int = 0
    probationary: int = 0
    exempt: int = 0
    sent_away: int = 0
    suspended: int = 0
    special_duty: int = 0
    here_temporarily: int = 0
    base: int = 0
    present: int = 0
    present_official: int = 0
    present_probationary: int = 0
    excused: int = 0
    unexcused: int = 0
    extra_present: int = 0
    vote_base: int = 0
    vote_present: int = 0
    unmarked: int = 0

    def as_json(self) -> dict:
        return asdict(self)


def is_left_out(standing: str) -> bool:
    return standing in LEFT_OUT


def count_roll(lines: Iterable[RollLine]) -> RollFigures:
    """Count a roll by standing and mark (12-HD/BTCTW, 42-HD/BTCTW; 294-QĐ/TW 9.3.2).

    Attendance base: official and probationary members on the roll, without the exempt, those sent elsewhere, the
    suspended and forces on special duty. Vote base: official members, the merely absent included; the exempt and
    those sent elsewhere only if they came; never probationary, temporary or suspended members.
    """
    stood, came, marked, extra_voters = Counter(), Counter(), Counter(), 0
    for line in lines:
        stood[line.standing] += 1
        if line.standing in IN_BASE:
            marked[line.mark] += 1
        if line.mark == Mark.PRESENT:
            came[line.standing] += 1
            extra_voters += line.standing in COUNTED_IF_PRESENT and line.is_official
    base = stood[Standing.OFFICIAL] + stood[Standing.PROBATIONARY]
    return RollFigures(
        total=stood.total() - stood[Standing.HERE_TEMPORARILY],
        official=stood[Standing.OFFICIAL],
        probationary=stood[Standing.PROBATIONARY],
        exempt=stood[Standing.EXEMPT] + stood[Standing.TEMPORARILY_EXEMPT],
        sent_away=stood[Standing.SENT_AWAY],
        suspended=stood[Standing.SUSPENDED],
        special_duty=stood[Standing.SPECIAL_DUTY],
        here_temporarily=stood[Standing.HERE_TEMPORARILY],
        base=base,
        present=marked[Mark.PRESENT],
        present_official=came[Standing.OFFICIAL],
        present_probationary=came[Standing.PROBATIONARY],
        excused=marked[Mark.EXCUSED],
        unexcused=marked[Mark.UNEXCUSED],
        extra_present=sum(number for standing, number in came.items() if is_left_out(standing)),
        vote_base=stood[Standing.OFFICIAL] + extra_voters,
        vote_present=came[Standing.OFFICIAL] + extra_voters,
        unmarked=base - marked[Mark.PRESENT] - marked[Mark.EXCUSED] - marked[Mark.UNEXCUSED],
    )


def percent(part: int, whole: int) -> str:
    """93,1% — one decimal, half up, shown only; comparisons use the unrounded share. Nobody counted: "không xác định"."""
    if whole == 0:
        return "không xác định"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10}%"


def check_vote(in_favour: int, against: int, blank: int, entitled_present: int) -> None:
    """Refuse numbers that cannot be: below zero, or more hands than people present who may vote."""
    for name, value in (("Tán thành", in_favour), ("Không tán thành", against), ("Không biểu quyết", blank)):
        if value < 0:
            raise RuleBroken(f"{name} không thể nhỏ hơn 0.")
    cast = in_favour + against + blank
    if cast > entitled_present:
        raise RuleBroken(
            f"{cast} lớn hơn {entitled_present} đồng chí có mặt được biểu quyết. Đếm lại rồi ghi.", field="in_favour"
        )


def needed(base: int, threshold: str = Threshold.MAJORITY) -> int:
    """The least number in favour: more than half (yes > N/2), or two thirds (3·yes ≥ 2·N)."""
    return -(-2 * base // 3) if threshold == Threshold.TWO_THIRDS else base // 2 + 1


def passes(in_favour: int, base: int, threshold: str = Threshold.MAJORITY) -> bool:
    """Whether a vote is carried; nobody entitled carries nothing."""
    return base > 0 and in_favour >= needed(base, threshold)


def vote_sentence(subject: str, in_favour: int, against: int, blank: int, base: int, threshold: str) -> str:
    """The sentence of the minutes, written from the numbers."""
    need = "ít nhất hai phần ba" if threshold == Threshold.TWO_THIRDS else "quá nửa"
    outcome = (
        f"đạt {need}, được thông qua"
        if passes(in_favour, base, threshold)
        else f"chưa đạt {need}, không được thông qua"
    )
    rest = [
        f"{number} {word}" for number, word in ((against, "không tán thành"), (blank, "không biểu quyết")) if number
    ]
    also = f"; {', '.join(rest)}" if rest else ""
    return f"{subject.rstrip(' .;')}: {in_favour}/{base} đảng viên chính thức được tính ({percent(in_favour, base)}) tán thành{also}; {outcome}."


def _why(line: RollLine) -> str:
    """ốm đau; ốm đau, nằm Bệnh viện Kỳ Anh; a reason of one's own stands in its own words."""
    if line.note and line.reason in ("", Reason.OTHER):
        return line.note
    word = Reason(line.reason).label.lower()
    return f"{word}, {line.note}" if line.note else word


def roll_sentences(figures: RollFigures, lines: Iterable[RollLine], called: str = "đảng viên") -> list[str]:
    """What the minutes say of the roll, line by line: totals, those not counted, present, absent by name.

    `called` names who is on the roll (đảng viên of a cell, chi ủy viên). Official and probationary members are told
    apart only where a probationary member can be on the roll: nobody else is elected to a committee.
    """
    lines = list(lines)
    f = figures
    apart_by_card = called == "đảng viên" or f.probationary > 0
    of_total = f"; trong đó chính thức được tính {f.official}, dự bị {f.probationary}" if apart_by_card else ""
    of_present = f"; chính thức {f.present_official}, dự bị {f.present_probationary}" if apart_by_card else ""
    out = [f"Tổng số {called}: {f.total} đồng chí{of_total}."]
    apart = [
        f"{number} đồng chí {words}"
        for number, words in (
            (f.exempt, "được miễn sinh hoạt"),
            (f.sent_away, "sinh hoạt tạm thời nơi khác"),
            (f.suspended, "đang bị đình chỉ sinh hoạt"),
            (f.special_duty, "làm nhiệm vụ đặc biệt"),
        )
        if number
    ]
    if apart:
        out.append(f"Không tính vào tỷ lệ dự họp: {'; '.join(apart)}.")
    out.append(f"Có mặt: {f.present}/{f.base} đồng chí ({percent(f.present, f.base)}){of_present}.")
    if f.extra_present:
        names = ", ".join(x.name for x in lines if x.mark == Mark.PRESENT and is_left_out(x.standing))
        out.append(f"Cùng dự: {f.extra_present} đồng chí được miễn hoặc sinh hoạt tạm thời ({names}).")
    excused = [x for x in lines if x.mark == Mark.EXCUSED and not is_left_out(x.standing)]
    if excused:
        why = "; ".join(f"đồng chí {x.name}: {_why(x)}" for x in excused)
        out.append(f"Vắng có lý do: {f.excused} đồng chí ({why}).")
    unexcused = [x for x in lines if x.mark == Mark.UNEXCUSED and not is_left_out(x.standing)]
    out.append(
        f"Vắng không lý do: {f.unexcused} đồng chí ({', '.join(x.name for x in unexcused)})."
        if unexcused
        else "Vắng không lý do: không."
    )
    if f.here_temporarily:
        out.append(f"Đảng viên sinh hoạt tạm thời tại chi bộ: {f.here_temporarily} đồng chí (không biểu quyết).")
    return out


def delegates_words(meeting) -> str:
    """How many came, as it is known: "84 đại biểu", "hơn 80 đại biểu", or nothing."""
    if not meeting.delegates:
        return ""
    plan = getattr(meeting, "plan", None)
    return f"{'hơn ' if plan and plan.more_than else ''}{meeting.delegates} đại biểu"
