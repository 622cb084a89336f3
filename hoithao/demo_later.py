"""Meetings of the demo world after 2020: the same cells month by month, Kỳ Nam's meetings of April 2021, one conference.

Published are the months, which villages of Kỳ Nam held which meeting and who came (by post), and the conference of
06/01/2022; days, words and figures are invented.
"""

import datetime as dt
import random

from chibo.choices import Standing
from hoithao.choices import KindCode, Status
from hoithao.demo import Year
from hoithao.frames import Books
from hoithao.models import Meeting, MeetingKind
from hoithao.services.meetings import cancel_meeting
from hoithao.services.programmes import draw_lesson, open_programme
from hoithao.services.tallies import recount_all
from hoithao.services.whole import record_whole_meeting
from kyanh_portal.base.calendar import at_local, month_start
from kyanh_portal.demo.world import SEED, World

APRIL = dt.date(2021, 4, 1)
TOGETHER = dt.date(2021, 4, 3)
MODEL, PLAIN, ATTENDED = "Chi bộ thôn Minh Đức", "Chi bộ thôn Tân Thành", "Chi bộ thôn Tân Tiến"
AGENDA = [
    "Thông tin thời sự tháng 3 năm 2021; lịch bầu cử các cấp.",
    "Bàn việc thực hiện Nghị quyết 02-NQ/ThU: chỉ rõ mặt mạnh, mặt yếu, nguyên nhân (nội dung giả lập).",
]
SAID = [
    "Mặt mạnh của chi bộ là họp đúng ngày, đảng viên dự đông; mặt yếu là nội dung còn dàn trải.",
    "Nguyên nhân chủ quan: chi ủy chưa gửi nội dung trước, đảng viên chưa chuẩn bị ý kiến.",
    "Đề nghị mỗi quý chọn một chuyên đề sát việc của thôn, giao hai đồng chí chuẩn bị.",
    "Phân công đảng viên giúp hộ khó khăn phải kiểm điểm hằng tháng.",
]
CONCLUSION = (
    "Chi ủy họp trước ngày 03 hằng tháng, gửi nội dung cho đảng viên trước một ngày.\n"
    "Mỗi quý một kỳ sinh hoạt chuyên đề; quý II bàn chỉnh trang khu dân cư.\n"
    "Mỗi đảng viên nhận giúp một hộ, báo kết quả tại kỳ sau."
)
REVIEW_AGENDA = [
    "Báo cáo tổng kết công tác xây dựng Đảng, nhiệm vụ chính trị năm 2021; sơ kết một năm thực hiện Nghị quyết 02-NQ/ThU.",
    "Thảo luận của đại diện các tổ chức cơ sở đảng (nội dung giả lập).",
]
REVIEW_CONCLUSION = (
    "Nhận thức, trách nhiệm và kỹ năng của cấp ủy cơ sở, bí thư, phó bí thư, chi ủy và đảng viên được nâng lên; trình tự, "
    "phương pháp sinh hoạt bước đầu có chuyển biến (theo báo chí tháng 01/2022).\n"
    "Năm 2022 tiếp tục thực hiện Nghị quyết, chú trọng sinh hoạt chuyên đề và việc dự sinh hoạt của cấp ủy viên (giả lập)."
)
MIDTERM_AGENDA = [
    "Báo cáo sơ kết giữa kỳ thực hiện Nghị quyết Đại hội nhiệm kỳ 2020 - 2025 theo chỉ tiêu phân kỳ (giả lập).",
    "Báo cáo sơ kết giữa kỳ thực hiện Nghị quyết 02-NQ/ThU; thảo luận (nội dung giả lập).",
]
MIDTERM_CONCLUSION = (
    "Chỉ tiêu có mức phân kỳ thì đánh giá theo mức ấy; chỉ tiêu chưa có mức ghi rõ là chưa đến kỳ (giả lập).\n"
    "Sáu tháng cuối năm 2023: mở lớp cho bí thư, phó bí thư mới; các đảng ủy trả lời hết kiến nghị còn chậm (giả lập)."
)


class Later(Year):
    """The cells' ordinary months after the first year: no town-wide rounds, no scores."""

    def __init__(self, world: World, months: list[dt.date], but=()):
        first = months[0]
        self.world, self.rng = world, random.Random(SEED + first.year * 100 + first.month)  # noqa: S311 - a story
        self.kinds = {kind.code: kind for kind in MeetingKind.objects.prefetch_related("template")}
        self.templates = {code: list(kind.template.all()) for code, kind in self.kinds.items()}
        self.months, self.but, self.books, self.scores = months, set(but), Books(), self
        self.open_month = months[-1] if world.until and months[-1] == month_start(world.until) else None
        self.model_cells, self.rounds, self.thematic_model, self.after_conference = {}, {}, None, None

    def scorer(self, *_):
        """Nobody scores these meetings."""
        return

    def record(self, cell, members, terms, code, month, is_model, share) -> None:
        if (cell.pk, month) not in self.but:
            super().record(cell, members, terms, code, month, is_model, share)


