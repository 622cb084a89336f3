"""What the runner keeps beyond the minutes, in the demo world: tasks, an absence told by phone, a secret ballot.

All of it is invented and stands in meetings that are invented.
"""

import datetime as dt

from chibo.choices import Standing
from hoithao.choices import Mark, Reason, Status
from hoithao.models import DecisionKind, Meeting
from hoithao.services.ballots import prepare_ballot
from hoithao.services.excuses import note_call
from hoithao.services.procedure import mark_prepared
from hoithao.services.tasks import give_task
from kyanh_portal.demo.world import World, add_stage

TASKS = [
    "Vận động các hộ còn lại của ngõ ký cam kết không lấn lòng đường",
    "Lập danh sách hộ cần hỗ trợ dịp Tết, trình chi bộ",
    "Kiểm tra, sửa lại loa của nhà văn hóa",
]


def build_runner(world: World) -> None:
    """Two meetings still open get tasks, one a ballot; a planned one gets an excuse and its ticks."""
    running = Meeting.objects.filter(status=Status.OPEN, is_synthetic=True, organisation__kind__is_cell=True)
    for place, meeting in enumerate(running.select_related("organisation__kind", "kind").order_by("pk")[:2]):
        here = [
            row.member
            for row in meeting.roll.filter(mark=Mark.PRESENT, standing=Standing.OFFICIAL).select_related("member")
        ]
        for number, (text, member) in enumerate(zip(TASKS, here[2:], strict=False), start=1):
            due = meeting.held_on + dt.timedelta(days=10 * number)
            give_task(meeting, by=None, text=text, member=member, due=due, is_synthetic=True)
        if place == 0 and len(here) > 4:
            prepare_ballot(
                meeting, by=None, subject="Giới thiệu nhân sự bổ sung chi ủy (giả lập)", seats=1, least=1, most=1,
                decision=DecisionKind.objects.on(meeting.held_on).get(code="BAU_CU"), lines="\n".join(str(member) for member in here[2:4]),
                tellers="Ba đồng chí do chi bộ cử",
            )  # fmt: skip
    planned = Meeting.objects.filter(status=Status.PLANNED, is_synthetic=True, organisation__kind__is_cell=True)
    for meeting in planned.select_related("organisation__kind", "kind").order_by("pk")[:2]:
        row = meeting.roll.filter(standing=Standing.OFFICIAL).select_related("member").last()
        if row:
            note_call(meeting, member=row.member, reason=Reason.ILL, note="nằm viện, con gọi báo", by=None)
        mark_prepared(meeting, {"phan-cong"} if meeting.kind.code == "THUONG_KY" else set(), by=None)


add_stage(75, "Việc giao, báo vắng, phiếu kín", build_runner)
