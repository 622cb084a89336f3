"""Main pages of each role: no finding of axe-core, no sideways scroll on a phone, nothing refused by the policy."""

import datetime as dt

import pytest

from tests.browser.tools import DESK, PHONE, assert_accessible, assert_no_sideways_scroll, login
from tests.factories.hoithao import closed, opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = {
    "standing": ["/", "/sinh-hoat/12-thang/", "/sinh-hoat/diem/", "/nghi-quyet/", "/to-chuc/don-vi/"],
    "secretary": ["/", "/sinh-hoat/", "/sinh-hoat/moi/", "/to-chuc/dang-vien/", "/van-ban/", "/tim/?q=nguyen"],
    "office": ["/", "/van-ban/", "/bao-cao/", "/bao-cao/moi/"],
    "administrator": ["/", "/to-chuc/tai-khoan/", "/nhat-ky/", "/nhat-ky/quyen/"],
    "member": ["/", "/sinh-hoat/"],
}


@pytest.mark.parametrize("role", PAGES)
def test_pages_are_accessible_and_fit(committed_world, open_page, role):
    world = committed_world
    meeting = closed(world.cell_a1, world.members_a1).meeting
    pages = list(PAGES[role])
    if role == "secretary":
        running = opened(world.cell_a1, world.members_a1, dt.date(2020, 11, 1))
        pages += [f"/sinh-hoat/{meeting.pk}/"]
        pages += [
            f"/sinh-hoat/{running.pk}/buoc/{step}/"
            for step in ("khai-mac", "diem-danh", "noi-dung", "thao-luan", "bieu-quyet", "ket-luan", "ket-thuc")
        ]
    page = open_page(PHONE, bypass_csp=True)
    login(page, role)
    wrong = []
    for address in pages:
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            page.goto(address)
            for check in (assert_accessible, assert_no_sideways_scroll):
                try:
                    check(page)
                except AssertionError as found:
                    wrong.append((address, size["width"], str(found)[:400]))
    assert wrong == [] and page.complaints == []


def test_filter_is_folded_on_a_phone_until_something_is_filtered(committed_world, open_page):
    page = open_page(PHONE)
    login(page, "secretary")
    for address, is_open in (("/sinh-hoat/?page=1", False), ("/sinh-hoat/?unit=a1", True)):
        page.set_viewport_size(PHONE)
        page.goto(address)
        assert page.locator("[name=unit]").is_visible() == is_open, address
        if not is_open:
            page.locator(".k-fold > summary").press("Enter")
            assert page.locator("[name=unit]").is_visible()
            page.goto(address)
        page.set_viewport_size(DESK)
        assert page.locator("[name=unit]").is_visible() and not page.locator(".k-fold > summary").is_visible()
    page.fill("[name=unit]", "a2")
    page.click(".k-filter button")
    page.wait_for_url(lambda url: "unit=a2" in url)
