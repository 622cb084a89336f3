"""What changes a few times a year and is asked on every page: kept in the process until the database says it changed.

The tables of a room carry a trigger (`watch_sql`, in a migration) that gives the room a new edition with every change, in
the change's own transaction. So what is kept is never older than what a fresh read would have answered, in each process
and also where rows are changed by hand; a change that is rolled back takes its edition with it.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

_seen: ContextVar[dict[str, object] | None] = ContextVar("editions", default=None)


@contextmanager
def editions_read_once():
    """The editions are read at the first question inside and hold until the end: one act is judged by one set of rules.

    For an act that changes none of the kept tables before it asks for the last time.
    """
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def _editions(rooms: list[str]) -> list:
    """The present editions of these rooms; one that nobody watches has none."""
    seen = _seen.get()
    if not seen:
        seen = {} if seen is None else seen
        with connection.cursor() as cursor:
            cursor.execute("SELECT room, edition FROM parameters_edition")
            seen.update(cursor.fetchall())
    return [seen[room] for room in rooms if room in seen]


class Kept:
    """`read(*asked)` kept for the newest `asked`, until one of the rooms has another edition.

    Whoever asks gets the same objects: read them, never change them.
    """

    def __init__(self, *rooms: str, read: Callable):
        self.rooms, self.read = list(rooms), read
        self._known = None

    def __call__(self, *asked):
        editions = _editions(self.rooms)
        token = editions, asked
        if self._known is None or self._known[0] != token:
            value = self.read(*asked)
            if len(editions) < len(self.rooms):  # a room nobody watches: never kept
                return value
            self._known = token, value
        return self._known[1]


def watch_sql(room: str, *tables: str) -> str:
    """SQL for a migration: each change of these tables gives the room a new edition."""
    triggers = "".join(
        f"CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION parameters_new_edition('{room}');\n"
        for table in tables
    )
    return f"INSERT INTO parameters_edition (room, edition) VALUES ('{room}', gen_random_uuid());\n{triggers}"  # noqa: S608 - names from our migrations
