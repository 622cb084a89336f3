"""A new edition for each change of a watched table (see kyanh_portal/parameters/editions.py)."""

from django.db import migrations, models

SQL = """
CREATE FUNCTION parameters_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO parameters_edition (room, edition) VALUES (TG_ARGV[0], gen_random_uuid())
    ON CONFLICT (room) DO UPDATE SET edition = EXCLUDED.edition;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("parameters", "0001_parameter_values")]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("room", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="phòng")),
                ("edition", models.UUIDField(verbose_name="ấn bản")),
            ],
            options={"verbose_name": "ấn bản", "verbose_name_plural": "ấn bản"},
        ),
        migrations.RunSQL(SQL, "DROP FUNCTION parameters_new_edition"),
    ]
