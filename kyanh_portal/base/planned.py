"""Statements that keep their plan: for a long one that is asked often, and planned longer than it runs."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.db import connection
from django.db.models import Model, QuerySet

# What stands in for a value while a question is put into SQL, and the type the database gives it.
_STAND_INS = {
    int: ("bigint", lambda place: 900_000_000 + place),
    dt.date: ("date", lambda place: dt.date(1000, 1, 1) + dt.timedelta(days=place)),
    uuid.UUID: ("uuid", lambda place: uuid.UUID(int=place + 1)),
}


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


class Question:
    """A question of the ORM put into SQL once for each process and planned once for each connection.

    `ask(*values)` gives a `values_list`, and is called once, with stand-ins of the `types` (int, date, UUID): a value may
    stand only where a parameter stands. Called with values, the question answers its rows as tuples, as the database gives
    them. Raises ValueError, at the first call, where a value is lost in the SQL or a column needs converting.
    """

    def __init__(self, name: str, *types: type, ask: Callable[..., QuerySet]):
        self.name, self.types, self.ask = name, types, ask
        self._sql: str | None = None

    def __call__(self, *values) -> list[tuple]:
        if self._sql is None:
            self._sql = self._in_sql()
        run = planned(self.name, ", ".join(_STAND_INS[one][0] for one in self.types), self._sql)
        with connection.cursor() as cursor:
            cursor.execute(run, values)
            return cursor.fetchall()

    def _in_sql(self) -> str:
        stand_ins = [_STAND_INS[one][1](place) for place, one in enumerate(self.types)]
        compiler = self.ask(*stand_ins).query.get_compiler(connection=connection)
        sql, given = compiler.as_sql()
        if compiler.get_converters([column for column, _, _ in compiler.select]):
            raise ValueError(f"{self.name}: a column needs converting")
        with connection.cursor() as cursor:
            written = [f"${stand_ins.index(one) + 1}" if one in stand_ins else _literal(cursor, one) for one in given]
        if lost := [one for one in stand_ins if one not in given]:
            raise ValueError(f"{self.name}: {lost} stands nowhere in the SQL")
        return sql % tuple(written)


def columns(model: type[Model], *names: str) -> list[str]:
    """Columns of a model in the order `from_db` wants them, whatever order they are named in; all where none is named."""
    found = [field.attname for field in model._meta.concrete_fields if not names or field.attname in names]
    if lost := set(names) - set(found):
        raise ValueError(f"{model.__name__} has no column {lost}")
    return found


def _literal(cursor, value) -> str:
    return cursor.mogrify("%s", [value]).decode()