def tell_months(world: World, months: list[dt.date], but=()) -> None:
    """Meetings of every cell in these months, but for those told on their own."""
    later = Later(world, months, but)
    for cell in world["cells"]:
        later.cell(cell)
    recount_all(months)


def put_off_seminar(office) -> None:
    """The seminar planned for January 2021 was not held, so that nobody is asked for its papers years later."""
    planned = Meeting.objects.filter(
        kind__code=KindCode.WORKSHOP, status=Status.PLANNED, starts_at__lt=at_local(APRIL, 0)
    )
    for meeting in planned:
        cancel_meeting(
            meeting, by=office, reason="Dừng để phòng, chống dịch, chuyển thành tài liệu gửi các chi bộ (giả lập)."
        )


def meet_in_april(world: World, commune, cells) -> dict[str, Meeting]:
    """All cells of Kỳ Nam at the same time on the resolution: one is the model meeting, one has the town's team with it."""
    programme = open_programme(
        by=None, organisation=commune, name="Sinh hoạt điểm của Đảng ủy xã Kỳ Nam, tháng 4 năm 2021 (giả lập)",
        starts_on=APRIL, ends_on=dt.date(2021, 4, 30), months=[APRIL], is_synthetic=True,
    )  # fmt: skip
    later, held = Later(world, [APRIL]), {}
    for cell in cells:
        held[cell.name] = _april(later, cell, programme.rounds.get() if cell.name == MODEL else None)
    recount_all([APRIL])
    draw_lesson(
        held[MODEL], by=None, worked="Bí thư nêu ba câu hỏi gợi ý, đảng viên nói thẳng mặt yếu của chi bộ.",
        lacking="Biên bản ghi chưa kịp các ý kiến cuối.", repeat="Gửi câu hỏi gợi ý trước ba ngày.", is_synthetic=True,
    )  # fmt: skip
    return held


def _april(later: Later, cell, in_round) -> Meeting:
    members = later.members(cell)
    starts_at, people = at_local(TOGETHER, 19, 30), members[2 : 2 + len(SAID)]
    called = [m for m in members if m.joined_on <= TOGETHER]
    voters = sum(1 for m in called if m.standing_on(TOGETHER) == Standing.OFFICIAL)
    return record_whole_meeting(
        by=None, organisation=cell, kind=later.kinds[KindCode.REGULAR], month=APRIL, starts_at=starts_at,
        ended_at=starts_at + dt.timedelta(minutes=105), place=cell.meeting_place, chair=members[0], secretary=members[1],
        guests="Tổ trưởng Tổ công tác của Thị ủy tại Kỳ Nam" if cell.name == ATTENDED else "",
        contributions=[{"member": m, "text": text, "sort": "opinion"} for m, text in zip(people, SAID, strict=False)],
        votes=[{"subject": "Thông qua kết luận tháng 4", "in_favour": voters, "blank": 0}], conclusion=CONCLUSION,
        agenda_texts=AGENDA, is_model=in_round is not None, round=in_round, members=called,
        fee_note=f"{voters}/{voters} đồng chí đã nộp tháng 4", counts=False, is_synthetic=True,
    ).meeting  # fmt: skip


def hold_review(world: World) -> Meeting:
    """The conference of 06/01/2022: the year's work, and one year of the resolution."""
    starts_at = at_local(dt.date(2022, 1, 6), 8)
    return record_whole_meeting(
        by=None, organisation=world["town"], kind=MeetingKind.objects.get(code=KindCode.CONFERENCE), month=dt.date(2022, 1, 1),
        starts_at=starts_at, ended_at=starts_at + dt.timedelta(hours=3, minutes=30), place="Hội trường Thị ủy",
        theme="tổng kết công tác năm 2021, sơ kết một năm thực hiện Nghị quyết 02-NQ/ThU", chair_post="Bí thư Thị ủy",
        secretary_post="Chánh Văn phòng Thị ủy", guests="Phó Bí thư Thường trực Tỉnh ủy", agenda_texts=REVIEW_AGENDA,
        conclusion=REVIEW_CONCLUSION, is_synthetic=True,
    ).meeting  # fmt: skip


def hold_midterm(world: World) -> Meeting:
    """An invented conference in the middle of the term: both mid-term reviews on its table."""
    starts_at = at_local(dt.date(2023, 6, 29), 8)
    return record_whole_meeting(
        by=None, organisation=world["town"], kind=MeetingKind.objects.get(code=KindCode.CONFERENCE), month=dt.date(2023, 6, 1),
        starts_at=starts_at, ended_at=starts_at + dt.timedelta(hours=3), place="Hội trường Thị ủy",
        theme="sơ kết giữa nhiệm kỳ 2020 - 2025 (giả lập)", chair_post="Bí thư Thị ủy", secretary_post="Chánh Văn phòng Thị ủy",
        agenda_texts=MIDTERM_AGENDA, conclusion=MIDTERM_CONCLUSION, is_synthetic=True,
    ).meeting  # fmt: skip
