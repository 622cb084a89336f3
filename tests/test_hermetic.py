"""Tests that commit leave nothing behind: the next one finds the database as migrated."""

import datetime as dt

import pytest
from django.db import connection

from chibo.models import Organisation
from hoithao.models import RuleFrame
from tests.conftest import as_migrated, empty_tables, rows_of

pytestmark = pytest.mark.django_db(transaction=True)
LAST_DAY = dt.date(2099, 12, 30)


def test_a_frame_of_a_committee_goes_with_it_and_the_general_ones_stay_as_migrated(committed_world):
    general = RuleFrame.objects.filter(organisation=None).latest("pk")
    RuleFrame.objects.filter(pk=general.pk).update(valid_to=LAST_DAY)
    RuleFrame.objects.create(organisation=committed_world.town, code="RIENG", name="Khung riêng", source="Giả lập")
    empty_tables()
    assert not Organisation.objects.exists()
    assert not RuleFrame.objects.exclude(organisation=None).exists()
    assert not RuleFrame.objects.filter(valid_to=LAST_DAY).exists()
    with connection.cursor() as cursor:
        assert {table: rows_of(cursor, table) for table in as_migrated} == as_migrated
    assert any(as_migrated.values())
