"""Where each organisation stood before is kept in the process while these tables stay as they are (chibo/scope.py)."""

from django.db import migrations

from kyanh_portal.parameters.editions import watch_sql


class Migration(migrations.Migration):
    dependencies = [("chibo", "0011_help_cases"), ("parameters", "0002_editions")]
    operations = [
        migrations.RunSQL(
            watch_sql("tree", "chibo_organisation", "chibo_face", "chibo_lineage"), migrations.RunSQL.noop
        )
    ]
