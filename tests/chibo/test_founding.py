"""Founding by the thresholds of the day; acts out of order are refused; what an end leaves to do; giải tán."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.choices import Arranged, Right
from chibo.due import organisations_due
from chibo.models import CellType, Delegation, Member, Organisation, OrganisationKind
from chibo.services.act_order import who_signs
from chibo.services.founding import disband, found, hand_over
from chibo.services.organisations import correct_organisation
from chibo.services.rearranging import dissolve, merge, move, plan, rename
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import make_organisation

DAY = dt.date(2020, 7, 1)
NOTE = "QĐ 12-QĐ/ThU, 25/6/2020 (giả lập)"


def founded(world, code, parent=None, day=DAY, **more):
    kind = OrganisationKind.objects.get(code=code)
    fields = {
        "name": "Tổ chức mới",
        "header_name": "TỔ CHỨC MỚI",
        "place_name": "Kỳ Anh",
        "parent": parent or world.town,
    }
    fields["cell_type"] = CellType.objects.get(code="co_quan") if kind.is_cell else None
    return found(by=None, kind=kind, valid_from=day, decision=NOTE, **fields | more)


@pytest.mark.parametrize(
    ("code", "members", "official", "match", "mended"),
    [
        ("chi_bo_truc_thuoc", 5, 2, "ít nhất 3 đảng viên chính thức", False), ("chi_bo_truc_thuoc", 31, 30, "quá 30", True),
        ("chi_bo_co_so", 30, 30, "lập đảng bộ cơ sở", True), ("dang_bo_co_so", 29, 29, "dưới mức 30", True),
    ],
)  # fmt: skip
def test_a_threshold_stops_founding_and_only_some_are_mended_by_a_consent(world, code, members, official, match, mended):  # fmt: skip
    parent = world.ward_a if code == "chi_bo_truc_thuoc" else None
    with pytest.raises(RuleBroken, match=match) as refused:
        founded(world, code, parent, members=members, official=official)
    assert "24-QĐ/TW" in refused.value.message
    if mended:
        new = founded(world, code, parent, members=members, official=official, consent="CV 5-CV/ThU")
        assert new.lineage.get(kind=Arranged.ESTABLISHED).told == f"{members} đảng viên, {official} chính thức; đồng ý: CV 5-CV/ThU"  # fmt: skip
    else:
        with pytest.raises(RuleBroken, match=match):
            founded(world, code, parent, members=members, official=official, consent="CV 5-CV/ThU")


def test_a_base_committee_has_no_advisory_body_from_july_2025_without_a_paper(world):
    assert founded(world, "van_phong", world.ward_a).parent == world.ward_a
    base = make_organisation("dang_bo_co_so", "Đảng bộ Bệnh viện", world.town)
    for day, match in ((dt.date(2025, 8, 1), "17.1"), (dt.date(2026, 8, 3), "tỉnh ủy quyết định")):
        with pytest.raises(RuleBroken, match=match):
            founded(world, "van_phong", base, day)
    assert founded(world, "van_phong", base, dt.date(2026, 8, 3), consent="QĐ của Tỉnh ủy").valid_from == dt.date(2026, 8, 3)  # fmt: skip


def test_the_form_of_founding_keeps_what_was_typed_and_writes_the_decision(world, client):
    client.force_login(world.users["organising"])
    typed = {
        "kind": OrganisationKind.objects.get(code="chi_bo_truc_thuoc").pk, "parent": world.ward_a.pk, "cell_type": CellType.objects.get(code="thon_tdp").pk,
        "name": "Chi bộ A9", "header_name": "CHI BỘ A9", "place_name": "Kỳ Anh", "valid_from": "2020-07-01", "decision": NOTE, "members": 4, "official": 2, "code": "42.1",
    }  # fmt: skip
    page = client.post(reverse("chibo:organisation_create"), typed)
    assert (
        page.status_code == 422 and "bốn nhóm 3 số" in page.content.decode() and 'value="42.1"' in page.content.decode()
    )
    page = client.post(reverse("chibo:organisation_create"), typed | {"code": "42.168.053.000.001"})
    assert page.status_code == 422 and "ít nhất 3 đảng viên chính thức" in page.content.decode()
    assert client.post(reverse("chibo:organisation_create"), typed | {"code": "42.168.053.000.001", "official": 3}).status_code == 302  # fmt: skip
    new = Organisation.objects.get(name="Chi bộ A9")
    assert (new.code, new.lineage.get().decision) == ("42.168.053.000.001", NOTE)


def test_acts_out_of_order_are_refused_with_a_sentence(world):
    late = make_organisation("chi_bo_truc_thuoc", "Chi bộ A7", world.ward_a, valid_from=dt.date(2020, 9, 1))
    with pytest.raises(RuleBroken, match="chưa tiếp nhận được"):
        merge(world.cell_a2, late, DAY, NOTE, by=None)
    rename(world.cell_a2, "Chi bộ Hai", dt.date(2020, 8, 1), NOTE, by=None)
    with pytest.raises(RuleBroken, match="còn biến động ngày 01/8/2020"):
        merge(world.cell_a2, world.cell_a1, DAY, NOTE, by=None)
    with pytest.raises(RuleBroken, match="trực thuộc của nó"):
        merge(world.town, world.ward_a, DAY, NOTE, by=None)
    merge(world.cell_a2, world.cell_a1, dt.date(2020, 9, 1), NOTE, by=None)
    for act in (lambda: merge(world.cell_a2, world.cell_b1, dt.date(2020, 8, 15), NOTE, by=None), lambda: dissolve(world.cell_a2, dt.date(2020, 9, 1), NOTE, by=None)):  # fmt: skip
        with pytest.raises(RuleBroken, match="sáp nhập từ 01/9/2020"):
            act()
    with pytest.raises(RuleBroken, match="đã có quyết định thôi hoạt động"):
        plan(Arranged.DISSOLVED, Organisation.objects.get(pk=world.cell_a2.pk), dt.date(2020, 8, 20))
    with pytest.raises(RuleBroken, match="thôi hoạt động"):
        move(Organisation.objects.get(pk=world.cell_a1.pk), Organisation.objects.get(pk=_ended(world).pk), dt.date(2020, 11, 2), NOTE, by=None)  # fmt: skip


def _ended(world):
    ward = make_organisation("dang_uy_xa_phuong", "Đảng bộ phường C", world.town)
    dissolve(ward, dt.date(2020, 10, 1), NOTE, by=None)
    return ward


def test_the_last_day_is_not_typed_past_the_guided_acts(world):
    with pytest.raises(RuleBroken, match="Sắp xếp"):
        correct_organisation(world.cell_a1, by=None, valid_to=DAY)
    empty = make_organisation("chi_bo_truc_thuoc", "Chi bộ A8", world.ward_a)
    assert correct_organisation(empty, by=None, valid_to=DAY).valid_to == DAY


def test_who_signs_depends_on_how_far_the_cell_goes(world):
    assert who_signs(world.cell_a1, world.cell_a2, DAY).startswith("Đảng ủy phường A quyết định; chi ủy hai bên ký")
    far = who_signs(world.cell_a1, world.ward_b, DAY)
    assert "ban thường vụ Thị ủy Mẫu quyết định; Đảng ủy phường B tiếp nhận; hai đảng ủy ký" in far
    assert who_signs(world.ward_a, world.ward_b, DAY).startswith("ban thường vụ Thị ủy Mẫu quyết định")
    lines = plan(Arranged.MERGED, world.cell_a2, DAY, heir=world.cell_a1).lines
    assert any("trước hết 22/7/2020 (15 ngày làm việc)" in line and "12/8/2020 (30 ngày làm việc)" in line for line in lines)  # fmt: skip


def test_handover_and_seal_are_reminded_until_their_day_is_written(world, client):
    line = merge(world.cell_a2, world.cell_a1, DAY, NOTE, by=None)

    def titles():
        return [one.title.split(":")[0] for one in organisations_due(world.users["organising"], dt.date(2020, 8, 3)) if world.cell_a2.name in one.title]  # fmt: skip

    assert titles() == ["Bàn giao", "Nộp con dấu, hồ sơ"]
    client.force_login(world.users["organising"])
    url = reverse("chibo:organisation_handover", args=[world.cell_a2.pk, line.pk])
    assert client.post(url, {"handed_over_on": "2010-07-10"}).status_code == 422
    assert client.post(url, {"handed_over_on": "2020-07-10"}).status_code == 302
    assert titles() == ["Nộp con dấu, hồ sơ"]
    hand_over(line, by=None, handed_over_on=dt.date(2020, 7, 10), seal_returned_on=dt.date(2020, 7, 20))
    assert titles() == []
    assert "Bàn giao xong 10/7/2020" in client.get(world.cell_a2.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("proposed", "decided", "field"), [(9, 8, "proposed"), (10, 7, "decided"), (10, 8, None)])
def test_disbanding_needs_two_thirds_below_and_more_than_half_above(world, proposed, decided, field):
    votes = {"proposed_base": 15, "proposed": proposed, "decided_base": 15, "decided": decided}
    if field:
        with pytest.raises(RuleBroken) as refused:
            disband(world.cell_a2, DAY, NOTE, by=None, heir=world.cell_a1, **votes)
        assert refused.value.field == field
    else:
        line = disband(world.cell_a2, DAY, NOTE, by=None, heir=world.cell_a1, **votes)
        assert line.kind == Arranged.DISBANDED and "đề nghị 10/15, quyết định 8/15" in line.told
        assert not Member.objects.placed_on(DAY).filter(organisation=world.cell_a2).exists()


def test_all_cells_of_a_committee_go_straight_under_the_ward_in_one_act(world):
    """The way of 2026: the đảng bộ under a ward ends, its cells lie straight under the ward; by an office user, without code."""
    day = dt.date(2026, 9, 30)
    base = make_organisation("dang_bo_co_so", "Đảng bộ các cơ quan đảng", world.ward_a)
    cells = [make_organisation("chi_bo_truc_thuoc", f"Chi bộ {n}", base) for n in range(1, 24)]
    Delegation.objects.create(organisation=base, right=Right.ADMIT, starts_on=dt.date(2025, 7, 1), decision=NOTE)
    client = Client()
    client.force_login(world.users["organising"])
    url = reverse("chibo:organisation_act", args=[base.pk, "giai-the"])
    typed = {"effective_on": day.isoformat(), "decision": "QĐ 9-QĐ/ĐU (giả lập)", "heir": world.ward_a.pk}
    shown = client.post(url, typed).context
    assert any("23 đơn vị trực thuộc chuyển về Đảng bộ phường A" in line for line in shown["plan"].lines)
    assert client.post(url, typed | {"seen": shown["form"].data["seen"]}).status_code == 302
    assert Organisation.objects.filter(pk__in=[one.pk for one in cells], parent=world.ward_a).count() == 23
    assert Organisation.objects.under_on(base, dt.date(2026, 9, 29)).count() == 23
    assert Delegation.objects.get(organisation=base).ends_on == dt.date(2026, 9, 29)
