"""Kinds of decisions with their thresholds, phrases to start from, and what the database refuses to change."""

from django.db import migrations

POINT = "Quy định 294-QĐ/TW điểm 9.3"
OLD = "Quy định 294-QĐ/TW điểm 9.3.4; 06-HD/TW"
ELECTION = "Thông lệ bầu cử trong chi bộ (chưa đối chiếu Quy chế bầu cử trong Đảng)"
MORE, THIRDS = "QUA_NUA", "HAI_PHAN_BA"
DECISIONS = [
    # code, name, threshold, secret, election, source
    ("THUONG", "Nghị quyết, kết luận và việc thường", MORE, False, False, POINT),
    ("KET_NAP", "Đề nghị kết nạp đảng viên", THIRDS, False, False, OLD),
    ("CONG_NHAN", "Đề nghị công nhận đảng viên chính thức", THIRDS, False, False, OLD),
    ("XOA_TEN", "Đề nghị xóa tên, đưa đảng viên dự bị ra khỏi danh sách", THIRDS, True, False, OLD),
    ("KHAI_TRU", "Đề nghị khai trừ", THIRDS, True, False, OLD),
    ("KY_LUAT", "Hình thức kỷ luật khác", MORE, True, False, POINT),
    ("RA_SOAT", "Lập danh sách rà soát, sàng lọc (từng người)", THIRDS, True, False, "Hướng dẫn 02-HD/BTCTW, ngày 12/4/2021"),
    ("BAU_CU", "Bầu cử", MORE, True, True, ELECTION),
]  # fmt: skip
PHRASES = {
    "conclusion": [
        "Chi bộ thống nhất nội dung báo cáo của chi ủy và phương hướng {tháng}.",
        "Đồng chí {chủ trì} tiếp thu {số ý kiến} ý kiến của {số người phát biểu} đồng chí, bổ sung vào kết luận.",
        "Biểu dương các đồng chí hoàn thành việc được giao; nhắc nhở các đồng chí còn việc quá hạn.",
    ],
    "fee_note": ["{phải điểm danh}/{phải điểm danh} đồng chí đã nộp đảng phí {tháng}."],
    "presented": [
        "Đồng chí {chủ trì} thay mặt chi ủy trình bày; chi bộ có {có mặt}/{phải điểm danh} đồng chí dự.",
        "Không có nội dung phát sinh.",
    ],
    "summed_up": ["Chi bộ nhất trí với nội dung trên."],
    "text": [
        "Nhất trí với báo cáo của chi ủy.",
        "Đề nghị chi ủy phân công rõ người, rõ việc, rõ thời hạn.",
        "Tự nhận khuyết điểm trong tháng: ",
    ],
}


def add(apps, schema_editor):
    decision, phrase = apps.get_model("hoithao", "DecisionKind"), apps.get_model("hoithao", "Phrase")
    for order, (code, name, threshold, is_secret, is_election, source) in enumerate(DECISIONS, start=1):
        decision.objects.create(
            code=code, name=name, order=order, threshold=threshold, is_secret=is_secret, is_election=is_election,
            source=source,
        )
    for field, texts in PHRASES.items():
        phrase.objects.bulk_create(phrase(field=field, text=text, order=place) for place, text in enumerate(texts, 1))


def triggers() -> str:
    sql = [
        f"CREATE TRIGGER of_closed_meeting BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_child_of_closed();"
        for table in ("hoithao_ballot", "hoithao_ballotline")
    ]
    sql.append(
        "CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON hoithao_minutessignature "
        "FOR EACH ROW EXECUTE FUNCTION hoithao_refuse_change();"
    )
    sql += [
        f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION hoithao_refuse_change();"
        for table in ("hoithao_ballot", "hoithao_ballotline", "hoithao_minutessignature")
    ]
    return "\n".join(sql)


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0012_ballots_signatures_excuses_phrases")]
    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
        migrations.RunSQL(triggers(), migrations.RunSQL.noop),
    ]
