"""Which khoản a task or theme of a meeting serves; what minutes may say of a duty is a suggestion beside its text."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hoithao', '0019_watch_the_rules'),
        ('nghiquyet', '0011_khoan_that_only_tell'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='reportline',
            name='suggestion',
            field=models.TextField(blank=True, help_text='Lời trong biên bản có thể nói về việc này; không tính là đã ghi.', verbose_name='gợi ý theo chữ trùng'),
        ),
        migrations.CreateModel(
            name='TopicMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='số liệu giả lập')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='topic_marks', to='nghiquyet.clause', verbose_name='phục vụ khoản')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topic_marks', to='hoithao.meeting', verbose_name='cuộc họp')),
                ('task', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='topic_mark', to='hoithao.task', verbose_name='việc giao')),
            ],
            options={
                'verbose_name': 'việc phục vụ khoản nghị quyết',
                'verbose_name_plural': 'việc phục vụ khoản nghị quyết',
                'ordering': ['meeting', 'task__order', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('task__isnull', True)), fields=('meeting',), name='nghiquyet_theme_marked_once', violation_error_message='Chủ đề buổi họp này đã ghi phục vụ khoản nào. Tải lại trang để xem.')],
            },
        ),
    ]
