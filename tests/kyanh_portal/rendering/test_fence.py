"""Drawing behind the fence: nothing is fetched, nothing endless takes the portal along, the next paper is drawn."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.content import Heading, Paragraph, Said, Table
from kyanh_portal.rendering import fence, pdf
from tests.papers.samples import minutes

SHEET = "css/print-official.css"
CANARY = "kyanh-canary-9f31"


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    """A file with a secret in it and a port that counts who knocks."""
    import socketserver

    hits = []

    class Knock(socketserver.BaseRequestHandler):
        def handle(self):
            hits.append(self.request.recv(200))

    file = tmp_path_factory.mktemp("canary") / "secret.css"
    file.write_text(f"p {{ content: '{CANARY}' }}")
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Knock) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {
            "file": file.as_uri(),
            "path": str(file),
            "web": f"http://127.0.0.1:{server.server_address[1]}",
            "hits": hits,
        }
        server.shutdown()


VECTORS = [
    "<img src='{web}/a.png'>",
    "<img src='{file}'>",
    "<img src='{path}'>",
    "<img src='//127.0.0.1/a.png'>",
    "<img src='../../etc/hostname'>",
    "<img src='data:image/png;base64,AAAA'>",
    "<img src='ftp://127.0.0.1/a.png'>",
    "<img src='FILE:///etc/hostname'>",
    "<img src='file://localhost/etc/hostname'>",
    "<img src='asset:///fonts/../../../etc/hostname'>",
    "<img src='asset:///etc/hostname'>",
    "<embed src='{web}/a.svg'>",
    "<embed src='{file}'>",
    "<object data='{web}/a.svg'></object>",
    "<object data='{file}'></object>",
    "<link rel=attachment href='{file}'>",
    "<link rel=attachment href='{web}/a'>",
    "<link rel='stylesheet attachment' href='{file}'>",
    "<a rel=attachment href='{file}'>x</a>",
    "<a rel=attachment href='{web}/a'>x</a>",
    "<link rel=stylesheet href='{web}/a.css'>",
    "<link rel=stylesheet href='{file}'>",
    "<link rel='alternate stylesheet' href='{web}/a.css'><img src=x>",
    "<style>@import url({web}/a.css);</style>",
    "<style>@import '{file}';</style>",
    "<style>@import url(data:text/css,p%7B%7D);</style>",
    "<style>@font-face {{ font-family: x; src: url({web}/a.ttf) }} p {{ font-family: x }}</style>",
    "<style>@font-face {{ font-family: x; src: url({file}) }} p {{ font-family: x }}</style>",
    "<style>p {{ background: url({web}/a.png) }}</style>",
    "<style>p {{ background-image: url({file}) }}</style>",
    "<style>p::before {{ content: url({web}/a.png) }}</style>",
    "<style>p {{ display: list-item; list-style-image: url({web}/a.png) }}</style>",
    "<style>@page {{ background: url({file}) }}</style>",
    "<style>@page {{ @top-left {{ content: url({web}/a.png) }} }}</style>",
    "<style>p {{ border-image: url({web}/a.png) 1 }}</style>",
    "<p style='background: url({web}/a.png)'>x</p>",
    "<p style='content: url({file})'>x</p>",
    "<svg xmlns='http://www.w3.org/2000/svg' width=9 height=9><image href='{web}/a.png' width=9 height=9 /></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width=9 height=9><image href='{file}' width=9 height=9 /></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width=9 height=9><use href='{web}/a.svg#b' /></svg>",
    "<base href='{web}/'><img src='a.png'>",
    "<base href='file:///'><img src='etc/hostname'>",
    "<iframe src='{web}/a'></iframe>",
    "<video src='{web}/a' poster='{web}/b'></video>",
    "<script src='{web}/a.js'></script>",
    "<meta http-equiv=refresh content='0; url={web}/a'>",
    "<input type=image src='{web}/a.png'>",
    "<math><mtext><img src='{web}/a.png'></mtext></math>",
]
# The library has nothing to fetch for these: the page is drawn without them.
UNKNOWN = ("<use", "<iframe", "<video", "<script", "<meta", "<input", "border-image", "content: url({file})")


@pytest.mark.parametrize("vector", VECTORS)
def test_page_that_asks_for_anything_from_outside_is_refused(vector, canary):
    page = f"<html><head><title>x</title></head><body>{vector.format(**canary)}<p>x</p></body></html>"
    try:
        content = pdf.render(page, SHEET)
    except fence.ForeignResource:
        content = b""
    else:
        assert any(mark in vector for mark in UNKNOWN), "drawn, though it asks for something"
    assert CANARY.encode() not in content
    assert b"/EmbeddedFile" not in content
    assert canary["hits"] == []


@pytest.mark.parametrize("vector", VECTORS[::4])
def test_the_same_words_typed_into_a_paper_are_only_words(vector, canary):
    words = vector.format(**canary)
    body = (Heading(words), Paragraph(words), Said(words, words), Table((words,), ((words,),)))
    content = pdf.official_pdf(minutes(summary=words, issuer_name=words, body=body, recipients=(words,)))

    assert content.startswith(b"%PDF-")
    assert (b"/EmbeddedFile" in content, canary["hits"]) == (False, [])


# What people can write: the portal's own caps, the 60-letter breaks and the fence together answer within the limits.
ENDLESS = {
    "2 MB of text": lambda: (Paragraph("chữ " * 500_000),),
    "one paragraph of 150,000 letters": lambda: (Paragraph("chữ nghĩa " * 15_000),),
    "one word of 100,000 letters": lambda: (Paragraph("a" * 100_000),),
    "10,000 rows": lambda: (Table(("a", "b"), (("1", "2"),) * 10_000),),
    "200 columns": lambda: (Table(("a",) * 200, (("b",) * 200,) * 20),),
    "3,000 headings": lambda: tuple(Heading(f"{i}. Mục", level=2) for i in range(3_000)),
}


@pytest.mark.parametrize("text", ENDLESS)
def test_endless_text_is_drawn_or_refused_in_words(text):
    try:
        assert pdf.official_pdf(minutes(body=ENDLESS[text]())).startswith(b"%PDF-")
    except RuleBroken as broken:
        assert "quá lớn" in broken.message


@pytest.fixture
def narrow():
    """A fence of one second of CPU: what does not end in 30 does not end in one."""
    press = fence.Press(pdf.faces(), pdf.sheets(), cpu_seconds=1)
    yield press
    press.close()


ENDLESS_PAGES = {
    "flex 16 deep": "<div style='display:flex'>" * 16 + "x" + "</div>" * 16,
    "flex 12 deep in a table": "<table><tr><td>" + "<div style='display:flex'>" * 12 + "x" + "</div>" * 12 + "</table>",
    "colspan of a million": "<table>" + "<tr><td colspan=1000000>x<td>y" * 500 + "</table>",
    "10,000 rows": "<table style='table-layout:auto'>" + "<tr><td>1<td>2" * 10_000 + "</table>",
    "2 MB": f"<p>{'chữ ' * 500_000}</p>",
    "a word of ten million letters": f"<p>{'a' * 10_000_000}</p>",
}


@pytest.mark.parametrize("page", ENDLESS_PAGES)
def test_endless_page_is_stopped_and_the_next_paper_is_drawn(page, narrow):
    start = time.process_time()
    with pytest.raises(RuleBroken, match="quá lớn"):
        narrow.draw(ENDLESS_PAGES[page], SHEET)

    assert time.process_time() - start < 2  # it cost the portal nothing
    assert narrow.draw("<p>Biên bản</p>", SHEET).startswith(b"%PDF-")


def test_page_beyond_the_memory_is_stopped_and_the_next_paper_is_drawn():
    press = fence.Press(pdf.faces(), pdf.sheets(), memory=330 * 2**20)
    try:
        with pytest.raises(RuleBroken, match="quá lớn"):
            press.draw("".join(f"<p>{i} chữ <b>nghĩa</b></p>" for i in range(20_000)), SHEET)
        assert press.draw("<p>Biên bản</p>", SHEET).startswith(b"%PDF-")
    finally:
        press.close()


def test_silent_engine_is_given_up_by_the_clock(narrow):
    narrow.draw("<p>x</p>", SHEET)
    narrow.seconds = 1
    os.kill(narrow.process.pid, signal.SIGSTOP)
    with pytest.raises(RuleBroken, match="quá lớn"):
        narrow.draw("<p>x</p>", SHEET)
    assert narrow.draw("<p>x</p>", SHEET).startswith(b"%PDF-")


def test_killed_engine_is_replaced(narrow):
    for _ in range(2):
        assert narrow.draw("<p>x</p>", SHEET).startswith(b"%PDF-")
        narrow.process.kill()
        narrow.process.wait()


def test_engine_has_no_secret_no_door_and_its_limits(narrow):
    narrow.draw("<p>x</p>", SHEET)
    place = f"/proc/{narrow.process.pid}"
    with open(f"{place}/environ") as told:
        names = {item.split("=")[0] for item in told.read().split("\0") if item}
    with open(f"{place}/limits") as told:
        limits = told.read()
    open_files = [os.readlink(f"{place}/fd/{number}") for number in os.listdir(f"{place}/fd")]

    assert names <= {"PATH", "LANG", "TMPDIR", "FONTCONFIG_FILE"}
    assert str(700 * 2**20) in next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert "unlimited" not in next(line for line in limits.splitlines() if line.startswith("Max cpu time")).split()[3]
    assert not [name for name in open_files if name.startswith("socket:")]


def test_guard_refuses_files_programs_and_connections():
    code = (
        "import sys; sys.path.insert(0, '.'); import engine, socket, subprocess\n"
        "engine._close_the_doors()\n"
        "def tried(act):\n"
        "    try: act()\n"
        "    except PermissionError: return 'refused'\n"
        "    return 'done'\n"
        "print(tried(lambda: open('/etc/hostname')), tried(lambda: socket.socket()), tried(lambda: subprocess.Popen(['true'])))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=pdf.Path(fence.engine.__file__).parent, capture_output=True, text=True
    )
    assert told.stdout.split() == ["refused"] * 3, told.stderr


def test_threads_share_one_engine_and_each_gets_its_own_paper():
    found = {}

    def work(number):
        found[number] = pdf.render(f"<html><head><title>Số {number}</title></head><p>x</p></html>", SHEET)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    from io import BytesIO

    from pypdf import PdfReader

    assert {n: PdfReader(BytesIO(content)).metadata.title for n, content in found.items()} == {
        n: f"Số {n}" for n in range(8)
    }


def _draw_in_a_child(answers):
    answers.put((len(pdf.official_pdf(minutes())), pdf.press().process.pid))


def test_forked_worker_starts_an_engine_of_its_own():
    here = pdf.official_pdf(minutes())
    mine = pdf.press().process.pid
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    child = context.Process(target=_draw_in_a_child, args=(answers,), daemon=True)  # as Celery's workers are
    child.start()
    size, pid = answers.get(timeout=60)
    child.join(10)

    assert size == len(here)
    assert pid != mine
    assert pdf.official_pdf(minutes()) == here
    assert pdf.press().process.pid == mine
