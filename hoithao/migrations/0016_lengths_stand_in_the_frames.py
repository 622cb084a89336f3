"""How long a meeting must be stands in the score frames alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0015_score_meetings_late")]

    operations = [migrations.RemoveField(model_name="meetingkind", name="least_minutes")]
