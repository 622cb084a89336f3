"""Personal data in the demo world: a few sealed numbers, requests with their clock, one incident. All invented."""

import datetime as dt

from chibo.models import DataRequest, Incident
from chibo.services.privacy import answer_request, ask_about_data, handle_incident, report_incident, set_number
from kyanh_portal.base.calendar import at_local
from kyanh_portal.demo.world import World

NUMBERED = 40


def demo_number(n: int) -> str:
    """A number no person can have: 000 is the code of no province."""
    return f"000{n:09d}"


def build_personal_data(world: World) -> None:
    """Numbers for one cell, an open request of its member, an answered one, an incident that ended."""
    cell = next(c for c in world["cells"] if c.parent_id == world["bases"][0].pk)
    members = world["members"][cell.pk]
    for n, member in enumerate(members[:NUMBERED], start=1):
        set_number(member, demo_number(n), by=None)
    ask_about_data(members[5], "sua", by=world["dangvien"], about="born_on", text="Ngày sinh ghi theo lý lịch gốc là 12/5 (giả lập).", ground="Lý lịch gốc (giả lập)", asked_on=dt.date(2020, 12, 18))  # fmt: skip
    old = ask_about_data(members[7], "xem", by=world["bithu"], text="Xem những gì cổng giữ (giả lập).", asked_on=dt.date(2020, 11, 9))  # fmt: skip
    answer_request(old, True, "Đã in và đưa trực tiếp (giả lập).", by=world["bantochuc"])
    DataRequest.objects.filter(pk=old.pk).update(answered_at=at_local(dt.date(2020, 11, 10), 9, 0))
    incident = report_incident(cell, "Máy tính xách tay của chi bộ để quên trên xe, hôm sau tìm lại được (giả lập).", at_local(dt.date(2020, 11, 20), 8, 30), by=world["bithu"])  # fmt: skip
    handle_incident(incident, by=world["bantochuc"], measures="Đổi mật khẩu, kết thúc mọi phiên (giả lập).", told_to="Công an thị xã, công văn 01 (giả lập)", is_closed=True)  # fmt: skip
    told, closed = at_local(dt.date(2020, 11, 20), 15, 0), at_local(dt.date(2020, 11, 23), 10, 0)
    Incident.objects.filter(pk=incident.pk).update(told_at=told, closed_at=closed)
