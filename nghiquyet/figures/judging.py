"""Judge a target, exactly: on stored precision, never on what is rounded for the screen (resolutions.md 5.2)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from nghiquyet.choices import Comparator, Direction, Measure, Outcome, TimeLogic
from nghiquyet.figures.periods import period_end

_SIGNS = {
    Comparator.EQUAL: "bằng {low}", Comparator.AT_LEAST: "từ {low} trở lên", Comparator.ABOVE: "trên {low}",
    Comparator.AT_MOST: "từ {low} trở xuống", Comparator.BELOW: "dưới {low}", Comparator.RANGE: "từ {low} đến {high}",
}  # fmt: skip


def number(value, unit: str = "") -> str:
    """85 · 2,1 · 1.234,5 with its unit."""
    text = f"{Decimal(value).normalize():,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()


def goal_words(goal, unit: str = "") -> str:
    """Trên 85%; từ 3 đến 5 đảng viên."""
    if goal is None or goal.low is None:
        return "Chưa có mức phấn đấu"
    words = _SIGNS[goal.comparator].format(low=number(goal.low, unit), high=number(goal.high or goal.low, unit))
    return words[:1].upper() + words[1:]


def satisfies(comparator: str, low: Decimal, high: Decimal | None, actual: Decimal) -> bool:
    """Whether the figure fulfils the comparison. "Trên" and "dưới" are strict; a range holds both its ends."""
    if comparator == Comparator.EQUAL:
        return actual == low
    if comparator == Comparator.AT_LEAST:
        return actual >= low
    if comparator == Comparator.ABOVE:
        return actual > low
    if comparator == Comparator.AT_MOST:
        return actual <= low
    if comparator == Comparator.BELOW:
        return actual < low
    return low <= actual <= (low if high is None else high)


def judge(comparator: str, low: Decimal, high: Decimal | None, actual: Decimal, direction: str) -> str:
    """Vượt, đạt or không đạt of one figure.

    Vượt: a surplus the wording did not ask for: more than "từ … trở lên", less than "từ … trở xuống", past the better
    end of a range. "Trên" and "dưới" already ask for a surplus, so they are met, not exceeded.
    """
    if comparator == Comparator.RANGE:
        top = low if high is None else high
        better = actual > top if direction == Direction.HIGHER else actual < low and direction == Direction.LOWER
        if better:
            return Outcome.OVER
    if not satisfies(comparator, low, high, actual):
        return Outcome.MISSED
    if comparator == Comparator.AT_LEAST and direction == Direction.HIGHER and actual > low:
        return Outcome.OVER
    if comparator == Comparator.AT_MOST and direction == Direction.LOWER and actual < low:
        return Outcome.OVER
    return Outcome.MET


@dataclass(frozen=True)
class Sums:
    """What is known of one period: sums over the units assessed, and how many there should be.

    `override` is a value set by the responsible body with its reason; the computed value stays beside it.
    """

    period: dt.date
    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    assessed: int = 0
    not_assessed: int = 0
    due: int = 0
    override: Decimal | None = None
    override_why: str = ""
    units: str = "đơn vị"

    @property
    def missing(self) -> int:
        return max(0, self.due - self.assessed - self.not_assessed)

    @property
    def is_complete(self) -> bool:
        return self.missing == 0

    def computed(self, measure: str) -> Decimal | None:
        """The value of the period: a share is the sum of parts over the sum of wholes, never a mean of shares."""
        if not self.assessed:
            return None
        if measure == Measure.RATE:
            return self.numerator * 100 / self.denominator if self.denominator else None
        return self.numerator

    def value(self, measure: str) -> Decimal | None:
        return self.override if self.override is not None else self.computed(measure)

    @property
    def coverage(self) -> str:
        """38/40 đơn vị có số liệu; 1 không đánh giá."""
        words = f"{number(self.assessed + self.not_assessed)}/{number(self.due)} {self.units} có số liệu"
        return f"{words}; {self.not_assessed} không đánh giá" if self.not_assessed else words


def together(rows: list[Sums]) -> Sums:
    """Several periods as one: sums of parts and wholes; it is complete when each is."""
    return Sums(
        rows[-1].period, sum((r.numerator for r in rows), Decimal(0)), sum((r.denominator for r in rows), Decimal(0)),
        sum(r.assessed for r in rows), sum(r.not_assessed for r in rows), sum(r.due for r in rows),
    )  # fmt: skip


def judge_period(target, goal, sums: Sums | None, day: dt.date) -> str:
    """One period of the strip. A period still running is not judged; a missing unit is no zero."""
    if target.dropped_why:
        return Outcome.DROPPED
    if goal is None or goal.low is None:
        return Outcome.NO_DATA
    if sums is None or sums.value(target.measure) is None:
        return Outcome.NOT_YET if sums is None or period_end(sums.period, target.cycle) >= day else Outcome.NO_DATA
    if period_end(sums.period, target.cycle) >= day:
        return Outcome.NOT_YET
    if not sums.is_complete and sums.override is None:
        return Outcome.INCOMPLETE
    return judge(goal.comparator, goal.low, goal.high, sums.value(target.measure), target.direction)


def judge_step(target, goals: dict, rows: list[Sums], day: dt.date) -> str:
    """The newest of `rows` as one step of the strip.

    Where every period must pass it is judged by itself. Else only a goal of that very year (chỉ tiêu phân kỳ) judges it, a
    sum over the term by what has come together so far; without one the figure stands unjudged, never against the last goal.
    """
    sums = rows[-1]
    year = sums.period.year
    if target.time_logic == TimeLogic.EACH:
        goal = goals.get(year) or goals.get(None) or goals.get(target.last_year)
        return judge_period(target, goal, sums, day)
    own = goals.get(year) or (goals.get(None) if target.time_logic == TimeLogic.BY_YEAR and year == target.last_year else None)  # fmt: skip
    has = sums.value(target.measure) is not None
    if target.dropped_why or not has or (own is not None and own.low is not None):
        if has and target.time_logic == TimeLogic.CUMULATIVE:
            sums = together([row for row in rows if row.value(target.measure) is not None])
        return judge_period(target, own, sums, day)
    return Outcome.NOT_YET


def judge_target(target, goals: dict, strip: list[tuple[Sums, str]], day: dt.date) -> str:
    """The target as a whole, by its time logic. `goals`: year or None → the judged goal; `strip`: periods, judged."""
    if target.dropped_why:
        return Outcome.DROPPED
    ended = day > dt.date(target.last_year, 12, 31)
    if target.measure == Measure.MILESTONE:
        if target.achieved_on:
            return Outcome.MET
        return Outcome.MISSED if ended else Outcome.NOT_YET
    if target.time_logic == TimeLogic.EACH:
        return _each([outcome for _, outcome in strip], ended)
    goal = goals.get(None) or goals.get(target.last_year)
    if goal is None or goal.low is None:
        return Outcome.NO_DATA
    if not ended:
        return Outcome.NOT_YET
    rows = [sums for sums, _ in strip if sums.value(target.measure) is not None]
    if not rows:
        return Outcome.NO_DATA
    if target.time_logic == TimeLogic.BY_YEAR:
        last = rows[-1]
        if last.period.year != target.last_year:
            return Outcome.NO_DATA
        whole, actual = last, last.value(target.measure)
    else:
        whole = together(rows)
        actual = whole.computed(target.measure)
        if target.time_logic == TimeLogic.AVERAGE and target.measure == Measure.NUMBER:
            actual = sum(row.value(target.measure) for row in rows) / len(rows)
        if len(rows) < len(strip):
            return Outcome.INCOMPLETE
    if not whole.is_complete and whole.override is None:
        return Outcome.INCOMPLETE
    return judge(goal.comparator, goal.low, goal.high, actual, target.direction)


def _each(outcomes: list[str], ended: bool) -> str:
    """Every judged period must pass: one missed fails the whole, one without figures leaves it open."""
    judged = [o for o in outcomes if o in (Outcome.OVER, Outcome.MET, Outcome.MISSED)]
    if Outcome.MISSED in judged:
        return Outcome.MISSED
    if not ended:
        return Outcome.NOT_YET
    if any(o in (Outcome.NO_DATA, Outcome.NOT_YET) for o in outcomes) or not outcomes:
        return Outcome.NO_DATA
    if Outcome.INCOMPLETE in outcomes:
        return Outcome.INCOMPLETE
    return Outcome.OVER if all(o == Outcome.OVER for o in judged) else Outcome.MET


def against_goal(target, goal, actual: Decimal | None) -> str:
    """How far: higher-better as a share of the goal, lower-better as both values and the difference, never a ratio."""
    if goal is None or goal.low is None or actual is None:
        return ""
    unit = "điểm %" if target.measure == Measure.RATE else target.unit
    if target.direction == Direction.HIGHER and goal.low:
        return f"bằng {number(round(actual * 100 / goal.low, 1))}% mức phấn đấu"
    gap = round(actual - goal.low, 2)
    shown = number(round(actual, 2), "%" if target.measure == Measure.RATE else target.unit)
    return f"{shown} so với mức {number(goal.low, '%' if target.measure == Measure.RATE else target.unit)}, {'cao hơn' if gap > 0 else 'thấp hơn'} {number(abs(gap), unit)}"  # fmt: skip
