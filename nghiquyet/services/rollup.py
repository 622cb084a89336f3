"""Keep the roll-ups of targets and duties: sums and counts at the issuing body and every body below it, never percentages.

A figure is added up at the bodies its unit stood under when its period ended; the unit's own figure is its line and is
not kept twice. The service that changes a figure carries the difference up in the same transaction, under one lock of the
resolution, so that two reports received at once lose nothing and the cost does not grow with the units. Where the kept
sums are not what the difference is taken from, the period is counted again. A rebuild from all facts gives the same rows.
"""

import datetime as dt

from django.db import connection, transaction

from kyanh_portal.base.calendar import today
from nghiquyet.figures.periods import LENGTH, next_period

_STEP = 11
_LOCK = "SELECT pg_advisory_xact_lock(7102, %s)"
# Keys from the top of the tree to the unit, as it stood when a period ended: a figure stays with the bodies of its day.
_STOOD = """string_to_array(trim(trailing '.' FROM coalesce((
    SELECT face.path FROM chibo_face face
    WHERE face.organisation_id = o.id AND (face.starts_on IS NULL OR face.starts_on < {after})
    ORDER BY face.starts_on DESC NULLS LAST LIMIT 1), o.path)), '.')::bigint[]"""
# Of these the issuing body and those between it and the unit; where the issuer itself reports, it alone.
_ABOVE = """CASE WHEN o.id = %(issuer)s THEN ARRAY[o.id]
    ELSE stood[array_position(stood, %(issuer)s) : cardinality(stood) - 1] END"""
_PLACED = f"""
    SELECT coalesce({_ABOVE}, '{{}}') FROM (SELECT o.id, {_STOOD.format(after="%(after)s")} AS stood
    FROM chibo_organisation o WHERE o.id = %(unit)s) o
"""  # noqa: S608 - only our own words are put in


def above(path: str) -> list[str]:
    """The path of an organisation and of each above it.

    >>> above("0000000001.0000000002.")
    ['0000000001.', '0000000001.0000000002.']
    """
    return [path[:end] for end in range(_STEP, len(path) + 1, _STEP)]


def lock_sums(resolution) -> None:
    """Until the end of the transaction nobody else changes the sums of this resolution."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [resolution.pk % 2**31])


def _bodies(cursor, resolution, unit: int, period: dt.date, cycle: str) -> list[int]:
    """The bodies a unit's figure of a period is added up at; of a period still running, those of today."""
    after = min(next_period(period, cycle), today() + dt.timedelta(days=1))
    cursor.execute(_PLACED, {"issuer": resolution.organisation_id, "unit": unit, "after": after})
    return sorted(cursor.fetchone()[0])


# What one report says of each duty, at each body above it.
_SAID = """
    SELECT l.duty_id, body.id AS organisation_id, count(*) FILTER (WHERE l.state = 'done') AS done,
        count(*) FILTER (WHERE l.state = 'moving') AS moving, count(*) FILTER (WHERE l.state = 'same') AS same,
        count(*) FILTER (WHERE l.state = 'not_assessed') AS not_assessed
    FROM nghiquyet_reportline l CROSS JOIN unnest(%(bodies)s::bigint[]) AS body(id)
    WHERE l.report_id = %(report)s AND l.duty_id IS NOT NULL AND l.state <> '' GROUP BY l.duty_id, body.id
"""
_ADD_REPORT = f"""
    INSERT INTO nghiquyet_dutytally AS t (duty_id, organisation_id, period, done, moving, same, not_assessed)
    SELECT duty_id, organisation_id, %(period)s, done, moving, same, not_assessed FROM ({_SAID}) s ORDER BY duty_id, organisation_id
    ON CONFLICT (duty_id, organisation_id, period) DO UPDATE SET done = t.done + excluded.done, moving = t.moving + excluded.moving,
        same = t.same + excluded.same, not_assessed = t.not_assessed + excluded.not_assessed
"""  # noqa: S608 - only our own words are put in
_TAKE_REPORT = f"""
    WITH s AS ({_SAID}), taken AS (
        UPDATE nghiquyet_dutytally t SET done = t.done - s.done, moving = t.moving - s.moving, same = t.same - s.same,
            not_assessed = t.not_assessed - s.not_assessed
        FROM s WHERE t.duty_id = s.duty_id AND t.organisation_id = s.organisation_id AND t.period = %(period)s
            AND t.done >= s.done AND t.moving >= s.moving AND t.same >= s.same AND t.not_assessed >= s.not_assessed
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM s) = (SELECT count(*) FROM taken)
"""  # noqa: S608 - only our own words are put in
_DROP_EMPTY_DUTIES = """
    DELETE FROM nghiquyet_dutytally WHERE organisation_id = ANY(%(bodies)s) AND period = %(period)s
        AND duty_id IN (SELECT duty_id FROM nghiquyet_reportline WHERE report_id = %(report)s AND duty_id IS NOT NULL)
        AND done = 0 AND moving = 0 AND same = 0 AND not_assessed = 0
"""


