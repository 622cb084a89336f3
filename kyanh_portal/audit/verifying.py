"""Recompute every seal of the trail in the database."""

from django.db import connection

_FIRST_WRONG = """
    SELECT least(position, place) FROM (
        SELECT s.position, s.previous, s.seal,
            lag(s.seal, 1, repeat('0', 64)) OVER (ORDER BY s.position) AS before,
            row_number() OVER (ORDER BY s.position) AS place,
            audit_hash(s.previous, e) AS recomputed
        FROM audit_auditseal s LEFT JOIN audit_auditentry e ON e.id = s.entry_id
    ) chain
    WHERE position <> place OR previous <> before OR recomputed IS DISTINCT FROM seal
    ORDER BY position LIMIT 1
"""


def first_wrong_position() -> int | None:
    """The first link that does not fit, None where the chain is whole."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_WRONG)
        row = cursor.fetchone()
        return row[0] if row else None


def anchor_fits(position: int, seal: str) -> bool:
    """Whether the link written down earlier (on paper, on another disk) still stands: a cut tail is found by it."""
    from kyanh_portal.audit.models import AuditSeal

    return AuditSeal.objects.filter(position=position, seal=seal).exists()


def unsealed() -> int:
    """Entries without a seal; there should be none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_auditentry e WHERE NOT EXISTS (SELECT 1 FROM audit_auditseal s WHERE s.entry_id = e.id)"
        )
        return cursor.fetchone()[0]
