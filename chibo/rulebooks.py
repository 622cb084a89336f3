"""Limits and thresholds of organisations and members, by the day they hold: each book names its source.

Where no text was found the older value is carried on and the source says "chưa xác nhận" (see docs/glossary.md).
"""

import datetime as dt

from kyanh_portal.base.rulebook import Rulebook, in_force

_SAME = {
    "start_transfer_wd": 60,  # giới thiệu chuyển sinh hoạt phải bắt đầu
    "present_letter_wd": 30,  # xuất trình giấy ở nơi đến
    "no_file_months": 3,  # quá hạn này thì xét xóa tên
    "ceremony_wd": 30,
    "admission_decision_wd": 45,
    "official_decision_wd": 30,
    "probation_months": 12,
    "official_review_wd": 30,
    "abroad_slip_wd": 60,  # nộp phiếu công tác ở nước ngoài (38-HD/BTCTW II.4.3.1c)
    "abroad_short_slip_wd": 30,  # ra nước ngoài tạm thời (II.4.3.2b)
    "abroad_report_wd": 30,  # báo cáo từ ngày về nước
    "least_age": 18,
    "least_official": 3,  # để lập một tổ chức đảng
    "committee_from": 9,  # đảng viên chính thức: bầu chi ủy
    "committee_most": 7,
    "cell_deputies_most": 1,  # chi bộ có chi ủy bầu một phó bí thư
    "standing_share": 3,  # ban thường vụ không quá một phần ba cấp ủy (294-QĐ/TW 14.2)
    "base_committee_from": 30,  # chi bộ cơ sở → đảng bộ cơ sở; chi bộ → có tổ đảng
    "delegate_admission_from": 100,
    "delegate_superior_from": 400,
    "readmit_months": 36,
    "complaint_wd": 30,
    "complaint_answer_wd": 90,  # cấp trên, tỉnh ủy trả lời
    "complaint_answer_central_wd": 180,
    "file_up_wd": 30,
    "seal_return_wd": 30,
    "village_only_under_committee": True,
    "handover_wd": 15,  # cấp ủy cũ bàn giao cho cấp ủy mới (294-QĐ/TW 15.2)
    "ceremony_counts_from": "received",  # 30 ngày làm việc từ ngày nhận quyết định kết nạp, hoặc từ ngày ký (issued)
    "cell_term_months": 60,  # nhiệm kỳ chi bộ trực thuộc
    "programme_suffices": False,  # hoàn thành chương trình trung học cơ sở, chưa tốt nghiệp, đã đủ để kết nạp
    "authorised_admission": "collective",  # đảng ủy cơ sở được ủy quyền kết nạp: cả tập thể, hoặc ban thường vụ (standing)
    "ward_is_base": True,  # đảng bộ xã, phường là tổ chức cơ sở đảng, không phải cấp trên trực tiếp của cơ sở
    "ward_decided_by": "",  # ai quyết định khác đi
    "base_has_bodies": True,  # đảng ủy cơ sở được có cơ quan tham mưu, giúp việc
    "kind_names": {},  # loại tổ chức mà quy định gọi khác đi
}
_R2021 = {**_SAME, "cell_term_months": 30}
_R2025 = {**_SAME, "ward_is_base": False, "ward_decided_by": "chỉ trường hợp đặc biệt", "base_has_bodies": False,
    "kind_names": {"dang_uy_xa_phuong": "Đảng bộ xã, phường, cấp trên trực tiếp của cơ sở"},
}  # fmt: skip
_R2026 = {
    **_R2025, "ceremony_counts_from": "issued", "programme_suffices": True, "authorised_admission": "standing",
    "ward_decided_by": "tỉnh ủy quyết định", "base_has_bodies": None,
    "kind_names": {"chi_bo_co_so": "Chi bộ", "chi_bo_truc_thuoc": "Chi bộ"},
}  # fmt: skip
BOOKS = [
    Rulebook(
        "R2021",
        dt.date(2021, 7, 30),
        "Quy định 24-QĐ/TW ngày 30/7/2021; Hướng dẫn 01-HD/TW ngày 28/9/2021",
        _R2021,
    ),
    Rulebook(
        "R2021-232",
        dt.date(2025, 1, 20),
        "Quy định 232-QĐ/TW ngày 20/01/2025 (chưa đọc toàn văn, giá trị lấy theo 24-QĐ/TW, chưa xác nhận)",
        _R2021,
        valid_to=dt.date(2025, 6, 30),
    ),
    Rulebook(
        "R2016",
        dt.date(2016, 7, 25),
        "Quy định 29-QĐ/TW ngày 25/7/2016 (giá trị lấy theo 24-QĐ/TW, chưa xác nhận)",
        _R2021,
        valid_to=dt.date(2021, 7, 29),
    ),
    Rulebook(
        "R2025",
        dt.date(2025, 7, 1),
        "Quy định 294-QĐ/TW ngày 26/5/2025; Hướng dẫn 06-HD/TW ngày 09/6/2025; 38-HD/BTCTW ngày 29/9/2025",
        _R2025,
    ),
    Rulebook(
        "R2025-20",
        dt.date(2026, 4, 8),
        "Quy định 20-QĐ/TW ngày 08/4/2026; Hướng dẫn 01-HD/TW ngày 19/5/2026 (chưa đọc toàn văn, giá trị lấy theo 294-QĐ/TW, chưa xác nhận)",
        _R2025,
        valid_to=dt.date(2026, 7, 25),
    ),
    Rulebook(
        "R2026",
        dt.date(2026, 7, 26),
        "Quy định 208-QĐ/TW ngày 26/7/2026 (chưa xác nhận toàn văn)",
        _R2026,
    ),
]
# Nghỉ lễ cố định theo Bộ luật Lao động 2019, Điều 112; Tết, Giỗ Tổ và ngày làm bù ghi hằng năm ở trang lịch nghỉ.
FIXED_HOLIDAYS = {(1, 1): "Tết Dương lịch", (4, 30): "Ngày Chiến thắng", (5, 1): "Quốc tế Lao động", (9, 2): "Quốc khánh"}  # fmt: skip
BADGES = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)  # 294-QĐ/TW 28.1.2
AWARD_DATES = ((2, 3), (5, 19), (9, 2), (11, 7))  # 06-HD/TW 18.4: month, day
BLOCKED_MONTHS = {"KHIEN_TRACH": 6, "CANH_CAO": 9, "CACH_CHUC": 12}  # 294-QĐ/TW 28.3.1c
# Who gives a member which reward of the Party (294-QĐ/TW 28.2; 06-HD/TW 19.2a; other forms are not named there).
REWARDS = {
    "BIEU_DUONG": ("CHI_BO",), "GIAY_KHEN": ("CO_SO", "CAP_TREN"), "BANG_KHEN": ("TINH_UY", "TRUNG_UONG"),
    "KHAC": ("CHI_BO", "CO_SO", "CAP_TREN", "TINH_UY", "TRUNG_UONG"),
}  # fmt: skip
# Who signs which box of the letter: (signer, receiving side, only where the level exists) — 38-HD/BTCTW II.4.3
BOXES = {
    "CHINH_THUC": [
        ("Chi ủy nơi đi", False, False), ("Đảng ủy bộ phận nơi đi", False, True), ("Đảng ủy cơ sở nơi đi", False, True),
        ("Ban Thường vụ cấp trên nơi đi", False, False), ("Ban Tổ chức Tỉnh ủy nơi đi", False, True),
        ("Ban Tổ chức Tỉnh ủy nơi đến", True, True), ("Ban Thường vụ cấp trên nơi đến", True, False),
        ("Đảng ủy cơ sở nơi đến", True, True), ("Đảng ủy bộ phận nơi đến", True, True), ("Chi ủy nơi đến", True, False),
    ],
    "NOI_BO": [
        ("Chi ủy nơi đi", False, False), ("Đảng ủy bộ phận nơi đi", False, True), ("Đảng ủy cơ sở nơi đi", False, True),
        ("Cấp ủy cấp trên", False, False), ("Đảng ủy cơ sở nơi đến", True, True), ("Đảng ủy bộ phận nơi đến", True, True),
        ("Chi ủy nơi đến", True, False),
    ],
    "TAM_THOI": [
        ("Chi ủy nơi sinh hoạt chính thức", False, False), ("Đảng ủy cơ sở nơi sinh hoạt chính thức", False, True),
        ("Đảng ủy cơ sở nơi tạm thời", True, True), ("Chi ủy nơi tạm thời tiếp nhận", True, False),
        ("Chi ủy nơi tạm thời giới thiệu về", True, False), ("Đảng ủy cơ sở nơi tạm thời", True, True),
        ("Đảng ủy cơ sở nơi sinh hoạt chính thức", False, True), ("Chi ủy nơi sinh hoạt chính thức nhận lại", False, False),
    ],
    # Ra nước ngoài (38-HD/BTCTW II.4.3.1c, II.4.3.2b): the text names the papers and who writes them, not every signer;
    # who signs the two boxes is not confirmed. Slips without a receiving box go with the member.
    "NUOC_NGOAI": [("Cấp trên trực tiếp của cơ sở nơi đi", False, False), ("Đảng ủy Bộ Ngoại giao tiếp nhận", True, False)],
    "XKLD": [("Đảng ủy cơ sở nơi đi đề nghị", False, True), ("Cấp trên ghi phiếu 3A-SHĐ, giữ hồ sơ và thẻ", False, False)],
    "NN_TAM_THOI": [("Chi ủy nơi đi đề nghị", False, False), ("Đảng ủy cơ sở ghi phiếu 3B-SHĐ", False, False)],
}  # fmt: skip
ABROAD = ("NUOC_NGOAI", "XKLD", "NN_TAM_THOI")
# Danh sách báo cáo lên trên khi có người ra nước ngoài.
ABROAD_LISTS = {
    "NUOC_NGOAI": "phiếu công tác",
    "XKLD": "báo cáo theo mẫu 3C-SHĐ",
    "NN_TAM_THOI": "báo cáo theo mẫu 3D-SHĐ",
}


