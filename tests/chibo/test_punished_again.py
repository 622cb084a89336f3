"""C2: who is disciplined again while a warning is served, named from what is on record, to who decides and nobody else."""

import datetime as dt

import pytest
from django.test import Client

from chibo.models import Discipline
from chibo.services.help_cases import open_case, punished_again
from kyanh_portal.parameters.parameter import parameters
from kyanh_portal.parameters.setting import set_parameter

NOW = dt.date(2020, 12, 21)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.PORTAL_TODAY = NOW


def punish(member, penalty, day, **more):
    return Discipline.objects.create(member=member, penalty=penalty, decided_on=day, decision=f"QĐ {day}", **more)


def named(world, role="organising", day=NOW):
    return [(one.pk, first.decided_on, last.decided_on) for one, first, last in punished_again(world.users[role], day)]


def test_a_second_penalty_while_a_warning_is_served(world):
    one, warned, again = world.members_a1[3], dt.date(2020, 4, 6), dt.date(2020, 11, 9)
    punish(one, "CANH_CAO", warned)
    assert named(world) == []
    punish(one, "KHIEN_TRACH", again)
    assert named(world) == [(one.pk, warned, again)] == named(world, "secretary")
    assert named(world, day=dt.date(2020, 11, 8)) == []  # not yet decided on that day
    set_parameter(parameters.get("chibo.penalty_months"), 6, by=None, valid_from=dt.date(2020, 1, 1), source="Công văn")
    assert named(world) == []  # served for six months only


@pytest.mark.parametrize(
    "first,ends_on,second",
    [
        ("KHIEN_TRACH", None, dt.date(2020, 11, 9)),  # a reprimand is less than a warning
        ("CANH_CAO", dt.date(2020, 10, 6), dt.date(2020, 11, 9)),  # its end is written
        ("CANH_CAO", None, dt.date(2020, 4, 6)),  # the same day: one matter
    ],
)
def test_what_is_no_breach_while_serving(world, first, ends_on, second):
    punish(world.members_a1[3], first, dt.date(2020, 4, 6), ends_on=ends_on)
    punish(world.members_a1[3], "CANH_CAO", second)
    assert named(world) == []


def test_who_has_a_case_is_not_named_again(world):
    one = world.members_a1[3]
    punish(one, "CACH_CHUC", dt.date(2020, 4, 6))
    punish(one, "CANH_CAO", dt.date(2020, 11, 9))
    open_case(one, "C2", dt.date(2020, 11, 20), by=None)
    assert named(world) == []


def test_the_hint_is_told_to_who_decides_within_the_branch(world):
    one = world.members_b1[2]
    punish(one, "CANH_CAO", dt.date(2020, 4, 6))
    punish(one, "CANH_CAO", dt.date(2020, 11, 9))
    assert named(world, "secretary") == named(world, "committee") == named(world, "office") == []
    client = Client()
    client.force_login(world.users["inspection"])
    page = client.get("/to-chuc/ra-soat/giup-do/").content.decode()
    assert "(C2)" in page and one.full_name in page and "cảnh cáo 06/4/2020, rồi cảnh cáo 09/11/2020" in page
    client.force_login(world.users["office"])
    assert client.get("/to-chuc/ra-soat/giup-do/").status_code == 403
