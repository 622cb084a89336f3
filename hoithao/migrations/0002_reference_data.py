"""Kinds of meetings with the agendas they start from (HD42-HD/BTCTW; cell meetings, conferences, workshops)."""

from django.db import migrations

GUIDE = "Hướng dẫn 12-HD/BTCTW (2018), 42-HD/BTCTW (2025)"
KINDS = [
    # code, name, summary, least minutes, of cells, of committees, takes votes, wants theme, source, agenda
    (
        "THUONG_KY", "Sinh hoạt thường kỳ", "sinh hoạt {unit_kind} thường kỳ {period}", 90, True, False, True, False, GUIDE,
        [
            ("Thông tin thời sự, phổ biến văn bản mới", "Tên văn bản, nội dung chính, ý kiến chỉ đạo của cấp trên."),
            ("Báo cáo của chi ủy: kết quả lãnh đạo tháng trước, tình hình tư tưởng", "Kết quả từng việc của nghị quyết kỳ trước."),
            ("Kết quả thực hiện nhiệm vụ của đảng viên; biểu dương, nhắc nhở", "Nêu tên, việc, mức độ."),
            ("Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", ""),
            ("Phương hướng, nhiệm vụ tháng tới", "Việc gì, ai làm, khi nào xong."),
        ],
    ),
    (
        "CHUYEN_DE", "Sinh hoạt chuyên đề", "sinh hoạt {unit_kind} chuyên đề: {theme}", 90, True, False, True, True, GUIDE,
        [
            ("Nêu mục đích, yêu cầu của chuyên đề", "Bí thư mở đầu."),
            ("Trình bày dự thảo chuyên đề", "Đồng chí được phân công trình bày."),
            ("Thảo luận, liên hệ bản thân và đơn vị", ""),
            ("Kết luận chuyên đề, phân công thực hiện", ""),
        ],
    ),
    (
        "CHI_UY", "Họp chi ủy", "họp chi uỷ {period}", None, True, False, True, False, GUIDE,
        [
            ("Đánh giá kết quả lãnh đạo tháng trước", ""),
            ("Nhiệm vụ tháng tới và nội dung trình chi bộ", ""),
            ("Dự thảo nghị quyết của chi bộ", ""),
        ],
    ),
    (
        "BAT_THUONG", "Họp bất thường", "họp {unit_kind} bất thường {period}", None, True, False, True, False, "",
        [("Nội dung đột xuất", "Lý do họp, việc cần bàn."), ("Biện pháp thực hiện", "")],
    ),
    (
        "HOI_NGHI", "Hội nghị", "hội nghị {theme}", None, False, True, True, True, "",
        [("Báo cáo, tờ trình", ""), ("Thảo luận", ""), ("Kết luận", "")],
    ),
    (
        "RUT_KINH_NGHIEM", "Hội nghị rút kinh nghiệm", "hội nghị rút kinh nghiệm {theme}", None, True, True, False, True, "",
        [("Báo cáo diễn biến các buổi sinh hoạt điểm", ""), ("Việc làm được, chưa được, nguyên nhân", ""), ("Bài học, cách làm tiếp", "")],
    ),
    (
        "HOI_THAO", "Hội thảo", "hội thảo {theme}", None, False, True, False, True, "",
        [("Khai mạc, đề dẫn", ""), ("Trình bày tham luận", ""), ("Ý kiến trao đổi, phát biểu chỉ đạo", ""), ("Kết luận hội thảo", "")],
    ),
]  # fmt: skip


def add(apps, schema_editor):
    kind_model = apps.get_model("hoithao", "MeetingKind")
    template_model = apps.get_model("hoithao", "AgendaTemplate")
    for order, row in enumerate(KINDS, start=1):
        code, name, summary, least, cells, committees, votes, theme, source, agenda = row
        kind = kind_model.objects.create(
            code=code, name=name, order=order, summary=summary, least_minutes=least, of_cells=cells,
            of_committees=committees, takes_votes=votes, wants_theme=theme, source=source,
        )
        template_model.objects.bulk_create(
            template_model(kind=kind, order=place, title=title, hint=hint) for place, (title, hint) in enumerate(agenda, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
