"""A page asks as many questions for three rows as for one (P8)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.hoithao import closed

PAGES = [
    ("standing", "/"), ("standing", "/sinh-hoat/"), ("standing", "/sinh-hoat/12-thang/"), ("office", "/van-ban/"), ("secretary", "/"),
    ("secretary", "/to-chuc/dang-vien/"), ("office", "/tim/?q=chi+bo"), ("organising", "/to-chuc/don-vi/"), ("inspection", "/nhat-ky/?page=1"),
]  # fmt: skip


def questions(client, path):
    client.get(path)  # caches of content types and scopes are warm
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("role,path", PAGES)
def test_three_rows_ask_no_more_than_one(world, client, role, path):
    client.force_login(world.users[role])
    closed(world.cell_a1, world.members_a1, dt.date(2020, 12, 1))
    one = questions(client, path)
    closed(world.cell_a1, world.members_a1, dt.date(2020, 11, 1))
    closed(world.cell_a2, world.members_a2, dt.date(2020, 12, 1), votes=[])
    assert questions(client, path) <= one
