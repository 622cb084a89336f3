"""Keep the roll-ups: one row for each organisation, month and type of cell (see models.MonthTally).

The service that changes a fact recounts the cell's month in the same transaction and carries the difference up to
every ancestor; a rebuild from all facts gives the same rows.
"""

import datetime as dt

from django.db import connection, transaction

from kyanh_portal.base.planned import planned

COUNTS = [
    "cells_due", "cells_met", "regular", "open_regular", "thematic", "model_meetings", "base", "present", "excused",
    "unexcused", "speakers", "short",
]  # fmt: skip

# One row for each cell and month of the selection, counted from the facts. Attendance counts the closed regular
# meetings; official and probationary standings make the base (cell-meetings.md 5.4). Which frame says what is short is
# chosen as in frames.Books.on; a scored meeting keeps its own. Whether it is a cell, of which type, and where in the
# tree: as it was at the month's end, whatever it became later.
_FACTS = """
    SELECT cell.id AS organisation_id, months.month, coalesce(worn.path, cell.path) AS path,
        CASE WHEN worn.kind_id IS NULL THEN cell.cell_type_id ELSE worn.cell_type_id END AS cell_type_id,
        CASE WHEN (cell.valid_from IS NULL OR cell.valid_from < months.month + interval '1 month')
              AND (cell.valid_to IS NULL OR cell.valid_to >= months.month) THEN 1 ELSE 0 END AS cells_due,
        CASE WHEN count(m.id) FILTER (WHERE k.code = 'THUONG_KY' AND m.status IN ('open', 'closed')) > 0 THEN 1 ELSE 0 END AS cells_met,
        count(m.id) FILTER (WHERE k.code = 'THUONG_KY' AND m.status = 'closed') AS regular,
        count(m.id) FILTER (WHERE k.code = 'THUONG_KY' AND m.status = 'open') AS open_regular,
        count(m.id) FILTER (WHERE k.code = 'CHUYEN_DE' AND m.status = 'closed') AS thematic,
        count(m.id) FILTER (WHERE m.is_model AND m.status = 'closed') AS model_meetings,
        coalesce(sum(roll.base) FILTER (WHERE k.code = 'THUONG_KY' AND m.status = 'closed'), 0) AS base,
        coalesce(sum(roll.present) FILTER (WHERE k.code = 'THUONG_KY' AND m.status = 'closed'), 0) AS present,
        coalesce(sum(roll.excused) FILTER (WHERE k.code = 'THUONG_KY' AND m.status = 'closed'), 0) AS excused,
        coalesce(sum(roll.unexcused) FILTER (WHERE k.code = 'THUONG_KY' AND m.status = 'closed'), 0) AS unexcused,
        coalesce(sum(said.speakers) FILTER (WHERE k.code = 'THUONG_KY' AND m.status = 'closed'), 0) AS speakers,
        count(m.id) FILTER (WHERE round(extract(epoch FROM m.ended_at - m.opened_at) / 60) < book.least) AS short
    FROM chibo_organisation cell
    CROSS JOIN (SELECT unnest(%(months)s::date[]) AS month) months
    LEFT JOIN LATERAL (
        SELECT f.path, f.kind_id, f.cell_type_id FROM chibo_face f
        WHERE f.organisation_id = cell.id AND (f.starts_on IS NULL OR f.starts_on < months.month + interval '1 month')
        ORDER BY f.starts_on DESC NULLS LAST LIMIT 1
    ) worn ON true
    JOIN chibo_organisationkind ok ON ok.id = coalesce(worn.kind_id, cell.kind_id) AND ok.is_cell
    LEFT JOIN hoithao_meeting m ON m.organisation_id = cell.id AND m.month = months.month
    LEFT JOIN hoithao_meetingkind k ON k.id = m.kind_id
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE counted) AS base,
            count(*) FILTER (WHERE counted AND a.mark = 'CO_MAT') AS present,
            count(*) FILTER (WHERE counted AND a.mark = 'VANG_CO_LY_DO') AS excused,
            count(*) FILTER (WHERE counted AND a.mark = 'VANG_KHONG_LY_DO') AS unexcused,
            count(*) FILTER (WHERE a.standing <> 'TAM_DEN') AS members
        FROM hoithao_attendance a, LATERAL (SELECT a.standing IN ('CHINH_THUC', 'DU_BI') AS counted) one
        WHERE a.meeting_id = m.id
    ) roll ON true
    LEFT JOIN hoithao_score score ON score.meeting_id = m.id
    LEFT JOIN LATERAL (
        SELECT greatest(
            CASE WHEN m.theme <> '' AND m.kind_is_regular THEN f.least_minutes_with_theme ELSE f.least_minutes END,
            CASE WHEN f.large_cell > 0 AND roll.members >= f.large_cell THEN f.least_minutes_large END
        ) AS least
        FROM hoithao_ruleframe f
        LEFT JOIN chibo_organisation place ON place.id = f.organisation_id
        CROSS JOIN LATERAL (SELECT (coalesce(m.opened_at, m.starts_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS held_on) day
        CROSS JOIN LATERAL (
            SELECT f.valid_from <= held_on AND (f.valid_to IS NULL OR held_on <= f.valid_to) AS covers,
                length(coalesce(place.path, '')) AS depth, f.kind_id IS NOT NULL AS of_kind
        ) fit
        WHERE m.status = 'closed' AND k.code IN ('THUONG_KY', 'CHUYEN_DE')
          AND CASE WHEN score.frame_id IS NOT NULL THEN f.id = score.frame_id
              ELSE f.status = 'in_force' AND (f.kind_id IS NULL OR f.kind_id = m.kind_id)
                AND starts_with(cell.path, coalesce(place.path, '')) AND (covers OR depth = 0 AND NOT of_kind) END
        ORDER BY covers DESC, CASE WHEN covers THEN depth END DESC, CASE WHEN covers THEN of_kind END DESC,
            CASE WHEN covers THEN f.valid_from END DESC, f.valid_from, f.version DESC, f.id DESC
        LIMIT 1
    ) book ON true
    LEFT JOIN LATERAL (
        SELECT count(DISTINCT c.member_id) AS speakers FROM hoithao_contribution c WHERE c.meeting_id = m.id
    ) said ON true
    WHERE %(cells)s
    GROUP BY cell.id, months.month, worn.path, worn.kind_id, worn.cell_type_id
"""
_LIST = ", ".join(COUNTS)
_SUMS = ", ".join(f"sum(facts.{name}) AS {name}" for name in COUNTS)


