"""Reports by period, what they add up to, and what leaves the sums when one is returned or corrected."""

import datetime as dt
from decimal import Decimal

import pytest

from kyanh_portal.base.errors import RuleBroken
from nghiquyet.choices import Cycle, FigureSort, LineState, Outcome, ReportState
from nghiquyet.figures.targets import follow, rows_behind, units_behind
from nghiquyet.models import DutyTally, ProgressReport, TargetFigure, TargetTally
from nghiquyet.services import progress, rollup
from nghiquyet.services import targets as aims
from tests.factories.living import duty_of, rate_of, resolution_in_force

pytestmark = pytest.mark.django_db
Q1, APRIL = dt.date(2021, 1, 1), dt.date(2021, 4, 3)


@pytest.fixture
def resolution(world, settings):
    settings.PORTAL_TODAY = APRIL
    return resolution_in_force(world)


def sums_of(target, organisation, day=dt.date(2021, 7, 1)):
    return {s.period: (s, outcome) for s, outcome in follow([target], organisation, day)[target.pk].strip}


def filled(report, numerator=17, denominator=18, **more):
    lines = {}
    for line in report.lines.all():
        lines[line.pk] = (
            {"state": LineState.DONE, "text": "Đã làm"} if line.duty_id
            else {"numerator": Decimal(numerator), "denominator": Decimal(denominator), **more}
        )  # fmt: skip
    progress.write_report(report, by=None, summary="Tốt", lines=lines)
    return progress.send_report(report, by=None)


@pytest.fixture
def quarter(world, resolution):
    """A rate reported each quarter by three cells, and a duty of all cells."""
    target = rate_of(resolution, cycle=Cycle.QUARTER)
    duty = duty_of(resolution, world.town, title="Chi ủy họp trước", due_on=None, cycle="quarter", reported_by="cell")
    progress.open_reports(resolution)
    return target, duty


def report_of(cell):
    return ProgressReport.objects.current().get(organisation=cell)


def test_reports_open_by_themselves_once(world, resolution, quarter):
    reports = list(ProgressReport.objects.all())
    assert {r.organisation_id for r in reports} == {world.cell_a1.pk, world.cell_a2.pk, world.cell_b1.pk}
    assert {(r.period, r.due_on) for r in reports} == {(Q1, dt.date(2021, 4, 5))}
    assert progress.open_reports(resolution) == 0


def test_only_received_reports_count_and_a_missing_cell_is_said(world, resolution, quarter):
    target, duty = quarter
    filled(report_of(world.cell_a1))
    assert TargetTally.objects.filter(target=target).count() == 0
    progress.receive_report(report_of(world.cell_a1), by=None)
    filled(report_of(world.cell_b1), 2, 2)
    progress.receive_report(report_of(world.cell_b1), by=None)
    town, outcome = sums_of(target, world.town)[Q1]
    assert (town.numerator, town.denominator, town.assessed, town.due) == (19, 20, 2, 3)
    assert outcome == Outcome.INCOMPLETE
    assert town.coverage == "2/3 đơn vị có số liệu"
    ward, _ = sums_of(target, world.ward_a)[Q1]
    assert (ward.numerator, ward.denominator, ward.assessed) == (17, 18, 1)
    assert DutyTally.objects.get(duty=duty, organisation=world.town).done == 2


def test_a_returned_report_leaves_the_sums_at_once(world, resolution, quarter):
    target, duty = quarter
    report = progress.receive_report(filled(report_of(world.cell_a1)), by=None)
    progress.return_report(report, by=None, reason="Đếm lại")
    town, _ = sums_of(target, world.town)[Q1]
    assert (town.assessed, town.numerator) == (0, 0)
    assert not DutyTally.objects.filter(duty=duty).exists()
    line = report.lines.get(target=target)
    assert line.numerator == 17, "the report keeps what was written"


def test_a_correction_keeps_the_old_version_and_flags_the_parent(world, resolution, quarter):
    target, _ = quarter
    report = progress.receive_report(filled(report_of(world.cell_a1)), by=None)
    parent = ProgressReport.objects.create(
        resolution=resolution,
        organisation=world.ward_a,
        cycle="quarter",
        period=Q1,
        due_on=APRIL,
        state=ReportState.SENT,
    )
    newer = progress.correct_report(report, by=None, reason="Đếm sót")
    parent.refresh_from_db()
    report.refresh_from_db()
    assert parent.needs_again
    assert (report.state, newer.version, newer.is_open) == (ReportState.REPLACED, 2, True)
    assert sums_of(target, world.town)[Q1][0].assessed == 0
    progress.receive_report(filled(newer, 18, 18), by=None)
    assert sums_of(target, world.town)[Q1][0].numerator == 18


def test_late_is_stamped_by_the_day(world, resolution, quarter, settings):
    assert not filled(report_of(world.cell_a1)).is_late
    settings.PORTAL_TODAY = dt.date(2021, 4, 6)
    assert filled(report_of(world.cell_a2)).is_late


def test_what_is_wanting_is_named_with_its_place(world, resolution, quarter):
    with pytest.raises(RuleBroken) as refused:
        progress.send_report(report_of(world.cell_a1), by=None)
    assert len(refused.value.missing) == 2
    assert all(anchor.startswith("#dong-") for _, anchor in refused.value.missing)
    report = report_of(world.cell_a1)
    line = report.lines.get(target__isnull=False)
    with pytest.raises(RuleBroken):
        progress.write_report(report, by=None, lines={line.pk: {"numerator": Decimal(19), "denominator": Decimal(18)}})


