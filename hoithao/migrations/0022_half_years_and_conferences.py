"""What is typed of a half year; which programme a conference of lessons is about (until now the newest of its committee then)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


LINK = """
INSERT INTO hoithao_programmeconference (programme_id, meeting_id)
SELECT p.id, m.id
FROM hoithao_meeting m
JOIN hoithao_meetingkind k ON k.id = m.kind_id AND k.code = 'RUT_KINH_NGHIEM'
CROSS JOIN LATERAL (SELECT (coalesce(m.opened_at, m.starts_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS held_on) day
CROSS JOIN LATERAL (
    SELECT id FROM hoithao_programme
    WHERE organisation_id = m.organisation_id AND starts_on <= day.held_on AND (ends_on IS NULL OR ends_on >= day.held_on - 60)
    ORDER BY starts_on DESC, id DESC LIMIT 1
) p
"""


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0018_complaints_about_discipline'),
        ('hoithao', '0021_votes_about_a_probationary_member'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProgrammeConference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='conference_of', to='hoithao.meeting', verbose_name='hội nghị')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conferences', to='hoithao.programme', verbose_name='chương trình')),
            ],
            options={
                'verbose_name': 'hội nghị rút kinh nghiệm của chương trình',
                'verbose_name_plural': 'hội nghị rút kinh nghiệm của chương trình',
                'ordering': ['programme', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HalfYearNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(help_text='Ngày 01/01 hoặc 01/7.', verbose_name='kỳ sáu tháng')),
                ('number', models.PositiveSmallIntegerField(verbose_name='số mô hình Dân vận khéo')),
                ('names', models.TextField(blank=True, verbose_name='tên mô hình')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='half_year_notes', to='chibo.organisation', verbose_name='chi bộ')),
            ],
            options={
                'verbose_name': 'số ghi tay của sáu tháng',
                'verbose_name_plural': 'số ghi tay của sáu tháng',
                'ordering': ['organisation', 'starts_on', 'id'],
                'indexes': [models.Index(fields=['organisation', 'starts_on'], name='hoithao_half_year_note')],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__day', 1), models.Q(('starts_on__month', 1), ('starts_on__month', 7), _connector='OR')), name='hoithao_half_year_begins', violation_error_message='Kỳ sáu tháng bắt đầu ngày 01/01 hoặc 01/7.')],
            },
        ),
        migrations.RunSQL(LINK, migrations.RunSQL.noop),
    ]
