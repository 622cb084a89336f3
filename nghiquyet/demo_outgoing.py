"""Papers of the demo world: a plan, a letter, a notice of the committee, a cell's plan being written, one paper received."""

import datetime as dt

from kyanh_portal.base.calendar import at_local
from kyanh_portal.demo.world import World
from nghiquyet.models import OutgoingPaper
from nghiquyet.services.incoming import keep_incoming
from nghiquyet.services.outgoing import issue_paper, keep_secret_place, send_to_sign, write_paper

PLAN = """I- MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Rút kinh nghiệm các buổi sinh hoạt điểm, thống nhất cách chuẩn bị và điều hành sinh hoạt chi bộ.
2. Yêu cầu
Thiết thực, đúng thời gian, có sản phẩm cụ thể sau hội thảo.
II- NỘI DUNG, TIẾN ĐỘ
- Các đơn vị gửi tham luận trước ngày 10/12/2020;
- Hội thảo một buổi sáng, ngày 18/12/2020.
III- TỔ CHỨC THỰC HIỆN
Văn phòng và Ban Tổ chức phối hợp chuẩn bị; các tổ chức cơ sở đảng cử đại biểu dự đúng thành phần."""
LETTER = """Để chuẩn bị sinh hoạt chi bộ tháng 01 năm 2021, Ban Thường vụ đề nghị các tổ chức cơ sở đảng chỉ đạo chi bộ chọn một nội dung chuyên đề, phân công đảng viên chuẩn bị ý kiến và gửi kế hoạch trước ngày 25/12/2020.
Đề nghị các đồng chí quan tâm, phối hợp thực hiện."""
NOTICE = """Ban Thường vụ thông báo lịch sinh hoạt điểm quý I năm 2021 như sau:
- Tháng 01: chi bộ tổ dân phố;
- Tháng 02: chi bộ trường học;
- Tháng 3: chi bộ cơ quan."""
CELL = """I- MỤC ĐÍCH
Vận động nhân dân chỉnh trang đường tổ dân phố trước Tết.
II- PHÂN CÔNG
- Đồng chí bí thư: phụ trách chung;
- Mỗi đảng viên: phụ trách ba hộ …"""


def build_papers(world: World) -> None:
    """A small desk: issued, waiting for a hand, being written."""
    clerk, town, cell = world["vanphong"], world["town"], world["cells"][0]
    common = {"organisation": town, "by": clerk, "is_synthetic": True, "signer_name": "Nguyễn Mẫu Ký", "signer_position": "BÍ THƯ"}  # fmt: skip
    plan = write_paper(
        type_code="plan", title="tổ chức Hội thảo nâng cao chất lượng sinh hoạt chi bộ", text=PLAN, **common
    )
    issue_paper(send_to_sign(plan, by=clerk), by=clerk, dated=dt.date(2020, 11, 20))
    letter = write_paper(
        type_code="letter", title="về việc chuẩn bị nội dung sinh hoạt chi bộ tháng 01 năm 2021", text=LETTER,
        addressees="Các đảng uỷ, chi bộ cơ sở", **common,
    )  # fmt: skip
    issue_paper(send_to_sign(letter, by=clerk), by=clerk, dated=dt.date(2020, 12, 14))
    keep_secret_place(by=clerk, organisation=town, type_code="plan", dated=dt.date(2020, 12, 1), is_synthetic=True)
    notice = write_paper(type_code="notice", title="lịch sinh hoạt điểm quý I năm 2021", text=NOTICE, **common)
    send_to_sign(notice, by=clerk)
    own = write_paper(
        by=world["bithu"], organisation=cell, type_code="plan", title="vận động chỉnh trang đường tổ dân phố", text=CELL,
        is_synthetic=True,
    )  # fmt: skip
    for paper, day in ((notice, dt.date(2020, 12, 18)), (own, dt.date(2020, 12, 20))):  # begun in the story
        OutgoingPaper.objects.filter(pk=paper.pk).update(created_at=at_local(day, 8))
    keep_incoming(
        by=clerk, organisation=town, issuer="Ban Tổ chức Trung ương", number_line="12-HD/BTCTW", dated=dt.date(2018, 7, 6),
        type_name="Hướng dẫn", title="một số vấn đề về nâng cao chất lượng sinh hoạt chi bộ", received_on=dt.date(2018, 7, 20),
    )  # fmt: skip
