"""The clocks over personal data: two working days of a request, 72 hours of an incident, and what waits on top."""

import datetime as dt

import pytest
from django.utils import timezone

from chibo.models import Incident
from chibo.services.privacy import answer_request, ask_about_data, report_incident
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.reminders.due import due_for

pytestmark = pytest.mark.django_db


def test_the_clock_of_a_request_skips_days_off(world):
    friday = dt.date(2020, 12, 18)
    assert ask_about_data(world.members_a1[0], "xem", by=None, asked_on=friday).due_on == dt.date(2020, 12, 22)


def test_requests_that_wait_stand_above_the_answered_ones(world, client):
    asked = [ask_about_data(member, "xem", by=None) for member in world.members_a1[:3]]
    for number in (0, 2):
        answer_request(asked[number], True, "Đã đưa", by=world.users["organising"])
    client.force_login(world.users["organising"])
    rows = client.get("/to-chuc/de-nghi/").context["object_list"]
    assert [one.pk for one in rows] == [asked[at].pk for at in (1, 2, 0)], "the one that waits, then the newest answer"
    due = due_for(world.users["organising"], timezone.localdate(), only="data_requests")
    assert f"Trả lời đề nghị về dữ liệu: {asked[1].member}" in [item.title for _, item in due]


def test_the_clock_of_an_incident_runs_by_the_day_the_portal_stands_at(world, client, settings):
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)
    client.force_login(world.users["organising"])
    answers = {"organisation": world.cell_a1.pk, "what": "Gửi nhầm tệp", "found_at": "2020-12-20T08:00"}
    assert client.post("/to-chuc/su-co/moi/", answers).status_code == 302
    page = client.get(Incident.objects.get().get_absolute_url())
    assert 0 < page.context["left"] <= 72 - 16
    assert 0 < client.get("/to-chuc/su-co/").context["object_list"][0].left <= 72 - 16
    refused = client.post("/to-chuc/su-co/moi/", answers | {"found_at": "2020-12-23T08:00"})
    assert refused.status_code == 422 and Incident.objects.count() == 1


def test_an_incident_is_late_after_72_hours(world):
    incident = report_incident(
        world.cell_a1, "Mất máy", timezone.now() - dt.timedelta(hours=73), by=world.users["office"]
    )
    assert incident.hours_left(timezone.now()) < 0
    with pytest.raises(RuleBroken, match="chưa đến"):
        report_incident(world.cell_a1, "Mất máy", timezone.now() + dt.timedelta(hours=1), by=world.users["office"])