# Counts one cell's month again, locks its row and those above it (the leaf first, the root last) and adds the
# difference: one round trip. It answers how many rows it added to, whether there was anything to add, and the place.
_CARRY = (
    f"""
    WITH facts AS MATERIALIZED ({_FACTS}),
    place AS MATERIALIZED (
        SELECT path, cell_type_id, string_to_array(trim(trailing '.' FROM path), '.')::bigint[] AS line FROM facts
    ),
    before AS MATERIALIZED (
        SELECT {_LIST} FROM hoithao_monthtally WHERE organisation_id = %(cell)s AND month = %(month)s
    ),
    difference AS MATERIALIZED (
        SELECT {", ".join(f"facts.{name} - coalesce(before.{name}, 0) AS {name}" for name in COUNTS)}
        FROM facts LEFT JOIN before ON true
    ),
    needed AS MATERIALIZED (SELECT * FROM difference WHERE {" OR ".join(f"{name} <> 0" for name in COUNTS)}),
    held AS MATERIALIZED (
        SELECT id FROM hoithao_monthtally
        WHERE organisation_id = ANY((SELECT line FROM place)::bigint[]) AND month = %(month)s
          AND cell_type_id IS NOT DISTINCT FROM (SELECT cell_type_id FROM place) AND EXISTS (SELECT 1 FROM needed)
        ORDER BY array_position((SELECT line FROM place), organisation_id) DESC FOR UPDATE
    ),
    added AS (
        UPDATE hoithao_monthtally tally
        SET {", ".join(f"{name} = tally.{name} + needed.{name}" for name in COUNTS)}
        FROM needed, held
        WHERE tally.id = held.id AND (SELECT count(*) FROM held) = (SELECT cardinality(line) FROM place)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM needed), path, cell_type_id FROM place
"""  # noqa: S608
    % {"cells": "cell.id = $1", "cell": "$1", "month": "$2", "months": "ARRAY[$2]"}
)


