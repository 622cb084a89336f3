"""What staff may set for duties, reports and studies. No Hà Tĩnh text fixes these days: each default says so."""

from kyanh_portal.parameters.parameter import add_parameter

GROUP, OPEN = "Nghị quyết: thực hiện", "chưa xác nhận; hỏi Thị ủy"

add_parameter("duty.soon_days", "Sắp đến hạn khi còn", GROUP, "integer", 7, OPEN, unit="ngày", least=1, most=60)
add_parameter("duty.lag_points", "Chậm khi tiến độ khai thấp hơn tiến độ thời gian", GROUP, "integer", 30, OPEN, unit="điểm %", least=5, most=90)  # fmt: skip
add_parameter("duty.receipt_days", "Tự coi là đã tiếp nhận sau", GROUP, "integer", 5, OPEN, unit="ngày", least=1, most=30)  # fmt: skip
add_parameter("duty.remind_days", "Nhắc cơ quan chủ trì trước khi đến hạn", GROUP, "integer", 15, OPEN, unit="ngày", least=1, most=60)  # fmt: skip
add_parameter("duty.escalate_leader", "Báo lãnh đạo phụ trách khi quá hạn", GROUP, "integer", 7, OPEN, unit="ngày", least=1, most=90)  # fmt: skip
add_parameter("duty.escalate_standing", "Báo Thường trực khi quá hạn", GROUP, "integer", 30, OPEN, unit="ngày", least=1, most=180)  # fmt: skip
add_parameter("duty.silent_periods", "Coi là im lặng sau số kỳ báo “không thay đổi”", GROUP, "integer", 3, OPEN, unit="kỳ", least=2, most=12)  # fmt: skip
add_parameter("duty.authority_from", "Bắt buộc ghi rõ thẩm quyền (6 rõ) từ năm", GROUP, "integer", 2026, "Kết luận 226-KL/TW, 11/12/2025", least=2020, most=2100)  # fmt: skip
add_parameter("progress.due_day", "Ngày phải gửi báo cáo, trong tháng sau kỳ", GROUP, "integer", 5, OPEN, unit="hằng tháng", least=1, most=28)  # fmt: skip
add_parameter("progress.jump_percent", "Số liệu đổi quá mức này so với kỳ trước thì phải ghi vì sao", GROUP, "integer", 30, OPEN, unit="%", least=5, most=100)  # fmt: skip
