"""Days a person types: what lies before what it follows, or too far ahead, is refused at its field in words that help."""

import datetime as dt

import pytest

from chibo.choices import Arranged, Penalty, Transferred
from chibo.debts import debts_of
from chibo.services.founding import delegate
from chibo.services.holidays import set_holiday
from chibo.services.lifecycle import check_badge, note_discipline
from chibo.services.members import set_standing
from chibo.services.privacy import ask_about_data
from chibo.services.rearranging import plan
from chibo.services.transfers import request_transfer, sign_box
from kyanh_portal.base.calendar import latest_day
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.ui.forms import LineField, PortalForm
from tests.factories.chibo import make_organisation

D, NOTE = dt.date, "Quyết định 1-QĐ/ĐU"
BEFORE, FAR = D(1999, 5, 1), latest_day() + dt.timedelta(days=1000)
ACTS = {
    "starts_on": lambda w, day: set_standing(w.members_a1[3], "MIEN", day, by=None),
    "decided_on": lambda w, day: note_discipline(w.members_a1[3], Penalty.WARNING, day, NOTE, by=None),
    "asked_on": lambda w, day: ask_about_data(w.members_a1[3], "xem", by=None, asked_on=day),
    "moved_on": lambda w, day: request_transfer(
        w.members_a1[3], Transferred.INSIDE, day, NOTE, by=None, target=w.cell_a2
    ),
}


@pytest.mark.parametrize("field", ACTS)
def test_a_day_before_admission_or_far_ahead_is_refused(world, field):
    for day in (BEFORE, FAR):
        with pytest.raises(RuleBroken) as refused:
            ACTS[field](world, day)
        assert refused.value.field == field and "Kiểm tra lại" in refused.value.message
    ACTS[field](world, D(2020, 5, 4))


def test_a_member_known_by_the_year_alone_is_not_measured_by_the_day(world):
    one = world.members_a1[3]
    one.admitted_precision = "year"
    assert set_standing(one, "MIEN", D(2010, 1, 1) - dt.timedelta(days=30), by=None, ends_on=D(2010, 2, 1)).pk


def test_days_of_organisations_and_of_the_calendar(world):
    cell = make_organisation("chi_bo_truc_thuoc", "Chi bộ mới", world.ward_a, valid_from=D(2020, 2, 1))
    for day in (D(2019, 1, 1), FAR):
        with pytest.raises(RuleBroken) as refused:
            plan(Arranged.RENAMED, cell, day, name="Chi bộ khác")
        assert refused.value.field == "effective_on"
        with pytest.raises(RuleBroken):
            delegate(cell, "KET_NAP", day, NOTE, by=None)
    with pytest.raises(RuleBroken):
        set_holiday(FAR, "Nghỉ", NOTE, by=None)
    assert any("hơn một năm" in line for line in plan(Arranged.RENAMED, world.cell_a1, D(2016, 1, 1), name="Khác").warnings)  # fmt: skip


def test_a_badge_waits_for_its_years_and_for_the_end_of_discipline(world):
    one = world.members_a1[3]
    one.admitted_on, one.official_on, one.decided_on = D(1985, 9, 20), D(1986, 9, 20), D(1985, 9, 12)
    one.save()
    check_badge(one, 40, D(2024, 11, 7))  # gravely ill: up to twelve months early
    with pytest.raises(RuleBroken, match="12/9/2025 mới đủ 40 năm"):
        check_badge(one, 40, D(2024, 9, 2))
    note_discipline(one, Penalty.WARNING, D(2025, 8, 1), NOTE, by=None)
    with pytest.raises(RuleBroken, match="Chưa xét Huy hiệu đến 01/5/2026"):
        check_badge(one, 40, D(2025, 9, 2))
    with pytest.raises(RuleBroken, match="chưa được công nhận"):
        check_badge(world.members_a1[9], 30, D(2025, 9, 2))


def test_a_probationary_member_is_not_dismissed(world):
    with pytest.raises(RuleBroken, match="Đảng viên dự bị"):
        note_discipline(world.members_a1[9], Penalty.DISMISSAL, D(2020, 5, 4), NOTE, by=None)


def test_limits_of_a_field_are_told_in_our_words():
    class Asked(PortalForm):
        name = LineField(label="Tên", max_length=5)

    assert Asked({"name": "x" * 9}).errors["name"] == ["Đã ghi 9 chữ cái, ô này giữ được 5. Ghi gọn lại rồi gửi."]


@pytest.mark.parametrize(
    ("role", "path", "fields", "words"),
    [
        ("organising", "/to-chuc/su-co/moi/", {"what": "Mất máy", "found_at": "1931-05-01T08:00"}, "cách đây hơn một năm"),
        ("organising", "/to-chuc/ra-soat/moi/", {"name": "Đợt", "plan": "KH 1", "as_of": "1931-05-01", "due_on": "1931-06-01"}, "cách đây hơn hai năm"),
        ("secretary", "/to-chuc/dang-phi/mo/", {"month": "1931-05-01"}, "chưa có sổ tháng này"),
    ],
)  # fmt: skip
def test_a_year_mistyped_is_told_and_nothing_typed_is_lost(world, client, role, path, fields, words):
    for unit in (world.town, world.cell_a1):
        unit.valid_from = D(2015, 1, 1)
        unit.save()
    client.force_login(world.users[role])
    unit = world.cell_a1 if role == "secretary" else world.town
    page = client.post(path, {"organisation": unit.pk, **fields})
    told = page.content.decode()
    assert page.status_code == 422 and words in told and "Kiểm tra lại năm" in told
    assert all(value in told for value in fields.values())


def test_an_exemption_for_a_time_ends_within_the_year(world):
    one, begins = world.members_a1[3], D(2020, 3, 2)
    for ends in (None, D(2021, 3, 2)):
        with pytest.raises(RuleBroken, match="dưới mười hai tháng"):
            set_standing(one, "TAM_MIEN", begins, by=None, ends_on=ends)
    assert set_standing(one, "TAM_MIEN", begins, by=None, ends_on=D(2021, 3, 1)).pk


def test_a_member_who_never_arrived_may_be_struck_off_after_three_months(world):
    """members.md 14.1: moved on 1/3, the slip came on 10/3, no file on 11/6: the receiving side may begin."""
    letter = request_transfer(world.members_a1[4], Transferred.INSIDE, D(2020, 3, 1), NOTE, by=None, target=world.cell_b1, fee_until=D(2020, 3, 1))  # fmt: skip
    for number in (1, 4):
        sign_box(letter, number, D(2020, 3, 10), by=None)
    found = {day: debts_of(world.users["organising"], day, group="G3") for day in (D(2020, 6, 10), D(2020, 6, 11))}
    assert found[D(2020, 6, 10)] == [] and len(found[D(2020, 6, 11)]) == 1


def test_a_merge_across_two_superiors_is_a_thing_to_think_of(world):
    across = plan(Arranged.MERGED, world.cell_a1, D(2020, 9, 1), heir=world.cell_b1).warnings
    assert any("khác cấp trên" in line for line in across)
    assert not any(
        "khác cấp trên" in line
        for line in plan(Arranged.MERGED, world.cell_a1, D(2020, 9, 1), heir=world.cell_a2).warnings
    )
