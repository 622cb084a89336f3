"""The fifteen acceptance hints for resolutions: where each is tested, and those that belong to no other file."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.urls import reverse

from chibo.choices import Role, Standing
from chibo.services.members import set_standing
from chibo.services.rearranging import dissolve, merge
from hoithao.choices import Mark
from hoithao.rules import RollLine, count_roll
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.errors import RuleBroken
from nghiquyet.choices import Cycle, DutyState, Signing
from nghiquyet.figures.targets import follow
from nghiquyet.models import Duty, DutyStep
from nghiquyet.services import duties
from nghiquyet.services import targets as aims
from nghiquyet.services.drafting import draft_resolution
from tests.factories import nghiquyet as papers
from tests.factories.chibo import make_organisation, make_user
from tests.factories.hoithao import closed
from tests.factories.living import duty_of, rate_of, resolution_in_force

HERE = Path(__file__).parent
NOTE = "QĐ 12-QĐ/ThU (giả lập)"
TESTED = {
    1: ["test_issuing.py::test_committee_adopts_with_18_of_34_not_with_17",
        "test_drafting_to_issued.py::test_vote_counts_sitting_members_whoever_is_present"],
    2: ["test_drafting_to_issued.py::test_committee_and_standing_committee_share_a_series_and_terms_do_not"],
    3: ["test_duties.py::test_a_second_lead_is_refused", "test_duties.py::test_each_clarity_is_asked_for"],
    4: ["test_duties.py::test_the_term_moved_twice_keeps_the_first_and_late_stays_late"],
    5: ["test_progress.py::test_a_returned_report_leaves_the_sums_at_once",
        "test_progress.py::test_a_correction_keeps_the_old_version_and_flags_the_parent"],
    6: ["test_judging.py::test_borders"],
    7: ["test_acceptance_hints.py::test_exempt_members_leave_the_base_and_count_in_a_vote_on_both_sides"],
    8: ["test_progress.py::test_only_received_reports_count_and_a_missing_cell_is_said"],
    9: ["test_reviews.py::test_lower_better_shows_no_ratio_and_is_missed_above_its_goal"],
    10: ["test_acceptance_hints.py::test_figures_of_a_merged_ward_stay_with_it_and_later_ones_go_to_the_heir"],
    11: ["test_living_pages.py::test_a_number_opens_to_its_units"],
    12: ["test_supervision.py::test_none_closes_before_the_notice",
         "test_supervision.py::test_recommendations_are_duties_and_hold_the_dossier_open"],
    13: ["test_acceptance_hints.py::test_resolution_of_a_dissolved_ward_is_read_and_its_duties_have_a_living_lead"],
    14: ["test_reviews.py::test_the_export_holds_both_tables_with_numbers_as_numbers"],
    15: ["test_outgoing.py::test_secret_paper_is_only_a_place_in_the_series"],
}  # fmt: skip


@pytest.mark.parametrize("hint", range(1, 16))
def test_each_hint_has_its_test(hint):
    for place in TESTED[hint]:
        file, name = place.split("::")
        assert re.search(rf"^def {name}\(", (HERE / file).read_text(), re.MULTILINE), place


def roll(present, absent, exempt, mark):
    rows = [(present, Standing.OFFICIAL, Mark.PRESENT), (absent, Standing.OFFICIAL, Mark.EXCUSED), (exempt, Standing.EXEMPT, mark)]  # fmt: skip
    return count_roll(RollLine(f"Mẫu {s} {m} {i}", s, m) for number, s, m in rows for i in range(number))


def test_exempt_members_leave_the_base_and_count_in_a_vote_on_both_sides(world):
    """Of 20, 17 present, 1 excused, 2 exempt: 17/18. In a vote the exempt who came are in the base and among the present."""
    away, came = roll(17, 1, 2, Mark.NOT_COUNTED), roll(17, 1, 2, Mark.PRESENT)
    assert (away.total, away.present, away.base) == (20, 17, 18)
    assert (away.vote_present, away.vote_base) == (17, 18)
    assert (came.vote_present, came.vote_base) == (19, 20)
    assert (came.present, came.base) == (17, 18), "the quality of the sitting is measured without them"
    set_standing(world.members_a1[4], Standing.EXEMPT, dt.date(2020, 1, 1), by=None)
    kept = closed(world.cell_a1, world.members_a1).figures
    assert (kept["total"], kept["base"]) == (10, 9)


def strip_of(target, organisation, year, day=dt.date(2027, 1, 4)):
    found = {sums.period.year: sums for sums, _ in follow([target], organisation, day)[target.pk].strip}
    return found[year].numerator, found[year].denominator


def test_figures_of_a_merged_ward_stay_with_it_and_later_ones_go_to_the_heir(world, settings):
    settings.PORTAL_TODAY = dt.date(2027, 1, 4)
    target = rate_of(resolution_in_force(world), cycle=Cycle.YEAR, first_year=2024, last_year=2026)
    for cell, attended in ((world.cell_a1, 8), (world.cell_a2, 9), (world.cell_b1, 7)):
        aims.record_figure(
            target, by=None, organisation=cell, day=dt.date(2024, 1, 1), numerator=attended, denominator=10
        )
    assert strip_of(target, world.ward_a, 2024) == (17, 20)
    merge(world.ward_a, world.ward_b, dt.date(2025, 7, 1), NOTE, by=None)
    for row in (world.cell_a1, world.ward_a, world.ward_b, world.town):
        row.refresh_from_db()
    aims.record_figure(
        target, by=None, organisation=world.cell_a1, day=dt.date(2026, 1, 1), numerator=5, denominator=10
    )
    assert strip_of(target, world.ward_a, 2024) == (17, 20), "the old ward keeps its year"
    assert strip_of(target, world.ward_b, 2024) == (7, 10), "the heir does not take it over"
    assert strip_of(target, world.ward_b, 2026) == (5, 10)
    assert strip_of(target, world.ward_a, 2026) == (0, 0)
    assert strip_of(target, world.town, 2024) == (24, 30) and strip_of(target, world.town, 2026) == (5, 10)


def test_resolution_of_a_dissolved_ward_is_read_and_its_duties_have_a_living_lead(world, client, settings):
    settings.PORTAL_TODAY = dt.date(2021, 8, 2)
    draft = draft_resolution(by=None, organisation=world.ward_a, title="về chỉnh trang đô thị", signing=Signing.STANDING,
                             signer_name="Nguyễn Mẫu Ký", signer_position="BÍ THƯ")  # fmt: skip
    resolution = papers.issued(papers.fill(draft))
    own, below = duty_of(resolution, world.ward_a), duty_of(resolution, world.cell_a1, title="Việc của chi bộ")
    merge(world.ward_a, world.ward_b, dt.date(2021, 7, 1), NOTE, by=None)
    assert not Duty.objects.unfinished().filter(lead=world.ward_a).exists()
    own.refresh_from_db()
    below.refresh_from_db()
    assert (own.lead, own.transferred_from, below.lead) == (world.ward_b, world.ward_a, world.cell_a1)
    assert "thôi hoạt động" in DutyStep.objects.filter(duty=own).last().note
    heir = make_user("heir", Role.COMMITTEE_SECRETARY, world.ward_b)
    for user in (world.users["office"], heir):
        client.force_login(user)
        page = client.get(resolution.get_absolute_url())
        assert page.status_code == 200 and resolution.title in page.text
        assert client.get(reverse("documents:pdf", args=[resolution.document_id])).content.startswith(b"%PDF")
    assert (own.approver, below.approver) == (world.ward_b, world.ward_b)
    duties.submit_duty(below, by=None, note="Xong.")
    assert verdict("nghiquyet.approve_duty", heir, Duty.objects.get(pk=below.pk)) is True


def test_nobody_is_dissolved_into_nothing_while_a_duty_is_open(world, settings):
    settings.PORTAL_TODAY = dt.date(2021, 8, 2)
    empty = make_organisation("chi_bo_truc_thuoc", "Chi bộ không còn đảng viên", world.ward_a)
    duty = duty_of(resolution_in_force(world), empty)
    with pytest.raises(RuleBroken, match="1 nhiệm vụ"):
        dissolve(empty, dt.date(2021, 7, 1), NOTE, by=None)
    duties.cancel_duty(duty, by=None, reason="Chi bộ giải thể, việc không còn đối tượng.")
    dissolve(empty, dt.date(2021, 7, 1), NOTE, by=None)
    duty.refresh_from_db()
    assert duty.state == DutyState.CANCELLED
