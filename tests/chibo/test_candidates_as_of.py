"""Candidates as of a day: who was known, how far, with which limits; later steps leave earlier answers alone."""

import datetime as dt

import pytest

from chibo.models import Candidate
from chibo.services.development import assign_helper, move
from tests.factories.growth import candidate

pytestmark = pytest.mark.django_db
PAGE = "/to-chuc/ket-nap/"


@pytest.fixture
def someone(world, settings):
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)
    one = candidate(world.cell_a1, "Trần Mẫu Nguồn", stage_on=dt.date(2020, 1, 10))
    move(one, "CAM_TINH", dt.date(2020, 3, 1), by=None)
    assign_helper(Candidate.objects.get(pk=one.pk), world.members_a1[0], by=None)
    move(one, "CU_HOC", dt.date(2020, 5, 1), by=None)
    move(one, "DA_HOC", dt.date(2020, 6, 15), by=None, certificate_number="GCN 15/2020")
    return Candidate.objects.get(pk=one.pk)


def rows(client, **asked):
    return [
        (one.full_name, one.stage, one.limit and one.limit[0]) for one in client.get(PAGE, asked).context["object_list"]
    ]


def test_the_list_of_a_day(world, someone, client):
    client.force_login(world.users["organising"])
    assert rows(client) == [("Trần Mẫu Nguồn", "DA_HOC", dt.date(2025, 6, 15))]
    assert rows(client, ngay="2020-04-30") == [("Trần Mẫu Nguồn", "CAM_TINH", None)]
    assert rows(client, ngay="2020-01-09") == []
    assert (
        rows(client, ngay="2020-04-30", stage="DA_HOC") == []
        and len(rows(client, ngay="2020-04-30", stage="CAM_TINH")) == 1
    )
    page = client.get(PAGE, {"ngay": "2020-04-30"}).content.decode()
    assert "Đang xem tại ngày" in page and f"{someone.get_absolute_url()}?ngay=2020-04-30" in page
    assert str(world.members_a1[0]) not in page  # who helped is kept without a day


def test_the_page_of_a_day_offers_nothing_to_do(world, someone, client):
    client.force_login(world.users["organising"])
    url = someone.get_absolute_url()
    now = client.get(url).content.decode()
    assert "GCN 15/2020" in now and "Bước tiếp theo" in now and "Đã học" in now
    then = client.get(url, {"ngay": "2020-05-01"}).content.decode()
    assert "01/5/2020" in then and "GCN 15/2020" not in then and "15/6/2020" not in then
    assert "Bước tiếp theo" not in then and "Phân công" not in then and "Đang xem tại ngày" in then
    assert client.get(url, {"ngay": "2020-01-09"}).status_code == 404


def test_later_steps_leave_the_earlier_answer(world, someone, client):
    client.force_login(world.users["organising"])
    days = ["2020-02-01", "2020-04-30", "2020-05-01", "2020-07-01"]
    before = [rows(client, ngay=day) for day in days]
    move(someone, "LAM_THU_TUC", dt.date(2020, 8, 1), by=None, paper="CV 3")
    move(someone, "LAP_HO_SO", dt.date(2020, 9, 1), by=None)
    assert [rows(client, ngay=day) for day in days] == before
    assert rows(client, ngay="2020-09-01")[0][1] == "LAP_HO_SO"
