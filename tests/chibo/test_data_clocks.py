"""The clocks over personal data: two working days of a request, 72 hours of an incident, and what waits on top."""

import datetime as dt

import pytest
from django.utils import timezone

from chibo.models import DataRequest, Incident
from chibo.owndata import data_of
from chibo.services.privacy import answer_request, ask_about_data, handle_incident, report_incident, set_number
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


def test_who_waits_longest_stands_first_wherever_requests_are_listed(world):
    days = [dt.date(2020, 12, 15), dt.date(2020, 12, 8), dt.date(2020, 12, 1)]
    asked = [ask_about_data(m, "xem", by=None, asked_on=day) for m, day in zip(world.members_a1, days, strict=False)]
    answer_request(asked[2], True, "Đã đưa", by=world.users["organising"])
    assert [one.pk for one in DataRequest.objects.all()] == [asked[at].pk for at in (1, 0, 2)]


def test_the_hour_the_authority_was_told_is_written_as_it_was(world, client):
    """Work is written down after it is done: what counts for the 72 hours is when the authority was told."""
    found = timezone.localtime() - dt.timedelta(hours=80)
    incident, user = (
        report_incident(world.cell_a1, "Mất máy", found, by=world.users["office"]),
        world.users["organising"],
    )
    for hour, sentence in ((found - dt.timedelta(hours=1), "trước cả giờ phát hiện"), (timezone.now() + dt.timedelta(hours=1), "chưa đến")):  # fmt: skip
        with pytest.raises(RuleBroken, match=sentence):
            handle_incident(incident, by=user, told_to="Phòng A05", told_at=hour)
    client.force_login(user)
    address = f"{incident.get_absolute_url()}xu-ly/"
    in_time = found + dt.timedelta(hours=70)
    assert client.post(address, {"told_to": "Phòng A05, công văn 12", "told_at": f"{in_time:%Y-%m-%dT%H:%M}"}).status_code == 302  # fmt: skip
    incident.refresh_from_db()
    assert incident.told_at == in_time.replace(second=0, microsecond=0) and not incident.told_late
    assert "Đã báo, muộn" not in client.get(incident.get_absolute_url()).content.decode()
    assert "told_to" not in client.get(address).context["form"].fields, "told once; later words go to what was done"
    late = report_incident(world.cell_a1, "Mất máy", found, by=user)
    handle_incident(late, by=user, told_to="Phòng A05")
    assert "Đã báo, muộn" in client.get(late.get_absolute_url()).content.decode()


def test_the_answer_is_written_below_what_was_asked(world, client):
    asked = ask_about_data(world.members_a1[0], "sua", by=None, about="born_on", text="Theo lý lịch gốc là 12/5")
    client.force_login(world.users["organising"])
    for address in (f"{asked.get_absolute_url()}tra-loi/", asked.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Sửa mục chưa đúng: Ngày sinh" in page and "Theo lý lịch gốc là 12/5" in page
    member = asked.member
    assert ("Mục", "Ngày sinh") in [line[:2] for _, lines in data_of(member) for line in lines], "no name of a column"


def test_the_reason_of_a_full_view_stands_in_the_trail(world, client):
    set_number(world.members_a1[0], "000000000123", by=None)
    client.force_login(world.users["organising"])
    shown = client.post(f"{world.members_a1[0].get_absolute_url()}xem-so/", {"reason": "Đối chiếu khi làm thẻ"})
    assert "000000000123" in shown.content.decode() and 'name="reason"' not in shown.content.decode()
    client.force_login(world.users["inspection"])
    assert "Lý do: Đối chiếu khi làm thẻ" in client.get("/nhat-ky/?verb=member.number_shown").content.decode()
