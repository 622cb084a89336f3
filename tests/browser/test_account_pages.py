"""The account pages on a phone and a desk: accessible, never wider than the screen, under the strict policy."""

import pytest

from tests.browser.tools import DESK, PHONE, assert_accessible, assert_no_sideways_scroll, login

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
INSIDE = ["/tai-khoan/", "/tai-khoan/mat-khau/", "/tai-khoan/phien/", "/tai-khoan/bao-ve/", "/khong-co-dau/"]


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_pages_before_signing_in(open_page, size):
    page = open_page(size, bypass_csp=True)
    for address in ["/tai-khoan/vao/", "/tai-khoan/quen-mat-khau/"]:
        page.goto(address)
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_pages_inside_at_every_text_size(committed_world, open_page):
    page = open_page(PHONE, bypass_csp=True)
    login(page, "office")
    for size in ["", "large", "larger"]:
        page.goto("/tai-khoan/")
        page.check(f"[name=text_size][value='{size}']")
        page.click("text=Đổi cỡ chữ")
        for address in INSIDE:
            page.goto(address)
            assert_no_sideways_scroll(page)
            assert_accessible(page)


def test_signing_in_breaks_no_rule_of_the_policy(committed_world, open_page):
    page = open_page(DESK)
    page.goto("/tai-khoan/vao/")
    page.fill("[name=password]", "thử")
    page.click("text=Hiện mật khẩu")
    assert page.get_attribute("[name=password]", "type") == "text"
    login(page, "secretary")
    page.goto("/tai-khoan/bao-ve/")
    assert page.complaints == []


def test_the_list_of_errors_has_the_focus(open_page):
    page = open_page(DESK)
    page.goto("/tai-khoan/vao/")
    page.click("button[type=submit]")
    page.wait_for_selector("[data-focus]")
    assert page.evaluate("document.activeElement.matches('[data-focus]')")


def test_the_other_entries_of_the_menu_open_at_the_thumb(committed_world, open_page):
    page = open_page(PHONE, bypass_csp=True)
    login(page, "office")
    page.goto("/tai-khoan/")
    page.click("summary:has-text('Thêm')")
    assert page.locator(".k-tabs-more ul a").first.is_visible()
    assert_no_sideways_scroll(page)
