import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0010_card_steps_and_days_of_refusal'),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                ('code', models.CharField(max_length=6, verbose_name='tiêu chí')),
                ('state', models.CharField(choices=[('NEU', 'Chi ủy nêu, chờ ý kiến cấp trên'), ('CHO_BO_PHIEU', 'Chờ chi bộ bỏ phiếu kín'), ('KHONG_DUA', 'Không đưa vào danh sách'), ('GIUP_DO', 'Đang giáo dục, giúp đỡ'), ('TIEN_BO', 'Tiến bộ, ra khỏi danh sách'), ('DE_NGHI_XOA', 'Không tiến bộ, đề nghị xóa tên'), ('CHUYEN_UBKT', 'Chuyển Ủy ban Kiểm tra')], default='NEU', max_length=12, verbose_name='bước')),
                ('found_on', models.DateField(verbose_name='chi ủy nêu ngày')),
                ('directed_on', models.DateField(blank=True, null=True, verbose_name='cấp trên cho ý kiến ngày')),
                ('direction', models.CharField(blank=True, max_length=120, verbose_name='văn bản cho ý kiến')),
                ('voted_on', models.DateField(blank=True, null=True, verbose_name='chi bộ bỏ phiếu kín ngày')),
                ('base', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='số đảng viên chính thức, không tính miễn')),
                ('votes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='số phiếu đồng ý')),
                ('resolution', models.CharField(blank=True, max_length=120, verbose_name='nghị quyết chi bộ số, ngày')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='hết mười hai tháng')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='kết luận ngày')),
                ('outcome_paper', models.CharField(blank=True, max_length=120, verbose_name='văn bản kết luận')),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='số liệu giả lập')),
                ('finding', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='help_case', to='chibo.finding', verbose_name='từ đợt rà soát')),
                ('helper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='chibo.member', verbose_name='đảng viên giúp đỡ')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_cases', to='chibo.member', verbose_name='đồng chí')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_cases', to='chibo.organisation', verbose_name='chi bộ')),
            ],
            options={
                'verbose_name': 'trường hợp giáo dục, giúp đỡ',
                'verbose_name_plural': 'giáo dục, giúp đỡ',
                'ordering': ['due_on', '-found_on', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['NEU', 'CHO_BO_PHIEU', 'GIUP_DO'])), fields=('member',), name='chibo_help_case_one_open', violation_error_message='Đồng chí này đang có một trường hợp chưa xong.'), models.CheckConstraint(condition=models.Q(('votes__isnull', True), ('votes__lte', models.F('base')), _connector='OR'), name='chibo_help_votes', violation_error_message='Số phiếu không quá số có quyền biểu quyết.')],
            },
        ),
    ]
