"""The front page on one A4, as Chromium prints it; and what a first and a later page weigh on the line."""

import datetime as dt
import io
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from pypdf import PdfReader

from hoithao.models import MonthTally
from tests.browser.tools import DESK, PHONE, login
from tests.factories.chibo import make_organisation
from tests.factories.hoithao import closed, opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def squeezed(text: str) -> str:
    """Without spaces: Chromium sets each marked letter by itself."""
    return "".join(text.split())


def full_town(world):
    """Thirty base organisations, as Kỳ Anh had, with figures for twelve months; and more work than fits seven lines."""
    units = [make_organisation("dang_uy_xa_phuong", f"Đảng bộ phường Mẫu số {i}", world.town) for i in range(1, 29)]
    units += [world.ward_a, world.ward_b]
    for unit in units:
        for month in range(1, 13):
            MonthTally.objects.update_or_create(
                organisation=unit, month=dt.date(2020, month, 1), cell_type=None,
                defaults={"cells_due": 19, "cells_met": 17, "regular": 17, "base": 400, "present": 380},
            )  # fmt: skip
    for cell, members in (
        (world.cell_a1, world.members_a1),
        (world.cell_a2, world.members_a2),
        (world.cell_b1, world.members_b1),
    ):
        closed(cell, members, dt.date(2020, 11, 1), votes=[])
        opened(cell, members, dt.date(2020, 12, 1))


def test_the_front_page_prints_on_one_a4(committed_world, open_page):
    full_town(committed_world)
    page = open_page(DESK)
    login(page, "standing")
    page.goto("/?thang=2020-12")
    assert page.locator(".k-heat tbody tr:not(.is-group)").count() == 30
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(reader.pages) == 1
    width, height = (float(x) / 72 * 25.4 for x in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    text = squeezed(reader.pages[0].extract_text())
    for words in ("Năm phút sáng thứ Hai", "việc chờ đồng chí", "Sinh hoạt 12 tháng", "Mẫu số 28", "không phải họp"):
        assert squeezed(words) in text
    for chrome in ("Lập báo cáo", "In một trang", "Loại hình chi bộ"):
        assert squeezed(chrome) not in text


def serve():
    """The whole stack on a real socket, without the test runner's own handler of files."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threaded, handler_class=Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def weigh(chromium):
    """weigh(page, address) → bytes that crossed the line, headers included, as Chromium counted them."""

    def on_the_line(page, address):
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        got: list[float] = []
        session.on("Network.loadingFinished", lambda event: got.append(event["encodedDataLength"]))
        page.goto(address, wait_until="networkidle")
        session.detach()
        return sum(got)

    return on_the_line


def test_first_page_under_200_kb_later_ones_under_60(committed_world, chromium, weigh):
    """As the trial serves them; production's files, compressed beforehand and kept for a year, weigh less."""
    full_town(committed_world)
    server = serve()
    page = chromium.new_page(viewport=PHONE, base_url=f"http://127.0.0.1:{server.server_port}")
    first = weigh(page, "/tai-khoan/vao/")
    assert first > 30_000, first  # less, and the style sheet itself would be missing
    login(page, "standing")
    home = weigh(page, "/")
    assert first + home < 200_000, (first, home)
    for address in ("/sinh-hoat/", "/to-chuc/dang-vien/", "/van-ban/", "/sinh-hoat/12-thang/", "/sinh-hoat/thang/"):
        later = weigh(page, address)
        assert 1_000 < later < 60_000, (address, later)
    page.close()
    server.shutdown()
    server.server_close()


def test_front_page_tells_everything_without_scripts(committed_world, open_page):
    full_town(committed_world)
    page = open_page(PHONE, java_script_enabled=False)
    login(page, "standing")
    page.goto("/")
    assert page.locator("[data-print]").is_hidden()  # printing by script is not promised where none runs
    page.locator("summary", has_text="Đang xem").click()
    page.select_option("#thang", "2020-11")
    page.click("button:has-text('Xem')")
    assert "thang=2020-11" in page.url
    assert "tháng 11" in page.locator(".k-stat-name").first.inner_text()
    page.locator(".k-stat").first.click()
    assert page.locator("h1").inner_text() == "Sinh hoạt tháng 11/2020, từng chi bộ"
    page.goto("/")
    page.click("text=Xem bản đồ 12 tháng")
    assert page.locator(".k-heat").is_visible()
