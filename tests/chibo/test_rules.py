"""Worked checks of the regulations on members: votes, dates, tuổi đảng, badges, working days."""

import datetime as dt

import pytest

from chibo.rules import (
    WorkingDays,
    award_windows,
    badge_due,
    blocked_until,
    check_readmission,
    is_vote_late,
    more_than_half,
    official_from,
    party_age,
    two_thirds,
)
from kyanh_portal.base.errors import RuleBroken

D = dt.date


@pytest.mark.parametrize(("base", "needed"), [(3, 2), (5, 4), (9, 6), (10, 7), (11, 8)])
def test_two_thirds_of_a_base(base, needed):
    assert two_thirds(base) == needed


@pytest.mark.parametrize(("base", "needed"), [(5, 3), (10, 6), (11, 6)])
def test_more_than_half_of_a_base(base, needed):
    assert more_than_half(base) == needed


def test_official_from_the_end_of_probation_though_the_cell_votes_late():
    assert official_from(D(2024, 10, 10)) == D(2025, 10, 10)
    assert is_vote_late(D(2024, 10, 10), D(2026, 1, 5), WorkingDays())
    assert not is_vote_late(D(2024, 10, 10), D(2025, 11, 1), WorkingDays())


def test_party_age_leaves_out_the_years_out_of_the_party():
    assert party_age(D(1990, 3, 1), D(2026, 1, 1), [(D(2000, 1, 1), D(2005, 1, 1))]) == (30, 10)


def test_a_badge_falls_into_the_window_of_its_award_date():
    hanoi = {
        (2, 3): (D(2024, 12, 1), D(2025, 2, 28)), (5, 19): (D(2025, 3, 1), D(2025, 5, 31)),
        (9, 2): (D(2025, 6, 1), D(2025, 9, 30)), (11, 7): (D(2025, 10, 1), D(2025, 11, 30)),
    }  # fmt: skip
    found = [date for date, a, b in award_windows(2025, hanoi) if badge_due(D(1985, 9, 12), a, b) == 40]
    assert found == [D(2025, 9, 2)]
    assert badge_due(D(1985, 9, 12), D(2025, 6, 1), D(2025, 9, 30), held=[40]) is None


def test_without_local_windows_every_day_of_a_year_belongs_to_one_award_date():
    windows = list(award_windows(2021))
    assert [date for date, *_ in windows] == [D(2021, 2, 3), D(2021, 5, 19), D(2021, 9, 2), D(2021, 11, 7)]
    assert all(one[2] + dt.timedelta(1) == two[1] for one, two in zip(windows, windows[1:], strict=False))


def test_a_warning_keeps_the_badge_back_nine_months():
    assert blocked_until("CANH_CAO", D(2025, 8, 1)) == D(2026, 5, 1)


def test_readmission_waits_thirty_six_months():
    with pytest.raises(RuleBroken, match="36 tháng"):
        check_readmission(D(2020, 1, 1), D(2022, 12, 31))
    check_readmission(D(2020, 1, 1), D(2023, 1, 1))


def test_working_days_skip_weekends_and_holidays_and_count_a_worked_saturday():
    days = WorkingDays({D(2020, 4, 2)}, {D(2020, 5, 9)})
    assert days.after(D(2020, 3, 31), 1) == D(2020, 4, 1)
    assert days.after(D(2020, 3, 31), 2) == D(2020, 4, 3)  # Giỗ Tổ
    assert days.after(D(2020, 4, 29), 1) == D(2020, 5, 4)  # 30/4, 01/5, then a weekend
    assert days.after(D(2020, 5, 8), 1) == D(2020, 5, 9)  # làm bù
