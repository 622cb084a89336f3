"""Local habits of the register that staff may set, with their ground."""

from kyanh_portal.parameters.parameter import add_parameter

add_parameter(
    "chibo.ward_is_base", "Đảng bộ xã, phường là tổ chức cơ sở đảng", "Tổ chức đảng", "choice", "rule",
    "294-QĐ/TW 10: từ 01/7/2025 là cấp trên trực tiếp của cơ sở; 208-QĐ/TW (từ 26/7/2026): tỉnh ủy quyết định, chưa xác nhận",
    choices=(("rule", "Theo quy định của từng thời kỳ"), ("yes", "Là tổ chức cơ sở đảng"), ("no", "Là cấp trên trực tiếp của cơ sở")),
)  # fmt: skip
add_parameter(
    "chibo.badge_lead", "Hồ sơ Huy hiệu Đảng gửi trước đợt trao", "Đảng viên", "integer", 30,
    "Hướng dẫn của Thành ủy Hà Nội; Hà Tĩnh chưa xác nhận", unit="ngày làm việc", least=0, most=60,
)  # fmt: skip
add_parameter(
    "chibo.badge_windows", "Ai được xét ở mỗi đợt trao Huy hiệu", "Đảng viên", "choice", "since_last",
    "Chưa xác nhận cho Hà Tĩnh",
    choices=(("since_last", "Đủ tuổi đảng từ sau đợt trước đến ngày trao"), ("hanoi", "Theo khoảng ngày của Hà Nội (3/2: 01/12–hết tháng 2; 19/5: 01/3–31/5; 2/9: 01/6–30/9; 7/11: 01/10–30/11)")),
)  # fmt: skip
add_parameter(
    "chibo.penalty_months", "Kỷ luật không ghi ngày hết hiệu lực thì coi là đang chấp hành trong", "Rà soát", "integer", 12,
    "Thời hạn có hiệu lực của kỷ luật theo 296-QĐ/TW chưa đọc, chưa xác nhận", unit="tháng", least=1, most=60,
)  # fmt: skip
add_parameter(
    "chibo.labour_counts", "Đảng viên đi lao động ở nước ngoài", "Đảng viên", "choice", "moves",
    "38-HD/BTCTW II.4.3.1c: cấp trên ghi phiếu, giữ hồ sơ, thẻ; cách tính đảng số chưa xác nhận",
    choices=(("moves", "Rời danh sách chi bộ, không tính vào đảng số"), ("stays", "Vẫn tính vào đảng số, ghi sinh hoạt tạm thời nơi khác")),
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
add_parameter("chibo.keep_complaint_years", "Giữ dòng khiếu nại kỷ luật, xóa tên đã trả lời", _DATA, "integer", 5, "Đề xuất; thời hạn chưa xác nhận", unit="năm", least=1, most=20)  # fmt: skip
add_parameter("chibo.keep_withdrawn_years", "Giữ hồ sơ quần chúng đã rút khỏi nguồn kết nạp", _DATA, "integer", 5, "Đề xuất theo hạn 60 tháng của giấy chứng nhận lớp nhận thức về Đảng; thời hạn chưa xác nhận", unit="năm", least=1, most=20)  # fmt: skip
add_parameter("chibo.keep_moved_years", "Giữ đủ dòng đảng viên đã chuyển đi nơi khác, từ ngày nơi nhận xác nhận", _DATA, "integer", 3, "Đề xuất; thời hạn chưa xác nhận", unit="năm", least=1, most=20)  # fmt: skip
add_parameter("chibo.data_officer", "Người phụ trách bảo vệ dữ liệu, nơi liên hệ", _DATA, "text", "Ban Tổ chức (chưa ghi tên, điện thoại)", "Luật 91/2025/QH15, Điều 33 (theo bản thuật lại)")  # fmt: skip
add_parameter(
    "chibo.minimum_wage", "Lương tối thiểu vùng để tính đảng phí", "Đảng phí", "integer", 4_140_000,
    "Nghị định 293/2025/NĐ-CP, vùng III; vùng của từng phường chưa xác nhận", unit="đồng/tháng", least=0, most=100_000_000,
)  # fmt: skip
add_parameter(
    "chibo.fee_kept", "Chi bộ giữ lại trong số đảng phí thu được", "Đảng phí", "share", 70,
    "Một nguồn dẫn 01-QĐ/TW, điểm 1.1; chưa xác nhận. Trước 02/2026 theo 342-QĐ/TW, tỷ lệ tùy loại tổ chức, chưa xác nhận",
)  # fmt: skip
_UP = "Chưa tìm được tỷ lệ của cấp này trong 01-QĐ/TW; để 0 là nộp hết lên trên"
add_parameter("chibo.fee_kept_base", "Cấp ủy cơ sở giữ lại trong số chi bộ nộp lên", "Đảng phí", "share", 0, _UP)
add_parameter(
    "chibo.fee_kept_above", "Cấp trên cơ sở giữ lại trong số cấp ủy cơ sở nộp lên", "Đảng phí", "share", 0, _UP
)
add_parameter(
    "chibo.fee_free_years", "Miễn đảng phí từ số năm tuổi đảng", "Đảng phí", "integer", 50,
    "01-QĐ/TW ngày 03/02/2026; áp dụng từ tháng 02/2026. Ghi 0 để không miễn", unit="năm", least=0, most=90,
)  # fmt: skip
add_parameter(
    "chibo.fee_reduction_months", "Giảm, miễn đảng phí vì hoàn cảnh: mỗi lần nhiều nhất", "Đảng phí", "integer", 12,
    "01-QĐ/TW ngày 03/02/2026 (theo báo chí thuật lại); trước đó theo 342-QĐ/TW chưa xác nhận", unit="tháng", least=1, most=60,
)  # fmt: skip
add_parameter(
    "chibo.rating_cap", "Tối đa được xếp Hoàn thành xuất sắc", "Xếp loại", "share", 20,
    "132-QĐ/TW, 124-QĐ/TW, 366-QĐ/TW; cách tính số gốc theo 366 chưa xác nhận",
)  # fmt: skip
_BY = "Hạn của quy định cấp trên chưa tìm được; để 31 là cuối năm, cấp ủy ghi ngày trong kế hoạch của mình"
add_parameter("chibo.rating_cell_day", "Chi bộ bỏ phiếu xếp loại xong trước hết ngày (tháng 12)", "Xếp loại", "integer", 31, _BY, least=1, most=31)  # fmt: skip
add_parameter("chibo.rating_decide_day", "Cấp trên quyết định xếp loại xong trước hết ngày (tháng 12)", "Xếp loại", "integer", 31, _BY, least=1, most=31)  # fmt: skip
add_parameter(
    "chibo.outstanding_cap", "Tối đa được xếp tiêu biểu, trong số tổ chức Hoàn thành xuất sắc", "Xếp loại", "share", 100,
    "06-HD/TW 19.1 dùng mức tiêu biểu để khen thưởng; tỷ lệ chưa xác nhận. 100 là không hạn chế, cấp ủy ghi tỷ lệ của mình khi có",
)  # fmt: skip
add_parameter(
    "chibo.rating_cap_base", "Tỷ lệ xuất sắc tính trên", "Xếp loại", "choice", "good", "Chưa xác nhận theo 366-QĐ/TW",
    choices=(("good", "Số được xếp Hoàn thành tốt"), ("good_or_better", "Số được xếp Hoàn thành tốt trở lên")),
)  # fmt: skip
add_parameter(
    "chibo.screening", "Nhắc chi bộ sàng lọc đảng viên", "Rà soát", "choice", "none",
    "Rà soát hằng tháng theo hướng dẫn của một địa phương (Hà Nội); chưa xác nhận cho Hà Tĩnh",
    choices=(("none", "Không nhắc"), ("monthly", "Cuối mỗi tháng")),
)  # fmt: skip
add_parameter(
    "chibo.admission_rate", "Chỉ tiêu tỷ lệ kết nạp trong năm", "Phát triển đảng viên", "share", 3,
    "Nghị quyết Đại hội Đảng bộ tỉnh Hà Tĩnh lần thứ XX; năm trước 2025 chưa xác nhận",
)  # fmt: skip
