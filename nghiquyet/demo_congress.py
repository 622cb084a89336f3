"""A congress resolution of the demo world, with targets that the thematic resolution serves, and one evaluation kept.

Neither number nor words of the real resolution of 7/2020 are public: text, targets and vote are invented, and labelled so.
"""

import datetime as dt

from kyanh_portal.base.calendar import today
from kyanh_portal.demo.world import World
from nghiquyet.choices import Comparator, Cycle, Level, Measure, MeasuredAt, ReviewSort, Signing, TimeLogic
from nghiquyet.demo_drafting import to_sign, to_vote
from nghiquyet.models import Resolution
from nghiquyet.services import reviews, targets
from nghiquyet.services.drafting import draft_resolution
from nghiquyet.services.issuing import adopt_resolution, issue_resolution
from nghiquyet.services.skeletons import Part

DATED = dt.date(2020, 7, 17)
DELEGATES = 175
MEETINGS, MODELS, CITY = (
    "Tỷ lệ đảng viên dự sinh hoạt chi bộ hằng năm đạt trên 85%.",
    "Đến năm 2025 có từ 20 mô hình sinh hoạt chi bộ điểm trở lên.",
    "Đến năm 2025 thị xã trở thành thành phố.",
)
TEXT = [
    Part(Level.SECTION, "Chỉ tiêu chủ yếu", ""),
    *(Part(Level.PARAGRAPH, "", line) for line in (MEETINGS, MODELS, CITY)),
]


def congress_of(world: World) -> Resolution:
    """The congress resolution as it stands in the database now."""
    return Resolution.objects.select_related("organisation__kind").get(organisation=world["town"], signing=Signing.CONGRESS)  # fmt: skip


def build_congress(world: World) -> None:
    """Targets of the term, the chain down to the thematic resolution, and how the latter stood on the story's day."""
    office, town = world["vanphong"], world["town"]
    row = draft_resolution(
        by=office, organisation=town, title="Đại hội nhiệm kỳ 2020 - 2025 (giả lập)", signing=Signing.CONGRESS, parts=TEXT,
        preamble="Đại hội quyết nghị:", signer_name="Nguyễn Văn Mẫu", signer_position="BÍ THƯ", is_synthetic=True,
    )  # fmt: skip
    row = adopt_resolution(
        to_vote(row, by=office, voted_on=DATED), by=office, base=DELEGATES, in_favour=DELEGATES, on=DATED
    )
    row = issue_resolution(to_sign(row, by=office), by=office, dated=DATED)
    row = Resolution.objects.select_related("organisation__kind").get(pk=row.pk)
    clauses = {clause.text: clause for clause in row.clauses.filter(level=Level.PARAGRAPH)}

    def aim(text, goal, **facets):
        return targets.set_target(
            by=office, resolution=row, clause=clauses[text], text=text.rstrip("."), goal=goal, responsible=town, first_year=2020,
            last_year=2025, cycle=Cycle.YEAR, measured_at=MeasuredAt.OWN, is_synthetic=True, **facets,
        )  # fmt: skip

    meetings = aim(MEETINGS, (Comparator.ABOVE, 85, None), feed="attendance")
    models = aim(MODELS, (Comparator.AT_LEAST, 20, None), measure=Measure.NUMBER, unit="mô hình", time_logic=TimeLogic.CUMULATIVE)  # fmt: skip
    aim(CITY, None, measure=Measure.MILESTONE, time_logic=TimeLogic.BY_YEAR)
    targets.set_goal(models, by=office, year=2022, comparator=Comparator.AT_LEAST, low=8, high=None)
    thematic = Resolution.objects.filter(organisation=town, document__isnull=False, signing=Signing.STANDING).first()
    below = thematic.targets.order_by("pk").first()
    reviews.link_target(below, by=office, serves=meetings)
    reviews.link_target(meetings, by=office, resolutions=[thematic])
    reviews.evaluate(thematic, by=office, day=today(), sort=ReviewSort.YEAR)
