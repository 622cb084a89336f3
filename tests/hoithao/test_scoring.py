"""The arithmetic of score frames: boundaries of the guides, and what must hold of any marks."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoithao.scoring import (
    Fact,
    Mark,
    judge,
    keys_full,
    level_of,
    missing_for_best,
    most_excused_in_a_row,
    most_of,
    read_bands,
    read_conditions,
    read_cuts,
    shown,
    total_of,
)  # fmt: skip
from kyanh_portal.base.errors import RuleBroken

CUTS = "Tốt : 90\nKhá : 70\nTrung bình : 50\nKém : 0"
SPEAKING = ">50 : 5\n40-<50 : 4\n30-<40 : 3\n<30 : 2"


def criterion(**fields):
    defaults = {
        "code": "C", "name": "tiêu chí", "most": Decimal(5), "measure": "", "bands": "", "proof": "", "needs": "", "counts_if": "",
        "full_if": "", "is_yes_no": False, "full_words": "đủ 5 điểm",
    }  # fmt: skip
    return SimpleNamespace(**{**defaults, **fields})


def facts(**values):
    names = {"share": "tỷ lệ dự họp", "unexcused": "vắng không lý do", "speaking": "tỷ lệ phát biểu", "short": "thiếu phút",
             "theme": "chuyên đề trong tháng", "alone": "chỉ có bí thư", "part": "tỷ lệ thời lượng"}  # fmt: skip
    return {names[key]: Fact(None if v is None else Fraction(v), f"{names[key]} {v}") for key, v in values.items()}


@pytest.mark.parametrize(
    "share,unexcused,points",
    [(90, 0, 5), (Fraction(2700, 30), 0, 5), (Fraction(8999, 100), 0, None), (100, 1, None), (None, 0, None)],
)
def test_hd42_attendance_is_met_from_exactly_90(share, unexcused, points):
    said = judge(criterion(proof="tỷ lệ dự họp >= 90\nvắng không lý do = 0"), facts(share=share, unexcused=unexcused))
    assert said.points == points
    assert said.is_contradicted == (share is not None and points is None)


@pytest.mark.parametrize("share,points", [(85, 0), (Fraction(8501, 100), 1), (100, 1)])
def test_hd12_attendance_is_not_met_at_exactly_85(share, points):
    a1 = criterion(proof="tỷ lệ dự họp > 85\nvắng không lý do = 0", is_yes_no=True, most=Decimal(1), full_words="đạt")
    assert judge(a1, facts(share=share, unexcused=0)).points == points


@pytest.mark.parametrize(
    "speaking,points", [(51, 5), (49, 4), (40, 4), (Fraction(3999, 100), 3), (30, 3), (29, 2), (0, 2)]
)
def test_an_phu_speaking_follows_its_scale(speaking, points):
    assert judge(criterion(bands=SPEAKING, measure="tỷ lệ phát biểu"), facts(speaking=speaking)).points == points


def test_an_phu_exactly_half_speaking_is_asked_not_guessed():
    said = judge(criterion(bands=SPEAKING, measure="tỷ lệ phát biểu"), facts(speaking=50))
    assert said.points is None and "Hỏi cấp trên" in said.reason


def test_the_reason_tells_the_numbers_and_the_verdict():
    known = {"tỷ lệ dự họp": Fact(Fraction(90), "tỷ lệ dự họp 27/30 = 90,0%")}
    assert judge(criterion(proof="tỷ lệ dự họp >= 90"), known).reason == "Tỷ lệ dự họp 27/30 = 90,0%: đủ 5 điểm"


def test_full_points_where_a_criterion_does_not_apply():
    said = judge(criterion(full_if="chỉ có bí thư = 1", proof="tỷ lệ dự họp >= 90"), facts(alone=1, share=10))
    assert said.points == 5


def test_counts_only_in_months_with_a_theme():
    assert judge(criterion(counts_if="chuyên đề trong tháng = 1"), facts(theme=0)).counts is False
    assert judge(criterion(counts_if="chuyên đề trong tháng = 1"), facts(theme=1)).counts is True


def test_length_scale_may_name_two_measures():
    bands = "thiếu phút = 0 : 5\n>0-15 : 4\n>15-30 : 3\ntỷ lệ thời lượng >=50 : 2\ntỷ lệ thời lượng <50 : 1"
    c = criterion(bands=bands, measure="thiếu phút")
    for minutes, points in ((90, 5), (80, 4), (75, 4), (74, 3), (60, 3), (59, 2), (45, 2), (44, 1)):
        known = facts(short=max(0, 90 - minutes), part=Fraction(100 * minutes, 90))
        assert judge(c, known).points == points, minutes


@pytest.mark.parametrize(
    "total,level",
    [
        (100, "Tốt"),
        (90, "Tốt"),
        ("89.99", "Khá"),
        (70, "Khá"),
        ("69.5", "Trung bình"),
        (50, "Trung bình"),
        ("49.99", "Kém"),
        (0, "Kém"),
    ],
)
def test_level_cuts(total, level):
    assert level_of(Decimal(total), CUTS) == level


def test_a_key_criterion_short_of_full_marks_caps_the_level():
    assert level_of(Decimal(95), CUTS, keys_full=False) == "Khá"
    assert level_of(Decimal(65), CUTS, keys_full=False) == "Trung bình"


@pytest.mark.parametrize(
    "text",
    ["dự họp >= 90", "tỷ lệ dự họp cao", "tỷ lệ dự họp >= chín mươi", "tỷ lệ dự họp 90-80", "tỷ lệ dự họp 100000"],
)
def test_conditions_that_cannot_be_read_are_told(text):
    with pytest.raises(RuleBroken, match="“"):
        read_conditions(text)


@pytest.mark.parametrize("text", ["Tốt 90", "Tốt : 90\nKhá : 95\nKém : 0", "Tốt : 90\nKhá : 70", ": 90"])
def test_levels_must_fall_to_zero(text):
    with pytest.raises(RuleBroken):
        read_cuts(text)


def test_a_scale_without_points_is_told():
    with pytest.raises(RuleBroken, match="số điểm"):
        read_bands("75-<90 : ba", "tỷ lệ dự họp")


points = st.decimals(min_value=0, max_value=30, places=1)
marks = st.lists(
    st.builds(
        lambda most, share, counts, key: Mark("x", "x", most, (most * share / 10).quantize(Decimal("0.01")), counts, key),
        points, st.integers(0, 10), st.booleans(), st.booleans(),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@given(marks, st.sampled_from(["ask", "full"]))
def test_the_total_is_the_sum_and_within_the_most(given_marks, uncounted):
    total, most = total_of(given_marks, uncounted), most_of(given_marks, uncounted)
    left_out = sum(m.most for m in given_marks if not m.counts) if uncounted == "full" else 0
    assert total == sum(m.points for m in given_marks if m.counts) + left_out
    assert 0 <= total <= most


@given(marks)
def test_scaling_stays_within_the_whole(given_marks):
    assert 0 <= total_of(given_marks, "scale") <= sum(m.most for m in given_marks)


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2), st.booleans())
def test_the_level_never_falls_when_points_rise(one, other, full):
    names = [name for name, _ in read_cuts(CUTS)]
    low, high = sorted((one, other))
    assert names.index(level_of(high, CUTS, full)) <= names.index(level_of(low, CUTS, full))
    assert names.index(level_of(high, CUTS, True)) <= names.index(level_of(high, CUTS, False))


@given(marks)
def test_nothing_is_missing_exactly_when_the_best_level_is_reached(given_marks):
    is_best = level_of(total_of(given_marks), CUTS, keys_full(given_marks)) == "Tốt"
    assert (missing_for_best(given_marks, CUTS) == []) == is_best


def test_an_open_criterion_leaves_the_total_open():
    open_one = [Mark("a", "a", Decimal(5), None), Mark("b", "b", Decimal(5), Decimal(5))]
    assert total_of(open_one) is None
    assert missing_for_best(open_one, CUTS)[0] == "Còn 1 tiêu chí chưa có điểm."


@pytest.mark.parametrize("row,longest", [("EEEP", 3), ("EEEE", 4), ("EPEPE", 1), ("", 0), ("PPEE", 2)])
def test_runs_of_excused_absences(row, longest):
    assert most_excused_in_a_row(list(row), "E") == longest


@pytest.mark.parametrize(
    "value,text",
    [
        (Decimal("90.00"), "90"),
        (Decimal("7.50"), "7,5"),
        (Fraction(200, 3), "66,67"),
        (Decimal(0), "0"),
        (Decimal(100), "100"),
    ],
)
def test_numbers_are_shown_without_needless_zeros(value, text):
    assert shown(value) == text
