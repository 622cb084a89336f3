"""Who may hold a post, how large a chi ủy and a ban thường vụ are, the number of a congress, names of kinds by the day."""

import datetime as dt

import pytest

from chibo.checks import findings_of
from chibo.choices import Post, Right
from chibo.models import Delegation, OrganisationKind
from chibo.services.committees import appoint, end_position, next_ordinal, open_term
from chibo.services.founding import found
from chibo.services.rearranging import split
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import make_organisation

DAY, D2025, D2026 = dt.date(2020, 7, 1), dt.date(2025, 7, 1), dt.date(2026, 7, 26)
NOTE = "QĐ 12-QĐ/ThU, 25/6/2020 (giả lập)"


def told(unit, day, members, official):
    return " ".join(one.text for one in findings_of(unit, day, members, official))


def test_a_member_on_probation_holds_no_post_and_a_cell_has_one_secretary(world):
    with pytest.raises(RuleBroken, match="chưa là đảng viên chính thức") as refused:
        appoint(world.members_a1[9], world.cell_a1, Post.CELL_COMMITTEE_MEMBER, DAY, by=None)
    assert refused.value.field == "member"
    appoint(world.members_a1[9], world.cell_a1, Post.MEMBERS_CLERK, DAY, by=None)
    with pytest.raises(RuleBroken, match="là bí thư từ 01/01/2015. Ghi thôi"):
        appoint(world.members_a1[2], world.cell_a1, Post.SECRETARY, DAY, by=None)
    end_position(world.cell_a1.positions.get(post=Post.SECRETARY), dt.date(2020, 6, 30), by=None)
    appoint(world.members_a1[2], world.cell_a1, Post.SECRETARY, DAY, by=None)
    with pytest.raises(RuleBroken, match="giữ chức vụ này"):
        appoint(world.members_a1[2], world.cell_a1, Post.SECRETARY, dt.date(2020, 8, 1), by=None)


def test_a_cell_under_nine_has_no_chi_uy_and_one_deputy_is_enough(world):
    appoint(world.members_a2[2], world.cell_a2, Post.CELL_COMMITTEE_MEMBER, DAY, by=None)
    appoint(world.members_a2[3], world.cell_a2, Post.DEPUTY, DAY, by=None)
    found = told(world.cell_a2, DAY, 5, 5)
    assert "không lập chi ủy" in found and "2 phó bí thư" in found
    assert "không lập chi ủy" not in told(world.cell_a2, DAY, 9, 9)


def test_a_standing_committee_is_at_most_a_third(world):
    for member in world.members_a1[:5]:
        appoint(member, world.ward_a, Post.STANDING_MEMBER, DAY, by=None)
    assert "quá một phần ba" not in told(world.ward_a, DAY, 100, 100)  # five of 34
    world.ward_a.terms.update(sitting_members=14)
    assert "Ban thường vụ 5 trên 14 cấp ủy viên, quá một phần ba" in told(world.ward_a, DAY, 100, 100)
    assert "Khuyết bí thư" in told(world.ward_a, DAY, 100, 100)


def test_a_ward_is_measured_as_a_base_committee_only_while_it_is_one(world):
    assert "dưới mức 30 của đảng bộ cơ sở" in told(world.ward_a, dt.date(2025, 6, 30), 15, 15)
    assert "đảng bộ cơ sở" not in told(world.ward_a, D2025, 15, 15)
    assert "giao quyền" not in told(world.ward_a, D2025, 1683, 1654)


def test_a_right_given_to_a_small_committee_is_pointed_out(world):
    Delegation.objects.create(organisation=world.ward_a, right=Right.ADMIT, starts_on=DAY, decision=NOTE)
    assert "ủy quyền khi trên 100 đảng viên" in told(world.ward_a, DAY, 100, 90)
    assert "ủy quyền khi trên" not in told(world.ward_a, DAY, 101, 90)


def test_a_term_that_ran_out_is_named(world):
    world.cell_a1.terms.update(ends_on=dt.date(2020, 6, 1))
    assert "Nhiệm kỳ 2015–2030 hết ngày 01/6/2020: tổ chức đại hội" in told(world.cell_a1, DAY, 10, 9)


def test_the_number_of_the_next_congress(world, client):
    kind = OrganisationKind.objects.get(code="dang_bo_co_so")
    new = found(by=None, kind=kind, name="Đảng bộ Mới", header_name="ĐẢNG BỘ MỚI", place_name="Kỳ Anh", parent=world.town, valid_from=DAY, decision=NOTE)  # fmt: skip
    assert next_ordinal(new) == "I"
    world.ward_a.terms.update(ordinal="XIX")
    assert next_ordinal(world.ward_a) == "XX"
    world.cell_a1.terms.update(ordinal="III")
    assert next_ordinal(split(world.cell_a1, "Chi bộ A3", DAY, NOTE, by=None, members=world.members_a1[:4])) == "III"
    open_term(new, "2020–2025", DAY, by=None)
    assert next_ordinal(new) == ""  # a term of unknown number ran before
    client.force_login(world.users["organising"])
    assert client.get(f"/to-chuc/don-vi/{world.ward_a.pk}/nhiem-ky/").context["form"].initial["ordinal"] == "XX"


def test_a_kind_bears_the_name_of_the_day(world, client):
    make_organisation("dang_bo_co_so", "Đảng bộ Trạm", world.ward_a)
    client.force_login(world.users["organising"])
    for day, cell, ward in ((DAY, "Chi bộ trực thuộc", "Đảng bộ xã, phường"), (D2025, "Chi bộ trực thuộc", "Đảng bộ xã, phường, cấp trên trực tiếp của cơ sở"), (D2026, "Chi bộ", "Đảng bộ xã, phường")):  # fmt: skip
        page = client.get(world.cell_a1.get_absolute_url(), {"ngay": day.isoformat()}).content.decode()
        assert f"{cell}. Đảng bộ phường A" in page
        assert f"{ward}. Thị ủy Mẫu" in client.get(world.ward_a.get_absolute_url(), {"ngay": day.isoformat()}).content.decode()  # fmt: skip
    below = client.get(world.ward_a.get_absolute_url(), {"ngay": D2026.isoformat()}).context["children"]
    assert [one.kind_name for one in below] == ["Đảng bộ cơ sở", "Chi bộ", "Chi bộ"]
    world.ward_b.valid_to = dt.date(2025, 6, 30)
    world.ward_b.save()
    page = client.get(world.ward_b.get_absolute_url(), {"ngay": D2025.isoformat()}).content.decode()
    assert "Đảng bộ xã, phường. Thị ủy Mẫu" in page
