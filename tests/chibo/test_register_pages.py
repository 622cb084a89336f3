"""The register as people see it: another day on every page, an act seen before it is done, siblings apart."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.models import Organisation
from chibo.services.founding import delegate
from chibo.services.rearranging import merge, rename
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import make_organisation

DAY, NOTE = dt.date(2020, 7, 1), "QĐ 12-QĐ/ThU (giả lập)"


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_an_act_is_shown_first_and_done_once_the_same_plan_is_sent_again(world):
    client = client_of(world.users["organising"])
    url = reverse("chibo:organisation_act", args=[world.cell_a2.pk, "sap-nhap"])
    answers = {"effective_on": "2020-07-01", "decision": NOTE, "heir": world.cell_a1.pk}
    page = client.post(url, answers)
    assert page.status_code == 200
    assert "5 đảng viên chuyển tập thể" in page.content.decode()
    assert Organisation.objects.get(pk=world.cell_a2.pk).valid_to is None
    stale = client.post(url, {**answers, "seen": "0" * 16})
    assert stale.status_code == 200
    assert Organisation.objects.get(pk=world.cell_a2.pk).valid_to is None
    done = client.post(url, {**answers, "seen": page.context["form"].data["seen"]})
    assert done.status_code == 302
    assert Organisation.objects.get(pk=world.cell_a2.pk).valid_to == dt.date(2020, 6, 30)


def test_the_list_and_the_page_show_the_name_of_the_day_asked(world):
    rename(world.cell_a1, "Chi bộ Sông Trí", DAY, NOTE, by=None)
    client = client_of(world.users["organising"])
    for url in (reverse("chibo:organisation_list"), reverse("chibo:organisation_detail", args=[world.cell_a1.pk])):
        before, after = client.get(url, {"ngay": "2020-06-30"}), client.get(url)
        assert "Chi bộ A1" in before.content.decode()
        assert "30/6/2020" in before.content.decode()
        assert "Chi bộ Sông Trí" in after.content.decode()
    found = client.get(reverse("chibo:organisation_list"), {"name": "a1"})
    assert [unit.pk for unit in found.context["object_list"]] == [world.cell_a1.pk]


def test_an_ended_organisation_stands_in_the_list_of_its_days_only(world):
    merge(world.cell_a2, world.cell_a1, DAY, NOTE, by=None)
    client, url = client_of(world.users["organising"]), reverse("chibo:organisation_list")
    then = {unit.pk: unit.members_now for unit in client.get(url, {"ngay": "30/06/2020"}).context["object_list"]}
    now = {unit.pk: unit.members_now for unit in client.get(url).context["object_list"]}
    assert (then[world.cell_a1.pk], then[world.cell_a2.pk]) == (10, 5)
    assert now[world.cell_a1.pk] == 15
    assert world.cell_a2.pk not in now


@pytest.mark.parametrize("day", ["", "hôm qua", "9999-99-99", "0001-01-01", "2020-02-30"])
def test_a_day_that_is_none_means_today(world, day):
    page = client_of(world.users["secretary"]).get(reverse("chibo:organisation_list"), {"ngay": day})
    assert page.status_code == 200
    assert page.context["is_now"]


def test_a_cell_secretary_sees_no_sibling_on_any_day(world):
    client = client_of(world.users["secretary"])
    for day in ("2016-01-01", "2020-06-30", "2030-01-01"):
        page = client.get(reverse("chibo:organisation_list"), {"ngay": day})
        assert {unit.pk for unit in page.context["object_list"]} <= {world.cell_a1.pk}
        assert client.get(reverse("chibo:organisation_detail", args=[world.cell_a2.pk]), {"ngay": day}).status_code == 404  # fmt: skip


def test_a_village_cell_is_not_founded_as_a_base_organisation(world):
    with pytest.raises(RuleBroken, match="Thôn, tổ dân phố"):
        make_organisation("chi_bo_co_so", "Chi bộ thôn Một", world.town, valid_from=dt.date(2025, 7, 1))


def test_thresholds_name_their_rule(world):
    page = client_of(world.users["organising"]).get(reverse("chibo:organisation_detail", args=[world.ward_a.pk]), {"ngay": "2020-07-01"})  # fmt: skip
    texts = [one.text for one in page.context["findings"]]
    assert any(text.startswith("15 đảng viên, dưới mức 30") for text in texts)
    assert all(one.source for one in page.context["findings"])


def test_a_right_is_delegated_once_at_a_time(world):
    delegate(world.ward_a, "KET_NAP", DAY, NOTE, by=None)
    with pytest.raises(RuleBroken, match="đang được giao"):
        delegate(world.ward_a, "KET_NAP", dt.date(2020, 8, 1), NOTE, by=None)
