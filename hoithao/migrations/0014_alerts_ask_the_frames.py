"""What alerts are judged by stands in the score frames; the two values set before are taken out."""

from django.db import migrations

NAMES = ["alerts.posted_before_hours", "alerts.report_days"]


def take_out(apps, schema_editor):
    apps.get_model("parameters", "ParameterValue").objects.filter(name__in=NAMES, set_by=None).delete()


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0013_decisions_and_phrases"), ("parameters", "0001_parameter_values")]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
