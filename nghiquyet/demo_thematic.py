"""Nghị quyết 02-NQ/ThU of 03/02/2021 in the demo world: issued out of the workshop's draft, with targets and duties.

Published are issuer, number, day, title and period. The text is not public: clauses, targets, duties and the vote are
invented, and labelled so.
"""

import datetime as dt

from chibo.models import Organisation
from kyanh_portal.demo.world import World, standing_at
from nghiquyet.choices import Comparator, Cycle, Feed, Level, Life, MeasuredAt, Signing
from nghiquyet.demo_drafting import to_sign, to_vote
from nghiquyet.demo_living import CLEAR
from nghiquyet.models import Duty, Resolution
from nghiquyet.services import duties, reviews, targets
from nghiquyet.services.drafting import edit_resolution
from nghiquyet.services.effects import apply_paper
from nghiquyet.services.issuing import adopt_resolution, issue_resolution
from nghiquyet.services.studies import plan_study
from nghiquyet.services.told_only import mark_told_only
from nghiquyet.services.wording import check_edit, edit_frame

DATED, GIVEN = dt.date(2021, 2, 3), dt.date(2021, 2, 8)
TARGET, PREPARE, CHAIR, THEME, FOLLOW, REVIEW = (
    "Chỉ tiêu cụ thể", "Chuẩn bị nội dung sát với từng loại hình chi bộ", "Điều hành dân chủ, đúng nguyên tắc, đúng trình tự",
    "Sinh hoạt chuyên đề mỗi quý ít nhất một lần", "Cấp ủy cấp trên theo dõi, dự và giúp chi bộ",
    "Sơ kết, tổng kết việc thực hiện Nghị quyết",
)  # fmt: skip
# clause, lead, title, due (or cycle), product, post: what the story gives to do
GUIDE, COURSE, MODELS, SCHEDULE, CHECK = (
    "Hướng dẫn chuẩn bị nội dung sinh hoạt theo loại hình chi bộ", "Bồi dưỡng kỹ năng điều hành, ghi biên bản cho bí thư, phó bí thư",
    "Tổ chức sinh hoạt điểm ở mỗi loại hình chi bộ", "Lập lịch cấp ủy viên dự sinh hoạt chi bộ năm 2021", "Giám sát việc thực hiện Nghị quyết tại cơ sở",
)  # fmt: skip
MONTHLY, PETITIONS, PLAN = (
    "Chi ủy họp thống nhất nội dung trước kỳ sinh hoạt", "Trả lời kiến nghị của chi bộ trong kỳ kế tiếp", "Sơ kết một năm thực hiện Nghị quyết",
)  # fmt: skip

TELLS, AIMS = "Chỉ nêu tình hình, không giao việc cho ai.", "Quan điểm, mục tiêu chung; việc cụ thể ở phần III."
TOLD = {"Kết quả": TELLS, "Hạn chế": TELLS, "Nguyên nhân": TELLS, "Quan điểm": AIMS, "Mục tiêu chung": AIMS}


def thematic_of(world: World) -> Resolution:
    """The resolution as it stands in the database now."""
    rows = Resolution.objects.select_related("organisation__kind", "document", "workshop")
    return rows.get(workshop=world["workshop"], organisation=world["town"])


def bodies_of(town) -> dict[str, Organisation]:
    return {row.name.removesuffix(" Thị ủy"): row for row in Organisation.objects.filter(parent=town, kind__is_body=True)}  # fmt: skip


def build_thematic(world: World) -> None:
    """Sent out, revised, voted on, signed and numbered; what the earlier invented resolution left over ends with it."""
    office, row = world["vanphong"], thematic_of(world)
    edit_resolution(row, by=office, signer_name="Nguyễn Văn Mẫu", signer_position="BÍ THƯ")
    with standing_at(dt.date(2021, 1, 20)):
        row = to_vote(row, by=office, voted_on=DATED)
    row = adopt_resolution(row, by=office, base=11, in_favour=11, on=DATED)
    _put_words_right(world, row)
    row = issue_resolution(to_sign(row, by=office), by=office, dated=DATED)
    row = thematic_of(world)
    _carry(world, row)
    _replace_earlier(world, row)


def _put_words_right(world: World, row: Resolution) -> None:
    """One edit between vote and signature: the ground says whose conclusion it was; a second person read it again."""
    fuller = row.bases.replace("kết luận tại", "kết luận của đồng chí Bí thư Thị ủy tại")
    edit = edit_frame(row, "bases", by=world["vanphong"], text=fuller, why="Ghi rõ kết luận của ai (giả lập).")
    check_edit(edit, by=world["bantochuc"], agrees=True)


