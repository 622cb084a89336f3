"""The database itself refuses to change an issued resolution and its clauses."""

from django.db import migrations

SQL = """
CREATE FUNCTION nghiquyet_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION nghiquyet_refuse_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'issued' THEN
        RAISE EXCEPTION 'frozen: resolution % is issued', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION nghiquyet_refuse_clause_of_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM nghiquyet_resolution WHERE id = OLD.resolution_id AND status = 'issued') THEN
        RAISE EXCEPTION 'frozen: clause of resolution %', OLD.resolution_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM nghiquyet_resolution WHERE id = NEW.resolution_id AND status = 'issued') THEN
        RAISE EXCEPTION 'frozen: clause of resolution %', NEW.resolution_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER issued BEFORE UPDATE OR DELETE ON nghiquyet_resolution
    FOR EACH ROW EXECUTE FUNCTION nghiquyet_refuse_issued();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON nghiquyet_resolution
    FOR EACH STATEMENT EXECUTE FUNCTION nghiquyet_refuse_truncate();
CREATE TRIGGER of_issued BEFORE INSERT OR UPDATE OR DELETE ON nghiquyet_clause
    FOR EACH ROW EXECUTE FUNCTION nghiquyet_refuse_clause_of_issued();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON nghiquyet_clause
    FOR EACH STATEMENT EXECUTE FUNCTION nghiquyet_refuse_truncate();
"""


class Migration(migrations.Migration):
    dependencies = [("nghiquyet", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
