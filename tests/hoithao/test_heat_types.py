"""The heat map narrowed by a type of cell: the type of each month, not of today."""

import datetime as dt

from chibo.models import CellType, Organisation
from chibo.services.rearranging import retype
from hoithao.cards import heat
from tests.chibo.test_rearranging import NOTE
from tests.factories.hoithao import closed


def test_a_month_stands_under_the_type_the_cell_had_in_it(world, settings, client):
    settings.PORTAL_TODAY = dt.date(2025, 8, 15)
    old = world.cell_a1.cell_type
    new = CellType.objects.exclude(pk=old.pk).first()
    closed(world.cell_a1, world.members_a1, dt.date(2025, 6, 1), votes=[])
    closed(world.cell_a2, world.members_a2, dt.date(2025, 6, 1), votes=[])
    retype(world.cell_a1, dt.date(2025, 7, 1), NOTE, by=None, cell_type=new)
    cell = Organisation.objects.get(pk=world.cell_a1.pk)
    closed(cell, world.members_a1, dt.date(2025, 7, 1), votes=[])

    def shown(last, cell_type=None):
        groups = heat([world.ward_a], last, cell_type)["groups"]
        return {
            (group, unit.name): [one.month.month for one in squares if one.look != "is-off"]
            for group, rows in groups.items() for unit, squares in rows
        }  # fmt: skip

    july, june = dt.date(2025, 7, 1), dt.date(2025, 6, 1)
    assert shown(july, old)[new.name, "Chi bộ A1"] == [6], "its months before the change are there still"
    assert shown(july, new) == {(new.name, "Chi bộ A1"): [7]}
    assert set(shown(june)) == {(old.name, "Chi bộ A1"), (old.name, "Chi bộ A2")}
    assert shown(june, new) == {}
    client.force_login(world.users["committee"])
    page = client.get("/", {"thang": "2025-07", "loai-hinh": old.code}).content.decode()
    assert "Chi bộ A1" in page and "tháng 6/2025: " in page
