"""The portal's side of the fence: keeps one warm drawing process per process of ours and hands it papers, one by one.

A paper that needs more than 30 seconds of CPU, 700 MB of memory or 50 seconds by the clock ends the drawing process;
whoever asked is told in words, and the next paper gets a new process.
"""

import json
import logging
import os
import selectors
import struct
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.rendering import engine

SECONDS = 50  # by the clock, less than the web server waits for a page
START_SECONDS = 40
PAPERS_A_PROCESS = 400  # then a fresh one: no leak lives for long
TOO_LARGE = (
    "Văn bản quá lớn nên không in được trong giới hạn an toàn (30 giây, 700 MB). "
    "Tách thành phụ lục, bớt bảng hoặc rút ngắn đoạn quá dài rồi in lại."
)
_SAMPLE = "<p>Đảng bộ <b>Kỳ Anh</b> <i>ngày</i> <b><i>2020</i></b></p><table><tr><td>1</table>"
log = logging.getLogger(__name__)


class ForeignResource(Exception):
    """A page asked for something that is not the portal's own font."""


class EngineFailed(Exception):
    """The drawing process could not draw the page: a fault of ours, never of the text."""


class _Ended(Exception):
    """The drawing process is gone, or silent for too long."""


class Press:
    """One drawing process. `cpu_seconds`, `memory` (bytes) and `seconds` (by the clock) are the limits of a paper."""

    def __init__(self, faces, sheets, *, cpu_seconds=engine.CPU_SECONDS, memory=engine.MEMORY, seconds=SECONDS):
        self.start = {
            "faces": {url: str(path) for url, path in faces.items()}, "sheets": sheets, "sample": _SAMPLE,
            "cpu_seconds": cpu_seconds, "memory": memory,
        }  # fmt: skip
        self.seconds = seconds
        self.lock = threading.Lock()
        self.process = None
        self.left = 0

    def draw(self, html: str, sheet: str, rules: str = "", *, is_plain=False) -> bytes:
        """The PDF of a page; `is_plain` for a part of a book, which needs no marks of an archive copy. Raises RuleBroken beyond a limit, ForeignResource, EngineFailed."""
        order = json.dumps({"html": html, "sheet": sheet, "rules": rules, "is_plain": is_plain}).encode()
        with self.lock:
            self._ready()
            self.left -= 1
            try:
                answer = self._exchange(order, self.seconds)
            except _Ended as ended:
                log.warning("the drawing process was ended: %s", ended)
                self.close()
                raise RuleBroken(TOO_LARGE) from ended
        mark, content = answer[:1], answer[1:]
        if mark == engine.DRAWN:
            return content
        if mark == engine.FOREIGN:
            raise ForeignResource(content.decode())
        self.close()
        if mark == engine.LARGE:
            raise RuleBroken(TOO_LARGE)
        raise EngineFailed(content.decode())

    def _ready(self) -> None:
        """A living process, warm."""
        if self.process is not None and self.left > 0 and self.process.poll() is None:
            return
        self.close()
        keep = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "FONTCONFIG_FILE") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(Path(engine.__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            cwd=tempfile.gettempdir(), env=keep, start_new_session=True,
        )  # fmt: skip
        self.left = PAPERS_A_PROCESS
        try:
            self._exchange(json.dumps(self.start).encode(), START_SECONDS)
        except _Ended as ended:
            self.close()
            raise EngineFailed("the drawing process did not start") from ended

    def _exchange(self, frame: bytes, seconds: float) -> bytes:
        end = time.monotonic() + seconds
        try:
            engine.write(self.process.stdin, frame)
        except OSError as gone:
            raise _Ended("it takes no paper") from gone
        (size,) = struct.unpack(">I", self._read(4, end))
        return self._read(size, end)

    def _read(self, size: int, end: float) -> bytes:
        out, source = bytearray(), self.process.stdout.fileno()
        with selectors.DefaultSelector() as selector:
            selector.register(source, selectors.EVENT_READ)
            while len(out) < size:
                if not selector.select(max(0, end - time.monotonic())):
                    raise _Ended("out of time")
                part = os.read(source, min(size - len(out), 1 << 20))
                if not part:
                    raise _Ended(f"it ended with {self.process.wait(5)}")
                out += part
        return bytes(out)

    def close(self) -> None:
        """End the process, if one runs."""
        process, self.process = self.process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                stream.close()
        process.kill()
        process.wait()

    def forget(self) -> None:
        """After a fork: the process belongs to the parent; the child starts one of its own."""
        process, self.process, self.lock = self.process, None, threading.Lock()
        if process is not None:
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    os.close(stream.fileno())
            process.returncode = 0  # it is not ours to wait for
