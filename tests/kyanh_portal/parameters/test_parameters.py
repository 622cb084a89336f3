"""Values with dates and places: the nearest branch decides, the newest in force counts, the past keeps its own."""

import datetime as dt

import pytest
from django.test import Client

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.models import ParameterValue
from kyanh_portal.parameters.parameter import add_parameter, parameters, value_on
from kyanh_portal.parameters.setting import set_parameter

if "test.days" not in parameters:
    add_parameter("test.days", "Số ngày thử", "Thử", "integer", 2, "Hướng dẫn thử", unit="ngày", least=0, most=60)
DAYS = parameters.get("test.days")


def test_the_default_holds_where_nobody_set_it(db):
    assert value_on("test.days", dt.date(2020, 12, 1)) == 2


def test_a_value_holds_from_its_day_and_the_past_keeps_its_own(world):
    set_parameter(DAYS, 5, by=None, valid_from=dt.date(2020, 6, 1), source="QĐ 1")
    set_parameter(DAYS, 7, by=None, valid_from=dt.date(2021, 1, 1), source="QĐ 2")
    assert [value_on("test.days", dt.date(*day)) for day in ((2020, 5, 31), (2020, 6, 1), (2021, 1, 1))] == [2, 5, 7]


def test_the_nearest_branch_decides(world):
    set_parameter(DAYS, 9, by=None, valid_from=dt.date(2020, 6, 1), source="QĐ 3", path=world.ward_a.path)
    set_parameter(DAYS, 5, by=None, valid_from=dt.date(2020, 7, 1), source="QĐ 4")
    day = dt.date(2020, 12, 1)
    assert value_on("test.days", day, world.cell_a1.path) == 9
    assert value_on("test.days", day, world.cell_b1.path) == 5


def test_a_value_wants_its_ground(world):
    with pytest.raises(RuleBroken, match="căn cứ"):
        set_parameter(DAYS, 5, by=None, valid_from=dt.date(2020, 6, 1), source="  ")


def test_staff_set_a_value_on_screen(world):
    client = Client()
    client.force_login(world.users["organising"])
    sent = {"value": "4", "valid_from": "2020-06-01", "source": "Quyết định giả lập"}
    assert client.post("/tham-so/test.days/dat/", {**sent, "value": "61"}).status_code == 422
    assert client.post("/tham-so/test.days/dat/", sent).status_code == 302
    assert ParameterValue.objects.get().value == 4
    assert "Quyết định giả lập" in client.get("/tham-so/test.days/").content.decode()
    client.force_login(world.users["secretary"])
    assert "Đặt giá trị mới" not in client.get("/tham-so/test.days/").content.decode()
    assert client.get("/tham-so/test.days/dat/").status_code == 403
