"""A book of several sources in one PDF: cover, contents with page numbers, chapters, bookmarks, continuous numbers.

Chapters are drawn in parallel by several drawing processes; files that are PDF already are taken in page by page,
a little smaller so that our page number has its place. Numbers are laid over the finished pages, since a chapter
cannot know on which page it begins before those before it are drawn.
"""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.html import escape
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, PdfError, Rectangle, String, parse_content_stream

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.rendering.fence import Press
from kyanh_portal.rendering.letters import with_breaks, with_known_letters
from kyanh_portal.rendering.pdf import MOST_CELLS, MOST_LETTERS, WORKERS, press, presses, regular_face

SHEET = "css/print-book.css"
WIDTH, HEIGHT = 595.276, 841.89  # A4 in points
FOREIGN = Rectangle(28.35, 56.7, WIDTH - 28.35, HEIGHT - 28.35)  # where a foreign page stands, clear of our number
NUMBER_SIZE, NUMBER_FOOT = 12, 44  # points: its size, and its height above the edge of the sheet
DIGITS = "0123456789"
MOST_PAGES = 2_000
SCHEME = "book:/"  # what a link of the contents begins with


@dataclass
class Chapter:
    """One entry of the book: `html` is drawn, the pages of `pdf` follow it. `level` 1 stands under the entry before it."""

    title: str
    html: str = ""
    pdf: bytes = b""
    by: str = ""
    level: int = 0
    drawn: bytes = field(default=b"", repr=False)
    pages: int = 0
    starts: int = 0


class Book:
    """Draw the chapters, then bind them. `workers` processes draw at the same time; each keeps within the fence."""

    def __init__(self, chapters: list[Chapter], *, workers: int = WORKERS):
        self.chapters = chapters
        self.workers = max(1, min(workers, len(chapters)))

    def draw(self) -> Iterator[Chapter]:
        """Yield each chapter as it is drawn. Raises RuleBroken where one is too large."""
        with presses(self.workers) as ready, ThreadPoolExecutor(self.workers) as pool:
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
        """The finished book; `contents(chapters)` is the HTML of the list of contents once pages are known.

        A link to "book:/N" in the contents leads to page N of the book.
        """
        with ExitStack() as files:
            sources = [
                [files.enter_context(_opened(content)) for content in (chapter.drawn, chapter.pdf) if content]
                for chapter in self.chapters
            ]
            for chapter, parts in zip(self.chapters, sources, strict=True):
                chapter.pages = sum(len(part.pages) for part in parts)
            front = files.enter_context(_opened(_drawn(press(), cover)))
            length, listed = 1, None
            for _ in range(3):
                self._place(len(front.pages) + length)
                listed = files.enter_context(_opened(_drawn(press(), contents(self.chapters))))
                if len(listed.pages) == length:
                    break
                length = len(listed.pages)
            return self._bound(front, listed, sources, title, edge)

    def _place(self, before: int) -> None:
        for chapter in self.chapters:
            chapter.starts = before + 1
            before += chapter.pages
        if before > MOST_PAGES:
            raise RuleBroken(f"Kỷ yếu dài quá {MOST_PAGES} trang. Bỏ bớt tệp đính kèm dài rồi làm lại.")

    def _bound(self, front, listed, sources, title, edge) -> bytes:
        with Pdf.new() as book:
            for part in (front, listed):
                book.pages.extend(part.pages)
            items = [OutlineItem("Bìa", 0), OutlineItem("Mục lục", len(front.pages))]
            for chapter, parts in zip(self.chapters, sources, strict=True):
                for part in parts:
                    if part is parts[-1] and chapter.pdf:
                        for page in part.pages:
                            book.add_blank_page(page_size=(WIDTH, HEIGHT))
                            book.pages[-1].add_overlay(page, FOREIGN)
                    else:
                        book.pages.extend(part.pages)
                item = OutlineItem(chapter.title, chapter.starts - 1)
                (items[-1].children if chapter.level else items).append(item)
            _lead_to_pages(book)
            _number(book, skip=len(front.pages), edge=edge)
            with book.open_outline() as outline:
                outline.root.extend(items)
            book.docinfo["/Title"], book.docinfo["/Producer"] = title, settings.PORTAL_NAME
            book.Root.Lang, book.Root.PageMode = "vi-VN", Name.UseOutlines
            out = io.BytesIO()
            book.save(out)
            return out.getvalue()


