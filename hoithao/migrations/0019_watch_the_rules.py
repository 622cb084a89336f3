"""Score frames, kinds of meetings, their agendas and the places in rounds are kept in the process while these tables stay as they are."""

from django.db import migrations

from kyanh_portal.parameters.editions import watch_sql


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0018_observer_scores"), ("chibo", "0012_watch_the_tree")]
    operations = [
        migrations.RunSQL(
            watch_sql("meeting_rules", "hoithao_ruleframe", "hoithao_meetingkind", "hoithao_agendatemplate"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(watch_sql("rounds", "hoithao_roundcell"), migrations.RunSQL.noop),
    ]
