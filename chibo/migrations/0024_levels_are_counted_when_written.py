import django.db.models.deletion
from django.db import migrations, models

COUNT = """
CREATE FUNCTION chibo_count_levels(reviews bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM chibo_reviewyear WHERE id = ANY (reviews) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM chibo_ratingtally WHERE session_id = ANY (reviews);
    INSERT INTO chibo_ratingtally (session_id, level, number)
    SELECT session_id, coalesce(nullif(final, ''), level), count(*) FROM chibo_rating
    WHERE session_id = ANY (reviews) AND not_rated = '' GROUP BY 1, 2;
END $$;
CREATE FUNCTION chibo_levels_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM chibo_count_levels((SELECT array_agg(DISTINCT session_id) FROM written));
    RETURN NULL;
END $$;
CREATE FUNCTION chibo_levels_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM chibo_count_levels((SELECT array_agg(session_id) FROM (SELECT session_id FROM written UNION SELECT session_id FROM gone) both_sides));
    RETURN NULL;
END $$;
CREATE TRIGGER levels_added AFTER INSERT ON chibo_rating
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION chibo_levels_written();
CREATE TRIGGER levels_changed AFTER UPDATE ON chibo_rating
    REFERENCING NEW TABLE AS written OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION chibo_levels_changed();
CREATE TRIGGER levels_gone AFTER DELETE ON chibo_rating
    REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION chibo_levels_written();
SELECT chibo_count_levels((SELECT array_agg(DISTINCT session_id) FROM chibo_rating));
"""
FORGET = """
DROP TRIGGER levels_gone ON chibo_rating;
DROP TRIGGER levels_changed ON chibo_rating;
DROP TRIGGER levels_added ON chibo_rating;
DROP FUNCTION chibo_levels_changed();
DROP FUNCTION chibo_levels_written();
DROP FUNCTION chibo_count_levels(bigint[]);
"""
LEVELS = [("HTXS", "Hoàn thành xuất sắc nhiệm vụ"), ("HTT", "Hoàn thành tốt nhiệm vụ"), ("HT", "Hoàn thành nhiệm vụ"), ("KHT", "Không hoàn thành nhiệm vụ")]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("chibo", "0023_late_payments_of_dues")]

    operations = [
        migrations.CreateModel(
            name="RatingTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.CharField(blank=True, choices=LEVELS, max_length=5, verbose_name="mức")),
                ("number", models.PositiveIntegerField(verbose_name="số đồng chí")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="chibo.reviewyear",
                        verbose_name="kỳ xếp loại",
                    ),
                ),
            ],
            options={
                "verbose_name": "số đồng chí mỗi mức",
                "verbose_name_plural": "số đồng chí mỗi mức",
                "ordering": ["session", "level"],
                "constraints": [models.UniqueConstraint(fields=("session", "level"), name="chibo_rating_tally_once")],
            },
        ),
        migrations.RunSQL(COUNT, FORGET),
    ]
