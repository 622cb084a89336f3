"""A book of several sources in one PDF: cover, contents with page numbers, chapters, bookmarks, continuous numbers.

Chapters are drawn in parallel by several drawing processes; files that are PDF already are taken in page by page,
a little smaller so that our page number has its place. Numbers are laid over the finished pages, since a chapter
cannot know on which page it begins before those before it are drawn.
"""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.html import escape
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.rendering.fence import Press
from kyanh_portal.rendering.letters import with_breaks, with_known_letters
from kyanh_portal.rendering.pdf import MOST_CELLS, MOST_LETTERS, faces, press, regular_face, sheets

SHEET = "css/print-book.css"
WIDTH, HEIGHT = 595.276, 841.89  # A4 in points
FOOT = 56.7  # points kept free below a foreign page for our number
SIDE = 28.35
MOST_PAGES = 2_000
_WORKERS = 2


@dataclass
class Chapter:
    """One entry of the book: `html` is drawn, the pages of `pdf` follow it. `level` 0 is a part, 1 stands below it."""

    title: str
    html: str = ""
    pdf: bytes = b""
    level: int = 0
    by: str = ""
    drawn: bytes = field(default=b"", repr=False)
    pages: int = 0
    starts: int = 0


class Book:
    """Draw the chapters, then bind them. `workers` processes draw at the same time; each keeps within the fence."""

    def __init__(self, chapters: list[Chapter], *, workers: int = _WORKERS):
        self.chapters = chapters
        self.workers = max(1, min(workers, len(chapters)))

    def draw(self) -> Iterator[Chapter]:
        """Yield each chapter as it is drawn. Raises RuleBroken where one is too large."""
        with _presses(self.workers) as ready, ThreadPoolExecutor(self.workers) as pool:
            free = list(ready)

            def work(chapter):
                own = free.pop()
                try:
                    chapter.drawn = _drawn(own, chapter.html) if chapter.html else b""
                finally:
                    free.append(own)
                return chapter

            longest_first = sorted(self.chapters, key=lambda one: -len(one.html))
            for done in as_completed([pool.submit(work, chapter) for chapter in longest_first]):
                yield done.result()

    def bind(self, cover: str, contents: Callable[[list[Chapter]], str], *, title: str, edge: str = "") -> bytes:
        """The finished book; `contents(chapters)` is the HTML of the list of contents once pages are known."""
        sources = [self._sources(chapter) for chapter in self.chapters]
        for chapter, readers in zip(self.chapters, sources, strict=True):
            chapter.pages = sum(len(reader.pages) for reader in readers)
        front = _reader(_drawn(press(), cover))
        listed, length = None, 1
        for _ in range(3):
            self._place(len(front.pages) + length)
            listed = _reader(_drawn(press(), contents(self.chapters)))
            if len(listed.pages) == length:
                break
            length = len(listed.pages)
        return self._bound(front, listed, sources, title, edge)

    def _sources(self, chapter) -> list[PdfReader]:
        return [_reader(content) for content in (chapter.drawn, chapter.pdf) if content]

    def _place(self, before: int) -> None:
        for chapter in self.chapters:
            chapter.starts = before + 1
            before += chapter.pages
        if before > MOST_PAGES:
            raise RuleBroken(f"Kỷ yếu dài quá {MOST_PAGES} trang. Bỏ bớt tệp đính kèm dài rồi làm lại.")

    def _bound(self, front, listed, sources, title, edge) -> bytes:
        writer = PdfWriter()
        for reader in (front, listed):
            for page in reader.pages:
                writer.add_page(page)
        writer.add_outline_item("Bìa", 0)
        writer.add_outline_item("Mục lục", len(front.pages))
        part = None
        for chapter, readers in zip(self.chapters, sources, strict=True):
            for reader, is_foreign in zip(readers, _foreign(chapter), strict=True):
                for page in reader.pages:
                    _take_in(writer, page) if is_foreign else writer.add_page(page)
            item = writer.add_outline_item(chapter.title, chapter.starts - 1, parent=part if chapter.level else None)
            part = item if not chapter.level else part
        _number(writer, skip=len(front.pages), edge=edge)
        writer.add_metadata({"/Title": title, "/Producer": settings.PORTAL_NAME})
        writer.root_object[NameObject("/Lang")] = TextStringObject("vi-VN")
        writer.page_mode = "/UseOutlines"
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()


