"""Judging of targets: exact borders, and what must hold for any figures."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nghiquyet.choices import Comparator, Direction, Measure, Outcome, TimeLogic
from nghiquyet.figures.judging import (
    Sums,
    against_goal,
    goal_words,
    judge,
    judge_period,
    judge_step,
    judge_target,
    satisfies,
    together,
)

D = Decimal
DAY = dt.date(2022, 4, 4)


def target(**facets):
    facets = {
        "measure": Measure.RATE, "direction": Direction.HIGHER, "time_logic": TimeLogic.EACH, "cycle": "year", "unit": "",
        "first_year": 2021, "last_year": 2025, "dropped_why": "", "achieved_on": None, **facets,
    }  # fmt: skip
    return SimpleNamespace(**facets)


def goal(comparator=Comparator.ABOVE, low=D(85), high=None):
    return SimpleNamespace(comparator=comparator, low=low, high=high)


@pytest.mark.parametrize(("comparator", "low", "high", "actual", "direction", "outcome"), [
    (Comparator.ABOVE, D(85), None, D("85.0"), Direction.HIGHER, Outcome.MISSED),
    (Comparator.AT_LEAST, D(85), None, D("85.0"), Direction.HIGHER, Outcome.MET),
    (Comparator.ABOVE, D(85), None, D("85.0001"), Direction.HIGHER, Outcome.MET),
    (Comparator.AT_LEAST, D(85), None, D("85.0001"), Direction.HIGHER, Outcome.OVER),
    (Comparator.BELOW, D(2), None, D("2.1"), Direction.LOWER, Outcome.MISSED),
    (Comparator.BELOW, D(2), None, D("2.0"), Direction.LOWER, Outcome.MISSED),
    (Comparator.AT_MOST, D(2), None, D("2.0"), Direction.LOWER, Outcome.MET),
    (Comparator.AT_MOST, D(2), None, D("1.9"), Direction.LOWER, Outcome.OVER),
    (Comparator.RANGE, D(3), D(5), D(5), Direction.HIGHER, Outcome.MET),
    (Comparator.RANGE, D(3), D(5), D(6), Direction.HIGHER, Outcome.OVER),
    (Comparator.RANGE, D(3), D(5), D(6), Direction.EXACT, Outcome.MISSED),
    (Comparator.RANGE, D(3), D(5), D(2), Direction.LOWER, Outcome.OVER),
    (Comparator.EQUAL, D(40), None, D(40), Direction.EXACT, Outcome.MET),
    (Comparator.EQUAL, D(40), None, D(41), Direction.HIGHER, Outcome.MISSED),
])  # fmt: skip
def test_borders(comparator, low, high, actual, direction, outcome):
    assert judge(comparator, low, high, actual, direction) == outcome


amounts = st.decimals(min_value=0, max_value=10_000, places=4)


@given(st.sampled_from(Comparator.values), amounts, amounts, amounts, st.sampled_from(Direction.values))
def test_passing_is_satisfying_but_for_the_better_side_of_a_range(comparator, a, b, actual, direction):
    low, high = min(a, b), max(a, b)
    outcome = judge(comparator, low, high, actual, direction)
    if comparator != Comparator.RANGE:
        assert (outcome in (Outcome.MET, Outcome.OVER)) == satisfies(comparator, low, high, actual)
    if outcome == Outcome.OVER:
        assert direction != Direction.EXACT


@given(amounts, amounts, amounts)
def test_more_is_never_judged_worse_where_more_is_better(low, actual, more):
    rank = {Outcome.MISSED: 0, Outcome.MET: 1, Outcome.OVER: 2}
    for comparator in (Comparator.AT_LEAST, Comparator.ABOVE):
        first = judge(comparator, low, None, actual, Direction.HIGHER)
        second = judge(comparator, low, None, actual + more, Direction.HIGHER)
        assert rank[first] <= rank[second]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=30))
def test_a_share_of_the_whole_is_of_sums_and_lies_between_the_least_and_the_greatest(parts):
    rows = [Sums(dt.date(2021, 1, 1), D(min(n, d)), D(d), 1, 0, 1) for n, d in parts]
    value = together(rows).computed(Measure.RATE)
    shares = [row.computed(Measure.RATE) for row in rows]
    assert min(shares) - D("1e-20") <= value <= max(shares) + D("1e-20")
    assert value == sum(r.numerator for r in rows) * 100 / sum(r.denominator for r in rows)


def test_small_and_large_units_are_not_averaged():
    rows = [Sums(DAY, D(1), D(2), 1, 0, 1), Sums(DAY, D(98), D(98), 1, 0, 1)]
    assert together(rows).computed(Measure.RATE) == D(99)


def test_a_missing_unit_is_no_zero():
    sums = Sums(dt.date(2021, 1, 1), D(90), D(100), assessed=38, due=40)
    assert judge_period(target(), goal(), sums, DAY) == Outcome.INCOMPLETE
    assert sums.coverage == "38/40 đơn vị có số liệu"
    assert sums.computed(Measure.RATE) == 90


def test_a_running_period_is_not_judged():
    sums = Sums(dt.date(2022, 1, 1), D(1), D(100), assessed=40, due=40)
    assert judge_period(target(), goal(), sums, DAY) == Outcome.NOT_YET


def test_an_override_is_judged_and_the_computed_value_stays():
    sums = Sums(dt.date(2021, 1, 1), D(80), D(100), 40, 0, 40, override=D(90), override_why="Kiểm đếm lại")
    assert judge_period(target(), goal(), sums, DAY) == Outcome.MET
    assert sums.computed(Measure.RATE) == 80


def test_each_year_must_pass():
    day = dt.date(2026, 1, 1)
    strip = [(None, Outcome.MET)] * 4
    assert judge_target(target(), {}, [*strip, (None, Outcome.MISSED)], day) == Outcome.MISSED
    assert judge_target(target(), {}, [*strip, (None, Outcome.OVER)], day) == Outcome.MET
    assert judge_target(target(), {}, [(None, Outcome.OVER)] * 5, day) == Outcome.OVER
    assert judge_target(target(), {}, strip, DAY) == Outcome.NOT_YET
    assert judge_target(target(), {}, [*strip, (None, Outcome.INCOMPLETE)], day) == Outcome.INCOMPLETE


def test_mean_sum_and_end_level_are_three_things():
    rows = [Sums(dt.date(year, 1, 1), D(n), D(0), 1, 0, 1) for year, n in ((2021, 2), (2022, 4), (2023, 9))]
    strip = [(row, Outcome.MET) for row in rows]
    day = dt.date(2024, 1, 1)
    facets = {"measure": Measure.NUMBER, "last_year": 2023}
    goals = {None: goal(Comparator.AT_LEAST, D(5))}
    assert judge_target(target(time_logic=TimeLogic.AVERAGE, **facets), goals, strip, day) == Outcome.MET
    assert judge_target(target(time_logic=TimeLogic.CUMULATIVE, **facets), {None: goal(Comparator.AT_LEAST, D(16))}, strip, day) == Outcome.MISSED  # fmt: skip
    assert judge_target(target(time_logic=TimeLogic.BY_YEAR, **facets), goals, strip, day) == Outcome.OVER


def test_dropped_and_milestone():
    assert judge_target(target(dropped_why="Tổ chức giải thể"), {}, [], DAY) == Outcome.DROPPED
    mile = target(measure=Measure.MILESTONE)
    assert judge_target(mile, {}, [], DAY) == Outcome.NOT_YET
    assert judge_target(mile, {}, [], dt.date(2026, 1, 1)) == Outcome.MISSED
    mile.achieved_on = dt.date(2024, 5, 1)
    assert judge_target(mile, {}, [], DAY) == Outcome.MET


def test_lower_is_better_shows_no_ratio():
    lower = target(direction=Direction.LOWER)
    words = against_goal(lower, goal(Comparator.BELOW, D(2)), D("2.1"))
    assert words == "2,1% so với mức 2%, cao hơn 0,1 điểm %"
    assert goal_words(goal(), "%") == "Trên 85%"
    assert goal_words(goal(Comparator.AT_LEAST, D("1234.5")), "người") == "Từ 1.234,5 người trở lên"


def sums_of(year, value):
    return Sums(dt.date(year, 1, 1), D(value), D(0), 1, 0, 1)


def test_a_year_is_never_judged_by_the_goal_of_the_whole_term():
    """3 of 20 in the first year is no failure; by chỉ tiêu phân kỳ the sum so far is judged (resolutions.md 5.1, 10.2)."""
    models = target(measure=Measure.NUMBER, time_logic=TimeLogic.CUMULATIVE)
    goals = {None: goal(Comparator.AT_LEAST, D(20)), 2022: goal(Comparator.AT_LEAST, D(8))}
    first, second = sums_of(2021, 6), sums_of(2022, 4)
    day = dt.date(2023, 6, 30)
    assert judge_step(models, goals, [first], day) == Outcome.NOT_YET
    assert judge_step(models, goals, [first, second], day) == Outcome.OVER  # 10 against 8
    assert judge_step(models, goals, [sums_of(2021, 3), second], day) == Outcome.MISSED  # 7 against 8
    level = target(measure=Measure.NUMBER, time_logic=TimeLogic.BY_YEAR)
    assert judge_step(level, {None: goal(Comparator.AT_LEAST, D(20))}, [first, second], day) == Outcome.NOT_YET
    last = [sums_of(2025, 21)]
    assert judge_step(level, {None: goal(Comparator.AT_LEAST, D(20))}, last, dt.date(2026, 1, 2)) == Outcome.OVER
    assert judge_step(models, goals, [Sums(dt.date(2021, 1, 1), due=1)], day) == Outcome.NO_DATA


def test_where_each_year_must_pass_the_goal_of_the_term_judges_each():
    each = target(measure=Measure.NUMBER)
    assert (
        judge_step(each, {None: goal(Comparator.AT_LEAST, D(5))}, [sums_of(2021, 3)], dt.date(2022, 4, 4))
        == Outcome.MISSED
    )
