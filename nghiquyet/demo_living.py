"""An issued resolution of the demo world, alive: targets, duties, study, one supervision. All of it invented, labelled."""

import datetime as dt

from chibo.models import CellType, Organisation
from hoithao.models import Meeting
from kyanh_portal.demo.world import World
from nghiquyet.choices import (
    Comparator,
    Cycle,
    Feed,
    Level,
    LineState,
    Signing,
    Taken,
)
from nghiquyet.demo_drafting import to_sign, to_vote
from nghiquyet.demo_supervision import build_supervision
from nghiquyet.models import ProgressReport
from nghiquyet.services import duties, progress, studies, targets
from nghiquyet.services.drafting import draft_resolution
from nghiquyet.services.issuing import adopt_resolution, issue_resolution
from nghiquyet.services.skeletons import Part
from nghiquyet.services.told_only import mark_told_only
from nghiquyet.services.topics import mark_topics

DATED = dt.date(2020, 10, 1)
TEXT = [
    (Level.SECTION, "Mục tiêu, chỉ tiêu", ""),
    (Level.PARAGRAPH, "", "Tỷ lệ đảng viên dự sinh hoạt hằng tháng đạt trên 85%, không tính đảng viên được miễn công tác và sinh hoạt."),
    (Level.PARAGRAPH, "", "Mỗi chi bộ tổ chức sinh hoạt chuyên đề ít nhất mỗi quý một kỳ."),
    (Level.PARAGRAPH, "", "Tỷ lệ kỳ sinh hoạt xếp loại Tốt tăng dần từng năm."),
    (Level.SECTION, "Nhiệm vụ, giải pháp", ""),
    (Level.PARAGRAPH, "", "Bí thư chi bộ trực tiếp chuẩn bị nội dung; chi uỷ họp thống nhất trước kỳ sinh hoạt."),
    (Level.PARAGRAPH, "", "Phân công cấp uỷ viên dự sinh hoạt với chi bộ; góp ý ngay tại kỳ họp."),
    (Level.PARAGRAPH, "", "Tổ chức sinh hoạt điểm theo từng loại hình chi bộ, rút kinh nghiệm tại chỗ."),
    (Level.PARAGRAPH, "", "Bồi dưỡng kỹ năng điều hành, ghi biên bản cho bí thư, chi uỷ viên."),
    (Level.PARAGRAPH, "", "Tiếp thu, trả lời kiến nghị của chi bộ trong thời hạn quy định."),
    (Level.SECTION, "Tổ chức thực hiện", ""),
    (Level.PARAGRAPH, "", "Hằng năm sơ kết việc thực hiện Nghị quyết."),
    (Level.PARAGRAPH, "", "Nghị quyết này được phổ biến đến chi bộ."),
]  # fmt: skip
TEMPLATES = {
    "thon_tdp": ["3 đến 6 việc cụ thể trong tháng, ghi tên đảng viên phụ trách", "Lịch sinh hoạt chuyên đề từng quý", "Sổ theo dõi việc đã phân công"],
    "co_quan": ["Kế hoạch gắn với nhiệm vụ chuyên môn", "Nhiệm vụ của từng đảng viên", "Lịch sinh hoạt chuyên đề"],
    "truong_hoc": ["Kế hoạch theo năm học", "Nội dung sinh hoạt chuyên đề từng học kỳ"],
    "doanh_nghiep": ["Kế hoạch ngắn theo ca sản xuất", "Chỉ tiêu kết nạp đảng viên"],
}  # fmt: skip
CLEAR = {"leader": "Phó Bí thư Thường trực Thị ủy", "authority": "Thường trực Thị ủy", "is_synthetic": True}


