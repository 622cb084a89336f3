"""How a meeting is scored: conditions staff write in words, points by criterion, the total and its level. No database.

The frame is data (models.RuleFrame, models.Criterion); here is only how it is read. Conditions are lines such as
"tỷ lệ dự họp >= 90"; scales are lines such as "75-<90 : 3". Shares are compared unrounded (cell-meetings guides 12-HD/BTCTW,
42-HD/BTCTW). What data cannot prove is asked, never guessed.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text

# What can be measured of a meeting, by the words staff write → what it means, for the page that edits frames.
MEASURES = {
    "tỷ lệ dự họp": "phần trăm có mặt trên số đảng viên được tính",
    "vắng không lý do": "số đồng chí vắng không lý do",
    "vắng có lý do quá 3 lần liền": "số đồng chí vắng có lý do hơn 3 buổi thường kỳ liên tiếp trong năm",
    "thời lượng": "số phút từ khai mạc đến kết thúc",
    "thiếu phút": "số phút còn thiếu so với mức tối thiểu; đủ là 0",
    "tỷ lệ thời lượng": "phần trăm thời lượng so với mức tối thiểu",
    "tỷ lệ phát biểu": "phần trăm đồng chí phát biểu trên số có mặt được tính",
    "chi ủy họp trước": "1 khi chi ủy đã họp trước buổi này trong tháng, hoặc chi bộ chỉ có bí thư; 0 khi chưa",
    "chỉ có bí thư": "1 khi chi bộ không có chi ủy, phó bí thư; 0 khi có",
    "tài liệu gửi trước": "số giờ từ lúc gửi tài liệu đến giờ họp",
    "chuyên đề trong tháng": "1 khi tháng này có sinh hoạt chuyên đề; 0 khi không",
    "kết luận": "1 khi đã ghi kết luận; 0 khi chưa",
    "tỷ lệ việc hoàn thành": "phần trăm việc của kết luận kỳ trước đã xong",
}
# How bounds that people would say otherwise are told: (measure, value) → words; and what a number of a measure counts.
PLAIN = {
    ("chi ủy họp trước", 1): "chi ủy họp trước buổi này, có biên bản",
    ("chi ủy họp trước", 0): "chi ủy không họp trước",
    ("chỉ có bí thư", 1): "chi bộ chỉ có bí thư",
    ("chỉ có bí thư", 0): "chi bộ có chi ủy hoặc phó bí thư",
    ("chuyên đề trong tháng", 1): "tháng có sinh hoạt chuyên đề",
    ("chuyên đề trong tháng", 0): "tháng không có sinh hoạt chuyên đề",
    ("kết luận", 1): "ghi kết luận của chủ trì",
    ("kết luận", 0): "không ghi kết luận",
    ("vắng không lý do", 0): "không ai vắng không lý do",
    ("vắng có lý do quá 3 lần liền", 0): "không ai vắng có lý do quá 3 lần liền",
    ("thiếu phút", 0): "họp đủ thời lượng tối thiểu",
}
ABOUT = {
    "thiếu phút": "thời lượng", "chi ủy họp trước": "việc chi ủy họp trước", "chỉ có bí thư": "chi ủy của chi bộ",
    "tài liệu gửi trước": "giờ gửi tài liệu", "tỷ lệ việc hoàn thành": "kết quả việc giao kỳ trước",
}  # fmt: skip
UNITS = {
    "tỷ lệ dự họp": "%", "tỷ lệ thời lượng": "%", "tỷ lệ phát biểu": "%", "tỷ lệ việc hoàn thành": "%",
    "vắng không lý do": " đồng chí", "vắng có lý do quá 3 lần liền": " đồng chí", "thời lượng": " phút",
    "thiếu phút": " phút", "tài liệu gửi trước": " giờ",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A measured value and the words that tell it; None where the portal does not know."""

    value: Fraction | None
    words: str


@dataclass(frozen=True)
class Condition:
    """A measure within bounds."""

    measure: str
    low: Fraction | None = None
    low_open: bool = False
    high: Fraction | None = None
    high_open: bool = False

    def holds(self, facts: dict[str, Fact]) -> bool | None:
        fact = facts.get(self.measure)
        if fact is None or fact.value is None:
            return None
        value = fact.value
        if self.low is not None and (value <= self.low if self.low_open else value < self.low):
            return False
        return not (self.high is not None and (value >= self.high if self.high_open else value > self.high))

    @property
    def words(self) -> str:
        """The bound as a person would say it: "chi ủy họp trước buổi này", "tỷ lệ dự họp từ 90%"."""
        unit = UNITS.get(self.measure, "")
        if self.low is not None and self.low == self.high:
            return PLAIN.get((self.measure, self.low), f"{self.measure} đúng {shown(self.low)}{unit}")
        low = "" if self.low is None else f"{'trên' if self.low_open else 'từ'} {shown(self.low)}{unit}"
        high = "" if self.high is None else f"{'dưới' if self.high_open else 'đến'} {shown(self.high)}{unit}"
        return f"{self.measure} {' '.join(filter(None, (low, high)))}"


