"""Evaluations of resolutions, frozen by the database; which resolutions serve a target."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQL = """
CREATE FUNCTION nghiquyet_refuse_evaluation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen: evaluation %', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON nghiquyet_evaluation
    FOR EACH ROW EXECUTE FUNCTION nghiquyet_refuse_evaluation();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON nghiquyet_evaluation
    FOR EACH STATEMENT EXECUTE FUNCTION nghiquyet_refuse_truncate();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('nghiquyet', '0006_proofs_of_reports_and_teams'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='resolution',
            name='signing',
            field=models.CharField(choices=[('committee', 'Ban Chấp hành'), ('standing', 'Ban Thường vụ'), ('cell', 'Chi bộ'), ('congress', 'Đại hội')], default='cell', max_length=10, verbose_name='ban hành với danh nghĩa'),
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                ('sort', models.CharField(choices=[('year', 'Sơ kết'), ('mid', 'Sơ kết giữa kỳ'), ('end', 'Tổng kết')], default='year', max_length=8, verbose_name='loại')),
                ('day', models.DateField(verbose_name='tính đến ngày')),
                ('snapshot', models.JSONField(verbose_name='số liệu đã khóa')),
                ('sha256', models.CharField(max_length=64, verbose_name='dấu niêm')),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='số liệu giả lập')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
                ('paper', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluation', to='nghiquyet.outgoingpaper', verbose_name='báo cáo')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='nghiquyet.resolution', verbose_name='nghị quyết')),
            ],
            options={
                'verbose_name': 'đánh giá nghị quyết',
                'verbose_name_plural': 'đánh giá nghị quyết',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='TargetSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='nghiquyet.resolution', verbose_name='nghị quyết phục vụ')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='nghiquyet.target', verbose_name='chỉ tiêu')),
            ],
            options={
                'verbose_name': 'nghị quyết phục vụ chỉ tiêu',
                'verbose_name_plural': 'nghị quyết phục vụ chỉ tiêu',
                'ordering': ['target', 'id'],
                'constraints': [models.UniqueConstraint(fields=('target', 'resolution'), name='nghiquyet_support_once', violation_error_message='Nghị quyết này đã gắn với chỉ tiêu.')],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
