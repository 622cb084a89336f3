"""Local score tables as staff would enter them: An Phú's sub-table, Phú Thọ's split, Bình Thuận's four key criteria."""

import datetime as dt
from decimal import Decimal

from hoithao.services.frames import draft_frame, put_criterion, put_in_force

CUTS = "Tốt : 90\nKhá : 70\nTrung bình : 50\nKém : 0"
ATTENDANCE = "vắng không lý do >=1 : 1\n>=90 : 4\n75-<90 : 3\n65-<75 : 2\n<65 : 1"
LENGTH = "=0 : 5\n>0-15 : 4\n>15-30 : 3\ntỷ lệ thời lượng >=50 : 2\ntỷ lệ thời lượng <50 : 1"
SPEAKING = ">50 : 5\n40-<50 : 4\n30-<40 : 3\n<30 : 2"
TARGETS = "90-100 : 30\n80-<90 : 27\n70-<80 : 24\n60-<70 : 20\n50-<60 : 15\n<50 : 10"
YES = {"sort": "yes_no"}
AN_PHU = [
    ("1", "", "Thời gian", 5, {"sort": "group"}), ("1.1", "1", "Thời lượng", 5, {"sort": "band", "measure": "thiếu phút", "bands": LENGTH}),
    ("2", "", "Dự họp", 5, {"sort": "group"}), ("2.1", "2", "Tỷ lệ dự họp", 4, {"sort": "band", "measure": "tỷ lệ dự họp", "bands": ATTENDANCE}),
    ("2.2", "2", "Không ai vắng quá 3 lần liền", 1, YES | {"proof": "vắng có lý do quá 3 lần liền = 0"}),
    ("3", "", "Chuẩn bị", 10, {"sort": "group"}), ("3.1", "3", "Nội dung đúng, đủ, sát thực tế", 3, YES),
    ("3.2", "3", "Định hướng thảo luận, dự thảo kết luận", 2, YES),
    ("3.3", "3", "Chi ủy họp, có biên bản", 2, YES | {"full_if": "chỉ có bí thư = 1", "proof": "chi ủy họp trước = 1"}),
    ("3.4", "3", "Thông báo", 1, YES), ("3.5", "3", "Gửi tài liệu trước 1 ngày", 2, YES | {"proof": "tài liệu gửi trước >= 24"}),
    ("4", "", "Tổ chức", 30, {"sort": "group"}), ("4.1", "4", "Đủ các bước", 5, YES), ("4.2", "4", "Nội dung thường kỳ, nhiệm vụ tháng tới", 10, YES),
    ("4.3", "4", "Nội dung chuyên đề", 5, YES | {"counts_if": "chuyên đề trong tháng = 1"}), ("4.4", "4", "Biểu dương, nhắc nhở, phê bình", 2, YES),
    ("4.5", "4", "Tỷ lệ phát biểu", 5, {"sort": "band", "measure": "tỷ lệ phát biểu", "bands": SPEAKING}), ("4.6", "4", "Biên bản đầy đủ", 1, YES),
    ("4.7", "4", "15 đến 30 phút về tư tưởng, phê bình", 1, YES), ("4.8", "4", "Đăng tài liệu", 1, YES),
    ("5", "", "Điều hành", 10, {"sort": "group"}), ("5.1", "5", "Linh hoạt", 2, YES), ("5.2", "5", "Định hướng", 4, YES), ("5.3", "5", "Gợi mở", 3, YES),
    ("5.4", "5", "Kết luận từng việc", 1, YES),
    ("6", "", "Nguyên tắc", 5, {"sort": "group"}), ("6.1", "6", "Tập trung dân chủ", 1, YES), ("6.2", "6", "Phê bình chân thành", 2, YES),
    ("6.3", "6", "Tính lãnh đạo, giáo dục, chiến đấu", 1, YES), ("6.4", "6", "Thông tin, giải quyết kiến nghị", 1, YES),
    ("7", "", "Chỉ tiêu của nghị quyết kỳ trước", 30, {"sort": "band", "measure": "tỷ lệ việc hoàn thành", "bands": TARGETS}),
    ("8", "", "Kết thúc", 5, {"sort": "group"}), ("8.1", "8", "Kết luận", 2, YES | {"proof": "kết luận = 1"}), ("8.2", "8", "Biên bản, giao việc", 2, YES),
    ("8.3", "8", "Đăng trong 2 ngày", 1, YES),
]  # fmt: skip
PHU_THO = [
    ("1", "", "Chuẩn bị", 15, {}),
    ("2", "", "Dự họp", 20, {}),
    ("3", "", "Tổ chức", 45, {}),
    ("4", "", "Kết thúc", 20, {}),
]
BINH_THUAN = [
    ("1", "", "Dự họp", 20, {"is_key": True, "needs": "tỷ lệ dự họp >= 90"}), ("2", "", "Thời lượng", 10, {"is_key": True}),
    ("3", "", "Phát biểu", 20, {"is_key": True}), ("4", "", "Biên bản", 10, {"is_key": True}), ("5", "", "Các mặt khác", 40, {}),
]  # fmt: skip


def local_frame(code, rows, organisation=None, day=dt.date(2020, 1, 1), in_force=True, **values):
    """A frame entered line by line through the services."""
    frame = draft_frame(
        by=None, code=code, name=f"Bảng {code}", source="Bảng điểm địa phương (mẫu thử)", organisation=organisation,
        **{"cuts": CUTS, **values},
    )  # fmt: skip
    made = {}
    for row, parent, name, most, more in rows:
        made[row] = put_criterion(
            frame, by=None, code=row, name=name, most=Decimal(most), parent=made.get(parent), **more
        )
    return put_in_force(frame, by=None, valid_from=day) if in_force else frame
