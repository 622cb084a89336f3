"""Limits of members.md 13 that come from a vote, a recognition, the quarter and January."""

import datetime as dt

from chibo.choices import Role
from chibo.dossier_choices import PaperState
from chibo.models import DossierPaper, Member, Term
from chibo.services.cards import take_card_step
from chibo.services.lifecycle import recognise_member
from chibo.services.transfers import request_transfer, sign_box
from hoithao.models import DecisionKind
from kyanh_portal.reminders.due import due_for
from tests.factories.chibo import make_user
from tests.factories.hoithao import closed

D = dt.date


def of(user, day, code):
    return [item for source, item in due_for(user, day) if source.code == code]


def newcomer(world):
    """The probationary member of the cell, admitted on 02/12/2018 and not yet recognised."""
    Member.objects.filter(pk=world.members_a1[9].pk).update(admitted_on=D(2018, 12, 2))
    return Member.objects.get(pk=world.members_a1[9].pk)


def voted(world, in_favour):
    """A locked meeting of nine voters that voted on recognition."""
    vote = {
        "subject": "Công nhận đồng chí Mới",
        "in_favour": in_favour,
        "decision": DecisionKind.objects.on(D(2020, 1, 1)).get(code="CONG_NHAN"),
    }
    return closed(world.cell_a1, world.members_a1, D(2020, 1, 1), votes=[vote]).meeting


def test_a_vote_on_recognition_is_due_to_the_committee_until_it_is_decided(world):
    new = newcomer(world)
    meeting = voted(world, 6)
    day, committee = meeting.held_on + dt.timedelta(days=5), world.users["committee"]
    (item,) = of(committee, day, "recognitions")
    assert "Công nhận đồng chí Mới" in item.title and "6/9" in item.why and "thêm 15 ngày" in item.why
    assert 30 <= (item.due_on - meeting.held_on).days <= 60  # thirty working days
    assert of(world.users["secretary"], day, "recognitions") == []
    recognise_member(new, "QĐ 9-QĐ/ĐU", by=None)
    assert of(committee, day, "recognitions") == []


def test_a_vote_that_failed_is_not_due(world):
    newcomer(world)
    meeting = voted(world, 5)
    assert of(world.users["committee"], meeting.held_on, "recognitions") == []


def test_who_was_recognised_waits_for_the_card_until_it_is_proposed(world):
    new = newcomer(world)
    recognise_member(new, "QĐ 9-QĐ/ĐU", by=None)
    day, user = D(2020, 1, 10), world.users["secretary"]
    wanted = (D(2020, 1, 2), f"Đề nghị phát thẻ đảng viên: {new}")
    assert wanted in [(item.due_on, item.title) for item in of(user, day, "cards")]
    take_card_step(new, "DE_NGHI", D(2020, 1, 8), by=None)
    assert wanted not in [(item.due_on, item.title) for item in of(user, day, "cards")]


def test_letters_on_their_way_are_compared_with_their_slips_every_quarter(world):
    one = request_transfer(world.members_a1[4], "NOI_BO", D(2020, 3, 2), "QĐ 1", by=None, target=world.cell_b1, fee_until=D(2020, 3, 1))  # fmt: skip
    user = world.users["committee"]
    assert of(user, D(2020, 3, 20), "slips") == []
    for number in (1, 4):
        sign_box(one, number, D(2020, 3, 10), by=None)
    (item,) = of(user, D(2020, 3, 20), "slips")
    assert item.due_on == D(2020, 3, 31) and item.why.startswith("1 giấy")
    assert of(user, D(2020, 5, 5), "slips") == [] == of(world.users["secretary"], D(2020, 3, 20), "slips")


def test_january_brings_the_work_of_each_member_and_the_plan_of_review(world):
    titles = [item.title for item in of(world.users["secretary"], D(2021, 1, 10), "yearly")]
    assert "Phân công công tác cho từng đảng viên" in titles and "Kế hoạch rà soát đảng viên trong năm" in titles


