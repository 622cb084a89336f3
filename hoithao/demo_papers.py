"""Papers of the demo world, measured: P1 to P4 of `make bench`."""

import shutil
import statistics
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from hoithao.demo_workshop_texts import PAPERS
from kyanh_portal.demo.world import Measured, add_benchmark
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.rendering.book import SHEET, Book, Chapter, pages_in
from kyanh_portal.rendering.docx_reading import WordBlock
from kyanh_portal.rendering.fence import Press
from kyanh_portal.rendering.pdf import (
    WORKERS,
    bare_pdf,
    faces,
    join_pdfs,
    official_html,
    official_pdf,
    official_pdfs,
    press,
    sheets,
)


def ratio_of(ours, theirs, rounds=9) -> float:
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
    return ratio_of(lambda: official_pdf(paper), lambda: bare_pdf(html))


def click_ratio() -> float:
    """P1, the whole path: from the click to the file, with sign-in, rights and log ÷ the engine as it comes."""
    paper = _minutes()
    html, client = official_html(content_of(paper)), Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(username="vanphong"))
    address = reverse("documents:pdf", args=[paper.pk])
    if client.get(address).status_code != 200:
        raise RuntimeError("the office may not read the paper that is measured")
    return ratio_of(lambda: client.get(address), lambda: bare_pdf(html))


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

        return ratio_of(lambda: official_pdf(paper), printed)


BOOK_PAPERS, BOOK_PAGES = 16, 160


def book_chapters() -> list[Chapter]:
    """16 papers of ten pages each: the invented words of the workshop, over and over."""
    lines = [words for group in PAPERS.values() for paper in group for words in paper[1:]]
    chapters = []
    for number in range(BOOK_PAPERS):
        words = [WordBlock("paragraph", 0, ((lines[(number + i) % len(lines)], False, False),)) for i in range(158)]
        html = render_to_string("print/book_part.html", {"title": f"Tham luận {number + 1}", "blocks": words})
        chapters.append(Chapter(f"Tham luận {number + 1}", html=html, by="Bí thư một chi bộ"))
    return chapters


def bind_book() -> bytes:
    """The book as the portal makes it: chapters in parallel, contents, numbers, bookmarks."""
    book = Book(book_chapters())
    for _ in book.draw():
        pass
    cover = render_to_string("print/book_cover.html", {"theme": "đo tốc độ"})
    return book.bind(cover, lambda parts: render_to_string("print/book_contents.html", {"chapters": parts}), title="Đo")


def bare_book() -> bytes:
    """The same chapters as one page of HTML in one run of WeasyPrint as it comes, without contents or numbers."""
    bodies = [chapter.html.partition("<body>")[2].partition("</body>")[0] for chapter in book_chapters()]
    return bare_pdf(f'<html lang="vi"><body>{"<hr class=next>".join(bodies)}</body></html>', SHEET)


def book_ratio() -> list[Measured]:
    """P3: the book of 160 pages ÷ one bare run, by the clock; and the largest memory of a drawing process."""
    if not BOOK_PAGES * 0.9 <= pages_in(bare_book()) <= BOOK_PAGES * 1.15:
        raise RuntimeError("the book that is measured has not about 160 pages")
    peaks: list[int] = []
    with watched_presses(peaks):
        ratio = ratio_of(bind_book, bare_book, rounds=3)
    return [
        Measured("P3", "kỷ yếu 160 trang ÷ WeasyPrint trần, một lượt", ratio, 0.6),
        Measured("P3", "bộ nhớ lớn nhất của một tiến trình vẽ (MB)", max(peaks) / 1024, 250),
    ]


@contextmanager
def watched_presses(peaks: list[int]):
    """Note the peak memory (kB) of each drawing process when it is closed, and of the warm one at the end."""
    close = Press.close

    def noting(one):
        if one.process is not None:
            status = Path(f"/proc/{one.process.pid}/status").read_text()
            peaks.append(int(status.partition("VmHWM:")[2].split()[0]))
        close(one)

    Press.close = noting
    try:
        yield
        press().close()
    finally:
        Press.close = close


PACK, BATCH, SMALL_BATCH = 40, 300, 30


def batch_ratios() -> list[Measured]:
    """P4: 300 minutes by two drawing processes ÷ by one; memory at 300 ÷ at 30; the clerk's pack of 40 ÷ one paper."""
    papers = list(IssuedDocument.objects.filter(kind="minutes").order_by("pk")[:BATCH])
    if len(papers) < BATCH:
        raise RuntimeError("the demo world has fewer minutes than are measured")

    def drawn(number, workers):
        return [("Biên bản", pdf) for pdf in official_pdfs(map(content_of, papers[:number]), workers=workers)]

    drawn(4, 1)
    taken = {1: [], WORKERS: []}
    for workers in (1, WORKERS, 1, WORKERS):
        start = time.perf_counter()
        drawn(BATCH, workers)
        taken[workers].append(time.perf_counter() - start)
    peaks: dict[int, list[int]] = {SMALL_BATCH: [], BATCH: []}
    for number, noted in peaks.items():
        with watched_presses(noted):
            drawn(number, WORKERS)
    one = content_of(papers[0])
    pack = ratio_of(lambda: join_pdfs(drawn(PACK, WORKERS)), lambda: official_pdf(one), rounds=5)
    faster = statistics.median(taken[WORKERS]) / statistics.median(taken[1])
    return [
        Measured("P4", f"{BATCH} biên bản: {WORKERS} tiến trình vẽ ÷ 1", faster, 1 / 1.8, taken[1][1] / taken[1][0]),
        Measured("P4", f"bộ nhớ lớn nhất: {BATCH} ÷ {SMALL_BATCH} biên bản", max(peaks[BATCH]) / max(peaks[SMALL_BATCH]), 1.1),
        Measured("P4", f"tập {PACK} biên bản, vẽ và nối ÷ một biên bản", pack, 30),
    ]  # fmt: skip


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
add_benchmark("P1", paper_ratio)
add_benchmark("P1 cả đường", click_ratio)
add_benchmark("P3", book_ratio)
add_benchmark("P4", batch_ratios)
if CHROMIUM and find_spec("playwright"):
    add_benchmark("P2", chromium_ratio)
