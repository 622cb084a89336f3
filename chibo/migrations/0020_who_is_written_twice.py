from django.db import migrations, models

NOTE = """
CREATE FUNCTION chibo_find_twins() RETURNS void LANGUAGE sql AS $$
    WITH twice AS (
        SELECT unnest(array_agg(id)) AS key FROM chibo_member WHERE born_on IS NOT NULL
        GROUP BY search_key, born_on HAVING count(*) > 1
    ), gone AS (
        DELETE FROM chibo_twin WHERE NOT EXISTS (SELECT 1 FROM twice WHERE twice.key = chibo_twin.key)
    )
    INSERT INTO chibo_twin (key) SELECT key FROM twice ORDER BY key ON CONFLICT DO NOTHING
$$;
CREATE FUNCTION chibo_note_twins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO chibo_twin (key)
    SELECT DISTINCT two.key FROM written w
    JOIN chibo_member m ON m.search_key = w.search_key AND m.born_on = w.born_on AND m.id <> w.id
    CROSS JOIN LATERAL (VALUES (w.id), (m.id)) AS two(key)
    ORDER BY 1
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION chibo_note_twin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO chibo_twin (key)
    SELECT DISTINCT two.key FROM chibo_member m
    CROSS JOIN LATERAL (VALUES (NEW.id), (m.id)) AS two(key)
    WHERE m.search_key = NEW.search_key AND m.born_on = NEW.born_on AND m.id <> NEW.id
    ORDER BY 1
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER twins_added AFTER INSERT ON chibo_member
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION chibo_note_twins();
CREATE TRIGGER twin_renamed AFTER UPDATE OF search_key, born_on ON chibo_member FOR EACH ROW
    WHEN (NEW.search_key IS DISTINCT FROM OLD.search_key OR NEW.born_on IS DISTINCT FROM OLD.born_on)
    EXECUTE FUNCTION chibo_note_twin();
SELECT chibo_find_twins();
"""
FORGET = """
DROP TRIGGER twin_renamed ON chibo_member;
DROP TRIGGER twins_added ON chibo_member;
DROP FUNCTION chibo_note_twin();
DROP FUNCTION chibo_note_twins();
DROP FUNCTION chibo_find_twins();
"""


class Migration(migrations.Migration):
    dependencies = [("chibo", "0019_receipts_ends_of_reductions_votes_from_minutes")]

    operations = [
        migrations.CreateModel(
            name="Twin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField(unique=True, verbose_name="mã đảng viên")),
            ],
            options={"verbose_name": "có thể ghi hai lần", "verbose_name_plural": "có thể ghi hai lần"},
        ),
        migrations.RunSQL(NOTE, FORGET),
    ]
