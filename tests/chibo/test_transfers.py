"""Transfers box by box, leaving and coming back, badges: each axis dated, earlier rolls untouched."""

import datetime as dt

import pytest

from chibo.choices import Leaving, Role, Standing, Transferred, TransferState
from chibo.models import Exit, Member, Transfer
from chibo.services.lifecycle import (  # fmt: skip
    badge_block,
    give_badge,
    leave_party,
    note_discipline,
    readmit,
    recognise_member,
)
from chibo.services.members import add_member
from chibo.services.party_age import party_age_of
from chibo.services.transfers import refuse_transfer, request_transfer, sign_box
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import make_user

D = dt.date
GROUND = "QĐ điều động 5-QĐ/UBND (giả lập)"


def roll(cell, day):
    return {m.pk: m.standing_on(day) for m in Member.objects.on_roll(cell, day).prefetch_related("standing_periods")}


def through(transfer, *boxes):
    for number, day in boxes:
        transfer = sign_box(transfer, number, day, by=None)
    return transfer


def test_an_official_transfer_moves_the_member_when_the_last_box_is_signed(world):
    one = world.members_a1[4]
    transfer = request_transfer(one, Transferred.INSIDE, D(2020, 3, 1), GROUND, by=None, target=world.cell_b1, fee_until=D(2020, 3, 1))  # fmt: skip
    with pytest.raises(RuleBroken, match="Ô 1"):
        sign_box(transfer, 4, D(2020, 3, 2), by=None)
    transfer = through(transfer, (1, D(2020, 3, 2)), (4, D(2020, 3, 5)))
    assert (transfer.state, transfer.sent_on) == (TransferState.SENT, D(2020, 3, 5))
    assert one.pk in roll(world.cell_a1, D(2020, 3, 20))
    with pytest.raises(RuleBroken, match="Ngày ký"):
        sign_box(transfer, 7, D(2020, 3, 4), by=None)
    through(transfer, (7, D(2020, 4, 1)))
    assert one.pk in roll(world.cell_a1, D(2020, 3, 31))
    assert one.pk not in roll(world.cell_a1, D(2020, 4, 1))
    assert roll(world.cell_b1, D(2020, 4, 1))[one.pk] == Standing.OFFICIAL
    assert one.pk not in roll(world.cell_b1, D(2020, 3, 31))


def test_a_temporary_transfer_gives_a_guest_there_and_an_absence_here(world):
    one = world.members_a1[4]
    transfer = request_transfer(
        one, Transferred.TEMPORARY, D(2020, 3, 1), GROUND, by=None, target=world.cell_b1, fee_until=D(2020, 3, 1), returns_on=D(2020, 9, 1),
    )  # fmt: skip
    through(transfer, (1, D(2020, 3, 2)), (4, D(2020, 3, 10)))
    assert roll(world.cell_b1, D(2020, 4, 1))[one.pk] == Standing.HERE_TEMPORARILY
    assert roll(world.cell_a1, D(2020, 4, 1))[one.pk] == Standing.SENT_AWAY
    assert one.pk not in roll(world.cell_b1, D(2020, 9, 2))
    through(transfer, (5, D(2020, 6, 1)), (8, D(2020, 6, 3)))
    assert Transfer.objects.get().state == TransferState.RETURNED
    assert roll(world.cell_a1, D(2020, 6, 3))[one.pk] == Standing.OFFICIAL
    assert roll(world.cell_a1, D(2020, 6, 2))[one.pk] == Standing.SENT_AWAY
    assert one.pk not in roll(world.cell_b1, D(2020, 6, 3))


def test_a_letter_is_not_sent_without_the_fee_and_only_one_is_open(world):
    transfer = request_transfer(world.members_a1[4], Transferred.OUTSIDE, D(2020, 3, 1), GROUND, by=None, elsewhere="Chi bộ X, Hà Nội")  # fmt: skip
    sign_box(transfer, 1, D(2020, 3, 2), by=None)
    with pytest.raises(RuleBroken, match="đảng phí"):
        sign_box(transfer, 4, D(2020, 3, 2), by=None)
    with pytest.raises(RuleBroken, match="chưa xong"):
        request_transfer(world.members_a1[4], Transferred.INSIDE, D(2020, 3, 1), GROUND, by=None, target=world.cell_b1)
    refuse_transfer(transfer, "Sai chi bộ", by=None)
    assert world.members_a1[4].pk in roll(world.cell_a1, D(2020, 5, 1))


@pytest.mark.parametrize("until", [D(2020, 4, 1), D(2023, 1, 1), None])
def test_a_temporary_transfer_lasts_three_to_twenty_four_months(world, until):
    with pytest.raises(RuleBroken, match="tạm thời"):
        request_transfer(world.members_a1[4], Transferred.TEMPORARY, D(2020, 3, 1), GROUND, by=None, target=world.cell_b1, returns_on=until)  # fmt: skip


