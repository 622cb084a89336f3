"""The trail: one chain under any number of writers, and every tampering is found."""

import threading

import pytest
from django.db import connection

from kyanh_portal.audit.models import AuditEntry, AuditSeal
from kyanh_portal.audit.record import record
from kyanh_portal.audit.verifying import first_wrong_position, unsealed


def test_writers_at_once_make_one_chain(transactional_db):
    def write():
        for _ in range(10):
            record("account.opened")
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditSeal.objects.count() == AuditEntry.objects.count() == 120
    assert first_wrong_position() is None and unsealed() == 0


@pytest.mark.parametrize("tampering,found", [
    ("UPDATE audit_auditentry SET verb = 'x' WHERE id = (SELECT entry_id FROM audit_auditseal WHERE position = 3)", 3),
    ("DELETE FROM audit_auditseal WHERE position = 2", 3),
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
