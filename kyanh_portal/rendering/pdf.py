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

ASSETS = "asset:///"
_FONTS = {
    f"fonts/Tinos-{face}.ttf": f"vendor/fonts/Tinos-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic")
}
MOST_LETTERS = 3_000_000  # more than any paper of the field; a larger one is refused before it costs time
_lock = threading.Lock()


def _static_file(name: str) -> bytes:
    for folder in (*settings.STATICFILES_DIRS, settings.STATIC_ROOT):
        path = Path(folder) / name
        if path.is_file():
            return path.read_bytes()
    raise FileNotFoundError(f"static file {name} is missing: run the set-up")


class HouseFetcher(URLFetcher):
    """Serves the four faces of the print font; whatever else is asked for stops the rendering."""

    def fetch(self, url, headers=None):
        name = url.removeprefix(ASSETS)
        if url.startswith(ASSETS) and name in _FONTS:
            return URLFetcherResponse(url, body=_static_file(_FONTS[name]), headers={"Content-Type": "font/ttf"})
        raise FatalURLFetchingError(f"papers fetch nothing: {url[:100]}")


@lru_cache
def _fonts() -> FontConfiguration:
    """One configuration for the process: a sixth of the time of a paper is saved."""
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


def render(html: str, sheet: str) -> bytes:
    """An archivable, tagged PDF of the HTML with one print sheet; raises RuleBroken where the text is too long."""
    if len(html) > MOST_LETTERS:
        raise RuleBroken("Văn bản quá dài để in một lần. Tách thành phụ lục rồi in lại.")
    with _lock, _quiet_collector():
        page = HTML(string=html, base_url=ASSETS, url_fetcher=HouseFetcher())
        return page.write_pdf(
            stylesheets=[_sheet(sheet)],
            font_config=_fonts(),
            pdf_variant="pdf/a-3u",
            pdf_tags=True,
            presentational_hints=False,
        )


def official_html(document) -> str:
    """The page an OfficialDocument is drawn from."""
    return render_to_string("print/official.html", {"paper": document})


def official_pdf(document) -> bytes:
    """The paper in the layout of its guide (HD05 or HD36, by its date)."""
    return render(official_html(document), document.layout.sheet)


def report_pdf(template: str, context: dict) -> bytes:
    """A report of figures: a template that extends print/report.html."""
    return render(render_to_string(template, context), "css/print-report.css")


def join_pdfs(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """One PDF of several, in order, each with its name in the outline."""
    writer = PdfWriter()
    for name, content in parts:
        writer.append(PdfReader(io.BytesIO(content)), outline_item=name)
    writer.add_metadata({"/Title": "Tập văn bản", "/Producer": settings.PORTAL_NAME})
    writer.compress_identical_objects()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bare_pdf(html: str) -> bytes:
    """The same HTML by WeasyPrint as it comes, without our levers: what the benchmark compares with."""
    fonts = FontConfiguration()
    sheet = CSS(
        string=_static_file("css/print-official.css").decode(),
        font_config=fonts,
        url_fetcher=HouseFetcher(),
        base_url=ASSETS,
    )
    return HTML(string=html, base_url=ASSETS, url_fetcher=HouseFetcher()).write_pdf(
        stylesheets=[sheet], font_config=fonts
    )
