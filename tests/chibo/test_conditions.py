"""Introducers and schooling before the cell votes, verification abroad, readmission after a conviction was cleared."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.choices import CandidateStage as Stage
from chibo.choices import Leaving
from chibo.models import Candidate, Discipline
from chibo.services import development
from chibo.services.conditions import checks_of, set_conditions
from chibo.services.lifecycle import leave_party, readmit
from kyanh_portal.base.errors import RuleBroken
from tests.chibo.test_development import at_vote
from tests.factories.growth import candidate

D = dt.date
VOTE = D(2020, 8, 5)


def states(one, day=VOTE):
    return [check.state for check in checks_of(one, day)]


def votes(one):
    return development.move(one, Stage.CELL_VOTED, VOTE, by=None, base=9, votes=6)


def test_what_is_not_written_is_asked_for_and_does_not_stop_the_vote(world):
    one = at_vote(world)
    assert states(one) == ["soon", "soon"]
    assert votes(one).stage == Stage.CELL_VOTED


def test_two_introducers_who_know_the_person_for_twelve_months(world):
    one, (first, second, *_) = at_vote(world), world.members_a1
    one = set_conditions(one, by=None, introducer=first, introducer_since=D(2019, 8, 5), schooling="THCS")
    with pytest.raises(RuleBroken, match="Thiếu người giới thiệu"):
        votes(one)
    more = {"introducer": first, "introducer_since": D(2019, 8, 5), "second_introducer": second, "schooling": "THCS"}
    one = set_conditions(one, by=None, second_since=D(2019, 8, 6), **more)
    with pytest.raises(RuleBroken, match="chưa đủ 12 tháng"):
        votes(one)
    one = set_conditions(one, by=None, second_since=D(2019, 8, 5), **more)
    assert states(one) == ["ok"] * 4
    assert votes(one).stage == Stage.CELL_VOTED


def test_a_resolution_of_the_union_stands_for_the_second(world):
    one = set_conditions(at_vote(world), by=None, introducer=world.members_a1[0], introducer_since=D(2018, 1, 1), union_resolution="NQ 4-NQ/ĐTN")  # fmt: skip
    assert states(one) == ["ok", "ok", "soon"]
    assert votes(one).stage == Stage.CELL_VOTED


def test_introducers_are_two_official_members_of_the_cell(world):
    one, first = at_vote(world), world.members_a1[0]
    for wrong in (world.members_a1[9], world.members_b1[0]):  # on probation, of another cell
        with pytest.raises(RuleBroken, match="chính thức đang sinh hoạt ở chi bộ này"):
            set_conditions(one, by=None, introducer=wrong)
    with pytest.raises(RuleBroken, match="hai đồng chí khác nhau"):
        set_conditions(one, by=None, introducer=first, second_introducer=first)


def test_an_introducer_under_discipline_is_told_not_refused(world):
    first = world.members_a1[0]
    Discipline.objects.create(member=first, penalty="CANH_CAO", decided_on=D(2020, 3, 1), decision="QĐ 1")
    one = set_conditions(at_vote(world), by=None, introducer=first, introducer_since=D(2018, 1, 1), union_resolution="NQ 4", schooling="THCS")  # fmt: skip
    assert states(one) == ["ok", "ok", "soon", "ok"]
    assert states(one, D(2020, 12, 2)) == ["ok", "ok", "ok"]  # nine months later
    assert votes(one).stage == Stage.CELL_VOTED


def test_who_only_reads_and_writes_needs_the_consent_of_the_level_above(world):
    one = set_conditions(at_vote(world), by=None, schooling="BIET_CHU")
    with pytest.raises(RuleBroken, match="văn bản đồng ý trước"):
        votes(one)
    one = development.renew_dossier(one, D(2020, 6, 1), by=None, consent="CV 9-CV/ThU")
    assert votes(one).stage == Stage.CELL_VOTED


def test_verification_abroad_has_ninety_working_days(world):
    one = candidate(world.cell_a1)
    Candidate.objects.filter(pk=one.pk).update(stage=Stage.VERIFYING, stage_on=D(2020, 3, 2))
    one.refresh_from_db()
    ((home, _, why),) = development.limits_of(one)
    assert home == D(2020, 4, 13) and why.startswith("30 ngày")
    one = set_conditions(one, by=None, verifies_abroad=True)
    ((abroad, what, why),) = development.limits_of(one)
    assert abroad == D(2020, 7, 8) and "ngoài nước" in what and why.startswith("90 ngày")


def test_sixty_months_after_a_conviction_was_cleared(world):
    member = world.members_a1[3]
    row = leave_party(member, Leaving.REMOVED, D(2015, 1, 10), "QĐ 1", by=None)
    asked = {"by": None, "consent": "CV 7-CV/TU"}
    with pytest.raises(RuleBroken, match="từ 02/3/2020 mới xét"):
        readmit(row, world.cell_a2, D(2020, 3, 1), D(2020, 3, 20), cleared_on=D(2015, 3, 2), **asked)
    assert readmit(row, world.cell_a2, D(2020, 3, 2), D(2020, 3, 20), cleared_on=D(2015, 3, 2), **asked).left_on is None


def test_the_page_shows_and_keeps_what_was_typed(world):
    client = Client()
    client.force_login(world.users["secretary"])
    one, first = at_vote(world), world.members_a1[0]
    url = reverse("chibo:candidate_conditions", args=[one.pk])
    page = client.get(one.get_absolute_url()).content.decode()
    assert "Chưa ghi người giới thiệu" in page and url in page
    typed = {"introducer": first.pk, "second_introducer": first.pk, "union_resolution": "NQ 55-NQ/ĐTN"}
    answer = client.post(url, typed)
    assert answer.status_code == 422 and "NQ 55-NQ/ĐTN" in answer.content.decode()
    answer = client.post(url, {**typed, "second_introducer": "", "introducer_since": "2018-05-01"}, follow=True)
    assert "cùng đơn vị từ 01/5/2018" in answer.content.decode()


def test_the_readmission_page_tells_the_sixty_months_at_its_field_and_keeps_what_was_typed(world):
    client, member = Client(), world.members_a1[3]
    client.force_login(world.users["secretary"])
    leave_party(member, Leaving.REMOVED, D(2015, 1, 10), "QĐ 1", by=None)
    url = reverse("chibo:member_readmit", args=[member.pk])
    assert url in client.get(member.get_absolute_url()).content.decode()
    typed = {"organisation": world.cell_a1.pk, "decided_on": "2020-03-01", "admitted_on": "2020-03-20", "consent": "CV 77-CV/TU", "cleared_on": "2015-03-02"}  # fmt: skip
    answer = client.post(url, typed)
    assert answer.status_code == 422 and "từ 02/3/2020 mới xét" in " ".join(answer.context["form"].errors["cleared_on"])
    page = answer.content.decode()
    assert all(f'value="{typed[name]}"' in page for name in ("decided_on", "admitted_on", "consent", "cleared_on"))
    for wrong, field in (({"consent": ""}, "consent"), ({"cleared_on": "30/02/2015"}, "cleared_on"), ({"cleared_on": "2020-02-01"}, "cleared_on"), ({"admitted_on": "2020-02-01", "cleared_on": ""}, "admitted_on"), ({"organisation": ""}, "organisation")):  # fmt: skip
        answer = client.post(url, {**typed, "decided_on": "2020-03-02", **wrong})
        assert answer.status_code == 422 and field in answer.context["form"].errors, field
    assert client.post(url, {**typed, "decided_on": "2020-03-02"}).status_code == 302
    member.refresh_from_db()
    assert member.left_on is None and "2015-03-02" not in str(list(member.exits.values()))  # judged, not kept
