"""The story after 2020, told only in a world that stands at a later day: the resolution, Kỳ Nam, sơ kết, the end.

See docs/decisions/0035-later-days-of-the-story.md.
"""

import datetime as dt

from django.conf import settings

from chibo.choices import Role
from chibo.models import Organisation
from chibo.services.accounts import open_account
from chibo.services.faces import settle
from chibo.services.roles import grant_role
from hoithao.demo_later import hold_review, tell_months
from kyanh_portal.demo.world import PASSWORD, World, add_chapter, standing_at, tell_account
from nghiquyet.choices import Forecast, ReviewSort
from nghiquyet.demo_congress import congress_of
from nghiquyet.demo_ky_nam import build_spring, report_quarter
from nghiquyet.demo_midterm import MIDTERM, build_midterm, report_last_years
from nghiquyet.demo_thematic import COURSE, MODELS, PLAN, build_thematic, thematic_of
from nghiquyet.figures.targets import follow
from nghiquyet.models import Resolution
from nghiquyet.services import duties, reviews, targets

SPRING, REVIEWED, LAST_DAY, AFTER = (
    dt.date(2021, 4, 12),
    dt.date(2022, 1, 10),
    dt.date(2025, 6, 30),
    dt.date(2025, 7, 1),
)
REST_OF_2021 = [*[dt.date(2021, month, 1) for month in range(5, 13)], dt.date(2022, 1, 1)]
LAST_MONTHS = [dt.date(2025, month, 1) for month in range(1, 7)]
ENDED = "Đảng bộ thị xã kết thúc hoạt động ngày 30/6/2025; chỉ tiêu không còn chủ thể (kết luận giả lập, chưa có đánh giá công bố)."


def build_review(world: World) -> None:
    """The rest of 2021, the duties' ends, and the conference of 06/01/2022 with its draft report and evaluations."""
    office, staff = world["vanphong"], world["bantochuc"]
    tell_months(world, REST_OF_2021)
    row = thematic_of(world)
    for day, silent in ((dt.date(2021, 7, 2), 2), (dt.date(2021, 10, 2), 2), (dt.date(2022, 1, 2), 4)):
        report_quarter(world, row, day, silent=silent)
    with standing_at(dt.date(2021, 5, 20)):
        course = row.duties.get(title=COURSE)
        duties.receive_duty(course, by=staff)
        request = duties.ask_later(course, by=staff, new_due_on=dt.date(2021, 9, 30), reason="Phòng, chống dịch, chưa mở lớp tập trung (giả lập)")  # fmt: skip
        duties.decide_later(request, by=office, granted=True, paper="Ý kiến Thường trực tại giao ban (giả lập)")
        duties.submit_duty(row.duties.get(title=MODELS), by=staff, note="Báo cáo kết quả sinh hoạt điểm (giả lập).", on=dt.date(2021, 5, 20))  # fmt: skip
        duties.accept_duty(row.duties.get(title=MODELS), by=office)
    with standing_at(dt.date(2021, 12, 28)):
        duties.submit_duty(row.duties.get(title=PLAN), by=staff, note="Dự thảo báo cáo sơ kết trình hội nghị (giả lập).", on=dt.date(2021, 12, 28))  # fmt: skip
        duties.accept_duty(row.duties.get(title=PLAN), by=office)
        duties.submit_duty(row.duties.get(title=COURSE), by=staff, note="Đã mở hai lớp sau khi hết giãn cách (giả lập).", on=dt.date(2021, 12, 20))  # fmt: skip
        duties.accept_duty(row.duties.get(title=COURSE), by=office)
    _set_right(office, row)
    for target in row.targets.filter(feed="attendance"):
        targets.forecast_target(target, by=office, forecast=Forecast.LIKELY, why="Năm đầu đạt, nền nếp giữ ổn định (giả lập)")  # fmt: skip
    reviews.draft_review(row, by=office, day=dt.date(2021, 12, 31), sort=ReviewSort.YEAR)
    reviews.evaluate(congress_of(world), by=office, day=dt.date(2021, 12, 31), sort=ReviewSort.YEAR)
    hold_review(world)


def _set_right(office, row: Resolution) -> None:
    """A few cells missed a month: the responsible body judges the year by what was held; the computed value stays beside."""
    target = row.targets.get(feed="attendance")
    year = dt.date(2021, 1, 1)
    sums = next(sums for sums, _ in follow([target], row.organisation, dt.date(2021, 12, 31))[target.pk].strip if sums.period == year)  # fmt: skip
    targets.override_figure(
        target, by=office, day=year, numerator=sums.numerator, denominator=sums.denominator,
        reason="Đánh giá theo các kỳ đã họp; kỳ không họp xử lý ở chỉ tiêu nền nếp (giả lập)",
    )  # fmt: skip


def build_ending(world: World) -> None:
    """The last half-year, both closing evaluations, and the new wards; 2023 and 2024 stand by their yearly reports."""
    office, row, congress = world["vanphong"], thematic_of(world), congress_of(world)
    with standing_at(LAST_DAY):
        tell_months(world, LAST_MONTHS)
        report_last_years(world)
        for target in congress.targets.filter(measure="milestone"):
            targets.drop_target(target, by=office, why=ENDED)
        reviews.draft_review(row, by=office, day=LAST_DAY, sort=ReviewSort.END)
        reviews.evaluate(congress, by=office, day=LAST_DAY, sort=ReviewSort.END)
        for duty in row.duties.unfinished():
            duties.cancel_duty(duty, by=office, reason="Cấp thị xã kết thúc hoạt động ngày 30/6/2025; các đảng ủy mới tự quyết định việc tiếp theo (giả lập).")  # fmt: skip
    settle(AFTER)
    ward = Organisation.objects.get(name="Đảng bộ phường Sông Trí", valid_from=AFTER)
    user = open_account("songtri", f"Bí thư {ward.name}", PASSWORD, by=None, is_synthetic=True, must_change_password=False)  # fmt: skip
    grant_role(user, Role.COMMITTEE_SECRETARY, ward, AFTER, by=None)


if settings.PORTAL_TODAY and settings.PORTAL_TODAY >= AFTER:
    tell_account("songtri", "Bí thư Đảng bộ phường Sông Trí", "phường mới sau khi kết thúc cấp thị xã")
add_chapter(SPRING, 10, "03/02/2021: Nghị quyết 02-NQ/ThU (lời văn, chỉ tiêu giả lập)", build_thematic)
add_chapter(SPRING, 20, "Mùa xuân 2021: Kỳ Nam quán triệt, sinh hoạt tháng 4", build_spring)
add_chapter(REVIEWED, 30, "2021 và hội nghị sơ kết ngày 06/01/2022", build_review)
add_chapter(
    MIDTERM, 35, "2022 đến giữa 2023: số liệu từng năm, sơ kết giữa kỳ theo chỉ tiêu phân kỳ (giả lập)", build_midterm
)
add_chapter(AFTER, 40, "30/6/2025: tổng kết, kết thúc cấp thị xã, các phường mới", build_ending)
