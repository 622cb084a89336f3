"""Duties: one lead, six clarities, terms that are moved and never forgotten, the four cells."""

import datetime as dt

import pytest
from django.urls import reverse

from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.parameter import parameters
from kyanh_portal.parameters.setting import set_parameter
from kyanh_portal.reminders.due import due_for
from nghiquyet import handover
from nghiquyet.choices import DutyState, Light
from nghiquyet.figures.lights import cells_of, count_cells, four_cells, standing_of
from nghiquyet.models import Duty
from nghiquyet.services import duties as work
from tests.factories import nghiquyet as papers
from tests.factories.living import CLEAR, duty_of, resolution_in_force

pytestmark = pytest.mark.django_db
START = dt.date(2021, 1, 1)


@pytest.fixture
def resolution(world, settings):
    settings.PORTAL_TODAY = dt.date(2021, 2, 12)
    return resolution_in_force(world)


def test_a_second_lead_is_refused(world, resolution):
    with pytest.raises(RuleBroken) as refused:
        duty_of(resolution, [world.ward_a, world.ward_b])
    assert refused.value.field == "lead"
    assert "một cơ quan chủ trì" in refused.value.message
    with pytest.raises(RuleBroken):
        duty_of(resolution, world.ward_a, helpers=[world.ward_a])
    assert Duty.objects.count() == 0


@pytest.mark.parametrize("clarity", ["product", "lead_post", "leader", "title", "due_on"])
def test_each_clarity_is_asked_for(world, resolution, clarity):
    with pytest.raises(RuleBroken) as refused:
        duty_of(resolution, world.ward_a, **{clarity: None if clarity == "due_on" else ""})
    assert refused.value.field == clarity


def test_authority_is_asked_for_from_2026_on(world, resolution):
    duty_of(resolution, world.ward_a, authority="")
    with pytest.raises(RuleBroken) as refused:
        duty_of(resolution, world.ward_a, authority="", given_on=dt.date(2026, 1, 2), due_on=dt.date(2026, 6, 30))
    assert refused.value.field == "authority"


def test_a_draft_carries_nothing(world):
    with pytest.raises(RuleBroken):
        duty_of(papers.thematic(world), world.ward_a)


def test_the_term_moved_twice_keeps_the_first_and_late_stays_late(world, resolution, settings):
    duty = duty_of(resolution, world.ward_a)
    work.receive_duty(duty, by=None)
    for new in (dt.date(2021, 7, 31), dt.date(2021, 8, 31)):
        request = work.ask_later(duty, by=None, new_due_on=new, reason="Chờ hướng dẫn")
        work.decide_later(request, by=None, granted=True, paper="Công văn 12")
    duty.refresh_from_db()
    assert (duty.first_due_on, duty.due_on, duty.moved) == (dt.date(2021, 6, 30), dt.date(2021, 8, 31), 2)
    settings.PORTAL_TODAY = dt.date(2021, 9, 5)
    work.submit_duty(duty, by=None, note="Kế hoạch số 5")
    settings.PORTAL_TODAY = dt.date(2021, 9, 20)
    duty = work.accept_duty(duty, by=None)
    assert duty.completed_on == dt.date(2021, 9, 5)
    standing = standing_of(duty, dt.date(2030, 1, 1))
    assert (standing.light, standing.days) == (Light.DONE_LATE, 5)


def test_handed_in_in_time_and_accepted_later_is_on_time(world, resolution, settings):
    duty = duty_of(resolution, world.ward_a)
    settings.PORTAL_TODAY = dt.date(2021, 6, 29)
    work.submit_duty(duty, by=None, note="Kế hoạch số 5")
    duty.refresh_from_db()
    assert standing_of(duty, dt.date(2021, 7, 10)).light == Light.IN_TIME
    settings.PORTAL_TODAY = dt.date(2021, 7, 10)
    assert standing_of(work.accept_duty(duty, by=None), dt.date(2021, 7, 10)).light == Light.DONE_ON_TIME


def test_returned_is_no_longer_handed_in(world, resolution):
    duty = duty_of(resolution, world.ward_a)
    work.submit_duty(duty, by=None, note="Kế hoạch")
    with pytest.raises(RuleBroken):
        work.return_duty(duty, by=None, reason=" ")
    duty = work.return_duty(duty, by=None, reason="Thiếu phụ lục")
    assert (duty.state, duty.submitted_on) == (DutyState.DOING, None)
    assert standing_of(duty, dt.date(2021, 7, 4)).days == 4


def test_one_request_waits_and_a_refusal_says_why(world, resolution):
    duty = duty_of(resolution, world.ward_a)
    request = work.ask_later(duty, by=None, new_due_on=dt.date(2021, 7, 31), reason="Chờ")
    with pytest.raises(RuleBroken):
        work.ask_later(duty, by=None, new_due_on=dt.date(2021, 8, 31), reason="Chờ")
    with pytest.raises(RuleBroken):
        work.decide_later(request, by=None, granted=False)
    work.decide_later(request, by=None, granted=False, answer="Đủ thời gian")
    duty.refresh_from_db()
    assert (duty.due_on, duty.moved) == (dt.date(2021, 6, 30), 0)


