"""Dated values of this app that staff set: what alerts are judged by, how early the next meeting is proposed."""

from hoithao.year_levels import NO_RULE, PATTERNS, read_year_rule
from kyanh_portal.parameters.parameter import add_parameter

GROUP = "Nhắc việc sinh hoạt"
UNCONFIRMED = "Chưa xác nhận văn bản; Văn phòng đặt theo thực tế"
HD12 = "Hướng dẫn 12-HD/BTCTW, ngày 06/7/2018"

add_parameter("alerts.committee_first", "Chi ủy họp trước buổi sinh hoạt chi bộ", GROUP, "boolean", True, HD12)
add_parameter(
    "alerts.left_out_months", "Bỏ sinh hoạt không lý do trong năm, nhắc chi bộ xem xét khi đủ", GROUP, "integer", 3,
    "Điều 8 Điều lệ Đảng (2011)", unit="tháng", least=1, most=12,
)  # fmt: skip
add_parameter(
    "alerts.standing_ends_days", "Nhắc trước khi hết hạn miễn, tạm thời", GROUP, "integer", 30, UNCONFIRMED, unit="ngày", least=0, most=180,
)  # fmt: skip
add_parameter(
    "meetings.propose_days", "Đề xuất lập buổi thường kỳ trước ngày cố định", GROUP, "integer", 15, UNCONFIRMED, unit="ngày", least=1, most=45,
)  # fmt: skip
add_parameter(
    "meetings.committee_days", "Chi ủy họp trước buổi sinh hoạt", GROUP, "integer", 3, UNCONFIRMED, unit="ngày", least=0, most=15,
)  # fmt: skip
add_parameter(
    "petitions.days", "Hạn trả lời kiến nghị của chi bộ", "Kiến nghị", "integer", 30, UNCONFIRMED, unit="ngày", least=1, most=180,
)  # fmt: skip
add_parameter(
    "scores.year_rule", "Cách xếp mức sinh hoạt của năm", "Chấm điểm sinh hoạt", "long", NO_RULE,
    "42-HD/BTCTW: chưa rõ cách xếp năm; mặc định chỉ nêu phân bố", check=read_year_rule,
    help=f"Mỗi dòng một mức, mức cao trước, như: Tốt : mọi buổi từ Khá; ít nhất 7 buổi Tốt. Điều kiện ghi được: {'; '.join(PATTERNS)}. Năm nào theo quy định đang áp dụng ngày 31/12 năm ấy. Thôi xếp thì ghi: {NO_RULE}.",
)  # fmt: skip
add_parameter(
    "scores.send_days", "Gửi điểm lên cấp trên sau buổi biểu quyết, khi khung không nói", "Chấm điểm sinh hoạt", "integer", 5, UNCONFIRMED, unit="ngày", least=0, most=60,
)  # fmt: skip
add_parameter(
    "scores.review_days", "Cấp trên xác nhận điểm sau hạn gửi", "Chấm điểm sinh hoạt", "integer", 10, UNCONFIRMED, unit="ngày", least=0, most=90,
)  # fmt: skip
