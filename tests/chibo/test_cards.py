"""The member's card: steps in order, only for official members, recovered when a person leaves."""

import datetime as dt
import uuid

import pytest

from chibo.choices import CardState, Leaving, Role
from chibo.due import cards_due
from chibo.models import Member
from chibo.services.cards import card_flow, card_on, next_steps, take_card_step
from chibo.services.lifecycle import leave_party, recognise_member
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import make_user

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


def test_waiting_and_unreturned_cards_are_due_to_their_cell_only(world):
    walk(world.members_a1[2], *ISSUED, (S.LOST, dt.date(2020, 12, 1)))
    gone = walk(world.members_a1[3], *ISSUED)
    leave_party(gone, Leaving.ASKED, dt.date(2020, 12, 1), "QĐ 3", by=None)
    sibling = make_user("sibling", Role.CELL_SECRETARY, world.cell_b1)

    def titles(user):
        return [item.title for item in cards_due(user, dt.date(2020, 12, 21))]

    assert titles(world.users["secretary"]) == [f"Đề nghị cấp lại thẻ: {world.members_a1[2]}"]
    assert f"Thu hồi thẻ đảng viên: {gone}" in titles(world.users["committee"])
    assert titles(sibling) == []
    take_card_step(gone, S.RECOVERED, dt.date(2020, 12, 10), by=None)
    assert not any("Thu hồi" in title for title in titles(world.users["committee"]))


def test_the_page_offers_only_the_next_steps(world, client):
    client.force_login(world.users["secretary"])
    address = f"/to-chuc/dang-vien/{world.members_a1[2].pk}/the/"
    form = client.get(address).content.decode()
    assert "Đã đề nghị cấp thẻ" in form and "Đã phát thẻ" not in form
    wrong = client.post(address, {"state": S.ISSUED, "taken_on": "2020-05-19", "paper": "QĐ đã gõ", "once": "a"})
    assert wrong.status_code == 422 and "QĐ đã gõ" in wrong.content.decode()
    sent = {"state": S.PROPOSED, "taken_on": "2020-05-19", "paper": "Danh sách 1-TĐV", "once": uuid.uuid4()}
    for _ in range(2):
        answer = client.post(address, sent)
        assert answer.status_code == 302, answer.content.decode()[3000:6000]
    page = client.get(world.members_a1[2].get_absolute_url()).content.decode()
    assert "Thẻ đảng viên: đã đề nghị cấp thẻ (Danh sách 1-TĐV)" in page
    assert world.members_a1[2].card_steps.count() == 1
