"""What a reader of scores is asked: totals that never vary, marks the data speak against, the line of a year."""

import datetime as dt
from collections import Counter

import pytest

from hoithao.services.score_watch import SAME_IN_A_ROW, contradictions, equal_run, score_questions, year_line
from hoithao.services.scores import adopt_score, save_score
from kyanh_portal.base.calendar import add_months
from tests.hoithao.test_scores import closed_with_score, full_answers, scored

FIRST = dt.date(2026, 1, 1)


@pytest.mark.parametrize(("totals", "run"), [([], 0), ([90], 1), ([80, 90, 90], 2), ([90, 80], 1), ([90, None], 0)])
def test_the_run_of_equal_totals_ends_at_the_newest(totals, run):
    assert equal_run(totals) == run


@pytest.mark.django_db
def test_scores_that_never_vary_are_asked_about_and_one_that_varies_ends_it(world):
    for place in range(SAME_IN_A_ROW):
        assert score_questions(world.cell_a1.pk) == []
        closed_with_score(world, month=add_months(FIRST, place))
    assert score_questions(world.cell_a1.pk) == [
        "4 buổi liền cùng 100 điểm. Hỏi chi bộ: các buổi có thật như nhau không?"
    ]
    closed_with_score(world, month=add_months(FIRST, SAME_IN_A_ROW), C6=20)
    assert score_questions(world.cell_a1.pk) == []


@pytest.mark.django_db
def test_a_mark_the_data_speak_against_is_named(world):
    score = scored(world)
    assert [line.criterion.code for line in contradictions(score)] == [
        "C3.2",
        "C7",
    ]  # no minutes of chi ủy, no conclusion
    meeting = score.meeting
    answers = full_answers(score.frame, C3_2=3, C7=3)
    assert contradictions(save_score(meeting, by=None, answers=answers)) == []
    adopt_score(meeting, by=None, in_favour=9)


@pytest.mark.parametrize(
    ("levels", "verdict"),
    [
        ({"Tốt": 8, "Khá": 4}, "Đủ điều kiện mức Tốt"),
        ({"Tốt": 7, "Khá": 5}, "Chưa đủ điều kiện mức Tốt"),
        ({"Tốt": 11, "Trung bình": 1}, "Chưa đủ điều kiện mức Tốt"),
        ({"Tốt": 11, "Kém": 1}, "Chưa đủ điều kiện mức Tốt"),
        ({"Tốt": 11, "Trung bình": 1}, "xét được mức Khá"),
        ({"Tốt": 11, "Kém": 1}, "cũng chưa đủ điều kiện mức Khá"),
    ],
)
def test_the_rule_of_phu_tho_wants_every_meeting_kha_and_enough_tot(levels, verdict):
    assert verdict in year_line(Counter(levels), "phu_tho", 8)


def test_without_a_rule_only_the_distribution_is_told():
    assert (
        year_line(Counter({"Tốt": 2, "Khá": 1}), "", 8) == "3 buổi có điểm: 2 Tốt, 1 Khá. Chưa chọn cách xếp mức năm."
    )
    assert year_line(Counter(), "phu_tho", 8).startswith("Chưa có buổi nào có mức")


def test_the_rule_of_binh_thuan_leaves_the_year_to_the_cell_and_its_superior():
    assert year_line(Counter({"Tốt": 12}), "binh_thuan", 7).endswith("chi bộ tự xếp mức năm, cấp trên quyết định.")
