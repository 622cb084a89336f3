"""The browser of tests/browser serves the stories too."""

from tests.browser.conftest import chromium, open_page  # noqa: F401
