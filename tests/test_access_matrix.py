"""Every address × every role. A route without a line here fails: nobody forgets to say who may open it."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kyanh_portal.access.checks import every_view_names_a_rule, routes, rule_of
from tests.factories.hoithao import closed, opened

ROLES = [
    "anonymous",
    "secretary",
    "committee",
    "standing",
    "office",
    "organising",
    "inspection",
    "administrator",
    "member",
    "stranger",
]
BUSINESS = {"secretary", "committee", "standing", "office", "organising", "inspection"}
ALL = set(ROLES) - {"anonymous"}
# rule → roles that get past it on a page without an object
PAGES = {
    "portal.signed_in": ALL, "dashboard.see": ALL, "dashboard.see_figures": BUSINESS, "search.use": BUSINESS | {"member"},
    "reports.ask": BUSINESS, "documents.see": BUSINESS, "audit.read": {"inspection", "administrator"}, "accounts.manage": {"administrator"}, "parameters.see": BUSINESS | {"administrator"},
    "chibo.see_organisations": BUSINESS | {"member"}, "chibo.establish_organisation": {"organising"}, "chibo.see_members": BUSINESS | {"member"},
    "chibo.add_member": {"secretary", "organising"}, "hoithao.see_meetings": BUSINESS | {"member"}, "hoithao.plan_meeting": {"secretary", "committee", "office"},
    "hoithao.see_programmes": BUSINESS, "nghiquyet.see_resolutions": BUSINESS, "nghiquyet.draft": {"secretary", "committee", "office", "organising"},
}  # fmt: skip
# what the objects of the fixture are, by the parameters of the route: cell A1's meeting, paper, members…
SEES_A1 = {"secretary", "committee", "standing", "office", "organising", "inspection"}


def client_of(world, role):
    client = Client()
    if role != "anonymous":
        client.force_login(world.users[role])
    return client


def page_routes():
    """Named routes without parameters and with a rule of their own."""
    for name, pattern, callback in routes():
        rule = rule_of(callback)
        if rule and "<" not in str(pattern.pattern) and not re.search(r"\(\?P", str(pattern.pattern)):
            yield name, rule


def test_every_view_names_a_rule():
    assert every_view_names_a_rule(None) == []


def test_public_addresses_are_few():
    assert len(settings.PUBLIC_ROUTES) <= 8


def test_a_view_without_a_rule_stops_the_start_up(settings):
    settings.ROOT_URLCONF = "tests.urls_without_rule"
    errors = every_view_names_a_rule(None)
    assert [error.id for error in errors] == ["access.E001"]


@pytest.mark.parametrize("role", ROLES)
def test_pages_open_for_those_who_may(world, role):
    closed(world.cell_a1, world.members_a1)
    client, wrong = client_of(world, role), []
    for name, rule in page_routes():
        assert rule in PAGES, f"{name}: say in PAGES who passes the rule {rule}"
        answer = client.get(reverse(name)).status_code
        if role == "anonymous":
            expected = {302}
        elif role in PAGES[rule]:
            expected = {200, 405, 302}  # 405: an address that only takes posts
        else:
            expected = {403}
        if answer not in expected:
            wrong.append((name, answer, expected))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_a_siblings_objects_do_not_exist(world, role):
    """Secretary of A1 and the committee of A meet cell B1's rows as if they were absent; the town's roles see them."""
    mine, theirs = closed(world.cell_a1, world.members_a1), closed(world.cell_b1, world.members_b1, votes=[])
    client = client_of(world, role)
    outside = role in {"secretary", "committee", "administrator", "member", "stranger"}
    for name, own, foreign in (
        ("hoithao:meeting_detail", mine.meeting_id, theirs.meeting_id),
        ("documents:detail", mine.document_id, theirs.document_id),
        ("documents:pdf", mine.document_id, theirs.document_id),
        ("chibo:member_detail", world.members_a1[3].pk, world.members_b1[3].pk),
        ("chibo:organisation_detail", world.cell_a1.pk, world.cell_b1.pk),
    ):
        seen, absent = client.get(reverse(name, args=[foreign])), client.get(reverse(name, args=[10**9]))
        if role == "anonymous":
            assert seen.status_code == absent.status_code == 302
        elif outside:
            assert seen.status_code == absent.status_code and seen.status_code in (403, 404), (name, seen.status_code)
            assert len(seen.content) == len(absent.content)
        else:
            assert seen.status_code == 200, name
        if role in SEES_A1:
            assert client.get(reverse(name, args=[own])).status_code == 200, name


@pytest.mark.parametrize("role", ROLES)
def test_only_the_cells_secretary_runs_its_meeting(world, role):
    meeting = opened(world.cell_a1, world.members_a1)
    client = client_of(world, role)
    answer = client.post(
        reverse("hoithao:meeting_save", args=[meeting.pk]), {"field": "conclusion", "value": "X", "seen": ""}
    )
    meeting.refresh_from_db()
    if role == "secretary":
        assert answer.status_code == 200 and meeting.conclusion == "X"
    else:
        assert answer.status_code == {"anonymous": 302, "administrator": 404, "stranger": 404}.get(role, 403)
        assert meeting.conclusion == ""
