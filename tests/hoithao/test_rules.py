"""Arithmetic of roll and vote: the examples of the regulations, and properties over random rolls."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.choices import Standing
from hoithao.choices import Mark, Threshold
from hoithao.frames import attendance_suffices, rulebook_on
from hoithao.rules import (
    COUNTED_IF_PRESENT,
    RollLine,
    check_vote,
    count_roll,
    needed,
    passes,
    percent,
    roll_sentences,
    vote_sentence,
)
from kyanh_portal.base.errors import RuleBroken

OFF, PRO = Standing.OFFICIAL, Standing.PROBATIONARY


def roll(*groups):
    return [
        RollLine(f"Mẫu {s} {m} {i}", s, m, "OM_DAU" if m == Mark.EXCUSED else "")
        for number, s, m in groups
        for i in range(number)
    ]


def test_vote_base_keeps_the_merely_absent():
    figures = count_roll(roll((17, OFF, Mark.PRESENT), (3, OFF, Mark.EXCUSED)))
    assert (figures.vote_base, figures.vote_present) == (20, 17)  # per cent of 20, not of 17


def test_exempt_count_in_a_vote_only_when_they_came():
    away = count_roll(roll((10, OFF, Mark.PRESENT), (2, Standing.EXEMPT, Mark.NOT_COUNTED)))
    came = count_roll(roll((10, OFF, Mark.PRESENT), (2, Standing.EXEMPT, Mark.PRESENT)))
    assert (away.vote_base, came.vote_base) == (10, 12)
    assert (away.base, came.base) == (10, 10)


def test_probationary_and_temporary_members_never_vote():
    figures = count_roll(
        roll((8, OFF, Mark.PRESENT), (2, PRO, Mark.PRESENT), (1, Standing.HERE_TEMPORARILY, Mark.PRESENT))
    )
    assert (figures.base, figures.vote_base, figures.vote_present) == (10, 8, 8)


def test_suspended_members_are_in_no_base():
    figures = count_roll(roll((9, OFF, Mark.PRESENT), (1, Standing.SUSPENDED, Mark.PRESENT)))
    assert (figures.base, figures.vote_base) == (9, 9)


@pytest.mark.parametrize("base,least", [(34, 18), (20, 11), (15, 8), (1, 1)])
def test_more_than_half(base, least):
    assert needed(base) == least
    assert passes(least, base) and not passes(least - 1, base)


@pytest.mark.parametrize("base,least", [(30, 20), (20, 14), (34, 23)])
def test_two_thirds(base, least):
    assert needed(base, Threshold.TWO_THIRDS) == least


def test_seventeen_of_thirty_four_fails():
    assert not passes(17, 34) and passes(18, 34)


def test_nobody_entitled_carries_nothing():
    assert not passes(0, 0)
    assert percent(0, 0) == "không xác định"


def test_more_votes_than_voters_is_refused_in_words():
    with pytest.raises(RuleBroken, match="16 lớn hơn 13 đồng chí có mặt được biểu quyết"):
        check_vote(14, 1, 1, 13)


@pytest.mark.django_db
@pytest.mark.parametrize("day,present,suffices", [
    (dt.date(2020, 5, 1), 85, False), (dt.date(2020, 5, 1), 86, True), (dt.date(2026, 5, 1), 89, False), (dt.date(2026, 5, 1), 90, True),
])  # fmt: skip
def test_attendance_is_judged_by_the_guide_of_the_day(day, present, suffices):
    assert attendance_suffices(present, 100, day) is suffices


@pytest.mark.django_db
def test_rulebooks_follow_each_other_without_a_gap():
    assert rulebook_on(dt.date(2025, 10, 27)).code == "HD12-2018"
    assert rulebook_on(dt.date(2025, 10, 28)).code == "HD42-2025"


def test_sentences_come_from_the_numbers():
    lines = roll(
        (27, OFF, Mark.PRESENT),
        (1, OFF, Mark.UNEXCUSED),
        (1, OFF, Mark.EXCUSED),
        (1, PRO, Mark.PRESENT),
        (1, Standing.EXEMPT, Mark.NOT_COUNTED),
    )
    text = " ".join(roll_sentences(count_roll(lines), lines))
    assert "Tổng số đảng viên: 31 đồng chí" in text
    assert "Có mặt: 28/30 đồng chí (93,3%)" in text
    assert "ốm đau" in text and "1 đồng chí được miễn" in text
    assert "12/15 đảng viên chính thức được tính (80,0%) tán thành; 1 không biểu quyết; đạt quá nửa" in vote_sentence(
        "Nghị quyết", 12, 0, 1, 15, Threshold.MAJORITY
    )


LINE = st.builds(
    RollLine, name=st.just("Mẫu"), standing=st.sampled_from(list(Standing)),
    mark=st.sampled_from([Mark.PRESENT, Mark.EXCUSED, Mark.UNEXCUSED]), reason=st.just("OM_DAU"), is_official=st.booleans(),
)  # fmt: skip


@given(st.lists(LINE, max_size=60))
def test_every_roll_adds_up(lines):
    f = count_roll(lines)
    assert f.base == f.official + f.probationary
    assert f.present + f.excused + f.unexcused + f.unmarked == f.base
    assert f.present == f.present_official + f.present_probationary
    assert 0 <= f.vote_present <= f.vote_base
    parts = f.base + f.exempt + f.sent_away + f.suspended + f.special_duty
    assert parts == f.total and f.total + f.here_temporarily == len(lines)


@given(st.lists(LINE, max_size=30), LINE)
def test_one_more_absent_official_only_raises_the_vote_base(lines, extra):
    before = count_roll(lines)
    after = count_roll([*lines, RollLine("Thêm", OFF, Mark.EXCUSED, "OM_DAU")])
    assert after.vote_base == before.vote_base + 1 and after.vote_present == before.vote_present
    away = RollLine("Thêm", extra.standing, Mark.EXCUSED, "OM_DAU")
    if extra.standing in COUNTED_IF_PRESENT:
        assert count_roll([*lines, away]).vote_base == before.vote_base


@given(st.integers(0, 500), st.integers(0, 500))
def test_threshold_is_the_least_that_passes(yes, base):
    for threshold in Threshold:
        assert passes(yes, base, threshold) == (
            base > 0 and (2 * yes > base if threshold == Threshold.MAJORITY else 3 * yes >= 2 * base)
        )
