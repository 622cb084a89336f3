"""What a reader of scores is asked: totals that never vary, marks the data speak against, the line of a year."""

import datetime as dt

import pytest

from hoithao.services.score_watch import SAME_IN_A_ROW, contradictions, equal_run, score_questions
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
