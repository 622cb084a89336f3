"""Roll-ups kept step by step equal roll-ups rebuilt from the facts."""

import datetime as dt
import random

import pytest

from hoithao.choices import Mark, Reason
from hoithao.frames import frame_for, least_minutes_of
from hoithao.models import MeetingKind, MonthTally, RuleFrame
from hoithao.services.tallies import COUNTS, recount_all
from tests.factories.frames import PHU_THO, local_frame
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


def short_of(cell, month):
    return MonthTally.objects.get(organisation=cell, month=month).short


@pytest.mark.parametrize(("minutes", "least", "short"), [(89, 90, 1), (90, 90, 0), (61, 60, 0), (59, 60, 1)])
def test_what_is_short_is_said_by_the_frame_of_the_branch_and_day(world, minutes, least, short):
    if least != 90:
        local_frame("NGAN", PHU_THO, world.ward_a, least_minutes=least)
    month = dt.date(2020, 12, 1)
    closed(world.cell_a1, world.members_a1, month, minutes=minutes)
    assert short_of(world.cell_a1, month) == short


def test_a_large_cell_and_a_theme_in_the_regular_meeting_take_longer(world):
    local_frame("DONG", PHU_THO, world.ward_a, large_cell=10, least_minutes_large=100)
    december, november = dt.date(2020, 12, 1), dt.date(2020, 11, 1)
    closed(world.cell_a1, world.members_a1, december, minutes=95)  # ten members
    closed(world.cell_a2, world.members_a2, december, minutes=95, votes=[])  # five
    assert (short_of(world.cell_a1, december), short_of(world.cell_a2, december)) == (1, 0)
    closed(world.cell_a2, world.members_a2, november, minutes=119, votes=[], theme="Nước sạch")
    assert short_of(world.cell_a2, november) == 1


def test_a_frame_that_reaches_back_counts_the_months_again(world):
    month = dt.date(2020, 12, 1)
    closed(world.cell_a1, world.members_a1, month, minutes=75)
    assert short_of(world.cell_a1, month) == 1
    local_frame("NGAN", PHU_THO, world.ward_a, day=month, least_minutes=60)
    assert short_of(world.cell_a1, month) == 0


@pytest.mark.parametrize("seed", range(6))
def test_the_count_chooses_the_frame_the_page_chooses(world, seed):
    rng, month = random.Random(seed), dt.date(2020, 12, 1)
    kinds = [None, MeetingKind.objects.get(code="THUONG_KY"), MeetingKind.objects.get(code="CHUYEN_DE")]
    for number in range(6):
        place, kind = rng.choice([None, world.town, world.ward_a, world.ward_b]), rng.choice(kinds)
        RuleFrame.objects.create(
            code=f"F{number}", name="Khung", source="thử", organisation=place, kind=kind, status="in_force",
            valid_from=dt.date(2020, rng.randint(1, 12), 1), valid_to=rng.choice([None, dt.date(2020, 12, 10)]),
            least_minutes=rng.randint(60, 120),
        )  # fmt: skip
    for cell, members in ((world.cell_a1, world.members_a1), (world.cell_b1, world.members_b1)):
        meeting = closed(cell, members, month, minutes=rng.randint(60, 120), votes=[]).meeting
        book = frame_for(meeting)
        assert short_of(cell, month) == (meeting.length < least_minutes_of(meeting, book, len(members))), book
