"""Keep the roll-ups of targets and duties: sums and counts at every organisation above a figure, never percentages.

The service that changes a figure counts its period again for all organisations above it, in the same transaction, under
a lock of that target (or duty) and period, so that two reports received at once lose nothing. A rebuild gives the same rows.
"""

import datetime as dt

from django.db import connection, transaction

from nghiquyet.figures.periods import LENGTH, next_period
from nghiquyet.models import DutyTally, TargetTally

_STEP = 11
# The keys of a unit and of all above it, as the tree stood when a period ended: a figure stays with the bodies of its day.
_STOOD = """string_to_array(trim(trailing '.' FROM coalesce((
    SELECT face.path FROM chibo_face face
    WHERE face.organisation_id = o.id AND (face.starts_on IS NULL OR face.starts_on < {after})
    ORDER BY face.starts_on DESC NULLS LAST LIMIT 1), o.path)), '.')::bigint[]"""
_THEN = _STOOD.format(after="%(after)s")
_TARGET = f"""
    INSERT INTO nghiquyet_targettally (target_id, organisation_id, period, numerator, denominator, assessed, not_assessed)
    SELECT %(row)s, above.id, %(period)s, coalesce(sum(f.numerator) FILTER (WHERE f.is_assessed), 0),
        coalesce(sum(f.denominator) FILTER (WHERE f.is_assessed), 0),
        count(f.id) FILTER (WHERE f.is_assessed), count(f.id) FILTER (WHERE NOT f.is_assessed)
    FROM (SELECT unnest({_THEN}) AS id FROM chibo_organisation o WHERE o.id = %(unit)s) above
    LEFT JOIN (
        SELECT t.*, {_THEN} AS stood FROM nghiquyet_targetfigure t JOIN chibo_organisation o ON o.id = t.organisation_id
        WHERE t.target_id = %(row)s AND t.period = %(period)s AND t.sort = 'reported'
    ) f ON above.id = ANY(f.stood)
    GROUP BY above.id
    ON CONFLICT (target_id, organisation_id, period) DO UPDATE SET numerator = excluded.numerator,
        denominator = excluded.denominator, assessed = excluded.assessed, not_assessed = excluded.not_assessed
"""  # noqa: S608 - only our own words are put in
_DUTIES = f"""
    INSERT INTO nghiquyet_dutytally (duty_id, organisation_id, period, done, moving, same, not_assessed)
    SELECT duty.id, above.id, %(period)s, count(x.id) FILTER (WHERE x.state = 'done'), count(x.id) FILTER (WHERE x.state = 'moving'),
        count(x.id) FILTER (WHERE x.state = 'same'), count(x.id) FILTER (WHERE x.state = 'not_assessed')
    FROM unnest(%(rows)s::bigint[]) AS duty(id)
    CROSS JOIN (SELECT unnest({_THEN}) AS id FROM chibo_organisation o WHERE o.id = %(unit)s) above
    LEFT JOIN (
        SELECT l.id, l.state, l.duty_id, r.stood FROM (
            SELECT r.id, {_THEN} AS stood FROM nghiquyet_progressreport r JOIN chibo_organisation o ON o.id = r.organisation_id
            WHERE r.resolution_id = %(resolution)s AND r.state IN ('received', 'locked') AND r.period = %(period)s
        ) r
        JOIN nghiquyet_reportline l ON l.report_id = r.id AND l.duty_id = ANY(%(rows)s)
    ) x ON x.duty_id = duty.id AND above.id = ANY(x.stood)
    GROUP BY duty.id, above.id
    ON CONFLICT (duty_id, organisation_id, period) DO UPDATE SET done = excluded.done, moving = excluded.moving,
        same = excluded.same, not_assessed = excluded.not_assessed
"""  # noqa: S608 - only our own words are put in
_LOCKS = (
    "SELECT pg_advisory_xact_lock(%(space)s, key) FROM (SELECT unnest(%(keys)s::int[]) AS key ORDER BY 1) AS sorted"
)


def above(path: str) -> list[str]:
    """The path of an organisation and of each above it.

    >>> above("0000000001.0000000002.")
    ['0000000001.', '0000000001.0000000002.']
    """
    return [path[:end] for end in range(_STEP, len(path) + 1, _STEP)]


def _key(row: int, period: dt.date) -> int:
    return (row * 4099 + period.toordinal()) % 2**31