def test_objection_within_the_days_then_silence_receives(world, resolution, settings):
    first, second = duty_of(resolution, world.ward_a), duty_of(resolution, world.ward_b)
    work.object_to_duty(first, by=None, reason="Không đúng chức năng")
    assert work.give_again(first, by=None).state == DutyState.GIVEN
    settings.PORTAL_TODAY = dt.date(2021, 3, 1)
    with pytest.raises(RuleBroken):
        work.object_to_duty(second, by=None, reason="Muộn")
    assert work.receive_by_silence(dt.date(2021, 2, 15)) == 0
    assert work.receive_by_silence() == 2
    second.refresh_from_db()
    assert second.state == DutyState.RECEIVED


def test_four_cells_add_up(world, resolution, settings):
    day = dt.date(2021, 7, 10)
    done, late, running, overdue = (duty_of(resolution, world.ward_a, title=f"Việc {i}") for i in range(4))
    Duty.objects.filter(pk=running.pk).update(due_on=dt.date(2021, 12, 31))
    for duty, on in ((done, dt.date(2021, 6, 1)), (late, dt.date(2021, 7, 5))):
        settings.PORTAL_TODAY = on
        work.submit_duty(duty, by=None, note="Xong")
        work.accept_duty(duty, by=None)
    cells = four_cells([standing_of(d, day) for d in Duty.objects.all()])
    assert [cells[k] for k in ("done_on_time", "done_late", "in_time", "overdue", "all", "fallen_due")] == [
        1,
        1,
        1,
        1,
        4,
        3,
    ]
    assert overdue.pk


def test_transfer_leaves_one_lead_and_a_trace(world, resolution):
    duty = duty_of(resolution, world.ward_a, helpers=[world.ward_b])
    duty = work.transfer_duty(duty, by=None, lead=world.ward_b, reason="Giải thể, theo Quyết định 5")
    assert duty.lead == world.ward_b
    assert duty.transferred_from == world.ward_a
    assert list(duty.helpers.all()) == []


def test_an_obstacle_names_who_decides(world, resolution):
    duty = duty_of(resolution, world.ward_a)
    obstacle = work.raise_obstacle(duty, by=None, text="Chưa có kinh phí", decider=world.town)
    assert obstacle.path == world.town.path
    assert work.answer_obstacle(obstacle, by=None, answer="Cấp từ quý II").answered_on


def test_recurring_has_no_term_and_is_not_handed_in(world, resolution):
    with pytest.raises(RuleBroken):
        duty_of(resolution, world.ward_a, cycle="month")
    duty = duty_of(resolution, world.ward_a, cycle="month", due_on=None)
    with pytest.raises(RuleBroken):
        work.submit_duty(duty, by=None, note="Xong")
    assert CLEAR["product"] == duty.product


def test_open_duties_of_a_dissolved_body_go_to_its_heir(world, resolution):
    running, done = duty_of(resolution, world.ward_a), duty_of(resolution, world.ward_a, title="Việc xong")
    work.submit_duty(done, by=None, note="Xong")
    work.accept_duty(done, by=None)
    assert "1 nhiệm vụ" in handover.duties_told(world.ward_a)
    handover.duties_pass_on(world.ward_a, world.ward_b, dt.date(2025, 6, 30), by=None)
    running.refresh_from_db()
    done.refresh_from_db()
    assert (running.lead, running.transferred_from, done.lead) == (world.ward_b, world.ward_a, world.ward_a)


def test_the_database_counts_the_four_cells_as_the_rules_judge(world, resolution):
    """Every state with terms before and after the day: each duty in the very cell `standing_of` gives it."""
    day, cells = dt.date(2021, 8, 1), {Light.SOON: "in_time", Light.IDLE: None}
    for state in DutyState.values:
        for due in (dt.date(2021, 6, 30), dt.date(2021, 7, 31), dt.date(2021, 8, 1), dt.date(2021, 9, 30), None):
            for starts in (None, dt.date(2021, 2, 15), dt.date(2021, 8, 15)):
                for handed in (None, dt.date(2021, 6, 1), dt.date(2021, 7, 31)):
                    if due and starts and starts > due:
                        continue
                    duty = duty_of(resolution, world.ward_a, due_on=due, cycle="" if due else "month")
                    done = handed if state == DutyState.DONE else None
                    Duty.objects.filter(pk=duty.pk).update(
                        state=state, starts_on=starts, submitted_on=handed, completed_on=done
                    )
    conditions = cells_of(day)
    found = {name: set(Duty.objects.filter(wanted).values_list("pk", flat=True)) for name, wanted in conditions.items()}
    standings = {duty.pk: standing_of(duty, day) for duty in Duty.objects.all()}
    for name in ("done_on_time", "done_late", "in_time", "overdue"):
        assert found[name] == {pk for pk, one in standings.items() if cells.get(one.light, one.light) == name}, name
    counted, judged = count_cells(Duty.objects.all(), day), four_cells(list(standings.values()))
    assert counted == {name: judged[name] for name in counted}


