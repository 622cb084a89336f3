"""The database itself refuses to change or remove a kept file."""

from django.db import migrations

SQL = """
CREATE FUNCTION files_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON files_storedfile
    FOR EACH ROW EXECUTE FUNCTION files_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON files_storedfile
    FOR EACH STATEMENT EXECUTE FUNCTION files_refuse_change();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON files_filebody
    FOR EACH ROW EXECUTE FUNCTION files_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON files_filebody
    FOR EACH STATEMENT EXECUTE FUNCTION files_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_stored_files")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
