"""Supervision: its order of papers, who sees what, and recommendations that become duties."""

import datetime as dt

import pytest
from django.urls import reverse

from kyanh_portal.base.errors import RuleBroken
from nghiquyet.choices import CheckPaper, CheckState, Taken
from nghiquyet.figures.studies import points_of, studied, study_sums, taken_rows, taken_sums, units_studied, units_taken
from nghiquyet.models import Duty, Supervision, SupervisionPaper
from nghiquyet.services import duties as work
from nghiquyet.services import studies
from nghiquyet.services import supervisions as checks
from tests.factories.living import CLEAR, duty_of, rate_of, resolution_in_force

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 3, 1)


@pytest.fixture
def check(world):
    return checks.plan_supervision(
        by=world.users["inspection"],
        organisation=world.town,
        form="thematic",
        title="nền nếp sinh hoạt",
        subjects=[world.cell_a1],
    )


def put(check, *kinds):
    for kind in kinds:
        checks.add_paper(check, by=None, kind=kind, title=f"Văn bản {kind}", dated=DAY, text="Nội dung")


def go(check, *states):
    for state in states:
        check = checks.advance(check, by=None, state=state, on=DAY)
    return check


def to_notice(check):
    put(check, *CheckPaper.values)
    path = ["preparing", "announced", "self_report", "conference", "reported", "notice"]
    return go(check, *path)


def test_a_step_asks_for_its_papers(check):
    check = go(check, CheckState.PREPARING)
    with pytest.raises(RuleBroken) as refused:
        go(check, CheckState.ANNOUNCED)
    assert "quyết định" in refused.value.message
    put(check, CheckPaper.DECISION, CheckPaper.PLAN)
    assert go(check, CheckState.ANNOUNCED).state == CheckState.ANNOUNCED


def test_none_closes_before_the_notice(check):
    put(check, CheckPaper.DECISION, CheckPaper.PLAN, CheckPaper.RESULT)
    check = go(check, "preparing", "announced", "self_report", "conference", "reported")
    with pytest.raises(RuleBroken):
        go(check, CheckState.CLOSED)
    with pytest.raises(RuleBroken) as refused:
        go(check, CheckState.NOTICE)
    assert "thông báo" in refused.value.message
    put(check, CheckPaper.NOTICE)
    assert go(check, CheckState.NOTICE, CheckState.CLOSED).state == CheckState.CLOSED


def test_recommendations_are_duties_and_hold_the_dossier_open(world, check, settings):
    settings.PORTAL_TODAY = DAY
    check = to_notice(check)
    clear = {k: CLEAR[k] for k in ("lead_post", "leader", "product")}
    with pytest.raises(RuleBroken):
        checks.recommend(check, by=None, lead=world.cell_b1, title="Khắc phục", due_on=dt.date(2021, 4, 1), **clear)
    duty = checks.recommend(check, by=None, lead=world.cell_a1, title="Khắc phục", due_on=dt.date(2021, 4, 1), **clear)
    assert duty in Duty.objects.filter(supervision=check)
    with pytest.raises(RuleBroken) as refused:
        go(check, CheckState.CLOSED)
    assert "1 kiến nghị" in refused.value.message
    work.submit_duty(duty, by=None, note="Báo cáo khắc phục")
    work.accept_duty(duty, by=None)
    assert go(check, CheckState.CLOSED).state == CheckState.CLOSED


def test_only_those_entitled_see_it(world, check):
    sees = lambda name: Supervision.objects.visible_to(world.users[name]).filter(pk=check.pk).exists()  # noqa: E731
    assert {n for n in world.users if sees(n)} == {"inspection", "standing"}, (
        "planned: the supervised body does not know"
    )
    put(check, CheckPaper.DECISION, CheckPaper.PLAN)
    go(check, "preparing", "announced")
    assert {n for n in world.users if sees(n)} == {"inspection", "standing", "secretary"}


def test_the_supervised_body_sees_plan_own_papers_and_notice_only(world, check, settings):
    settings.PORTAL_TODAY = DAY
    check = to_notice(check)
    shown = set(SupervisionPaper.objects.visible_to(world.users["secretary"]).values_list("kind", flat=True))
    assert shown == {"decision", "plan", "outline", "self_report", "notice", "remedy"}
    assert SupervisionPaper.objects.visible_to(world.users["inspection"]).count() == len(CheckPaper.values)
    assert SupervisionPaper.objects.visible_to(world.users["office"]).count() == 0
    clear = {k: CLEAR[k] for k in ("lead_post", "leader", "product")}
    duty = checks.recommend(check, by=None, lead=world.cell_a1, title="Khắc phục", due_on=dt.date(2021, 4, 1), **clear)
    sees = {n for n in world.users if Duty.objects.visible_to(world.users[n]).filter(pk=duty.pk).exists()}
    assert sees == {"inspection", "standing", "secretary"}


