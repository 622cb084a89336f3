"""Rulebooks by the day: the spans no text was read of say so, and what 208-QĐ/TW changed counts from its day on."""

import datetime as dt

import pytest

from chibo.choices import CandidateStage as Stage
from chibo.choices import LeastSchooling, Right
from chibo.models import Delegation
from chibo.rulebooks import BOOKS, rulebook_on
from chibo.services import development
from chibo.services.bases import committee_of, decides_on
from chibo.services.conditions import check_conditions
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.models import ParameterValue
from tests.chibo.test_development import at_vote
from tests.factories.growth import candidate

D = dt.date
R2020, R2025, R2026 = D(2020, 9, 1), D(2025, 9, 1), D(2026, 8, 3)


@pytest.mark.parametrize(
    ("day", "code", "is_read"),
    [
        (D(2021, 7, 30), "R2021", True), (D(2025, 1, 19), "R2021", True), (D(2025, 1, 20), "R2021-232", False), (D(2025, 6, 30), "R2021-232", False),
        (D(2025, 7, 1), "R2025", True), (D(2026, 4, 7), "R2025", True), (D(2026, 4, 8), "R2025-20", False), (D(2026, 7, 25), "R2025-20", False),
        (D(2026, 7, 26), "R2026", False),
    ],
)  # fmt: skip
def test_the_book_of_a_day(day, code, is_read):
    book = rulebook_on(day)
    assert book.code == code
    assert ("chưa xác nhận" not in book.source) is is_read


def test_a_span_without_a_text_takes_the_values_before_it():
    books = {book.code: book.values for book in BOOKS}
    assert books["R2021-232"] == books["R2021"] and books["R2025-20"] == books["R2025"]
    assert {name for name in books["R2026"] if books["R2026"][name] != books["R2025"][name]} == {
        "ceremony_counts_from", "programme_suffices", "authorised_admission", "ward_decided_by", "base_has_bodies", "kind_names",
    }  # fmt: skip


def test_a_ward_is_the_base_until_june_2025_and_stands_above_it_after(world):
    assert committee_of(world.cell_a1, R2020) == world.ward_a
    assert committee_of(world.cell_a1, R2025) is None
    assert decides_on(world.cell_a1, R2025).body == world.ward_a
    ParameterValue.objects.create(name="chibo.ward_is_base", path=world.ward_a.path, valid_from=R2026, value="yes", source="QĐ của Tỉnh ủy (giả lập)")  # fmt: skip
    assert committee_of(world.cell_a1, R2026) == world.ward_a
    assert committee_of(world.cell_b1, R2026) is None


@pytest.mark.parametrize(("day", "needed"), [(R2020, 23), (R2026, 18)])
def test_an_authorised_base_committee_decides_with_all_its_members_and_since_2026_by_its_standing_committee(world, day, needed):  # fmt: skip
    ParameterValue.objects.create(name="chibo.ward_is_base", path="", valid_from=D(2015, 1, 1), value="yes", source="giả lập")  # fmt: skip
    assert decides_on(world.cell_a1, day).body == world.town and decides_on(world.cell_a1, day).needed(34) == 18
    Delegation.objects.create(organisation=world.ward_a, right=Right.ADMIT, starts_on=D(2016, 1, 1), decision="QĐ 9 (giả lập)")  # fmt: skip
    decides = decides_on(world.cell_a1, day)
    assert (decides.body, decides.needed(34)) == (world.ward_a, needed)


def test_the_decision_of_an_authorised_committee_falls_short_of_two_thirds(world):
    Delegation.objects.create(organisation=world.ward_a, right=Right.ADMIT, starts_on=D(2016, 1, 1), decision="QĐ 9 (giả lập)")  # fmt: skip
    one = development.move(at_vote(world), Stage.CELL_VOTED, D(2020, 8, 5), by=None, base=9, votes=6)
    with pytest.raises(RuleBroken, match="cấp ủy cơ sở trước"):
        development.move(one, Stage.DECIDED, D(2020, 8, 20), by=None, base=34, votes=34, paper="QĐ 5")
    one = development.move(one, Stage.COMMITTEE_VOTED, D(2020, 8, 20), by=None, base=34, votes=23)
    one = development.move(one, Stage.DECIDED, D(2020, 9, 1), by=None, base=34, votes=22, paper="QĐ 5")
    assert one.stage == Stage.COMMITTEE_VOTED


def test_thirty_working_days_for_the_ceremony_run_from_the_receipt_and_since_2026_from_the_issue(world):
    one = candidate(world.cell_a1)
    old = one.steps.create(stage=Stage.DECIDED, on=D(2025, 9, 3), received_on=D(2025, 9, 10))
    new = one.steps.create(stage=Stage.DECIDED, on=D(2026, 9, 3), received_on=D(2026, 9, 10))
    assert development.ceremony_limit(old)[0] == D(2025, 10, 22)
    assert development.ceremony_limit(new)[0] == D(2026, 10, 15)
    old.received_on = None
    until, why = development.ceremony_limit(old)
    assert until == D(2025, 10, 15) and "chưa ghi ngày nhận" in why


def test_a_late_ceremony_needs_the_consent_of_the_superior(world, client):
    one = development.move(at_vote(world), Stage.CELL_VOTED, D(2020, 8, 5), by=None, base=9, votes=6)
    one = development.move(one, Stage.COMMITTEE_VOTED, D(2020, 8, 20), by=None, base=34, votes=23)
    one = development.move(one, Stage.DECIDED, D(2020, 9, 1), by=None, base=11, votes=6, paper="QĐ 5")
    client.force_login(world.users["secretary"])
    address = f"/to-chuc/ket-nap/{one.pk}/buoc/DANG_VIEN/".replace("DANG_VIEN", Stage.ADMITTED)
    page = client.post(address, {"on": "2020-10-30", "paper": ""})
    assert page.status_code == 422 and "Lễ kết nạp quá hạn 14/10/2020" in page.content.decode()
    assert client.post(address, {"on": "2020-10-30", "received_on": "2020-09-25"}).status_code == 302
    assert one.steps.get(stage=Stage.DECIDED).received_on == D(2020, 9, 25)


def test_the_completed_programme_suffices_since_2026(world):
    one = at_vote(world)
    one.schooling = LeastSchooling.PROGRAMME
    with pytest.raises(RuleBroken, match="tốt nghiệp trung học cơ sở"):
        check_conditions(one, R2025)
    check_conditions(one, R2026)
