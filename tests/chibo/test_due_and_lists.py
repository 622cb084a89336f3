"""What is due to whom, the lists of Huy hiệu Đảng, the list of members as of a day, search by former names."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from chibo.choices import Leaving, Role
from chibo.models import Member, Organisation
from chibo.reports.badges import candidates
from chibo.reports.due_digest import DueDigest
from chibo.services.lifecycle import leave_party, note_discipline
from chibo.services.members import add_members
from chibo.services.privacy import ask_about_data
from chibo.services.rearranging import merge, rename
from chibo.services.transfers import request_transfer, sign_box
from kyanh_portal.access.scope import scope_of
from kyanh_portal.reminders.due import due_for
from kyanh_portal.search.query import find
from tests.factories.chibo import START, make_user

D = dt.date


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def titles(user, day):
    return [item.title for source, item in due_for(user, day) if source.code in ("transfers", "probation", "exits", "badges", "organisations", "yearly")]  # fmt: skip


def test_a_transfer_is_due_to_the_giving_then_to_the_receiving_side_and_never_to_a_sibling(world):
    there, sibling = make_user("there", Role.CELL_SECRETARY, world.cell_b1), make_user("sib", Role.CELL_SECRETARY, world.cell_a2)  # fmt: skip
    one = request_transfer(world.members_a1[4], "NOI_BO", D(2020, 3, 2), "QĐ 1", by=None, target=world.cell_b1, fee_until=D(2020, 3, 1))  # fmt: skip
    day, name = D(2020, 3, 20), world.members_a1[4].full_name
    assert any(name in title for title in titles(world.users["secretary"], day))
    assert not any(name in title for title in titles(there, day))
    for number in (1, 4):
        sign_box(one, number, D(2020, 3, 10), by=None)
    assert any(name in title for title in titles(there, day))
    assert not any(name in title for title in titles(sibling, day))
    item = next(item for source, item in due_for(there, day) if source.code == "transfers")
    assert item.due_on == D(2020, 4, 21)  # 30 working days after 10/3; no holiday is entered
    assert "30 ngày làm việc" in item.why


def test_probation_is_due_thirty_working_days_after_twelve_months(world):
    (new,) = add_members(by=None, organisation=world.cell_a1, rows=[{"full_name": "Trần Mẫu Mới", "admitted_on": D(2019, 12, 2), "is_synthetic": True}])  # fmt: skip
    found = [item for source, item in due_for(world.users["secretary"], D(2020, 12, 10)) if source.code == "probation"]
    assert (D(2021, 1, 14), f"Xét công nhận chính thức: {new}") in [(item.due_on, item.title) for item in found]


def test_the_file_of_who_left_is_due_to_the_committee_not_to_the_cell(world):
    leave_party(world.members_a1[3], Leaving.DIED, D(2020, 3, 2), "Phiếu báo", by=None)
    wanted = f"Nộp hồ sơ, phiếu báo: {world.members_a1[3]}"
    assert wanted in titles(world.users["committee"], D(2020, 3, 10))
    assert wanted not in titles(world.users["secretary"], D(2020, 3, 10))


def test_the_badge_list_names_who_reaches_a_class_and_who_is_kept_back(world):
    rows = [
        {"full_name": f"Lê Mẫu {name}", "admitted_on": day, "official_on": day.replace(year=day.year + 1), "joined_on": START, "is_synthetic": True}
        for name, day in (("Đủ", D(1980, 8, 20)), ("Sớm", D(1980, 9, 3)), ("Phạt", D(1990, 6, 1)), ("Khác", D(1983, 7, 7)))
    ]  # fmt: skip
    people = add_members(by=None, organisation=world.cell_a1, rows=rows)
    note_discipline(people[2], "KHIEN_TRACH", D(2020, 5, 1), "QĐ 7", by=None)
    found = {row["member"].full_name: (row["years"], row["blocked"]) for row in candidates(world.ward_a, D(2020, 9, 2))}
    assert found == {"Lê Mẫu Đủ": (40, False), "Lê Mẫu Phạt": (30, True)}
    assert candidates(world.ward_b, D(2020, 9, 2)) == []


def test_the_list_of_an_earlier_day_has_who_was_there_then(world):
    moved = world.members_a2[0].full_name
    merge(world.cell_a2, world.cell_b1, D(2020, 7, 1), "QĐ 1", by=None)
    client, url = client_of(world.users["committee"]), reverse("chibo:member_list")
    then = client.get(url, {"ngay": "2020-06-30", "cell": "a2"})
    assert [member.cell_then.name for member in then.context["object_list"]] == ["Chi bộ A2"] * 5
    now = client.get(url, {"cell": "a2"})
    assert list(now.context["object_list"]) == []
    assert client.get(reverse("chibo:member_detail", args=[world.members_a2[0].pk])).status_code == 404
    assert moved in then.content.decode()
    assert "Đã chuyển đi" in then.content.decode()


def test_the_member_page_tells_the_whole_story_and_hides_it_from_a_sibling(world):
    one = world.members_a1[4]
    note_discipline(one, "CANH_CAO", D(2020, 5, 1), "QĐ 7", by=None)
    page = client_of(world.users["secretary"]).get(reverse("chibo:member_detail", args=[one.pk]))
    assert "Kỷ luật: cảnh cáo" in page.content.decode()
    assert "Đảng viên chính thức" in page.content.decode()
    sibling = make_user("sib", Role.CELL_SECRETARY, world.cell_a2)
    assert client_of(sibling).get(reverse("chibo:member_detail", args=[one.pk])).status_code == 404


@pytest.mark.parametrize(("typed", "stored", "shown"), [("1952", (D(1952, 1, 1), "year"), "1952"), ("5/1952", (D(1952, 5, 1), "month"), "5/1952"), ("12/5/1952", (D(1952, 5, 12), "day"), "12/5/1952")])  # fmt: skip
def test_a_date_known_in_part_is_kept_as_typed(world, typed, stored, shown):
    one, client = world.members_a1[4], client_of(world.users["secretary"])
    url = reverse("chibo:member_edit", args=[one.pk])
    answers = {"full_name": one.full_name, "sex": "nam", "born_on": typed, "admitted_on": "2010", "official_on": "2011-01-01", "joined_on": "2015-01-01"}  # fmt: skip
    assert client.post(url, answers).status_code == 302
    one.refresh_from_db()
    assert (one.born_on, one.born_precision) == stored
    assert (one.born_words, one.admitted_words) == (shown, "2010")
    assert f'value="{shown}"' in client.get(url).content.decode()
    wrong = client.post(url, {**answers, "born_on": "31/2/1952"})
    assert wrong.status_code == 422
    assert "31/2/1952" in wrong.content.decode()


def test_an_organisation_is_found_by_its_former_name_and_code(world):
    rename(world.cell_a1, "Chi bộ Sông Trí", D(2020, 7, 1), "QĐ 1", by=None)
    world.cell_a2.code = "38.168.053.000.001"
    world.cell_a2.save()
    user = world.users["organising"]
    assert [line for _, rows in find("a1", user) for line, _ in rows][:1] == [
        f"Chi bộ Sông Trí, {world.cell_a1.parent.name}"
    ]
    assert [line for _, rows in find("38.168.053", user) for line, _ in rows] == [
        f"Chi bộ A2, {world.cell_a2.parent.name}"
    ]


def test_a_cell_of_twelve_counts_ten_of_its_members(world):
    """members.md 14.1: one exempt and away, one elsewhere for a time, one probationary: N = 10, seven needed."""
    from chibo.rules import two_thirds
    from chibo.services.members import set_standing

    people = add_members(by=None, organisation=world.cell_b1, rows=[{"full_name": f"Vũ Mẫu {i}", "admitted_on": D(2010, 1, 1), "official_on": D(2011, 1, 1) if i < 7 else None, "joined_on": START, "is_synthetic": True} for i in range(8)])  # fmt: skip
    set_standing(people[0], "MIEN", D(2020, 1, 1), by=None)
    set_standing(people[1], "TAM_DI", D(2020, 1, 1), by=None)
    day = D(2020, 6, 1)
    standings = [m.standing_on(day) for m in Member.objects.on_roll(world.cell_b1, day)]
    assert len([s for s in standings if s != "DU_BI"]) == 12
    base = standings.count("CHINH_THUC")
    assert (base, two_thirds(base), two_thirds(base + 1)) == (10, 7, 8)


def test_the_digest_names_the_unit_and_puts_what_is_late_first(world, settings):
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)
    user, work, parameters = world.users["organising"], {}, {"weeks": 2, "day": "2020-12-21"}
    ask_about_data(world.members_a1[0], "xem", by=None, asked_on=dt.date(2020, 12, 1))
    ask_about_data(world.members_a1[1], "xem", by=None, asked_on=dt.date(2020, 12, 18))
    list(DueDigest().steps(user, parameters, work, None))
    titles = {label: [item.title for item, _ in rows] for label, rows in work["groups"]}
    assert list(titles)[:2] == ["Quá hạn", "Trong 7 ngày tới"]
    assert f"Trả lời đề nghị về dữ liệu: {world.members_a1[0]}" in titles["Quá hạn"]
    assert f"Trả lời đề nghị về dữ liệu: {world.members_a1[1]}" in titles["Trong 7 ngày tới"]
    assert work["number"] == sum(len(rows) for rows in titles.values()) and work["late"] == len(titles["Quá hạn"])
    reader = PdfReader(io.BytesIO(DueDigest().files(user, parameters, work, ["pdf"])[0][2]))
    printed = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    home = Organisation.objects.get(pk=scope_of(user).home_id)
    assert f"{scope_of(user).role_label}, {home.name}" in printed and f"Quá hạn: {work['late']} việc" in printed