def add_report(report) -> None:
    """A report was received: what it says of its duties comes into the sums above it."""
    lock_sums(report.resolution)
    with connection.cursor() as cursor:
        bodies = _bodies(cursor, report.resolution, report.organisation_id, report.period, report.cycle)
        cursor.execute(_ADD_REPORT, {"report": report.pk, "period": report.period, "bodies": bodies})


def take_report(report) -> None:
    """A received report was returned or replaced: what it says of its duties leaves the sums above it."""
    lock_sums(report.resolution)
    with connection.cursor() as cursor:
        bodies = _bodies(cursor, report.resolution, report.organisation_id, report.period, report.cycle)
        facts = {"report": report.pk, "period": report.period, "bodies": bodies}
        cursor.execute(_TAKE_REPORT, facts)
        if cursor.fetchone()[0]:
            cursor.execute(_DROP_EMPTY_DUTIES, facts)
            return
    count_again(report.resolution, report.period)


_ADD_FIGURE = """
    INSERT INTO nghiquyet_targettally AS t (target_id, organisation_id, period, numerator, denominator, assessed, not_assessed)
    SELECT %(target)s, body.id, %(period)s, %(numerator)s, %(denominator)s, %(assessed)s, %(not_assessed)s
    FROM unnest(%(bodies)s::bigint[]) AS body(id) ORDER BY body.id
    ON CONFLICT (target_id, organisation_id, period) DO UPDATE SET numerator = t.numerator + excluded.numerator,
        denominator = t.denominator + excluded.denominator, assessed = t.assessed + excluded.assessed,
        not_assessed = t.not_assessed + excluded.not_assessed
"""
_TAKE_FIGURE = """
    UPDATE nghiquyet_targettally SET numerator = numerator - %(numerator)s, denominator = denominator - %(denominator)s,
        assessed = assessed - %(assessed)s, not_assessed = not_assessed - %(not_assessed)s
    WHERE target_id = %(target)s AND period = %(period)s AND organisation_id = ANY(%(bodies)s)
        AND assessed >= %(assessed)s AND not_assessed >= %(not_assessed)s
"""
_DROP_EMPTY_TARGETS = """
    DELETE FROM nghiquyet_targettally WHERE target_id = %(target)s AND period = %(period)s AND organisation_id = ANY(%(bodies)s)
        AND assessed = 0 AND not_assessed = 0
"""


def _parts(figure) -> dict:
    """What a figure adds to a sum: a unit that is not assessed only to the count of those."""
    counts = figure.is_assessed
    return {
        "numerator": figure.numerator or 0 if counts else 0, "denominator": figure.denominator or 0 if counts else 0,
        "assessed": int(counts), "not_assessed": int(not counts),
    }  # fmt: skip


