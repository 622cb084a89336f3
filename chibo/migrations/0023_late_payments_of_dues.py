"""Months of đảng phí that stood unpaid and were paid in a later ledger; with that ledger closed they are frozen like its lines."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE TRIGGER of_closed_month BEFORE INSERT OR UPDATE OR DELETE ON chibo_latepayment
    FOR EACH ROW EXECUTE FUNCTION chibo_refuse_closed_fee_line();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON chibo_latepayment
    FOR EACH STATEMENT EXECUTE FUNCTION chibo_refuse_closed_fee_month();
"""
TAKE_AWAY = "DROP TRIGGER of_closed_month ON chibo_latepayment; DROP TRIGGER no_truncate ON chibo_latepayment;"


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0022_papers_of_the_file_rewards_and_ways_abroad'),
    ]

    operations = [
        migrations.CreateModel(
            name='LatePayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.PositiveIntegerField(verbose_name='đóng bù')),
                ('paid_on', models.DateField(verbose_name='ngày đóng')),
                ('channel', models.CharField(choices=[('TIEN_MAT', 'Tiền mặt'), ('DVC', 'Cổng Dịch vụ công')], max_length=10, verbose_name='cách đóng')),
                ('receipt', models.CharField(blank=True, max_length=40, verbose_name='số biên lai')),
                ('ledger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_payments', to='chibo.feemonth', verbose_name='thu ở sổ tháng')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='late_payment', to='chibo.feeline', verbose_name='tháng còn nợ')),
            ],
            options={
                'verbose_name': 'đóng bù đảng phí',
                'verbose_name_plural': 'đóng bù đảng phí',
                'ordering': ['ledger', 'line'],
            },
        ),
        migrations.RunSQL(GUARD, TAKE_AWAY),
    ]
