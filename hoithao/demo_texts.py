"""Invented texts of the demo world, short and plain. Nothing here was said by anybody."""

_COMMON = [
    "Nhất trí với báo cáo của chi ủy. Đề nghị ghi rõ người làm và thời hạn cho từng việc.",
    "Việc tháng trước còn chậm ở khâu phối hợp; đề nghị phân công một đồng chí đôn đốc.",
    "Đề nghị gửi tài liệu trước buổi họp một ngày để đảng viên kịp đọc.",
    "Tôi nhận khuyết điểm chưa hoàn thành phần việc được giao, xin làm xong trước ngày 20.",
    "Đề nghị chi bộ quan tâm đảng viên trẻ, giao việc cụ thể để rèn luyện.",
]
CONTRIBUTIONS = {
    "thon_tdp": [*_COMMON, "Tuyến đường trục còn ba hộ chưa thống nhất mốc, đề nghị vận động từng nhà.", "Cần thu gom rác đúng giờ, nhắc hai điểm tập kết sai chỗ.", "Đề nghị dời giờ họp sang tối để đảng viên đi làm ca dự được."],
    "co_quan": [*_COMMON, "Đề nghị rút ngắn thời gian trả kết quả hồ sơ từ 5 xuống 3 ngày.", "Cần công khai lịch tiếp dân ở bảng tin."],
    "truong_hoc": [*_COMMON, "Đề nghị phân công giáo viên đảng viên kèm học sinh yếu.", "Cần giữ an toàn cổng trường giờ tan học."],
    "y_te": [*_COMMON, "Đề nghị bố trí trực đủ người dịp cuối tuần.", "Cần cải tiến quy trình đón tiếp người bệnh."],
    "doanh_nghiep": [*_COMMON, "Đề nghị kiểm kê vật tư hằng tháng để tránh lãng phí.", "Cần quan tâm bữa ăn ca của người lao động."],
    "doanh_nghiep_tu": [*_COMMON, "Đề nghị họp vào sáng Chủ nhật để không vướng ca.", "Cần vận động công nhân ưu tú học lớp cảm tình Đảng."],
    "luc_luong_vu_trang": [*_COMMON, "Đề nghị siết chế độ trực sẵn sàng.", "Cần huấn luyện bổ sung cho đồng chí mới về."],
}  # fmt: skip
TASKS = {kind: [
    "1. Hoàn thành thu đảng phí, báo cáo trước ngày 25; đồng chí phó bí thư thực hiện.",
    "2. Rà soát hộ khó khăn, lập danh sách trước ngày 15; đồng chí chi ủy viên phụ trách.",
    "3. Phân công đảng viên giúp đỡ quần chúng ưu tú; báo cáo ở kỳ sinh hoạt sau.",
    "4. Phổ biến văn bản mới đến từng đảng viên; bí thư chi bộ thực hiện trong tháng.",
    "5. Vệ sinh môi trường sáng Chủ nhật tuần thứ ba; toàn chi bộ tham gia.",
] for kind in CONTRIBUTIONS}  # fmt: skip
AGENDA = [
    [
        "Thông báo tình hình nổi bật trong tháng; phổ biến các văn bản mới của cấp trên.",
        "Điểm tin trong nước và địa phương; nhắc quy định phòng dịch.",
    ],
    [
        "Hoàn thành 4/5 việc của kết luận trước; 1 việc chuyển sang tháng sau do mưa lũ.",
        "Hoàn thành 5/5 việc; tư tưởng đảng viên ổn định.",
    ],
    ["Biểu dương 2 đồng chí, nhắc 1 đồng chí nộp báo cáo chậm.", "Các đồng chí hoàn thành việc được giao."],
    [
        "Kể chuyện về tính tiết kiệm; liên hệ việc sử dụng điện, nước.",
        "Đăng ký việc làm theo Bác: mỗi đồng chí một việc cụ thể.",
    ],
    [
        "Năm việc trọng tâm, có người phụ trách và thời hạn.",
        "Tập trung ba việc: môi trường, an ninh trật tự, phát triển đảng viên.",
    ],
]
THEMES = {
    kind: [
        "nêu gương của đảng viên trong việc khó",
        "tự phê bình và phê bình ở chi bộ",
        "học và làm theo Bác về tiết kiệm",
    ]
    for kind in CONTRIBUTIONS
}
LESSONS = [  # worked, lacking, how to repeat
    ("Chi ủy họp trước, gửi tài liệu trước một ngày nên nhiều đồng chí phát biểu.", "Phần thời sự còn dài, đọc nguyên văn bản.", "Tóm tắt văn bản còn nửa trang, dành 40 phút cho thảo luận."),
    ("Chủ trì gợi từng việc, hỏi kết quả và nguyên nhân.", "Kết luận chưa ghi thời hạn cho hai việc.", "Đọc lại từng việc: ai làm, khi nào xong, trước khi biểu quyết."),
    ("Chọn giờ họp buổi tối nên đảng viên đi làm ca dự đủ.", "Phòng họp nhỏ, ghi biên bản chưa kịp.", "Cử hai đồng chí thay nhau ghi, đọc lại cuối buổi."),
    ("Tự phê bình thẳng thắn, có nêu tên việc.", "Đảng viên trẻ còn ngại nói.", "Giao trước câu hỏi cho từng đồng chí."),
]  # fmt: skip
PAPERS = {
    "thon_tdp": ["Chọn nội dung sinh hoạt sát việc của dân", "Vận động đảng viên đi làm ăn xa giữ nếp sinh hoạt", "Sinh hoạt chuyên đề ở chi bộ tổ dân phố", "Phát huy đảng viên cao tuổi"],
    "co_quan": ["Gắn sinh hoạt chi bộ với cải cách hành chính", "Chuẩn bị nội dung của chi ủy cơ quan", "Tự phê bình và phê bình ở chi bộ cơ quan"],
    "truong_hoc": ["Sinh hoạt chi bộ trong trường học", "Nêu gương của giáo viên đảng viên"],
    "y_te": ["Sinh hoạt chi bộ khi phải trực ca", "Y đức trong nội dung sinh hoạt"],
    "doanh_nghiep": ["Nghị quyết chi bộ với nhiệm vụ sản xuất"],
    "doanh_nghiep_tu": ["Giữ nếp sinh hoạt ở doanh nghiệp tư nhân", "Bố trí giờ họp cho đảng viên làm ca"],
    "luc_luong_vu_trang": ["Sinh hoạt chi bộ gắn với sẵn sàng chiến đấu", "Kỷ luật và dân chủ trong sinh hoạt chi bộ công an"],
}  # fmt: skip
FLOOR = [
    ("Bí thư một đảng ủy phường", "Nội dung giả lập: đề nghị cấp ủy viên dự sinh hoạt ít nhất mỗi quý một lần."),
    ("Bí thư một đảng ủy xã", "Nội dung giả lập: cần mẫu biên bản ngắn gọn, dễ ghi."),
    ("Bí thư một chi bộ thôn", "Nội dung giả lập: chọn một đến hai việc để bàn kỹ, không dàn trải."),
    ("Bí thư một chi bộ trường học", "Nội dung giả lập: sinh hoạt chuyên đề gắn với chuyên môn."),
    ("Bí thư một chi bộ doanh nghiệp", "Nội dung giả lập: linh hoạt giờ họp theo ca."),
    ("Đại diện Ủy ban Kiểm tra Thị ủy", "Nội dung giả lập: giám sát việc thực hiện kết luận sau mỗi buổi."),
    ("Đại diện Ban Tuyên giáo Thị ủy", "Nội dung giả lập: cung cấp tài liệu tóm tắt hằng tháng."),
    ("Đại diện Ban Tổ chức Thị ủy", "Nội dung giả lập: xây dựng tiêu chí cho từng loại hình chi bộ."),
]  # fmt: skip
STEERING = [
    ("Trưởng Ban Tổ chức Tỉnh ủy", "Nội dung giả lập: đánh giá cách làm điểm, gợi ý nhân rộng theo loại hình."),
    ("Trưởng Ban Tuyên giáo Tỉnh ủy", "Nội dung giả lập: nâng chất lượng thông tin thời sự và sinh hoạt chuyên đề."),
]
DISAGREEMENTS = [
    ("Giờ sinh hoạt của chi bộ có đảng viên làm ca", "Giữ giờ cố định cho toàn đảng bộ.", "Để chi bộ tự chọn, báo trước cấp trên.", "Chi bộ chọn giờ, giữ ngày cố định, báo đảng ủy."),
    ("Cách tính chất lượng buổi sinh hoạt", "Chấm điểm từng buổi.", "Chỉ đánh giá theo quý.", "Đánh giá từng buổi theo năm tiêu chí, tổng hợp theo quý."),
    ("Ghi ý kiến trong biên bản", "Ghi đầy đủ từng ý kiến.", "Ghi ý chính.", ""),
]  # fmt: skip
CONCLUSIONS = [
    ("Nâng cao nhận thức về sinh hoạt chi bộ", "Cấp ủy, nhất là bí thư, coi sinh hoạt chi bộ là việc thường xuyên (giả lập)."),
    ("Chuẩn bị nội dung sát từng loại hình", "Chi ủy họp trước, gửi tài liệu trước, chọn một đến hai việc trọng tâm (giả lập)."),
    ("Điều hành dân chủ, đúng trình tự", "Gợi ý để nhiều đồng chí phát biểu, kết luận rõ người, rõ việc, rõ hạn (giả lập)."),
    ("Sinh hoạt chuyên đề mỗi quý ít nhất một lần", "Ban Tuyên giáo hướng dẫn chủ đề theo loại hình (giả lập)."),
    ("Cấp ủy cấp trên dự và giúp chi bộ", "Phân công cấp ủy viên phụ trách từng chi bộ, có lịch dự (giả lập)."),
    ("Ban hành nghị quyết chuyên đề giai đoạn 2021 - 2025", "Giao Ban Tổ chức, Văn phòng dự thảo, trình Ban Thường vụ (giả lập)."),
]  # fmt: skip
