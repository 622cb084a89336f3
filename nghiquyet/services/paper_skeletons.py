"""The text each type of paper starts from. The structures are those offices use; staff change the words as they need.

Lines the composer understands: "I- …" a section, "1. …" without a full stop a heading, "Điều 1. …" an article,
"- …" an item; every other line is a paragraph.
"""

TEXTS = {
    "decision": (
        "Điều 1. …\nĐiều 2. …\n"
        "Điều 3. Văn phòng, các tổ chức đảng có liên quan và các đồng chí có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
    ),
    "conclusion": (
        "Sau khi nghe báo cáo và thảo luận, …\nthống nhất kết luận như sau:\n1. Về tình hình\n…\n2. Nhiệm vụ, giải pháp\n…\n"
        "3. Tổ chức thực hiện\n…"
    ),
    "statute": (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh, đối tượng áp dụng\n…\nChương II\nQUY ĐỊNH CỤ THỂ\nĐiều 2. …\n"
        "Chương III\nĐIỀU KHOẢN THI HÀNH\nĐiều 3. Quy chế này có hiệu lực kể từ ngày ký."
    ),
    "regulation": (
        "Điều 1. Phạm vi điều chỉnh, đối tượng áp dụng\n…\nĐiều 2. …\nĐiều 3. Quy định này có hiệu lực kể từ ngày ký."
    ),
    "directive": "1. …\n2. …\n3. Tổ chức thực hiện\n…",
    "circular": "1. …\n2. …",
    "guidance": (
        "I- MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n…\n2. Yêu cầu\n…\nII- NỘI DUNG HƯỚNG DẪN\n…\nIII- TỔ CHỨC THỰC HIỆN\n…"
    ),
    "notice": "… thông báo như sau:\n1. Nội dung\n…\n2. Thời gian, địa điểm\n…\n3. Đề nghị\n…",
    "communique": "…",
    "report": (
        "I- KẾT QUẢ\n1. Công tác lãnh đạo, chỉ đạo\n…\n2. Kết quả cụ thể\n…\nII- HẠN CHẾ, NGUYÊN NHÂN\n1. Hạn chế\n…\n"
        "2. Nguyên nhân\n…\nIII- PHƯƠNG HƯỚNG, NHIỆM VỤ\n…\nIV- KIẾN NGHỊ, ĐỀ XUẤT\n…"
    ),
    "plan": (
        "I- MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n…\n2. Yêu cầu\n…\nII- NỘI DUNG, TIẾN ĐỘ\n1. Nội dung\n…\n2. Thời gian\n…\n"
        "III- TỔ CHỨC THỰC HIỆN\n1. Phân công\n…\n2. Chế độ báo cáo\n…"
    ),
    "master_plan": "I- SỰ CẦN THIẾT\n…\nII- MỤC TIÊU\n…\nIII- NỘI DUNG QUY HOẠCH\n…\nIV- TỔ CHỨC THỰC HIỆN\n…",
    "programme": (
        "I- MỤC TIÊU\n…\nII- NHIỆM VỤ, GIẢI PHÁP\n1. …\nIII- TIẾN ĐỘ\n…\nIV- TỔ CHỨC THỰC HIỆN\n…"
    ),
    "scheme": (
        "I- SỰ CẦN THIẾT, CĂN CỨ\n…\nII- THỰC TRẠNG\n…\nIII- MỤC TIÊU, NHIỆM VỤ, GIẢI PHÁP\n…\nIV- KINH PHÍ, TỔ CHỨC THỰC HIỆN\n…"
    ),
    "option": "I- MỤC ĐÍCH\n…\nII- CÁC PHƯƠNG ÁN\n…\nIII- PHƯƠNG ÁN ĐỀ XUẤT\n…",
    "project": "I- MỤC TIÊU\n…\nII- NỘI DUNG\n…\nIII- KINH PHÍ, TIẾN ĐỘ\n…\nIV- TỔ CHỨC THỰC HIỆN\n…",
    "submission": "1. Lý do trình\n…\n2. Nội dung trình\n…\n3. Đề nghị\n…\nKính trình … xem xét, quyết định.",
    "letter": "…\nĐề nghị các đồng chí quan tâm, phối hợp thực hiện.",
    "invitation": (
        "Trân trọng kính mời: …\nTới dự: …\nThời gian: … giờ …, ngày …\nĐịa điểm: …\nĐề nghị đồng chí đến dự đúng thời gian, thành phần."
    ),
    "minutes": (
        "Thời gian: … giờ …, ngày …\nĐịa điểm: …\nI- THÀNH PHẦN\n…\nII- NỘI DUNG\n…\nIII- KẾT LUẬN\n…\nKết thúc vào … giờ … cùng ngày."
    ),
    "copy": "…",
}  # fmt: skip


def skeleton_of(type_code: str) -> str:
    """The starting text of a type; "…" marks what is still to be written."""
    return TEXTS.get(type_code, "…")
