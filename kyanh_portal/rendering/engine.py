"""The process that draws: WeasyPrint behind a fence. Started by `fence.py`, it reads papers from its standard input.

It knows nothing of the portal: no settings, no database, no secrets of the environment. It is handed the print sheets
and the faces of the print font when it starts; afterwards it opens no file but the fonts' copies, no connection and no
other program (an audit hook, and a network of its own where the system gives one). One paper may use 30 seconds of CPU;
the process 700 MB of memory. What breaks a limit ends this process and no other: decision 0022.

    python -I engine.py      frames on standard input and output: 4 bytes of length, then that many bytes
"""

import ctypes
import gc
import json
import os
import resource
import struct
import sys
import tempfile
import time

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

ASSETS = "asset:///"
CPU_SECONDS = 30  # of one paper
MEMORY = 700 * 2**20  # address space of the process
OPTIONS = {"pdf_variant": "pdf/a-3u", "pdf_tags": True}
LARGE, FOREIGN, BROKEN, DRAWN = b"L", b"F", b"B", b"D"  # first byte of an answer
_SMALL = 400_000  # letters of HTML drawn without a collection of garbage in between
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


class HouseFetcher(URLFetcher):
    """Serves the four faces of the print font from memory; whatever else is asked for stops the rendering."""

    def __init__(self, faces: dict[str, bytes]):
        super().__init__()
        self.faces = faces
        self.refused = ""

    def fetch(self, url, headers=None):
        if url in self.faces:
            return URLFetcherResponse(url, body=self.faces[url], headers={"Content-Type": "font/ttf"})
        self.refused = f"papers fetch nothing: {url[:100]}"
        raise FatalURLFetchingError(self.refused)


class Engine:
    """The faces of the font, and the sheets as they are asked for; both are read once."""

    def __init__(self, faces: dict[str, bytes], sheets: dict[str, str]):
        self.fetcher = HouseFetcher(faces)
        self.fonts = FontConfiguration()
        self.sheets = {name: self.sheet(text) for name, text in sheets.items()}

    def sheet(self, text: str) -> CSS:
        return CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher, base_url=ASSETS)

    def draw(self, html: str, sheet: str, rules: str = "", *, is_plain=False) -> bytes:
        """The PDF (`is_plain`: without the marks of an archive copy, for a part of a book); raises FatalURLFetchingError (no Exception) where the page asks for anything from outside."""
        sheets = [self.sheets[sheet], *([self.sheet(rules)] if rules else [])]
        page, self.fetcher.refused = HTML(string=html, base_url=ASSETS, url_fetcher=self.fetcher), ""
        content = page.write_pdf(stylesheets=sheets, font_config=self.fonts, **({} if is_plain else OPTIONS))
        if self.fetcher.refused:  # inside a drawing (SVG) the library swallows the refusal
            raise FatalURLFetchingError(self.fetcher.refused)
        return content


def read(stream) -> bytes | None:
    """One frame; None at the end of the stream."""
    head = stream.read(4)
    return stream.read(struct.unpack(">I", head)[0]) if len(head) == 4 else None


def write(stream, *parts: bytes) -> None:
    stream.write(struct.pack(">I", sum(map(len, parts))))
    for part in parts:
        stream.write(part)
    stream.flush()


def _close_the_doors() -> None:
    """From here on: no connection, no other program, no file but our fonts' copies, the system's and the library's."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NET):  # a network of its own, empty; without the right to it the hook below stands alone
        libc.unshare(_NEW_USER | _NEW_NET)
    roots = (sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), tempfile.gettempdir())
    roots = tuple({os.path.realpath(root) + os.sep for root in roots})

    def guard(event, arguments):
        if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "pty.")):
            raise PermissionError(event)
        if event == "open" and isinstance(arguments[0], (str, bytes)):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith(roots):
                raise PermissionError(f"open {path}")

    sys.addaudithook(guard)


def _limit(cpu_seconds: int) -> None:
    """The CPU of the next paper, counted from what is used by now; beyond it the system ends the process."""
    soft = int(time.process_time()) + cpu_seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _answer(engine: Engine, order: dict) -> tuple[bytes, bytes]:
    small = len(order["html"]) < _SMALL
    gc.disable() if small else gc.enable()
    try:
        return DRAWN, engine.draw(order["html"], order["sheet"], order["rules"], is_plain=order.get("is_plain", False))
    except FatalURLFetchingError as refused:  # not an Exception: it would pass every handler above us
        return FOREIGN, str(refused).encode()
    except (MemoryError, RecursionError):
        return LARGE, b""
    except Exception as problem:  # told to the portal, which logs it and starts another process
        return BROKEN, f"{type(problem).__name__}: {problem}".encode()


def main() -> None:
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints does not fall into the answers
    start = json.loads(read(orders))
    faces = {url: open(path, "rb").read() for url, path in start["faces"].items()}  # noqa: SIM115
    engine = Engine(faces, start["sheets"])
    engine.draw(start["sample"], next(iter(start["sheets"])))  # fonts and tables of the library are warm from here
    _close_the_doors()
    resource.setrlimit(resource.RLIMIT_AS, (start["memory"], start["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(150_000, 50, 50)
    gc.collect()
    gc.freeze()
    write(answers, DRAWN)
    while (frame := read(orders)) is not None:
        _limit(start["cpu_seconds"])
        mark, content = _answer(engine, json.loads(frame))
        write(answers, mark, content)
        del content
        gc.collect()  # while the portal is busy with the answer


if __name__ == "__main__":
    main()
