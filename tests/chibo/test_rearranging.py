"""Rename, move, merge, split, dissolve, end: earlier days answer as before, nothing open is lost."""

import datetime as dt

import pytest
from django.db.models import Q

from chibo.choices import Arranged, Role
from chibo.models import CellType, Member, Organisation, Placement, RoleGrant
from chibo.services.faces import face_from, settle
from chibo.services.rearranging import dissolve, end, merge, move, plan, rename, retype, split, unite
from hoithao.figures import cells_of_month
from hoithao.models import Meeting, MonthTally
from hoithao.services.tallies import recount_all
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import make_user
from tests.factories.hoithao import closed, planned

DAY, BEFORE = dt.date(2020, 7, 1), dt.date(2020, 6, 30)
NOTE = "QĐ 12-QĐ/ThU, 25/6/2020 (giả lập)"


def roll(cell, day):
    return [m.pk for m in Member.objects.on_roll(cell, day)]


def names(cell, day):
    return {one.name for one in Organisation.objects.filter(pk=cell.pk).worn_on(day)}


def test_a_merged_cell_keeps_its_list_of_the_day_before(world):
    a, b = roll(world.cell_a1, BEFORE), roll(world.cell_a2, BEFORE)
    merge(world.cell_a2, world.cell_a1, DAY, NOTE, by=None)
    assert roll(world.cell_a2, BEFORE) == b
    assert roll(world.cell_a1, BEFORE) == a
    assert set(roll(world.cell_a1, DAY)) == {*a, *b}
    assert roll(world.cell_a2, DAY) == []
    assert not Member.objects.filter(left_on__isnull=True, organisation=world.cell_a2).exists()
    assert Placement.objects.filter(organisation=world.cell_a2).count() == len(b)


def test_a_merge_entered_ahead_waits_for_its_day(world, settings):
    settings.PORTAL_TODAY = dt.date(2020, 6, 1)
    a, b = roll(world.cell_a1, BEFORE), roll(world.cell_a2, BEFORE)
    meeting = planned(world.cell_a2, dt.date(2020, 8, 1))
    merge(world.cell_a2, world.cell_a1, DAY, NOTE, by=None)
    assert roll(world.cell_a2, BEFORE) == b
    assert set(roll(world.cell_a1, DAY)) == {*a, *b}
    assert Meeting.objects.get(pk=meeting.pk).organisation == world.cell_a2
    settings.PORTAL_TODAY = DAY
    assert settle(DAY) > 0
    assert settle(DAY) == 0
    assert roll(world.cell_a2, BEFORE) == b
    assert set(roll(world.cell_a1, DAY)) == {*a, *b}
    assert Meeting.objects.get(pk=meeting.pk).organisation == world.cell_a1


def test_the_heir_reads_the_old_cells_papers_and_a_sibling_does_not(world):
    minutes = closed(world.cell_a2, world.members_a2, dt.date(2020, 1, 1), votes=[])
    other = make_user("sibling", Role.CELL_SECRETARY, world.cell_b1)
    merge(world.cell_a2, world.cell_a1, DAY, NOTE, by=None)
    heir = world.users["secretary"]
    for user, sees in ((heir, True), (other, False)):
        user = type(user).objects.get(pk=user.pk)
        assert Meeting.objects.visible_to(user).filter(pk=minutes.meeting_id).exists() is sees
        assert Organisation.objects.visible_to(user).filter(pk=world.cell_a2.pk).exists() is sees
        assert Member.objects.visible_to(user).filter(pk=world.members_a2[0].pk).exists() is sees
    assert minutes.document.content["issuer_name"] == "CHI BỘ A2"


