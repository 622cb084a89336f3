"""Papers of the demo world, measured: P1 and P2 of `make bench`."""

import shutil
import statistics
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from kyanh_portal.demo.world import add_benchmark
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.rendering.pdf import bare_pdf, faces, official_html, official_pdf, sheets


def _ratio(ours, theirs, rounds=9) -> float:
    """Median of ours ÷ median of theirs, taken in turns after one of each to warm up."""
    taken = ([], [])
    for _ in range(rounds + 1):
        for work, times in zip((ours, theirs), taken, strict=True):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return statistics.median(taken[0][1:]) / statistics.median(taken[1][1:])


def _minutes():
    """Issued minutes of a monthly meeting."""
    return IssuedDocument.objects.filter(kind="minutes").order_by("pk")[40]


def paper_ratio() -> float:
    """P1: minutes as the portal draws them ÷ the engine as it comes, on the same HTML drawn with tables."""
    paper = content_of(_minutes())
    html = official_html(paper)
    return _ratio(lambda: official_pdf(paper), lambda: bare_pdf(html))


def click_ratio() -> float:
    """P1, the whole path: from the click to the file, with sign-in, rights and log ÷ the engine as it comes."""
    paper = _minutes()
    html, client = official_html(content_of(paper)), Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(username="vanphong"))
    address = reverse("documents:pdf", args=[paper.pk])
    if client.get(address).status_code != 200:
        raise RuntimeError("the office may not read the paper that is measured")
    return _ratio(lambda: client.get(address), lambda: bare_pdf(html))


def chromium_ratio() -> float:
    """P2: minutes as the portal draws them ÷ the print of a warm Chromium of the same HTML, sheet and font."""
    from playwright.sync_api import sync_playwright

    paper = content_of(_minutes())
    sheet = sheets()[paper.layout.sheet]
    for address, path in faces().items():
        sheet = sheet.replace(address, path.as_uri())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "paper.html"
        page_file.write_text(official_html(paper).replace("</head>", f"<style>{sheet}</style></head>"))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()

        def printed():
            page.goto(page_file.as_uri())
            page.pdf(prefer_css_page_size=True, tagged=True)

        return _ratio(lambda: official_pdf(paper), printed)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
add_benchmark("P1", paper_ratio)
add_benchmark("P1 cả đường", click_ratio)
if CHROMIUM and find_spec("playwright"):
    add_benchmark("P2", chromium_ratio)
