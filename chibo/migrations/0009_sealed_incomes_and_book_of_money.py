"""Incomes sealed in the table, extra paid of free will, the book of money in and out that nobody rewrites."""

import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

import kyanh_portal.base.sealedfield
from kyanh_portal.base.sealed import seal, unseal


TABLES = ("chibo_feeline", "chibo_feestanding")
GUARD = """
CREATE FUNCTION chibo_refuse_fund_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON chibo_fundentry
    FOR EACH ROW EXECUTE FUNCTION chibo_refuse_fund_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON chibo_fundentry
    FOR EACH STATEMENT EXECUTE FUNCTION chibo_refuse_fund_change();
"""
TAKE_AWAY = """
DROP TRIGGER append_only ON chibo_fundentry; DROP TRIGGER no_truncate ON chibo_fundentry;
DROP FUNCTION chibo_refuse_fund_change();
"""


def rewrite(schema_editor, change):
    """Every base through `change`; the guard of closed months steps aside for this one rewriting."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no foreign key waits while the table is altered
        cursor.execute("ALTER TABLE chibo_feeline DISABLE TRIGGER of_closed_month")
        for table in TABLES:
            cursor.execute(f"SELECT id, base FROM {table} WHERE base IS NOT NULL")
            rows = cursor.fetchall()
            for at in range(0, len(rows), 1000):
                part = rows[at : at + 1000]
                values = ", ".join(["(%s::bigint, %s::text)"] * len(part))
                flat = [value for pk, base in part for value in (pk, change(base))]
                cursor.execute(f"UPDATE {table} SET base = v.base FROM (VALUES {values}) v(id, base) WHERE {table}.id = v.id", flat)
        cursor.execute("ALTER TABLE chibo_feeline ENABLE TRIGGER of_closed_month")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def seal_all(apps, schema_editor):
    rewrite(schema_editor, seal)


def open_all(apps, schema_editor):
    rewrite(schema_editor, unseal)


def enter_kept(apps, schema_editor):
    """What closed months kept becomes the first lines of the book."""
    entry = apps.get_model("chibo", "FundEntry")
    rows = []
    for one in apps.get_model("chibo", "FeeMonth").objects.exclude(state="MO").filter(kept__gt=0):
        last = (one.month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        rows.append(entry(
            organisation_id=one.organisation_id, on=last, kind="DANG_PHI", amount=one.kept, ledger=one, is_synthetic=one.is_synthetic,
            text=f"Đảng phí tháng {one.month.month}/{one.month.year} được giữ lại",
        ))
    entry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0008_points_and_lock_of_yearly_ratings'),
    ]

    operations = [
        migrations.AddField(
            model_name='feeline',
            name='extra',
            field=models.PositiveIntegerField(default=0, verbose_name='đóng thêm tự nguyện'),
        ),
        migrations.AddField(
            model_name='feeline',
            name='extra_ground',
            field=models.CharField(blank=True, max_length=200, verbose_name='đóng thêm: báo cáo cấp trên số, ngày'),
        ),
        migrations.AlterField(
            model_name='feeline',
            name='base',
            field=kyanh_portal.base.sealedfield.SealedIntegerField(blank=True, null=True, verbose_name='tính trên'),
        ),
        migrations.AlterField(
            model_name='feestanding',
            name='base',
            field=kyanh_portal.base.sealedfield.SealedIntegerField(blank=True, null=True, verbose_name='thu nhập tính đảng phí (đồng/tháng)'),
        ),
        migrations.RunPython(seal_all, open_all),
        migrations.CreateModel(
            name='FundEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='ngày')),
                ('voucher', models.CharField(blank=True, max_length=40, verbose_name='số chứng từ')),
                ('text', models.CharField(max_length=200, verbose_name='nội dung')),
                ('kind', models.CharField(choices=[('DANG_PHI', 'Đảng phí được giữ lại'), ('CAP_TREN', 'Cấp trên cấp'), ('THU_KHAC', 'Thu khác'), ('BAO_CHI', 'Mua báo, tạp chí'), ('DAI_HOI', 'Đại hội'), ('KHEN', 'Khen thưởng'), ('HO_TRO', 'Thăm hỏi, hỗ trợ'), ('PHU_CAP', 'Phụ cấp cấp ủy'), ('CHI_KHAC', 'Chi khác')], max_length=10, verbose_name='loại')),
                ('amount', models.IntegerField(help_text='Âm khi lấy lại một dòng ghi sai.', verbose_name='số tiền (đồng)')),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='số liệu giả lập')),
                ('ledger', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fund_entry', to='chibo.feemonth', verbose_name='đảng phí tháng')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fund_entries', to='chibo.organisation', verbose_name='tổ chức')),
                ('takes_back', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_back_by', to='chibo.fundentry', verbose_name='lấy lại dòng')),
            ],
            options={
                'verbose_name': 'dòng sổ thu, chi',
                'verbose_name_plural': 'sổ thu, chi',
                'ordering': ['on', 'pk'],
                'indexes': [models.Index(fields=['organisation', 'on'], name='chibo_fund_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('takes_back', None)), models.Q(('amount__lt', 0), ('takes_back__isnull', False)), _connector='OR'), name='chibo_fund_amount', violation_error_message='Số tiền phải lớn hơn 0.')],
            },
        ),
        migrations.RunPython(enter_kept, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, TAKE_AWAY),
    ]
