"""The one supervision of the demo world, from decision to notice. Invented from the first word to the last, and labelled."""

import datetime as dt

from nghiquyet.choices import CheckForm, CheckPaper, CheckState
from nghiquyet.services import supervisions

DECISION = """Điều 1. Thành lập Đoàn giám sát chuyên đề việc thực hiện Nghị quyết về nâng cao chất lượng sinh hoạt chi bộ ở chi bộ được giám sát (giả lập).
Điều 2. Đoàn làm việc từ ngày 12/11/2020 đến ngày 30/11/2020 theo kế hoạch kèm theo; kết thúc có báo cáo kết quả.
Điều 3. Các thành viên Đoàn và chi bộ được giám sát thực hiện Quyết định này."""
PLAN = """1. Mục đích, yêu cầu. Nắm nền nếp sinh hoạt, điểm danh, ghi biên bản; nhắc kịp thời việc chưa làm tốt.
2. Nội dung. Sinh hoạt thường kỳ, sinh hoạt chuyên đề, biên bản từ tháng 9 đến tháng 11 năm 2020.
3. Thời gian. Công bố ngày 12/11/2020; chi bộ gửi báo cáo trước ngày 20/11/2020; hội nghị thông qua dự thảo ngày 26/11/2020."""
OUTLINE = """1. Tình hình chi bộ: số đảng viên, số đảng viên được miễn, đi làm xa.
2. Việc tổ chức sinh hoạt ba tháng: ngày họp, số dự, số vắng có lý do và không lý do.
3. Việc ghi, đọc lại và khóa biên bản; việc khó và đề nghị."""
SELF_REPORT = """1. Chi bộ họp đủ ba kỳ, có một kỳ chuyên đề; đảng viên vắng đều có lý do.
2. Việc chưa làm tốt: hai biên bản khóa chậm so với quy định vì người ghi đi công tác.
3. Đề nghị: hướng dẫn chi bộ ghi biên bản ngay tại buổi họp."""
RESULT = """1. Ưu điểm. Chi bộ giữ nền nếp sinh hoạt; nội dung sát việc của tổ dân phố; điểm danh đủ từng kỳ.
2. Hạn chế. Hai trong ba biên bản khóa chậm; kết luận của một kỳ chưa ghi rõ người làm, thời hạn.
3. Nguyên nhân. Người ghi biên bản đi công tác, chưa phân công người thay.
4. Kiến nghị. Phân công người ghi biên bản dự phòng; khóa biên bản trong hai ngày sau buổi họp."""
NOTICE = """1. Chi bộ thực hiện nghiêm túc nền nếp sinh hoạt, điểm danh; nội dung sát thực tế.
2. Hai biên bản khóa chậm, kết luận một kỳ chưa rõ người làm, thời hạn.
3. Yêu cầu chi bộ khắc phục việc ghi biên bản chậm, báo cáo Uỷ ban Kiểm tra trước ngày 15/01/2021."""
PAPERS = [
    (CheckPaper.DECISION, "Thành lập đoàn giám sát", 10, DECISION), (CheckPaper.PLAN, "Kế hoạch giám sát", 10, PLAN),
    (CheckPaper.OUTLINE, "Đề cương báo cáo", 10, OUTLINE), (CheckPaper.SELF_REPORT, "Báo cáo tự giám sát của chi bộ", 20, SELF_REPORT),
    (CheckPaper.DRAFT, "Dự thảo báo cáo kết quả", 25, RESULT), (CheckPaper.RESULT, "Báo cáo kết quả giám sát", 28, RESULT),
    (CheckPaper.NOTICE, "Thông báo kết quả giám sát", 30, NOTICE),
]  # fmt: skip
STEPS = [
    (CheckState.PREPARING, 10), (CheckState.ANNOUNCED, 12), (CheckState.SELF_REPORT, 20), (CheckState.CONFERENCE, 26),
    (CheckState.REPORTED, 28), (CheckState.NOTICE, 30),
]  # fmt: skip


def build_supervision(world, resolution, inspection, cell) -> None:
    """Announced, reported on by the cell itself, heard, concluded by a notice; what it asks for is a duty of the cell."""
    user = world["kiemtra"]
    row = supervisions.plan_supervision(
        by=user, organisation=inspection, form=CheckForm.THEMATIC, title="việc thực hiện Nghị quyết về sinh hoạt chi bộ", subjects=[cell],
        resolution=resolution, planned_on=dt.date(2020, 11, 10), content="Nền nếp sinh hoạt, điểm danh, biên bản từ tháng 9 năm 2020 (giả lập).", is_synthetic=True,
    )  # fmt: skip
    for kind, title, day, text in PAPERS:
        supervisions.add_paper(
            row, by=user, kind=kind, title=title, dated=dt.date(2020, 11, day), text=text,
            subject=cell if kind == CheckPaper.SELF_REPORT else None,
        )  # fmt: skip
    for state, day in STEPS:
        row = supervisions.advance(row, by=user, state=state, on=dt.date(2020, 11, day))
    supervisions.recommend(
        row, by=user, lead=cell, title="Khắc phục việc ghi biên bản chậm", product="Báo cáo khắc phục", due_on=dt.date(2021, 1, 15),
        lead_post="Bí thư chi bộ", leader="Chủ nhiệm Ủy ban Kiểm tra", given_on=dt.date(2020, 12, 1),
    )  # fmt: skip
    supervisions.advance(row, by=user, state=CheckState.REMEDY, on=dt.date(2020, 12, 1))