def build_living(world: World) -> None:
    office, town, cells = world["vanphong"], world["town"], world["cells"]
    resolution = _issue(office, town)
    clauses = list(resolution.clauses.filter(level=Level.PARAGRAPH).order_by("order"))
    bodies = {o.name: o for o in Organisation.objects.filter(parent=town, kind__is_body=True)}
    organising, desk, inspection = (
        bodies[f"{name} Thị ủy"] for name in ("Ban Tổ chức", "Văn phòng", "Ủy ban Kiểm tra")
    )
    _targets(office, resolution, clauses, organising)
    _duties(world, resolution, clauses, organising, desk)
    mark_told_only(clauses[9], by=office, reason="Chỉ nói phạm vi phổ biến, không giao việc cho ai.")
    _topics(world, clauses[5])
    _reports(world, resolution)
    _study(world, resolution)
    build_supervision(world, resolution, inspection, cells[1])


def _issue(office, town):
    row = draft_resolution(
        by=office, organisation=town, title="về nâng cao chất lượng sinh hoạt chi bộ trong quý IV năm 2020 và năm 2021 (giả lập)",
        signing=Signing.STANDING, is_thematic=True, parts=[Part(level, heading, text) for level, heading, text in TEXT],
        preamble="Ban Thường vụ Thị uỷ thống nhất:", signer_name="Nguyễn Văn Mẫu", signer_position="BÍ THƯ", is_synthetic=True,
    )  # fmt: skip
    row = adopt_resolution(to_vote(row, by=office, voted_on=DATED), by=office, base=11, in_favour=11, on=DATED)
    row = issue_resolution(to_sign(row, by=office), by=office, dated=DATED)
    return type(row).objects.select_related("organisation__kind").get(pk=row.pk)


def _targets(office, resolution, clauses, organising):
    common = {"by": office, "resolution": resolution, "responsible": organising, "first_year": 2020, "last_year": 2021, "is_synthetic": True}  # fmt: skip
    targets.set_target(text="Tỷ lệ đảng viên dự sinh hoạt trên 85%", clause=clauses[0], feed=Feed.ATTENDANCE, cycle=Cycle.QUARTER, goal=(Comparator.ABOVE, 85, None), **common)  # fmt: skip
    targets.set_target(text="Chi bộ có sinh hoạt chuyên đề trong quý", clause=clauses[1], feed=Feed.THEMATIC, cycle=Cycle.QUARTER, goal=(Comparator.EQUAL, 100, None), **common)  # fmt: skip
    targets.set_target(
        text="Tỷ lệ kỳ sinh hoạt xếp loại Tốt tăng dần từng năm", clause=clauses[2], cycle=Cycle.YEAR, numerator_is="kỳ xếp loại Tốt",
        denominator_is="kỳ được chấm", **common,
    )  # fmt: skip


