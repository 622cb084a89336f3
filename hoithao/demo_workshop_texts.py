"""Invented words of the conference of 13/11/2020 and the workshop of 18/12/2020. Nothing here was said by anybody.

Only the counts, the dates and the posts are published; every row made from these texts is marked synthetic.
"""

# type of cell → (title, how it was, what was done, what is proposed)
PAPERS = {
    "thon_tdp": [
        ("Chọn nội dung sinh hoạt sát việc của dân", "Trước đây nội dung sinh hoạt phần lớn là phổ biến văn bản, ít bàn việc của khu dân cư nên đảng viên ngại phát biểu.", "Chi ủy họp trước ba ngày, nghe Ban công tác Mặt trận và các chi hội phản ánh, chọn một đến hai việc dân đang cần để đưa ra bàn kỹ; việc nào cũng kết luận người làm, thời hạn.", "Đảng ủy giao ban bí thư chi bộ hằng tháng để kịp trả lời những kiến nghị vượt thẩm quyền chi bộ."),
        ("Vận động đảng viên đi làm ăn xa giữ nếp sinh hoạt", "Chi bộ có đảng viên đi làm ăn xa theo mùa vụ; việc báo cáo, nộp đảng phí và sinh hoạt nơi tạm trú có lúc chưa nền nếp.", "Phân công từng chi ủy viên giữ liên lạc; hướng dẫn thủ tục sinh hoạt tạm thời; gửi tóm tắt kết luận sau mỗi kỳ để đảng viên nắm và góp ý.", "Cấp ủy cấp trên hướng dẫn thống nhất việc quản lý đảng viên đi làm ăn xa."),
        ("Sinh hoạt chuyên đề ở chi bộ tổ dân phố", "Chuyên đề thường chọn theo gợi ý chung, chuẩn bị gấp, liên hệ còn chung chung.", "Đăng ký chuyên đề từ đầu năm, mỗi quý một chuyên đề; giao một đảng viên chuẩn bị, Chi ủy góp ý dự thảo trước, đảng viên nhận câu hỏi gợi mở trước buổi sinh hoạt.", "Ban Tuyên giáo Thị ủy cung cấp danh mục chuyên đề gợi ý theo loại hình chi bộ và tài liệu ngắn gọn."),
        ("Phát huy đảng viên cao tuổi trong thảo luận", "Đảng viên cao tuổi có kinh nghiệm, uy tín nhưng sức khỏe hạn chế, có đồng chí đã được miễn sinh hoạt.", "Mời đảng viên cao tuổi góp ý trước bằng lời hoặc văn bản; bố trí giờ giấc, chỗ ngồi phù hợp; phân công kèm cặp đảng viên trẻ.", "Có hướng dẫn ghi nhận ý kiến của đảng viên được miễn sinh hoạt gửi đến chi bộ."),
    ],
    "co_quan": [
        ("Gắn sinh hoạt chi bộ với cải cách hành chính", "Nội dung sinh hoạt có lúc lẫn với giao ban chuyên môn, nặng liệt kê công việc.", "Tách rõ việc lãnh đạo của chi bộ và việc điều hành của thủ trưởng; mỗi kỳ kiểm điểm hồ sơ quá hạn, nêu trách nhiệm từng đảng viên và biện pháp khắc phục.", "Lấy kết quả giải quyết hồ sơ đúng hạn làm một căn cứ đánh giá đảng viên cuối năm."),
        ("Công tác chuẩn bị nội dung của chi ủy cơ quan", "Dự thảo nghị quyết tháng có kỳ làm gấp, chưa gửi trước cho đảng viên.", "Bí thư trực tiếp chuẩn bị; Chi ủy họp trước, phân công từng đồng chí góp ý theo lĩnh vực; tài liệu gửi trước một ngày.", "Bồi dưỡng kỹ năng chuẩn bị và điều hành sinh hoạt cho bí thư, phó bí thư chi bộ kiêm nhiệm."),
        ("Tự phê bình và phê bình ở chi bộ cơ quan", "Còn biểu hiện nể nang, né tránh, nhất là khi góp ý với lãnh đạo cơ quan.", "Người đứng đầu tự phê bình trước; mỗi kỳ gợi ý kiểm điểm một số đồng chí theo việc được giao; ý kiến góp ý ghi vào biên bản và theo dõi kết quả sửa chữa.", "Cấp ủy viên cấp trên dự sinh hoạt để động viên, định hướng những kỳ có nội dung khó."),
    ],
    "truong_hoc": [
        ("Sinh hoạt chi bộ theo nhịp năm học", "Công việc dồn vào đầu và cuối học kỳ; tháng hè khó tập trung đủ đảng viên.", "Xây dựng chương trình sinh hoạt theo năm học, ấn định ngày sinh hoạt; tháng hè báo trước và chọn nội dung phù hợp.", "Hướng dẫn nội dung sinh hoạt tháng hè cho chi bộ trường học, bảo đảm không bỏ kỳ."),
        ("Nêu gương của giáo viên là đảng viên", "Việc học tập và làm theo Bác có lúc dừng ở đăng ký, chưa gắn với việc dạy học.", "Mỗi đảng viên đăng ký một việc gắn với lớp dạy, kèm cặp học sinh yếu hoặc giúp đồng nghiệp trẻ; hằng tháng chi bộ nhận xét, cuối kỳ bình chọn.", "Nhân rộng cách làm qua giao lưu giữa các chi bộ trường học."),
    ],
    "y_te": [
        ("Sinh hoạt chi bộ khi phải trực ca", "Đảng viên trực ca, trực dịch nên khó dự đủ cùng một buổi.", "Ấn định ngày sinh hoạt trước khi xếp lịch trực; đồng chí trực gửi ý kiến trước bằng văn bản và được thông báo lại kết luận.", "Cho phép chi bộ ngành y tế điều chỉnh ngày sinh hoạt khi có dịch, báo cáo cấp trên."),
        ("Đưa y đức vào nội dung sinh hoạt thường kỳ", "Góp ý về thái độ phục vụ thường xử lý ở chuyên môn, chưa kiểm điểm tại chi bộ.", "Tổng hợp thư góp ý của người bệnh, kiểm điểm tại chi bộ, giao đảng viên phụ trách khoa, phòng khắc phục.", "Lấy sự hài lòng của người bệnh làm một tiêu chí đánh giá chất lượng chi bộ."),
    ],
    "doanh_nghiep": [
        ("Nghị quyết chi bộ với nhiệm vụ sản xuất, kinh doanh", "Nghị quyết tháng có lúc lặp lại kế hoạch sản xuất, chưa rõ vai trò của đảng viên.", "Chọn khâu khó nhất của tháng, giao đảng viên phụ trách; kiểm điểm bằng sản phẩm, tiến độ cụ thể.", "Có mẫu nghị quyết ngắn gọn cho chi bộ doanh nghiệp."),
    ],
    "doanh_nghiep_tu": [
        ("Giữ nếp sinh hoạt ở doanh nghiệp ngoài nhà nước", "Đảng viên ít, làm việc phân tán, việc bố trí thời gian phụ thuộc kế hoạch sản xuất.", "Trao đổi với chủ doanh nghiệp để thống nhất ngày, giờ; nội dung gọn, gắn quyền lợi người lao động với sự phát triển của doanh nghiệp.", "Cấp ủy cấp trên làm việc với chủ doanh nghiệp, tạo điều kiện cho tổ chức đảng hoạt động."),
        ("Phát triển đảng viên là công nhân", "Công nhân trẻ thường thay đổi việc làm, nguồn phát triển Đảng không ổn định.", "Phối hợp với công đoàn chọn công nhân ưu tú; giao nhiệm vụ thử thách, theo dõi theo quý.", "Mở lớp nhận thức về Đảng vào ngày nghỉ, phù hợp ca sản xuất."),
    ],
    "luc_luong_vu_trang": [
        ("Sinh hoạt chi bộ gắn với nhiệm vụ sẵn sàng chiến đấu", "Nhiệm vụ đột xuất nhiều, kế hoạch sinh hoạt dễ bị xáo trộn.", "Chuẩn bị phương án sinh hoạt dự phòng; nội dung bám nhiệm vụ trung tâm, quy trách nhiệm chỉ huy và từng đảng viên.", "Thống nhất cách sinh hoạt khi đơn vị phân tán làm nhiệm vụ."),
        ("Kỷ luật và dân chủ trong sinh hoạt chi bộ công an", "Tính chấp hành mệnh lệnh cao, có lúc đảng viên trẻ ngại nêu ý kiến khác.", "Chủ trì gợi ý để mọi đảng viên phát biểu; ý kiến khác nhau được ghi nhận, thảo luận đến cùng rồi biểu quyết theo nguyên tắc tập trung dân chủ.", "Tăng kiểm tra, giám sát việc thực hiện kết luận sau sinh hoạt."),
    ],
}  # fmt: skip
PAPER_CLOSING = "Từ thực tiễn sinh hoạt điểm, Chi bộ rút ra: cấp ủy chuẩn bị kỹ, người chủ trì gợi mở đúng việc, kết luận rõ người, rõ việc, rõ thời hạn thì buổi sinh hoạt mới có chất lượng."
OPENING = "Sau ba đợt sinh hoạt điểm trong các tháng 9, 10, 11/2020 tại 26 chi bộ, nền nếp và chất lượng sinh hoạt có chuyển biến. Hội thảo cần làm rõ việc làm được, việc chưa được theo từng loại hình chi bộ, thống nhất giải pháp để Ban Thường vụ Thị ủy ban hành nghị quyết chuyên đề."
FLOOR = [
    ("Bí thư một đảng ủy phường", "Đề nghị quy định cấp ủy viên dự sinh hoạt tại chi bộ được phân công phụ trách ít nhất mỗi quý một lần; dự để chỉ việc cụ thể, không dự hình thức."),
    ("Bí thư một đảng ủy xã", "Cần mẫu biên bản ngắn gọn, dễ ghi; tập huấn cho người ghi biên bản ở thôn, tổ dân phố."),
    ("Bí thư một chi bộ thôn", "Mỗi kỳ chỉ nên chọn một đến hai việc để bàn kỹ, không dàn trải; kỳ sau phải kiểm lại việc kỳ trước."),
    ("Bí thư một chi bộ trường học", "Sinh hoạt chuyên đề gắn với chuyên môn thì đảng viên hào hứng, nhưng không biến thành họp chuyên môn."),
    ("Bí thư một chi bộ doanh nghiệp", "Đề nghị cho phép linh hoạt giờ sinh hoạt theo ca sản xuất, giữ cố định ngày trong tháng."),
    ("Đại diện Ủy ban Kiểm tra Thị ủy", "Đưa việc thực hiện kết luận sau sinh hoạt vào chương trình kiểm tra, giám sát hằng năm."),
    ("Đại diện Ban Tuyên giáo Thị ủy", "Ban sẽ cung cấp tài liệu tóm tắt hằng tháng và danh mục chuyên đề gợi ý theo loại hình chi bộ."),
    ("Đại diện Ban Tổ chức Thị ủy", "Đề nghị xây dựng tiêu chí đánh giá chất lượng buổi sinh hoạt theo từng loại hình, dùng làm căn cứ đánh giá cuối năm."),
]  # fmt: skip
STEERING = [
    ("Trưởng Ban Tổ chức Tỉnh ủy", "Cách làm điểm theo ba đợt, rút kinh nghiệm tại chỗ rồi mới hội thảo là đúng hướng. Đề nghị Thị ủy tập trung nâng cao năng lực bí thư chi bộ, đổi mới khâu chuẩn bị, có tiêu chí cho từng loại hình; định kỳ kiểm điểm việc thực hiện."),
    ("Trưởng Ban Tuyên giáo Tỉnh ủy", "Quan tâm chất lượng thông tin thời sự: ngắn, đúng, gắn với địa phương. Sinh hoạt chuyên đề phải chọn trúng vấn đề, liên hệ được đến từng đảng viên; tăng nêu gương của người đứng đầu."),
]  # fmt: skip
DISAGREEMENTS = [
    ("Giờ sinh hoạt của chi bộ có đảng viên làm ca", "Giữ một giờ thống nhất trong toàn đảng bộ cơ sở để cấp trên tiện theo dõi, dự sinh hoạt.", "Để chi bộ tự chọn giờ theo ca sản xuất, mùa vụ.", "Giữ cố định ngày trong tháng; chi bộ chọn giờ phù hợp, báo cáo cấp ủy cấp trên trực tiếp."),
    ("Cách đánh giá chất lượng buổi sinh hoạt", "Chấm điểm từng buổi để thấy ngay chỗ mạnh, chỗ yếu.", "Chỉ đánh giá theo quý để tránh hình thức.", "Đánh giá từng buổi theo tiêu chí chung, tổng hợp theo quý; tiêu chí cụ thể theo loại hình chi bộ."),
    ("Mức độ ghi ý kiến trong biên bản", "Ghi đầy đủ từng ý kiến để lưu lâu dài.", "Ghi ý chính của từng đồng chí, kết luận ghi đầy đủ.", ""),
]  # fmt: skip
CONCLUSIONS = [
    ("Nâng cao nhận thức, trách nhiệm của cấp ủy và đảng viên", "Cấp ủy, trước hết là bí thư, xác định nâng cao chất lượng sinh hoạt chi bộ là nhiệm vụ thường xuyên, là khâu then chốt để nâng cao năng lực lãnh đạo của chi bộ; đảng viên dự sinh hoạt đầy đủ, chuẩn bị ý kiến, thực hiện nghiêm kết luận."),
    ("Chuẩn bị nội dung sát với từng loại hình chi bộ", "Bí thư trực tiếp chuẩn bị; chi ủy họp trước, gửi nội dung cho đảng viên trước ít nhất một ngày; mỗi kỳ chọn một đến hai việc trọng tâm để bàn kỹ."),
    ("Điều hành dân chủ, đúng nguyên tắc, đúng trình tự", "Chủ trì gợi mở để nhiều đảng viên phát biểu; tự phê bình và phê bình thẳng thắn; kết luận rõ người, rõ việc, rõ thời hạn, biểu quyết khi cần thiết."),
    ("Sinh hoạt chuyên đề mỗi quý ít nhất một lần", "Chi bộ đăng ký chuyên đề từ đầu năm, phân công người chuẩn bị; Ban Tuyên giáo Thị ủy gợi ý chuyên đề và cung cấp tài liệu theo loại hình chi bộ."),
    ("Cấp ủy cấp trên theo dõi, dự và giúp chi bộ", "Phân công cấp ủy viên phụ trách từng chi bộ, có lịch dự sinh hoạt; kiến nghị của chi bộ phải được trả lời trong kỳ sinh hoạt kế tiếp."),
    ("Ban hành nghị quyết chuyên đề giai đoạn 2021 - 2025", "Giao Ban Tổ chức chủ trì, phối hợp với Văn phòng Thị ủy tiếp thu ý kiến tại hội thảo, dự thảo nghị quyết chuyên đề trình Ban Thường vụ Thị ủy xem xét, ban hành."),
]  # fmt: skip
CLOSING = "Hội thảo đã làm rõ thực trạng, nguyên nhân và thống nhất sáu nội dung kết luận. Vấn đề còn ý kiến khác nhau giao Ban Tổ chức Thị ủy nghiên cứu, thử tại một số chi bộ rồi báo cáo. Trên cơ sở đó, giao xây dựng dự thảo nghị quyết chuyên đề trình Ban Thường vụ Thị ủy."
WORKSHOP_CONCLUSION = "Hội thảo thống nhất sáu nội dung kết luận kèm theo. Giao Ban Tổ chức chủ trì, phối hợp với Văn phòng Thị ủy dự thảo nghị quyết chuyên đề, trình Ban Thường vụ Thị ủy."
CONFERENCE_AGENDA = [
    "Từ tháng 8 đã có 25 chi bộ sinh hoạt điểm: 24 buổi thường kỳ, 1 buổi chuyên đề. Mỗi buổi đều rút kinh nghiệm tại chỗ sau khi kết thúc.",
    "Việc làm được: chuẩn bị kỹ hơn, nhiều ý kiến hơn, kết luận cụ thể hơn. Việc chưa được: thời sự còn dài, liên hệ còn chung chung, ghi biên bản chưa kịp. Nguyên nhân: kỹ năng chủ trì và ghi biên bản không đều.",
    "Bài học: chi ủy họp trước; chọn giờ hợp với từng loại hình; kết luận rõ người, rõ việc, rõ thời hạn; cấp trên dự và góp ý ngay.",
]
CONFERENCE_CONCLUSION = "Toàn Đảng bộ có 30 tổ chức cơ sở đảng, 177 chi bộ trực thuộc, 4.317 đảng viên.\nTiếp tục sinh hoạt điểm tại các loại hình còn lại trong tháng 11.\nMỗi loại hình chi bộ chuẩn bị tham luận; tổ chức hội thảo trong tháng 12/2020.\nGiao Ban Tổ chức Thị ủy tổng hợp bài học, gửi các tổ chức cơ sở đảng."
# heading of a part of the draft → its words; targets follow the national frame, those of the real resolution are not public
DRAFT = {
    "Hạn chế": "Nội dung sinh hoạt ở một số chi bộ còn dàn trải, nặng phổ biến văn bản; sinh hoạt chuyên đề chưa đều; tự phê bình và phê bình có nơi còn nể nang; kết luận chưa rõ người, rõ việc, rõ thời hạn.",
    "Nguyên nhân": "Nhận thức của một số cấp ủy, đảng viên chưa đầy đủ; kỹ năng chuẩn bị, điều hành của một số bí thư chi bộ còn hạn chế; việc theo dõi, dự sinh hoạt của cấp ủy cấp trên chưa thường xuyên.",
    "Quan điểm": "Nâng cao chất lượng sinh hoạt cấp uỷ, sinh hoạt chi bộ là nhiệm vụ thường xuyên, then chốt; thực hiện đúng nguyên tắc, sát từng loại hình, đề cao trách nhiệm người đứng đầu và vai trò tiền phong, gương mẫu của đảng viên.",
    "Mục tiêu chung": "Tạo chuyển biến rõ nét về nền nếp, nội dung và phương pháp sinh hoạt; nâng cao năng lực lãnh đạo, sức chiến đấu của chi bộ và chất lượng đội ngũ đảng viên.",
    "Chỉ tiêu cụ thể": "Phấn đấu hằng năm tỷ lệ đảng viên dự sinh hoạt chi bộ đạt trên 85%; mỗi chi bộ sinh hoạt chuyên đề ít nhất mỗi quý một lần (mức giả lập, chưa có số liệu công khai).",
}
# The last point asks for this very resolution: in its text it becomes how the resolution is followed up.
FOLLOW_UP_OF = CONCLUSIONS[-1][0]
FOLLOW_UP = {
    "heading": "Sơ kết, tổng kết việc thực hiện Nghị quyết",
    "text": "Ban Tổ chức chủ trì, phối hợp với Văn phòng Thị ủy theo dõi việc thực hiện Nghị quyết này; hằng năm sơ kết, cuối giai đoạn 2021 - 2025 tổng kết, báo cáo Ban Thường vụ Thị ủy.",
}
CELL_TEXT = "Thực hiện theo nội dung đã thống nhất tại buổi sinh hoạt; Chi ủy theo dõi, kiểm điểm kết quả vào kỳ sau."
# Preparing the workshop, and what was drawn together from it: invented, but for the published counts.
ORGANISERS = "Ban Tổ chức Thị ủy (chủ trì)\nBan Tuyên giáo Thị ủy\nVăn phòng Thị ủy"
PURPOSE = "Đánh giá thực trạng sinh hoạt chi bộ qua ba đợt sinh hoạt điểm; thống nhất giải pháp theo từng loại hình chi bộ; làm căn cứ xây dựng nghị quyết chuyên đề."
INVITED = "Thường trực, Ban Thường vụ Thị ủy\nĐại diện lãnh đạo Ban Tổ chức, Ban Tuyên giáo Tỉnh ủy\nThủ trưởng các cơ quan tham mưu, giúp việc Thị ủy\nBí thư các tổ chức cơ sở đảng trực thuộc Thị ủy\nBí thư các chi bộ được đặt tham luận"
PREPARE = "Đại biểu được đặt bài gửi tham luận trước ngày 10/12/2020, chuẩn bị trình bày không quá 10 phút"
PROGRAMME = """7 giờ 30 | Đón tiếp đại biểu | Văn phòng Thị ủy
8 giờ 00 | Tuyên bố lý do, giới thiệu đại biểu | Chánh Văn phòng Thị ủy
8 giờ 10 | Khai mạc hội thảo | Phó Bí thư Thường trực Thị ủy
8 giờ 20 | Báo cáo đề dẫn | Ban Tổ chức Thị ủy
8 giờ 40 | Trình bày tham luận | Đại diện các chi bộ
10 giờ 10 | Thảo luận | Đại biểu dự hội thảo
10 giờ 50 | Phát biểu chỉ đạo | Đại biểu Tỉnh ủy
11 giờ 15 | Kết luận hội thảo | Bí thư Thị ủy"""
LEAD_IN = (
    "Thực trạng và yêu cầu nâng cao chất lượng sinh hoạt chi bộ",
    "Ba đợt sinh hoạt điểm trong các tháng 9, 10, 11/2020 đã thực hiện tại 26 chi bộ thuộc các loại hình.\nChuyển biến: chuẩn bị kỹ hơn, nhiều ý kiến hơn, kết luận cụ thể hơn.\nĐiều còn vướng: chọn nội dung, giờ sinh hoạt của chi bộ có ca, sinh hoạt chuyên đề, ghi biên bản.\nĐề nghị hội thảo tập trung bàn bốn nhóm: chuẩn bị nội dung; điều hành; sinh hoạt chuyên đề; theo dõi của cấp trên.",
)
ASKS = "Từ 3 đến 5 trang. Nêu thực trạng của loại hình, cách làm ở chi bộ, bài học, đề xuất. Có số liệu thì ghi rõ kỳ và nguồn."
LATE_SUBJECT = "Sinh hoạt ở chi bộ thôn vùng biển"
CHANGES = "Nêu rõ hơn cách làm: ai chuẩn bị, trước mấy ngày. Bổ sung bài học rút ra từ buổi sinh hoạt điểm."
# type of cell → strengths, weaknesses, causes
STATES = {
    "thon_tdp": ("Nội dung gắn với việc của khu dân cư; đảng viên cao tuổi phát huy kinh nghiệm.", "Chuyên đề chọn gấp; đảng viên đi làm ăn xa khó dự đủ.", "Chi ủy kiêm nhiệm nhiều việc; kỹ năng ghi biên bản chưa đều."),
    "co_quan": ("Tài liệu gửi trước, kiểm điểm việc của từng đảng viên.", "Có lúc lẫn với giao ban chuyên môn; còn nể nang khi phê bình.", "Người đứng đầu kiêm bí thư, chưa tách rõ hai vai."),
    "truong_hoc": ("Chương trình sinh hoạt theo năm học.", "Tháng hè khó tập trung.", "Lịch công tác dồn vào đầu và cuối học kỳ."),
    "luc_luong_vu_trang": ("Chấp hành nghiêm, nền nếp.", "Đảng viên trẻ ngại nêu ý kiến khác.", "Nhiệm vụ đột xuất nhiều."),
}  # fmt: skip
# theme, sort, words, (type of cell, place of its paper) it comes from, point of the conclusion it went into
SOLUTIONS = [
    ("Chuẩn bị nội dung", "NHIEM_VU", "Chi ủy họp trước; gửi nội dung cho đảng viên trước ít nhất một ngày.", ("thon_tdp", 0), 2),
    ("Chuẩn bị nội dung", "GIAI_PHAP", "Bồi dưỡng kỹ năng chuẩn bị và điều hành cho bí thư, phó bí thư chi bộ.", ("co_quan", 1), 2),
    ("Sinh hoạt chuyên đề", "NHIEM_VU", "Đăng ký chuyên đề từ đầu năm, mỗi quý một lần.", ("thon_tdp", 2), 4),
    ("Sinh hoạt chuyên đề", "GIAI_PHAP", "Cung cấp danh mục chuyên đề gợi ý theo loại hình chi bộ.", ("truong_hoc", 0), 4),
    ("Giờ giấc, quản lý đảng viên", "GIAI_PHAP", "Giữ cố định ngày trong tháng, chi bộ chọn giờ theo ca.", ("y_te", 0), None),
    ("Vai trò của cấp trên", "NHIEM_VU", "Phân công cấp ủy viên dự sinh hoạt tại chi bộ được phụ trách.", None, 5),
]  # fmt: skip
SEMINAR = ("kinh nghiệm sinh hoạt chuyên đề quý I năm 2021", "Chọn và chuẩn bị một chuyên đề sát việc của tổ dân phố")
