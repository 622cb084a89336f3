"""PDF by WeasyPrint, drawn behind a fence (`engine.py`): no network, no disk, bounded CPU and memory."""

import atexit
import io
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from pypdf import PdfReader, PdfWriter
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.rendering.engine import ASSETS, HouseFetcher
from kyanh_portal.rendering.fence import Press
from kyanh_portal.rendering.letters import with_breaks, with_known_letters

SHEETS = ("css/print-official.css", "css/print-report.css", "css/print-book.css")
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
MOST_LETTERS = 1_500_000  # of HTML, some 400 pages; a larger paper is refused before it costs time
MOST_CELLS = 15_000
WORKERS = 2  # processes that draw a book, a batch: as many as the smallest server has cores


def _static_file(name: str) -> Path:
    for folder in (*settings.STATICFILES_DIRS, settings.STATIC_ROOT):
        path = Path(folder) / name
        if path.is_file():
            return path
    raise FileNotFoundError(f"static file {name} is missing: run the set-up")


def faces() -> dict[str, Path]:
    """All a page may ask for: the faces of the print font. One that is missing is told here; the engine would take
    another font in silence."""
    return {f"{ASSETS}fonts/Tinos-{face}.ttf": _static_file(f"vendor/fonts/Tinos-{face}.ttf") for face in FACES}


def sheets() -> dict[str, str]:
    """The print sheets, by name."""
    return {name: _static_file(name).read_text() for name in SHEETS}


@lru_cache
def press() -> Press:
    """The drawing process of this process of ours: started by the first paper, warm for those that follow."""
    here = Press(faces(), sheets())
    atexit.register(here.close)
    os.register_at_fork(after_in_child=here.forget)
    return here


@contextmanager
def presses(number: int) -> Iterator[list[Press]]:
    """The warm press of this process and as many more as are wanted, ended afterwards."""
    more = [Press(faces(), sheets()) for _ in range(number - 1)]
    try:
        yield [*more, press()]
    finally:
        for one in more:
            one.close()


@lru_cache
def regular_face() -> bytes:
    """The upright face of the print font: which letters it has is read from it."""
    return _static_file("vendor/fonts/Tinos-Regular.ttf").read_bytes()


def render(html: str, sheet: str, rules: str = "", *, by: Press | None = None) -> bytes:
    """An archivable (PDF/A-3u), tagged PDF of the HTML with one print sheet; the same HTML gives the same bytes.

    `rules` are a few more of this one page, such as the widths of its columns. Drawn behind the fence, `by` the press
    of this process unless another is given. Raises
    RuleBroken where the text is too large, ForeignResource where the page asks for anything from outside.
    """
    if len(html) > MOST_LETTERS or html.count("<td") > MOST_CELLS:
        raise RuleBroken("Văn bản quá lớn, quá dài để in một lần. Tách thành phụ lục rồi in lại.")
    return (by or press()).draw(with_known_letters(html, regular_face()), sheet, rules)


def official_html(document, *, duplex: bool = False) -> str:
    """The page an OfficialDocument is drawn from."""
    return with_breaks(render_to_string("print/official.html", {"paper": document, "duplex": duplex}))


def _column_rules(document) -> str:
    """The widths of table columns as a style sheet: numbers of ours, nothing people wrote."""
    parts = [("", document.body), *((annex.prefix, annex.body) for annex in document.annex_parts)]
    return "".join(
        f".{prefix}t{number}c{column}{{width:{share}%}}"
        for prefix, body in parts
        for number, block in enumerate(body, 1)
        if block.kind == "table"
        for column, share in enumerate(block.shares, 1)
    )


def official_pdf(document, *, duplex: bool = False, by: Press | None = None) -> bytes:
    """The paper in the layout of its guide (HD05 or HD36, by its date); `duplex` mirrors the back pages."""
    return render(official_html(document, duplex=duplex), document.layout.sheet, _column_rules(document), by=by)


def official_pdfs(documents: Iterable, *, workers: int = WORKERS) -> Iterator[bytes | RuleBroken]:
    """The papers in their order, several drawn at the same time; a RuleBroken stands for one that cannot be printed.

    Only a few are drawn ahead of what was taken, so that memory does not grow with their number.
    """
    with presses(workers) as ready, ThreadPoolExecutor(workers) as pool:
        free = list(ready)

        def draw(document):
            own = free.pop()
            try:
                return official_pdf(document, by=own)
            except RuleBroken as broken:
                return broken
            finally:
                free.append(own)

        ahead = deque()
        for document in documents:
            ahead.append(pool.submit(draw, document))
            if len(ahead) > 2 * workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def report_pdf(template: str, context: dict) -> bytes:
    """A report of figures: a template that extends print/report.html."""
    return render(render_to_string(template, context), "css/print-report.css")


def report_pdf_portrait(template: str, context: dict) -> bytes:
    """A form to be filled in by hand: upright A4 with room for a code, ruled lines (.ruled) and columns."""
    return render(render_to_string(template, context), "css/print-report.css", _FORM_RULES)


_FORM_RULES = """
@page { size: A4 portrait; margin: 15mm 15mm 15mm 25mm; @top-center { content: none; } }
html { font: 12pt/16pt Tinos; }
h1 { font-size: 15pt; margin-top: 4pt; }
.code { position: absolute; top: 0; right: 0; width: 34mm; text-align: center; font: 8pt/9pt Tinos; white-space: nowrap; }
.code div { margin: 0; }
.code svg { width: 28mm; height: 28mm; margin: 0 auto; }
.top { min-height: 37mm; padding-right: 38mm; }
.top h1 { text-align: left; }
.lines { table-layout: fixed; }
.lines td { height: 8.2mm; vertical-align: middle; }
.c-n { width: 9mm; }
.c-who { width: 48mm; }
.c-as { width: 30mm; }
.c-sign { width: 42mm; }
.out td { color: #333; font-style: italic; }
.ruled { border-bottom: .4pt solid #8a8a8a; height: 8.5mm; margin: 0; }
.blank { border-bottom: .4pt solid #8a8a8a; display: inline-block; width: 22mm; }
.wide { width: 60mm; }
.sign { display: table; width: 100%; margin-top: 8mm; }
.half { display: table-cell; width: 50%; text-align: center; height: 35mm; }
"""


def join_pdfs(parts: Iterable[tuple[str, bytes]], *, two_sided: bool = False) -> bytes:
    """One PDF of several, in order, each with its name in the outline; `two_sided`: each begins on a new sheet."""
    writer = PdfWriter()
    for name, content in parts:
        writer.append(PdfReader(io.BytesIO(content)), outline_item=name, import_outline=False)
        if two_sided and len(writer.pages) % 2:
            writer.add_blank_page()
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


def bare_pdf(html: str, sheet: str = SHEETS[0]) -> bytes:
    """The same HTML by WeasyPrint as it comes, drawn with tables: what the benchmarks compare with (P1, P3)."""
    fonts = FontConfiguration()
    fetcher = HouseFetcher({url: path.read_bytes() for url, path in faces().items()})
    style = CSS(string=sheets()[sheet] + _AS_TABLES, font_config=fonts, url_fetcher=fetcher, base_url=ASSETS)
    return HTML(string=html, base_url=ASSETS, url_fetcher=fetcher).write_pdf(stylesheets=[style], font_config=fonts)