def _lead_to_pages(book: Pdf) -> None:
    """Turn the links to "book:/N" into links within the file; every other link of a drawn page is dropped."""
    for page in book.pages:
        kept = {}  # one for each goal: the row of the contents, not again each word of it
        for mark in page.obj.get("/Annots", []):
            goal = str(mark.get("/A", Dictionary()).get("/URI", ""))
            number = goal.removeprefix(SCHEME)
            if not goal.startswith(SCHEME) or not number.isdecimal() or not 0 < int(number) <= len(book.pages):
                continue
            del mark["/A"]
            mark["/Dest"] = Array([book.pages[int(number) - 1].obj, Name.XYZ, None, None, None])
            kept.setdefault(number, mark)
        if kept:
            page.obj["/Annots"] = Array(list(kept.values()))
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]


def _drawn(by: Press, html: str) -> bytes:
    if len(html) > MOST_LETTERS or html.count("<td") > MOST_CELLS:
        raise RuleBroken("Có bài quá dài để đưa vào kỷ yếu. Tách bài ấy thành hai rồi làm lại.")
    return by.draw(with_known_letters(with_breaks(html), regular_face()), SHEET, is_plain=True)


def pages_in(content: bytes) -> int:
    """How many pages a PDF has."""
    with _opened(content) as pdf:
        return len(pdf.pages)


def _opened(content: bytes) -> Pdf:
    try:
        return Pdf.open(io.BytesIO(content))
    except PdfError as broken:
        raise RuleBroken("Có tệp PDF không đọc được. Gửi lại tệp ấy (in lại thành PDF mới) rồi làm lại.") from broken


def _number(book: Pdf, *, skip: int, edge: str) -> None:
    """Lay "2", "3", … and the edge mark over the pages. The digits are drawn once; each page is told which to show."""
    mark = f' data-edge="{escape(edge)}"' if edge else ""
    with _opened(_drawn(press(), f'<html lang="vi"><body class="numbers"><p>{DIGITS}</p></body></html>')) as drawn:
        font, codes = _digits(drawn.pages[0])
        font = book.copy_foreign(font)
    edges = (
        _opened(_drawn(press(), f'<html lang="vi"><body class="numbers"><p{mark}></p></body></html>')) if edge else None
    )
    for number, page in enumerate(book.pages, 1):
        if number <= skip:
            continue
        name = page.add_resource(font, Name.Font, prefix="So")
        shown = "".join(codes[digit] for digit in str(number))
        x = (WIDTH - len(str(number)) * NUMBER_SIZE / 2) / 2  # a digit of the print font is half as wide as it is high
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q q BT {name} {NUMBER_SIZE} Tf {x:.2f} {NUMBER_FOOT} Td <{shown}> Tj ET Q".encode())
        if edges is not None:
            page.add_overlay(edges.pages[0])


def _digits(page) -> tuple:
    """The font of a page that shows the ten digits, and the code of each in it."""
    name, written = None, b""
    for operands, operator in parse_content_stream(page):
        if str(operator) == "Tf":
            name = str(operands[0])
        elif str(operator) == "Tj":
            written += bytes(operands[0])
        elif str(operator) == "TJ":
            written += b"".join(bytes(part) for part in operands[0] if isinstance(part, String))
    size = len(written) // len(DIGITS)
    codes = {digit: written[i * size : (i + 1) * size].hex() for i, digit in enumerate(DIGITS)}
    return page.Resources.Font[name], codes
