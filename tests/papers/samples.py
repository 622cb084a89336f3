"""Papers to measure: minutes and resolutions of several bodies, with the lengths and marks that break layouts."""

import datetime as dt

from kyanh_portal.documents.content import (
    Heading,
    Item,
    OfficialDocument,
    Paragraph,
    Said,
    Signature,
    Table,
)
from kyanh_portal.documents.types import TYPES
from nghiquyet.documents.outgoing import blocks_of
from nghiquyet.services.paper_skeletons import skeleton_of

OPINION = (
    "Tôi nhất trí với dự thảo báo cáo; đề nghị chi bộ làm rõ thêm nguyên nhân của việc chậm giải phóng mặt bằng tuyến "
    "đường liên tổ, phân công từng đảng viên phụ trách nhóm hộ, nêu gương hiến đất, tháo dỡ tường rào trước ngày "
    "25/12/2020 và báo cáo kết quả tại kỳ sinh hoạt sau."
)
RARE = "Ặ ặ Ẵ ẵ Ẳ Ở ỡ Ự ự Ỷ ỷ Ỹ Ỵ Đ đ Ễ ễ Ộ ỗ ẫ Ẩ ượ uỷ quờ quạng, khuỷu tay, ngoằn ngoèo, nghiêng ngả"


def minutes(**changes) -> OfficialDocument:
    """Minutes of a cell in December 2020: a table of twenty tasks, long opinions, about four pages."""
    tasks = tuple(
        (str(i), f"Vận động hộ dân số {i} hiến đất mở rộng đường tổ dân phố", f"Đồng chí Mẫu {i}", "25/12/2020", "80%")
        for i in range(1, 21)
    )
    values = {
        "kind": "minutes",
        "type_name": "BIÊN BẢN",
        "type_symbol": "BB",
        "summary": "sinh hoạt chi bộ thường kỳ tháng 12 năm 2020",
        "superior_name": "ĐẢNG BỘ PHƯỜNG HƯNG TRÍ",
        "issuer_name": "CHI BỘ TỔ DÂN PHỐ 1",
        "issuer_symbol": "CB",
        "place": "Hưng Trí",
        "date": dt.date(2020, 12, 3),
        "number": 5,
        "body": (
            Paragraph("Bắt đầu 19 giờ 30, ngày 03 tháng 12 năm 2020, tại Nhà văn hoá tổ dân phố 1."),
            Heading("I- THÀNH PHẦN"),
            Paragraph("1. Đảng viên: tổng số 24, có mặt 21, vắng có lý do 2, được miễn sinh hoạt 1."),
            Paragraph("2. Chủ trì: đồng chí Nguyễn Thị Mẫu, bí thư chi bộ."),
            Heading("II- NỘI DUNG"),
            Heading("1. Kết quả thực hiện nghị quyết tháng 11", level=2),
            Paragraph(OPINION + "\n" + OPINION),
            Table(
                ("TT", "Nhiệm vụ", "Người phụ trách", "Thời hạn", "Kết quả"),
                tasks,
                (8, 36, 24, 16, 16),
                "Nhiệm vụ của tháng 11",
            ),
            Heading("a) Thời sự và văn bản mới", level=3),
            Paragraph(RARE + "."),
            Item("Phổ biến kết luận của cấp uỷ cấp trên."),
            Heading("III- Ý KIẾN THẢO LUẬN"),
            *(Said(f"Trần Văn Mẫu {i}", f"{OPINION} {OPINION}") for i in range(1, 10)),
            Heading("IV- KẾT LUẬN CỦA NGƯỜI CHỦ TRÌ VÀ BIỂU QUYẾT"),
            Paragraph("Biểu quyết: thông qua nhiệm vụ tháng 12, tán thành 20/20 (100%)."),
            Paragraph("Biên bản đã được đọc lại, chi bộ nhất trí. Kết thúc 21 giờ 15 cùng ngày."),
        ),
        "left_signature": Signature("NGƯỜI GHI BIÊN BẢN", "", "Lê Thị Ghi Mẫu"),
        "signature": Signature("CHỦ TRÌ HỘI NGHỊ", "", "Nguyễn Thị Mẫu"),
        "recipients": ("Đảng uỷ phường Hưng Trí (để báo cáo)", "Lưu Chi bộ"),
    }
    return OfficialDocument(**(values | changes))


