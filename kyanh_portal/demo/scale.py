"""More of the demo world for benchmarks: copies of its districts made by the database itself, never for use.

Rows are copied with INSERT … SELECT under new ids; rules and triggers do not run, the roll-ups are copied too.
"""

from django.db import connection, transaction

STEP = 10_000_000  # distance between the ids of two copies

COPIES = [
    # table, columns that hold ids to be moved, condition
    ("chibo_organisation", ["id", "parent_id"], "path LIKE %(path)s || '%%'"),
    ("chibo_member", ["id", "organisation_id"], "organisation_id IN (SELECT id FROM chibo_organisation WHERE path LIKE %(path)s || '%%')"),
    ("hoithao_meeting", ["id", "organisation_id", "chair_id", "secretary_id"], "organisation_id IN (SELECT id FROM chibo_organisation WHERE path LIKE %(path)s || '%%')"),
    ("hoithao_attendance", ["id", "meeting_id", "member_id"], "meeting_id IN (SELECT m.id FROM hoithao_meeting m JOIN chibo_organisation o ON o.id = m.organisation_id WHERE o.path LIKE %(path)s || '%%')"),
    ("hoithao_contribution", ["id", "meeting_id", "member_id", "item_id"], "meeting_id IN (SELECT m.id FROM hoithao_meeting m JOIN chibo_organisation o ON o.id = m.organisation_id WHERE o.path LIKE %(path)s || '%%')"),
    ("hoithao_agendaitem", ["id", "meeting_id", "presenter_id"], "meeting_id IN (SELECT m.id FROM hoithao_meeting m JOIN chibo_organisation o ON o.id = m.organisation_id WHERE o.path LIKE %(path)s || '%%')"),
    ("chibo_term", ["id", "organisation_id"], "organisation_id IN (SELECT id FROM chibo_organisation WHERE path LIKE %(path)s || '%%')"),
    ("documents_issueddocument", ["id", "target_id"], "kind = 'minutes' AND path LIKE %(path)s || '%%'"),
    ("hoithao_minutes", ["id", "document_id", "meeting_id"], "meeting_id IN (SELECT m.id FROM hoithao_meeting m JOIN chibo_organisation o ON o.id = m.organisation_id WHERE o.path LIKE %(path)s || '%%')"),
    ("hoithao_monthtally", ["id", "organisation_id"], "organisation_id IN (SELECT id FROM chibo_organisation WHERE path LIKE %(path)s || '%%')"),
]  # fmt: skip
_UNITS = "SELECT id FROM chibo_organisation WHERE path LIKE %(path)s || '%%'"
_PEOPLE = "SELECT m.id FROM chibo_member m JOIN chibo_organisation o ON o.id = m.organisation_id WHERE o.path LIKE %(path)s || '%%'"
COPIES += [
    ("chibo_face", ["id", "organisation_id", "parent_id"], f"organisation_id IN ({_UNITS}) AND path LIKE %(path)s || '%%'"),
    ("chibo_lineage", ["id", "organisation_id", "heir_id"], f"organisation_id IN ({_UNITS}) AND (heir_id IS NULL OR heir_id IN ({_UNITS}))"),
    *((f"chibo_{name}", ["id", "member_id"], f"member_id IN ({_PEOPLE})") for name in ("standingperiod", "exit", "gap", "badge", "cardstep", "discipline", "feestanding")),
    ("chibo_placement", ["id", "member_id", "organisation_id"], f"member_id IN ({_PEOPLE}) AND organisation_id IN ({_UNITS})"),
    ("chibo_position", ["id", "member_id", "organisation_id", "term_id"], f"organisation_id IN ({_UNITS})"),
    ("chibo_candidate", ["id", "organisation_id", "helper_id", "member_id"], f"organisation_id IN ({_UNITS})"),
    ("chibo_candidatestep", ["id", "candidate_id"], f"candidate_id IN (SELECT id FROM chibo_candidate WHERE organisation_id IN ({_UNITS}))"),
    ("chibo_developmenttarget", ["id", "organisation_id"], f"organisation_id IN ({_UNITS})"),
    ("chibo_campaign", ["id", "organisation_id"], f"organisation_id IN ({_UNITS})"),
    ("chibo_reviewform", ["id", "campaign_id", "organisation_id"], f"organisation_id IN ({_UNITS})"),
    ("chibo_finding", ["id", "form_id", "member_id"], f"form_id IN (SELECT id FROM chibo_reviewform WHERE organisation_id IN ({_UNITS}))"),
    ("chibo_helpcase", ["id", "organisation_id", "member_id", "finding_id", "helper_id"], f"organisation_id IN ({_UNITS})"),
    ("chibo_feemonth", ["id", "organisation_id"], f"organisation_id IN ({_UNITS})"),
    ("chibo_feeline", ["id", "ledger_id", "member_id"], f"ledger_id IN (SELECT id FROM chibo_feemonth WHERE organisation_id IN ({_UNITS}))"),
    ("chibo_reviewyear", ["id", "organisation_id"], f"organisation_id IN ({_UNITS})"),
    ("chibo_rating", ["id", "session_id", "member_id"], f"session_id IN (SELECT id FROM chibo_reviewyear WHERE organisation_id IN ({_UNITS}))"),
    ("chibo_ratingtally", ["id", "session_id"], f"session_id IN (SELECT id FROM chibo_reviewyear WHERE organisation_id IN ({_UNITS}))"),
    ("chibo_transfer", ["id", "member_id", "source_id", "target_id"], f"source_id IN ({_UNITS}) AND target_id IN ({_UNITS})"),
    ("chibo_transferbox", ["id", "transfer_id"], f"transfer_id IN (SELECT id FROM chibo_transfer WHERE source_id IN ({_UNITS}) AND target_id IN ({_UNITS}))"),
]  # fmt: skip
BLANKED = {"user_id": "NULL", "round_id": "NULL", "client_key": "gen_random_uuid()"}


