"""Khoản that only tell how things stand: nobody need carry them, with the reason."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('nghiquyet', '0010_sums_of_bodies_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ToldOnly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                ('reason', models.CharField(max_length=300, verbose_name='vì sao không cần giao')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ghi cần giao lúc')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told_only', to='nghiquyet.clause', verbose_name='khoản')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi cần giao')),
            ],
            options={
                'verbose_name': 'khoản không cần giao',
                'verbose_name_plural': 'khoản không cần giao',
                'ordering': ['clause', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('clause',), name='nghiquyet_told_only_once', violation_error_message='Khoản này đã ghi không cần giao. Tải lại trang để xem.')],
            },
        ),
    ]
