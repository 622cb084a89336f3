"""The pager counts so far and no farther, says so, and nothing gets lost from the pages it shows."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from chibo.models import Member
from kyanh_portal.ui.views import CountedUpTo


def pager(rows, most, page):
    paginator = CountedUpTo(rows, 2)
    paginator.most = most
    shown = paginator.page(page)
    return paginator, render_to_string("components/_pager.html", {"page_obj": shown, "noun": "đồng chí", "request": RequestFactory().get("/")})  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("most", "count", "more"), [(20, 20, False), (19, 19, True), (4, 4, True), (50, 20, False)])
def test_a_query_is_counted_up_to_the_most(world, most, count, more):
    rows = Member.objects.in_order()
    assert rows.count() == 20
    paginator, text = pager(rows, most, 1)
    assert (paginator.count, paginator.has_more) == (count, more)
    assert (f"trong hơn {count}" in text) is more
    assert ("Xem tiếp, còn" in text) is not more
    assert [one.pk for one in paginator.page(2)] == [one.pk for one in rows[2:4]]


@pytest.mark.django_db
def test_the_last_page_counted_says_that_there_is_more(world):
    _, text = pager(Member.objects.in_order(), 4, 2)
    assert "Lọc thêm" in text and "Xem tiếp" not in text


def test_a_list_is_counted_whole():
    paginator, text = pager(list(range(9)), 4, 1)
    assert paginator.count == 9 and "trong 9" in text
