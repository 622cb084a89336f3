"""What is due: the most urgent first, each with its words, narrowed by kind."""

import datetime as dt

import pytest
from django.test import Client

from kyanh_portal.reminders.due import DueItem, add_source, due_for, sources

DAY = dt.date(2020, 12, 18)


def _items(user, day):
    yield DueItem(dt.date(2099, 1, 1), "Việc còn xa", "/viec-den-han/")
    yield DueItem(dt.date(2020, 12, 14), "Việc đã muộn", "/viec-den-han/", why="Hướng dẫn 12-HD/BTCTW")


if "test" not in sources:
    add_source("test", "Việc thử", _items)


@pytest.mark.parametrize(
    ("days", "words", "state"),
    [(-4, "Quá hạn 4 ngày", "late"), (0, "Hôm nay", "soon"), (7, "Còn 7 ngày", "soon"), (8, "Còn 8 ngày", "doing")],
)
def test_an_item_says_how_long_is_left(days, words, state):
    item = DueItem(DAY + dt.timedelta(days=days), "Việc", "/")
    assert (item.words(DAY), item.state(DAY)) == (words, state)


def test_the_most_urgent_stands_first(world):
    titles = [item.title for _, item in due_for(world.users["secretary"], DAY, only="test")]
    assert titles == ["Việc đã muộn", "Việc còn xa"]


def test_the_page_groups_by_urgency(world):
    client = Client()
    client.force_login(world.users["secretary"])
    page = client.get("/viec-den-han/?loai=test").content.decode()
    assert page.index("Quá hạn") < page.index("Việc đã muộn") < page.index("Sau đó") < page.index("Việc còn xa")


def test_one_box_narrows_however_many_kinds_there_are(world, client):
    client.force_login(world.users["secretary"])
    if "second" not in sources:
        add_source("second", "Việc thứ hai", lambda user, day: [DueItem(dt.date(2099, 1, 2), "Việc khác loại", "/")])
    page = client.get("/viec-den-han/?loai=test")
    box = page.context["filter"]["loai"]
    assert ("second", "Việc thứ hai (1)") in box.field.choices and box.value() == "test"
    assert page.content.decode().count("?loai=") == 0 and "Việc khác loại" not in page.content.decode()
    assert "Việc khác loại" in client.get("/viec-den-han/?loai=la-gi").content.decode(), (
        "an unknown kind narrows nothing"
    )
