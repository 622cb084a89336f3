"""Judged by the database: reading changes nothing, extra fields reach no row, rows of others leave no trace."""

import datetime as dt
import hashlib
import json
import re
import uuid

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from chibo.models import Member, Organisation
from hoithao.models import Meeting
from nghiquyet.models import Resolution
from tests.factories.chibo import make_members, make_organisation
from tests.factories.hoithao import closed, opened, planned
from tests.factories.nghiquyet import cell_draft
from tests.security.corpus import EXTRA
from tests.security.walk import Walker, valid_body, view_name

# Who looked at what is told in these; everything else is business.
TOLD = ("audit_", "django_", "usersessions_", "mfa_", "account_", "accounts_signinfailure", "ui_receipt")
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# Named like a moment, a seal or a key: other with every try.
UNSTEADY = re.compile(r"(_at|_key|_hash|sha256|token|content|seal|once|stamp|password)$")
MORE = {
    "cell": "1",
    "book": "1",
    "year": "1999",
    "signed_at": "2020-01-01",
    "signer": "1",
    "organisation": "1",
    "member": "1",
}


def is_told(table):
    return table.startswith(TOLD)


def business_tables():
    return [table for table in connection.introspection.table_names() if not is_told(table)]


def digest():
    """One hash over every business table."""
    whole = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in business_tables():
            cursor.execute(f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t')  # noqa: S608
            whole.update(f"{table}{cursor.fetchone()[0]}".encode())
    return whole.hexdigest()


def models_behind(queries):
    """The business models whose tables these statements wrote to."""
    tables = {table for one in queries for table in WRITES.findall(one["sql"])}
    return [
        model for model in apps.get_models() if model._meta.db_table in tables and not is_told(model._meta.db_table)
    ]


def snapshot(models):
    return {model: {row[model._meta.pk.attname]: row for row in model.objects.values()} for model in models}


def of_known(path: str, organisations: set[int]) -> str:
    """A path of the tree without the numbers of organisations that came into being with this try."""
    return ".".join("new" if part.isdecimal() and int(part) not in organisations else part for part in path.split("."))


def changed(before, after, known):
    """The rows that are new, other or gone, as lines; what differs with every try (own number, moment, seal) left out."""
    lines = []
    for model, rows in after.items():
        links = {field.attname: field.related_model for field in model._meta.concrete_fields if field.related_model}
        for pk, row in rows.items():
            if before[model].get(pk) == row:
                continue
            plain = {}
            for name, value in row.items():
                if (
                    name in ("id", "uuid")
                    or UNSTEADY.search(name)
                    or isinstance(value, (dt.datetime, uuid.UUID, bytes, memoryview))
                ):
                    continue
                to = links.get(name) or (apps.get_model(row["target_type"]) if name == "target_id" else None)
                if to and value is not None and value not in known(to):
                    value = "new"
                plain[name] = of_known(value, known(Organisation)) if name == "path" else value
            lines.append(f"{model._meta.label} {json.dumps(plain, default=str, sort_keys=True, ensure_ascii=False)}")
        lines += [f"{model._meta.label} gone {pk}" for pk in before[model] if pk not in rows]
    return sorted(lines)


def post(client, address, body):
    """(status, models written, their rows afterwards); everything is taken back."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address, body)
        models = models_behind(queries.captured_queries)
        after = snapshot(models)
        transaction.set_rollback(True)
    return answer.status_code, models, after


@pytest.fixture
def small_world(world):
    closed(world.cell_a1, world.members_a1)
    opened(world.cell_a1, world.members_a1, dt.date(2021, 1, 1))
    planned(world.cell_b1)
    cell_draft(world.cell_a1)
    return world


@pytest.mark.parametrize("role", ["secretary", "office", "organising", "standing"])
def test_reading_changes_nothing(small_world, role):
    """GET, HEAD and OPTIONS of every page, and names that ask for another method."""
    walker = Walker(small_world.users[role])
    pages, _ = walker.explore()
    before = digest()
    for page in pages:
        for method in ("get", "head", "options"):
            walker.ask(method, page, undone=False)
        walker.ask("get", f"{page.split('?')[0]}?_method=POST", undone=False, HTTP_X_HTTP_METHOD_OVERRIDE="DELETE")
    assert len(pages) > 8 and walker.faults == []
    assert digest() == before


@pytest.mark.parametrize("role", ["secretary", "office", "organising", "administrator"])
def test_extra_fields_reach_no_row(small_world, role):
    """Each form sent as a browser would, and again with 30 fields nobody is asked for: the same rows come of it."""
    walker = Walker(small_world.users[role])
    _, forms = walker.explore()
    posts = [
        one for one in forms if one.method == "post" and "/ra/" not in one.action and "file" not in one.kinds.values()
    ]
    kept, differ, wrote = {}, [], 0

    def known(model):
        if model not in kept:
            kept[model] = set(model.objects.values_list("pk", flat=True))
        return kept[model]

    for form in posts:
        body = valid_body(form)
        extra = {name: value for name, value in {**EXTRA, **MORE}.items() if name not in form.kinds}
        plain_status, models, plain = post(walker.client, form.action, body)
        status, more_models, more = post(walker.client, form.action, {**extra, **body})
        before = snapshot({*models, *more_models})
        first, second = changed(before, plain, known), changed(before, more, known)
        wrote += bool(first)
        if (plain_status, first) != (status, second):
            differ.append((view_name(form.action), plain_status, status, sorted(set(first) ^ set(second))[:4]))
    assert differ == []
    assert wrote > len(posts) * 0.15, f"too shallow: {wrote} of {len(posts)} forms wrote anything"


def plain_page(answer):
    """A page without what is new each time: one-time keys, nonces, tokens, the hour."""
    if "html" not in answer.get("Content-Type", ""):
        return ""  # a file carries the moment it was made
    text = answer.content.decode()
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "KEY", text)
    text = re.sub(r'(nonce|data-vault-key)="[^"]*"', r"\1", text)
    text = re.sub(r"\b[A-Za-z0-9]{64}\b", "TOKEN", text)
    text = re.sub(r'(&quot;challenge&quot;|"challenge"): ?[^,]*', r"\1", text)
    return re.sub(r"\d{1,2} giờ( \d{2})?|\d{1,2}:\d{2}", "HOUR", text)


@pytest.mark.parametrize("role", ["secretary", "committee"])
def test_rows_of_others_leave_no_trace(small_world, role):
    """Members, meetings and papers come into being in the other ward: not a letter changes on one's own pages."""
    walker = Walker(small_world.users[role])
    pages, _ = walker.explore()
    every_cell = re.compile(r"/(chuyen|noi-cu-tru)/$")  # where a member may move to or live: every cell by name
    pages = [page for page in pages if not every_cell.search(page)]
    before = {page: plain_page(walker.ask("get", page)) for page in pages}
    make_members(small_world.cell_b1, 20)
    make_organisation("chi_bo_truc_thuoc", "Chi bộ B2", small_world.ward_b)
    closed(small_world.cell_b1, small_world.members_b1, dt.date(2021, 1, 1), votes=[])
    cell_draft(small_world.cell_b1)
    assert len(pages) > 8 and walker.faults == []
    assert [page for page in pages if plain_page(walker.ask("get", page)) != before[page]] == []


@pytest.mark.parametrize("role", ["secretary", "committee"])
def test_a_form_takes_nothing_from_another_scope(small_world, role):
    """A choice of a form replaced by a member, a cell, a meeting of the other ward: no row ever points there."""
    closed(small_world.cell_b1, small_world.members_b1, dt.date(2020, 11, 1), votes=[])
    cell_draft(small_world.cell_b1)
    foreign = {
        model: set(model.objects.filter(path).values_list("pk", flat=True))
        for model, path in (
            (Organisation, Q(pk__in=[small_world.cell_b1.pk, small_world.ward_b.pk])),
            (Member, Q(organisation=small_world.cell_b1)),
            (Meeting, Q(organisation=small_world.cell_b1)),
            (Resolution, Q(organisation=small_world.cell_b1)),
        )
    }
    walker = Walker(small_world.users[role])
    _, forms = walker.explore()
    tried, pointed = 0, []
    for form in [one for one in forms if one.method == "post" and "/ra/" not in one.action]:
        body = valid_body(form)
        for name, offers in form.offers.items():
            if not any(value.isdecimal() for value in offers):
                continue
            for model, keys in foreign.items():
                _, models, rows = post(walker.client, form.action, {**body, name: str(min(keys))})
                tried += 1
                before = snapshot(models)
                for written, found in rows.items():
                    links = [one.attname for one in written._meta.concrete_fields if one.related_model is model]
                    pointed += [
                        (view_name(form.action), name, written._meta.label, link)
                        for pk, row in found.items()
                        for link in links
                        if row[link] in keys and before[written].get(pk) != row
                    ]
    assert pointed == []
    assert tried > 20, f"too shallow: {tried} choices tried"
