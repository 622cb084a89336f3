"""The database itself refuses to change a closed meeting, what belongs to it, its minutes and their addenda."""

from django.db import migrations

CHILDREN = {
    "hoithao_agendaitem": "hội nghị", "hoithao_attendance": "điểm danh", "hoithao_contribution": "ý kiến",
    "hoithao_vote": "biểu quyết", "hoithao_paper": "tham luận", "hoithao_remark": "ý kiến",
    "hoithao_disagreement": "vấn đề", "hoithao_conclusion": "kết luận",
}  # fmt: skip
FROZEN = ["hoithao_minutes", "hoithao_addendum"]

FUNCTIONS = """
CREATE FUNCTION hoithao_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION hoithao_refuse_closed_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'closed' THEN
        RAISE EXCEPTION 'frozen: meeting % is closed', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION hoithao_refuse_child_of_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM hoithao_meeting WHERE id = OLD.meeting_id AND status = 'closed') THEN
        RAISE EXCEPTION 'frozen: % of closed meeting %', TG_TABLE_NAME, OLD.meeting_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM hoithao_meeting WHERE id = NEW.meeting_id AND status = 'closed') THEN
        RAISE EXCEPTION 'frozen: % of closed meeting %', TG_TABLE_NAME, NEW.meeting_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER closed_meeting BEFORE UPDATE OR DELETE ON hoithao_meeting
    FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_closed_meeting();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON hoithao_meeting
    FOR EACH STATEMENT EXECUTE FUNCTION hoithao_refuse_change();
"""


def statements() -> str:
    sql = [FUNCTIONS]
    for table in CHILDREN:
        sql.append(
            f"CREATE TRIGGER of_closed_meeting BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_child_of_closed();"
            f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hoithao_refuse_change();"
        )
    for table in FROZEN:
        sql.append(
            f"CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_change();"
            f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hoithao_refuse_change();"
        )
    return "\n".join(sql)


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0002_reference_data")]
    operations = [migrations.RunSQL(statements(), migrations.RunSQL.noop)]
