"""The trail is append-only, and each entry is sealed with the one before at commit, under one lock."""

from django.db import migrations

SQL = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION audit_hash(before text, entry audit_auditentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        before, entry.id, extract(epoch FROM entry.at), entry.by_id, entry.by_name, entry.verb, entry.target_type,
        entry.target_id, entry.target_label, entry.path, entry.facts, host(entry.address), entry.request_id
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    latest audit_auditseal%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(7301);
    SELECT * INTO latest FROM audit_auditseal ORDER BY position DESC LIMIT 1;
    INSERT INTO audit_auditseal (position, entry_id, previous, seal) VALUES (
        coalesce(latest.position, 0) + 1, NEW.id, coalesce(latest.seal, repeat('0', 64)),
        audit_hash(coalesce(latest.seal, repeat('0', 64)), NEW)
    );
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON audit_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_auditseal
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
