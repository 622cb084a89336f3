"""Kỳ Nam's chain of spring 2021 in the demo world: study of every member, spreading, the meetings of April, taking over.

Published: the commune's committee had 100 % of its members study the resolution and spread it through Mặt trận and the
mass organisations; in April 2021 all cells met on it at the same time. Days, words and other units' figures are invented.
"""

import datetime as dt
import random

from chibo.models import Member
from hoithao.demo_later import MODEL, PLAIN, meet_in_april, put_off_seminar, tell_months
from kyanh_portal.demo.world import SEED, World, standing_at
from nghiquyet.choices import CheckState, Depth, LineState, StudyForm, Taken
from nghiquyet.demo_thematic import GUIDE, SCHEDULE, thematic_of
from nghiquyet.models import Duty, ProgressReport, Resolution, Supervision
from nghiquyet.services import duties, progress, studies, supervisions
from nghiquyet.services.drafting import draft_from_meeting, edit_clause, empty_parts
from nghiquyet.services.issuing import adopt_resolution, issue_resolution

MONTHS = [dt.date(2021, month, 1) for month in range(1, 5)]
CELL_WORDS = "Thực hiện theo kết luận của buổi sinh hoạt tháng 4; chi ủy kiểm điểm kết quả vào kỳ sau (giả lập)."
DONE = ["Chi ủy các chi bộ họp trước kỳ sinh hoạt, có biên bản.", "Các kiến nghị đã được trả lời bằng văn bản."]


def build_spring(world: World) -> None:
    """From the study in February to the cells' own resolutions in April, and the first quarter's reports."""
    row = thematic_of(world)
    put_off_seminar(world["vanphong"])
    commune = next(base for base in world["bases"] if base.short_name == "Kỳ Nam")
    cells = [cell for cell in world["cells"] if cell.parent_id == commune.pk]
    tell_months(world, MONTHS, but={(cell.pk, MONTHS[-1]) for cell in cells})
    _study(world, row, commune, cells)
    held = meet_in_april(world, commune, cells)
    _own_resolutions(world, row, held)
    _take_over(world, row, commune, cells)
    _first_duties(world, row)
    _close_supervision(world)
    report_quarter(world, row, dt.date(2021, 4, 2), silent=3)


