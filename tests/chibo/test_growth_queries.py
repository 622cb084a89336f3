"""Lists of this part ask as many questions for three rows as for one (P8)."""

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.models import ReviewYear
from chibo.services.ratings import open_year
from tests.factories.growth import fund_entry, help_case


def questions(client, path):
    client.get(path)  # caches of content types and scopes are warm
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_three_rows_ask_no_more_than_one(world):
    client = Client()
    client.force_login(world.users["organising"])
    cells = [world.cell_a1, world.cell_a2, world.cell_b1]
    paths = ["/to-chuc/xep-loai/", "/to-chuc/ra-soat/giup-do/", f"/to-chuc/dang-phi/thu-chi/{cells[0].pk}/?nam=2020"]
    paths += [f"/to-chuc/bang/?bang={code}&nam=2020&don_vi={world.town.pk}" for code in ("N7", "N7B", "N10")]

    def fill(cell, number):
        open_year(cell, 2020, by=None)
        ReviewYear.objects.filter(organisation=cell).update(self_level="HTT")
        help_case(cell)
        fund_entry(cells[0], on=dt.date(2020, 12, number))

    fill(cells[0], 1)
    before = [questions(client, path) for path in paths]
    fill(cells[1], 2)
    fill(cells[2], 3)
    after = [questions(client, path) for path in paths]
    assert [(path, one, three) for path, one, three in zip(paths, before, after, strict=True) if three > one] == []
