"""What a person types reaches PostgreSQL beside the statement, never inside it: judged by every statement sent."""

import datetime as dt

import pytest
from django.db import connection

from tests.factories.hoithao import closed, opened
from tests.factories.nghiquyet import cell_draft
from tests.security.test_fuzz import get_names
from tests.security.walk import Walker, valid_body, view_name

MARK = "k9q"
BREAKERS = [f"{MARK}' OR '1'='1", f'{MARK}"; SELECT pg_sleep(9); --', f"{MARK}＇) UNION SELECT 1 --", f"{MARK}%%s $$"]


class Log:
    """Statements that carry the mark in their text (faults) and those that carry it among their values (as it should be)."""

    def __init__(self):
        self.inside, self.beside = [], 0

    def __call__(self, execute, sql, params, many, context):
        if MARK in str(sql):
            self.inside.append(str(sql)[:300])
        self.beside += MARK in str(params)
        return execute(sql, params, many, context)


@pytest.mark.parametrize("role", ["secretary", "office"])
def test_typed_text_never_stands_in_a_statement(world, role):
    closed(world.cell_a1, world.members_a1)
    opened(world.cell_a1, world.members_a1, dt.date(2021, 1, 1))
    cell_draft(world.cell_a1)
    walker, log = Walker(world.users[role]), Log()
    pages, forms = walker.explore(most_of_a_view=1, most=150)
    names = get_names()
    with connection.execute_wrapper(log):
        for number, page in enumerate(pages):
            text = BREAKERS[number % len(BREAKERS)]
            walker.ask("get", page.split("?")[0], dict.fromkeys(names, text))
        for number, form in enumerate(forms):
            texts = [name for name, kind in form.kinds.items() if kind not in ("submit", "button", "file", "hidden")]
            body = valid_body(form) if form.method == "post" else {}
            text = BREAKERS[number % len(BREAKERS)]
            walker.ask(form.method, form.action, {**body, **dict.fromkeys(texts, text)})
            free = [name for name in texts if form.kinds[name] in ("text", "textarea", "search")]
            walker.ask(form.method, form.action, {**body, **dict.fromkeys(free, text)})
    assert log.inside == []
    assert walker.faults == [], walker.faults[:5]
    assert log.beside > 20, "hardly anything reached the database: nothing was tested"
    assert len({view_name(page) for page in pages}) > 20


def test_the_log_finds_text_put_into_a_statement(db):
    log = Log()
    with connection.execute_wrapper(log), connection.cursor() as cursor:
        cursor.execute(f"SELECT '{MARK}'")
    assert log.inside
