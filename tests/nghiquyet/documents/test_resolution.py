"""What a resolution says on paper."""

import datetime as dt

from kyanh_portal.documents.content import Heading
from kyanh_portal.documents.issuing import content_of
from nghiquyet.choices import Signing
from nghiquyet.documents.resolution import compose, roman
from tests.factories import hoithao, nghiquyet


def texts(content):
    return [line for block in content.body for line in ([block.text] if isinstance(block, Heading) else block.lines)]


def test_roman_counts_sections():
    assert [roman(n) for n in (1, 2, 3, 4, 5, 6, 9, 10, 14)] == ["I", "II", "III", "IV", "V", "VI", "IX", "X", "XIV"]


def test_draft_is_marked_and_bears_no_number_and_no_date(world):
    content = compose(nghiquyet.thematic(world))
    assert content.draft == "Dự thảo lần 1"
    assert (content.number, content.date) == (None, None)
    assert content.profile == "HD36"


def test_thematic_resolution_of_the_standing_committee(world):
    content = content_of(nghiquyet.issued(nghiquyet.thematic(world)).document)

    assert (content.superior_name, content.issuer_name) == ("ĐẢNG BỘ TỈNH HÀ TĨNH", "THỊ UỶ MẪU")
    assert content.number_line == "Số 01-NQ/ThU"
    assert content.signature.authority == "T/M BAN THƯỜNG VỤ"
    assert content.recipient_lines[-1] == "- Lưu Văn phòng Thị uỷ."
    assert content.basis_lines[0].startswith("- Căn cứ kết luận tại Hội thảo nâng cao chất lượng")
    assert [b.text for b in content.body if isinstance(b, Heading) and b.level == 1] == [
        "I- TÌNH HÌNH VÀ NGUYÊN NHÂN", "II- QUAN ĐIỂM, MỤC TIÊU", "III- NHIỆM VỤ, GIẢI PHÁP", "IV- TỔ CHỨC THỰC HIỆN",
    ]  # fmt: skip
    assert not content.is_draft


def test_executive_committee_signs_for_the_committee(world):
    content = compose(nghiquyet.thematic(world, signing=Signing.COMMITTEE))
    assert content.signature.authority == "T/M THỊ UỶ"


def test_cell_resolution_numbers_its_parts_and_tells_the_vote(world):
    resolution = nghiquyet.adopted(nghiquyet.cell_draft(world.cell_a1), base=9, in_favour=8)
    content = compose(resolution)
    lines = texts(content)

    assert content.signature.authority == "T/M CHI BỘ"
    assert "1. Vệ sinh đường phố, xong trước ngày 20/9." in lines
    assert "a) Tổ một làm phía đông;" in lines
    assert "b) tổ hai làm phía tây." in lines
    assert lines[-1] == "Nghị quyết được 8/9 đảng viên chính thức được tính biểu quyết tán thành (88,9%)."


def test_cell_resolution_of_2026_follows_the_new_guide(world):
    hoithao.closed(world.cell_a1, world.members_a1)
    resolution = nghiquyet.adopted(nghiquyet.cell_draft(world.cell_a1), on=dt.date(2026, 9, 3), base=9, in_favour=9)
    resolution.dated = dt.date(2026, 9, 5)
    assert compose(resolution).profile == "HD05"
