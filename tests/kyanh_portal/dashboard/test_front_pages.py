"""The front pages: every number equals the facts and opens to the list it was added up from."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from hoithao.charts import attendance_chart
from hoithao.choices import Mark, Reason
from hoithao.models import Attendance, Meeting
from hoithao.reports.meetings_summary import MeetingsSummary
from tests.factories import nghiquyet
from tests.factories.hoithao import closed, opened, planned

MONTH = dt.date(2020, 12, 1)


@pytest.fixture
def december(world):
    """A1 locked with one absent without a reason and one with, A2 running, B1 silent."""
    absent = {world.members_a1[3].pk: (Mark.UNEXCUSED, "", ""), world.members_a1[4].pk: (Mark.EXCUSED, Reason.ILL, "")}
    closed(world.cell_a1, world.members_a1, MONTH, exceptions=absent)
    opened(world.cell_a2, world.members_a2, MONTH)
    return world


def page(client, world, role, address="/"):
    client.force_login(world.users[role])
    answer = client.get(address)
    assert answer.status_code == 200
    return answer


def test_the_numbers_equal_the_facts(december, client):
    numbers = page(client, december, "standing", "/?thang=2020-12").context["numbers"]
    assert len(numbers) <= 5
    shown = {one["name"]: one for one in numbers}
    counted = Attendance.objects.filter(meeting__status="closed").exclude(mark=Mark.NOT_COUNTED)
    present = counted.filter(mark=Mark.PRESENT).count()
    assert (shown["Chi bộ đã họp tháng 12"]["value"], shown["Chi bộ đã họp tháng 12"]["base"]) == (2, "/3 chi bộ")
    assert shown["Biên bản đã khóa"]["value"] == Meeting.objects.filter(status="closed").count() == 1
    assert shown["Vắng không lý do"]["value"] == counted.filter(mark=Mark.UNEXCUSED).count() == 1
    # the percentage names its base and how many cells reported
    assert shown["Đảng viên dự họp"]["note"].startswith(f"{present}/{counted.count()} lượt; 1/3 chi bộ")
    assert shown["Đảng viên dự họp"]["value"] == "80,0%" and (present, counted.count()) == (8, 10)


def test_every_number_opens_to_the_cells_behind_it(december, client):
    expected = {
        "Chi bộ đã họp tháng 12": ["Chi bộ B1"],  # the exception: who has not met
        "Đảng viên dự họp": ["Chi bộ A1"],
        "Biên bản đã khóa": ["Chi bộ A2"],  # the exception: whose minutes wait
        "Vắng không lý do": ["Chi bộ A1"],
        "Chuyên đề, buổi điểm": [],
    }
    for one in page(client, december, "standing", "/?thang=2020-12").context["numbers"]:
        behind = client.get(one["url"])
        assert behind.status_code == 200
        assert [row.organisation.name for row in behind.context["object_list"]] == expected[one["name"]], one["name"]


def test_the_list_adds_up_to_the_numbers(december, client):
    behind = page(client, december, "standing", reverse("hoithao:month") + "?thang=2020-12")
    total = behind.context["total"]
    assert (total["cells_due"], total["cells_met"], total["regular"], total["present"], total["base"]) == (
        3,
        2,
        1,
        8,
        10,
    )
    assert len(behind.context["object_list"]) == 3


def test_a_committee_counts_only_its_own_cells(december, client):
    assert page(client, december, "committee", "/?thang=2020-12").context["numbers"][0]["base"] == "/2 chi bộ"


@pytest.mark.parametrize("asked", ["", "2020-13", "tháng mười", "9999-99", "0000-00", "2020-12-01", "<script>"])
def test_a_month_that_is_none_shows_the_newest(december, client, asked):
    for address in ("/", reverse("hoithao:month"), reverse("hoithao:heat")):
        assert page(client, december, "standing", f"{address}?thang={asked}").context["when"]["month"] == MONTH


def test_another_month_and_type_are_chosen_by_the_form(december, client):
    closed(december.cell_a1, december.members_a1, dt.date(2020, 11, 1))
    answer = page(client, december, "standing")
    assert re.search(r'<select[^>]*name="thang"', answer.text) and re.search(r'<option value="2020-11"', answer.text)
    november = client.get("/?thang=2020-11")
    assert november.context["numbers"][0]["name"] == "Chi bộ đã họp tháng 11"
    assert november.context["numbers"][0]["value"] == 1
    kind = december.cell_a1.cell_type
    assert client.get(f"/?thang=2020-12&loai-hinh={kind.code}").context["numbers"][0]["base"] == "/3 chi bộ"
    other = next(one for one in answer.context["when"]["types"] if one != kind)
    assert client.get(f"/?thang=2020-12&loai-hinh={other.code}").context["numbers"][0]["base"] == "/0 chi bộ"


def test_from_the_map_to_the_cell_to_the_meeting(december, client):
    home = page(client, december, "standing", "/?thang=2020-12")
    ward = reverse("hoithao:unit_heat", args=[december.ward_a.pk])
    assert f"{ward}?thang=2020-12" in home.text
    cell = reverse("hoithao:cell_month", args=[december.cell_a1.pk, "2020-12"])
    assert cell in client.get(ward).text
    meeting = Meeting.objects.get(organisation=december.cell_a1)
    why = client.get(cell)
    assert meeting.get_absolute_url() in why.text and "8/10" in why.text
    assert client.get(meeting.get_absolute_url()).status_code == 200


def test_a_cell_of_another_branch_is_not_found(december, client):
    client.force_login(december.users["secretary"])
    assert client.get(reverse("hoithao:cell_month", args=[december.cell_b1.pk, "2020-12"])).status_code == 404
    assert client.get(reverse("hoithao:cell_month", args=[december.cell_a1.pk, "2020-99"])).status_code == 404


def test_what_waits_for_a_decision(december, client):
    nghiquyet.thematic(december)
    waiting = page(client, december, "standing", "/?thang=2020-12").context["decisions"]
    titles = [one["title"] for one in waiting]
    assert titles[0] == "Chi bộ A2 chưa khóa biên bản tháng 12"
    assert "Chi bộ B1 chưa họp tháng 12" in titles
    assert any(title.startswith("Nghị quyết về nâng cao chất lượng") for title in titles)
    assert len(waiting) <= 7
    for one in waiting:
        assert client.get(one["url"]).status_code == 200


def test_the_clerk_sees_what_to_issue_and_what_to_print(december, client):
    nghiquyet.adopted(nghiquyet.thematic(december))
    context = page(client, december, "office").context
    assert [one["state"] for one in context["to_issue"]] == ["Chờ ban hành"]
    assert [paper.unit_name for paper in context["minutes"]] == ["Chi bộ A1"]
    assert "Chi bộ A2" in [meeting.organisation.name for meeting in context["waiting"]]


def test_the_secretary_sees_what_is_next(december, client):
    planned(december.cell_a1, dt.date(2021, 1, 1))
    context = page(client, december, "secretary").context
    assert context["next"].month == dt.date(2021, 1, 1)
    assert 0 < context["prepared"] <= len(context["preparation"])
    assert [one.number for one in context["year"]][-2:] == ["80", "Nay"]  # December locked, January is next


def test_the_chart_is_one_picture_on_page_and_paper(december, client):
    """Both ask the one drawing function for the same points and get the same bytes; no axis starts unsaid."""
    chart = page(client, december, "standing", "/?thang=2020-12").context["chart"]
    points = [(f"T{month}", 8 if month == 12 else 0, 10 if month == 12 else 0) for month in range(1, 13)]
    assert chart == attendance_chart(points)
    work, report = {}, MeetingsSummary()
    asked = {"span": "year", "month": "2020-12-01", "unit": december.town.pk, "type": None}
    list(report.steps(december.users["standing"], asked, work, []))
    assert chart == attendance_chart(report._points(work))
    assert "T12: 8/10" in chart and "50%" in chart and "style=" not in chart
