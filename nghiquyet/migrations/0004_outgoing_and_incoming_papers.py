
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# The database itself refuses to change or remove an issued paper.
FREEZE = """
CREATE TRIGGER issued BEFORE UPDATE OR DELETE ON nghiquyet_outgoingpaper
    FOR EACH ROW EXECUTE FUNCTION nghiquyet_refuse_issued();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON nghiquyet_outgoingpaper
    FOR EACH STATEMENT EXECUTE FUNCTION nghiquyet_refuse_truncate();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0002_reference_data'),
        ('documents', '0003_find_issued_documents'),
        ('files', '0002_guard_stored_files'),
        ('nghiquyet', '0003_targets_duties_studies_supervision'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IncomingPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                ('issuer', models.CharField(max_length=200, verbose_name='cơ quan ban hành')),
                ('number_line', models.CharField(max_length=60, verbose_name='số, ký hiệu')),
                ('dated', models.DateField(verbose_name='ngày văn bản')),
                ('type_name', models.CharField(max_length=60, verbose_name='thể loại')),
                ('title', models.CharField(max_length=300, verbose_name='trích yếu')),
                ('received_on', models.DateField(verbose_name='ngày đến')),
                ('is_secret', models.BooleanField(default=False, verbose_name='tài liệu mật, theo dõi riêng')),
                ('issuer_key', models.CharField(editable=False, max_length=200)),
                ('number_key', models.CharField(editable=False, max_length=60)),
                ('search_key', models.TextField(default='', editable=False)),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='số liệu giả lập')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incoming_papers', to='chibo.organisation', verbose_name='đơn vị nhận')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='bản quét')),
            ],
            options={
                'verbose_name': 'văn bản đến',
                'verbose_name_plural': 'văn bản đến',
                'ordering': ['-received_on', '-id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('search_key', config='simple'), name='nghiquyet_incoming_words')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'issuer_key', 'number_key', 'dated'), name='nghiquyet_incoming_once', violation_error_message='Văn bản này (cùng số, ngày, cơ quan ban hành) đã có trong sổ văn bản đến.')],
            },
        ),
        migrations.CreateModel(
            name='OutgoingPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                ('type_code', models.CharField(max_length=20, verbose_name='thể loại')),
                ('title', models.CharField(max_length=300, verbose_name='trích yếu')),
                ('signing', models.CharField(choices=[('committee', 'Thay mặt Ban Chấp hành'), ('standing', 'Thay mặt Ban Thường vụ'), ('by_order', 'Thừa lệnh Ban Thường vụ (T/L)'), ('cell', 'Thay mặt chi bộ'), ('head', 'Thủ trưởng cơ quan'), ('for_head', 'Ký thay thủ trưởng (K/T)')], max_length=12, verbose_name='ký với danh nghĩa')),
                ('addressees', models.TextField(blank=True, verbose_name='kính gửi, kính trình')),
                ('bases', models.TextField(blank=True, verbose_name='căn cứ')),
                ('text', models.TextField(blank=True, verbose_name='nội dung')),
                ('recipients', models.TextField(blank=True, verbose_name='nơi nhận')),
                ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='người ký')),
                ('signer_position', models.CharField(blank=True, max_length=60, verbose_name='chức vụ người ký')),
                ('draft_number', models.PositiveSmallIntegerField(default=1, verbose_name='dự thảo lần')),
                ('status', models.CharField(choices=[('draft', 'Đang soạn'), ('signing', 'Chờ ký'), ('issued', 'Đã ban hành')], default='draft', max_length=10, verbose_name='trạng thái')),
                ('dated', models.DateField(blank=True, null=True, verbose_name='ngày văn bản')),
                ('is_secret', models.BooleanField(default=False, verbose_name='tài liệu mật, theo dõi riêng')),
                ('search_key', models.TextField(default='', editable=False)),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='số liệu giả lập')),
                ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='nghiquyet.outgoingpaper', verbose_name='soạn từ bản')),
                ('document', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issueddocument', verbose_name='văn bản đã khóa')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outgoing_papers', to='chibo.organisation', verbose_name='cơ quan ban hành')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người soạn')),
            ],
            options={
                'verbose_name': 'văn bản đi',
                'verbose_name_plural': 'văn bản đi',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['organisation', 'status'], name='nghiquyet_outgoing_desk'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('search_key', config='simple'), name='nghiquyet_outgoing_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'issued'), _negated=True), models.Q(('dated__isnull', False), ('document__isnull', False)), _connector='OR'), name='nghiquyet_outgoing_issued_has_paper', violation_error_message='Văn bản đã ban hành phải có số, ngày và bản khóa.'), models.CheckConstraint(condition=models.Q(('is_secret', False), models.Q(('addressees', ''), ('bases', ''), ('text', ''), ('title', 'Tài liệu mật, theo dõi riêng')), _connector='OR'), name='nghiquyet_outgoing_secret_holds_nothing', violation_error_message='Tài liệu mật chỉ ghi số và ngày, không ghi trích yếu hay nội dung.')],
            },
        ),
        migrations.CreateModel(
            name='RecipientList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                ('name', models.CharField(max_length=80, verbose_name='tên danh sách')),
                ('lines', models.TextField(verbose_name='nơi nhận')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recipient_lists', to='chibo.organisation', verbose_name='cơ quan ban hành')),
            ],
            options={
                'verbose_name': 'danh sách nơi nhận',
                'verbose_name_plural': 'danh sách nơi nhận',
                'ordering': ['organisation', 'name'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='nghiquyet_recipient_list_once', violation_error_message='Đơn vị đã có danh sách cùng tên.')],
            },
        ),
        migrations.RunSQL(FREEZE, migrations.RunSQL.noop),
    ]
