"""As-of answers: whatever is done from a day on, every earlier day answers as before — on lists, pages, sums."""

import datetime as dt

import pytest
from django.test import Client, RequestFactory
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chibo.checks import members_below, members_by_cell
from chibo.choices import CardState, Leaving, Penalty, Standing, Transferred
from chibo.figures import roll_on, standings_on
from chibo.models import CellType, Member, Organisation, Transfer
from chibo.reports.register_facts import Facts
from chibo.reports.register_tables import TABLES
from chibo.services.cards import card_on, take_card_step
from chibo.services.lifecycle import badge_block, give_badge, leave_party, note_discipline
from chibo.services.members import set_standing
from chibo.services.party_age import party_age_of
from chibo.services.rearranging import dissolve, merge, move, rename, retype, split
from chibo.services.transfers import note_fee, request_transfer, sign_box
from chibo.timeline import events_of
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import build_committee

NOTE = "QĐ 12-QĐ/ThU, 25/6/2020 (giả lập)"
ON_UNITS = ["rename", "retype", "move", "merge", "split", "dissolve"]
ON_PEOPLE = ["transfer", "temporary", "leave", "discipline", "badge", "card", "exempt"]


def cells_of(world):
    return [Organisation.objects.get(pk=one.pk) for one in (world.cell_a1, world.cell_a2, world.cell_b1)]


def move_by_letter(member, target, day, kind, **more):
    """The whole way of a letter, every box signed on one day."""
    letter = request_transfer(member, kind, day, NOTE, by=None, target=target, **more)
    note_fee(letter, day, by=None)
    last = 4 if kind == Transferred.TEMPORARY else 99
    for box in letter.boxes.filter(number__lte=last):
        sign_box(letter, box.number, day, by=None)


def do(world, act, choice, day, number):
    cells = cells_of(world)
    one, other = cells[choice % 3], cells[(choice + 1) % 3]
    people = list(Member.objects.on_roll(one, day))
    person = people[choice % min(2, len(people))] if people else None
    if act == "rename":
        rename(one, f"Chi bộ mới {number}", day, NOTE, by=None)
    elif act == "retype":
        retype(one, day, NOTE, by=None, cell_type=CellType.objects.all()[number % CellType.objects.count()])
    elif act == "move":
        move(one, Organisation.objects.get(pk=[world.ward_a.pk, world.ward_b.pk][choice % 2]), day, NOTE, by=None)
    elif act == "merge":
        merge(one, other, day, NOTE, by=None)
    elif act == "split":
        split(one, f"Chi bộ tách {number}", day, NOTE, by=None, members=people[:3])
    elif act == "dissolve":
        dissolve(one, day, NOTE, by=None, heir=other)
    elif person is None or person.left_on is not None:
        return
    elif act == "transfer":
        move_by_letter(person, other, day, Transferred.INSIDE)
    elif act == "temporary":
        move_by_letter(person, other, day, Transferred.TEMPORARY, returns_on=day + dt.timedelta(days=150))
    elif act == "leave":
        leave_party(person, Leaving.ASKED, day, NOTE, by=None)
    elif act == "discipline":
        note_discipline(person, Penalty.WARNING, day, NOTE, by=None)
    elif act == "badge":
        give_badge(person, [30, 40, 45, 50][number % 4], day, by=None)
    elif act == "card":
        take_card_step(person, CardState.PROPOSED, day, by=None)
    else:
        set_standing(person, Standing.EXEMPT, day, by=None, decision=NOTE)


def told_of(member, day, request):
    """What the member's page tells of a day."""
    cell, since = member.cell_on(day)
    return (
        cell and cell.pk, since, member.standing_on(day), party_age_of(member, day), badge_block(member, day),
        card_on(member, day), {(event.day, event.text) for event in events_of(member, request, day)},
    )  # fmt: skip


def same_roll_both_ways(unit, day):
    """The roll as a closing asks it in one question is the roll as its rules say it, member by member."""
    members, standings = roll_on(unit, day)
    ruled = list(Member.objects.on_roll(unit, day))
    assert (members, standings) == (ruled, standings_on(ruled, day)), (unit, day)
    return members


