"""PDF by WeasyPrint. The engine sees an asset map held in memory and nothing else: no network, no disk."""

import gc
import io
import threading
from collections.abc import Iterable
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from pypdf import PdfReader, PdfWriter
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.rendering.letters import with_breaks, with_known_letters

ASSETS = "asset:///"
REGULAR = f"{ASSETS}fonts/Tinos-Regular.ttf"
MOST_LETTERS = 1_500_000  # of HTML, some 400 pages; a larger paper is refused before it costs time
MOST_CELLS = 15_000
_lock = threading.Lock()  # Pango is not made for two threads


class ForeignResource(Exception):
    """A page asked for something that is not the portal's own font."""


def _static_file(name: str) -> bytes:
    for folder in (*settings.STATICFILES_DIRS, settings.STATIC_ROOT):
        path = Path(folder) / name
        if path.is_file():
            return path.read_bytes()
    raise FileNotFoundError(f"static file {name} is missing: run the set-up")


@lru_cache
def _assets() -> dict[str, bytes]:
    """All a page may ask for: the faces of the print font."""
    faces = ("Regular", "Bold", "Italic", "BoldItalic")
    return {f"{ASSETS}fonts/Tinos-{face}.ttf": _static_file(f"vendor/fonts/Tinos-{face}.ttf") for face in faces}


class HouseFetcher(URLFetcher):
    """Serves the four faces of the print font from memory; whatever else is asked for stops the rendering."""

    def fetch(self, url, headers=None):
        if url in _assets():
            return URLFetcherResponse(url, body=_assets()[url], headers={"Content-Type": "font/ttf"})
        raise FatalURLFetchingError(f"papers fetch nothing: {url[:100]}")


@lru_cache
def _fonts() -> FontConfiguration:
    """One configuration for the process: a sixth of the time of a paper is saved."""
    _assets()  # a missing font is told here; the engine would take another in silence
    return FontConfiguration()


@lru_cache
def _sheet(name: str) -> CSS:
    return CSS(string=_static_file(name).decode(), font_config=_fonts(), url_fetcher=HouseFetcher(), base_url=ASSETS)


@contextmanager
def _quiet_collector():
    """Fewer collections while a tree of boxes is built (measured: 0.81–0.94 of the time)."""
    thresholds = gc.get_threshold()
    gc.set_threshold(150_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


def render(html: str, sheet: str, rules: str = "") -> bytes:
    """An archivable (PDF/A-3u), tagged PDF of the HTML with one print sheet; the same HTML gives the same bytes.

    `rules` are a few more of this one page, such as the widths of its columns. Raises RuleBroken where the text is
    too long, ForeignResource where the page asks for anything from outside.
    """
    if len(html) > MOST_LETTERS or html.count("<td") > MOST_CELLS:
        raise RuleBroken("Văn bản quá dài để in một lần. Tách thành phụ lục rồi in lại.")
    html = with_known_letters(html, _assets()[REGULAR])
    with _lock, _quiet_collector():
        sheets = [_sheet(sheet), *([CSS(string=rules, url_fetcher=HouseFetcher())] if rules else [])]
        try:
            return HTML(string=html, base_url=ASSETS, url_fetcher=HouseFetcher()).write_pdf(
                stylesheets=sheets, font_config=_fonts(), pdf_variant="pdf/a-3u", pdf_tags=True
            )
        except FatalURLFetchingError as refused:  # not an Exception: it would pass every handler above us
            raise ForeignResource(str(refused)) from refused


def official_html(document, *, duplex: bool = False) -> str:
    """The page an OfficialDocument is drawn from."""
    return with_breaks(render_to_string("print/official.html", {"paper": document, "duplex": duplex}))


def _column_rules(document) -> str:
    """The widths of table columns as a style sheet: numbers of ours, nothing people wrote."""
    return "".join(
        f".t{number}c{column}{{width:{share}%}}"
        for number, block in enumerate(document.body, 1)
        if block.kind == "table"
        for column, share in enumerate(block.shares, 1)
    )


def official_pdf(document, *, duplex: bool = False) -> bytes:
    """The paper in the layout of its guide (HD05 or HD36, by its date); `duplex` mirrors the back pages."""
    return render(official_html(document, duplex=duplex), document.layout.sheet, _column_rules(document))


def report_pdf(template: str, context: dict) -> bytes:
    """A report of figures: a template that extends print/report.html."""
    return render(render_to_string(template, context), "css/print-report.css")


def join_pdfs(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """One PDF of several, in order, each with its name in the outline."""
    writer = PdfWriter()
    for name, content in parts:
        writer.append(PdfReader(io.BytesIO(content)), outline_item=name, import_outline=False)
    writer.add_metadata({"/Title": "Tập văn bản", "/Producer": settings.PORTAL_NAME})
    writer.compress_identical_objects()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# What the paper would be without the levers of decision 0012: letterhead and signatures as tables, columns found by
# the engine.
_AS_TABLES = """
.head, .sign { display: table; width: 100%; table-layout: auto; }
.left, .right, .half { display: table-cell; }
table { table-layout: auto; }
"""


def bare_pdf(html: str) -> bytes:
    """The same HTML by WeasyPrint as it comes, drawn with tables: what the benchmark compares with (P1)."""
    fonts, sheet = FontConfiguration(), _static_file("css/print-official.css").decode() + _AS_TABLES
    style = CSS(string=sheet, font_config=fonts, url_fetcher=HouseFetcher(), base_url=ASSETS)
    page = HTML(string=html, base_url=ASSETS, url_fetcher=HouseFetcher())
    return page.write_pdf(stylesheets=[style], font_config=fonts)
