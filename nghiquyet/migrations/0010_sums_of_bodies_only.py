"""Sums stand at the issuing body and the bodies below it only; the list of reports begins with the newest period."""

from django.db import migrations, models

# Rows of a unit that reports (its line says the same), of bodies above the issuer (nobody asks there), and of nothing.
DROP = """
DELETE FROM nghiquyet_dutytally t USING nghiquyet_duty d, nghiquyet_resolution r, chibo_organisation issuer, chibo_organisation place
WHERE d.id = t.duty_id AND r.id = d.resolution_id AND issuer.id = r.organisation_id AND place.id = t.organisation_id AND (
    t.done + t.moving + t.same + t.not_assessed = 0
    OR place.id <> issuer.id AND (starts_with(issuer.path, place.path) OR EXISTS (
        SELECT FROM nghiquyet_progressreport p JOIN nghiquyet_reportline l ON l.report_id = p.id AND l.duty_id = t.duty_id
        WHERE p.resolution_id = r.id AND p.organisation_id = t.organisation_id AND p.period = t.period)));
DELETE FROM nghiquyet_targettally t USING nghiquyet_target a, nghiquyet_resolution r, chibo_organisation issuer, chibo_organisation place
WHERE a.id = t.target_id AND r.id = a.resolution_id AND issuer.id = r.organisation_id AND place.id = t.organisation_id AND (
    t.assessed + t.not_assessed = 0
    OR place.id <> issuer.id AND (starts_with(issuer.path, place.path) OR EXISTS (
        SELECT FROM nghiquyet_targetfigure f WHERE f.target_id = t.target_id AND f.organisation_id = t.organisation_id
            AND f.period = t.period AND f.sort = 'reported')));
"""


class Migration(migrations.Migration):

    dependencies = [
        ('nghiquyet', '0009_second_reader_of_wording'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='progressreport',
            index=models.Index(models.OrderBy(models.F('period'), descending=True), name='nghiquyet_report_newest'),
        ),
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
    ]