def test_a_moved_cell_leaves_earlier_sums_with_its_old_committee(world):
    closed(world.cell_a1, world.members_a1, dt.date(2020, 5, 1), votes=[])
    closed(world.cell_a1, world.members_a1, dt.date(2020, 8, 1), votes=[])
    move(world.cell_a1, world.ward_b, DAY, NOTE, by=None)

    def sums():
        rows = MonthTally.objects.filter(organisation__in=[world.ward_a, world.ward_b], regular__gt=0)
        return {(row.organisation_id, row.month.month): row.regular for row in rows}

    assert sums() == {(world.ward_a.pk, 5): 1, (world.ward_b.pk, 8): 1}
    recount_all([dt.date(2020, 5, 1), dt.date(2020, 8, 1)])
    assert sums() == {(world.ward_a.pk, 5): 1, (world.ward_b.pk, 8): 1}
    cell = Organisation.objects.get(pk=world.cell_a1.pk)
    assert cell.path.startswith(world.ward_b.path)
    assert cell.path_on(BEFORE).startswith(world.ward_a.path)
    assert cell in Organisation.objects.under_on(world.ward_a, BEFORE)
    assert cell not in Organisation.objects.under_on(world.ward_a, DAY)


def test_a_meeting_entered_late_counts_where_the_cell_then_was(world):
    move(world.cell_a1, world.ward_b, DAY, NOTE, by=None)
    cell = Organisation.objects.get(pk=world.cell_a1.pk)
    closed(cell, world.members_a1, dt.date(2020, 5, 1), votes=[])
    found = MonthTally.objects.filter(month=dt.date(2020, 5, 1), regular=1).values_list("organisation_id", flat=True)
    assert set(found) == {cell.pk, world.ward_a.pk, world.town.pk}


def test_moving_a_committee_takes_the_cells_below_along(world):
    move(world.ward_a, world.ward_b, DAY, NOTE, by=None)
    assert Organisation.objects.get(pk=world.cell_a2.pk).path.startswith(world.ward_b.path)
    with pytest.raises(RuleBroken, match="chính nó"):
        move(Organisation.objects.get(pk=world.ward_b.pk), Organisation.objects.get(pk=world.ward_a.pk), dt.date(2020, 8, 1), NOTE, by=None)  # fmt: skip


def test_a_former_name_is_shown_as_of_its_day_and_found(world):
    rename(world.cell_a1, "Chi bộ Sông Trí", DAY, NOTE, by=None)
    cell = Organisation.objects.get(pk=world.cell_a1.pk)
    assert (cell.name, cell.former_names) == ("Chi bộ Sông Trí", "Chi bộ A1")
    assert names(cell, BEFORE) == {"Chi bộ A1"}
    assert names(cell, DAY) == {"Chi bộ Sông Trí"}
    assert "a1" in cell.search_key


def test_united_cells_end_and_the_new_one_has_all(world):
    both = {*roll(world.cell_a1, BEFORE), *roll(world.cell_a2, BEFORE)}
    new = unite(world.cell_a1, [world.cell_a2], "Chi bộ A", DAY, NOTE, by=None)
    assert set(roll(new, DAY)) == both
    assert {line.heir_id for line in new.ancestry.all()} == {new.pk}
    assert new.ancestry.filter(kind=Arranged.UNITED).count() == 2
    grant = RoleGrant.objects.get(user=world.users["secretary"])
    assert grant.ends_on == BEFORE


def test_a_split_takes_the_named_members_and_warns_below_three(world):
    chosen = world.members_a1[:2]
    found = plan(Arranged.SPLIT, world.cell_a1, DAY, name="Chi bộ A3", members=chosen)
    assert "cần ít nhất 3" in found.warnings[0]
    new = split(world.cell_a1, "Chi bộ A3", DAY, NOTE, by=None, members=chosen)
    assert roll(new, DAY) == [m.pk for m in chosen]
    assert len(roll(world.cell_a1, DAY)) == 8
    assert len(roll(world.cell_a1, BEFORE)) == 10


