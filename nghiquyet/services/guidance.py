"""Guidance (hướng dẫn) for cells of one type, written from the table of what they take into their plans."""

from django.db import transaction

from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from nghiquyet.figures.studies import templates_on
from nghiquyet.models import OutgoingPaper
from nghiquyet.services.outgoing import write_paper

_FRAME = """I- MỤC ĐÍCH, YÊU CẦU
Giúp {kind} cụ thể hoá{ground} thành việc làm có người phụ trách, có thời hạn.
II- NỘI DUNG
Kế hoạch của chi bộ có đủ các mục sau:
{items}
III- TỔ CHỨC THỰC HIỆN
1. Chi bộ xây dựng kế hoạch, thông qua tại buổi sinh hoạt gần nhất; mỗi việc ghi rõ người làm, thời hạn, sản phẩm.
2. Đảng uỷ cơ sở theo dõi, đôn đốc; báo cáo theo kỳ của nghị quyết."""


@transaction.atomic
def write_guidance(*, by, organisation, cell_type, resolution=None) -> OutgoingPaper:
    """A draft of the guidance for one type of cell; it goes on in the room of outgoing papers."""
    items = next((found for kind, found in templates_on(today()) if kind.pk == cell_type.pk), [])
    if not items:
        raise RuleBroken(f"Mẫu của {cell_type.name.lower()} chưa có mục nào. Thêm mục rồi soạn.", field="cell_type")
    paper = resolution.document if resolution is not None else None
    named = f"Nghị quyết số {paper.number_line[3:]}, ngày {vn_date(paper.dated)}" if paper else ""
    lines = [f"- {item.text.rstrip(' .;')}{f' ({item.paper})' if item.paper else ''};" for item in items]
    lines[-1] = f"{lines[-1][:-1]}."
    kind = cell_type.name[:1].lower() + cell_type.name[1:]
    return write_paper(
        by=by, organisation=organisation, type_code="guidance", from_last=False,
        title=f"cụ thể hoá {'nghị quyết' if paper else 'nhiệm vụ'} ở {kind}",
        bases=f"Căn cứ {named}" if named else "",
        text=_FRAME.format(kind=kind, ground=f" {named}" if named else "", items="\n".join(lines)),
        is_synthetic=bool(resolution and resolution.is_synthetic),
    )  # fmt: skip
