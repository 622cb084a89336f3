"""Receipt numbers, pensioners with other pay, an end for reductions; votes on a probationary member out of locked minutes."""

import datetime as dt

import kyanh_portal.base.sealedfield
from django.db import migrations, models


SOURCE = "Quy định 01-QĐ/TW ngày 03/02/2026 (theo phần mềm thu đảng phí dẫn lại)"


def load(apps, schema_editor):
    """The rate of who draws a pension and earns besides; members abroad have none until staff enter it."""
    apps.get_model("chibo", "FeeRate").objects.get_or_create(
        group="F3B", valid_from=dt.date(2026, 2, 1),
        defaults={"of": "INCOME", "value": "0.5", "source": SOURCE, "is_confirmed": False},
    )  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0018_complaints_about_discipline'),
    ]

    operations = [
        migrations.AddField(
            model_name='feeline',
            name='receipt',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='số biên lai'),
        ),
        migrations.AddField(
            model_name='feestanding',
            name='extra_pay',
            field=kyanh_portal.base.sealedfield.SealedIntegerField(blank=True, null=True, verbose_name='thu nhập thêm ngoài lương hưu (đồng/tháng)'),
        ),
        migrations.AddField(
            model_name='feestanding',
            name='reduced_until',
            field=models.DateField(blank=True, null=True, verbose_name='giảm, miễn đến hết tháng'),
        ),
        migrations.AddField(
            model_name='recognitionvote',
            name='from_minutes',
            field=models.BooleanField(default=False, verbose_name='theo biên bản đã khóa'),
        ),
        migrations.AlterField(
            model_name='feeline',
            name='group',
            field=models.CharField(blank=True, choices=[('F1', 'Đóng bảo hiểm xã hội bắt buộc'), ('F2', 'Hưởng ốm đau, thai sản do bảo hiểm xã hội trả'), ('F3', 'Hưởng lương hưu'), ('F3B', 'Hưởng lương hưu, có thu nhập thêm'), ('F4', 'Không đóng bảo hiểm, còn tuổi lao động'), ('F5', 'Không đóng bảo hiểm, hết tuổi lao động'), ('F6', 'Học sinh, sinh viên'), ('F7', 'Hưởng trợ cấp người có công, mất sức'), ('F8', 'Ở ngoài nước'), ('F9', 'Được miễn')], max_length=12, verbose_name='nhóm'),
        ),
        migrations.AlterField(
            model_name='feerate',
            name='group',
            field=models.CharField(choices=[('F1', 'Đóng bảo hiểm xã hội bắt buộc'), ('F2', 'Hưởng ốm đau, thai sản do bảo hiểm xã hội trả'), ('F3', 'Hưởng lương hưu'), ('F3B', 'Hưởng lương hưu, có thu nhập thêm'), ('F4', 'Không đóng bảo hiểm, còn tuổi lao động'), ('F5', 'Không đóng bảo hiểm, hết tuổi lao động'), ('F6', 'Học sinh, sinh viên'), ('F7', 'Hưởng trợ cấp người có công, mất sức'), ('F8', 'Ở ngoài nước'), ('F9', 'Được miễn')], max_length=12, verbose_name='nhóm'),
        ),
        migrations.AlterField(
            model_name='feestanding',
            name='group',
            field=models.CharField(choices=[('F1', 'Đóng bảo hiểm xã hội bắt buộc'), ('F2', 'Hưởng ốm đau, thai sản do bảo hiểm xã hội trả'), ('F3', 'Hưởng lương hưu'), ('F3B', 'Hưởng lương hưu, có thu nhập thêm'), ('F4', 'Không đóng bảo hiểm, còn tuổi lao động'), ('F5', 'Không đóng bảo hiểm, hết tuổi lao động'), ('F6', 'Học sinh, sinh viên'), ('F7', 'Hưởng trợ cấp người có công, mất sức'), ('F8', 'Ở ngoài nước'), ('F9', 'Được miễn')], max_length=12, verbose_name='nhóm'),
        ),
        migrations.AddConstraint(
            model_name='feestanding',
            constraint=models.CheckConstraint(condition=models.Q(('reduced_until', None), ('reduced_until__gte', models.F('starts_on')), _connector='OR'), name='chibo_fee_reduced_until', violation_error_message='Tháng hết giảm không sớm hơn tháng bắt đầu.'),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
