"""Keep the roll-ups of targets and duties: sums and counts at every organisation above a figure, never percentages.

The service that changes a figure counts its period again for all organisations above it, in the same transaction, under
a lock of that target (or duty) and period, so that two reports received at once lose nothing. A rebuild gives the same rows.
"""

import datetime as dt

from django.db import connection, transaction

from nghiquyet.models import DutyTally, TargetTally

_STEP = 11
_TARGET = """
    INSERT INTO nghiquyet_targettally (target_id, organisation_id, period, numerator, denominator, assessed, not_assessed)
    SELECT %(row)s, above.id, %(period)s, coalesce(sum(f.numerator) FILTER (WHERE f.is_assessed), 0),
        coalesce(sum(f.denominator) FILTER (WHERE f.is_assessed), 0),
        count(f.id) FILTER (WHERE f.is_assessed), count(f.id) FILTER (WHERE NOT f.is_assessed)
    FROM chibo_organisation above
    LEFT JOIN (nghiquyet_targetfigure f JOIN chibo_organisation o ON o.id = f.organisation_id)
        ON f.target_id = %(row)s AND f.period = %(period)s AND f.sort = 'reported' AND starts_with(o.path, above.path)
    WHERE above.path = ANY(%(paths)s) GROUP BY above.id
    ON CONFLICT (target_id, organisation_id, period) DO UPDATE SET numerator = excluded.numerator,
        denominator = excluded.denominator, assessed = excluded.assessed, not_assessed = excluded.not_assessed
"""
_DUTY = """
    INSERT INTO nghiquyet_dutytally (duty_id, organisation_id, period, done, moving, same, not_assessed)
    SELECT %(row)s, above.id, %(period)s, count(x.id) FILTER (WHERE x.state = 'done'), count(x.id) FILTER (WHERE x.state = 'moving'),
        count(x.id) FILTER (WHERE x.state = 'same'), count(x.id) FILTER (WHERE x.state = 'not_assessed')
    FROM chibo_organisation above
    LEFT JOIN (
        SELECT l.id, l.state, o.path FROM nghiquyet_reportline l
        JOIN nghiquyet_progressreport r ON r.id = l.report_id AND r.state IN ('received', 'locked') AND r.period = %(period)s
        JOIN chibo_organisation o ON o.id = r.organisation_id
        WHERE l.duty_id = %(row)s
    ) x ON starts_with(x.path, above.path)
    WHERE above.path = ANY(%(paths)s) GROUP BY above.id
    ON CONFLICT (duty_id, organisation_id, period) DO UPDATE SET done = excluded.done, moving = excluded.moving,
        same = excluded.same, not_assessed = excluded.not_assessed
"""


def above(path: str) -> list[str]:
    """The path of an organisation and of each above it.

    >>> above("0000000001.0000000002.")
    ['0000000001.', '0000000001.0000000002.']
    """
    return [path[:end] for end in range(_STEP, len(path) + 1, _STEP)]


def _count(statement: str, space: int, row: int, period: dt.date, path: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [space, (row * 4099 + period.toordinal()) % 2**31])
        cursor.execute(statement, {"row": row, "period": period, "paths": above(path)})


def retally_target(target, period: dt.date, path: str) -> None:
    """Count a target's period again at the organisation `path` and all above it."""
    _count(_TARGET, 7101, target.pk, period, path)


def retally_duty(duty, period: dt.date, path: str) -> None:
    """Count what the reports say of a duty in a period again."""
    _count(_DUTY, 7102, duty.pk, period, path)


@transaction.atomic
def rebuild(resolution) -> int:
    """Count every figure of a resolution again; answers how many (row, period, organisation) were counted."""
    TargetTally.objects.filter(target__resolution=resolution).delete()
    DutyTally.objects.filter(duty__resolution=resolution).delete()
    counted = 0
    for target in resolution.targets.all():
        rows = target.figures.filter(sort="reported").values_list("period", "organisation__path").distinct()
        for period, path in rows:
            retally_target(target, period, path)
            counted += 1
    for duty in resolution.duties.all():
        rows = duty.lines.filter(report__state__in=["received", "locked"])
        for period, path in rows.values_list("report__period", "report__organisation__path").distinct():
            retally_duty(duty, period, path)
            counted += 1
    return counted
