"""Every address × method × role × place × state. How to add a line: the top of tests/access_lines.py."""

import logging

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from kyanh_portal.access.checks import every_view_names_a_rule, routes, rule_of
from tests.access_lines import CELLS, COVERS, PUBLIC, ROLES, ROUTES, RULES, SEES_ONLY, SEES_TOO, SIGNED_IN
from tests.access_objects import Thing, objects_of
from tests.factories.chibo import build_committee

pytestmark = pytest.mark.django_db
# What any request may write: sessions, the trail, one-time keys and the store of pages.
NOT_BUSINESS = (
    "django_session", "audit_", "ui_", "usersessions_", "accounts_signinfailure", "django_migrations", "accounts_user",
)  # fmt: skip
ANSWERED = {200, 302, 405, 409, 422}


def views():
    """Route → its view."""
    return {name: getattr(callback, "view_class", callback) for name, _, callback in routes() if name}


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals need no line in the log each."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """One world for the whole matrix; it is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_committee()
        world.objects = objects_of(world)
        yield world
        transaction.set_rollback(True)


def business_rows() -> dict[str, str]:
    """Table → digest of its rows."""
    tables = [t for t in connection.introspection.table_names() if not t.startswith(NOT_BUSINESS)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(
            f"SELECT '{t}', coalesce(md5(string_agg(r::text, '|' ORDER BY r::text)), '') FROM \"{t}\" r" for t in tables
        ))  # fmt: skip
        return dict(cursor.fetchall())


def expected(role, name, line, thing, view, method) -> set[int]:
    """The statuses that the table allows."""
    if line.rule == PUBLIC:
        return {200, 302, 405} | line.also
    if role == "anonymous":
        return {302}
    if line.rule == SIGNED_IN:
        return ANSWERED | line.also | ({404} if thing.place == "absent" else set())
    who = RULES[line.rule]
    is_page_rule = isinstance(who, set)
    if is_page_rule and role not in who:
        return {403}
    takes = {m for m in ("get", "post") if hasattr(view, m)}
    if takes and method not in takes:
        return {405}
    if not line.about:
        return ANSWERED | line.also
    key = (line.about, thing.place)
    if role not in SEES_ONLY.get(key, COVERS[thing.place] | SEES_TOO.get(key, set())):
        return {404}
    if not is_page_rule and role not in who[0 if thing.place in CELLS else 1]:
        return {403} | line.also
    return ANSWERED | line.also


def cells(site, role):
    """(route, method, thing, expected statuses) of one role."""
    known = views()
    for name, line in ROUTES.items():
        if name in known:
            for thing in site.objects[line.about] if line.about else [Thing("", "", ())]:
                for method in ("get", "post"):
                    yield name, method, thing, expected(role, name, line, thing, known[name], method)


def test_every_address_has_its_line():
    known = views()
    wrong = [f"{name}: add a line to tests/access_lines.py" for name in known if name not in ROUTES]
    wrong += [f"{name}: no such address" for name in ROUTES if name not in known]
    for name in known.keys() & ROUTES.keys():
        rule = rule_of(known[name])
        stated = ROUTES[name].rule
        if rule is None:
            rule = PUBLIC if name in settings.PUBLIC_ROUTES else SIGNED_IN
        if rule != stated:
            wrong.append(f"{name}: the view names {rule}, the line {stated}")
        if stated not in (PUBLIC, SIGNED_IN) and stated not in RULES:
            wrong.append(f"{stated}: say in RULES who passes it")
    assert wrong == [], "\n".join(map(str, wrong))


def test_public_addresses_are_few():
    assert len(settings.PUBLIC_ROUTES) <= 8
    assert set(settings.PUBLIC_ROUTES) == {name for name, line in ROUTES.items() if line.rule == PUBLIC}


def test_every_view_names_a_rule():
    assert every_view_names_a_rule(None) == []


def test_a_view_without_a_rule_stops_the_start_up(settings):
    settings.ROOT_URLCONF = "tests.urls_without_rule"
    assert [error.id for error in every_view_names_a_rule(None)] == ["access.E001"]


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_that_of_the_table(site, role, client):
    client, session = Client(), {}
    if role != "anonymous":
        client.force_login(site.users[role])
        session = {key: morsel.value for key, morsel in client.cookies.items()}
    wrong, asked, before = [], set(), business_rows()
    refusing = [cell for cell in cells(site, role) if not cell[3] & {200}]
    open_to = [cell for cell in cells(site, role) if cell[3] & {200}]

    def ask(name, method, thing):
        with transaction.atomic():
            client.cookies.clear()
            client.cookies.load(session)
            answer = getattr(client, method)(reverse(name, args=thing.args))
            transaction.set_rollback(method == "post" and 200 in statuses)
        return answer.status_code

    for name, method, thing, statuses in refusing:
        status = ask(name, method, thing)
        if status not in statuses:
            wrong.append((name, method, thing.place, thing.state, status, statuses))
    assert wrong == [], "\n".join(map(str, wrong))
    after = business_rows()
    assert [table for table in before if before[table] != after[table]] == [], "a refused call changed data"
    for name, method, thing, statuses in open_to:
        # Pages that open cost most: those who share a set of rights with another role ask one object a place.
        if role not in ("secretary", "office"):
            if (name, method, thing.place) in asked or (ROUTES[name].heavy and role != "member"):
                continue
            asked.add((name, method, thing.place))
        status = ask(name, method, thing)
        if status not in statuses:
            wrong.append((name, method, thing.place, thing.state, status, statuses))
    assert wrong == [], "\n".join(map(str, wrong))
    assert {t: d for t, d in business_rows().items() if t != "x"} == after, "reading changed data"


@pytest.mark.parametrize("role", ["secretary", "committee", "member"])
def test_foreign_and_absent_look_alike(site, role):
    """The page for a sibling's object says no more than the page for a number that never was."""
    client, wrong = Client(), []
    client.force_login(site.users[role])
    for name, line in ROUTES.items():
        if line.about and name in views():
            foreign = [t for t in site.objects[line.about] if t.place == "b1"][:1]
            for thing in foreign:
                absent = site.objects[line.about][-1]
                seen, never = (client.get(reverse(name, args=t.args)) for t in (thing, absent))
                if (seen.status_code, len(seen.content)) != (never.status_code, len(never.content)):
                    wrong.append((name, seen.status_code, never.status_code))
    assert wrong == [], "\n".join(map(str, wrong))