def _study(world: World, row, commune, cells) -> None:
    office, rng = world["vanphong"], random.Random(SEED + 2021)  # noqa: S311 - a story, not a secret
    sizes = {cell.pk: Member.objects.filter(organisation=cell).count() for cell in world["cells"]}

    def session(organisation, day, summoned, attended, **more):
        fields = {"form": StudyForm.GATHERED, "presenter": "Bí thư Đảng ủy", **more}
        studies.record_session(
            by=office, resolution=row, organisation=organisation, held_on=day, summoned=summoned, attended=attended,
            is_synthetic=True, **fields,
        )  # fmt: skip

    everybody = sum(sizes[cell.pk] for cell in cells)
    session(
        commune,
        dt.date(2021, 2, 25),
        everybody,
        everybody,
        followed_by="Kế hoạch của Ban Thường vụ Đảng ủy xã (giả lập)",
    )
    session(
        commune, dt.date(2021, 3, 10), 200, 200, depth=Depth.SPREAD, presenter="Mặt trận Tổ quốc và các đoàn thể xã"
    )
    for base in world["bases"]:
        below = [cell for cell in world["cells"] if cell.parent_id == base.pk or cell.pk == base.pk]
        if base.pk == commune.pk or rng.random() < 0.1:
            continue
        number = sum(sizes[cell.pk] for cell in below)
        session(base, dt.date(2021, 2, rng.randint(22, 26)), number, number - rng.randint(0, number // 20))
        if rng.random() < 0.8:
            session(
                base,
                dt.date(2021, 4, rng.randint(1, 9)),
                100,
                rng.randint(80, 100),
                depth=Depth.SPREAD,
                presenter="Ban Tuyên giáo Đảng ủy",
            )
    for cell in world["cells"]:
        number, mine = sizes[cell.pk], cell in cells
        if cell in world["bases"]:
            continue  # a cell right below the town: told above
        if mine or rng.random() < 0.8:
            attended = number if mine else number - rng.randint(0, number // 10)
            session(cell, dt.date(2021, 3, 5), number, attended, form=StudyForm.CELL_MEETING, presenter="Bí thư chi bộ")


def _own_resolutions(world: World, row: Resolution, held) -> None:
    """Two cells turn their meeting of April into a resolution of their own: the lowest link of the chain."""
    office = world["vanphong"]
    duty = row.duties.filter(reported_by="base").first()
    for name in (MODEL, PLAIN):
        meeting = type(held[name]).objects.select_related("organisation__kind", "kind", "minutes__document").get(pk=held[name].pk)  # fmt: skip
        own = draft_from_meeting(meeting, by=office)
        for clause in empty_parts(own.clauses.all()):
            edit_clause(clause, by=office, text=CELL_WORDS)
        figures = meeting.minutes.figures
        own = adopt_resolution(own, by=office, meeting=meeting, base=figures["vote_base"], in_favour=figures["vote_present"], on=meeting.held_on)  # fmt: skip
        own = issue_resolution(own, by=office, dated=meeting.held_on + dt.timedelta(days=2))
        for point in ({"duty": duty}, {"target": row.targets.first()}):
            studies.take_point(
                by=office, resolution=row, organisation=meeting.organisation, taken=Taken.DONE, own_resolution=own,
                is_synthetic=True, **point,
            )  # fmt: skip


def _take_over(world: World, row: Resolution, commune, cells) -> None:
    office, rng = world["vanphong"], random.Random(SEED + 2022)  # noqa: S311 - a story, not a secret
    points = [{"target": one} for one in row.targets.order_by("pk")] + [{"duty": one} for one in row.duties.exclude(cycle="").order_by("pk")]  # fmt: skip
    paper = "Nghị quyết tháng 4 của chi bộ: việc cụ thể, tên đảng viên phụ trách (giả lập)"
    for cell in world["cells"]:
        if cell.name in (MODEL, PLAIN) and cell in cells:
            continue
        mine = cell in cells
        if mine or rng.random() < 0.5:
            for point in points if mine else points[:2]:
                studies.take_point(by=office, resolution=row, organisation=cell, taken=Taken.DONE, paper=paper, is_synthetic=True, **point)  # fmt: skip
        elif rng.random() < 0.1:
            studies.take_point(
                by=office, resolution=row, organisation=cell, taken=Taken.NOT_APPLICABLE, is_synthetic=True, target=points[1]["target"],
                reason="Đơn vị trực sẵn sàng chiến đấu, sinh hoạt chuyên đề theo quy định của ngành (giả lập)",
            )  # fmt: skip


def _first_duties(world: World, row: Resolution) -> None:
    """The schedule came in time, the guidance a few days late: late stays late."""
    office, staff = world["vanphong"], world["bantochuc"]
    for title, day, by in ((SCHEDULE, dt.date(2021, 2, 26), office), (GUIDE, dt.date(2021, 3, 22), staff)):
        with standing_at(day):
            duty = row.duties.get(title=title)
            duties.submit_duty(duty, by=by, note="Đã ban hành, gửi các tổ chức cơ sở đảng (giả lập).", on=day)
            duties.accept_duty(duty, by=world["thuongvu"] if by == office else office)


def _close_supervision(world: World) -> None:
    """What the supervision of 2020 asked for is done; its dossier closes."""
    user = world["kiemtra"]
    for check in Supervision.objects.filter(state=CheckState.REMEDY):
        for duty in Duty.objects.unfinished().filter(supervision=check).select_related("lead"):
            with standing_at(dt.date(2021, 1, 12)):
                duties.submit_duty(
                    duty, by=world["bantochuc"], note="Báo cáo khắc phục (giả lập).", on=dt.date(2021, 1, 12)
                )
                duties.accept_duty(duty, by=user)
        supervisions.advance(check, by=user, state=CheckState.CLOSED, on=dt.date(2021, 1, 20))


def report_quarter(world: World, row: Resolution, day: dt.date, *, silent: int) -> None:
    """The reports of the quarter just ended: opened, sent and received, but for a few who keep silent."""
    office = world["vanphong"]
    with standing_at(day):
        progress.open_reports(row, day)
        reports = list(ProgressReport.objects.current().filter(resolution=row, state="open").select_related("organisation").order_by("pk"))  # fmt: skip
        reports.sort(
            key=lambda report: report.organisation.short_name != "Kỳ Nam"
        )  # the commune of the story is not silent
        for place, report in enumerate(reports[: len(reports) - silent]):
            lines = {}
            for line in report.lines.select_related("target"):
                if line.duty_id:
                    state = LineState.MOVING if (place + day.month) % 7 == 0 else LineState.DONE
                    lines[line.pk] = {"state": state, "text": line.text or DONE[line.pk % 2]}
                elif not line.is_prefilled:
                    lines[line.pk] = {"numerator": 18 if place % 5 else 17, "denominator": 20}
            progress.write_report(report, by=office, summary=report.summary, lines=lines)
            if progress.wanting(report):
                continue
            progress.receive_report(progress.send_report(report, by=office), by=office)
