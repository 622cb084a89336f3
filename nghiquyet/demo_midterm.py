"""The middle of the term in the demo world: yearly figures, 2022 by its reports, the first half of 2023, the mid-term reviews.

Published of these years is one thing only: the output of the first half of 2022 (a local paper of 2022), kept as a quote.
Every other figure, the conference and the reviews are invented, and labelled so. The cells' meetings of 2022 are not told:
the year's attendance stands as the responsible body put it together, beside "chưa có số liệu" of the portal.
"""

import datetime as dt

from hoithao.demo_later import hold_midterm, tell_months
from kyanh_portal.demo.world import World, standing_at
from nghiquyet.choices import Cycle, Forecast, Level, Measure, MeasuredAt, ReviewSort, TimeLogic
from nghiquyet.demo_congress import congress_of
from nghiquyet.demo_ky_nam import report_quarter
from nghiquyet.demo_living import CLEAR
from nghiquyet.demo_thematic import bodies_of, thematic_of
from nghiquyet.figures.targets import follow
from nghiquyet.services import duties, reviews, targets

MIDTERM = dt.date(2023, 6, 30)
HALF_YEAR = [dt.date(2023, month, 1) for month in range(1, 7)]
# day the quarter's reports come in → how many units stay silent
QUARTERS = {
    dt.date(2022, 4, 2): 3, dt.date(2022, 7, 2): 2, dt.date(2022, 10, 2): 2, dt.date(2023, 1, 3): 1, dt.date(2023, 4, 3): 4,
}  # fmt: skip
MODELS_HELD = {2020: 3, 2021: 3, 2022: 4}
LATER_MODELS = {2023: 5, 2024: 4}
TOGETHER = "Tổng hợp báo cáo năm của các tổ chức cơ sở đảng (giả lập)"
AS_HELD = "Đánh giá theo các kỳ đã họp (giả lập)"
OUTPUT = "Giá trị sản xuất toàn thị xã hằng năm (chỉ tiêu giả lập; mức của Đại hội chưa tìm thấy công bố)"
SOURCE = "6 tháng đầu năm 2022, giá so sánh 2010: 29.488 tỷ đồng, bằng 31,46% kế hoạch năm và 98,86% cùng kỳ, theo báo chí năm 2022"
REVIEW, COURSE, PAPERLESS = (
    "Sơ kết giữa kỳ thực hiện Nghị quyết", "Bồi dưỡng bí thư, phó bí thư chi bộ mới được bầu", "Rà soát việc trả lời kiến nghị của chi bộ năm 2022",
)  # fmt: skip


def build_midterm(world: World) -> None:
    """Reports of 2022, figures by year, the half-year of 2023, and both mid-term reviews by chỉ tiêu phân kỳ."""
    office, row, congress = world["vanphong"], thematic_of(world), congress_of(world)
    for day, silent in QUARTERS.items():
        report_quarter(world, row, day, silent=silent)
    _give(world, row)
    tell_months(world, HALF_YEAR)
    _congress_figures(office, congress)
    attendance = row.targets.get(feed="attendance")
    _as_reported(office, attendance, 2022)
    targets.forecast_target(attendance, by=office, forecast=Forecast.LIKELY, why="Hai năm đầu đạt, nền nếp giữ ổn định (giả lập)")  # fmt: skip
    reviews.draft_review(row, by=office, day=MIDTERM, sort=ReviewSort.MID)
    reviews.draft_review(congress, by=office, day=MIDTERM, sort=ReviewSort.MID)
    hold_midterm(world)


