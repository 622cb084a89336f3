"""Roll-ups kept step by step equal roll-ups rebuilt from the facts."""

import datetime as dt
import random

import pytest

from hoithao.choices import Mark, Reason
from hoithao.models import MonthTally
from hoithao.services.tallies import COUNTS, recount_all
from tests.factories.hoithao import closed, opened, planned


def rows():
    return list(
        MonthTally.objects.order_by("organisation_id", "month", "cell_type_id").values_list(
            "organisation_id", "month", *COUNTS
        )
    )


@pytest.mark.parametrize("seed", range(4))
def test_kept_equals_rebuilt(world, seed):
    rng = random.Random(seed)
    months = [dt.date(2020, m, 1) for m in (10, 11, 12)]
    cells = [(world.cell_a1, world.members_a1), (world.cell_a2, world.members_a2), (world.cell_b1, world.members_b1)]
    for cell, members in cells:
        for month in months:
            what = rng.choice(["none", "planned", "open", "closed", "closed"])
            absent = {m.pk: (Mark.EXCUSED, Reason.ILL, "") for m in rng.sample(members[3:], rng.randint(0, 2))}
            if what == "planned":
                planned(cell, month)
            elif what == "open":
                opened(cell, members, month, absent)
            elif what == "closed":
                closed(cell, members, month, exceptions=absent, votes=[])
    kept = rows()
    recount_all([month for month in months if any(row[1] == month for row in kept)])
    assert rows() == kept


def test_a_committees_row_is_the_sum_of_its_cells(world):
    closed(world.cell_a1, world.members_a1)
    closed(world.cell_a2, world.members_a2, votes=[])
    ward = MonthTally.objects.get(organisation=world.ward_a)
    assert (ward.cells_due, ward.cells_met, ward.base, ward.present) == (2, 2, 15, 15)
    town = MonthTally.objects.get(organisation=world.town)
    assert (town.cells_due, town.cells_met) == (3, 2)
