"""Points, appraisal and committees in the yearly rating; a locked year is refused every change by the database itself."""

import django.db.models.deletion
from django.db import migrations, models


LOCK = """
CREATE FUNCTION chibo_refuse_locked_rating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM chibo_reviewyear WHERE id = OLD.session_id AND state = 'DA_KHOA') THEN
        RAISE EXCEPTION 'frozen: rating of locked year %', OLD.session_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM chibo_reviewyear WHERE id = NEW.session_id AND state = 'DA_KHOA') THEN
        RAISE EXCEPTION 'frozen: rating of locked year %', NEW.session_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION chibo_refuse_locked_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'frozen: % refuses TRUNCATE', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state = 'DA_KHOA' AND (TG_OP = 'DELETE' OR NOT (NEW.state = 'TU_KIEM' AND NEW.reopened_because <> ''
        AND (NEW.organisation_id, NEW.year, NEW.subject, NEW.level, NEW.decision) IS NOT DISTINCT FROM
            (OLD.organisation_id, OLD.year, OLD.subject, OLD.level, OLD.decision))) THEN
        RAISE EXCEPTION 'frozen: review year % is locked', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_locked_year BEFORE INSERT OR UPDATE OR DELETE ON chibo_rating
    FOR EACH ROW EXECUTE FUNCTION chibo_refuse_locked_rating();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON chibo_rating
    FOR EACH STATEMENT EXECUTE FUNCTION chibo_refuse_locked_year();
CREATE TRIGGER locked_year BEFORE UPDATE OR DELETE ON chibo_reviewyear
    FOR EACH ROW EXECUTE FUNCTION chibo_refuse_locked_year();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON chibo_reviewyear
    FOR EACH STATEMENT EXECUTE FUNCTION chibo_refuse_locked_year();
"""
UNLOCK = """
DROP TRIGGER of_locked_year ON chibo_rating; DROP TRIGGER no_truncate ON chibo_rating;
DROP TRIGGER locked_year ON chibo_reviewyear; DROP TRIGGER no_truncate ON chibo_reviewyear;
DROP FUNCTION chibo_refuse_locked_rating(); DROP FUNCTION chibo_refuse_locked_year();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('chibo', '0007_fee_rates_and_guard_of_closed_months'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reviewyear',
            name='chibo_review_year_once',
        ),
        migrations.AddField(
            model_name='rating',
            name='common_points',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='điểm tiêu chí chung'),
        ),
        migrations.AddField(
            model_name='rating',
            name='task_points',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='điểm kết quả nhiệm vụ'),
        ),
        migrations.AddField(
            model_name='reviewyear',
            name='appraisal',
            field=models.CharField(blank=True, max_length=500, verbose_name='ý kiến thẩm định'),
        ),
        migrations.AddField(
            model_name='reviewyear',
            name='appraised_on',
            field=models.DateField(blank=True, null=True, verbose_name='thẩm định ngày'),
        ),
        migrations.AddField(
            model_name='reviewyear',
            name='common_points',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='điểm tiêu chí chung'),
        ),
        migrations.AddField(
            model_name='reviewyear',
            name='self_votes',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='số phiếu mức tự nhận'),
        ),
        migrations.AddField(
            model_name='reviewyear',
            name='subject',
            field=models.CharField(choices=[('TO_CHUC', 'Tổ chức đảng'), ('TAP_THE', 'Tập thể cấp ủy, chi ủy')], default='TO_CHUC', max_length=10, verbose_name='xếp loại'),
        ),
        migrations.AddField(
            model_name='reviewyear',
            name='task_points',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='điểm kết quả nhiệm vụ'),
        ),
        migrations.AlterField(
            model_name='reviewyear',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_years', to='chibo.organisation', verbose_name='tổ chức'),
        ),
        migrations.AlterField(
            model_name='reviewyear',
            name='self_level',
            field=models.CharField(blank=True, choices=[('HTXS', 'Hoàn thành xuất sắc nhiệm vụ'), ('HTT', 'Hoàn thành tốt nhiệm vụ'), ('HT', 'Hoàn thành nhiệm vụ'), ('KHT', 'Không hoàn thành nhiệm vụ')], max_length=5, verbose_name='tự nhận mức'),
        ),
        migrations.AddConstraint(
            model_name='reviewyear',
            constraint=models.UniqueConstraint(fields=('organisation', 'year', 'subject'), name='chibo_review_year_of_subject_once', violation_error_message='Đã mở xếp loại năm đó.'),
        ),
        migrations.AlterField(
            model_name="reviewyear",
            name="state",
            field=models.CharField(choices=[("TU_KIEM", "Đang tự kiểm điểm"), ("DA_BO_PHIEU", "Đã bỏ phiếu"), ("THAM_DINH", "Đã thẩm định"), ("QUYET_DINH", "Đã quyết định"), ("DA_KHOA", "Đã khóa")], default="TU_KIEM", max_length=12, verbose_name="bước"),
        ),
        migrations.RunSQL(LOCK, UNLOCK),
    ]