def _congress_figures(office, congress) -> None:
    town = congress.organisation
    meetings, models, city = (
        congress.targets.get(feed="attendance"), congress.targets.get(unit="mô hình"), congress.targets.get(measure=Measure.MILESTONE)
    )  # fmt: skip
    for year, held in MODELS_HELD.items():
        targets.record_figure(models, by=office, organisation=town, day=dt.date(year, 12, 31), numerator=held, reason=TOGETHER)  # fmt: skip
    _as_held(office, meetings, 2021)
    _as_reported(office, meetings, 2022)
    targets.forecast_target(city, by=office, forecast=Forecast.HARD, why="Hồ sơ đang lập, phụ thuộc chủ trương của cấp trên (giả lập)")  # fmt: skip
    output = targets.set_target(
        by=office, resolution=congress, clause=congress.clauses.filter(level=Level.PARAGRAPH).last(), text=OUTPUT, responsible=town,
        first_year=2021, last_year=2025, cycle=Cycle.YEAR, measured_at=MeasuredAt.OWN, measure=Measure.NUMBER, unit="tỷ đồng",
        time_logic=TimeLogic.BY_YEAR, source="Báo cáo của Ủy ban nhân dân thị xã", is_synthetic=True,
    )  # fmt: skip
    targets.quote_figure(output, by=office, day=dt.date(2022, 6, 30), numerator=29488, source=SOURCE)


def _as_held(office, target, year: int) -> None:
    """A few cells missed a month: the year is judged by what was held; the computed value stays beside."""
    day = dt.date(year, 1, 1)
    strip = follow([target], target.resolution.organisation, MIDTERM)[target.pk].strip
    sums = next(sums for sums, _ in strip if sums.period == day)
    targets.override_figure(
        target, by=office, day=day, numerator=sums.numerator, denominator=sums.denominator, reason=AS_HELD
    )


def _as_reported(office, target, year: int) -> None:
    """A year whose meetings are not in the portal: plain round numbers of the responsible body, with the reason."""
    targets.override_figure(target, by=office, day=dt.date(year, 1, 1), numerator=45_000, denominator=50_000, reason=TOGETHER)  # fmt: skip


def report_last_years(world: World) -> None:
    """2023 and 2024 by their yearly reports, before the closing evaluation."""
    office, congress = world["vanphong"], congress_of(world)
    for year, held in LATER_MODELS.items():
        targets.record_figure(
            congress.targets.get(unit="mô hình"), by=office, organisation=congress.organisation, day=dt.date(year, 12, 31),
            numerator=held, reason=TOGETHER,
        )  # fmt: skip
        for target in (congress.targets.get(feed="attendance"), thematic_of(world).targets.get(feed="attendance")):
            _as_reported(office, target, year)


def _give(world: World, row) -> None:
    """Three duties of 2023: one done in time, one running, one late."""
    office, staff = world["vanphong"], world["bantochuc"]
    organising, desk = (bodies_of(world["town"])[name] for name in ("Ban Tổ chức", "Văn phòng"))
    clauses = list(row.clauses.filter(level=Level.PARAGRAPH).order_by("order"))

    def give(lead, title, due_on, product, post):
        return duties.give_duty(
            by=office, resolution=row, clause=clauses[-1], lead=lead, title=title, due_on=due_on, product=product, lead_post=post,
            given_on=dt.date(2023, 2, 6), **CLEAR,
        )  # fmt: skip

    with standing_at(dt.date(2023, 2, 6)):
        review = give(organising, REVIEW, dt.date(2023, 6, 30), "Báo cáo sơ kết", "Trưởng ban")
        course = give(organising, COURSE, dt.date(2023, 8, 31), "Lớp bồi dưỡng", "Phó Trưởng ban")
        late = give(desk, PAPERLESS, dt.date(2023, 5, 31), "Báo cáo rà soát", "Chánh Văn phòng")
    with standing_at(dt.date(2023, 5, 15)):
        duties.note_progress(course, by=staff, note="Đã có danh sách, chọn ngày mở lớp (giả lập).", percent=40)
        duties.note_progress(late, by=office, note="Còn hai đảng ủy chưa gửi số liệu (giả lập).", percent=70)
    with standing_at(dt.date(2023, 6, 26)):
        duties.submit_duty(review, by=staff, note="Dự thảo báo cáo sơ kết giữa kỳ (giả lập).", on=dt.date(2023, 6, 26))
        duties.accept_duty(review, by=office)