def test_a_cell_with_members_is_not_dissolved_into_nothing(world):
    with pytest.raises(RuleBroken, match="nơi tiếp nhận"):
        dissolve(world.cell_a2, DAY, NOTE, by=None)
    with pytest.raises(RuleBroken, match="đơn vị trực thuộc"):
        end(world.ward_a, DAY, NOTE, by=None)
    dissolve(world.cell_a2, DAY, NOTE, by=None, heir=world.cell_a1)
    assert Organisation.objects.get(pk=world.cell_a2.pk).valid_to == BEFORE


@pytest.mark.parametrize("act", ["rename", "move", "merge"])
def test_an_act_wants_a_decision(world, act):
    acts = {
        "rename": lambda: rename(world.cell_a1, "Khác", DAY, " ", by=None),
        "move": lambda: move(world.cell_a1, world.ward_b, DAY, "", by=None),
        "merge": lambda: merge(world.cell_a1, world.cell_a2, DAY, "", by=None),
    }
    with pytest.raises(RuleBroken, match="quyết định"):
        acts[act]()
    assert Organisation.objects.get(pk=world.cell_a1.pk).name == "Chi bộ A1"


def test_a_month_stays_with_the_type_the_cell_had(world, settings):
    settings.PORTAL_TODAY = dt.date(2025, 8, 1)
    old = world.cell_a1.cell_type
    new = CellType.objects.exclude(pk=old.pk).first()
    months = [dt.date(2020, 5, 1), dt.date(2025, 7, 1)]
    closed(world.cell_a1, world.members_a1, months[0], votes=[])
    closed(world.cell_a2, world.members_a2, months[0], votes=[])
    retype(world.cell_a1, dt.date(2025, 7, 1), NOTE, by=None, cell_type=new)
    cell = Organisation.objects.get(pk=world.cell_a1.pk)
    closed(cell, world.members_a1, months[1], votes=[])
    assert cell.cell_type == new

    def sums():
        rows = MonthTally.objects.filter(organisation=world.ward_a, regular__gt=0)
        return {(row.month.year, row.cell_type_id): (row.cells_due, row.regular) for row in rows}

    kept = {(2020, old.pk): (2, 2), (2025, new.pk): (1, 1)}
    assert sums() == kept
    recount_all(months)
    assert sums() == kept


def test_a_cell_that_became_a_committee_still_stands_in_the_lists_of_its_months(world, settings):
    settings.PORTAL_TODAY = dt.date(2025, 8, 1)
    month = dt.date(2020, 5, 1)
    closed(world.cell_a1, world.members_a1, month, votes=[])
    face_from(world.cell_a1, dt.date(2025, 7, 1), kind_id=world.ward_a.kind_id, cell_type_id=None)
    settle(dt.date(2025, 8, 1))
    recount_all([month])
    names = [
        row.organisation.name for row in cells_of_month(Q(organisation__path__startswith=world.ward_a.path), month)
    ]
    assert names == ["Chi bộ A1", "Chi bộ A2"]


def test_a_type_changes_by_decision_from_a_day(world):
    other = CellType.objects.exclude(pk=world.cell_a1.cell_type_id).first()
    for wrong, words in (({"cell_type": world.cell_a1.cell_type}, "khác với"), ({"unit_kind": world.ward_a.kind}, "Chi bộ chỉ đổi")):  # fmt: skip
        with pytest.raises(RuleBroken, match=words):
            retype(world.cell_a1, DAY, NOTE, by=None, **wrong)
    line = plan(Arranged.RETYPED, world.cell_a1, DAY, cell_type=other).lines[1]
    assert f"{world.cell_a1.cell_type} → {other}" in line
    retype(world.cell_a1, DAY, NOTE, by=None, cell_type=other)
    rows = Organisation.objects.filter(pk=world.cell_a1.pk)
    assert [rows.worn_on(day)[0].cell_type for day in (BEFORE, DAY)] == [world.cell_a1.cell_type, other]
    assert rows.looking_on(BEFORE, cell_type=other).count() == 0
