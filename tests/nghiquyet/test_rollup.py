"""The kept sums are what the facts add up to, whatever is sent, returned, corrected or moved, in whatever order."""

import datetime as dt
import threading
from collections import defaultdict
from decimal import Decimal

import pytest
from django.conf import settings as now
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chibo.models import Member, Organisation
from chibo.services.faces import settle
from chibo.services.rearranging import merge, move
from hoithao.services.whole import record_whole_meeting
from kyanh_portal.base.calendar import at_local
from kyanh_portal.base.errors import RuleBroken
from nghiquyet.choices import Cycle, Feed, FigureSort, LineState, MeasuredAt, ReportState
from nghiquyet.figures.periods import period_end
from nghiquyet.figures.targets import follow, rows_behind, units_behind
from nghiquyet.models import DutyTally, ProgressReport, ReportLine, TargetFigure, TargetTally
from nghiquyet.services import progress, rollup
from nghiquyet.services import targets as aims
from tests.factories.chibo import build_committee
from tests.factories.hoithao import closed, kind
from tests.factories.living import duty_of, rate_of, resolution_in_force

NOTE = "QĐ 12-QĐ/ThU, 25/6/2020 (giả lập)"
Q1, APRIL = dt.date(2021, 1, 1), dt.date(2021, 4, 3)
ACTS = ["receive", "receive", "receive", "return", "correct", "lock", "reopen", "figure", "move", "later"]
STATES = [LineState.DONE, LineState.MOVING, LineState.SAME, LineState.NOT_ASSESSED]


def bodies(unit, resolution, period, cycle) -> list[int]:
    """The issuer and the bodies between it and the unit: by the tree at the period's end, today's while it runs."""
    path = unit.path_on(min(period_end(period, cycle), now.PORTAL_TODAY))
    ids = [int(part) for part in path.strip(".").split(".")]
    if unit.pk == resolution.organisation_id:
        return [unit.pk]
    return ids[ids.index(resolution.organisation_id) : -1]


def facts(resolution) -> tuple[dict, dict]:
    """What every line and figure adds up to, one by one."""
    duties, targets = defaultdict(lambda: [0, 0, 0, 0]), defaultdict(lambda: [Decimal(0), Decimal(0), 0, 0])
    lines = ReportLine.objects.filter(report__state__in=[ReportState.RECEIVED, ReportState.LOCKED], duty__isnull=False)
    for line in lines.select_related("report__organisation"):
        report = line.report
        for body in bodies(report.organisation, resolution, report.period, report.cycle):
            duties[line.duty_id, body, report.period][STATES.index(line.state)] += 1
    for figure in TargetFigure.objects.filter(sort=FigureSort.REPORTED).select_related("organisation", "target"):
        for body in bodies(figure.organisation, resolution, figure.period, figure.target.cycle):
            sums = targets[figure.target_id, body, figure.period]
            if figure.is_assessed:
                sums[0], sums[1], sums[2] = sums[0] + figure.numerator, sums[1] + figure.denominator, sums[2] + 1
            else:
                sums[3] += 1
    return dict(duties), dict(targets)


def kept() -> tuple[dict, dict]:
    return (
        {(t.duty_id, t.organisation_id, t.period): [t.done, t.moving, t.same, t.not_assessed] for t in DutyTally.objects.all()},
        {
            (t.target_id, t.organisation_id, t.period): [t.numerator, t.denominator, t.assessed, t.not_assessed]
            for t in TargetTally.objects.all()
        },
    )  # fmt: skip


def rows() -> list:
    return sorted(DutyTally.objects.values_list()) + sorted(TargetTally.objects.values_list())


def write(report, number: int) -> None:
    """Fill an open report, differently for each number, and send it."""
    lines = {}
    for place, line in enumerate(report.lines.order_by("pk")):
        state = STATES[(number + place) % 4]
        if line.duty_id or state == LineState.NOT_ASSESSED:
            lines[line.pk] = {"state": state, "text": "Đã ghi"}
        else:
            lines[line.pk] = {"numerator": Decimal(number), "denominator": Decimal(number + place + 1), "text": "Đã ghi"}  # fmt: skip
    progress.write_report(report, by=None, lines=lines)
    progress.send_report(report, by=None)


