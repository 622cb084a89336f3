"""Headless Chromium against the live server; helpers that judge a page."""

import os
import shutil
import time

import pytest

from tests.factories.chibo import PASSWORD

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop lives in this thread
PHONE, DESK = {"width": 360, "height": 800}, {"width": 1366, "height": 900}
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-smooth-scrolling", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium_path():
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """open_page(size=PHONE) → a page of a fresh visitor; its relative addresses belong to the live server."""
    contexts = []

    def open_one(size=PHONE, **options):
        options.setdefault("base_url", live_server.url)
        context = chromium.new_context(viewport=size, has_touch=size is PHONE, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()


def login(page, username, password=PASSWORD):
    """Sign in as a person would."""
    page.goto("/tai-khoan/vao/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/vao/" not in url)


def until(page, holds, seconds=30):
    """Waits for what must come about, however busy the machine; the page goes on living meanwhile."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"did not come about in {seconds} s"
        page.wait_for_timeout(100)


def assert_accessible(page):
    """No finding of axe-core, of whatever weight (the page's policy must be bypassed to bring axe in)."""
    from django.conf import settings

    page.evaluate((settings.BASE_DIR / "node_modules/axe-core/axe.min.js").read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert not found, [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in found]


def assert_no_sideways_scroll(page):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url}: {wide} px too wide"