def test_the_supervised_body_hands_in_only_its_own_reports(world, check):
    checks.add_paper(
        check, by=None, kind="self_report", title="Tự giám sát", dated=DAY, text="x", subject=world.cell_a1
    )
    with pytest.raises(RuleBroken):
        checks.add_paper(check, by=None, kind="notice", title="Thông báo", dated=DAY, text="x", subject=world.cell_a1)


def test_study_counts_make_up_sessions_against_those_summoned(world):
    resolution = resolution_in_force(world)
    common = {"by": None, "resolution": resolution, "organisation": world.cell_a1, "held_on": dt.date(2021, 3, 5)}
    studies.record_session(summoned=10, attended=8, **common)
    studies.record_session(summoned=2, attended=2, is_make_up=True, **common)
    user = world.users["standing"]
    units = units_studied(user, resolution, DAY)
    rows = studied(user, resolution, "study", units)
    held = [row for row in rows if row.sessions]
    assert study_sums(user, resolution, DAY) == {"total": 3, "held": 1, "summoned": 10, "attended": 10}
    assert rows[-1] == held[0], "who has not studied stands first"
    assert list(units_studied(user, resolution, DAY, only="co")) == [world.cell_a1]
    assert units_studied(user, resolution, DAY, only="chua").count() == 2
    assert study_sums(user, resolution, DAY, "spread") == {"total": 3, "held": 0, "summoned": 0, "attended": 0}
    assert [(row.organisation, row.attended, row.summoned) for row in held] == [(world.cell_a1, 10, 10)]
    assert len(rows) == 3, "cells that have not studied are in the list"
    with pytest.raises(RuleBroken):
        studies.record_session(summoned=10, attended=11, **common)
    with pytest.raises(RuleBroken):
        studies.record_session(summoned=10, attended=1, **{**common, "held_on": dt.date(2021, 1, 1)})


def test_concretisation_is_done_not_applicable_or_missing(world):
    resolution = resolution_in_force(world)
    target = rate_of(resolution)
    duty = duty_of(resolution, world.town, title="Chi ủy họp", due_on=None, cycle="month", reported_by="cell")
    common = {"by": None, "resolution": resolution, "organisation": world.cell_a1}
    with pytest.raises(RuleBroken):
        studies.take_point(taken=Taken.NOT_APPLICABLE, target=target, **common)
    with pytest.raises(RuleBroken):
        studies.take_point(taken=Taken.DONE, target=target, **common)
    studies.take_point(taken=Taken.DONE, target=target, paper="Nghị quyết tháng 3", **common)
    studies.take_point(taken=Taken.NOT_APPLICABLE, duty=duty, reason="Chi bộ không có chi ủy", **common)
    user = world.users["standing"]
    points = points_of(user, resolution)
    rows = taken_rows(user, resolution, points, units_taken(user, resolution, DAY, points))
    assert taken_sums(user, resolution, DAY, points) == {"units": 3, "all": 6, "done": 1, "na": 1, "missing": 4}
    assert list(units_taken(user, resolution, DAY, points, "du")) == [world.cell_a1]
    assert units_taken(user, resolution, DAY, points, "thieu").count() == 2
    assert rows[-1][0] == world.cell_a1, "who noted least stands first"
    counts = {unit.name: counts for unit, _, counts in rows}
    assert counts["Chi bộ A1"] == {"done": 1, "na": 1, "missing": 0, "all": 2}
    assert counts["Chi bộ B1"] == {"done": 0, "na": 0, "missing": 2, "all": 2}


def test_a_supervision_of_a_resolution_is_planned_on_the_page_and_stands_in_its_chain(world, client):
    resolution = resolution_in_force(world)
    client.force_login(world.users["inspection"])
    page = reverse("nghiquyet:supervision_create")
    assert f'<option value="{resolution.pk}">' in client.get(page).text
    answers = {
        "organisation": world.town.pk,
        "form": "thematic",
        "title": "việc sinh hoạt",
        "resolution": resolution.pk,
    }
    refused = client.post(page, answers)
    assert "Chọn ít nhất một đơn vị." in refused.text and 'value="việc sinh hoạt"' in refused.text
    client.post(page, {**answers, "subjects": [world.cell_a1.pk, world.cell_b1.pk]})
    row = Supervision.objects.get(resolution=resolution)
    assert set(row.subjects.all()) == {world.cell_a1, world.cell_b1}
    living = reverse("nghiquyet:resolution_living", args=[resolution.pk])
    assert f'href="{living}"' in client.get(row.get_absolute_url()).text
    chain = reverse("nghiquyet:resolution_chain", args=[resolution.pk])
    assert row.get_absolute_url() in client.get(chain).text
    client.force_login(world.users["office"])
    assert row.get_absolute_url() not in client.get(chain).text, "the office is not entitled to the dossier"