def test_each_side_signs_its_own_boxes_and_a_sibling_sees_nothing(world):
    transfer = request_transfer(world.members_a1[4], Transferred.INSIDE, D(2020, 3, 1), GROUND, by=None, target=world.cell_b1, fee_until=D(2020, 3, 1))  # fmt: skip
    there, sibling = make_user("there", Role.CELL_SECRETARY, world.cell_b1), make_user("sib", Role.CELL_SECRETARY, world.cell_a2)  # fmt: skip
    assert not Transfer.objects.visible_to(there).exists()
    through(transfer, (1, D(2020, 3, 2)), (4, D(2020, 3, 2)))
    assert Transfer.objects.visible_to(there).exists()
    assert not Transfer.objects.visible_to(sibling).exists()
    with pytest.raises(RuleBroken, match="bên nhận"):
        sign_box(transfer, 7, D(2020, 3, 3), by=world.users["secretary"])
    sign_box(transfer, 7, D(2020, 3, 3), by=there)


def test_who_left_is_on_earlier_rolls_and_may_come_back_after_three_years(world):
    one = world.members_a1[4]
    leave_party(one, Leaving.ASKED, D(2016, 1, 1), "QĐ 1 (giả lập)", by=None)
    assert one.pk in roll(world.cell_a1, D(2015, 12, 31))
    assert one.pk not in roll(world.cell_a1, D(2016, 1, 1))
    row, agreed = Exit.objects.get(), {"consent": "CV 3-CV/TU", "hardship": True}
    for lacking, words in (
        ({"consent": "CV 3-CV/TU"}, "hoàn cảnh gia đình"),
        ({"consent": "", "hardship": True}, "đồng ý"),
    ):
        with pytest.raises(RuleBroken, match=words):
            readmit(row, world.cell_a2, D(2019, 2, 1), D(2019, 3, 1), by=None, **lacking)
    with pytest.raises(RuleBroken, match="36 tháng"):
        readmit(row, world.cell_a2, D(2018, 6, 1), D(2018, 6, 10), by=None, **agreed)
    readmit(row, world.cell_a2, D(2019, 2, 1), D(2019, 3, 1), by=None, **agreed)
    assert roll(world.cell_a2, D(2019, 6, 1))[one.pk] == Standing.PROBATIONARY
    recognise_member(one, "QĐ 2 (giả lập)", by=None)
    assert roll(world.cell_a2, D(2020, 3, 1))[one.pk] == Standing.OFFICIAL
    assert roll(world.cell_a2, D(2020, 2, 28))[one.pk] == Standing.PROBATIONARY
    assert roll(world.cell_a1, D(2015, 12, 31))[one.pk] == Standing.OFFICIAL
    assert party_age_of(Member.objects.get(pk=one.pk), D(2020, 1, 1)) == (6, 11)


def test_recognition_dates_from_the_end_of_probation(world):
    probationary = world.members_a1[9]
    member = recognise_member(probationary, "QĐ 9 (giả lập)", by=None)
    assert member.official_on == D(2011, 1, 1)
    with pytest.raises(RuleBroken, match="rồi"):
        recognise_member(member, "QĐ 9", by=None)


def test_a_badge_number_fits_its_class_and_a_class_is_held_once(world):
    one = world.members_a1[0]
    with pytest.raises(RuleBroken, match="Số Huy hiệu"):
        give_badge(one, 45, D(2020, 9, 2), by=None, number="HT 1234567")
    give_badge(one, 45, D(2020, 9, 2), by=None, number="ht E1234567")
    with pytest.raises(RuleBroken, match="đã nhận"):
        give_badge(one, 45, D(2020, 11, 7), by=None)
    note_discipline(one, "CANH_CAO", D(2025, 8, 1), "QĐ 3", by=None)
    assert badge_block(one, D(2025, 9, 2)) == D(2026, 5, 1)
    assert badge_block(one, D(2026, 5, 1)) is None


@pytest.mark.parametrize(("fields", "what"), [({"decided_on": D(2012, 2, 2)}, "quyết định"), ({"file_number": "12HT"}, "Số lý lịch"), ({"born_on": D(2000, 1, 1)}, "18 tuổi")])  # fmt: skip
def test_dates_and_numbers_that_contradict_are_refused(world, fields, what):
    with pytest.raises(RuleBroken, match=what):
        add_member(by=None, organisation=world.cell_a1, full_name="Lê Mẫu", admitted_on=D(2012, 1, 1), **fields)
