"""Edits after the vote reach title, grounds, opening and recipients; a second person reads each. The database only adds."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HISTORY = """
CREATE TRIGGER history BEFORE UPDATE OR DELETE ON nghiquyet_wordingcheck FOR EACH ROW EXECUTE FUNCTION nghiquyet_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON nghiquyet_wordingcheck
    FOR EACH STATEMENT EXECUTE FUNCTION nghiquyet_refuse_truncate();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('nghiquyet', '0008_wording_edits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WordingCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agrees', models.BooleanField(verbose_name='không đổi nghĩa')),
                ('note', models.TextField(blank=True, verbose_name='nhận xét')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
            ],
            options={
                'verbose_name': 'xác nhận biên tập kỹ thuật',
                'verbose_name_plural': 'xác nhận biên tập kỹ thuật',
            },
        ),
        migrations.AddField(
            model_name='draftversion',
            name='frame',
            field=models.JSONField(blank=True, default=dict, verbose_name='căn cứ, mở đầu, nơi nhận'),
        ),
        migrations.AddField(
            model_name='wordingedit',
            name='frame',
            field=models.CharField(blank=True, choices=[('title', 'Trích yếu'), ('bases', 'Căn cứ'), ('preamble', 'Đoạn mở đầu'), ('recipients', 'Nơi nhận')], max_length=10, verbose_name='ngoài các phần'),
        ),
        migrations.AlterField(
            model_name='wordingedit',
            name='clause_key',
            field=models.BigIntegerField(help_text='Như trong các bản dự thảo đã giữ; phần có thể bị bỏ về sau.', null=True, verbose_name='phần'),
        ),
        migrations.AddConstraint(
            model_name='wordingedit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('clause_key__isnull', False), ('frame', '')), models.Q(('clause_key__isnull', True), models.Q(('frame', ''), _negated=True)), _connector='OR'), name='nghiquyet_edit_of_one_place', violation_error_message='Chỗ sửa thuộc một phần, hoặc thuộc trích yếu, căn cứ, mở đầu, nơi nhận.'),
        ),
        migrations.AddField(
            model_name='wordingcheck',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xác nhận'),
        ),
        migrations.AddField(
            model_name='wordingcheck',
            name='edit',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='check_of', to='nghiquyet.wordingedit', verbose_name='chỗ sửa'),
        ),
        migrations.AddConstraint(
            model_name='wordingcheck',
            constraint=models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('note', ''), _negated=True), _connector='OR'), name='nghiquyet_refused_edit_has_reason', violation_error_message='Không đồng ý thì ghi một câu lý do.'),
        ),
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
    ]
