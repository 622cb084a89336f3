"""Words put right between the vote and the signature; the database only adds to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HISTORY = """
CREATE TRIGGER history BEFORE UPDATE OR DELETE ON nghiquyet_wordingedit FOR EACH ROW EXECUTE FUNCTION nghiquyet_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON nghiquyet_wordingedit
    FOR EACH STATEMENT EXECUTE FUNCTION nghiquyet_refuse_truncate();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('nghiquyet', '0007_evaluations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WordingEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clause_key', models.BigIntegerField(help_text='Như trong các bản dự thảo đã giữ; phần có thể bị bỏ về sau.', verbose_name='phần')),
                ('label', models.CharField(max_length=60, verbose_name='gọi là')),
                ('heading_before', models.CharField(blank=True, max_length=300, verbose_name='tiêu đề trước')),
                ('text_before', models.TextField(blank=True, verbose_name='lời văn trước')),
                ('heading_after', models.CharField(blank=True, max_length=300, verbose_name='tiêu đề sau')),
                ('text_after', models.TextField(blank=True, verbose_name='lời văn sau')),
                ('why', models.TextField(verbose_name='sửa gì, vì sao')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người sửa')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wording_edits', to='nghiquyet.resolution', verbose_name='nghị quyết')),
                ('vote', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='nghiquyet.resolutionvote', verbose_name='sau biểu quyết')),
            ],
            options={
                'verbose_name': 'biên tập kỹ thuật',
                'verbose_name_plural': 'biên tập kỹ thuật',
                'ordering': ['at', 'id'],
            },
        ),
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
    ]