def shift_figure(target, period: dt.date, organisation, before=None, after=None) -> None:
    """A unit's figure of a target and period is another now (or gone): the sums above it follow. Call under `lock_sums`."""
    with connection.cursor() as cursor:
        bodies = _bodies(cursor, target.resolution, organisation.pk, period, target.cycle)
        facts = {"target": target.pk, "period": period, "bodies": bodies}
        if before is not None:
            cursor.execute(_TAKE_FIGURE, {**facts, **_parts(before)})
            if cursor.rowcount != len(bodies):
                count_again(target.resolution, period)
                return
        if after is not None:
            cursor.execute(_ADD_FIGURE, {**facts, **_parts(after)})
        elif bodies:
            cursor.execute(_DROP_EMPTY_TARGETS, facts)


# A resolution (or one period of it) at once. Lines are added up by the bodies right above them first, which is one look at
# each line; these few sums are then carried up. Only rows that differ are written.
_LENGTHS = " ".join(f"WHEN '{cycle}' THEN interval '{months} months'" for cycle, months in LENGTH.items())
_STOOD_THEN = _STOOD.format(after=f"least(o.period + CASE o.cycle {_LENGTHS} END, %(tomorrow)s)")
_HEAPS = f"""
    place AS MATERIALIZED (
        SELECT organisation_id, period, cycle, {_ABOVE.replace("o.id", "organisation_id")} AS bodies FROM (
            SELECT o.id AS organisation_id, o.period, o.cycle, {_STOOD_THEN} AS stood FROM (
                SELECT DISTINCT unit.id, unit.path, fact.period, fact.cycle FROM fact JOIN chibo_organisation unit ON unit.id = fact.organisation_id
            ) o
        ) stood
    ),
    heap AS MATERIALIZED (
        SELECT fact.*, place.bodies, dense_rank() OVER (ORDER BY fact.period, place.bodies) AS heap
        FROM fact JOIN place USING (organisation_id, period, cycle) WHERE cardinality(place.bodies) > 0
    ),
    body AS (SELECT DISTINCT heap.heap, heap.period, unnest(heap.bodies) AS organisation_id FROM heap)
"""  # noqa: S608 - only our own words are put in
_ALL_DUTIES = f"""
    WITH fact AS (
        SELECT id, organisation_id, period, cycle FROM nghiquyet_progressreport
        WHERE resolution_id = %(resolution)s AND state IN ('received', 'locked') AND (%(period)s::date IS NULL OR period = %(period)s)
    ), {_HEAPS},
    heaped AS (
        SELECT l.duty_id, heap.heap, count(*) FILTER (WHERE l.state = 'done') AS done,
            count(*) FILTER (WHERE l.state = 'moving') AS moving, count(*) FILTER (WHERE l.state = 'same') AS same,
            count(*) FILTER (WHERE l.state = 'not_assessed') AS not_assessed
        FROM heap JOIN nghiquyet_reportline l ON l.report_id = heap.id
        WHERE l.duty_id IS NOT NULL AND l.state <> '' GROUP BY l.duty_id, heap.heap
    ),
    counted AS MATERIALIZED (
        SELECT h.duty_id, body.organisation_id, body.period, sum(h.done)::int AS done, sum(h.moving)::int AS moving,
            sum(h.same)::int AS same, sum(h.not_assessed)::int AS not_assessed
        FROM heaped h JOIN body USING (heap) GROUP BY h.duty_id, body.organisation_id, body.period
    ),
    kept AS MATERIALIZED (
        SELECT t.* FROM nghiquyet_dutytally t JOIN nghiquyet_duty d ON d.id = t.duty_id
        WHERE d.resolution_id = %(resolution)s AND (%(period)s::date IS NULL OR t.period = %(period)s)
    )
"""  # noqa: S608 - only our own words are put in
_ALL_TARGETS = f"""
    WITH fact AS (
        SELECT f.target_id, f.organisation_id, f.period, t.cycle, f.is_assessed, f.numerator, f.denominator
        FROM nghiquyet_targetfigure f JOIN nghiquyet_target t ON t.id = f.target_id
        WHERE t.resolution_id = %(resolution)s AND f.sort = 'reported' AND (%(period)s::date IS NULL OR f.period = %(period)s)
    ), {_HEAPS},
    heaped AS (
        SELECT target_id, heap, coalesce(sum(numerator) FILTER (WHERE is_assessed), 0) AS numerator,
            coalesce(sum(denominator) FILTER (WHERE is_assessed), 0) AS denominator,
            count(*) FILTER (WHERE is_assessed) AS assessed, count(*) FILTER (WHERE NOT is_assessed) AS not_assessed
        FROM heap GROUP BY target_id, heap
    ),
    counted AS MATERIALIZED (
        SELECT h.target_id, body.organisation_id, body.period, sum(h.numerator) AS numerator, sum(h.denominator) AS denominator,
            sum(h.assessed)::int AS assessed, sum(h.not_assessed)::int AS not_assessed
        FROM heaped h JOIN body USING (heap) GROUP BY h.target_id, body.organisation_id, body.period
    ),
    kept AS MATERIALIZED (
        SELECT s.* FROM nghiquyet_targettally s JOIN nghiquyet_target t ON t.id = s.target_id
        WHERE t.resolution_id = %(resolution)s AND (%(period)s::date IS NULL OR s.period = %(period)s)
    )
"""  # noqa: S608 - only our own words are put in


