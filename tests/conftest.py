"""A few fixtures: a small committee with its people, real services, a browser where one is asked for."""

import io

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from tests.browser.tools import chromium, open_page  # noqa: F401 - fixtures
from tests.factories.chibo import build_committee

# What the migrations write: kept, and put back as it was when a test that commits has changed it.
REFERENCE = (
    "chibo_organisationkind",
    "chibo_celltype",
    "chibo_feerate",
    "hoithao_meetingkind",
    "hoithao_agendatemplate",
    "hoithao_steptemplate",
    "hoithao_decisionkind",
    "hoithao_phrase",
    "hoithao_observationstep",
    "hoithao_ruleframe",
    "hoithao_criterion",
)
KEPT = {*REFERENCE, "parameters_edition", "django_migrations", "django_content_type"}
as_migrated = {}  # table → its rows as COPY writes them


# A busy machine is slow, not wrong: no property fails by the clock.
property_settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("portal")


@pytest.fixture(autouse=True)
def _plain_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def rows_of(cursor, table) -> str:
    """All rows of a table as COPY writes them, in an order that an update does not change."""
    out = io.StringIO()
    cursor.copy_expert(f'COPY "{table}" TO STDOUT', out)
    return "".join(sorted(out.getvalue().splitlines(keepends=True)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database as migrated; what the migrations wrote is remembered."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        as_migrated.update({table: rows_of(cursor, table) for table in REFERENCE})


def empty_tables():
    """Empty every table; the reference data is as migrated again, so that no frame of a committee that is gone stays.

    Protected tables refuse that, so the triggers sleep meanwhile.
    """
    tables = [t for t in connection.introspection.table_names() if t not in KEPT]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        for table, rows in as_migrated.items():
            if rows_of(cursor, table) != rows:
                cursor.execute(f'DELETE FROM "{table}"')
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.StringIO(rows))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("UPDATE parameters_edition SET edition = gen_random_uuid()")  # as the triggers would


# Tests that really commit (threads, browser) clean up without TRUNCATE, which our tables refuse.
TransactionTestCase._fixture_teardown = lambda self: empty_tables()


@pytest.fixture
def world(db):
    """A thị ủy with two base organisations, three cells, and one user of each role."""
    return build_committee()


@pytest.fixture
def committed_world(transactional_db):
    """The same, committed: for threads and browsers."""
    return build_committee()
