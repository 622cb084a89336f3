"""The level of a year from the meetings' levels: a rule staff write line by line, read and judged. No database.

One line a level, the best first: "Tốt : mọi buổi từ Khá; ít nhất 7 buổi Tốt". What a text leaves to people is written
"cấp ủy xét: …" and never guessed (cell-meetings notes 6.6: most branches' rules are not known).
"""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hoithao.scoring import shown_mean
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text

NO_RULE = "Chỉ nêu phân bố các mức"
MEETING_LEVELS = ("Tốt", "Khá", "Trung bình", "Kém")  # of every frame read so far, the best first
HUMAN = "cấp ủy xét"
NAMED_PATTERNS = (  # what a condition is about, how it is written
    ("Tất cả các buổi", "mọi buổi từ Khá"), ("Đủ số buổi một mức", "ít nhất 7 buổi Tốt"), ("Đủ phần trăm số buổi", "ít nhất 60% buổi từ Khá"),
    ("Không quá số buổi", "nhiều nhất 1 buổi Trung bình"), ("Không được có", "không có buổi Kém"), ("Số buổi đã chấm", "ít nhất 10 buổi có điểm"),
    ("Số buổi đạt đủ", "ít nhất 8 buổi đủ điểm"), ("Số buổi từ mức điểm", "ít nhất 6 buổi từ 85 điểm"), ("Điểm trung bình", "điểm trung bình từ 90"),
    ("Người xét", "cấp ủy xét: điều văn bản giao cho cấp ủy"),
)  # fmt: skip
PATTERNS = tuple(pattern for _, pattern in NAMED_PATTERNS)
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_HOW_MANY = re.compile(rf"^(mọi|ít nhất {_NUMBER}(%)?|nhiều nhất {_NUMBER}(%)?|không có) buổi (.+)$", re.IGNORECASE)
_MEAN = re.compile(rf"^điểm trung bình từ {_NUMBER}$", re.IGNORECASE)
_POINTS = re.compile(rf"^từ {_NUMBER} (?:điểm|tiêu chí)$", re.IGNORECASE)


@dataclass(frozen=True)
class Held:
    """A scored regular meeting of the year: its level where the frame has levels, its points and how many there were."""

    level: str
    total: Decimal
    most: Decimal


@dataclass(frozen=True)
class Condition:
    """One condition as written; `holds` is True, False, or None where people judge."""

    words: str

    @property
    def is_human(self) -> bool:
        return self.words.casefold().startswith(HUMAN)

    def holds(self, meetings: list[Held]) -> bool | None:
        if self.is_human:
            return None
        if found := _MEAN.match(self.words):
            return bool(meetings) and sum(one.total for one in meetings) >= _number(found[1]) * len(meetings)
        found = _HOW_MANY.match(self.words)
        quantity, least, least_share, most, most_share, what = found.groups()
        number, every = sum(1 for one in meetings if _fits(one, what)), len(meetings)
        if quantity.casefold() == "mọi":
            return every > 0 and number == every
        if least is not None:
            return every > 0 and (number * 100 >= _number(least) * every if least_share else number >= _number(least))
        if most is not None:
            return number * 100 <= _number(most) * every if most_share else number <= _number(most)
        return number == 0


@dataclass(frozen=True)
class YearLevel:
    """One level of the year and what it asks."""

    name: str
    conditions: tuple[Condition, ...]

    @property
    def measured(self) -> list[Condition]:
        return [one for one in self.conditions if not one.is_human]

    @property
    def left_to_people(self) -> list[str]:
        return [one.words.partition(":")[2].strip() or "theo văn bản" for one in self.conditions if one.is_human]


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _level(text: str) -> int | None:
    """Place of a level of a meeting, the best 0."""
    known = [name.casefold() for name in MEETING_LEVELS]
    return known.index(text.casefold()) if text.casefold() in known else None


def _fits(one: Held, what: str) -> bool:
    what = what.casefold()
    if what == "có điểm":
        return True
    if what == "đủ điểm":
        return one.total == one.most
    if found := _POINTS.match(what):
        return one.total >= _number(found[1])
    mine = _level(one.level)
    if what.startswith("từ "):
        return mine is not None and mine <= _level(what[3:])
    if what.startswith("dưới "):
        return mine is not None and mine > _level(what[5:])
    return mine is not None and mine == _level(what)


