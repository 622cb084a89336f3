"""The trail: one chain under any number of writers, and every tampering is found."""

import datetime as dt
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from chibo.services.members import correct_member
from chibo.services.organisations import correct_organisation
from kyanh_portal.audit.models import AuditEntry, AuditSeal
from kyanh_portal.audit.record import record
from kyanh_portal.audit.verifying import first_wrong_position, unsealed


def test_writers_at_once_make_one_chain(transactional_db):
    def write():
        for _ in range(10):
            record("account.opened")
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditSeal.objects.count() == AuditEntry.objects.count() == 240
    assert first_wrong_position() is None and unsealed() == 0


@pytest.mark.parametrize("tampering,found", [
    ("UPDATE audit_auditentry SET verb = 'x' WHERE id = (SELECT entry_id FROM audit_auditseal WHERE position = 3)", 3),
    ("DELETE FROM audit_auditseal WHERE position = 2", 2),
    ("UPDATE audit_auditseal SET seal = repeat('0', 64) WHERE position = 4", 4),
])  # fmt: skip
def test_tampering_is_found_at_its_first_position(transactional_db, tampering, found):
    for _ in range(5):
        record("account.opened")
    with connection.cursor() as cursor:  # as the owner of the database might
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(tampering)
        cursor.execute("SET session_replication_role = origin")
    assert first_wrong_position() == found


def test_a_refusal_is_told(world, client):
    client.force_login(world.users["secretary"])
    assert client.get("/nhat-ky/").status_code == 403
    assert AuditEntry.objects.filter(verb="access.denied", by=world.users["secretary"]).count() == 1


def test_a_row_of_another_branch_is_told_as_a_refusal_once(world, client):
    client.force_login(world.users["secretary"])
    assert client.get(f"/to-chuc/dang-vien/{world.members_b1[0].pk}/").status_code == 404
    assert client.get("/khong-co-trang-nay/").status_code == 404
    told = AuditEntry.objects.filter(verb="access.denied", by=world.users["secretary"])
    assert [entry.facts["status"] for entry in told] == [404]


@pytest.mark.parametrize("page", ["", "?page=1", "?verb=access.denied"])
def test_reading_the_trail_is_told_each_time(world, client, page):
    client.force_login(world.users["inspection"])
    assert client.get(f"/nhat-ky/{page}").status_code == 200
    assert AuditEntry.objects.filter(verb="audit.read", by=world.users["inspection"]).count() == 1


@pytest.mark.parametrize("sql", [
    "UPDATE audit_auditentry SET verb = 'x'", "DELETE FROM audit_auditentry", "TRUNCATE audit_auditentry CASCADE",
    "UPDATE audit_auditseal SET seal = 'x'", "DELETE FROM audit_auditseal", "TRUNCATE audit_auditseal",
    "INSERT INTO audit_auditentry SELECT * FROM audit_auditentry ON CONFLICT (id) DO UPDATE SET verb = 'x'",
])  # fmt: skip
def test_the_database_refuses_every_change(transactional_db, sql):
    record("account.opened")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert first_wrong_position() is None


def test_a_cut_tail_is_found_by_the_written_head(transactional_db):
    for _ in range(3):
        record("account.opened")
    head = AuditSeal.objects.get(position=3).seal
    call_command("verify_audit", anchor=f"3:{head}", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM audit_auditseal WHERE position = 3")
        cursor.execute("DELETE FROM audit_auditentry WHERE id = (SELECT max(id) FROM audit_auditentry)")
        cursor.execute("SET session_replication_role = origin")
    call_command("verify_audit", stdout=StringIO())
    with pytest.raises(CommandError, match="vị trí 3"):
        call_command("verify_audit", anchor=f"3:{head}")


def test_neither_change_nor_entry_remains_when_one_fails(world, monkeypatch):
    before = AuditEntry.objects.count()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("chibo.services.organisations.record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        correct_organisation(world.cell_a1, by=None, name="Tên khác")
    world.cell_a1.refresh_from_db()
    assert world.cell_a1.name == "Chi bộ A1" and AuditEntry.objects.count() == before


def test_before_and_after_are_told_by_class(world):
    """An organisation's name in full; of a member's fields only those that decide the roll."""
    correct_organisation(world.cell_a1, by=None, name="Chi bộ A1 mới")
    correct_member(world.members_a1[2], by=None, full_name="Trần Mẫu", left_on=dt.date(2024, 5, 1))
    unit, member = AuditEntry.objects.filter(verb__endswith=".corrected").order_by("pk")
    assert unit.facts["changes"] == {"name": ["Chi bộ A1", "Chi bộ A1 mới"]}
    assert member.facts["changes"] == {"full_name": ["…", "…"], "left_on": ["", "2024-05-01"]}
