"""Information for statistics: written once, seen by who decides, told nowhere, counted without naming a few."""

import datetime as dt
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from chibo.fieldclasses import exported_fields
from chibo.models import Member, MemberProfile
from chibo.owndata import data_of
from chibo.profile_choices import ETHNIC_GROUPS, KINH
from chibo.reports.profile_table import GROUPS, n3b, n4b
from chibo.reports.register_facts import Facts
from chibo.reports.register_tables import n4
from chibo.services.profiles import FIELDS, set_profile
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.rendering.xlsx import Sheet, workbook

FILLED = {"home": "xã Kỳ Lợi, tỉnh Hà Tĩnh", "ethnicity": "Chứt", "religion": "CONG_GIAO", "degree": "DAI_HOC", "occupation": "GIAO_VIEN", "theory": "TRUNG_CAP"}  # fmt: skip


@pytest.fixture(autouse=True)
def _day(settings):
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_list_of_ethnic_groups_is_whole():
    assert len(set(ETHNIC_GROUPS)) == 54 and ETHNIC_GROUPS[0] == KINH


def test_the_secretary_writes_it_and_the_page_shows_only_what_is_written(world):
    one, client = world.members_a1[3], client_of(world.users["secretary"])
    address = f"/to-chuc/dang-vien/{one.pk}/"
    assert "Chưa ghi." in client.get(address).content.decode()
    assert client.post(f"{address}thong-ke/", FILLED).status_code == 302
    page = client.get(address).content.decode()
    assert "xã Kỳ Lợi, tỉnh Hà Tĩnh" in page and "Chứt" in page and "Đại học" in page and "Tên gọi khác" not in page
    form = client.get(f"{address}thong-ke/").content.decode()
    assert 'value="xã Kỳ Lợi, tỉnh Hà Tĩnh"' in form


def test_a_wrong_answer_keeps_what_was_typed(world):
    client = client_of(world.users["secretary"])
    answer = client.post(f"/to-chuc/dang-vien/{world.members_a1[3].pk}/thong-ke/", {**FILLED, "ethnicity": "Sao Hỏa", "home": "x" * 201})  # fmt: skip
    told = answer.content.decode()
    assert answer.status_code == 422 and "Chọn một mục có trong danh sách." in told and "ô này giữ được 200" in told
    assert "x" * 201 in told and not MemberProfile.objects.exists()


def test_the_log_names_the_fields_and_tells_no_value_and_no_list_takes_them_out(world):
    set_profile(world.members_a1[3], by=world.users["secretary"], **FILLED)
    entry = AuditEntry.objects.get(verb="member.profile_set")
    assert set(entry.facts["fields"]) == set(FILLED) and "Chứt" not in str(entry.facts)
    assert exported_fields("chibo.MemberProfile") == []
    set_profile(world.members_a1[3], by=None, **FILLED)
    assert AuditEntry.objects.filter(verb="member.profile_set").count() == 1  # nothing changed, nothing told


def test_who_does_not_decide_does_not_see_it(world):
    one = world.members_a1[3]
    set_profile(one, by=None, **FILLED)
    for role, sees in {"secretary": True, "committee": True, "organising": True, "inspection": True, "office": False}.items():  # fmt: skip
        page = client_of(world.users[role]).get(f"/to-chuc/dang-vien/{one.pk}/")
        assert ("Chứt" in page.content.decode()) is sees, role
    sibling = client_of(world.users["secretary"])
    assert sibling.get(f"/to-chuc/dang-vien/{world.members_a2[3].pk}/thong-ke/").status_code == 404


def test_a_member_finds_it_among_the_own_data(world):
    own = world.members_a1[5]
    set_profile(own, by=None, religion="PHAT_GIAO")
    own.refresh_from_db()
    sections = dict(data_of(own))
    assert ("Tôn giáo", "Phật giáo") in [line[:2] for line in sections["Thông tin thống kê"]]
    assert "Phật giáo" in client_of(world.users["member"]).get("/to-chuc/du-lieu-cua-toi/").content.decode()