def _read_condition(text: str) -> Condition:
    text = clean_line(text)
    known = text.casefold().startswith(HUMAN) or _MEAN.match(text)
    if not known and (found := _HOW_MANY.match(text)):
        what = found[6].casefold()
        name = re.sub(r"^(từ|dưới) ", "", what)
        known = what in ("có điểm", "đủ điểm") or _POINTS.match(what) or _level(name) is not None
    if not known:
        raise RuleBroken(f"“{text}” chưa đúng mẫu. Ghi như: {'; '.join(PATTERNS[:5])}; hoặc {PATTERNS[-1]}.")
    return Condition(text)


@lru_cache(maxsize=128)
def read_year_rule(text: str) -> tuple[YearLevel, ...]:
    """Levels of a rule, the best first; () where only the distribution is wanted. Raises RuleBroken at the line that cannot be read."""
    levels: list[YearLevel] = []
    for line in clean_text(text).split("\n"):
        if not line.strip() or clean_line(line).rstrip(".") == NO_RULE:
            continue
        name, colon, rest = line.partition(":")
        if not colon or not clean_line(name):
            raise RuleBroken(f"“{line}”: ghi mức, dấu hai chấm, rồi các điều kiện cách nhau bằng dấu chấm phẩy.")
        conditions = tuple(_read_condition(one) for one in rest.split(";") if one.strip())
        if any(one.name == clean_line(name) for one in levels):
            raise RuleBroken(f"Mức “{clean_line(name)}” ghi hai dòng. Gộp điều kiện vào một dòng.")
        if levels and not levels[-1].conditions:
            raise RuleBroken(f"Mức “{levels[-1].name}” không có điều kiện nên phải là dòng cuối.")
        levels.append(YearLevel(clean_line(name), conditions))
    return tuple(levels)


def told(meetings: list[Held]) -> str:
    """How the meetings are spread: "11 buổi có điểm: 8 Tốt, 3 Khá"."""
    number, levels = len(meetings), Counter(one.level for one in meetings if one.level)
    if levels:
        return f"{number} buổi có điểm: {', '.join(f'{levels[name]} {name}' for name in sorted(levels, key=_order))}"
    full = sum(1 for one in meetings if one.total == one.most)
    return f"{number} buổi có điểm, {full} buổi đạt đủ tiêu chí"


def _order(name: str) -> tuple:
    place = _level(name)
    return (len(MEETING_LEVELS) if place is None else place, name)


@dataclass(frozen=True)
class YearVerdict:
    """The level the rule gives (blank where people decide all of it), whether people still judge a part, the sentence."""

    level: str
    words: str
    is_sure: bool = False


def judge_year(meetings: list[Held], rule: str) -> YearVerdict:
    """The first level all of whose measured conditions hold, and what keeps the cell from the one above."""
    if not meetings:
        return YearVerdict("", "Chưa có buổi nào có điểm được chi bộ thông qua.")
    levels, said = read_year_rule(rule), told(meetings)
    if not levels:
        return YearVerdict("", f"{said}. Chưa chọn cách xếp mức năm.")
    if not any(level.measured for level in levels):
        people = "; ".join(one for level in levels for one in level.left_to_people)
        return YearVerdict("", f"{said}. Cấp ủy xét: {people}.")
    lacks = ""
    for level in levels:
        failing = [one.words for one in level.measured if one.holds(meetings) is False]
        if failing:
            lacks = lacks or f" Chưa đủ điều kiện mức {level.name}: cần {'; '.join(failing)}."
            continue
        if people := level.left_to_people:
            return YearVerdict(
                level.name, f"{said}.{lacks} Xét được mức {level.name}, cấp ủy xét: {'; '.join(people)}."
            )
        ground = f" ({'; '.join(one.words for one in level.conditions)})" if level.conditions else ""
        verb = "Đủ điều kiện mức" if level.conditions else "Mức"
        return YearVerdict(level.name, f"{said}.{lacks} {verb} {level.name} của năm{ground}.", is_sure=True)
    return YearVerdict("", f"{said}.{lacks} Không đủ điều kiện mức nào ghi trong quy định; cấp ủy xét.")


def mean_of(meetings: list[Held]) -> str:
    """The mean of the points to one decimal; blank without meetings."""
    return shown_mean(sum(one.total for one in meetings) / len(meetings)) if meetings else ""
