"""Numbers without gaps: one counter row a series, taken inside the transaction that issues the paper."""

from django.db import connection, transaction

from kyanh_portal.documents.models import NumberSequence


def take_number(issuer: str, period: str, type_name: str) -> int:
    """The next number of an issuer, a term and a type, from 01 (HD05 II.I.3.1.1).

    Must run inside the caller's transaction, as its last slow thing: the row stays locked until the commit, so a
    rolled-back issue leaves no gap and two issues at once wait for each other.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is only taken together with the paper that bears it")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO documents_numbersequence AS series (issuer, period, type_name, last)
            VALUES (%s, %s, %s, 1)
            ON CONFLICT (issuer, period, type_name) DO UPDATE SET last = series.last + 1
            RETURNING last
            """,
            [issuer, period, type_name],
        )
        return cursor.fetchone()[0]


def next_number(issuer: str, period: str, type_name: str) -> int:
    """The number the next paper would get: a forecast, and to be shown as one."""
    series = NumberSequence.objects.filter(issuer=issuer, period=period, type_name=type_name)
    return (series.values_list("last", flat=True).first() or 0) + 1
