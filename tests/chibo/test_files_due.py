"""Twice a year who keeps the paper files compares them with the list, until every file was looked at in the half-year."""

import datetime as dt

from chibo.models import DossierPaper, Member
from kyanh_portal.reminders.due import due_for

DAY = dt.date(2020, 12, 21)


def due(user, day=DAY):
    return [item for source, item in due_for(user, day) if source.code == "files"]


def look_at(members, on):
    DossierPaper.objects.bulk_create([DossierPaper(member=one, number=1, state="CO", on=on) for one in members])


def test_asked_until_every_file_was_looked_at_in_the_half_year(world):
    user = world.users["organising"]
    everybody = list(Member.objects.present_on(DAY).visible_to(user))
    look_at(everybody, dt.date(2020, 6, 30))  # the half-year before does not answer for this one
    (item,) = due(user)
    assert item.due_on == dt.date(2020, 12, 31) and f"của {len(everybody)} đồng chí" in item.title
    look_at(everybody[:-1], dt.date(2020, 8, 3))
    (item,) = due(user)
    assert "của 1 đồng chí" in item.title and f"{len(everybody) - 1}/{len(everybody)}" in item.why
    look_at(everybody[-1:], DAY)
    assert due(user) == []


def test_asked_around_the_end_of_each_half_year_only(world):
    user = world.users["organising"]
    assert due(user, dt.date(2020, 9, 15)) == []
    assert [item.due_on for item in due(user, dt.date(2021, 1, 10))] == [dt.date(2020, 12, 31)]
    assert [item.due_on for item in due(user, dt.date(2020, 6, 1))] == [dt.date(2020, 6, 30)]


def test_a_cell_that_is_no_base_keeps_no_files_and_is_not_asked(world):
    assert due(world.users["secretary"]) == [] and due(world.users["member"]) == []
    assert len(due(world.users["committee"])) == 1