def resolution(sections: int = 9, **changes) -> OfficialDocument:
    """A thematic resolution of Thị uỷ Kỳ Anh under HD36; nine sections fill about twelve pages."""
    body: list = [Paragraph("Hội nghị lần thứ hai Ban Chấp hành Đảng bộ thị xã quyết nghị như sau:")]
    for section in range(sections):
        body.append(Heading(f"{ROMAN[section]}- NHIỆM VỤ, GIẢI PHÁP THỨ {section + 1}"))
        for part in range(1, 5):
            body.append(Heading(f"{part}. Đổi mới nội dung sinh hoạt chi bộ", level=2))
            body += [Paragraph(OPINION), Paragraph(f"a) {OPINION}"), Paragraph(f"b) {OPINION}")]
    body.append(Paragraph("Nghị quyết này được phổ biến đến chi bộ."))
    values = {
        "kind": "resolution",
        "type_name": "NGHỊ QUYẾT",
        "type_symbol": "NQ",
        "body_of": "CỦA BAN CHẤP HÀNH ĐẢNG BỘ THỊ XÃ",
        "summary": "về nâng cao chất lượng sinh hoạt chi bộ, xây dựng chi bộ bốn tốt trên địa bàn thị xã giai đoạn 2020 - 2025",
        "superior_name": "ĐẢNG BỘ TỈNH HÀ TĨNH",
        "issuer_name": "THỊ UỶ KỲ ANH",
        "issuer_symbol": "ThU",
        "place": "Kỳ Anh",
        "date": dt.date(2020, 12, 28),
        "number": 2,
        "bases": ("Căn cứ Điều lệ Đảng", "Căn cứ Hướng dẫn số 12-HD/BTCTW, ngày 06/7/2018 của Ban Tổ chức Trung ương"),
        "body": tuple(body),
        "signature": Signature("T/M THỊ UỶ", "BÍ THƯ", "Nguyễn Văn Mẫu"),
        "recipients": ("Ban Thường vụ Tỉnh uỷ (để báo cáo)", "Các đảng uỷ, chi bộ cơ sở", "Lưu Văn phòng Thị uỷ"),
    }
    return OfficialDocument(**(values | changes))


def ward_resolution(**changes) -> OfficialDocument:
    """A resolution of a ward committee under HD05, with a mirrored place and a day below ten."""
    values = {
        "body_of": "",
        "summary": "về chuyển đổi số trong công tác đảng năm 2026",
        "issuer_name": "ĐẢNG UỶ PHƯỜNG SÔNG TRÍ",
        "issuer_symbol": "ĐU",
        "place": "Sông Trí",
        "date": dt.date(2026, 8, 3),
        "number": 127,
        "signature": Signature("T/M ĐẢNG UỶ", "PHÓ BÍ THƯ", "Nguyễn Văn Mẫu"),
        "recipients": ("Ban Thường vụ Tỉnh uỷ (để báo cáo)", "Lưu Văn phòng Đảng uỷ"),
    }
    return resolution(2, **(values | changes))


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def of_type(code: str, **changes) -> OfficialDocument:
    """A paper of any type as the office writes it: its skeleton filled, in the year of the Thị ủy."""
    kind = TYPES[code]
    letter = code in ("letter", "submission")
    text = skeleton_of(code).replace("…", OPINION)
    values = {
        "type_name": kind.name, "type_symbol": kind.symbol, "body_of": "", "number": 9,
        "summary": "về việc chuẩn bị đại hội chi bộ" if letter else "tổ chức sinh hoạt điểm ở các chi bộ",
        "addressees": ("Các đảng uỷ, chi bộ cơ sở", "Các ban của Thị uỷ") if code == "letter" else ("Ban Thường vụ Thị uỷ",) if letter else (),
        "body": tuple(blocks_of(text)), "signature": Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn Mẫu"),
        "recipients": ("Như trên", "Lưu Văn phòng Thị uỷ") if letter else ("Các chi bộ", "Lưu Văn phòng Thị uỷ"),
    }  # fmt: skip
    return resolution(1, **(values | changes))
