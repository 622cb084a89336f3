"""The checklist of observers (procedure of the guides) and the dated values that alerts are judged by."""

import datetime as dt

from django.db import migrations

HD12, HD42 = "Hướng dẫn 12-HD/BTCTW, ngày 06/7/2018", "Hướng dẫn 42-HD/BTCTW, ngày 28/10/2025"
FROM_12, FROM_42 = dt.date(2018, 7, 6), dt.date(2025, 10, 28)
STEPS = [
    ("Chuẩn bị", "Bí thư hoặc phó bí thư chuẩn bị nội dung, dự thảo kết luận hoặc nghị quyết", True),
    ("Chuẩn bị", "Họp chi ủy thống nhất nội dung trước khi họp chi bộ", True),
    ("Chuẩn bị", "Thông báo thời gian, địa điểm, nội dung đến đảng viên và cấp ủy viên theo dõi", True),
    ("Chuẩn bị", "Đăng tài liệu lên Sổ tay đảng viên điện tử trước ít nhất 01 ngày", False),
    ("Mở đầu", "Tuyên bố lý do, giới thiệu đại biểu", True),
    ("Mở đầu", "Cử thư ký", True),
    ("Mở đầu", "Điểm danh", True),
    ("Mở đầu", "Thông báo tình hình nộp đảng phí", False),
    ("Mở đầu", "Thông qua chương trình", True),
    ("Tiến hành", "Thông tin thời sự, văn bản mới, chỉ đạo của cấp trên", True),
    ("Tiến hành", "Bí thư báo cáo nội dung chi ủy chuẩn bị, kết quả từng việc của kết luận trước", True),
    ("Tiến hành", "Kết quả nhiệm vụ đảng viên được giao; biểu dương, nhắc nhở", True),
    ("Tiến hành", "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", True),
    ("Tiến hành", "Thảo luận, tự phê bình và phê bình; chủ trì gợi mở", True),
    ("Kết thúc", "Chủ trì tổng hợp, tiếp thu, giải quyết kiến nghị của đảng viên", True),
    ("Kết thúc", "Giao việc cho từng đồng chí, có thời hạn", True),
    ("Kết thúc", "Kết luận hoặc biểu quyết nghị quyết", True),
    ("Kết thúc", "Đánh giá chất lượng buổi sinh hoạt", True),
    ("Kết thúc", "Thư ký đọc biên bản, chi bộ thông qua", True),
    ("Sau buổi", "Hoàn thiện, đăng tài liệu, báo cáo cấp trên", False),
]
VALUES = [
    ("alerts.posted_before_hours", 24, FROM_42, HD42),
    ("alerts.report_days", 2, FROM_42, HD42),
]


def load(apps, schema_editor):
    step = apps.get_model("hoithao", "ObservationStep")
    rows = []
    for order, (phase, name, since_2018) in enumerate(STEPS, start=1):
        source = HD12 if since_2018 else HD42
        rows.append(
            step(order=order, phase=phase, name=name, valid_from=FROM_12 if since_2018 else FROM_42, source=source)
        )
    step.objects.bulk_create(rows)
    value = apps.get_model("parameters", "ParameterValue")
    value.objects.bulk_create(
        value(name=name, value=worth, valid_from=day, source=source) for name, worth, day, source in VALUES
    )


def unload(apps, schema_editor):
    apps.get_model("hoithao", "ObservationStep").objects.all().delete()
    names = [name for name, *_ in VALUES]
    apps.get_model("parameters", "ParameterValue").objects.filter(name__in=names, set_by=None).delete()


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0005_before_and_after_meetings"), ("parameters", "0001_parameter_values")]

    operations = [migrations.RunPython(load, unload)]
