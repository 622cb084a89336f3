"""The pager counts so far and no farther, says so, and nothing gets lost from the pages it shows."""

import pytest

from chibo.models import Member
from chibo.views.members import MemberList
from kyanh_portal.ui.views import CountedUpTo

LIST = "/to-chuc/dang-vien/"


@pytest.fixture
def two_a_page(world, client, monkeypatch):
    monkeypatch.setattr(MemberList, "paginate_by", 2)
    client.force_login(world.users["organising"])
    assert Member.objects.count() == 20
    return client


@pytest.mark.parametrize(("most", "count", "more"), [(20, 20, False), (19, 19, True), (4, 4, True), (50, 20, False)])
def test_a_query_is_counted_up_to_the_most(two_a_page, monkeypatch, most, count, more):
    monkeypatch.setattr(CountedUpTo, "most", most)
    page = two_a_page.get(f"{LIST}?page=2")
    paginator, text = page.context["page_obj"].paginator, page.content.decode()
    assert (paginator.count, paginator.has_more) == (count, more)
    assert (f"trong hơn {count}" in text) is more
    assert ("Xem tiếp, còn" in text) is not more and ("Lọc thêm" in text) is (most == 4)
    assert [one.pk for one in page.context["object_list"]] == [one.pk for one in Member.objects.in_order()[2:4]]


def test_a_list_is_counted_whole():
    paginator = CountedUpTo(list(range(CountedUpTo.most + 9)), 25)
    assert paginator.count == CountedUpTo.most + 9