def _duties(world, resolution, clauses, organising, desk):
    office, organising_user, town = world["vanphong"], world["bantochuc"], world["town"]

    def give(clause, lead, title, due_on=None, product="Kế hoạch", post="Trưởng ban", **more):
        return duties.give_duty(
            by=office, resolution=resolution, clause=clause, lead=lead, title=title, due_on=due_on, product=product,
            lead_post=post, given_on=dt.date(2020, 10, 5), **CLEAR, **more,
        )  # fmt: skip

    guide = give(
        clauses[3], organising, "Hướng dẫn chuẩn bị nội dung theo loại hình chi bộ", dt.date(2020, 11, 30), "Hướng dẫn"
    )
    duties.submit_duty(
        guide, by=organising_user, note="Hướng dẫn theo bốn loại hình chi bộ (giả lập).", on=dt.date(2020, 11, 24)
    )
    duties.accept_duty(guide, by=office)
    give(
        clauses[3],
        town,
        "Chi ủy họp trước kỳ sinh hoạt",
        None,
        "Biên bản họp chi ủy",
        "Bí thư",
        cycle=Cycle.MONTH,
        reported_by="base",
    )
    give(clauses[4], desk, "Lịch dự sinh hoạt của cấp ủy viên", None, "Lịch dự", "Chánh Văn phòng", cycle=Cycle.MONTH)
    model = give(clauses[5], organising, "Kế hoạch sinh hoạt điểm quý I năm 2021", dt.date(2020, 12, 15))
    duties.note_progress(model, by=organising_user, note="Đã có dự thảo, đang xin ý kiến các đảng bộ.", percent=60)
    course = give(
        clauses[6], organising, "Mở lớp bồi dưỡng bí thư, chi ủy viên", dt.date(2020, 11, 30), "Lớp bồi dưỡng"
    )
    duties.receive_duty(course, by=organising_user)
    request = duties.ask_later(
        course, by=organising_user, new_due_on=dt.date(2021, 1, 31), reason="Chờ kinh phí năm 2021."
    )
    duties.decide_later(request, by=office, granted=True, paper="Ý kiến Thường trực tại giao ban")
    duties.raise_obstacle(course, by=organising_user, text="Chưa bố trí kinh phí mở lớp.", proposal="Cấp từ nguồn đào tạo năm 2021.", decider=town)  # fmt: skip
    give(clauses[5], world["cells"][0], "Đăng ký tổ chức sinh hoạt điểm quý I năm 2021", dt.date(2020, 12, 25), "Bản đăng ký", "Bí thư chi bộ")  # fmt: skip
    give(clauses[8], organising, "Sơ kết việc thực hiện Nghị quyết", dt.date(2021, 6, 30), "Báo cáo sơ kết")


def _topics(world, clause):
    """A few cells said of a theme they met on which khoản it serves: pressed on the meeting's page."""
    held = Meeting.objects.filter(organisation__in=world["cells"], status="closed", starts_at__date__gte=DATED)
    for meeting in held.exclude(theme="").select_related("organisation__kind").order_by("-starts_at", "pk")[:6]:
        mark_topics(meeting, by=world["vanphong"], answers={None: clause.pk})


def _reports(world, resolution):
    """November's reports of the base organisations: most received, two silent."""
    office = world["vanphong"]
    progress.open_reports(resolution, dt.date(2020, 12, 2))
    reports = list(
        ProgressReport.objects.filter(resolution=resolution, cycle=Cycle.MONTH).select_related("organisation")
    )
    for i, report in enumerate(reports[2:20]):
        state = LineState.DONE if i % 6 else LineState.MOVING
        lines = {
            line.pk: {"state": state, "text": "Các chi bộ có chi ủy đã họp trước kỳ sinh hoạt."}
            for line in report.lines.all()
        }
        progress.write_report(report, by=office, summary=report.summary, lines=lines)
        report = progress.send_report(report, by=office)
        if i < 15:
            progress.receive_report(report, by=office)


def _study(world, resolution):
    office, cells = world["vanphong"], world["cells"]
    studies.plan_study(
        by=office,
        resolution=resolution,
        level="cell",
        depth="study",
        due_on=dt.date(2020, 12, 31),
        note="Toàn văn Nghị quyết",
    )
    duty = resolution.duties.get(title__startswith="Chi ủy họp")
    for i, cell in enumerate(cells[:8]):
        studies.record_session(
            by=office, resolution=resolution, organisation=cell, held_on=dt.date(2020, 11, 5), form="cell_meeting",
            summoned=20 + i, attended=18 + i, presenter="Bí thư chi bộ", is_synthetic=True,
        )  # fmt: skip
        if i < 4:
            studies.take_point(
                by=office, resolution=resolution, organisation=cell, duty=duty, taken=Taken.DONE,
                paper="Nghị quyết chi bộ tháng 11: chi ủy họp ngày 03 hằng tháng", is_synthetic=True,
            )  # fmt: skip
    types = {kind.code: kind for kind in CellType.objects.all()}
    for code, items in TEMPLATES.items():
        for order, text in enumerate(items, start=1):
            studies.add_template_item(by=office, cell_type=types[code], text=text, order=order, paper="Kế hoạch của chi bộ", valid_from=DATED)  # fmt: skip
