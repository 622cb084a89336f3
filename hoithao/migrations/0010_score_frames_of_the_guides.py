"""The two national frames as rows, and the database's refusal to change a frame in force or a score once minutes are locked.

HD12-2018: five criteria without points (text read in press). HD42-2025: 100 points; rebuilt from three independent sources that agree,
the original was not read, the sub-maxima of C3 and C4 come from one of them: staff check them against the paper.
"""

import datetime as dt
from decimal import Decimal

from django.db import migrations

HD12 = [
    ("A1", "Tỷ lệ đảng viên dự họp", "tỷ lệ dự họp > 85\nvắng không lý do = 0\nvắng có lý do quá 3 lần liền = 0", ""),
    ("A2", "Chuẩn bị: bí thư, phó bí thư chuẩn bị; chi ủy họp trước; nội dung đúng, đủ, sát việc; có dự thảo nghị quyết", "", "chi ủy họp trước = 1"),
    ("A3", "Tổ chức sinh hoạt: đúng thời gian, trình tự; đủ nội dung; có biểu dương, phê bình; nhiều ý kiến; đủ thời lượng; biên bản đầy đủ", "", "thiếu phút = 0"),
    ("A4", "Giữ nguyên tắc tổ chức và sinh hoạt đảng", "", ""),
    ("A5", "Kết quả thực hiện kết luận, nghị quyết kỳ trước", "", ""),
]  # fmt: skip
HD42 = [
    # code, parent, name, sort, most, proof, needs
    ("C1", "", "Bảo đảm thời gian, thời lượng sinh hoạt", "points", 5, "thiếu phút = 0", ""),
    ("C2", "", "Tỷ lệ đảng viên dự họp", "points", 5, "tỷ lệ dự họp >= 90\nvắng không lý do = 0", ""),
    ("C3", "", "Chuẩn bị sinh hoạt", "group", 10, "", ""),
    ("C3.1", "C3", "Nội dung đúng, đủ, có trọng tâm", "points", 5, "", ""),
    ("C3.2", "C3", "Chi ủy họp; thông báo; gửi tài liệu", "points", 5, "", "chi ủy họp trước = 1"),
    ("C4", "", "Tổ chức sinh hoạt", "group", 40, "", ""),
    ("C4.1", "C4", "Đủ các bước", "points", 5, "", ""),
    ("C4.2", "C4", "Đủ nội dung; biểu dương, phê bình; nhiều ý kiến", "points", 25, "", ""),
    ("C4.3", "C4", "Bí thư điều hành linh hoạt, hiệu quả", "points", 10, "", ""),
    ("C5", "", "Nguyên tắc tập trung dân chủ, tự phê bình và phê bình", "points", 5, "", ""),
    ("C6", "", "Kết quả lãnh đạo thực hiện kết luận, nghị quyết kỳ trước", "points", 30, "tỷ lệ việc hoàn thành >= 100", ""),
    ("C7", "", "Kết thúc: kết luận, thông qua biên bản, đăng tài liệu", "points", 5, "", "kết luận = 1"),
]  # fmt: skip


def add(apps, schema_editor):
    frame_model, criterion_model = apps.get_model("hoithao", "RuleFrame"), apps.get_model("hoithao", "Criterion")
    first = frame_model.objects.create(
        code="HD12-2018", name="Hướng dẫn 12-HD/BTCTW: năm tiêu chí, không cho điểm",
        source="Hướng dẫn 12-HD/BTCTW, ngày 06/7/2018", valid_from=dt.date(2018, 7, 6), valid_to=dt.date(2025, 10, 27),
        attendance_share=Decimal(85), attendance_strict=True, least_minutes=90, least_minutes_with_theme=120,
        note="Dự họp phải trên 85%: đúng 85% là chưa đạt.",
    )  # fmt: skip
    for order, (code, name, proof, needs) in enumerate(HD12, start=1):
        criterion_model.objects.create(frame=first, order=order, code=code, name=name, sort="yes_no", most=1, proof=proof, needs=needs)
    second = frame_model.objects.create(
        code="HD42-2025", name="Hướng dẫn 42-HD/BTCTW: khung 100 điểm",
        source="Hướng dẫn 42-HD/BTCTW, ngày 28/10/2025", valid_from=dt.date(2025, 10, 28), attendance_share=Decimal(90),
        attendance_strict=False, least_minutes=90, least_minutes_with_theme=120, post_days_before=1, report_within_days=2,
        cuts="Tốt : 90\nKhá : 70\nTrung bình : 50\nKém : 0",
        note="Bảng điểm dựng lại từ ba nguồn khớp nhau, chưa đối chiếu bản gốc; điểm chia nhỏ của mục C3, C4 từ một nguồn. Ban Tổ chức đối chiếu với văn bản.",
    )  # fmt: skip
    rows = {}
    for order, (code, parent, name, sort, most, proof, needs) in enumerate(HD42, start=1):
        rows[code] = criterion_model.objects.create(
            frame=second, order=order, code=code, parent=rows.get(parent), name=name, sort=sort, most=most, proof=proof, needs=needs
        )
    frame_model.objects.update(status="in_force")


GUARDS = """
CREATE FUNCTION hoithao_refuse_frame_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'in_force' AND (TG_OP = 'DELETE' OR
        to_jsonb(OLD) - 'valid_to' - 'updated_at' - 'note' IS DISTINCT FROM to_jsonb(NEW) - 'valid_to' - 'updated_at' - 'note') THEN
        RAISE EXCEPTION 'frozen: score frame % is in force', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frame_in_force BEFORE UPDATE OR DELETE ON hoithao_ruleframe
    FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_frame_in_force();

CREATE FUNCTION hoithao_refuse_criterion_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM hoithao_ruleframe WHERE status = 'in_force'
               AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.frame_id ELSE OLD.frame_id END,
                          CASE WHEN TG_OP = 'DELETE' THEN OLD.frame_id ELSE NEW.frame_id END)) THEN
        RAISE EXCEPTION 'frozen: criterion of a score frame in force' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER criterion_in_force BEFORE INSERT OR UPDATE OR DELETE ON hoithao_criterion
    FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_criterion_in_force();

CREATE FUNCTION hoithao_refuse_score_of_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM hoithao_meeting WHERE id = OLD.meeting_id AND status = 'closed') AND (TG_OP = 'DELETE' OR
        to_jsonb(OLD) - 'state' - 'sent_at' - 'updated_at' IS DISTINCT FROM to_jsonb(NEW) - 'state' - 'sent_at' - 'updated_at') THEN
        RAISE EXCEPTION 'frozen: score of closed meeting %', OLD.meeting_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER score_of_closed BEFORE UPDATE OR DELETE ON hoithao_score
    FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_score_of_closed();

CREATE FUNCTION hoithao_refuse_score_line_of_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM hoithao_score s JOIN hoithao_meeting m ON m.id = s.meeting_id WHERE m.status = 'closed'
               AND s.id = (CASE WHEN TG_OP = 'INSERT' THEN NEW.score_id ELSE OLD.score_id END)) THEN
        RAISE EXCEPTION 'frozen: score line of a closed meeting' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER score_line_of_closed BEFORE INSERT OR UPDATE OR DELETE ON hoithao_scoreline
    FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_score_line_of_closed();

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON hoithao_scorereview
    FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0009_score_frames")]
    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