def enlarge(times: int, *, say=print) -> None:
    """Make `times` districts out of one, below the same province."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, path, parent_id FROM chibo_organisation o WHERE kind_id = (SELECT id FROM chibo_organisationkind WHERE code = 'thi_uy') ORDER BY id LIMIT 1"
        )
        town, path, province = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM chibo_organisation WHERE id > %s", [STEP])
        if cursor.fetchone()[0]:
            say("Số liệu lớn đã có sẵn.")
            return
        cursor.execute("SET statement_timeout = 0")
        for copy in range(1, times):
            with transaction.atomic():
                _copy(cursor, copy * STEP, path, town, province)
            say(f"• bản sao {copy}/{times - 1}")
        cursor.execute("SELECT chibo_find_twins()")
        cursor.execute("ANALYZE")
        cursor.execute("RESET statement_timeout")


def _copy(cursor, step, path, town, province) -> None:
    cursor.execute("SET LOCAL session_replication_role = replica")
    quoted = connection.ops.quote_name
    for table, moved, condition in COPIES:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        values = [_value(table, column, moved, town, province, step) for column in columns]
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(map(quoted, columns))}) SELECT {', '.join(values)} FROM {table} WHERE id < {STEP} AND {condition}",  # noqa: S608
            {"path": path},
        )


def _value(table, column, moved, town, province, step) -> str:
    if column in BLANKED:
        return BLANKED[column]
    if column == "parent_id":
        return f"CASE WHEN parent_id = {province} THEN {province} ELSE parent_id + {step} END"
    if column in ("issuer", "period"):  # "organisation:12", "term:7"
        return f"regexp_replace({column}, '[0-9]+$', '') || (substring({column} from '[0-9]+$')::bigint + {step})"
    if column in moved:
        return f"{column} + {step}"
    if column == "path":  # every id in the path below the province moves too
        return (
            "(SELECT string_agg(lpad((CASE WHEN part::bigint = "
            + str(province)
            + " THEN part::bigint ELSE part::bigint + "
            + str(step)
            + " END)::text, 10, '0'), '.' ORDER BY place) || '.' FROM unnest(string_to_array(rtrim(path, '.'), '.')) WITH ORDINALITY AS t(part, place))"
        )
    if table == "chibo_member" and column == "born_on":  # else each copy looks like the same person written twice
        return f"born_on - {step // STEP}"
    if table == "chibo_organisation" and column in ("name", "short_name"):
        return f"CASE WHEN id = {town} THEN {column} || ' {step // STEP + 1}' ELSE {column} END"
    return connection.ops.quote_name(column)