def test_a_jump_wants_a_note(world, resolution, quarter, settings):
    target, _ = quarter
    progress.receive_report(filled(report_of(world.cell_a1), 18, 18), by=None)
    settings.PORTAL_TODAY = dt.date(2021, 7, 2)
    progress.open_reports(resolution)
    report = ProgressReport.objects.get(organisation=world.cell_a1, period=dt.date(2021, 4, 1))
    with pytest.raises(RuleBroken) as refused:
        filled(report, 9, 18)
    assert "30%" in refused.value.missing[0][0]
    assert filled(report, 9, 18, text="Ba đồng chí đi làm xa").state == ReportState.SENT


def test_not_assessed_leaves_the_denominator(world, resolution, quarter):
    target, _ = quarter
    for cell in (world.cell_a1, world.cell_a2):
        progress.receive_report(filled(report_of(cell)), by=None)
    filled(report_of(world.cell_b1), state=LineState.NOT_ASSESSED, text="Nghỉ hè")
    progress.receive_report(report_of(world.cell_b1), by=None)
    town, outcome = sums_of(target, world.town)[Q1]
    assert (town.assessed, town.not_assessed, town.is_complete) == (2, 1, True)
    assert outcome == Outcome.MET
    units = units_behind(target, world.users["standing"], Q1)
    assert units.filter(is_known=False).get() == units[0] == world.cell_b1
    rows = rows_behind(target, Q1, units)
    assert [(r.organisation, r.numerator) for r in rows if r.has_figure] == [(world.cell_a1, 17), (world.cell_a2, 17)]
    assert sum(r.numerator for r in rows if r.has_figure) == town.numerator


def test_a_reported_figure_opens_to_its_report_and_keeps_its_decimals(world, resolution, quarter, client):
    target, _ = quarter
    progress.receive_report(filled(report_of(world.cell_a1), Decimal("16.5"), 18), by=None)
    client.force_login(world.users["standing"])
    text = client.get(f"{target.get_absolute_url()}?ky={Q1}").text
    assert f'href="{report_of(world.cell_a1).get_absolute_url()}"' in text
    assert "16,5/18" in text and "91,7%" in text


def test_roll_up_is_what_a_rebuild_gives(world, resolution, quarter):
    for cell, parts in ((world.cell_a1, (9, 10)), (world.cell_a2, (5, 5)), (world.cell_b1, (3, 5))):
        progress.receive_report(filled(report_of(cell), *parts), by=None)
    progress.return_report(report_of(world.cell_a2), by=None, reason="Đếm lại")

    def rows():
        fields = ("target", "organisation", "period", "numerator", "denominator", "assessed")
        duties = DutyTally.objects.exclude(done=0, moving=0, same=0, not_assessed=0)
        said = ("duty", "organisation", "period", "done", "moving", "same", "not_assessed")
        return sorted(TargetTally.objects.filter(assessed__gt=0).values_list(*fields)), sorted(
            duties.values_list(*said)
        )

    before = rows()
    assert all(before)
    rollup.rebuild(resolution)
    assert rows() == before


def test_a_figure_belongs_to_the_organisation_of_its_day(world, resolution):
    target = rate_of(resolution, first_year=2021)
    type(world.cell_b1).objects.filter(pk=world.cell_b1.pk).update(valid_to=dt.date(2021, 12, 31))
    world.cell_b1.refresh_from_db()
    type(world.cell_a2).objects.filter(pk=world.cell_a2.pk).update(valid_from=dt.date(2022, 1, 1))
    world.cell_a2.refresh_from_db()
    with pytest.raises(RuleBroken):
        aims.record_figure(target, by=None, organisation=world.cell_a2, day=Q1, numerator=1, denominator=1)
    aims.record_figure(target, by=None, organisation=world.cell_b1, day=Q1, numerator=4, denominator=5)
    day = dt.date(2023, 1, 2)
    strip = sums_of(target, world.town, day)
    assert strip[Q1][0].due == 2, "a1 and the old cell; the new one did not exist"
    assert strip[dt.date(2022, 1, 1)][0].due == 2, "a1 and the new cell"
    assert strip[Q1][0].numerator == 4


def test_override_needs_a_reason_and_stands_beside(world, resolution):
    target = rate_of(resolution)
    for cell in (world.cell_a1, world.cell_a2, world.cell_b1):
        aims.record_figure(target, by=None, organisation=cell, day=Q1, numerator=8, denominator=10)
    with pytest.raises(RuleBroken):
        aims.override_figure(target, by=None, day=Q1, numerator=9, denominator=10, reason=" ")
    aims.override_figure(target, by=None, day=Q1, numerator=9, denominator=10, reason="Đối chiếu sổ")
    aims.quote_figure(target, by=None, day=Q1, numerator=88, source="Báo cáo năm")
    followed = follow([target], world.town, dt.date(2022, 1, 3))[target.pk]
    sums, outcome = followed.strip[0]
    assert (sums.value("rate"), sums.computed("rate"), outcome) == (90, 80, Outcome.MET)
    assert len(followed.quotes) == 1
    assert TargetFigure.objects.filter(sort=FigureSort.REPORTED).count() == 3


def test_two_bases_one_judged(world, resolution):
    target = rate_of(resolution)
    aims.set_goal(target, by=None, comparator="ge", low=90, basis="given", is_judged=False)
    assert target.goals.count() == 2
    aims.set_goal(target, by=None, comparator="ge", low=90, basis="given")
    assert list(target.goals.filter(is_judged=True).values_list("basis", flat=True)) == ["given"]
