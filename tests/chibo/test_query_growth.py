"""Lists of the register ask as many questions for three rows as for one, today and as of a day."""

import datetime as dt

import pytest

from chibo.choices import CardState, Penalty, Transferred
from chibo.services.cards import take_card_step
from chibo.services.lifecycle import give_badge, note_discipline
from chibo.services.members import set_standing
from chibo.services.rearranging import move, rename
from chibo.services.transfers import note_fee, request_transfer, sign_box
from tests.test_query_counts import questions

NOTE, THEN = "QĐ 12-QĐ/ThU (giả lập)", "?ngay=2020-06-30"


def letter(world, number):
    one = request_transfer(world.members_a1[number], Transferred.INSIDE, dt.date(2020, 5, number), NOTE, by=None, target=world.cell_a2)  # fmt: skip
    note_fee(one, dt.date(2020, 5, 1), by=None)
    sign_box(one, 1, dt.date(2020, 5, 20), by=None)
    return one


def life(world, number):
    """One more of everything dated about the same member."""
    member = world.members_a1[2]
    day = dt.date(2020, number + 1, 10)
    note_discipline(member, Penalty.WARNING, day, NOTE, by=None)
    give_badge(member, [30, 40, 45][number - 1], day, by=None)
    take_card_step(member, [CardState.PROPOSED, CardState.DECIDED, CardState.ISSUED][number - 1], day, by=None, paper=NOTE)  # fmt: skip
    set_standing(member, "TAM_MIEN", day, by=None, ends_on=day + dt.timedelta(days=5))


def change(world, number):
    cell = [world.cell_a1, world.cell_a2, world.cell_b1][number - 1]
    rename(cell, f"Chi bộ mới {number}", dt.date(2020, 3, number), NOTE, by=None)
    move(cell, [world.ward_b, world.ward_b, world.ward_a][number - 1], dt.date(2020, 9, number), NOTE, by=None)


GROWING = [
    ("organising", "/to-chuc/chuyen-sinh-hoat/", letter), ("organising", f"/to-chuc/chuyen-sinh-hoat/{THEN}", letter),
    ("committee", "/viec-den-han/", letter), ("organising", "MEMBER", life), ("organising", f"MEMBER{THEN}", life),
    ("organising", f"/to-chuc/dang-vien/{THEN}", change), ("organising", f"/to-chuc/don-vi/{THEN}", change),
    ("organising", f"/tim/{THEN}&q=chi+bo", change),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "path", "grow"), GROWING)
def test_three_rows_ask_no_more_than_one(world, client, role, path, grow):
    client.force_login(world.users[role])
    path = path.replace("MEMBER", world.members_a1[2].get_absolute_url())
    grow(world, 1)
    one = questions(client, path)
    grow(world, 2)
    grow(world, 3)
    assert questions(client, path) <= one