def _carry(world: World, row: Resolution) -> None:
    office, town, bodies = world["vanphong"], world["town"], bodies_of(world["town"])
    clause = {one.heading: one for one in row.clauses.exclude(heading="")}
    last = list(row.clauses.filter(level=Level.PARAGRAPH).order_by("order"))
    organising, desk, inspection = bodies["Ban Tổ chức"], bodies["Văn phòng"], bodies["Ủy ban Kiểm tra"]
    common = {"by": office, "resolution": row, "responsible": organising, "first_year": 2021, "last_year": 2025, "is_synthetic": True}  # fmt: skip
    attendance = targets.set_target(text="Tỷ lệ đảng viên dự sinh hoạt chi bộ hằng năm trên 85%", clause=clause[TARGET], feed=Feed.ATTENDANCE, cycle=Cycle.YEAR, goal=(Comparator.ABOVE, 85, None), **common)  # fmt: skip
    targets.set_target(text="Mỗi quý 100% chi bộ có sinh hoạt chuyên đề", clause=clause[THEME], feed=Feed.THEMATIC, cycle=Cycle.QUARTER, goal=(Comparator.EQUAL, 100, None), **common)  # fmt: skip
    targets.set_target(
        text="Hằng năm từ 90% bí thư, phó bí thư chi bộ trở lên được bồi dưỡng", clause=clause[CHAIR], cycle=Cycle.YEAR, measured_at=MeasuredAt.BASE,
        numerator_is="bí thư, phó bí thư đã dự lớp", denominator_is="bí thư, phó bí thư chi bộ", goal=(Comparator.AT_LEAST, 90, None), **common,
    )  # fmt: skip
    congress = Resolution.objects.filter(organisation=town, signing=Signing.CONGRESS, document__isnull=False).first()
    if congress:
        above = congress.targets.order_by("pk").first()
        reviews.link_target(attendance, by=office, serves=above)
        kept = [one.resolution for one in above.supports.select_related("resolution")]
        reviews.link_target(above, by=office, resolutions=[*kept, row])
    _give(world, row, clause, last, organising, desk, inspection)
    for one in last:  # the situation, the views, the aim as a whole: told, not given to anybody
        if not (one.targets.exists() or one.duties.exists()) and (reason := TOLD.get(one.heading)):
            mark_told_only(one, by=office, reason=reason)
    for level, depth, due in (("base", "study", (2, 28)), ("cell", "study", (4, 15)), ("base", "spread", (4, 30))):
        plan_study(
            by=office, resolution=row, level=level, depth=depth, due_on=dt.date(2021, *due), note="Toàn văn Nghị quyết"
        )


def _give(world, row, clause, last, organising, desk, inspection) -> None:
    office, town = world["vanphong"], world["town"]

    def give(where, lead, title, due_on, product, post, **more):
        return duties.give_duty(
            by=office, resolution=row, clause=where, lead=lead, title=title, due_on=due_on, product=product, lead_post=post,
            given_on=GIVEN, **CLEAR, **more,
        )  # fmt: skip

    with standing_at(GIVEN):
        give(clause[PREPARE], organising, GUIDE, dt.date(2021, 3, 15), "Hướng dẫn", "Trưởng ban", helpers=[desk])
        give(clause[CHAIR], organising, COURSE, dt.date(2021, 6, 30), "Lớp bồi dưỡng", "Phó Trưởng ban")
        give(clause[THEME], organising, MODELS, dt.date(2021, 5, 31), "Báo cáo kết quả sinh hoạt điểm", "Trưởng ban")
        give(clause[FOLLOW], desk, SCHEDULE, dt.date(2021, 2, 28), "Lịch dự sinh hoạt", "Chánh Văn phòng")
        give(
            clause[FOLLOW], town, PETITIONS, None, "Văn bản trả lời", "Bí thư", cycle=Cycle.QUARTER, reported_by="base"
        )
        give(clause[PREPARE], town, MONTHLY, None, "Biên bản họp chi ủy", "Bí thư", cycle=Cycle.QUARTER, reported_by="base")  # fmt: skip
        give(clause[REVIEW], organising, PLAN, dt.date(2021, 12, 31), "Báo cáo sơ kết", "Trưởng ban", helpers=[desk])
        give(last[-2], inspection, CHECK, dt.date(2021, 10, 31), "Thông báo kết quả giám sát", "Chủ nhiệm")


def _replace_earlier(world: World, row: Resolution) -> None:
    """The invented resolution of 2020 is replaced; what it still had open is closed with its reason."""
    office = world["vanphong"]
    earlier = Resolution.objects.filter(organisation=world["town"], signing=Signing.STANDING, document__isnull=False, dated__lt=DATED)  # fmt: skip
    for one in earlier:
        apply_paper(one, by=office, document=row.document, effect=Life.REPLACED, note="Việc còn lại tiếp tục ở nghị quyết mới (giả lập).")  # fmt: skip
        for duty in Duty.objects.unfinished().filter(resolution=one):
            duties.cancel_duty(duty, by=office, reason="Nghị quyết được thay thế; việc tiếp tục ở nghị quyết mới (giả lập).")  # fmt: skip
