"""What a process keeps is never older than a fresh read; a planned statement is known to each connection."""

import datetime as dt

import pytest
from django.db import connection, transaction

from hoithao.frames import Books
from hoithao.models import RuleFrame
from hoithao.services.whole import kind_and_agenda
from kyanh_portal.base.planned import planned
from tests.factories.chibo import build_committee

pytestmark = pytest.mark.django_db


def _title() -> str:
    return kind_and_agenda("THUONG_KY")[1][0].title


def _by_hand(title: str) -> None:
    """Past every service, as a person at the database would."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE hoithao_agendatemplate SET title = %s", [title])


def test_agendas_are_read_once_and_again_after_a_change(django_assert_num_queries):
    _title()
    with django_assert_num_queries(1):  # the edition alone
        _title()
    _by_hand("Mở đầu")
    assert _title() == "Mở đầu"
    with django_assert_num_queries(1):
        _title()


def test_a_change_rolled_back_is_forgotten():
    before = _title()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _by_hand("Chưa ban hành")
        assert _title() == "Chưa ban hành"
        1 / 0  # noqa: B018
    assert _title() == before
    _by_hand("Bản sau")
    assert _title() == "Bản sau"


def test_a_frame_put_in_force_and_its_branch_moved_are_seen_at_once():
    place = build_committee().cell_a1
    number = len(Books().frames)
    RuleFrame.objects.create(
        code="thu", name="Thử", source="Thử", organisation=place, status="in_force", valid_from=dt.date(2020, 1, 1)
    )
    assert len(Books().frames) == number + 1
    assert place.path in {one.path for one in Books().frames}
    type(place).objects.filter(pk=place.pk).update(path="7.")
    assert "7." in {one.path for one in Books().frames}


def test_a_planned_statement_outlives_a_rollback_and_is_made_anew_when_it_changes():
    def ask(sql, value):
        with connection.cursor() as cursor:
            cursor.execute(planned("trial", "int", sql), [value])
            return cursor.fetchone()[0]

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert ask("SELECT $1 + 1", 1) == 2
        1 / 0  # noqa: B018
    assert ask("SELECT $1 + 1", 4) == 5
    assert ask("SELECT $1 * 10", 4) == 40
