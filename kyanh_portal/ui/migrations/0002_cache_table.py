from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    """The table of the database cache: counters of allauth live there, so that no Redis is needed to sign in."""
    call_command("createcachetable", "ui_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("ui", "0001_initial")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