def answers(units, asked, day, request):
    """What the pages of the register tell of a day: units, their lists and numbers, and the members `asked`."""
    rows = Organisation.objects.filter(pk__in=[unit.pk for unit in units])
    fresh = {unit.pk: unit for unit in rows}
    worn = {one.pk: (one.name, one.cell_type_id, one.parent_id) for one in rows.worn_on(day)}
    placed = {
        pk: (
            [member.pk for member in same_roll_both_ways(unit, day)], worn[pk], unit.path_on(day),
            sorted(rows.under_on(unit, day).values_list("pk", flat=True)), members_below(unit, day), members_by_cell([pk], day),
        )
        for pk, unit in fresh.items()
    }  # fmt: skip
    people = {
        one.pk: told_of(one, day, request) for one in Member.objects.filter(pk__in=asked).select_related("organisation")
    }
    letters = {one.pk: one.state_on(day) for one in Transfer.objects.filter(moved_on__lte=day)}
    return placed, people, letters


class LaterChangesLeaveEarlierAnswers(TestCase):
    """A property over any sequence of acts on organisations and on people."""

    @settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
    @given(st.lists(st.tuples(st.sampled_from(ON_UNITS + ON_PEOPLE), st.integers(0, 9), st.integers(1, 70)), min_size=2, max_size=5))  # fmt: skip
    def test_any_sequence_of_acts(self, acts):
        world = build_committee()
        units = [world.cell_a1, world.cell_a2, world.cell_b1, world.ward_a, world.ward_b, world.town]
        request = RequestFactory().get("/")
        request.user = world.users["organising"]
        asked = [
            member.pk for cell in cells_of(world) for member in Member.objects.on_roll(cell, dt.date(2020, 1, 1))[:2]
        ]
        day, kept = dt.date(2020, 1, 1), []
        for number, (act, choice, later) in enumerate(acts):
            kept.append((day, answers(units, asked, day, request)))
            day += dt.timedelta(days=later)
            try:
                do(world, act, choice, day, number)
            except RuleBroken:
                continue
            for earlier, told in kept:
                assert answers(units, asked, earlier, request) == told, (act, earlier)
        everybody = Member.objects.placed_on(day)
        assert everybody.count() == Member.objects.filter(exits=None).count()


def page(client, user, address):
    client.force_login(user)
    return client.get(address)


DAY, BEFORE = dt.date(2020, 7, 1), "2020-06-30"


@pytest.mark.django_db
def test_the_members_page_is_that_of_the_day_asked(world):
    client, member, user = Client(), world.members_a1[2], world.users["organising"]
    move_by_letter(member, world.cell_a2, DAY, Transferred.INSIDE)
    note_discipline(member, Penalty.WARNING, dt.date(2020, 8, 1), "QĐ 7", by=None)
    give_badge(member, 30, dt.date(2020, 9, 2), by=None)
    rename(world.cell_a1, "Chi bộ Sông Trí", DAY, NOTE, by=None)
    before = page(client, user, f"{member.get_absolute_url()}?ngay={BEFORE}").content.decode()
    assert "Chi bộ A1" in before and "Đang xem tại ngày" in before
    for later in ("Chi bộ Sông Trí", "Kỷ luật", "30 năm", "Chuyển sinh hoạt đến", "Ghi miễn, tạm thời", "/sua/"):
        assert later not in before, later
    now = page(client, user, member.get_absolute_url()).content.decode()
    for word in ("Chi bộ A2", "Kỷ luật: cảnh cáo", "30 năm", "Về Chi bộ A1", "/sua/"):
        assert word in now, word


@pytest.mark.django_db
def test_every_link_of_the_register_keeps_the_day(world):
    client, user = Client(), world.users["organising"]
    member = world.members_a1[2]
    move_by_letter(member, world.cell_a2, dt.date(2020, 5, 1), Transferred.INSIDE)
    letter = Transfer.objects.get()
    wanted = {
        "/to-chuc/dang-vien/": member.get_absolute_url(),
        member.get_absolute_url(): letter.get_absolute_url(),
        "/to-chuc/chuyen-sinh-hoat/": letter.get_absolute_url(),
        letter.get_absolute_url(): member.get_absolute_url(),
        "/to-chuc/don-vi/": world.ward_a.get_absolute_url(),
        world.ward_a.get_absolute_url(): world.cell_a1.get_absolute_url(),
    }
    for address, link in wanted.items():
        text = page(client, user, f"{address}?ngay={BEFORE}").content.decode()
        assert f'href="{link}?ngay={BEFORE}"' in text, address
        assert f'href="/tim/?ngay={BEFORE}"' in text, address
    found = page(client, user, f"/tim/?q=mau&ngay={BEFORE}").content.decode()
    assert f"?ngay={BEFORE}" in found and "mở theo ngày" in found