def _foreign(chapter) -> list[bool]:
    return [foreign for content, foreign in ((chapter.drawn, False), (chapter.pdf, True)) if content]


class _presses:
    """The warm press of this process and as many more as are wanted, ended afterwards."""

    def __init__(self, number: int):
        self.number, self.more = number, []

    def __enter__(self) -> list[Press]:
        self.more = [Press(faces(), sheets()) for _ in range(self.number - 1)]
        return [*self.more, press()]

    def __exit__(self, *_):
        for one in self.more:
            one.close()


def _drawn(by: Press, html: str) -> bytes:
    if len(html) > MOST_LETTERS or html.count("<td") > MOST_CELLS:
        raise RuleBroken("Có bài quá dài để đưa vào kỷ yếu. Tách bài ấy thành hai rồi làm lại.")
    return by.draw(with_known_letters(with_breaks(html), regular_face()), SHEET, is_plain=True)


def _reader(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(content))
        len(reader.pages)
        return reader
    except (PyPdfError, ValueError, KeyError, RecursionError) as broken:
        raise RuleBroken("Có tệp PDF không đọc được. Gửi lại tệp ấy (in lại thành PDF mới) rồi làm lại.") from broken


def _take_in(writer: PdfWriter, page: PageObject) -> None:
    """A page of a foreign file on our sheet, smaller, upright, above the place of our number."""
    if page.rotation:
        page.transfer_rotation_to_content()
    box = page.cropbox
    wide, high = float(box.width) or WIDTH, float(box.height) or HEIGHT
    scale = min((WIDTH - 2 * SIDE) / wide, (HEIGHT - FOOT - SIDE) / high)
    x = (WIDTH - wide * scale) / 2 - float(box.left) * scale
    y = FOOT + (HEIGHT - FOOT - SIDE - high * scale) / 2 - float(box.bottom) * scale
    sheet = PageObject.create_blank_page(width=WIDTH, height=HEIGHT)
    sheet.merge_transformed_page(page, Transformation().scale(scale).translate(x, y))
    writer.add_page(sheet)


def _number(writer: PdfWriter, *, skip: int, edge: str) -> None:
    """Lay "2", "3", … and the edge mark over the pages, drawn once for all; what a page holds is not read."""
    total = len(writer.pages)
    mark = f' data-edge="{escape(edge)}"' if edge else ""
    rows = "".join(f"<p{mark}>{number}</p>" for number in range(1, total + 1))
    html = f'<html lang="vi"><body class="numbers">{rows}</body></html>'
    marks = _reader(_drawn(press(), html))
    save, restore = (writer._add_object(_stream(words)) for words in (b"q\n", b"\nQ\n"))
    for number, (page, mark) in enumerate(zip(writer.pages, marks.pages, strict=True)):
        if number < skip:
            continue
        form = _stream(mark.get_contents().get_data())
        form.update({
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(v) for v in (0, 0, WIDTH, HEIGHT)]),
            NameObject("/Resources"): mark["/Resources"].clone(writer),
        })  # fmt: skip
        name = f"/KySo{number}"
        resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
        forms = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
        forms[NameObject(name)] = writer._add_object(form)
        own = page.get("/Contents")
        inner = [] if own is None else list(own) if isinstance(own, ArrayObject) else [page.raw_get("/Contents")]
        show = writer._add_object(_stream(f"{name} Do\n".encode()))
        page[NameObject("/Contents")] = ArrayObject([save, *inner, restore, show])


def _stream(content: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    return stream
