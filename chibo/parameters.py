"""Local habits of the register that staff may set, with their ground."""

from kyanh_portal.parameters.parameter import add_parameter

add_parameter(
    "chibo.badge_lead", "Hồ sơ Huy hiệu Đảng gửi trước đợt trao", "Đảng viên", "integer", 30,
    "Hướng dẫn của Thành ủy Hà Nội; Hà Tĩnh chưa xác nhận", unit="ngày làm việc", least=0, most=60,
)  # fmt: skip
add_parameter(
    "chibo.badge_windows", "Ai được xét ở mỗi đợt trao Huy hiệu", "Đảng viên", "choice", "since_last",
    "Chưa xác nhận cho Hà Tĩnh",
    choices=(("since_last", "Đủ tuổi đảng từ sau đợt trước đến ngày trao"), ("hanoi", "Theo khoảng ngày của Hà Nội (3/2: 01/12–hết tháng 2; 19/5: 01/3–31/5; 2/9: 01/6–30/9; 7/11: 01/10–30/11)")),
)  # fmt: skip
_DATA = "Dữ liệu cá nhân"
add_parameter(
    "chibo.request_days", "Trả lời đề nghị về dữ liệu", _DATA, "integer", 2,
    "Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP; hạn từng quyền chưa xác nhận", unit="ngày làm việc", least=1, most=30,
)  # fmt: skip
add_parameter(
    "chibo.incident_hours", "Báo sự cố dữ liệu cho cơ quan chuyên trách", _DATA, "integer", 72,
    "Luật 91/2025/QH15, Điều 23; Mẫu 08 NĐ 356/2025/NĐ-CP (theo bản thuật lại)", unit="giờ", least=1, most=72,
)  # fmt: skip
add_parameter("chibo.exports_per_hour", "Số lần xuất danh sách mỗi giờ, mỗi người", _DATA, "integer", 6, "Đề xuất, chưa có quy định", unit="lần", least=1, most=60)  # fmt: skip
add_parameter("chibo.export_rows", "Số dòng nhiều nhất mỗi lần xuất", _DATA, "integer", 20_000, "Đề xuất, chưa có quy định", unit="dòng", least=100, most=120_000)  # fmt: skip
add_parameter("chibo.keep_left_years", "Giữ số định danh của người đã ra khỏi Đảng, từ trần", _DATA, "integer", 3, "Đề xuất; thời hạn chưa xác nhận", unit="năm", least=0, most=20)  # fmt: skip
add_parameter("chibo.keep_request_years", "Giữ lời lẽ đề nghị về dữ liệu đã trả lời", _DATA, "integer", 5, "Đề xuất; thời hạn chưa xác nhận", unit="năm", least=1, most=20)  # fmt: skip
add_parameter("chibo.data_officer", "Người phụ trách bảo vệ dữ liệu, nơi liên hệ", _DATA, "text", "Ban Tổ chức (chưa ghi tên, điện thoại)", "Luật 91/2025/QH15, Điều 33 (theo bản thuật lại)")  # fmt: skip