@pytest.mark.django_db
def test_a_letter_as_of_a_day_shows_no_later_signature_and_offers_no_act(world):
    client, user, member = Client(), world.users["organising"], world.members_a1[2]
    letter = request_transfer(member, Transferred.INSIDE, dt.date(2020, 5, 1), NOTE, by=None, target=world.cell_a2)
    note_fee(letter, DAY, by=None)
    for number, day in ((1, dt.date(2020, 5, 4)), (4, dt.date(2020, 5, 20)), (7, DAY)):
        sign_box(letter, number, day, by=None)
    states = {
        "2020-04-30": None,
        "2020-05-10": "Đang làm giấy",
        "2020-06-01": "Đã giới thiệu",
        "2020-07-01": "Đã tiếp nhận",
    }
    for day, word in states.items():
        rows = page(client, user, f"/to-chuc/chuyen-sinh-hoat/?ngay={day}").content.decode()
        assert (member.full_name in rows) == (word is not None)
        if word:
            assert word in rows.split("<tbody>")[1]
    then = page(client, user, f"{letter.get_absolute_url()}?ngay=2020-05-10").content.decode()
    assert then.count("Đã ký") == 1 and "Ghi ngày ký" not in then


@pytest.mark.django_db
def test_an_organisation_of_another_time_opens_where_it_worked(world, settings):
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)
    merge(world.cell_a2, world.cell_a1, DAY, NOTE, by=None)
    found = page(Client(), world.users["organising"], "/tim/?q=chi+bo+a2").content.decode()
    assert "Chi bộ A2 (đến 30/6/2020)" in found
    assert f"{world.cell_a2.get_absolute_url()}?ngay={BEFORE}" in found


@pytest.mark.django_db
def test_the_form_of_a_discipline_is_not_for_the_office(world):
    note_discipline(world.members_a1[2], Penalty.WARNING, dt.date(2020, 8, 1), "QĐ 7", by=None)
    for role, sees in (("office", False), ("inspection", True), ("committee", True)):
        text = page(Client(), world.users[role], world.members_a1[2].get_absolute_url()).content.decode()
        assert ("ảnh cáo" in text) is sees, role


@pytest.mark.django_db
def test_the_tables_of_a_year_stay_after_later_changes(world, settings):
    settings.PORTAL_TODAY = dt.date(2022, 3, 1)
    set_standing(world.members_a1[3], Standing.EXEMPT, dt.date(2020, 2, 1), by=None, decision=NOTE)
    give_badge(world.members_a1[4], 30, dt.date(2020, 9, 2), by=None)

    def tables():
        wards = [Organisation.objects.get(pk=one.pk) for one in (world.ward_a, world.ward_b, world.town)]
        return {(ward.pk, code): table(Facts(ward, 2020)).rows for ward in wards for code, table in TABLES.items()}

    told = tables()
    assert told[world.ward_a.pk, "N3"][-1][1] == 15
    move(world.cell_a2, world.ward_b, dt.date(2021, 2, 1), NOTE, by=None)
    rename(world.cell_b1, "Chi bộ mới", dt.date(2021, 2, 1), NOTE, by=None)
    retype(cells_of(world)[0], dt.date(2021, 3, 1), NOTE, by=None, cell_type=CellType.objects.last())
    move_by_letter(world.members_a1[4], world.cell_b1, dt.date(2021, 4, 1), Transferred.INSIDE)
    merge(cells_of(world)[2], cells_of(world)[0], dt.date(2021, 5, 1), NOTE, by=None)
    later = tables()
    assert {key: rows for key, rows in later.items() if rows != told[key]} == {}
