"""Scores of real meetings: prefilled by the facts, voted, frozen; the superior beside, never over; local tables."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from hoithao.choices import Mark, Reason, ScoreState
from hoithao.frames import Books, rulebook_on
from hoithao.models import Criterion, RuleFrame, Score
from hoithao.services.contributions import add_contribution
from hoithao.services.frames import change_frame, next_version, put_criterion, put_in_force
from hoithao.services.meetings import save_text, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.scores import (
    adopt_score,
    agree_score,
    lacking,
    lines_of,
    open_question,
    review_score,
    save_score,
    send_score,
)
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import content_of
from tests.factories.frames import AN_PHU, BINH_THUAN, CUTS, PHU_THO, local_frame
from tests.factories.hoithao import opened

NEW = dt.date(2026, 3, 1)
pytestmark = pytest.mark.django_db


def full_answers(frame, **but):
    """Full marks with a sentence for every criterion, but those named by code."""
    rows = frame.criteria.exclude(sort="group").exclude(children__isnull=False)
    return {c.pk: (but.get(c.code.replace(".", "_"), c.most), "Chi bộ thống nhất.") for c in rows}


def scored(world, month=NEW, exceptions=None, frame=None, **but):
    meeting = opened(world.cell_a1, world.members_a1, month, exceptions)
    frame = frame or rulebook_on(meeting.held_on, world.cell_a1.path)
    return save_score(meeting, by=None, answers=full_answers(frame, **but))


def closed_with_score(world, **but):
    score = scored(world, **but)
    meeting = score.meeting
    adopt_score(meeting, by=None, in_favour=9)
    save_text(meeting, "conclusion", "Giao ba việc.", seen="")
    set_read_back(meeting, True, by=None)
    close_meeting(meeting, by=None, ended_at=meeting.opened_at + dt.timedelta(minutes=95))
    score.refresh_from_db()
    return score


def points(score):
    return {x.criterion.code: x.points for x in lines_of(score)}


def test_the_frame_of_the_day_rules(world):
    assert rulebook_on(dt.date(2020, 12, 5)).code == "HD12-2018"
    assert rulebook_on(dt.date(2026, 3, 5)).code == "HD42-2025"
    assert rulebook_on(dt.date(2012, 1, 1)).code == "HD12-2018"
    leaves = rulebook_on(dt.date(2026, 3, 5)).criteria.exclude(sort="group")
    assert sum(c.most for c in leaves) == 100


def test_full_attendance_is_prefilled_with_its_reason(world):
    meeting = opened(world.cell_a1, world.members_a1, NEW)
    line = next(x for x in lines_of(save_score(meeting, by=None, answers={})) if x.criterion.code == "C2")
    assert line.points == 5
    assert line.reason.startswith("Tỷ lệ dự họp 10/10 = 100,0%; không ai vắng không lý do: đủ 5 điểm")


def test_nine_of_ten_is_exactly_90_and_met_under_hd42_not_with_an_unexcused_absence(world):
    away = world.members_a1[6].pk
    score = save_score(
        opened(world.cell_a1, world.members_a1, NEW, {away: (Mark.EXCUSED, Reason.ILL, "")}), by=None, answers={}
    )
    assert points(score)["C2"] == 5
    bad = opened(world.cell_a1, world.members_a1, dt.date(2026, 4, 1), {away: (Mark.UNEXCUSED, "", "")})
    line = next(x for x in lines_of(save_score(bad, by=None, answers={})) if x.criterion.code == "C2")
    assert line.points is None and "chưa được đủ 5 điểm" in line.reason


def test_seventeen_of_twenty_is_exactly_85_and_not_met_under_hd12(world):
    from tests.factories.chibo import make_members, make_organisation

    cell = make_organisation("chi_bo_truc_thuoc", "Chi bộ Hai mươi", world.ward_a)
    members = make_members(cell, 20)
    away = {m.pk: (Mark.EXCUSED, Reason.DUTY, "") for m in members[5:8]}
    assert points(save_score(opened(cell, members, exceptions=away), by=None, answers={}))["A1"] == 0
    two = {m.pk: (Mark.EXCUSED, Reason.DUTY, "") for m in members[5:7]}
    assert points(save_score(opened(cell, members, dt.date(2020, 11, 1), two), by=None, answers={}))["A1"] == 1


def test_a_fourth_excused_absence_running_is_seen(world):
    away = {world.members_a1[6].pk: (Mark.EXCUSED, Reason.DUTY, "")}
    for month in (1, 2, 3):
        opened(world.cell_a1, world.members_a1, dt.date(2026, month, 1), away)
    line = next(
        x
        for x in lines_of(
            save_score(opened(world.cell_a1, world.members_a1, dt.date(2026, 4, 1), away), by=None, answers={})
        )
        if x.criterion.code == "C2"
    )
    assert line.points == 5  # HD42 does not ask it
    local_frame("AN-PHU", AN_PHU, world.ward_a, day=dt.date(2026, 5, 1))
    score = save_score(opened(world.cell_a1, world.members_a1, dt.date(2026, 5, 1), away), by=None, answers={})
    assert points(score)["2.2"] == 0


def test_points_that_differ_from_the_data_want_a_sentence(world):
    meeting = opened(world.cell_a1, world.members_a1, NEW)
    c2 = Criterion.objects.get(frame__code="HD42-2025", code="C2")
    with pytest.raises(RuleBroken, match="Ghi một câu vì sao") as broken:
        save_score(meeting, by=None, answers={c2.pk: ("3", "")})
    assert broken.value.field == f"note_{c2.pk}"
    score = save_score(meeting, by=None, answers={c2.pk: ("3", "Hai đồng chí đến muộn.")})
    assert points(score)["C2"] == 3


@pytest.mark.parametrize("typed", ["6", "-1", "năm", "NaN", "1e9", "2,345", "Infinity"])
def test_points_beyond_their_bounds_are_refused(world, typed):
    meeting = opened(world.cell_a1, world.members_a1, NEW)
    c1 = Criterion.objects.get(frame__code="HD42-2025", code="C1")
    with pytest.raises(RuleBroken):
        save_score(meeting, by=None, answers={c1.pk: (typed, "vì thế")})


def test_the_total_is_the_sum_and_gives_the_level(world):
    score = scored(world, C6=25, C4_2=20)
    assert (score.total, score.most, score.level) == (Decimal(90), Decimal(100), "Tốt")
    score = save_score(score.meeting, by=None, answers=full_answers(score.frame, C6=24, C4_2=20))
    assert (score.total, score.level) == (Decimal(89), "Khá")
    assert lacking(score)[0] == "Còn thiếu 1 điểm để đạt mức Tốt (90)."
    assert lacking(score)[1].startswith("Mất 6 điểm")


def test_the_vote_on_the_score_goes_into_the_minutes_with_its_table(world):
    score = closed_with_score(world, C6=25)
    paper = content_of(score.meeting.minutes.document)
    text = "\n".join(block.text for block in paper.body if hasattr(block, "text"))
    assert "Chi bộ thông qua kết quả chấm điểm: 95/100 điểm, mức Tốt" in text
    assert "Thông qua kết quả chấm điểm: 95/100 điểm, mức Tốt: 9/9 đảng viên chính thức được tính" in text
    table = next(block for block in paper.body if block.kind == "table")
    assert table.rows[-1][1:5] == ("Tổng", "100", "95", "Tốt")
    assert any("Tỷ lệ dự họp 10/10" in cell for row in table.rows for cell in row)


def test_a_score_half_given_is_not_voted_and_half_the_votes_do_not_carry(world):
    meeting = opened(world.cell_a1, world.members_a1, NEW)
    save_score(meeting, by=None, answers={})
    with pytest.raises(RuleBroken, match="chưa có điểm"):
        adopt_score(meeting, by=None, in_favour=9)
    save_score(meeting, by=None, answers=full_answers(rulebook_on(NEW)))
    with pytest.raises(RuleBroken, match="chưa quá nửa"):
        adopt_score(meeting, by=None, in_favour=4)


def test_scoring_again_takes_the_earlier_vote_back(world):
    score = scored(world)
    adopt_score(score.meeting, by=None, in_favour=9)
    again = save_score(score.meeting, by=None, answers=full_answers(score.frame, C6=20))
    assert again.state == ScoreState.DRAFT and again.vote is None
    assert again.meeting.votes.count() == 0


def test_states_follow_each_other(world):
    score = scored(world)
    agree_score(score.meeting, by=None)
    with pytest.raises(RuleBroken, match="Chi bộ biểu quyết"):
        send_score(score, by=None)
    adopt_score(score.meeting, by=None, in_favour=9)
    with pytest.raises(RuleBroken, match="Khóa biên bản"):
        send_score(score, by=None)
    with pytest.raises(RuleBroken, match="chưa gửi"):
        review_score(score, by=None, adjusts=False)


def test_the_superior_stands_beside_never_over(world):
    score = closed_with_score(world)
    send_score(score, by=None)
    assert send_score(score, by=None).state == ScoreState.SENT
    with pytest.raises(RuleBroken, match="ghi lý do"):
        review_score(score, by=None, adjusts=True, points={"C6": "20"})
    review = review_score(score, by=None, adjusts=True, points={"C6": "15"}, reason="Hai việc chưa xong.")
    score.refresh_from_db()
    assert (score.state, score.total, score.level) == (ScoreState.ADJUSTED, Decimal(100), "Tốt")
    assert (review.total, review.level, review.points) == (Decimal(85), "Khá", {"C6": "15"})


def test_the_database_refuses_to_change_a_score_of_locked_minutes(world):
    score = closed_with_score(world)
    for change in (
        lambda: Score.objects.filter(pk=score.pk).update(total=1),
        lambda: score.lines.update(points=1),
        lambda: score.lines.all()[0].delete(),
        lambda: Score.objects.filter(pk=score.pk).update(frame=RuleFrame.objects.get(code="HD12-2018")),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()


def test_a_new_version_never_scores_a_meeting_again(world):
    score = closed_with_score(world)
    draft = next_version(RuleFrame.objects.get(code="HD42-2025"), by=None)
    assert draft.criteria.count() == 12 and draft.criteria.get(code="C4.2").parent.frame_id == draft.pk
    change_frame(draft, by=None, cuts="Tốt : 95\nKhá : 70\nTrung bình : 50\nKém : 0")
    put_in_force(draft, by=None, valid_from=dt.date(2026, 1, 1))
    score.refresh_from_db()
    assert score.frame.version == 1 and score.level == "Tốt"
    assert rulebook_on(dt.date(2026, 3, 5)).version == 2
    assert rulebook_on(dt.date(2025, 12, 31)).version == 1


def test_a_frame_in_force_is_never_changed(world):
    frame = RuleFrame.objects.get(code="HD42-2025")
    with pytest.raises(RuleBroken, match="Lập bản mới"):
        change_frame(frame, by=None, cuts=CUTS)
    for change in (
        lambda: RuleFrame.objects.filter(pk=frame.pk).update(cuts="Tốt : 80\nKém : 0"),
        lambda: frame.criteria.update(most=1),
        lambda: Criterion.objects.create(frame=frame, code="X", name="x"),
        lambda: connection.cursor().execute("DELETE FROM hoithao_criterion"),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()


def test_a_draft_that_does_not_add_up_is_not_put_in_force(world):
    draft = next_version(RuleFrame.objects.get(code="HD42-2025"), by=None)
    c1 = draft.criteria.get(code="C1")
    put_criterion(draft, by=None, criterion=c1, code="C1", name=c1.name, most=Decimal(4), sort=c1.sort)
    with pytest.raises(RuleBroken, match="cộng 99 điểm"):
        put_in_force(draft, by=None, valid_from=dt.date(2026, 1, 1))


def test_the_nearest_branch_decides(world):
    ward = local_frame("AN-PHU", AN_PHU, world.ward_a)
    books = Books()
    assert books.on(dt.date(2020, 12, 5), world.cell_a1.path) == ward
    assert books.on(dt.date(2020, 12, 5), world.cell_b1.path).code == "HD12-2018"
    assert books.on(dt.date(2019, 12, 5), world.cell_a1.path).code == "HD12-2018"


def test_an_phu_speaking_at_exactly_half_is_left_open(world):
    local_frame("AN-PHU", AN_PHU, world.ward_a)
    meeting = opened(world.cell_a1, world.members_a1)
    for member in world.members_a1[:5]:
        add_contribution(meeting, by=None, member=member, text="Nhất trí.")
    line = next(x for x in lines_of(save_score(meeting, by=None, answers={})) if x.criterion.code == "4.5")
    assert line.points is None and "5/10 đồng chí = 50,0%" in line.reason and "Hỏi cấp trên" in line.reason


def test_an_phu_in_a_month_without_a_theme_asks_about_five_points(world):
    frame = local_frame("AN-PHU", AN_PHU, world.ward_a)
    score = scored(world, dt.date(2020, 12, 1), frame=frame)
    assert (score.total, score.most) == (Decimal(95), Decimal(95))
    assert "5 điểm của 4.3" in open_question(score)


def test_binh_thuan_caps_the_level_without_full_marks_on_a_key(world):
    frame = local_frame("BINH-THUAN", BINH_THUAN, world.ward_a)
    score = scored(world, dt.date(2020, 12, 1), frame=frame, **{"3": 19})
    assert (score.total, score.level) == (Decimal(99), "Khá")
    assert lacking(score) == ["Tiêu chí bắt buộc chưa đủ điểm: Phát biểu."]
    score = save_score(score.meeting, by=None, answers=full_answers(frame, **{"5": 30}))
    assert (score.total, score.level) == (Decimal(90), "Tốt")


def test_phu_tho_splits_15_20_45_20(world):
    frame = local_frame("PHU-THO", PHU_THO, world.ward_a)
    assert [c.most for c in frame.criteria.all()] == [15, 20, 45, 20]
    assert scored(world, dt.date(2020, 12, 1), frame=frame, **{"2": 10}).level == "Tốt"