@dataclass(frozen=True)
class Band:
    condition: Condition
    points: Decimal


def shown(value) -> str:
    """7,5; 90: a number without needless zeros, half up to two places."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{Decimal(value).quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") if "." in text else text


def shown_mean(value: Fraction | Decimal) -> str:
    """87,7; 88,0: a mean to one decimal, half up, so that one under the other they line up."""
    number = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)
    return f"{number.quantize(Decimal('0.1'), ROUND_HALF_UP):f}".replace(".", ",")


_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_BOUND = re.compile(rf"^(>=|<=|>|<|=)\s*{_NUMBER}$")
_RANGE = re.compile(rf"^(>)?\s*{_NUMBER}\s*-\s*(<)?\s*{_NUMBER}$")


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _read_condition(text: str, measure: str) -> Condition:
    text = clean_line(text).replace("≥", ">=").replace("≤", "<=").replace("–", "-").replace("%", "").strip()
    for name in sorted(MEASURES, key=len, reverse=True):
        if text.casefold().startswith(name):
            measure, text = name, text[len(name) :].strip()
            break
    if measure not in MEASURES:
        raise RuleBroken(f"“{text}”: chưa rõ số đo nào. Bắt đầu dòng bằng một trong: {', '.join(MEASURES)}.")
    if found := _BOUND.match(text):
        sign, value = found[1], _number(found[2])
        if sign == "=":
            return Condition(measure, value, False, value, False)
        return (
            Condition(measure, value, sign == ">")
            if sign[0] == ">"
            else Condition(measure, None, False, value, sign == "<")
        )
    if found := _RANGE.match(text):
        low, high = _number(found[2]), _number(found[4])
        if low > high:
            raise RuleBroken(f"“{text}”: số đầu lớn hơn số sau.")
        return Condition(measure, low, bool(found[1]), high, bool(found[3]))
    raise RuleBroken(f"“{text}” chưa đúng mẫu. Ghi như: tỷ lệ dự họp >= 90; hoặc 75-<90; hoặc = 0.")


@lru_cache(maxsize=512)
def read_conditions(text: str) -> tuple[Condition, ...]:
    """One condition a line. Raises RuleBroken with the line that cannot be read."""
    return tuple(_read_condition(line, "") for line in clean_text(text).split("\n") if line.strip())


@lru_cache(maxsize=512)
def read_bands(text: str, measure: str) -> tuple[Band, ...]:
    """A scale, one band a line, "75-<90 : 3"; a line may name another measure first. The first that fits decides."""
    bands = []
    for line in clean_text(text).split("\n"):
        if not line.strip():
            continue
        head, colon, tail = line.rpartition(":")
        if not colon or not re.fullmatch(_NUMBER, tail.strip()):
            raise RuleBroken(f"“{line}”: sau dấu hai chấm ghi số điểm, như 75-<90 : 3.")
        bands.append(Band(_read_condition(head, measure), Decimal(tail.strip().replace(",", "."))))
    return tuple(bands)


@lru_cache(maxsize=128)
def read_cuts(text: str) -> tuple[tuple[str, Decimal], ...]:
    """Levels, the best first: "Tốt : 90". The last begins at 0. Raises RuleBroken where they do not fall."""
    cuts = []
    for line in clean_text(text).split("\n"):
        if not line.strip():
            continue
        name, colon, start = line.rpartition(":")
        if not colon or not name.strip() or not re.fullmatch(_NUMBER, start.strip()):
            raise RuleBroken(f"“{line}”: ghi mức rồi điểm thấp nhất của mức, như Tốt : 90.")
        cuts.append((clean_line(name), Decimal(start.strip().replace(",", "."))))
    if any(upper[1] <= lower[1] for upper, lower in zip(cuts, cuts[1:], strict=False)):
        raise RuleBroken("Ghi mức cao trước, mức thấp sau; điểm thấp nhất giảm dần.")
    if cuts and cuts[-1][1] != 0:
        raise RuleBroken("Mức cuối cùng bắt đầu từ 0, để điểm nào cũng có mức.")
    return tuple(cuts)


@dataclass(frozen=True)
class Proposal:
    """What data say of one criterion: points (None = to be judged by people), why, and whether it counts at all."""

    points: Decimal | None
    reason: str
    counts: bool = True
    is_contradicted: bool = False  # full marks would contradict the data


def _told(conditions, facts) -> str:
    told = []
    for condition in conditions:
        fact = facts.get(condition.measure)
        words = fact.words if fact else f"chưa có số liệu về {ABOUT.get(condition.measure, condition.measure)}"
        if words not in told:
            told.append(words)
    return "; ".join(told)


def judge(criterion, facts: dict[str, Fact]) -> Proposal:
    """What the facts prove of one criterion.

    Order: counts only if · full marks where it does not apply · the scale · proof (enough for full marks) · needs (without
    which full marks cannot be).
    """
    most = criterion.most
    counts_if, full_if = read_conditions(criterion.counts_if), read_conditions(criterion.full_if)
    if any(condition.holds(facts) is False for condition in counts_if):
        return Proposal(None, f"Không tính lần này: {_told(counts_if, facts)}", counts=False)
    if full_if and all(condition.holds(facts) for condition in full_if):
        return Proposal(most, f"{_capital(_told(full_if, facts))}: tính {criterion.full_words}")
    if bands := read_bands(criterion.bands, criterion.measure):
        return _by_scale(bands, facts)
    proof, needs = read_conditions(criterion.proof), read_conditions(criterion.needs)
    asked = (*proof, *needs)
    if not asked:
        return Proposal(None, "Số liệu không nói được. Chi bộ nhận xét, cho điểm.")
    states = [condition.holds(facts) for condition in asked]
    told = _capital(_told(asked, facts))
    if False in states:
        wanted = "; ".join(c.words for c, state in zip(asked, states, strict=True) if state is False)
        points = Decimal(0) if criterion.is_yes_no else None
        verdict = "chưa đạt" if criterion.is_yes_no else f"chưa được {criterion.full_words}"
        return Proposal(points, f"{told}: {verdict} (cần {wanted})", is_contradicted=True)
    if proof and all(condition.holds(facts) for condition in proof) and None not in states:
        return Proposal(most, f"{told}: {criterion.full_words}")
    rest = "Chi bộ" if all(state is None for state in states) else "Phần còn lại chi bộ"
    return Proposal(None, f"{told}. {rest} nhận xét, cho điểm.")


def _by_scale(bands, facts) -> Proposal:
    for band in bands:
        holds = band.condition.holds(facts)
        if holds is None:
            return Proposal(None, f"{_capital(_told([band.condition], facts))}. Chi bộ cho điểm theo thang.")
        if holds:
            told = _capital(facts[band.condition.measure].words)
            return Proposal(band.points, f"{told}: {shown(band.points)} điểm")
    told = _capital(_told([band.condition for band in bands], facts))
    return Proposal(
        None, f"{told}: thang điểm không có mức nào cho số này. Hỏi cấp trên; chi bộ cho điểm và ghi lý do."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Mark:
    """One criterion as scored: what the sum needs of it."""

    code: str
    name: str
    most: Decimal
    points: Decimal | None
    counts: bool = True
    is_key: bool = False

    @property
    def is_full(self) -> bool:
        return not self.counts or self.points == self.most


def most_of(marks, uncounted: str = "ask") -> Decimal:
    """The most points there were to reach: what does not count this time is left out unless the frame gives it in full."""
    return sum((m.most for m in marks if m.counts or uncounted == "full"), Decimal(0))


def total_of(marks, uncounted: str = "ask") -> Decimal | None:
    """The sum; None while a counted criterion has no points. `uncounted`: ask (sum as it stands) · full · scale (to the whole)."""
    marks = list(marks)
    if any(m.counts and m.points is None for m in marks):
        return None
    total = sum((m.points for m in marks if m.counts), Decimal(0))
    left_out = sum((m.most for m in marks if not m.counts), Decimal(0))
    if uncounted == "full":
        return total + left_out
    counted = most_of(marks)
    if uncounted == "scale" and counted and left_out:
        whole = counted + left_out
        return (total * whole / counted).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return total


def level_of(total: Decimal, cuts: str, keys_full: bool = True) -> str:
    """The level of a total; the best one also asks for full marks on every key criterion, else it is the next one."""
    levels = read_cuts(cuts)
    for place, (name, start) in enumerate(levels):
        if total >= start:
            if place == 0 and not keys_full and len(levels) > 1:
                return levels[1][0]
            return name
    return ""


def keys_full(marks) -> bool:
    return all(m.is_full for m in marks if m.is_key)


def missing_for_best(marks, cuts: str, uncounted: str = "ask") -> list[str]:
    """What stands between these marks and the best level, in sentences; empty when it is reached."""
    marks, levels = list(marks), read_cuts(cuts)
    if not levels:
        lost = [m for m in marks if m.counts and m.points is not None and m.points < m.most]
        return [f"Chưa đạt: {m.name}" for m in lost]
    best, start = levels[0]
    total, out = total_of(marks, uncounted), []
    open_ones = [m for m in marks if m.counts and m.points is None]
    if open_ones:
        out.append(f"Còn {len(open_ones)} tiêu chí chưa có điểm.")
    elif total < start:
        out.append(f"Còn thiếu {shown(start - total)} điểm để đạt mức {best} ({shown(start)}).")
    keys = [m for m in marks if m.is_key and not m.is_full]
    out += [f"Tiêu chí bắt buộc chưa đủ điểm: {m.name}." for m in keys]
    if out:
        lost = sorted((m for m in marks if m.counts and m.points is not None and m.points < m.most and m not in keys),
                      key=lambda m: m.points - m.most)  # fmt: skip
        out += [f"Mất {shown(m.most - m.points)} điểm: {m.name}." for m in lost]
    return out


def most_excused_in_a_row(marks: list[str], excused: str) -> int:
    """The longest run of excused absences in a list of marks in the order of the meetings."""
    longest = run = 0
    for mark in marks:
        run = run + 1 if mark == excused else 0
        longest = max(longest, run)
    return longest
