"""Every page every role can reach by links: axe-core, width, targets, one red button; and what a first visit weighs."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Error as PageError

from tests.browser.tools import DESK, PHONE, assert_accessible, assert_no_sideways_scroll, login
from tests.factories import nghiquyet
from tests.factories.hoithao import closed, opened, planned

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ROLES = ["secretary", "committee", "standing", "office", "organising", "inspection", "administrator", "member"]
NO_PAGES = re.compile(
    r"/(pdf|docx|xlsx|tai|qr|goc|ra|static|media|tep|tai-ve)/|^/tai-khoan/ra|^/static/|\.(pdf|docx|xlsx|ics)($|\?)"
)
# The shape of a page: elements with classes and the names of their attributes, repeated rows once.
SHAPE = """() => [...new Set([...document.body.querySelectorAll('*')].map(e =>
  e.tagName + '.' + e.className + '[' + e.getAttributeNames().join() + ']<' + e.parentElement.tagName + '.' + e.parentElement.className))].sort().join(' ')"""
# Buttons, fields and menu entries a thumb must hit (WCAG 2.5.5): links inside running text are exempt.
SMALL = """() => [...document.querySelectorAll('.btn, .form-control, .form-select, summary, .k-tabs a, .k-tool, a.k-more, a.k-todo-a, a.k-stat, a.k-heat-cell')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.visually-hidden'))
  .map(e => [e.textContent.trim().slice(0, 30) || e.name, Math.round(e.getBoundingClientRect().width), Math.round(e.getBoundingClientRect().height)])
  .filter(([, w, h]) => h && (w < 44 || h < 44))"""
RED = "() => [...document.querySelectorAll('.btn-primary')].filter(e => e.checkVisibility()).map(e => e.textContent.trim())"
checked: set[str] = set()


def furnish(world):
    """Something of everything: locked, running and planned meetings, a workshop, a draft, an issued resolution."""
    for month in (10, 11):
        closed(world.cell_a1, world.members_a1, dt.date(2020, month, 1))
    closed(world.cell_a2, world.members_a2, dt.date(2020, 11, 1), votes=[])
    opened(world.cell_a1, world.members_a1, dt.date(2020, 12, 1))
    planned(world.cell_a1, dt.date(2021, 1, 1))
    nghiquyet.thematic(world)
    nghiquyet.cell_draft(world.cell_a1, title="lãnh đạo nhiệm vụ tháng 12 năm 2020")
    nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))


def kind_of(address: str) -> str:
    return re.sub(r"\d+", "0", address.split("?")[0])


def findings(page, address, size):
    out = []
    for check in (assert_accessible, assert_no_sideways_scroll):
        try:
            check(page)
        except AssertionError as found:
            out.append((address, size, str(found)[:300]))
    return out


@pytest.mark.parametrize("role", ROLES)
def test_every_page_a_role_reaches(committed_world, open_page, role):
    furnish(committed_world)
    page = open_page(PHONE, bypass_csp=True)
    login(page, role)
    waiting, seen, wrong = ["/"], set(), []
    while waiting:
        address = waiting.pop(0)
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        try:
            answer = page.goto(address)
        except PageError as stopped:
            if "Download is starting" in str(stopped):
                continue  # a file, not a page
            raise
        if answer.status != 200 or "html" not in answer.headers["content-type"]:
            wrong.append((address, answer.status))
            continue
        links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href').split('#')[0])")
        waiting += [link for link in links if link and not NO_PAGES.search(link)]
        shape = page.evaluate(SHAPE)
        if shape in checked:
            continue
        checked.add(shape)
        wrong += findings(page, address, 360)
        small, red = page.evaluate(SMALL), page.evaluate(RED)
        if small:
            wrong.append((address, "under 44 px", small[:4]))
        if len(red) > 1:
            wrong.append((address, "red buttons", red))
        page.evaluate("document.documentElement.setAttribute('data-text', 'larger')")
        try:
            assert_no_sideways_scroll(page)
        except AssertionError as found:
            wrong.append((address, "very large text", str(found)))
        page.set_viewport_size(DESK)
        page.evaluate("document.documentElement.removeAttribute('data-text')")
        try:
            assert_no_sideways_scroll(page)
        except AssertionError as found:
            wrong.append((address, 1366, str(found)))
        page.set_viewport_size(PHONE)
    assert len(seen) > 5
    assert wrong == [] and page.complaints == [], "\n".join(map(str, [*wrong, *page.complaints]))
