"""Invented words of the monthly meetings and model meetings of the demo world. Nothing here was said by anybody."""

_COMMON = [
    "Nhất trí với báo cáo của chi ủy. Đề nghị kết luận ghi rõ người thực hiện và thời hạn cho từng việc.",
    "Việc tháng trước chậm ở khâu phối hợp; đề nghị phân công một đồng chí chi ủy viên theo dõi, đôn đốc, báo cáo vào kỳ sinh hoạt sau.",
    "Đề nghị gửi dự thảo nội dung cho đảng viên trước buổi sinh hoạt ít nhất một ngày để có thời gian nghiên cứu.",
    "Tôi tự nhận khuyết điểm chưa hoàn thành phần việc được giao, xin khắc phục xong trước ngày 20.",
    "Đề nghị chi bộ quan tâm đảng viên trẻ, giao việc cụ thể để rèn luyện, bồi dưỡng nguồn cấp ủy.",
    "Nguồn phát triển Đảng của chi bộ còn ít; đề nghị giao mỗi chi ủy viên giúp đỡ một quần chúng ưu tú.",
]
CONTRIBUTIONS = {
    "thon_tdp": [
        *_COMMON,
        "Tuyến đường trục còn ba hộ chưa thống nhất mốc giới; đề nghị tổ vận động đến từng nhà, đảng viên cùng họ tộc đi trước.",
        "Hai điểm tập kết rác đặt chưa đúng chỗ; đề nghị Ban công tác Mặt trận nhắc và công khai lịch thu gom.",
        "Đề nghị chuyển giờ sinh hoạt sang buổi tối để đảng viên đi làm ca dự đủ.",
        "Sau mưa lũ tháng 10 còn hộ chưa sửa xong nhà; đề nghị chi đoàn, cựu chiến binh góp ngày công giúp đỡ.",
    ],
    "co_quan": [
        *_COMMON,
        "Đề nghị rút thời gian trả kết quả hồ sơ từ 5 ngày xuống 3 ngày làm việc; bộ phận một cửa báo cáo hằng tuần.",
        "Cần công khai lịch tiếp dân tại bảng tin và trên cổng thông tin; lãnh đạo vắng phải báo người thay.",
        "Còn tình trạng tham mưu văn bản chậm; đề nghị kiểm điểm ngay trong tháng, không để cuối năm.",
    ],
    "truong_hoc": [
        *_COMMON,
        "Đề nghị phân công giáo viên là đảng viên kèm cặp học sinh yếu, có theo dõi kết quả hằng tháng.",
        "Cần giữ an toàn cổng trường giờ tan học; phối hợp với công an và Hội Cha mẹ học sinh.",
        "Sinh hoạt chuyên đề nên gắn với đổi mới phương pháp dạy học, tránh trùng nội dung họp hội đồng.",
    ],
    "y_te": [
        *_COMMON,
        "Đề nghị bố trí trực đủ người dịp cuối tuần, không để người bệnh chờ quá lâu.",
        "Cần rà soát quy trình đón tiếp, phân luồng người bệnh; thực hiện nghiêm quy định phòng, chống dịch.",
        "Đề nghị đưa ý kiến trong hòm thư góp ý của người bệnh vào nội dung kiểm điểm tháng.",
    ],
    "doanh_nghiep": [
        *_COMMON,
        "Đề nghị kiểm kê vật tư hằng tháng, gắn trách nhiệm từng tổ để tránh lãng phí.",
        "Cần quan tâm bữa ăn ca và chế độ nghỉ của người lao động; công đoàn nắm tình hình, báo chi ủy.",
        "Đề nghị giao đảng viên phụ trách sáng kiến kỹ thuật của từng phân xưởng.",
    ],
    "doanh_nghiep_tu": [
        *_COMMON,
        "Đề nghị sinh hoạt vào sáng Chủ nhật đầu tháng để không vướng ca sản xuất.",
        "Cần vận động công nhân ưu tú học lớp nhận thức về Đảng; trao đổi trước với chủ doanh nghiệp về thời gian.",
        "Đề nghị chi bộ cùng công đoàn nắm tâm tư người lao động khi đơn hàng giảm.",
    ],
    "luc_luong_vu_trang": [
        *_COMMON,
        "Đề nghị duy trì nghiêm chế độ trực sẵn sàng chiến đấu, kiểm tra đột xuất trong dịp lễ.",
        "Cần huấn luyện bổ sung cho đồng chí mới về đơn vị; phân công đảng viên kèm cặp.",
        "Lễ tiết, tác phong có lúc chưa nghiêm; đề nghị tự phê bình trước chi bộ.",
    ],
}
_SHARED_TASKS = [
    "Thu nộp đảng phí, báo cáo Đảng ủy trước ngày 25; đồng chí Phó Bí thư thực hiện.",
    "Phân công đảng viên giúp đỡ quần chúng ưu tú; báo cáo tại kỳ sinh hoạt sau.",
    "Phổ biến văn bản mới của cấp trên đến từng đảng viên; đồng chí Bí thư thực hiện trong tháng.",
]
_OWN_TASKS = {
    "thon_tdp": [
        "Rà soát hộ khó khăn, lập danh sách đề nghị hỗ trợ trước ngày 15; đồng chí chi ủy viên phụ trách.",
        "Tổ chức vệ sinh môi trường sáng Chủ nhật tuần thứ ba; toàn thể đảng viên tham gia, vận động nhân dân cùng làm.",
    ],
    "co_quan": [
        "Xử lý dứt điểm hồ sơ quá hạn trước ngày 20; đồng chí phụ trách bộ phận một cửa thực hiện.",
        "Rà soát chương trình công tác năm, bổ sung việc chậm vào kế hoạch tháng; Chi ủy chỉ đạo.",
    ],
    "truong_hoc": [
        "Dự giờ, góp ý ít nhất hai tiết của đảng viên trẻ; đồng chí Phó Bí thư phụ trách, báo cáo cuối tháng.",
        "Phối hợp giữ an toàn cổng trường; Đoàn Thanh niên thực hiện, chi ủy viên theo dõi.",
    ],
    "y_te": [
        "Rà soát lịch trực, bảo đảm đủ người trong ngày nghỉ; đồng chí phụ trách chuyên môn thực hiện trước ngày 10.",
        "Kiểm tra việc thực hiện quy tắc ứng xử tại các khoa, phòng; báo cáo Chi bộ tại kỳ sinh hoạt sau.",
    ],
    "doanh_nghiep": [
        "Kiểm kê vật tư tại các phân xưởng trước ngày 20; đồng chí phụ trách kế hoạch thực hiện.",
        "Công đoàn nắm tình hình bữa ăn ca, báo cáo Chi ủy trước ngày 15.",
    ],
    "doanh_nghiep_tu": [
        "Lập danh sách công nhân ưu tú học lớp nhận thức về Đảng trước ngày 15; đồng chí Phó Bí thư thực hiện.",
        "Gặp gỡ người lao động các ca, tổng hợp kiến nghị gửi chủ doanh nghiệp trong tháng; đồng chí Bí thư thực hiện.",
    ],
    "luc_luong_vu_trang": [
        "Kiểm tra chế độ trực sẵn sàng chiến đấu hai lần trong tháng; chỉ huy đơn vị thực hiện.",
        "Huấn luyện bổ sung cho cán bộ, chiến sĩ mới; đảng viên được phân công kèm cặp báo cáo kết quả.",
    ],
}
TASKS = {kind: [*own, *_SHARED_TASKS] for kind, own in _OWN_TASKS.items()}
# what is presented under the five points of a regular meeting
AGENDA = [
    [
        "Thông báo tình hình nổi bật trong tháng; phổ biến văn bản mới của cấp trên liên quan trực tiếp đến chi bộ.",
        "Điểm tin thời sự trong nước và địa phương; nhắc thực hiện quy định phòng, chống dịch.",
        "Tóm tắt văn bản mới trong nửa trang, dành thời gian cho thảo luận.",
    ],
    [
        "Hoàn thành 4/5 việc của kết luận kỳ trước; 1 việc chuyển sang tháng sau, đã nêu rõ nguyên nhân. Tư tưởng đảng viên ổn định.",
        "Hoàn thành 5/5 việc của kết luận kỳ trước. Cán bộ, đảng viên yên tâm công tác, tin tưởng sự lãnh đạo của cấp ủy.",
        "Hoàn thành 3/5 việc của kết luận kỳ trước; 2 việc chậm do phối hợp chưa tốt, Chi ủy nhận trách nhiệm.",
    ],
    [
        "Các đồng chí cơ bản hoàn thành nhiệm vụ; biểu dương 2 đồng chí, nhắc 1 đồng chí nộp báo cáo chậm.",
        "Các đồng chí hoàn thành việc được giao; không có trường hợp phải nhắc nhở.",
    ],
    [
        "Kể chuyện về đức tính tiết kiệm của Bác; liên hệ việc sử dụng điện, nước nơi làm việc và ở gia đình.",
        "Mỗi đảng viên đăng ký một việc cụ thể làm theo Bác; kiểm điểm việc đăng ký tháng trước.",
        "Trao đổi về phong cách gần dân, nói đi đôi với làm; liên hệ trách nhiệm nêu gương của đảng viên.",
    ],
    [
        "Năm việc trọng tâm, việc nào cũng có người phụ trách và thời hạn.",
        "Tập trung ba việc: nhiệm vụ chính trị của đơn vị, công tác tư tưởng, phát triển đảng viên.",
    ],
]
# what is presented under the four points of a thematic meeting
THEMATIC_AGENDA = [
    ["Đồng chí Bí thư nêu mục đích, yêu cầu: bàn một vấn đề, liên hệ cụ thể, kết luận rõ việc phải làm."],
    ["Đồng chí được phân công trình bày dự thảo chuyên đề đã được Chi ủy cho ý kiến và gửi trước cho đảng viên."],
    ["Đảng viên thảo luận, liên hệ trách nhiệm bản thân; nêu việc đã làm, việc còn lúng túng và cách khắc phục."],
    ["Thống nhất nội dung chuyên đề, phân công đảng viên thực hiện, kiểm điểm kết quả sau một quý."],
]
THEMES = {
    kind: ["nêu gương của đảng viên trong việc khó", "tự phê bình và phê bình ở chi bộ", special]
    for kind, special in {
        "thon_tdp": "đảng viên vận động nhân dân chỉnh trang khu dân cư",
        "co_quan": "nâng cao kỷ luật, kỷ cương hành chính",
        "truong_hoc": "đạo đức nhà giáo trong giai đoạn mới",
        "y_te": "nâng cao y đức, tinh thần phục vụ người bệnh",
        "doanh_nghiep": "thực hành tiết kiệm, chống lãng phí trong sản xuất",
        "doanh_nghiep_tu": "phát triển đảng viên trong công nhân",
        "luc_luong_vu_trang": "giữ nghiêm kỷ luật, sẵn sàng chiến đấu",
    }.items()
}
LESSONS = [  # worked, lacking, how to repeat
    ("Chi ủy họp trước, thống nhất nội dung, gửi tài liệu trước một ngày nên nhiều đồng chí chuẩn bị ý kiến.", "Phần thời sự còn dài, có văn bản đọc nguyên văn.", "Tóm tắt văn bản trong nửa trang; dành ít nhất 40 phút cho thảo luận."),
    ("Chủ trì gợi mở từng việc, hỏi rõ kết quả, nguyên nhân và trách nhiệm.", "Kết luận chưa ghi thời hạn cho hai việc.", "Trước khi biểu quyết, đọc lại từng việc: ai làm, khi nào xong, ai kiểm tra."),
    ("Chọn giờ sinh hoạt buổi tối nên đảng viên đi làm ca dự đủ.", "Phòng họp chật; ghi biên bản chưa kịp diễn biến.", "Phân công hai đồng chí thay nhau ghi; đọc lại biên bản cuối buổi."),
    ("Tự phê bình và phê bình thẳng thắn, có tình, nêu việc cụ thể.", "Đảng viên trẻ còn ngại phát biểu.", "Giao trước câu hỏi cho từng đồng chí; mời đảng viên trẻ nói trước."),
    ("Chuyên đề chọn đúng việc chi bộ đang vướng, người trình bày chuẩn bị kỹ.", "Liên hệ bản thân còn chung chung.", "Gợi ý mỗi đồng chí liên hệ một việc đã làm và một việc sẽ làm trong quý."),
    ("Điều hành đúng trình tự, bảo đảm thời gian; ý kiến khác nhau được bàn đến cùng.", "Kiến nghị của kỳ trước chưa được trả lời tại buổi sinh hoạt.", "Mở đầu bằng việc trả lời kiến nghị kỳ trước; việc vượt thẩm quyền thì báo cáo cấp trên."),
]  # fmt: skip

# Marks of contributions that ask something of the superior committee.
UPWARD = ("Ban công tác Mặt trận", "Sau mưa lũ tháng 10", "đề nghị tổ vận động đến từng nhà")
