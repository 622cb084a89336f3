"""Rounds, observations, reviews, the way of a lesson, the library of themes, and who adopted what."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoithao.choices import LessonStatus, Seen, ThemeState
from hoithao.comparing import compare
from hoithao.due_around import rounds
from hoithao.models import Adoption, Lesson, Meeting, ObserverScore, Programme, Score, Theme
from hoithao.services.frames import draft_frame, put_criterion, put_in_force
from hoithao.services.meetings import cancel_meeting
from hoithao.services.observer_scores import asked_of, score_as_observers, side_by_side
from hoithao.services.programmes import draw_lesson, open_programme
from hoithao.services.rounds import move_lesson, name_observers, observe, plan_cell, replan_cell, review, steps_on
from hoithao.services.scores import adopt_score, save_score
from hoithao.services.themes import apply_to, approve_theme, draft_theme, redraft_theme, retire_theme
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.errors import RuleBroken
from tests.factories.hoithao import closed, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(world):
    return closed(world.cell_a1, world.members_a1, dt.date(2020, 9, 1), is_model=True).meeting


def test_a_cell_stands_once_in_a_round_of_its_month(world):
    programme = open_programme(
        by=None, organisation=world.town, name="Điểm", starts_on=dt.date(2020, 9, 1), months=[dt.date(2020, 9, 1)]
    )
    one = programme.rounds.get()
    plan_cell(one, world.cell_a1, by=None, planned_on=dt.date(2020, 9, 7))
    with pytest.raises(RuleBroken, match="đã có"):
        plan_cell(one, world.cell_a1, by=None, planned_on=dt.date(2020, 9, 8))
    with pytest.raises(RuleBroken):
        plan_cell(one, world.cell_a2, by=None, planned_on=dt.date(2020, 12, 8))


def test_the_checklist_follows_the_guide_of_the_day():
    assert steps_on(dt.date(2020, 9, 7)).count() == 17
    assert steps_on(dt.date(2025, 10, 28)).count() == 20


def test_partly_wants_a_remark(model):
    name_observers(model, [("Ủy viên Ban Thường vụ", "trưởng đoàn"), ("", "")], by=None)
    step = steps_on(model.held_on).first()
    with pytest.raises(RuleBroken, match="vì sao"):
        observe(model, {step.pk: (Seen.PARTLY, "")}, by=None)
    assert observe(model, {step.pk: (Seen.PARTLY, "Chưa có dự thảo.")}, by=None) == 1
    assert observe(model, {step.pk: (Seen.DONE, "")}, by=None) == 1
    assert model.observations.get().seen == Seen.DONE
    with pytest.raises(RuleBroken, match="hạn"):
        review(model, by=None, strengths="Tốt", action="Sửa", owner="", due_on=None)


def test_an_ordinary_meeting_is_not_observed(world):
    with pytest.raises(RuleBroken, match="không phải"):
        name_observers(closed(world.cell_a1, world.members_a1).meeting, [("A", "")], by=None)


def test_a_lesson_moves_step_by_step_with_who_and_ground(model):
    lesson = draw_lesson(model, by=None, worked="Chuẩn bị kỹ.")
    with pytest.raises(RuleBroken):
        move_lesson(lesson, by=None, who="")
    lesson = move_lesson(lesson, by=None, who="Hội nghị", day=dt.date(2020, 11, 13))
    with pytest.raises(RuleBroken, match="văn bản"):
        move_lesson(lesson, by=None, who="Ban Tổ chức", day=dt.date(2020, 11, 20))
    with pytest.raises(RuleBroken, match="Bước trước"):
        move_lesson(lesson, by=None, who="Ban Tổ chức", ground="HD 01", day=dt.date(2020, 11, 1))
    lesson = move_lesson(lesson, by=None, who="Ban Tổ chức", ground="HD 01", day=dt.date(2020, 11, 20))
    lesson = move_lesson(lesson, by=None, who="Đoàn kiểm tra", day=dt.date(2020, 12, 1))
    assert lesson.status == LessonStatus.CHECKED
    assert [move.status for move in lesson.moves.all()] == [
        LessonStatus.AGREED,
        LessonStatus.IN_GUIDANCE,
        LessonStatus.CHECKED,
    ]
    with pytest.raises(RuleBroken, match="hết các bước"):
        move_lesson(lesson, by=None, who="Ai")


def test_a_noted_lesson_stays_at_home_an_agreed_one_is_applied_once(world, model):
    lesson = draw_lesson(model, by=None, worked="Chuẩn bị kỹ.", repeat="Gửi trước một ngày.")
    coming = planned(world.cell_a2)
    with pytest.raises(RuleBroken, match="ghi nhận"):
        apply_to(coming, by=None, lesson=lesson)
    lesson = move_lesson(lesson, by=None, who="Hội nghị", day=dt.date(2020, 11, 13))
    first = apply_to(coming, by=None, lesson=lesson)
    assert apply_to(coming, by=None, lesson=lesson) == first
    assert coming.origins.get().item.presented == "Cách làm: Gửi trước một ngày."


def test_a_theme_is_approved_then_used_and_never_rewritten(world):
    theme = draft_theme(by=None, organisation=world.town, title="Tự phê bình", draft="Một", agenda="Mở đầu\nLiên hệ")
    coming = planned(world.cell_a1, code="CHUYEN_DE", theme="Tự phê bình")
    with pytest.raises(RuleBroken, match="chưa duyệt"):
        apply_to(coming, by=None, theme=theme)
    theme = redraft_theme(theme, by=None, draft="Hai")
    assert theme.version == 2
    assert theme.versions.get().draft == "Một"
    theme = approve_theme(theme, by=None, ground="Hội nghị tháng 10")
    with pytest.raises(RuleBroken):
        redraft_theme(theme, by=None, draft="Ba")
    apply_to(coming, by=None, theme=theme)
    assert [one.item.title for one in coming.origins.all()] == ["Mở đầu", "Liên hệ"]
    assert retire_theme(theme, by=None).state == ThemeState.RETIRED


def test_drafts_are_seen_by_their_committee_and_approved_ones_below(world):
    theme = draft_theme(by=None, organisation=world.town, title="Tự phê bình", draft="Một", agenda="Mở đầu")
    secretary, office = world.users["secretary"], world.users["office"]
    assert list(Theme.objects.visible_to(secretary)) == []
    assert list(Theme.objects.visible_to(office)) == [theme]
    approve_theme(theme, by=None, ground="Hội nghị")
    assert list(Theme.objects.visible_to(secretary)) == [theme]
    assert list(Theme.objects.visible_to(world.users["stranger"])) == []


def test_agreed_lessons_of_a_programme_above_are_seen_noted_ones_are_not(world):
    programme = open_programme(
        by=None, organisation=world.town, name="Điểm", starts_on=dt.date(2020, 9, 1), months=[dt.date(2020, 9, 1)]
    )
    meeting = closed(
        world.cell_b1, world.members_b1, dt.date(2020, 9, 1), votes=[], is_model=True, round=programme.rounds.get()
    ).meeting
    lesson = draw_lesson(meeting, by=None, worked="Chuẩn bị kỹ.")
    secretary = world.users["secretary"]
    assert not Lesson.objects.visible_to(secretary).exists()
    move_lesson(lesson, by=None, who="Hội nghị", day=dt.date(2020, 11, 13))
    assert Lesson.objects.visible_to(secretary).get() == lesson


def test_comparison_names_its_base_and_leaves_out_one_sided_cells(world, model, client):
    lesson = move_lesson(draw_lesson(model, by=None, worked="Kỹ."), by=None, who="Hội nghị", day=dt.date(2020, 10, 1))
    closed(world.cell_a2, world.members_a2, dt.date(2020, 10, 1), votes=[])
    used = closed(world.cell_a2, world.members_a2, dt.date(2020, 11, 1), votes=[]).meeting
    lone = closed(world.cell_b1, world.members_b1, dt.date(2020, 11, 1), votes=[]).meeting
    for meeting in (used, lone):
        apply_to(Meeting.objects.get(pk=meeting.pk), by=None, lesson=lesson)
    pairs, before, after = compare(Adoption.objects.select_related("meeting", "organisation"))
    assert len(pairs) == 2
    assert (before.present, before.base, before.meetings) == (5, 5, 1)
    assert (after.present, after.base, after.meetings) == (5, 5, 1)
    client.force_login(world.users["office"])
    page = client.get(reverse("hoithao:lesson_detail", args=[lesson.pk])).content.decode()
    assert "so sánh, không phải chứng minh" in page


def test_the_observers_score_stands_beside_the_cells_own(world, model, client):
    asked = {criterion.code: criterion for criterion, _ in asked_of(model)}
    assert list(asked) == ["A1", "A2", "A3", "A4", "A5"]
    points = {one.pk: "1" for one in asked.values()}
    with pytest.raises(RuleBroken, match="A5: đoàn dự chưa chấm"):
        score_as_observers(model, {**points, asked["A5"].pk: ""}, by=None)
    with pytest.raises(RuleBroken, match="A2: điểm từ 0 đến 1"):
        score_as_observers(model, {**points, asked["A2"].pk: "2"}, by=None)
    assert not ObserverScore.objects.exists()
    score_as_observers(model, {**points, asked["A3"].pk: "0"}, by=None, remark="Còn ít ý kiến.")
    row = score_as_observers(model, {**points, asked["A3"].pk: "0", asked["A5"].pk: "0"}, by=None)
    assert (row.total, row.most, ObserverScore.objects.count()) == (3, 5, 1)
    found = side_by_side(model)
    assert (found["own"], found["seen"]) == ("", "đạt 3/5 tiêu chí")
    assert [one.seen for one in found["rows"]] == ["Đạt", "Đạt", "Chưa đạt", "Đạt", "Chưa đạt"]
    client.force_login(world.users["secretary"])
    assert "Đoàn dự chấm: <b>đạt 3/5 tiêu chí</b>" in client.get(model.get_absolute_url()).content.decode()


def test_both_scores_of_a_meeting_stay_and_say_where_they_differ(world):
    frame = draft_frame(
        by=None, code="THU", name="Bảng thử", source="Bảng thử", organisation=world.town, attendance_share=90,
        cuts="Tốt : 90\nKhá : 70\nTrung bình : 50\nKém : 0",
    )  # fmt: skip
    put_criterion(frame, by=None, code="1", name="Chuẩn bị", most=Decimal(60))
    put_criterion(frame, by=None, code="2", name="Tổ chức", most=Decimal(40))
    put_in_force(frame, by=None, valid_from=dt.date(2020, 9, 1))
    first, second = frame.criteria.order_by("code")

    def score(meeting):
        save_score(meeting, by=None, answers={first.pk: ("60", ""), second.pk: ("32", "")})
        adopt_score(meeting, by=None, in_favour=5)

    meeting = closed(world.cell_a1, world.members_a1, dt.date(2020, 9, 1), is_model=True, votes=[], score=score).meeting
    score_as_observers(meeting, {first.pk: "60", second.pk: "27,5"}, by=None)
    found = side_by_side(meeting)
    assert (found["own"], found["seen"]) == ("92/100 điểm, mức Tốt", "87,5/100 điểm, mức Khá")
    assert [(one.own, one.seen, one.differs) for one in found["rows"]] == [
        ("60/60", "60/60", False),
        ("32/40", "27,5/40", True),
    ]
    assert Score.objects.get(meeting=meeting).total == 92


def test_observers_score_on_the_page_and_keep_what_they_typed(world, model, client):
    client.force_login(world.users["office"])
    address = reverse("hoithao:observer_score", args=[model.pk])
    fields = {f"points_{criterion.pk}": "1" for criterion, _ in asked_of(model)}
    last = list(fields)[-1]
    page = client.post(address, {**fields, last: "", "remark": "Đúng trình tự."})
    assert page.status_code in (200, 422)
    assert "Đoàn dự chưa chấm mục này" in page.content.decode()
    assert "Đúng trình tự." in page.content.decode()
    assert client.post(address, {**fields, last: "0", "remark": "Đúng trình tự."}).status_code == 302
    page = client.get(reverse("hoithao:observation", args=[model.pk])).content.decode()
    assert "đạt 4/5 tiêu chí" in page
    assert "Đúng trình tự." in page


def test_what_was_not_held_is_not_scored(world):
    meeting = planned(world.cell_a1, is_model=True)
    with pytest.raises(RuleBroken, match="chưa họp"):
        score_as_observers(meeting, {}, by=None)


def test_a_programme_is_opened_and_a_chosen_cell_holds_its_model_meeting(world, client):
    client.force_login(world.users["office"])
    answers = {
        "organisation": world.town.pk,
        "name": "Sinh hoạt điểm năm 2021",
        "starts_on": "2021-03-05",
        "number": "2",
    }
    assert client.post(reverse("hoithao:programme_create"), {**answers, "number": "0"}).status_code in (200, 422)
    assert not Programme.objects.exists()
    assert client.post(reverse("hoithao:programme_create"), answers).status_code == 302
    programme = Programme.objects.get()
    assert [one.month for one in programme.rounds.all()] == [dt.date(2021, 3, 1), dt.date(2021, 4, 1)]
    assert programme.ends_on == dt.date(2021, 4, 30)
    first, second = programme.rounds.all()
    place = plan_cell(first, world.cell_a1, by=None, planned_on=dt.date(2021, 3, 9))
    other = planned(world.cell_a1, dt.date(2021, 3, 1), code="BAT_THUONG")
    assert not other.is_model
    meeting = planned(world.cell_a1, dt.date(2021, 3, 1))
    place.refresh_from_db()
    assert (meeting.is_model, meeting.round, place.meeting) == (True, first, meeting)
    assert not planned(world.cell_a1, dt.date(2021, 4, 1)).is_model
    page = client.get(programme.get_absolute_url()).content.decode()
    assert meeting.get_absolute_url() in page


def test_a_cell_chosen_after_it_prepared_gets_the_same(world):
    programme = open_programme(
        by=None, organisation=world.town, name="Điểm", starts_on=dt.date(2021, 3, 1), months=[dt.date(2021, 3, 1)]
    )
    meeting = planned(world.cell_a1, dt.date(2021, 3, 1))
    locked = closed(world.cell_a2, world.members_a2, dt.date(2021, 3, 1), votes=[]).meeting
    place = plan_cell(programme.rounds.get(), world.cell_a1, by=None, planned_on=dt.date(2021, 3, 5))
    meeting.refresh_from_db()
    assert (meeting.is_model, meeting.round, place.meeting) == (True, programme.rounds.get(), meeting)
    assert plan_cell(programme.rounds.get(), world.cell_a2, by=None, planned_on=dt.date(2021, 3, 5)).meeting is None
    locked.refresh_from_db()
    assert not locked.is_model


@pytest.fixture
def called_off(world):
    """A programme whose only cell was to meet in March and called it off."""
    programme = open_programme(
        by=None, organisation=world.town, name="Điểm", starts_on=dt.date(2021, 3, 1), months=[dt.date(2021, 3, 1)]
    )
    place = plan_cell(programme.rounds.get(), world.cell_a1, by=None, planned_on=dt.date(2021, 3, 5))
    meeting = planned(world.cell_a1, dt.date(2021, 3, 1))
    cancel_meeting(meeting, by=None, reason="Mưa lũ, đường ngập.")
    place.refresh_from_db()
    return programme, place, meeting


def test_a_model_meeting_called_off_is_planned_anew_and_stays_in_the_history(world, client, called_off):
    programme, place, meeting = called_off
    assert place.is_called_off and place.meeting == meeting
    client.force_login(world.users["office"])
    page = client.get(programme.get_absolute_url()).content.decode()
    assert "Hoãn/hủy – cần xếp lại" in page and "Mưa lũ" in page and "1 cần xếp lại" in page
    assert "0 buổi đã lập, 1 chi bộ trong kế hoạch" in page
    address = reverse("hoithao:round_cell_replan", args=[programme.pk, place.pk])
    assert address in page
    assert [one.url for one in rounds(world.users["office"], dt.date(2021, 3, 20))] == [address]
    assert not list(rounds(world.users["secretary"], dt.date(2021, 3, 20)))
    assert "Mưa lũ" in client.get(address).content.decode()
    far = client.post(address, {"planned_on": "2021-12-01", "focus": "Tự phê bình"})
    assert far.status_code == 422 and "chậm nhất là tháng 6/2021" in far.content.decode()
    assert client.post(address, {"planned_on": "2021-04-09", "focus": "Tự phê bình"}).status_code == 302
    place.refresh_from_db()
    assert (place.meeting, place.planned_on, place.focus) == (None, dt.date(2021, 4, 9), "Tự phê bình")
    page = client.get(programme.get_absolute_url()).content.decode()
    assert "cần xếp lại" not in page and meeting.get_absolute_url() in page and "Mưa lũ" in page
    again = planned(world.cell_a1, dt.date(2021, 4, 1))
    place.refresh_from_db()
    assert place.meeting == again and again.is_model and again.round == programme.rounds.get()
    page = client.get(programme.get_absolute_url()).content.decode()
    assert again.get_absolute_url() in page and "Trước đó" in page and meeting.get_absolute_url() in page
    meeting.refresh_from_db()
    assert meeting.round == programme.rounds.get() and meeting.cancelled_because
    held = client.post(address, {"planned_on": "2021-04-10", "focus": ""})
    assert held.status_code == 422 and "đang chuẩn bị" in held.content.decode()
    assert AuditEntry.objects.get(verb="round.cell_replanned").facts["called_off"] == meeting.pk


def test_another_meeting_of_the_same_month_takes_the_place_by_itself(world, called_off):
    _, place, meeting = called_off
    again = planned(world.cell_a1, dt.date(2021, 3, 1))
    place.refresh_from_db()
    assert place.meeting == again and again.round == meeting.round and again != meeting


def test_a_cell_planned_anew_into_a_month_it_prepared_gets_that_meeting(world, called_off):
    _, place, _ = called_off
    coming = planned(world.cell_a1, dt.date(2021, 5, 1))
    replan_cell(place, by=None, planned_on=dt.date(2021, 5, 8))
    place.refresh_from_db()
    coming.refresh_from_db()
    assert place.meeting == coming and coming.is_model


def test_a_cell_in_the_round_is_told_how_to_be_planned_anew(world, called_off):
    programme, _, _ = called_off
    with pytest.raises(RuleBroken, match="Xếp lại"):
        plan_cell(programme.rounds.get(), world.cell_a1, by=None, planned_on=dt.date(2021, 3, 20))


def test_the_programme_asks_no_more_for_more_cells_called_off(world, client, called_off):
    programme, _, _ = called_off
    client.force_login(world.users["office"])

    def asked():
        client.get(programme.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(programme.get_absolute_url()).status_code == 200
        return len(queries)

    one = asked()
    for cell in (world.cell_a2, world.cell_b1):
        plan_cell(programme.rounds.get(), cell, by=None, planned_on=dt.date(2021, 3, 6))
        cancel_meeting(planned(cell, dt.date(2021, 3, 1)), by=None, reason="Mưa lũ.")
    assert asked() <= one
