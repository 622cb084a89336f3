"""Who may issue which type of paper: the matrix as dated data, each rule with its source and how far it is known.

Quy định 399-QĐ/TW, Điều 11 settles the grassroots from 09/01/2026. What 66-QĐ/TW (2017) and the articles on the
committees above the grassroots say was not read: there the portal warns and does not refuse.
"""

import datetime as dt
from dataclasses import dataclass

CELL, COMMITTEE, STANDING = "cell", "grassroots_committee", "grassroots_standing_committee"
UPPER, BODY = "upper_committee", "body"
_COMMON = (
    "resolution", "decision", "conclusion", "notice", "report", "plan", "master_plan", "programme", "scheme", "option",
    "project", "submission", "letter", "minutes", "invitation",
)  # fmt: skip
_NEVER = ("directive", "circular", "communique")
SOURCE_399 = "Quy định số 399-QĐ/TW, ngày 09/01/2026, Điều 11"


@dataclass(frozen=True)
class IssuingRules:
    """What one level may and may not issue between two days; types in neither list are not settled."""

    level: str
    valid_from: dt.date
    valid_to: dt.date | None
    may: tuple[str, ...]
    may_not: tuple[str, ...]
    source: str
    grade: str

    def covers(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


_FROM_399 = dt.date(2026, 1, 9)
RULES = (
    IssuingRules(CELL, _FROM_399, None, (*_COMMON, "statute"), ("regulation", "guidance", *_NEVER), SOURCE_399, "C2"),
    IssuingRules(COMMITTEE, _FROM_399, None, (*_COMMON, "statute", "regulation"), ("guidance", *_NEVER), SOURCE_399, "C2"),
    IssuingRules(STANDING, _FROM_399, None, (*_COMMON, "regulation", "guidance"), ("statute", *_NEVER), SOURCE_399, "C2"),
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """`allowed`: True, False, or None where the rules are not settled; `source` names the rule that says so."""

    allowed: bool | None
    source: str


def authority(level: str, type_code: str, day: dt.date) -> Answer:
    """Whether a body of this level may issue the type on a day."""
    rules = next((rules for rules in RULES if rules.level == level and rules.covers(day)), None)
    if rules is not None and type_code in rules.may:
        return Answer(True, rules.source)
    if rules is not None and type_code in rules.may_not:
        return Answer(False, rules.source)
    before = "Quy định số 66-QĐ/TW, ngày 06/02/2017" if day < _FROM_399 else "Quy định số 399-QĐ/TW, ngày 09/01/2026"
    return Answer(None, before)


def may_issue(level: str, type_code: str, day: dt.date | None = None) -> bool | None:
    """The same in one word, by the rules of today when no day is given."""
    return authority(level, type_code, day or RULES[0].valid_from).allowed
