"""Alerts as questions, judged by the rules of the meeting's date."""

import datetime as dt

import pytest

from chibo.choices import Standing
from chibo.models import StandingPeriod
from hoithao.choices import REPORTED, Mark, Reason
from hoithao.models import Meeting
from hoithao.questions import longest_run, questions_of
from hoithao.services.around import tick
from kyanh_portal.base.calendar import at_local
from kyanh_portal.parameters.parameter import parameters
from kyanh_portal.parameters.setting import set_parameter
from tests.factories.hoithao import closed, opened, planned

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 12, 21)


def rules(cell, day=DAY):
    return [one.rule for one in questions_of([cell], day)]


def test_a_month_without_a_meeting_is_asked_about(world):
    cell = world.cell_a1
    cell.meeting_day = 5
    assert rules(cell).count("K01") == 3
    closed(cell, world.members_a1, dt.date(2020, 11, 1))
    planned(cell, dt.date(2020, 12, 1))
    assert rules(cell).count("K01") == 1
    assert (
        rules(cell, dt.date(2020, 12, 3)).count("K01") == 1
    )  # the fixed day of December has not come; October is open


def test_a_cell_not_yet_there_is_not_asked(world):
    cell = world.cell_a1
    cell.valid_from = dt.date(2020, 12, 2)
    assert "K01" not in rules(cell, dt.date(2020, 12, 20))


def test_the_quarter_wants_a_theme(world):
    assert rules(world.cell_a1).count("K02") == 2
    assert rules(world.cell_a1, dt.date(2020, 11, 20)).count("K02") == 1  # the running quarter is not over


def test_an_open_meeting_is_asked_about_until_locked(world):
    meeting = opened(world.cell_a1, world.members_a1)
    assert "K14" in rules(world.cell_a1)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=at_local(DAY, 8))
    assert "K14" not in rules(world.cell_a1)  # called for the 5th, held today
    assert "K14" in rules(world.cell_a1, DAY + dt.timedelta(days=1))


def test_reporting_is_asked_under_the_guide_of_2025_only(world):
    closed(world.cell_a1, world.members_a1)
    assert "K15" not in rules(world.cell_a1)
    later = closed(world.cell_a2, world.members_a2, dt.date(2025, 12, 1), votes=[]).meeting
    day = dt.date(2025, 12, 10)
    assert "K15" in rules(world.cell_a2, day)
    assert "K15" not in rules(world.cell_a2, dt.date(2025, 12, 6))
    tick(Meeting.objects.get(pk=later.pk), REPORTED, by=None)
    assert "K15" not in rules(world.cell_a2, day)


def test_absences_running_are_asked_beyond_three(world):
    who = world.members_a1[4].pk
    for month in range(1, 4):
        closed(
            world.cell_a1, world.members_a1, dt.date(2020, month, 1), exceptions={who: (Mark.EXCUSED, Reason.ILL, "")}
        )
    assert "K17" not in rules(world.cell_a1)
    closed(world.cell_a1, world.members_a1, dt.date(2020, 4, 1), exceptions={who: (Mark.EXCUSED, Reason.ILL, "")})
    assert rules(world.cell_a1).count("K17") == 1


def test_three_months_away_without_reason_need_not_follow_each_other(world):
    who = world.members_a1[4].pk
    for month in (1, 4, 8):
        closed(world.cell_a1, world.members_a1, dt.date(2020, month, 1), exceptions={who: (Mark.UNEXCUSED, "", "")})
    found = [one for one in questions_of([world.cell_a1], DAY) if one.rule == "K17"]
    assert len(found) == 1
    assert "3 tháng" in found[0].text


def test_each_branch_is_asked_by_what_it_set_itself(world):
    """A limit set for one branch is not the limit of the other: months left out, days before a standing ends."""
    for name, value in (("alerts.left_out_months", 2), ("alerts.standing_ends_days", 60)):
        set_parameter(
            parameters.get(name), value, by=None, valid_from=dt.date(2020, 1, 1), source="Quy chế", path=world.ward_b.path
        )  # fmt: skip
    for cell, members in ((world.cell_a1, world.members_a1), (world.cell_b1, world.members_b1)):
        for month in (1, 4):
            away = {members[4].pk: (Mark.UNEXCUSED, "", "")}
            closed(cell, members, dt.date(2020, month, 1), exceptions=away, votes=[])
        StandingPeriod.objects.create(
            member=members[3], standing=Standing.EXEMPT, starts_on=dt.date(2020, 6, 1), ends_on=DAY + dt.timedelta(days=45)
        )  # fmt: skip
    found = [one for one in questions_of([world.cell_a1, world.cell_b1], DAY) if one.rule == "K17"]
    assert {one.cell for one in found} == {world.cell_b1} and len(found) == 2


@pytest.mark.parametrize(
    ("marks", "run"),
    [("", 0), ("EEE", 3), ("EEPE", 2), ("ENE", 2), ("EEUEE", 2), ("PPEEEE", 4)],
)
def test_longest_run(marks, run):
    codes = {"E": Mark.EXCUSED, "P": Mark.PRESENT, "N": Mark.NOT_COUNTED, "U": Mark.UNEXCUSED}
    assert longest_run([codes[letter] for letter in marks]) == run


def test_the_number_of_queries_does_not_grow(world, django_assert_max_num_queries):
    cells = [world.cell_a1, world.cell_a2, world.cell_b1]
    for cell, members in zip(cells, (world.members_a1, world.members_a2, world.members_b1), strict=True):
        closed(cell, members, dt.date(2020, 12, 1), votes=[])
    with django_assert_max_num_queries(20):
        questions_of(cells, DAY)