def rulebook_on(day: dt.date) -> Rulebook:
    """The limits and thresholds in force on a day."""
    return in_force(BOOKS, day)


# Kiểm điểm, xếp loại hằng năm. `cuts`: least points of the three levels above the last, None where levels go by votes only;
# `points`: most points of the common criteria and of the results of duties (tiêu chí chi tiết từng mẫu chưa xác nhận).
RATING_BOOKS = [
    Rulebook("132-2018", dt.date(2018, 3, 8), "Quy định 132-QĐ/TW ngày 08/3/2018", {"cuts": None, "points": None, "new_months": 6}),
    Rulebook("124-2023", dt.date(2023, 10, 4), "Quy định 124-QĐ/TW ngày 04/10/2023", {"cuts": None, "points": None, "new_months": 6}),
    Rulebook(
        "366-2025", dt.date(2025, 8, 30),
        "Quy định 366-QĐ/TW ngày 30/8/2025, Hướng dẫn 43-HD/BTCTW ngày 31/10/2025 (chưa xác nhận toàn văn, ai không xếp loại)",
        {"cuts": (90, 70, 50), "points": (30, 70), "new_months": 6},
    ),
]  # fmt: skip


def rating_book_on(day: dt.date) -> Rulebook:
    """The rules of the yearly rating in force on a day."""
    return in_force(RATING_BOOKS, day)
