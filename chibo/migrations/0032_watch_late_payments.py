"""What is paid late changes the table of dues (N11): kept tables learn that it was written (0013_tables_counted_ahead)."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0031_decision_received_by_the_cell'),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER noted AFTER INSERT OR UPDATE OR DELETE ON chibo_latepayment FOR EACH STATEMENT EXECUTE FUNCTION chibo_note_write();",
            "DROP TRIGGER noted ON chibo_latepayment;",
        ),
    ]
