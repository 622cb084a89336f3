"""The database itself refuses to change or remove an issued paper, and to turn a counter back."""

from django.db import migrations

SQL = """
CREATE FUNCTION documents_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION documents_refuse_turning_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last < OLD.last OR (NEW.issuer, NEW.period, NEW.type_name) <> (OLD.issuer, OLD.period, OLD.type_name) THEN
        RAISE EXCEPTION 'frozen: a series only goes on' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON documents_issueddocument
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON documents_issueddocument
    FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER only_forward BEFORE UPDATE ON documents_numbersequence
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_turning_back();
CREATE TRIGGER no_delete BEFORE DELETE ON documents_numbersequence
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON documents_numbersequence
    FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
