
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


# An issued resolution stays frozen; only what later papers make of it (life) may still be written. History is only added to.
GUARD = """
CREATE OR REPLACE FUNCTION nghiquyet_refuse_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'issued' AND (TG_OP = 'DELETE'
        OR to_jsonb(NEW) - 'life' - 'updated_at' IS DISTINCT FROM to_jsonb(OLD) - 'life' - 'updated_at') THEN
        RAISE EXCEPTION 'frozen: % % is issued', TG_TABLE_NAME, OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
UPDATE nghiquyet_resolution SET life = 'in_force' WHERE status = 'issued';
"""
HISTORY = """
CREATE FUNCTION nghiquyet_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER history BEFORE UPDATE OR DELETE ON nghiquyet_resolutionmove FOR EACH ROW EXECUTE FUNCTION nghiquyet_refuse_change();
CREATE TRIGGER history BEFORE UPDATE OR DELETE ON nghiquyet_resolutionvote FOR EACH ROW EXECUTE FUNCTION nghiquyet_refuse_change();
CREATE TRIGGER history BEFORE UPDATE OR DELETE ON nghiquyet_papereffect FOR EACH ROW EXECUTE FUNCTION nghiquyet_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0003_history_of_organisations_and_members'),
        ('documents', '0003_find_issued_documents'),
        ('hoithao', '0010_score_frames_of_the_guides'),
        ('nghiquyet', '0004_outgoing_and_incoming_papers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='resolution',
            name='dossier',
            field=models.JSONField(blank=True, default=dict, verbose_name='hồ sơ trình'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='drafting_group',
            field=models.TextField(blank=True, help_text='Theo chức vụ, mỗi dòng một người; dòng đầu là tổ trưởng.', verbose_name='tổ biên tập'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='due_month',
            field=models.DateField(blank=True, null=True, verbose_name='trình vào tháng'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='lead',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='chibo.organisation', verbose_name='cơ quan chủ trì soạn thảo'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='life',
            field=models.CharField(blank=True, choices=[('in_force', 'Đang thực hiện'), ('amended', 'Đã được sửa đổi'), ('reviewed', 'Đã tổng kết'), ('extended', 'Tiếp tục thực hiện giai đoạn mới'), ('replaced', 'Đã được thay thế'), ('ended', 'Hết hiệu lực')], max_length=10, verbose_name='hiệu lực'),
        ),
        migrations.AlterField(
            model_name='resolution',
            name='status',
            field=models.CharField(choices=[('proposed', 'Đề xuất'), ('planned', 'Trong chương trình'), ('outline', 'Xây dựng đề cương'), ('draft', 'Đang dự thảo'), ('comments', 'Đang lấy ý kiến'), ('revision', 'Tiếp thu, giải trình'), ('submitted', 'Trình thông qua'), ('adopted', 'Đã thông qua'), ('rejected', 'Không thông qua'), ('signing', 'Hoàn chỉnh, chờ ký'), ('issued', 'Đã ban hành'), ('not_taken', 'Không đưa vào'), ('postponed', 'Hoãn')], db_index=True, default='draft', max_length=10, verbose_name='trạng thái'),
        ),
        migrations.CreateModel(
            name='DraftVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='bản')),
                ('draft_number', models.PositiveSmallIntegerField(verbose_name='dự thảo lần')),
                ('reason', models.CharField(choices=[('comments', 'Gửi lấy ý kiến'), ('submitted', 'Trình thông qua'), ('revised', 'Lập dự thảo lần sau')], max_length=10, verbose_name='vì sao giữ')),
                ('title', models.CharField(max_length=300, verbose_name='trích yếu')),
                ('parts', models.JSONField(verbose_name='lời văn')),
                ('taken_at', models.DateTimeField(auto_now_add=True, verbose_name='giữ lúc')),
                ('until', models.DateField(blank=True, null=True, verbose_name='hạn góp ý')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='kết thúc ngày')),
                ('asked', models.ManyToManyField(blank=True, related_name='+', to='chibo.organisation', verbose_name='hỏi ý kiến')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='nghiquyet.resolution', verbose_name='nghị quyết')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người giữ')),
            ],
            options={
                'verbose_name': 'bản dự thảo',
                'verbose_name_plural': 'bản dự thảo',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anchor', models.CharField(max_length=200, verbose_name='góp ý vào')),
                ('text', models.TextField(verbose_name='ý kiến')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('is_late', models.BooleanField(default=False, verbose_name='sau hạn')),
                ('verdict', models.CharField(blank=True, choices=[('accepted', 'Tiếp thu'), ('partly', 'Tiếp thu một phần'), ('not', 'Giữ như dự thảo')], max_length=10, verbose_name='kết quả')),
                ('answer', models.TextField(blank=True, verbose_name='giải trình')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='trả lời lúc')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người trả lời')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='nghiquyet.clause', verbose_name='phần góp ý')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='chibo.organisation', verbose_name='nơi góp ý')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='nghiquyet.draftversion', verbose_name='bản dự thảo')),
            ],
            options={
                'verbose_name': 'ý kiến góp ý',
                'verbose_name_plural': 'ý kiến góp ý',
                'ordering': ['version', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PaperEffect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effect', models.CharField(choices=[('amended', 'Đã được sửa đổi'), ('reviewed', 'Đã tổng kết'), ('extended', 'Tiếp tục thực hiện giai đoạn mới'), ('replaced', 'Đã được thay thế'), ('ended', 'Hết hiệu lực')], max_length=10, verbose_name='việc')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('note', models.TextField(blank=True, verbose_name='phần nào, thế nào')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='effects', to='documents.issueddocument', verbose_name='do văn bản')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='effects', to='nghiquyet.resolution', verbose_name='nghị quyết')),
            ],
            options={
                'verbose_name': 'tác động của văn bản sau',
                'verbose_name_plural': 'tác động của văn bản sau',
                'ordering': ['starts_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ResolutionMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, choices=[('proposed', 'Đề xuất'), ('planned', 'Trong chương trình'), ('outline', 'Xây dựng đề cương'), ('draft', 'Đang dự thảo'), ('comments', 'Đang lấy ý kiến'), ('revision', 'Tiếp thu, giải trình'), ('submitted', 'Trình thông qua'), ('adopted', 'Đã thông qua'), ('rejected', 'Không thông qua'), ('signing', 'Hoàn chỉnh, chờ ký'), ('issued', 'Đã ban hành'), ('not_taken', 'Không đưa vào'), ('postponed', 'Hoãn')], max_length=10, verbose_name='từ')),
                ('target', models.CharField(choices=[('proposed', 'Đề xuất'), ('planned', 'Trong chương trình'), ('outline', 'Xây dựng đề cương'), ('draft', 'Đang dự thảo'), ('comments', 'Đang lấy ý kiến'), ('revision', 'Tiếp thu, giải trình'), ('submitted', 'Trình thông qua'), ('adopted', 'Đã thông qua'), ('rejected', 'Không thông qua'), ('signing', 'Hoàn chỉnh, chờ ký'), ('issued', 'Đã ban hành'), ('not_taken', 'Không đưa vào'), ('postponed', 'Hoãn')], max_length=10, verbose_name='đến')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người chuyển')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='nghiquyet.resolution', verbose_name='nghị quyết')),
            ],
            options={
                'verbose_name': 'bước chuyển',
                'verbose_name_plural': 'bước chuyển',
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ResolutionVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='ngày')),
                ('method', models.CharField(choices=[('hands', 'Giơ tay'), ('ballot', 'Phiếu kín'), ('written', 'Lấy ý kiến bằng văn bản')], default='hands', max_length=10, verbose_name='cách biểu quyết')),
                ('base', models.PositiveIntegerField(verbose_name='tổng số được tính')),
                ('present', models.PositiveIntegerField(blank=True, null=True, verbose_name='có mặt')),
                ('in_favour', models.PositiveIntegerField(verbose_name='tán thành')),
                ('against', models.PositiveIntegerField(default=0, verbose_name='không tán thành')),
                ('blank', models.PositiveIntegerField(default=0, verbose_name='không có ý kiến')),
                ('passed', models.BooleanField(verbose_name='thông qua')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hoithao.meeting', verbose_name='tại')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='nghiquyet.resolution', verbose_name='nghị quyết')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='nghiquyet.draftversion', verbose_name='bản biểu quyết')),
            ],
            options={
                'verbose_name': 'biểu quyết nghị quyết',
                'verbose_name_plural': 'biểu quyết nghị quyết',
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='draftversion',
            constraint=models.UniqueConstraint(fields=('resolution', 'number'), name='nghiquyet_version_once'),
        ),
        migrations.AddConstraint(
            model_name='papereffect',
            constraint=models.UniqueConstraint(fields=('resolution', 'document', 'effect'), name='nghiquyet_effect_once'),
        ),
        migrations.AddConstraint(
            model_name='resolutionvote',
            constraint=models.CheckConstraint(condition=models.Q(('in_favour__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('base'), '-', models.F('against')), '-', models.F('blank')))), name='nghiquyet_votes_within_base', violation_error_message='Tán thành, không tán thành và không có ý kiến cộng lại nhiều hơn tổng số được tính.'),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
    ]