def _write(table: str, row: str, sums: list[str]) -> str:
    """What was `counted` takes the place of what was `kept`; rows that say the same stay untouched."""
    key, names = [row, "organisation_id", "period"], ", ".join(sums)
    return f""",
        gone AS (DELETE FROM {table} WHERE id IN (
            SELECT kept.id FROM kept LEFT JOIN counted USING ({", ".join(key)}) WHERE counted.{row} IS NULL)),
        changed AS (
            UPDATE {table} t SET {", ".join(f"{name} = c.{name}" for name in sums)}
            FROM (SELECT kept.id, counted.* FROM kept JOIN counted USING ({", ".join(key)})
                WHERE ({", ".join(f"kept.{name}" for name in sums)}) IS DISTINCT FROM ({", ".join(f"counted.{name}" for name in sums)})) c
            WHERE t.id = c.id
        ),
        added AS (
            INSERT INTO {table} ({", ".join(key)}, {names})
            SELECT {", ".join(f"counted.{name}" for name in key)}, {", ".join(f"counted.{name}" for name in sums)}
            FROM counted LEFT JOIN kept USING ({", ".join(key)}) WHERE kept.id IS NULL
        )
        SELECT count(*) FROM counted
    """  # noqa: S608 - only our own words are put in


_REBUILD = [
    _ALL_TARGETS + _write("nghiquyet_targettally", "target_id", ["numerator", "denominator", "assessed", "not_assessed"]),
    _ALL_DUTIES + _write("nghiquyet_dutytally", "duty_id", ["done", "moving", "same", "not_assessed"]),
]  # fmt: skip


@transaction.atomic
def count_again(resolution, period: dt.date | None = None) -> int:
    """Count the sums of one period (None: of all) from the facts; answers how many there are."""
    lock_sums(resolution)
    facts = {"resolution": resolution.pk, "issuer": resolution.organisation_id, "period": period, "tomorrow": today() + dt.timedelta(days=1)}  # fmt: skip
    counted = 0
    with connection.cursor() as cursor:
        for statement in _REBUILD:
            cursor.execute(statement, facts)
            counted += cursor.fetchone()[0]
    return counted


def rebuild(resolution) -> int:
    """Every sum of a resolution from its facts, two statements for any number; answers how many sums there are now."""
    return count_again(resolution)