def act_on(world, resolution, target, act, choice, number) -> None:
    cell = Organisation.objects.get(pk=[world.cell_a1.pk, world.cell_a2.pk, world.cell_b1.pk][choice % 3])
    reports = ProgressReport.objects.current().filter(organisation=cell).order_by("pk")
    report = reports[choice % reports.count()]
    if act == "receive":
        if report.is_open:
            write(report, number)
        progress.receive_report(report, by=None)
    elif act in ("return", "correct", "reopen"):
        getattr(progress, f"{act}_report")(report, by=None, reason="Đếm lại")
    elif act == "lock":
        progress.lock_report(report, by=None)
    elif act == "figure":
        aims.record_figure(target, by=None, organisation=cell, day=now.PORTAL_TODAY, numerator=number, denominator=number + 3)  # fmt: skip
    elif act == "move":
        ward = world.ward_b if cell.path.startswith(world.ward_a.path) else world.ward_a
        move(cell, Organisation.objects.get(pk=ward.pk), now.PORTAL_TODAY + dt.timedelta(days=number - 40), NOTE, by=None)  # fmt: skip
    else:
        now.PORTAL_TODAY += dt.timedelta(days=number)
        settle(now.PORTAL_TODAY)  # as every night
        progress.open_reports(resolution)


class SumsFollowTheFacts(TestCase):
    """A property over any sequence of acts on reports, figures and the tree."""

    @settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
    @example([("receive", 0, 5), ("lock", 0, 1), ("receive", 0, 9), ("reopen", 0, 1), ("return", 0, 1)])
    @given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 8), st.integers(1, 80)), min_size=4, max_size=14))
    def test_any_sequence_of_acts(self, acts):
        with override_settings(PORTAL_TODAY=APRIL):
            world = build_committee()
            resolution = resolution_in_force(world)
            target = rate_of(resolution, cycle=Cycle.QUARTER)
            for title in ("Chi ủy họp trước", "Gửi biên bản"):
                duty_of(resolution, world.town, title=title, due_on=None, cycle="quarter", reported_by="cell")
            progress.open_reports(resolution)
            for act, choice, number in acts:
                try:
                    act_on(world, resolution, target, act, choice, number)
                except RuleBroken:
                    continue
                assert kept() == facts(resolution), (act, choice, number)
            before = rows()
            assert rollup.rebuild(resolution) == len(before)
            assert rows() == before, "a rebuild of right sums writes nothing, not even new keys"


@pytest.fixture
def quarter(world, settings):
    settings.PORTAL_TODAY = APRIL
    resolution = resolution_in_force(world)
    target = rate_of(resolution, cycle=Cycle.QUARTER)
    duty = duty_of(resolution, world.town, title="Chi ủy họp trước", due_on=None, cycle="quarter", reported_by="cell")
    progress.open_reports(resolution)
    for number, cell in enumerate((world.cell_a1, world.cell_a2, world.cell_b1)):
        report = ProgressReport.objects.get(organisation=cell)
        write(report, number)
        progress.receive_report(report, by=None)
    return resolution, target, duty


def test_a_unit_is_added_up_at_the_issuer_and_between_only(world, quarter):
    _, target, duty = quarter
    places = {world.town.pk, world.ward_a.pk, world.ward_b.pk}
    assert set(DutyTally.objects.filter(duty=duty).values_list("organisation_id", flat=True)) == places
    assert set(TargetTally.objects.filter(target=target).values_list("organisation_id", flat=True)) == places


def test_the_issuer_itself_reports_to_itself(world, quarter):
    resolution, _, _ = quarter
    target = rate_of(resolution, cycle=Cycle.QUARTER, measured_at="own")
    aims.record_figure(target, by=None, organisation=world.town, day=Q1, numerator=3, denominator=4)
    assert TargetTally.objects.get(target=target).organisation_id == world.town.pk
    assert kept() == facts(resolution)


@pytest.mark.parametrize("model", [DutyTally, TargetTally])
def test_wrong_sums_are_counted_again_instead_of_going_below_nothing(world, quarter, model):
    resolution, _, _ = quarter
    model.objects.filter(organisation=world.ward_a).delete()
    progress.return_report(ProgressReport.objects.get(organisation=world.cell_a1), by=None, reason="Đếm lại")
    assert kept() == facts(resolution)


def test_a_locked_report_is_not_received_again_nor_a_sent_one_opened(world, quarter, settings):
    """Either would have taken another's way to "received": once more into the sums, or never."""
    resolution, _, _ = quarter
    report = ProgressReport.objects.get(organisation=world.cell_a1)
    progress.lock_report(report, by=None)
    with pytest.raises(RuleBroken, match="đã gửi"):
        progress.receive_report(report, by=None)
    settings.PORTAL_TODAY = dt.date(2021, 7, 3)
    progress.open_reports(resolution)
    sent = ProgressReport.objects.get(organisation=world.cell_a1, period=dt.date(2021, 4, 1))
    write(sent, 1)
    with pytest.raises(RuleBroken, match="đã khóa"):
        progress.reopen_report(sent, by=None, reason="Đếm lại")
    assert kept() == facts(resolution)


