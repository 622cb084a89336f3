"""How long candidates who withdrew and members who moved away are kept (members.md 11.5)."""

import datetime as dt

import pytest

from chibo.models import Candidate, Member, MemberIdentity, MemberProfile, Transfer
from chibo.services.privacy import set_number
from chibo.services.retention import RULES, clear_confirmed, due_rows
from kyanh_portal.base.errors import RuleBroken
from tests.factories.growth import candidate

pytestmark = pytest.mark.django_db


def test_withdrawn_candidates_go_after_five_years_and_of_who_moved_away_a_stub_stays(world, client):
    officer, day = world.users["organising"], dt.date(2025, 9, 1)
    rules = {rule.code: rule for rule in RULES}
    old, new, going = (candidate(world.cell_a1, f"Trần Mẫu Nguồn {n}") for n in (1, 2, 3))
    for one, on in ((old, dt.date(2020, 8, 31)), (new, dt.date(2020, 9, 1))):
        Candidate.objects.filter(pk=one.pk).update(stage="RUT_KHOI", stage_on=on)
    assert list(due_rows(rules["withdrawn"], officer, day)) == [old]
    assert not due_rows(rules["withdrawn"], world.users["secretary"], day).exists()
    moved, back, near, died = world.members_a1[3:7]
    for number, (one, left, target, received) in enumerate([(moved, True, None, dt.date(2022, 8, 31)), (back, False, None, dt.date(2022, 8, 31)), (near, True, None, dt.date(2022, 9, 1)), (died, True, world.cell_b1, dt.date(2022, 8, 31))]):  # fmt: skip
        set_number(one, f"00000000010{number}", by=None)
        Transfer.objects.create(member=one, kind="CHINH_THUC", state="DA_TIEP_NHAN", source=world.cell_a1, target=target, elsewhere="" if target else "Thị ủy Hồng Lĩnh", ground="QĐ 1", moved_on=dt.date(2022, 8, 1), sent_on=dt.date(2022, 8, 1), received_on=received)  # fmt: skip
        Member.objects.filter(pk=one.pk).update(left_on=received if left else None)
    MemberProfile.objects.create(member=moved, home="Xã Giả")
    assert list(due_rows(rules["moved"], officer, day)) == [moved]
    assert clear_confirmed("moved", by=officer, day=day) == 1 and clear_confirmed("withdrawn", by=officer, day=day) == 1
    assert not MemberProfile.objects.exists() and set(MemberIdentity.objects.values_list("member", flat=True)) == {back.pk, near.pk, died.pk}  # fmt: skip
    assert Member.objects.get(pk=moved.pk).transfers.count() == 1, "the name and the letter stay"
    assert set(Candidate.objects.all()) == {new, going}
    for code in ("withdrawn", "moved"):
        with pytest.raises(RuleBroken, match="Không còn mục nào"):
            clear_confirmed(code, by=officer, day=day)


def test_the_page_of_what_is_past_its_time_names_candidates_too(world, client):
    one = candidate(world.cell_a1, "Trần Mẫu Rút")
    Candidate.objects.filter(pk=one.pk).update(stage="RUT_KHOI", stage_on=dt.date(2010, 1, 5))
    client.force_login(world.users["organising"])
    register = client.get("/to-chuc/so-xu-ly-du-lieu/").content.decode()
    assert "Quần chúng đã rút khỏi nguồn kết nạp" in register and "đã chuyển đi nơi khác" in register
    page = client.get("/to-chuc/so-xu-ly-du-lieu/het-han/withdrawn/").content.decode()
    assert "Trần Mẫu Rút" in page and one.get_absolute_url() in page and "Giữ 5 năm" in page
    assert client.post("/to-chuc/so-xu-ly-du-lieu/het-han/withdrawn/").status_code == 302
    assert not Candidate.objects.exists()
