"""Statements that keep their plan: for a long one that is asked often, and planned longer than it runs."""

from django.db import connection


def planned(name: str, types: str, sql: str) -> str:
    """`EXECUTE name (%s, …)` for the statement `sql`, whose parameters are $1, $2, … of these `types`.

    Prepared once for each connection; what is prepared outlives a transaction that is rolled back.
    """
    connection.ensure_connection()
    of, known = getattr(connection, "_planned", (None, {}))
    if of is not connection.connection:  # a new connection knows nothing
        known = {}
        connection._planned = connection.connection, known
    if known.get(name) != sql:
        with connection.cursor() as cursor:
            if name in known:
                cursor.execute(f"DEALLOCATE {name}")
            cursor.execute(f"PREPARE {name} ({types}) AS {sql}")
        known[name] = sql
    return f"EXECUTE {name} ({', '.join(['%s'] * len(types.split(',')))})"