def retally_target(target, period: dt.date, organisation) -> None:
    """Count a target's period again at the organisation and all that stood above it then."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCKS, {"space": 7101, "keys": [_key(target.pk, period)]})
        cursor.execute(
            _TARGET,
            {"row": target.pk, "period": period, "unit": organisation.pk, "after": next_period(period, target.cycle)},
        )


def retally_duties(report) -> None:
    """Count again what the reports say of every duty in this one, in its period, at its organisation and all above it."""
    rows = sorted(report.lines.filter(duty__isnull=False).values_list("duty_id", flat=True))
    if not rows:
        return
    period = report.period
    with connection.cursor() as cursor:
        cursor.execute(_LOCKS, {"space": 7102, "keys": [_key(row, period) for row in rows]})
        cursor.execute(
            _DUTIES,
            {
                "rows": rows, "period": period, "unit": report.organisation_id, "after": next_period(period, report.cycle),
                "resolution": report.resolution_id,
            },
        )  # fmt: skip


# The whole resolution at once: each figure at every organisation above it, grouped by the database.
_LENGTHS = " ".join(f"WHEN '{cycle}' THEN interval '{months} months'" for cycle, months in LENGTH.items())
_PLACES = f"""
    place AS (
        SELECT p.organisation_id, p.period, p.cycle, {_STOOD.format(after=f"p.period + CASE p.cycle {_LENGTHS} END")} AS stood
        FROM (SELECT DISTINCT organisation_id, period, cycle FROM said) p JOIN chibo_organisation o ON o.id = p.organisation_id
    )
"""  # noqa: S608 - only our own words are put in
_ALL_TARGETS = f"""
    WITH said AS (
        SELECT f.*, t.cycle FROM nghiquyet_targetfigure f
        JOIN nghiquyet_target t ON t.id = f.target_id AND t.resolution_id = %(resolution)s WHERE f.sort = 'reported'
    ), {_PLACES}
    INSERT INTO nghiquyet_targettally (target_id, organisation_id, period, numerator, denominator, assessed, not_assessed)
    SELECT f.target_id, above.id, f.period, coalesce(sum(f.numerator) FILTER (WHERE f.is_assessed), 0),
        coalesce(sum(f.denominator) FILTER (WHERE f.is_assessed), 0),
        count(*) FILTER (WHERE f.is_assessed), count(*) FILTER (WHERE NOT f.is_assessed)
    FROM said f JOIN place USING (organisation_id, period, cycle) CROSS JOIN LATERAL unnest(place.stood) AS above(id)
    GROUP BY f.target_id, above.id, f.period
    ON CONFLICT (target_id, organisation_id, period) DO NOTHING
"""  # noqa: S608 - only our own words are put in
_ALL_DUTIES = f"""
    WITH said AS (
        SELECT l.duty_id, r.organisation_id, r.period, r.cycle, count(*) FILTER (WHERE l.state = 'done') AS done,
            count(*) FILTER (WHERE l.state = 'moving') AS moving, count(*) FILTER (WHERE l.state = 'same') AS same,
            count(*) FILTER (WHERE l.state = 'not_assessed') AS not_assessed
        FROM nghiquyet_progressreport r JOIN nghiquyet_reportline l ON l.report_id = r.id AND l.duty_id IS NOT NULL
        WHERE r.resolution_id = %(resolution)s AND r.state IN ('received', 'locked')
        GROUP BY l.duty_id, r.organisation_id, r.period, r.cycle
    ), {_PLACES}
    INSERT INTO nghiquyet_dutytally (duty_id, organisation_id, period, done, moving, same, not_assessed)
    SELECT x.duty_id, above.id, x.period, sum(x.done), sum(x.moving), sum(x.same), sum(x.not_assessed)
    FROM said x JOIN place USING (organisation_id, period, cycle) CROSS JOIN LATERAL unnest(place.stood) AS above(id)
    GROUP BY x.duty_id, above.id, x.period
    ON CONFLICT (duty_id, organisation_id, period) DO NOTHING
"""  # noqa: S608 - only our own words are put in


@transaction.atomic
def rebuild(resolution) -> int:
    """Count every figure of a resolution again, two statements for any number; answers how many sums there are now."""
    TargetTally.objects.filter(target__resolution=resolution).delete()
    DutyTally.objects.filter(duty__resolution=resolution).delete()
    with connection.cursor() as cursor:
        counted = 0
        for statement in (_ALL_TARGETS, _ALL_DUTIES):
            cursor.execute(statement, {"resolution": resolution.pk})
            counted += cursor.rowcount
    return counted