def test_who_went_for_a_time_is_asked_back_until_the_last_box_is_signed(world):
    one = request_transfer(world.members_a1[4], "TAM_THOI", D(2020, 3, 2), "QĐ 1", by=None, target=world.cell_b1, fee_until=D(2020, 3, 1), returns_on=D(2020, 9, 1))  # fmt: skip
    user, sibling = world.users["secretary"], make_user("sibling", Role.CELL_SECRETARY, world.cell_a2)
    for number in (1, 4):
        sign_box(one, number, D(2020, 3, 10), by=None)
    assert of(user, D(2020, 8, 1), "returns") == []
    (item,) = of(user, D(2020, 8, 20), "returns")
    assert item.due_on == D(2020, 9, 1) and item.state(D(2020, 9, 2)) == "late"
    assert len(of(user, D(2020, 9, 2), "returns")) == 1 and of(sibling, D(2020, 9, 2), "returns") == []
    for number in (5, 8):
        sign_box(one, number, D(2020, 9, 3), by=None)
    assert of(user, D(2020, 9, 4), "returns") == []


def test_the_most_urgent_of_many_is_told_whatever_the_order_they_were_entered_in(world):
    like = Member.objects.get(pk=world.members_a1[9].pk)
    Member.objects.filter(organisation=world.cell_a1, official_on=None).update(left_on=D(2018, 1, 1))
    many = [D(2019, 2, 1) + dt.timedelta(days=number) for number in range(120)]
    Member.objects.bulk_create(
        Member(
            organisation=world.cell_a1, full_name=f"Đồng chí Mẫu {number}", joined_on=D(2010, 1, 1), admitted_on=day,
            sort_key=f"{like.sort_key}{number}", search_key="mau",
        )
        for number, day in enumerate(reversed(many))
    )  # fmt: skip
    told = [item.title for item in of(world.users["secretary"], D(2020, 4, 1), "probation")]
    first, last = [f"Xét công nhận chính thức: Đồng chí Mẫu {number}" for number in (119, 0)]
    assert len(told) == 100 and first in told and last not in told


def test_a_term_that_ended_is_told_until_the_next_one_is_written(world):
    def told(day):
        return [item.due_on for item in of(world.users["committee"], day, "organisations") if world.cell_a1.name in item.title]  # fmt: skip

    Term.objects.filter(organisation=world.cell_a1).delete()
    Term.objects.create(organisation=world.cell_a1, name="2018–2020", starts_on=D(2018, 1, 5), ends_on=D(2020, 6, 30))
    assert told(D(2019, 6, 1)) == []
    assert told(D(2019, 7, 1)) == told(D(2020, 9, 1)) == [D(2020, 6, 30)]
    Term.objects.create(organisation=world.cell_a1, name="2020–2022", starts_on=D(2020, 7, 1), ends_on=D(2022, 6, 30))
    assert told(D(2020, 9, 1)) == []


def test_the_papers_of_who_was_admitted_are_asked_for_until_the_file_has_both(world):
    Member.objects.filter(pk=world.members_a1[9].pk).update(admitted_on=D(2020, 1, 10), official_on=None)

    def told(day):
        return [item.title for item in of(world.users["secretary"], day, "probation") if "Lập lý lịch" in item.title]

    assert len(told(D(2020, 2, 1))) == 1
    for number, state in ((2, PaperState.PRESENT), (3, PaperState.MISSING)):
        DossierPaper.objects.create(member=world.members_a1[9], number=number, state=state, on=D(2020, 1, 20))
    assert len(told(D(2020, 2, 1))) == 1
    DossierPaper.objects.create(member=world.members_a1[9], number=3, state=PaperState.SCANNED, on=D(2020, 1, 30))
    assert told(D(2020, 2, 1)) == []
    assert len(told(D(2020, 1, 25))) == 1  # that day the second was still missing
