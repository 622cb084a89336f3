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
