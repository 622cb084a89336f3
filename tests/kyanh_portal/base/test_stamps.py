"""Secrecy stamps: sixty spellings are stopped, harmless texts with the same words pass."""

import unicodedata

import pytest

from kyanh_portal.base.stamps import find_stamp

BASES = ["MẬT", "TỐI MẬT", "TUYỆT MẬT"]


def spellings(stamp):
    bare = "".join(c for c in unicodedata.normalize("NFD", stamp) if not unicodedata.combining(c))
    number = "Số 12-BC/TU"
    yield from (stamp, stamp.lower(), stamp.title(), bare, bare.lower())
    yield unicodedata.normalize("NFD", stamp)
    yield unicodedata.normalize("NFKD", stamp.lower())
    yield " ".join(stamp)
    yield ".".join(stamp)
    yield "\u200b".join(stamp)
    yield "\u00ad".join(stamp)
    yield "\u202e" + stamp
    yield "  *** " + stamp + " ***"
    yield "[" + stamp + "]"
    yield "Báo cáo (" + stamp + ") gửi Thường trực"
    yield "Độ mật: " + stamp.lower() + ", nơi nhận như trên"
    yield "ĐỘ MẬT - " + stamp
    yield "Mức độ mật: " + stamp
    yield "Tài liệu " + stamp.lower()
    yield "ĐẢNG BỘ XÃ\t" + stamp
    yield "| " + number + " | " + stamp + " |"
    yield f"{number}     {stamp}\nBÁO CÁO tình hình"
    yield f"BÁO CÁO\n{stamp}\nTình hình tháng 12"
    yield f"{number} {stamp}"
    yield f"{stamp} {number}"
    yield f"{stamp}: nội dung dưới đây không phổ biến"
    yield "Hỏa tốc - " + stamp
    yield "<b>" + stamp + "</b>"
    yield "".join(chr(ord(c) + 0xFEE0) if "A" <= c <= "Z" else c for c in stamp)
    yield stamp.replace("T", "Т").replace("M", "М")  # Cyrillic look-alikes
    yield f"{stamp}\r\n\r\nKính gửi"
    yield f"\u00a0{stamp}\u00a0"


HARMLESS = [
    "Phổ biến Luật Bảo vệ bí mật nhà nước.", "PHỔ BIẾN LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Có mặt", "Mặt", "Mất", "Mắt", "Mát",
    "Vắng mặt", "Mặt trận Tổ quốc", "MẶT TRẬN TỔ QUỐC", "Mật ong rừng Kỳ Anh", "MẬT ONG KỲ ANH", "Nuôi ong lấy mật",
    "Mật độ dân số cao", "Mật độ", "MẬT ĐỘ XÂY DỰNG 40%", "Mật khẩu", "Đổi mật khẩu", "Bỏ phiếu bằng hình thức bí mật",
    "Biểu quyết bằng bỏ phiếu kín, bảo đảm bí mật", "Gan mật", "Sỏi mật", "Mổ sỏi mật ở Bệnh viện Kỳ Anh",
    "ốm đau, mổ sỏi mật", "Tôi mất xe", "Tối mắt tối mũi", "Tôi mất", "Tôi mặt đối mặt", "Thân mật", "Không khí thân mật",
    "Gặp mặt thân mật", "Tuyệt đối giữ bí mật", "Nhắc đảng viên không đưa tài liệu tuyệt mật, tối mật, mật lên mạng",
    "Quán triệt: văn bản có độ mật không gửi qua mạng", "Phân loại độ mật theo Luật", "Độ mật của văn bản do người ký quyết định",
    "Bảo mật thông tin", "BẢO MẬT", "Công tác bảo mật", "Cán bộ bảo mật", "Mía mật", "Đường mật", "Rỉ mật", "Nước mật mía",
    "Mat do dan so", "Bề mặt đường", "Mặt đường bê tông", "Trước mắt", "Mất mùa", "Mất điện", "Mất nước", "Đồng chí mất",
    "Tối nay họp", "Tuyệt vời", "Hòa mạng", "Số 12-NQ/TU", "Số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị",
    "Ra mắt câu lạc bộ", "Mặt bằng", "Giải phóng mặt bằng", "MẶT BẰNG", "Lòng dân và mật thiết", "Gắn bó mật thiết với Nhân dân",
    "Mật thiết", "Mật phục bắt cờ bạc", "Cơ mật", "Tuần tra, mật phục", "Cẩn mật", "Thông qua nghị quyết, kết luận tháng 12/2020",
    "Đọc Quy định số 37-QĐ/TW về những điều đảng viên không được làm", "Mạt cưa", "Toi mat ngu", "Tôi mệt", "Mệt",
    "Thảo luận; mặt khác đề nghị làm sớm", "1. Mặt mạnh\n2. Mặt yếu", "Mặt được\nMặt chưa được", "Mật\u00a0ong", "🍯 mật ong",
    "Giữ bí mật tuyệt đối", "Độ mặn: 4 phần nghìn", "Độ mật độ trồng: 5 cây", "Tài liệu họp", "Văn bản", "Khẩn trương",
    "Kỷ luật phát ngôn, giữ gìn bí mật của Đảng", "Điều 4. Bí mật nhà nước", "Chuyển sang gặp mặt", "Tỏi mật ong", "Hạt mắc mật",
    "Lá mắc mật", "Ban cơ yếu mật mã", "Mật mã", "Mật danh", "Mật vụ thời Pháp", "Chiến khu, mật khu", "Ngọt như mật",
    "Mật hoa", "Mật nghị", "Tối mật độ thấp dần", "Sổ mật mã cũ thời chiến", "Dịch mật", "Túi mật",
]  # fmt: skip


@pytest.mark.parametrize("text", [text for stamp in BASES for text in spellings(stamp)])
def test_every_spelling_of_a_stamp_is_stopped(text):
    assert find_stamp(text), ascii(text)


def test_harmless_texts_with_the_same_words_pass():
    """At most two in a hundred may be stopped; there are twice as many, once alone and once inside a report."""
    texts = HARMLESS + [f"Báo cáo tháng 12.\n{text}, các đồng chí thảo luận.\nHết." for text in HARMLESS]
    stopped = [text for text in texts if find_stamp(text)]
    assert len(texts) >= 200
    assert len(stopped) <= len(texts) * 0.02, stopped


@pytest.mark.parametrize(
    "text", ["m" * 100_000, "mật " * 25_000, "(" * 100_000 + "m", "TỐI " * 25_000, " \u00a0.m" * 25_000]
)
def test_long_texts_are_read_in_linear_time(text):
    import time

    began = time.perf_counter()
    find_stamp(text)
    assert time.perf_counter() - began < 1.5
