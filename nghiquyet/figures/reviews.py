"""What an evaluation counts: each target's outcome on a day, mid-term by chỉ tiêu phân kỳ, and the headline x/y."""

import datetime as dt
from decimal import Decimal

from nghiquyet.choices import Measure, Outcome, ReviewSort, TimeLogic
from nghiquyet.figures.judging import judge, together
from nghiquyet.figures.targets import Followed

# Order and words of the five groups of an evaluation; what lacks figures stands beside them, never hidden among them.
GROUPS = [
    (Outcome.OVER, "Vượt"), (Outcome.MET, "Đạt"), (Outcome.MISSED, "Không đạt"), (Outcome.NOT_YET, "Chưa đến kỳ đánh giá"),
    (Outcome.DROPPED, "Không còn đánh giá"), (Outcome.NO_DATA, "Thiếu số liệu"), (Outcome.INCOMPLETE, "Chưa đủ số liệu"),
]  # fmt: skip
PASSED = (Outcome.OVER, Outcome.MET)


def outcome_for(followed: Followed, sort: str, day: dt.date) -> str:
    """The outcome an evaluation of this sort freezes.

    At the end: the whole result. Before: the goal of the year (chỉ tiêu phân kỳ), never a straight-line share of the
    last goal; a target without a goal of the year is not yet due (resolutions.md 10.2).
    """
    return interim(followed, day) if outcome_is_interim(followed, sort) else followed.outcome


def outcome_is_interim(followed: Followed, sort: str) -> bool:
    """Whether an evaluation of this sort judges the target by what there is before its end."""
    return sort != ReviewSort.END and followed.outcome in (Outcome.NOT_YET, Outcome.NO_DATA)


def interim(followed: Followed, day: dt.date) -> str:
    """Before the end: periods already judged where each must pass, else the figure set against the year's own goal."""
    target = followed.target
    if target.measure == Measure.MILESTONE:
        return followed.outcome
    if target.time_logic == TimeLogic.EACH:
        outcomes = [o for _, o in followed.strip if o != Outcome.NOT_YET]
        return _together(outcomes) if outcomes else Outcome.NOT_YET
    year = newest_year(followed, day)
    goal = followed.goals.get(year) if year else None
    if goal is None or goal.low is None:
        return Outcome.NOT_YET
    rows = [s for s, _ in followed.strip if s.period.year <= year and s.value(target.measure) is not None]
    if not rows:
        return Outcome.NO_DATA
    whole = rows[-1] if target.time_logic == TimeLogic.BY_YEAR else together(rows)
    if not whole.is_complete and whole.override is None:
        return Outcome.INCOMPLETE
    return judge(goal.comparator, goal.low, goal.high, actual_of(followed, rows), target.direction)


def actual_of(followed: Followed, rows) -> Decimal | None:
    """The value so far by the target's own time logic: the newest level, the sum, or the mean of years."""
    target = followed.target
    if not rows:
        return None
    if target.time_logic in (TimeLogic.BY_YEAR, TimeLogic.EACH):
        return rows[-1].value(target.measure)
    if target.time_logic == TimeLogic.AVERAGE and target.measure == Measure.NUMBER:
        return sum(row.value(target.measure) for row in rows) / len(rows)
    return together(rows).value(target.measure)


def told_by(followed: Followed, sort: str, day: dt.date, outcome: str) -> list:
    """The periods with figures that this outcome speaks of, oldest first; the last is the one to show beside it.

    A period that has only begun says nothing about an outcome given to the one before: where every period must pass, the
    figure shown is that of the newest period so judged, and before the end that of the year whose goal was set against it.
    """
    known = [(s, o) for s, o in followed.strip if s.value(followed.target.measure) is not None]
    last = None
    if followed.target.time_logic == TimeLogic.EACH:
        alike = PASSED if outcome in PASSED else (outcome,)
        last = next((s.period for s, o in reversed(known) if o in alike), None)
    elif outcome != Outcome.NOT_YET and outcome_is_interim(followed, sort) and (year := newest_year(followed, day)):
        last = dt.date(year, 12, 31)
    return [s for s, _ in known if last is None or s.period <= last]


def newest_year(followed: Followed, day: dt.date) -> int | None:
    """The newest year that has ended by `day` (a review early in January judges the year before) and has its own goal."""
    years = sorted(year for year in followed.goals if year and dt.date(year, 12, 31) <= day)
    return years[-1] if years else None


def _together(outcomes: list[str]) -> str:
    """Of the periods judged so far: one missed fails, then what lacks figures shows, else passed."""
    for worst in (Outcome.MISSED, Outcome.INCOMPLETE, Outcome.NO_DATA):
        if worst in outcomes:
            return worst
    return Outcome.OVER if all(o == Outcome.OVER for o in outcomes) else Outcome.MET


def headline(outcomes: list[str]) -> dict:
    """x/y with y = all targets of the resolution; each group counted, none dropped silently (10.3)."""
    passed = sum(o in PASSED for o in outcomes)
    groups = [(code.value, word, outcomes.count(code)) for code, word in GROUPS]
    return {"passed": passed, "all": len(outcomes), "groups": [list(g) for g in groups]}


def headline_words(counts: dict) -> str:
    """26/31 chỉ tiêu đạt và vượt (83,9%), tính trên cả 31 chỉ tiêu của nghị quyết."""
    if not counts["all"]:
        return "Nghị quyết chưa đặt chỉ tiêu nào"
    share = f"{Decimal(100 * counts['passed']) / counts['all']:.1f}".removesuffix(".0").replace(".", ",")
    return f"{counts['passed']}/{counts['all']} chỉ tiêu đạt và vượt ({share}%)"
