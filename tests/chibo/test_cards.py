"""The member's card: steps in order, only for official members, recovered when a person leaves."""

import datetime as dt

import pytest

from chibo.choices import CardState, Leaving
from chibo.models import Member
from chibo.services.cards import card_flow, card_on, next_steps, take_card_step
from chibo.services.lifecycle import leave_party, recognise_member
from kyanh_portal.base.errors import RuleBroken

pytestmark = pytest.mark.django_db
S = CardState


@pytest.fixture(autouse=True)
def _story(settings):
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)


def walk(member, *steps):
    for state, day in steps:
        take_card_step(member, state, day, by=None, paper="QĐ 4-QĐ/ThU")
    return Member.objects.get(pk=member.pk)


ISSUED = [(S.PROPOSED, dt.date(2020, 3, 1)), (S.DECIDED, dt.date(2020, 4, 1)), (S.ISSUED, dt.date(2020, 5, 19))]


def test_from_the_proposal_to_the_hand(world):
    member = walk(world.members_a1[2], *ISSUED)
    assert member.card_issued_on == dt.date(2020, 5, 19)
    for day, state in ((1, S.NONE), (60, S.PROPOSED), (91, S.DECIDED), (200, S.ISSUED)):
        assert card_on(member, dt.date(2020, 1, 1) + dt.timedelta(days=day))[0] == state


@pytest.mark.parametrize(
    ("state", "day", "paper", "words"),
    [
        (S.ISSUED, dt.date(2020, 6, 1), "", "đúng thứ tự"),
        (S.DECIDED, dt.date(2020, 2, 1), "QĐ 4", "Bước trước ghi ngày"),
        (S.DECIDED, dt.date(2999, 2, 1), "QĐ 4", "chưa đến"),
        (S.DECIDED, dt.date(2020, 4, 1), " ", "số, ngày của quyết định"),
    ],
)
def test_a_step_out_of_order_is_refused(world, state, day, paper, words):
    member = walk(world.members_a1[2], ISSUED[0])
    with pytest.raises(RuleBroken, match=words):
        take_card_step(member, state, day, by=None, paper=paper)
    assert member.card_steps.count() == 1


def test_a_probationary_member_gets_none(world):
    member = walk(world.members_a1[-1], ISSUED[0])
    assert member.official_on is None
    with pytest.raises(RuleBroken, match="chính thức"):
        take_card_step(member, S.DECIDED, dt.date(2020, 4, 1), by=None, paper="QĐ 4")
    recognise_member(member, "QĐ 9", by=None)
    walk(member, ISSUED[1])


def test_lost_is_issued_again_and_leaving_recovers_it(world):
    member = walk(world.members_a1[2], *ISSUED, (S.LOST, dt.date(2020, 6, 1)), (S.REISSUED, dt.date(2020, 7, 1)))
    assert next_steps(member, dt.date(2020, 8, 1)) == [S.LOST, S.DAMAGED]
    with pytest.raises(RuleBroken, match="ra khỏi Đảng"):
        take_card_step(member, S.RECOVERED, dt.date(2020, 8, 1), by=None)
    leave_party(member, Leaving.REMOVED, dt.date(2020, 9, 1), "QĐ 3", by=None)
    member = walk(member, (S.RECOVERED, dt.date(2020, 9, 10)))
    assert card_on(member, dt.date(2020, 9, 10)) == (S.RECOVERED, dt.date(2020, 9, 10))


def test_the_family_keeps_the_card_of_who_died(world):
    member = walk(world.members_a1[2], *ISSUED)
    leave_party(member, Leaving.DIED, dt.date(2020, 9, 1), "Phiếu báo", by=None)
    assert next_steps(member, dt.date(2020, 12, 1)) == [S.KEPT]


def test_a_card_known_only_by_its_day_counts_as_issued(world):
    member = world.members_a1[2]
    member.card_issued_on = dt.date(2003, 5, 19)
    assert card_on(member, dt.date(2003, 5, 18))[0] == S.NONE
    assert card_on(member, dt.date(2003, 5, 19))[0] == S.ISSUED


def test_every_state_but_the_last_leads_on():
    ends = {state for state in S if not any(card_flow.allows(state, other) for other in S)}
    assert ends == {S.KEPT}
