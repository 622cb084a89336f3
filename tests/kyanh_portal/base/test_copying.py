"""Rows copied in stand in the table exactly as rows saved one by one."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from chibo.models import Member
from kyanh_portal.audit.models import AuditEntry, AuditSeal
from kyanh_portal.audit.record import record, record_many
from kyanh_portal.base.copying import copy_line, copy_lines, copy_new, update_many
from kyanh_portal.exchange.models import ImportRow, ImportRun

pytestmark = pytest.mark.django_db
HARD = ["a\tb\nc\r", "\\N", "\\.", 'ngoặc "kép" và \\', "Đặng Thị Ánh 🇻🇳", ""]


def test_every_sign_comes_back_as_it_went_in(world):
    run = ImportRun.objects.create(importer="x", title="x", sha256="0" * 64, requester=world.users["organising"])
    names = ("run", "number", "label", "kind", "target", "values", "differences", "problems", "left_out")
    rows = [(run.pk, n, text, "new", None, {"á": [text, None, True, 1.5]}, [[text]], [], text) for n, text in enumerate(HARD)]  # fmt: skip
    copy_lines(ImportRow, names, (copy_line(row) for row in rows))
    there = [
        (row.run_id, row.number, row.label, row.kind, row.target, row.values, row.differences, row.problems, row.left_out)
        for row in ImportRow.objects.order_by("number")
    ]  # fmt: skip
    assert there == rows


def test_a_row_copied_in_equals_a_row_saved(world):
    day = dt.date(1985, 7, 3)
    saved = Member.objects.create(organisation=world.cell_a1, full_name="Trần Giả An", admitted_on=day, joined_on=day)
    told = {"organisation_id": saved.organisation_id, "full_name": saved.full_name, "admitted_on": "1985-07-03", "joined_on": day}  # fmt: skip
    keys = {"sort_key": saved.sort_key, "search_key": saved.search_key}
    one, two = copy_new(Member, [told | keys, told | keys])
    assert two > one > saved.pk and copy_new(Member, []) == []
    fields = [field.attname for field in Member._meta.concrete_fields if field.name not in ("id", "created_at", "updated_at")]  # fmt: skip
    assert (
        Member.objects.filter(pk=one).values(*fields).get() == Member.objects.filter(pk=saved.pk).values(*fields).get()
    )
    assert Member.objects.get(pk=two).created_at >= saved.created_at
    assert Member.objects.create(**told | {"full_name": "Sau"}).pk > two  # the sequence went along


def test_rules_of_the_table_hold(world):
    day = dt.date(1985, 7, 3)
    row = {
        "organisation_id": world.cell_a1.pk,
        "full_name": "A",
        "admitted_on": day,
        "joined_on": day,
        "official_on": day,
    }
    before = Member.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_new(Member, [row])
    assert Member.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_lines_of_the_trail_are_whole_and_sealed_in_order(world):
    by, member = world.users["organising"], Member.objects.first()
    plain = record("member.entered", member, by=by, path="0000000001.", imported=True)
    many = [(member.pk, str(member), "0000000001."), (member.pk + 1, "B", "0000000002.")]
    record_many("member.entered", Member, many, by=by, imported=True)
    first, second = AuditEntry.objects.filter(pk__gt=plain.pk).order_by("pk")
    for name in ("by_id", "by_name", "verb", "target_type", "target_id", "target_label", "path", "facts", "address", "request_id"):  # fmt: skip
        assert getattr(first, name) == getattr(plain, name), name
    assert (second.target_id, second.target_label, second.path) == (str(member.pk + 1), "B", "0000000002.")
    seals = AuditSeal.objects.filter(entry__pk__gte=plain.pk).order_by("position").values_list("entry_id", flat=True)
    assert list(seals) == [plain.pk, first.pk, second.pk]


def test_many_rows_each_get_their_own_values(world):
    """One UPDATE, the other rows and fields untouched, the day of the change set; the rules of the table hold."""
    one, two, other = Member.objects.order_by("pk")[:3]
    before, seen = Member.objects.filter(pk=other.pk).values().get(), one.updated_at
    one.full_name, one.born_on, one.sex = 'Trần "Giả" \\ An', dt.date(1950, 1, 2), "nu"
    two.full_name, two.born_on, two.file_number = "Đặng Ánh", None, "không ghi"
    update_many(Member, [one, two], ["full_name", "born_on", "sex"])
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.full_name, one.born_on, one.sex) == (
        'Trần "Giả" \\ An',
        dt.date(1950, 1, 2),
        "nu",
    ) and one.updated_at > seen
    assert (two.full_name, two.born_on, two.file_number) == ("Đặng Ánh", None, "")
    assert Member.objects.filter(pk=other.pk).values().get() == before
    one.official_on = one.admitted_on
    with pytest.raises(IntegrityError), transaction.atomic():
        update_many(Member, [one], ["official_on"])
    assert update_many(Member, [], ["full_name"]) is None
