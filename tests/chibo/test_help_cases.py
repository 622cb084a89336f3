"""Giáo dục, giúp đỡ: direction, secret ballot over the right base, twelve months, the conclusion, who sees it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chibo.choices import HelpState, RatingLevel, Role
from chibo.due_growth import help_due
from chibo.models import HelpCase, Rating, ReviewForm, ReviewYear
from chibo.rules import two_thirds
from chibo.services import help_cases
from chibo.services.bases import entitled
from chibo.services.campaigns import CRITERIA
from chibo.services.members import set_standing
from chibo.services.ratings import failed_twice
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import make_user
from tests.factories.growth import campaign, finding, help_case

FOUND, ASKED, VOTED = dt.date(2020, 10, 5), dt.date(2020, 10, 20), dt.date(2020, 11, 3)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def voted(world, votes=6, base=9):
    case = help_cases.direct(help_case(world.cell_a1), ASKED, "CV 3", by=None)
    return help_cases.ballot(case, VOTED, base, votes, "NQ 7", by=None)


@pytest.mark.parametrize("votes,state", [(6, HelpState.HELPING), (5, HelpState.NOT_LISTED)])
def test_two_thirds_of_the_official_members_put_a_member_on_the_list(world, votes, state):
    case = voted(world, votes)
    assert case.state == state
    assert case.due_on == (dt.date(2021, 11, 3) if state == HelpState.HELPING else None)


@given(st.integers(1, 400), st.data())
def test_the_ballot_is_two_thirds_for_every_base(base, data):
    votes = data.draw(st.integers(0, base))
    assert (votes >= two_thirds(base)) == (3 * votes >= 2 * base)


def test_exempt_and_suspended_members_do_not_count(world):
    assert entitled(world.cell_a1, VOTED) == 9
    set_standing(world.members_a1[1], "MIEN", dt.date(2020, 1, 1), by=None)
    set_standing(world.members_a1[2], "DINH_CHI", dt.date(2020, 1, 1), by=None)
    assert entitled(world.cell_a1, VOTED) == 7


def test_removal_waits_for_the_twelve_months(world):
    case = voted(world)
    with pytest.raises(RuleBroken, match="Chưa hết mười hai tháng"):
        help_cases.conclude(case, HelpState.TO_REMOVE, dt.date(2021, 11, 2), "NQ 8", by=None)
    done = help_cases.conclude(case, HelpState.TO_REMOVE, dt.date(2021, 11, 3), "NQ 8", by=None)
    assert done.state == HelpState.TO_REMOVE
    with pytest.raises(RuleBroken, match="Tải lại trang"):
        help_cases.conclude(case, HelpState.IMPROVED, dt.date(2021, 11, 3), "NQ 8", by=None)


def test_one_open_case_a_person_and_none_of_oneself(world):
    case = help_case(world.cell_a1)
    with pytest.raises(RuleBroken, match="chưa xong"):
        help_cases.open_case(case.member, "C2", FOUND, by=None)
    own = world.members_a1[5]
    with pytest.raises(RuleBroken, match="chính mình"):
        help_cases.open_case(own, "C2", FOUND, by=own.user)


def test_the_way_on_screen(world):
    secretary, committee = client_of(world.users["secretary"]), client_of(world.users["committee"])
    member = world.members_a1[3]
    form = {"member": member.pk, "code": "C4", "found_on": "2020-10-05"}
    assert secretary.post(reverse("chibo:help_case_create"), form).status_code == 302
    assert committee.post(reverse("chibo:help_case_create"), form).status_code == 403
    case = HelpCase.objects.get()
    url = case.get_absolute_url()
    ballot = {"voted_on": "2020-11-03", "base": 9, "votes": 7, "resolution": "NQ 7"}
    assert secretary.post(f"{url}bo-phieu/", ballot).status_code == 422
    assert secretary.post(f"{url}y-kien/", {"directed_on": "2020-10-20", "direction": "CV 3"}).status_code == 403
    assert committee.post(f"{url}y-kien/", {"directed_on": "2020-10-20", "direction": "CV 3"}).status_code == 302
    assert secretary.post(f"{url}bo-phieu/", {**ballot, "votes": 10}).status_code == 422
    assert secretary.post(f"{url}bo-phieu/", ballot).status_code == 302
    assert secretary.post(f"{url}phan-cong/", {"helper": member.pk}).status_code == 422
    assert secretary.post(f"{url}phan-cong/", {"helper": world.members_a1[0].pk}).status_code == 302
    assert "7/9 đồng ý" in secretary.get(url).content.decode()
    listed = secretary.get(reverse("chibo:help_cases")).content.decode()
    assert f"C4. {CRITERIA['C4']}" in listed
    assert [item.due_on for item in help_due(world.users["secretary"], VOTED)] == [dt.date(2021, 11, 3)]
    end = {"outcome": "TIEN_BO", "ended_on": "2021-05-05", "paper": "NQ 9"}
    assert secretary.post(f"{url}ket-luan/", end).status_code == 302
    case.refresh_from_db()
    assert case.state == HelpState.IMPROVED


def test_only_who_decides_sees_the_cases(world):
    url = help_case(world.cell_a1).get_absolute_url()
    seen = {role: client_of(user).get(url).status_code for role, user in world.users.items()}
    assert {role for role, status in seen.items() if status == 200} == {"secretary", "committee", "standing", "organising", "inspection"}  # fmt: skip
    other = help_case(world.cell_b1).get_absolute_url()
    assert client_of(world.users["secretary"]).get(other).status_code == 404


def test_a_finding_about_a_person_becomes_a_case(world):
    form = ReviewForm.objects.get(campaign=campaign(world), organisation=world.cell_a1)
    one = finding(form, code="C3", member=world.members_a1[4])
    assert one.help_case.state == HelpState.FOUND
    page = client_of(world.users["secretary"]).get(form.get_absolute_url()).content.decode()
    assert one.help_case.get_absolute_url() in page
    again = finding(form, code="C2", member=world.members_a1[4])
    assert not hasattr(again, "help_case")


def test_who_failed_two_years_running_is_named_until_the_case_is_open(world, settings):
    settings.PORTAL_TODAY = dt.date(2021, 1, 15)
    twice, once = world.members_a1[5:7]
    for year, failed in ((2019, [twice, once]), (2020, [twice])):
        session = ReviewYear.objects.create(
            organisation=world.cell_a1, year=year, rulebook="132-2018", is_synthetic=True
        )
        Rating.objects.bulk_create(Rating(session=session, member=one, final=RatingLevel.FAILED) for one in failed)
    note = f'Không hoàn thành nhiệm vụ cả năm 2019 và 2020 (C1):</b> <a href="{twice.get_absolute_url()}">'
    page = client_of(world.users["secretary"]).get(reverse("chibo:help_cases")).content.decode()
    assert note in page and once.full_name not in page
    assert list(failed_twice(make_user("other", Role.CELL_SECRETARY, world.cell_b1), 2020)) == []
    help_cases.open_case(twice, "C1", dt.date(2021, 1, 15), by=None)
    assert list(failed_twice(world.users["secretary"], 2020)) == []


def test_the_papers_of_a_removal_stand_on_the_case_only_when_it_is_proposed(world):
    case, client = voted(world), client_of(world.users["secretary"])
    assert "Giấy tờ kèm đề nghị xóa tên" not in client.get(case.get_absolute_url()).content.decode()
    help_cases.conclude(case, HelpState.TO_REMOVE, dt.date(2021, 11, 3), "NQ 8", by=None)
    page = client.get(case.get_absolute_url()).content.decode()
    assert all(paper in page for paper in help_cases.REMOVAL_PAPERS) and "chưa xác nhận cho Hà Tĩnh" in page