def test_one_period_is_counted_again_without_touching_the_others(world, quarter, settings):
    resolution, target, duty = quarter
    settings.PORTAL_TODAY = dt.date(2021, 7, 3)
    progress.open_reports(resolution)
    report = ProgressReport.objects.get(organisation=world.cell_a1, period=dt.date(2021, 4, 1))
    write(report, 2)
    progress.receive_report(report, by=None)
    right = rows()
    DutyTally.objects.filter(duty=duty).update(moving=7)
    rollup.count_again(resolution, Q1)
    assert set(DutyTally.objects.filter(duty=duty, moving=7).values_list("period", flat=True)) == {dt.date(2021, 4, 1)}
    rollup.rebuild(resolution)
    assert rows() == right


def test_a_move_told_beforehand_changes_the_sums_on_its_day(world, quarter, settings):
    resolution, target, _ = quarter
    settings.PORTAL_TODAY = dt.date(2021, 7, 3)
    aims.record_figure(target, by=None, organisation=world.cell_a1, day=settings.PORTAL_TODAY, numerator=5, denominator=6)  # fmt: skip
    move(world.cell_a1, world.ward_b, dt.date(2021, 8, 1), NOTE, by=None)
    assert kept() == facts(resolution), "told, but its day has not come"
    third = TargetTally.objects.filter(target=target, period=dt.date(2021, 7, 1), assessed=1)
    assert set(third.values_list("organisation_id", flat=True)) == {world.town.pk, world.ward_a.pk}
    aims.record_figure(target, by=None, organisation=world.cell_a1, day=settings.PORTAL_TODAY, numerator=6, denominator=6)  # fmt: skip
    settings.PORTAL_TODAY = dt.date(2021, 8, 1)
    settle(settings.PORTAL_TODAY)
    assert set(third.values_list("organisation_id", flat=True)) == {world.town.pk, world.ward_b.pk}
    assert kept() == facts(resolution)
    first = TargetTally.objects.get(target=target, period=Q1, organisation=world.ward_a)
    assert first.assessed + first.not_assessed == 2, "the first quarter stays where it was reported"


def thematic_meeting(cell, month):
    members = list(Member.objects.on_roll(cell, month)[:3])
    starts_at = at_local(month.replace(day=20), 19, 30)
    return record_whole_meeting(
        by=None, organisation=cell, kind=kind("CHUYEN_DE"), month=month, starts_at=starts_at, ended_at=starts_at + dt.timedelta(minutes=80),
        place="Nhà văn hóa", theme="Học và làm theo Bác", chair=members[0], secretary=members[1], conclusion="Thống nhất làm theo.",
        contributions=[{"member": members[2], "text": "Nhất trí."}], votes=[{"subject": "Thông qua kết luận", "in_favour": 3}],
    )  # fmt: skip


def test_thematic_meetings_count_by_the_tree_of_their_period(world, settings):
    settings.PORTAL_TODAY = dt.date(2021, 9, 1)
    resolution = resolution_in_force(world)
    target = rate_of(resolution, cycle=Cycle.QUARTER, feed=Feed.THEMATIC)
    for cell, month in ((world.cell_a2, 2), (world.cell_a2, 3), (world.cell_b1, 3), (world.cell_a2, 5)):
        thematic_meeting(cell, dt.date(2021, month, 1))
    move(world.cell_a2, world.ward_b, dt.date(2021, 5, 1), NOTE, by=None)
    merge(world.cell_b1, Organisation.objects.get(pk=world.cell_a2.pk), dt.date(2021, 8, 1), NOTE, by=None)

    def told(organisation):
        organisation = Organisation.objects.get(pk=organisation.pk)
        strip = follow([target], organisation, settings.PORTAL_TODAY)[target.pk].strip
        return [(int(sums.numerator), int(sums.denominator)) for sums, _ in strip[:2]]

    assert told(world.town) == [(2, 3), (1, 3)], "each cell once, though A2 met twice and B1 ended since"
    assert told(world.ward_a) == [(1, 2), (0, 1)]
    assert told(world.ward_b) == [(1, 1), (1, 2)]
    for period, number in ((Q1, 2), (dt.date(2021, 4, 1), 1)):
        listed = rows_behind(target, period, units_behind(target, world.users["standing"], period))
        assert (len(listed), sum(row.numerator or 0 for row in listed)) == (3, number)


