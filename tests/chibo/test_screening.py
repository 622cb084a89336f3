"""Sàng lọc cuối mỗi tháng: what a cell records, who is reminded until when, what the level above sees."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.due_growth import screenings_due
from chibo.models import Screening
from chibo.services.screening import screen
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.models import ParameterValue
from tests.factories.growth import help_case

NOVEMBER, DECEMBER, DAY = dt.date(2020, 11, 1), dt.date(2020, 12, 1), dt.date(2020, 12, 21)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def asked(world, settings):
    """The ward asks its cells for the monthly screening since December."""
    settings.PORTAL_TODAY = DAY
    ParameterValue.objects.create(name="chibo.screening", path=world.ward_a.path, valid_from=DECEMBER, value="monthly", source="x")  # fmt: skip
    return world


def told(world, role, day):
    return [(item.title, item.due_on, item.place) for item in screenings_due(world.users[role], day)]


def test_nobody_is_reminded_where_the_branch_does_not_ask(world):
    assert told(world, "secretary", DAY) == [] == told(world, "committee", DAY)


def test_a_cell_is_reminded_until_it_recorded_the_month_also_when_the_month_is_over(asked):
    line = ("Sàng lọc đảng viên tháng 12", dt.date(2020, 12, 31), asked.cell_a1.name)
    assert told(asked, "secretary", DAY) == [line]
    assert line in told(asked, "secretary", dt.date(2021, 1, 4))
    screen(asked.cell_a1, DECEMBER, DAY, False, by=asked.users["secretary"])
    assert told(asked, "secretary", DAY) == []
    assert told(asked, "secretary", dt.date(2021, 1, 4)) == [("Sàng lọc đảng viên tháng 1", dt.date(2021, 1, 31), asked.cell_a1.name)]  # fmt: skip


def test_the_level_above_is_told_of_the_silent_cells_of_its_own_branch_only(asked):
    def silent():
        return [title for title, *_ in told(asked, "committee", dt.date(2021, 1, 4))]

    assert told(asked, "committee", DAY) == []  # nobody is late before the month is over
    assert silent() == ["Đôn đốc sàng lọc đảng viên tháng 12: 2/2 chi bộ chưa ghi"]
    screen(asked.cell_a1, DECEMBER, DAY, False, by=None)
    assert silent() == ["Đôn đốc sàng lọc đảng viên tháng 12: 1/2 chi bộ chưa ghi"]
    screen(asked.cell_a2, DECEMBER, DAY, False, by=None)
    assert silent() == []


def test_what_is_said_must_agree_with_the_cases_opened_in_the_month(asked):
    with pytest.raises(RuleBroken, match="chưa nêu đồng chí nào"):
        screen(asked.cell_a1, DECEMBER, DAY, True, by=None)
    help_case(asked.cell_a1, found_on=dt.date(2020, 12, 3))
    with pytest.raises(RuleBroken, match="đã nêu 1 đồng chí"):
        screen(asked.cell_a1, DECEMBER, DAY, False, by=None)
    screen(asked.cell_a1, DECEMBER, DAY, True, by=None)
    with pytest.raises(RuleBroken, match="đã ghi sàng lọc ngày 21/12/2020"):
        screen(asked.cell_a1, DECEMBER, DAY, True, by=None)
    with pytest.raises(RuleBroken, match="không sớm hơn"):
        screen(asked.cell_a2, DECEMBER, dt.date(2020, 11, 30), False, by=None)


def test_the_way_on_screen(asked):
    secretary, url = client_of(asked.users["secretary"]), reverse("chibo:screening_create")
    page = secretary.get(f"{url}?month=2020-12&organisation={asked.cell_a1.pk}").content.decode()
    assert '<option value="2020-12" selected>Tháng 12/2020</option>' in page
    form = {"organisation": asked.cell_a1.pk, "month": "2020-12", "on": "2020-12-21"}
    assert secretary.post(url, form).status_code == 422  # neither yes nor no is taken for granted
    assert secretary.post(url, {**form, "names_somebody": "khong", "organisation": asked.cell_a2.pk}).status_code == 422
    assert secretary.post(url, {**form, "names_somebody": "khong"}).headers["Location"] == f"{reverse('chibo:screenings')}?month=2020-12"  # fmt: skip
    assert Screening.objects.get().recorded_by == asked.users["secretary"]
    above = client_of(asked.users["committee"]).get(f"{reverse('chibo:screenings')}?month=2020-12").content.decode()
    assert "<b>1/2</b> chi bộ đã ghi" in above and "Không có đồng chí nào" in above and "21/12/2020" in above
    assert above.index(asked.cell_a2.name) < above.index(asked.cell_a1.name)  # who has not stands first


def test_a_cell_sees_neither_the_screening_of_its_sibling_nor_whom_it_named(asked):
    case = help_case(asked.cell_a2, found_on=dt.date(2020, 12, 3))
    screen(asked.cell_a2, DECEMBER, DAY, True, by=None)
    page = client_of(asked.users["secretary"]).get(f"{reverse('chibo:screenings')}?month=2020-12").content.decode()
    assert asked.cell_a2.name not in page and case.member.full_name not in page and "<b>0/1</b>" in page
    above = client_of(asked.users["committee"]).get(f"{reverse('chibo:screenings')}?month=2020-12").content.decode()
    assert case.member.full_name in above


@pytest.mark.parametrize(
    "odd", ["", "2020-13", "x", "0000-01", "2999-01", "2020-12&name=%C4%90%E1%BA%A3ng%20%27&state=%3C"]
)
def test_an_odd_address_shows_a_month(asked, odd):
    assert client_of(asked.users["committee"]).get(f"{reverse('chibo:screenings')}?month={odd}").status_code == 200
