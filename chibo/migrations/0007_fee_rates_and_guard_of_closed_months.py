"""Known rates of đảng phí with their source; the database itself refuses to change a closed month."""

import datetime as dt

from django.db import migrations

OLD = "Quy định 342-QĐ/TW ngày 28/12/2010"
NEW = "Quy định 01-QĐ/TW ngày 03/02/2026"
# group, from, of, value, source, confirmed
RATES = [
    ("F1", (2011, 1, 1), "INCOME", "1", OLD, False), ("F2", (2011, 1, 1), "INCOME", "1", OLD, False),
    ("F3", (2011, 1, 1), "INCOME", "0.5", OLD, False), ("F4", (2011, 1, 1), "FIXED", "5000", OLD, False),
    ("F5", (2011, 1, 1), "FIXED", "3000", OLD, False), ("F6", (2011, 1, 1), "FIXED", "3000", OLD, False),
    ("F1", (2026, 2, 1), "INCOME", "1", NEW, True), ("F2", (2026, 2, 1), "INCOME", "1", NEW, True),
    ("F3", (2026, 2, 1), "INCOME", "0.5", NEW, True), ("F4", (2026, 2, 1), "MINIMUM", "0.3", NEW, True),
    ("F5", (2026, 2, 1), "MINIMUM", "0.2", NEW, True), ("F6", (2026, 2, 1), "FIXED", "5000", NEW, True),
    ("F7", (2026, 2, 1), "INCOME", "0.5", NEW, False), ("F4", (2028, 1, 1), "MINIMUM", "0.5", NEW, False),
    ("F5", (2028, 1, 1), "MINIMUM", "0.3", NEW, False),
]  # fmt: skip
GUARD = """
CREATE FUNCTION chibo_refuse_closed_fee_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM chibo_feemonth WHERE id = OLD.ledger_id AND state <> 'MO') THEN
        RAISE EXCEPTION 'frozen: fee line of closed month %', OLD.ledger_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM chibo_feemonth WHERE id = NEW.ledger_id AND state <> 'MO') THEN
        RAISE EXCEPTION 'frozen: fee line of closed month %', NEW.ledger_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION chibo_refuse_closed_fee_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'frozen: % refuses TRUNCATE', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state <> 'MO' AND (TG_OP = 'DELETE' OR NEW.state = 'MO' OR (NEW.organisation_id, NEW.month, NEW.collected, NEW.kept, NEW.kept_share)
        IS DISTINCT FROM (OLD.organisation_id, OLD.month, OLD.collected, OLD.kept, OLD.kept_share)) THEN
        RAISE EXCEPTION 'frozen: fee month % is closed', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_closed_month BEFORE INSERT OR UPDATE OR DELETE ON chibo_feeline
    FOR EACH ROW EXECUTE FUNCTION chibo_refuse_closed_fee_line();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON chibo_feeline
    FOR EACH STATEMENT EXECUTE FUNCTION chibo_refuse_closed_fee_month();
CREATE TRIGGER closed_month BEFORE UPDATE OR DELETE ON chibo_feemonth
    FOR EACH ROW EXECUTE FUNCTION chibo_refuse_closed_fee_month();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON chibo_feemonth
    FOR EACH STATEMENT EXECUTE FUNCTION chibo_refuse_closed_fee_month();
"""
TAKE_AWAY = """
DROP TRIGGER of_closed_month ON chibo_feeline; DROP TRIGGER no_truncate ON chibo_feeline;
DROP TRIGGER closed_month ON chibo_feemonth; DROP TRIGGER no_truncate ON chibo_feemonth;
DROP FUNCTION chibo_refuse_closed_fee_line(); DROP FUNCTION chibo_refuse_closed_fee_month();
"""


def load(apps, schema_editor):
    rate = apps.get_model("chibo", "FeeRate")
    rate.objects.bulk_create(
        rate(group=group, valid_from=dt.date(*day), of=of, value=value, source=source, is_confirmed=confirmed)
        for group, day, of, value, source, confirmed in RATES
    )


class Migration(migrations.Migration):
    dependencies = [("chibo", "0006_development_review_rating_and_dues")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, TAKE_AWAY),
    ]