def test_each_tile_opens_to_its_own_duties_without_marks(world, resolution, client):
    late = duty_of(
        resolution, world.ward_a, title="Mở lớp bồi dưỡng", due_on=dt.date(2021, 2, 11), given_on=dt.date(2021, 2, 1)
    )
    duty_of(resolution, world.ward_a, title="Lập lịch", due_on=dt.date(2021, 6, 30))
    client.force_login(world.users["office"])
    page = lambda query: client.get(f"/nghi-quyet/nhiem-vu/?{query}").text  # noqa: E731
    assert late.title in page("light=qua-han") and "Lập lịch" not in page("light=qua-han")
    assert late.title not in page("light=trong-han") and "Lập lịch" in page("light=trong-han")
    assert late.title in page("text=boi duong") and "Lập lịch" not in page("text=boi duong")


def test_a_replaced_resolution_gives_no_more_duties(world, resolution, client):
    type(resolution).objects.filter(pk=resolution.pk).update(life="replaced")
    resolution.refresh_from_db()
    with pytest.raises(RuleBroken, match="không giao thêm việc"):
        duty_of(resolution, world.ward_a)
    client.force_login(world.users["office"])
    page = client.get(f"/nghi-quyet/{resolution.pk}/thuc-hien/").text
    assert "Đã được thay thế" in page and "Giao nhiệm vụ" not in page


def test_nobody_approves_the_own_work_but_a_single_desk(world, resolution):
    office, other = world.users["office"], world.users["organising"]
    duty = duty_of(resolution, world.cell_a1)
    request = work.ask_later(duty, by=office, new_due_on=duty.due_on + dt.timedelta(days=9), reason="Chờ vật liệu")
    with pytest.raises(RuleBroken, match="không tự trả lời"):
        work.decide_later(request, by=office, granted=True)
    work.decide_later(request, by=other, granted=True)
    work.submit_duty(duty, by=office, note="Kế hoạch số 05-KH/CB")
    with pytest.raises(RuleBroken, match="không tự xác nhận"):
        work.accept_duty(duty, by=office)
    assert work.accept_duty(duty, by=other).state == DutyState.DONE


def test_pages_that_decide_show_what_was_asked_and_handed_in(world, resolution, client):
    duty = duty_of(resolution, world.cell_a1)
    work.ask_later(
        duty, by=world.users["secretary"], new_due_on=duty.due_on + dt.timedelta(days=9), reason="Chờ vật liệu"
    )
    client.force_login(world.users["office"])
    page = reverse("nghiquyet:duty_decide", args=[duty.pk, "tra-loi-han"])
    shown = client.get(page).text
    assert "Chờ vật liệu" in shown and vn_date(duty.due_on) in shown
    assert client.post(page, {"paper": "", "answer": ""}).status_code == 422  # neither yes nor no was chosen
    work.submit_duty(duty, by=world.users["secretary"], note="Kế hoạch số 05-KH/CB")
    assert "Kế hoạch số 05-KH/CB" in client.get(reverse("nghiquyet:duty_decide", args=[duty.pk, "xac-nhan"])).text


def test_objection_is_offered_only_while_its_days_run(world, resolution, client):
    duty = duty_of(resolution, world.cell_a1)
    client.force_login(world.users["secretary"])
    page = reverse("nghiquyet:duty_do", args=[duty.pk, "xem-lai"])
    assert page in client.get(duty.get_absolute_url()).text
    Duty.objects.filter(pk=duty.pk).update(given_on=today() - dt.timedelta(days=30))
    assert page not in client.get(duty.get_absolute_url()).text


def test_reminders_and_escalation_follow_what_the_branch_set(world, resolution):
    duty = duty_of(resolution, world.ward_a, title="Lập lịch dự sinh hoạt", due_on=dt.date(2021, 6, 30))

    def told(role, day):
        return [item.why for source, item in due_for(world.users[role], day, "duties") if duty.title in item.title]

    late = dt.date(2021, 7, 20)
    assert told("standing", late) == [], "thirty days are the rule until something else is set"
    set_parameter(parameters.get("duty.escalate_standing"), 10, by=None, valid_from=START, source="Ý kiến Thường trực", path=world.town.path)  # fmt: skip
    assert told("standing", late) == ["Quá hạn trên 10 ngày, báo lãnh đạo"]
    early = dt.date(2021, 6, 10)
    assert told("committee", early) == []
    set_parameter(parameters.get("duty.remind_days"), 30, by=None, valid_from=START, source="Ý kiến Thường trực", path=world.town.path)  # fmt: skip
    assert len(told("committee", early)) == 1
