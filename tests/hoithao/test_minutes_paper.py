"""What the minutes say beyond the arithmetic: whom they go to, and what a workshop leaves in them."""

from hoithao.documents.minutes import compose
from hoithao.services.workshops import add_remark
from tests.factories import hoithao


def words(paper):
    return [line for block in paper.body for line in getattr(block, "lines", [getattr(block, "text", "")])]


def test_minutes_go_to_the_committee_that_leads_the_cell(world):
    cell = compose(hoithao.planned(world.cell_a1))
    ward = compose(hoithao.planned(world.ward_a, code="HOI_THAO", theme="Nâng cao chất lượng sinh hoạt chi bộ"))

    assert cell.recipient_lines == ["- Đảng uỷ phường A (để báo cáo);", "- Lưu Chi bộ."]
    assert ward.recipient_lines[0] == "- Thị uỷ Mẫu (để báo cáo);"


def test_remarks_at_a_workshop_are_its_discussion(world):
    meeting = hoithao.planned(world.town, code="HOI_THAO", theme="Nâng cao chất lượng sinh hoạt chi bộ")
    assert "Không có ý kiến phát biểu." in words(compose(meeting))

    add_remark(meeting, by=None, speaker="Đại diện một chi bộ trường học", text="Nhất trí với đề dẫn.")
    found = words(compose(meeting))

    assert "Không có ý kiến phát biểu." not in found
    place = found.index("III- Ý KIẾN THẢO LUẬN")
    assert found[place + 1] == "- Đại diện một chi bộ trường học: Nhất trí với đề dẫn."