def test_a_cell_that_lacks_a_month_stands_first_and_says_how_many(world, client, settings):
    settings.PORTAL_TODAY = dt.date(2021, 4, 10)
    target = rate_of(resolution_in_force(world), cycle=Cycle.QUARTER, feed=Feed.ATTENDANCE)
    for month in (1, 2, 3):
        closed(world.cell_a2, world.members_a2, dt.date(2021, month, 1), votes=[])
    closed(world.cell_a1, world.members_a1, dt.date(2021, 2, 1))
    call_command("rebuild_tallies")
    units = units_behind(target, world.users["standing"], Q1)
    rows = {row.organisation: row for row in rows_behind(target, Q1, units)}
    assert list(rows)[-1] == world.cell_a2
    assert rows[world.cell_a2].note == ""
    assert (rows[world.cell_a1].has_figure, rows[world.cell_a1].note) == (True, "còn thiếu 2/3 kỳ họp")
    assert rows[world.cell_b1].note == "Chưa khóa biên bản nào"
    client.force_login(world.users["standing"])
    text = client.get(f"{target.get_absolute_url()}?ky=2021-01-01").content.decode()
    assert "3 đơn vị trong tầm xem của đồng chí; 2 đơn vị chưa đủ số liệu, đứng trước" in text
    assert "còn thiếu 2/3 kỳ họp" in text
    client.force_login(world.users["secretary"])  # who sees one cell is not told that the town's figure comes from it
    assert "1 đơn vị trong tầm xem của đồng chí" in client.get(target.get_absolute_url()).content.decode()


def test_a_unit_behind_a_figure_opens_to_its_meetings_whatever_level_the_target_is_set_at(world, client, settings):
    settings.PORTAL_TODAY = dt.date(2021, 4, 10)
    target = rate_of(resolution_in_force(world), cycle=Cycle.QUARTER, feed=Feed.ATTENDANCE, measured_at=MeasuredAt.OWN)
    held = closed(world.cell_a1, world.members_a1, dt.date(2021, 2, 1))
    closed(world.cell_a1, world.members_a1, dt.date(2021, 4, 1), votes=[])
    call_command("rebuild_tallies")
    client.force_login(world.users["standing"])
    page = client.get(f"{target.get_absolute_url()}?ky=2021-01-01")
    text, cells = page.text, [world.cell_a2, world.cell_b1, world.cell_a1]
    assert [row.organisation for row, _ in page.context["proofs"]] == cells, (
        "cells, though the figure is the town's own"
    )
    assert "Lượt đảng viên dự sinh hoạt thường kỳ" in text and "Lượt đảng viên phải dự" in text
    way = f"/sinh-hoat/?chi-bo={world.cell_a1.pk}&amp;tu=2021-01-01&amp;den=2021-03-31"
    assert f'href="{way}"' in text
    meetings = client.get(way.replace("&amp;", "&"))
    assert list(meetings.context["object_list"]) == [held.meeting]


def test_the_command_counts_everything_again(world, quarter, capsys):
    resolution, _, _ = quarter
    right = kept()
    TargetTally.objects.update(numerator=999)
    DutyTally.objects.filter(organisation=world.ward_b).delete()
    call_command("rebuild_progress")
    assert "1 nghị quyết" in capsys.readouterr().out
    assert kept() == right == facts(resolution)


def at_once(*works):
    """Run these at the same moment, each in a thread with a connection of its own."""
    gate, failed = threading.Barrier(len(works)), []

    def run(work):
        try:
            gate.wait()
            work()
        except Exception as error:  # told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []


def test_reports_received_while_all_is_counted_again_lose_nothing(committed_world, settings):
    world, settings.PORTAL_TODAY = committed_world, APRIL
    resolution = resolution_in_force(world)
    rate_of(resolution, cycle=Cycle.QUARTER)
    duty_of(resolution, world.town, title="Chi ủy họp trước", due_on=None, cycle="quarter", reported_by="cell")
    progress.open_reports(resolution)
    reports = list(ProgressReport.objects.order_by("pk"))
    for number, report in enumerate(reports):
        write(report, number)
    receive = [lambda report=report: progress.receive_report(report, by=None) for report in reports]
    at_once(*receive, lambda: rollup.rebuild(resolution))
    assert kept() == facts(resolution)
    assert DutyTally.objects.filter(organisation=world.town).exists()
    back = [lambda report=report: progress.return_report(report, by=None, reason="Đếm lại") for report in reports]
    at_once(*back, lambda: rollup.rebuild(resolution))
    assert kept() == facts(resolution) == ({}, {})