def recount(organisation, month: dt.date) -> None:
    """Count one cell's month again and carry the difference to every organisation above it.

    Does nothing for an organisation that was no cell then. Rows are locked in one order, the cell's first, so that two
    cells closing at once wait for each other and never lock each other out.
    """
    month = month.replace(day=1)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        place = _carried(cursor, organisation.pk, month)
        if place is not None:
            _make_rows(cursor, *place, month)
            _carried(cursor, organisation.pk, month)


def _carried(cursor, cell: int, month: dt.date) -> tuple[list[int], int | None] | None:
    """None where nothing is left to add; (line upward, type of cell) where a row is missing on the way up.

    One round trip of two statements: the count must look after the lock is held. The count keeps its plan, since
    planning it takes longer than answering it.
    """
    lock = (cell % 2**31, month.year * 12 + month.month)
    carry = planned("hoithao_carry", "bigint, date", _CARRY)
    cursor.execute(f"SELECT pg_advisory_xact_lock(%s, %s); {carry}", [*lock, cell, month])  # noqa: S608
    row = cursor.fetchone()
    if row is None:
        return None
    added, needed, path, cell_type_id = row
    line = [int(part) for part in path.split(".") if part][::-1]
    return None if not needed or added == len(line) else (line, cell_type_id)


def _make_rows(cursor, line, cell_type_id, month) -> None:
    """The first fact of a month gives every cell that is due its row; a new branch gets empty ones."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0, month.year * 12 + month.month])
    cursor.execute(
        "SELECT 1 FROM hoithao_monthtally WHERE organisation_id = %s AND month = %s LIMIT 1", [line[-1], month]
    )
    if cursor.fetchone() is None:
        recount_all([month])
    cursor.execute(
        "INSERT INTO hoithao_monthtally (organisation_id, month, cell_type_id, " + _LIST + ") SELECT one, %s, %s"
        + ", 0" * len(COUNTS) + " FROM unnest(%s::bigint[]) one ON CONFLICT (organisation_id, month, cell_type_id) DO NOTHING",
        [month, cell_type_id, line],
    )  # fmt: skip


@transaction.atomic
def recount_all(months: list[dt.date]) -> int:
    """Rebuild the rows of these months for all organisations from the facts; returns how many rows stand then.

    Each month is summed along the tree, and by the types of cells, as they stood at that month's end: earlier sums stay
    where they were after a move or another type.
    """
    months = sorted(set(months))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM hoithao_monthtally WHERE month = ANY(%s)", [months])
        cursor.execute(
            f"""
            INSERT INTO hoithao_monthtally (organisation_id, month, cell_type_id, {_LIST})
            SELECT above.id, facts.month, facts.cell_type_id, {_SUMS}
            FROM ({_FACTS % {"cells": "true", "months": "%(months)s"}}) facts
            JOIN chibo_organisation above ON above.id = ANY(string_to_array(trim(trailing '.' FROM facts.path), '.')::bigint[])
            GROUP BY above.id, facts.month, facts.cell_type_id
            HAVING sum(facts.cells_due) > 0 OR sum(facts.regular + facts.open_regular + facts.thematic) > 0
            """,  # noqa: S608
            {"months": months},
        )
        return cursor.rowcount