def test_the_table_counts_and_hides_a_few(world):
    for number, one in enumerate(world.members_a1[:4]):
        set_profile(one, by=None, ethnicity="Chứt" if number < 2 else KINH, religion="CONG_GIAO" if number < 3 else "KHONG", degree="DAI_HOC", occupation="NONG_DAN")  # fmt: skip
    table = n3b(Facts(world.town, 2020))
    total = dict(zip([column.label for column in table.columns], table.rows[-1], strict=True))
    assert (total["Loại hình"], total["Tổng"], total["Đã ghi"]) == ("Cộng", 20, 4)
    assert (total["Dân tộc thiểu số"], total["Có tôn giáo"], total["Đại học"], total["Nông dân"]) == ("< 3", 3, 4, 4)
    assert {field for _, field, _ in GROUPS} < set(FIELDS)


def test_who_was_admitted_is_counted_by_what_they_do(world):
    """N4 by ethnicity, religion, degree and occupation: who was admitted in the year, in the branch, and no others."""
    new = world.members_a1[5:9]
    Member.objects.filter(pk__in=[one.pk for one in new]).update(admitted_on=dt.date(2020, 5, 19), official_on=None, born_on=dt.date(1985, 3, 1))  # fmt: skip
    for number, one in enumerate(new):
        set_profile(one, by=None, ethnicity="Chứt" if number < 2 else KINH, religion="CONG_GIAO" if number < 3 else "KHONG", degree="DAI_HOC", occupation="GIAO_VIEN")  # fmt: skip
    set_profile(
        world.members_a1[2], by=None, ethnicity="Chứt", degree="DAI_HOC", occupation="GIAO_VIEN"
    )  # a member of long

    def total(table):
        return dict(zip([column.label for column in table.columns], table.rows[-1], strict=True))

    found = total(n4b(Facts(world.town, 2020)))
    assert (found["Kết nạp"], found["Đã ghi"], found["Dân tộc thiểu số"], found["Có tôn giáo"]) == (4, 4, "< 3", 3)
    assert (found["Đại học"], found["Viên chức"], found["Nông dân"]) == (4, 4, 0)
    ages = total(n4(Facts(world.town, 2020)))
    assert (ages["Kết nạp"], ages["18–30 tuổi"], ages["31–40"], ages["41–50"], ages["Trên 50"]) == (4, 0, 4, 0, 0)
    assert total(n4b(Facts(world.town, 2019)))["Kết nạp"] == 0
    assert total(n4b(Facts(world.ward_b, 2020)))["Kết nạp"] == 0
    for role, opens in (("organising", True), ("office", False)):
        page = client_of(world.users[role]).get("/to-chuc/bang/?bang=N4B&nam=2020")
        assert page.status_code == 200 and ("bang=N4B&amp;dong=" in page.content.decode()) is opens, role


def test_the_people_behind_the_table_are_for_who_decides(world):
    for one in world.members_a1[:4]:
        set_profile(one, by=None, degree="DAI_HOC")
    for role, opens in (("organising", True), ("office", False)):
        page = client_of(world.users[role]).get("/to-chuc/bang/?bang=N3B&nam=2020")
        if page.status_code == 200:
            assert ("bang=N3B&amp;dong=" in page.content.decode()) is opens, role
        else:
            assert page.status_code == 403 and not opens


def test_the_table_goes_into_a_spreadsheet_with_its_signs(world):
    set_profile(world.members_a1[3], by=None, ethnicity="Chứt")
    table = n3b(Facts(world.town, 2020))
    made = workbook([Sheet(table.code, table.columns, table.rows, title=table.title)])
    read = load_workbook(io.BytesIO(made)).active
    assert "< 3" in [cell.value for cell in read[read.max_row]]
