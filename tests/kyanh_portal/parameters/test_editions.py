"""What a process keeps is never older than a fresh read; a planned statement is known to each connection."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.models import Avg, Q

from hoithao.frames import Books
from hoithao.models import RuleFrame
from hoithao.services.whole import kind_and_agenda
from kyanh_portal.base.planned import Question, columns, planned
from kyanh_portal.parameters.editions import editions_read_once
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


def test_one_act_reads_the_editions_once_and_the_next_reads_them_anew(django_assert_num_queries):
    _title()
    with django_assert_num_queries(1), editions_read_once():
        kept = _title(), _title()
    assert kept[0] == kept[1]
    with editions_read_once():
        _by_hand("Nội dung mới")
        assert _title() == "Nội dung mới"


FRAMES = {"ask": lambda day, pk: RuleFrame.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), pk=pk).values_list("pk", "valid_from")}  # fmt: skip


def test_a_question_answers_as_the_orm_does_and_is_put_into_sql_once(django_assert_num_queries):
    question = Question("trial_frames", dt.date, int, **FRAMES)
    days = [dt.date(2018, 1, 1), dt.date(2020, 6, 1), dt.date(2027, 1, 1)]
    for pk in [0, *RuleFrame.objects.values_list("pk", flat=True)]:
        assert [question(day, pk) for day in days] == [list(FRAMES["ask"](day, pk)) for day in days]
    asked = []
    again = Question("trial_frames", dt.date, int, ask=lambda *values: asked.append(values) or FRAMES["ask"](*values))
    again(days[0], 1)
    with django_assert_num_queries(1):
        again(days[1], 1)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda day: RuleFrame.objects.values_list("pk"), "stands nowhere"),
        (lambda day: RuleFrame.objects.filter(valid_from=day).annotate(share=Avg("pk")).values_list("share"), "converting"),
    ],
)  # fmt: skip
def test_a_question_that_loses_a_value_or_needs_converting_is_refused(ask, said):
    with pytest.raises(ValueError, match=said):
        Question("trial_wrong", dt.date, ask=ask)(dt.date(2020, 1, 1))


def test_columns_come_in_the_order_of_the_model():
    names = columns(RuleFrame, "valid_from", "id")
    assert names == [one.attname for one in RuleFrame._meta.concrete_fields if one.attname in names]
    with pytest.raises(ValueError, match="no column"):
        columns(RuleFrame, "nothing")


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
