"""Resolutions of the demo world: the draft that follows from the workshop, and one cell resolution already issued.

The real Nghị quyết 02-NQ/ThU of 03/02/2021 is not pretended: its text is not public. The draft has no number and no date.
"""

import datetime as dt

from hoithao.demo_workshop_texts import CELL_TEXT, DRAFT, FOLLOW_UP, FOLLOW_UP_OF
from hoithao.models import Meeting
from kyanh_portal.demo.world import World, add_stage
from nghiquyet import demo_later  # noqa: F401 - registers the chapters after 2020
from nghiquyet.demo_congress import build_congress
from nghiquyet.demo_drafting import begun_on, build_drafting
from nghiquyet.demo_living import build_living
from nghiquyet.demo_outgoing import build_papers
from nghiquyet.services.drafting import draft_from_meeting, draft_from_workshop, edit_clause, empty_parts
from nghiquyet.services.issuing import adopt_resolution, issue_resolution

TITLE = "nâng cao chất lượng sinh hoạt cấp uỷ, sinh hoạt chi bộ giai đoạn 2021 - 2025"


def build_resolutions(world: World) -> None:
    draft = draft_from_workshop(world["workshop"], by=world["vanphong"], title=TITLE)
    for clause in draft.clauses.filter(heading__in=DRAFT):
        edit_clause(clause, by=world["vanphong"], text=DRAFT[clause.heading])
    edit_clause(draft.clauses.get(heading=FOLLOW_UP_OF), by=world["vanphong"], **FOLLOW_UP)
    begun_on(draft, dt.date(2020, 12, 19))
    closed = Meeting.objects.closed().filter(organisation=world["cells"][0], kind_is_regular=True).order_by("-month")
    meeting = closed.select_related("organisation__kind", "kind", "minutes__document").first()
    resolution = draft_from_meeting(meeting, by=world["bithu"])
    for clause in empty_parts(resolution.clauses.all()):
        edit_clause(clause, by=world["bithu"], text=CELL_TEXT)
    figures = meeting.minutes.figures
    adopt_resolution(
        resolution,
        by=world["bithu"],
        meeting=meeting,
        base=figures["vote_base"],
        in_favour=figures["vote_present"],
        on=meeting.held_on,
    )
    issue_resolution(resolution, by=world["bithu"], dated=meeting.held_on + dt.timedelta(days=1))


add_stage(70, "Dự thảo nghị quyết chuyên đề, một nghị quyết chi bộ", build_resolutions)
add_stage(75, "Một nghị quyết đang thực hiện: chỉ tiêu, nhiệm vụ, học tập, giám sát", build_living)
add_stage(72, "Văn bản đi, văn bản đến", build_papers)
add_stage(73, "Một dự thảo đang lấy ý kiến, tiếp thu", build_drafting)
add_stage(76, "Nghị quyết đại hội: chỉ tiêu cả nhiệm kỳ, một lần đánh giá đã khóa", build_congress)
