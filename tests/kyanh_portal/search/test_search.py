"""One box: without accents, in either order, by given name, only what one may see; lists in the Vietnamese order."""

import datetime as dt
import random

import pytest
from django.urls import reverse

from chibo.models import Member
from chibo.services.members import add_members
from kyanh_portal.search.query import MOST, find, find_in, word_query
from kyanh_portal.search.source import sources
from tests.factories import nghiquyet
from tests.factories.chibo import START, make_organisation
from tests.factories.hoithao import closed

NAMES = [
    "Trần Thị Mẫu Ân",
    "Đỗ Mẫu Ăn",
    "Lê Mẫu An",
    "Dương Mẫu Anh",
    "An Mẫu Bình",
    "Nguyễn An Mẫu Đào",
    "Phạm Mẫu Dung",
]


@pytest.fixture
def people(world):
    rows = [
        {"full_name": name, "admitted_on": dt.date(2010, 1, 1), "joined_on": START, "is_synthetic": True}
        for name in NAMES
    ]
    add_members(by=None, organisation=world.cell_a2, rows=rows)
    return world


def names(text, user):
    return [member.full_name for member in find_in(sources.get("members"), text, user)]


@pytest.mark.parametrize(
    "typed", ["Trần Thị Mẫu Ân", "tran thi mau an", "TRAN AN", "ân trần", "  an   tran ", "Trần Ân", "tr a mẫu t"]
)
def test_names_are_found_however_they_are_typed(people, typed):
    """Composed, decomposed, without marks, in capitals, in either order, by the beginnings of words."""
    assert "Trần Thị Mẫu Ân" in names(typed, people.users["standing"])


def test_the_given_name_comes_first(people):
    """ "an": those called An, Ăn, Ân before Anh, and before those whose family or middle name is An."""
    assert names("an", people.users["standing"])[:6] == [
        "Lê Mẫu An", "Đỗ Mẫu Ăn", "Trần Thị Mẫu Ân", "An Mẫu Bình", "Dương Mẫu Anh", "Nguyễn An Mẫu Đào",
    ]  # fmt: skip


def test_all_words_must_be_met(people):
    assert names("trần bình", people.users["standing"]) == []


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "🎉", "& | :*", "'", "\\", "()", "<script>", "%", "_"])
def test_signs_ask_for_nothing_and_break_nothing(people, client, typed):
    client.force_login(people.users["standing"])
    answer = client.get(reverse("search:search"), {"q": typed})
    assert answer.status_code == 200
    assert "Lê Mẫu An" not in answer.text


def test_long_text_is_cut_not_refused(people, client):
    client.force_login(people.users["standing"])
    assert client.get(reverse("search:search"), {"q": "an " * 3000}).status_code == 200
    assert str(word_query("nguyễn " * 30)).count("nguyen") <= 8


def test_only_the_own_scope_is_found(people):
    assert names("trần ân", people.users["committee"]) == ["Trần Thị Mẫu Ân"]  # ward A, above cell A2
    assert names("trần ân", people.users["secretary"]) == []  # cell A1
    assert names("trần ân", people.users["member"]) == []
    assert names("trần ân", people.users["administrator"]) == []


def test_one_box_finds_organisations_meetings_resolutions_and_papers(people):
    meeting = closed(people.cell_a1, people.members_a1, dt.date(2020, 12, 1)).meeting
    nghiquyet.issued(nghiquyet.cell_draft(people.cell_a1, title="lãnh đạo nhiệm vụ tháng 9 năm 2026"))
    standing = people.users["standing"]

    def groups(text):
        return {source.name: [url for _, url in lines] for source, lines in find(text, standing)}

    assert groups("chi bo a1")["organisations"] == [people.cell_a1.get_absolute_url()]
    assert meeting.get_absolute_url() in groups("thuong ky thang 12")["meetings"]
    found = groups("nhiem vu thang 9")
    assert len(found["resolutions"]) == 1 and len(found["documents"]) == 1
    assert "documents" in groups("so 1 nq")  # "Số 01-NQ/CB"


def test_an_exact_name_stands_before_longer_ones(world):
    for number in (10, 1, 12, 2):
        make_organisation("chi_bo_truc_thuoc", f"Chi bộ tổ dân phố {number}", world.ward_a)
    found = [row.name for row in find_in(sources.get("organisations"), "to dan pho 1", world.users["standing"])]
    assert found == ["Chi bộ tổ dân phố 1", "Chi bộ tổ dân phố 10", "Chi bộ tổ dân phố 12"]


def test_a_common_word_fills_one_page_and_says_so(people, client):
    client.force_login(people.users["standing"])
    answer = client.get(reverse("search:search"), {"q": "mau"})
    assert len(names("mau", people.users["standing"])) == MOST
    assert f"{MOST} mục đầu" in answer.text


def test_people_are_listed_by_given_name_in_the_vietnamese_order(people):
    """an – anh – ăn – ân, d before đ: letter by letter, as in a Vietnamese dictionary."""
    assert [member.full_name for member in Member.objects.filter(full_name__in=NAMES).in_order()] == [
        "Lê Mẫu An", "Dương Mẫu Anh", "Đỗ Mẫu Ăn", "Trần Thị Mẫu Ân", "An Mẫu Bình", "Phạm Mẫu Dung", "Nguyễn An Mẫu Đào",
    ]  # fmt: skip


def test_organisations_are_listed_in_the_vietnamese_order(world):
    order = [
        "Chi bộ An",
        "Chi bộ Anh",
        "Chi bộ Ăn",
        "Chi bộ Ân",
        "Chi bộ Dân",
        "Chi bộ Đan",
        "Chi bộ số 2",
        "Chi bộ số 10",
    ]
    shuffled = random.Random(3).sample(order, len(order))
    for name in shuffled:
        make_organisation("chi_bo_truc_thuoc", name, world.ward_b)
    listed = [o.name for o in world.ward_b.children.filter(name__in=order).in_order()]
    assert listed == order


def test_what_carries_a_stamp_is_neither_sought_nor_shown_again(world, client):
    client.force_login(world.users["secretary"])
    page = client.get("/tim/", {"q": "TỐI MẬT"}).content.decode()
    assert "dấu độ mật" in page and 'value="TỐI MẬT"' not in page
    assert client.get("/tim/", {"q": "bí mật nhà nước"}).context["q"] == "bí mật nhà nước"


def test_cells_of_one_name_are_told_apart_by_who_stands_above(world):
    user = world.users["organising"]
    found = {source.name: lines for source, lines in find("chi bo", user)}
    assert f"Chi bộ A1, {world.cell_a1.parent.name}" in [line for line, _ in found["organisations"]]
    person = world.members_a1[0]
    found = {source.name: lines for source, lines in find(person.full_name, user)}
    assert f"{person.full_name}, Chi bộ A1, {world.cell_a1.parent.name}" in [line for line, _ in found["members"]]
