"""The order of business of each kind as data: 20 steps of a regular meeting, 7 of a thematic one (42-HD/BTCTW)."""

from django.db import migrations

GUIDE = "Hướng dẫn 42-HD/BTCTW (28/10/2025), đối chiếu 12-HD/BTCTW (06/7/2018)"
PRACTICE = "Quy chế làm việc mẫu của chi bộ; bản ghi quy trình của địa phương (chưa đối chiếu văn bản gốc)"
PRE, OPEN, MID, END, POST = "CHUAN_BI", "MO_DAU", "TIEN_HANH", "KET_THUC", "SAU"
# code, phase, name, page, what is kept
REGULAR = [
    ("phan-cong", PRE, "Bí thư phân công chuẩn bị nội dung, dự thảo nghị quyết", "chuan-bi", "ai, khi nào"),
    ("chi-uy", PRE, "Chi ủy họp, thống nhất nội dung", "chuan-bi", "biên bản họp chi ủy"),
    ("thong-bao", PRE, "Thông báo đảng viên và cấp ủy viên theo dõi chi bộ", "chuan-bi", "lúc gửi, gửi ai"),
    ("tai-lieu", PRE, "Gửi tài liệu trước ít nhất 1 ngày", "chuan-bi", "lúc gửi"),
    ("ly-do", OPEN, "Tuyên bố lý do, giới thiệu đại biểu", "khai-mac", "đại biểu"),
    ("thu-ky", OPEN, "Cử thư ký", "khai-mac", "tên thư ký"),
    ("diem-danh", OPEN, "Điểm danh", "diem-danh", "có mặt, vắng và lý do"),
    ("dang-phi", OPEN, "Tình hình nộp đảng phí", "noi-dung", "số đã nộp"),
    ("chuong-trinh", OPEN, "Thông qua chương trình", "noi-dung", ""),
    ("thoi-su", MID, "Thông tin thời sự, văn bản mới, chỉ đạo của cấp trên", "noi-dung", "tên văn bản"),
    ("ket-qua", MID, "Kết quả từng việc của nghị quyết, kết luận kỳ trước", "noi-dung", "bảng việc"),
    ("dang-vien", MID, "Kết quả nhiệm vụ của đảng viên; biểu dương, nhắc nhở", "noi-dung", "tên, mức độ"),
    ("hoc-bac", MID, "Học tập và làm theo Bác", "noi-dung", ""),
    ("thao-luan", MID, "Thảo luận, tự phê bình và phê bình", "thao-luan", "ai, ý gì"),
    ("ket-luan", END, "Chủ trì kết luận", "ket-luan", "kết luận"),
    ("giao-viec", END, "Giao việc cho từng đồng chí, có hạn xong", "giao-viec", "bảng việc"),
    ("bieu-quyet", END, "Biểu quyết nghị quyết, kết luận", "bieu-quyet", "ba số, tỷ lệ"),
    ("cham-diem", END, "Chấm điểm chất lượng kỳ sinh hoạt", "cham-diem", "điểm từng tiêu chí"),
    ("doc-lai", END, "Thư ký đọc lại biên bản, chi bộ thông qua", "doc-lai", "thông qua lúc nào"),
    ("sau-hop", POST, "Hoàn chỉnh, đăng tài liệu, báo cáo cấp trên trong 2 ngày", "chuan-bi", "lúc gửi"),
]
THEMATIC = [
    ("ke-hoach", PRE, "Kế hoạch chuyên đề của năm, quý; phân công đồng chí am hiểu", "chuan-bi", "ai"),
    ("duyet", PRE, "Chi ủy duyệt dự thảo, gửi trước ít nhất 1 ngày", "chuan-bi", "lúc gửi"),
    ("mo-dau", OPEN, "Bí thư nêu mục đích, yêu cầu của chuyên đề", "khai-mac", "chủ trì, thư ký"),
    ("diem-danh", OPEN, "Điểm danh", "diem-danh", "có mặt, vắng và lý do"),
    ("trinh-bay", MID, "Đồng chí được phân công trình bày dự thảo", "noi-dung", "nội dung"),
    ("thao-luan", MID, "Thảo luận, liên hệ bản thân và đơn vị, đề xuất", "thao-luan", "ai, ý gì"),
    ("ket-luan", END, "Bí thư đánh giá, kết luận nội dung tiếp thu", "ket-luan", "kết luận"),
    ("giao-viec", END, "Giao việc", "giao-viec", "bảng việc"),
    ("bieu-quyet", END, "Biểu quyết", "bieu-quyet", "ba số, tỷ lệ"),
    ("cham-diem", END, "Chấm điểm chất lượng kỳ sinh hoạt", "cham-diem", "điểm từng tiêu chí"),
    ("doc-lai", END, "Đọc lại biên bản, thông qua", "doc-lai", "thông qua lúc nào"),
    ("hoan-chinh", POST, "Hoàn chỉnh chuyên đề, đăng, báo cáo cấp trên", "chuan-bi", "lúc gửi"),
]
SHORT = [
    ("mo-dau", OPEN, "Khai mạc, cử thư ký", "khai-mac", ""),
    ("diem-danh", OPEN, "Điểm danh", "diem-danh", ""),
    ("noi-dung", MID, "Chương trình, báo cáo", "noi-dung", ""),
    ("thao-luan", MID, "Thảo luận", "thao-luan", ""),
    ("ket-luan", END, "Kết luận", "ket-luan", ""),
    ("giao-viec", END, "Giao việc", "giao-viec", ""),
    ("bieu-quyet", END, "Biểu quyết", "bieu-quyet", ""),
    ("doc-lai", END, "Đọc lại biên bản, thông qua", "doc-lai", ""),
]
BY_KIND = {"THUONG_KY": (REGULAR, GUIDE), "CHUYEN_DE": (THEMATIC, PRACTICE)}


def add(apps, schema_editor):
    kind_model, step_model = apps.get_model("hoithao", "MeetingKind"), apps.get_model("hoithao", "StepTemplate")
    for kind in kind_model.objects.all():
        steps, source = BY_KIND.get(kind.code, (SHORT, PRACTICE))
        step_model.objects.bulk_create(
            step_model(kind=kind, order=order, code=code, phase=phase, name=name, page=page, kept=kept, source=source)
            for order, (code, phase, name, page, kept) in enumerate(steps, start=1)
        )


TRIGGERS = "".join(
    f"CREATE TRIGGER of_closed_meeting BEFORE INSERT OR UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_child_of_closed();"
    f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION hoithao_refuse_change();"
    for table in ("hoithao_task", "hoithao_taskresult")
)


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0007_procedure_and_tasks")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop), migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop)]
