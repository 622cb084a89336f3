"""The cell secretary, in a real browser on a small phone: from the plan to the printed minutes — with and without scripts."""

import datetime as dt
import io

import pdfplumber
import pytest
from django.utils import timezone

from hoithao.models import Meeting
from tests.factories.chibo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"


def give_points(page):
    """Full marks where the data leave it open, two less where they speak against; what they prove stands there."""
    for mark in page.locator("[name^=points_]").all():
        if not mark.input_value():
            line = page.locator(f"li:has([name={mark.get_attribute('name')}])")
            most = int(line.locator(".k-mark > span").inner_text().strip(" /"))
            mark.fill(str(most - 2 if line.locator(".k-late-text").count() else most))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_plan_to_printed_minutes(committed_world, live_server, chromium, scripts):
    world = committed_world
    context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{live_server.url}/tai-khoan/vao/")
    page.fill("[name=login]", "secretary")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")

    page.goto(f"{live_server.url}/sinh-hoat/moi/")
    page.fill("[name=day]", (timezone.localdate() - dt.timedelta(days=1)).isoformat())
    page.fill("[name=hour]", "19:30")
    page.fill("[name=place]", "Nhà văn hóa tổ dân phố")
    page.click("form[method=post] button.btn-primary")
    page.get_by_role("link", name="Vào cuộc họp").click()

    page.fill("[name=guests]", "Phó Bí thư Đảng ủy phường")
    page.click(".k-runfoot button.btn-primary")  # opened

    absent = world.members_a1[4]
    page.click(f"label[for=v{absent.pk}]")
    page.click(f"label[for=r{absent.pk}OM_DAU]")
    if scripts:
        assert "9/10" in page.inner_text("[data-tally]")
        assert not page.evaluate(SIDEWAYS)
    page.click(".k-runfoot button.btn-primary")

    page.fill("[name^=presented_] >> nth=0", "Phổ biến văn bản mới.")
    page.click(".k-runfoot button.btn-primary")

    for member, text in (
        (world.members_a1[2], "Nhất trí với báo cáo <b>của chi ủy</b>."),
        (world.members_a1[3], "Đề nghị ghi rõ thời hạn."),
    ):
        page.select_option("[name=member]", str(member.pk))
        page.fill("[name=text]", text)
        page.click("button[name=stay]")
    page.click(".k-runfoot button.btn-primary")

    page.fill("[name=conclusion]", "Đồng chí phó bí thư báo cáo trước ngày 25.")
    page.click(".k-runfoot button.btn-primary")

    page.fill("[name=text]", "Báo cáo kết quả vận động")
    page.select_option("[name=member]", str(world.members_a1[1].pk))
    page.click("button[name=stay]")
    page.click(".k-runfoot button.btn-primary")

    page.fill("[name=in_favour]", "99")
    page.click(".k-runfoot button.btn-primary")
    assert "99 lớn hơn 8 đồng chí có mặt được biểu quyết" in page.inner_text("[role=alert]")
    page.fill("[name=in_favour]", "8")
    page.click(".k-runfoot button.btn-primary")
    give_points(page)
    page.click(".k-runfoot button.btn-primary")
    assert "Nhất trí với báo cáo <b>của chi ủy</b>." in page.inner_text("article")
    page.click(".k-runfoot button.btn-primary")

    page.fill("[name=hour]", "21:00")
    page.click(".k-runfoot button.btn-primary")
    meeting = Meeting.objects.get()
    assert meeting.status == "closed", page.inner_text("main")
    assert "Số 01-BB/CB" in page.inner_text("main")

    paper = context.request.get(f"{live_server.url}/van-ban/{meeting.minutes.document_id}/pdf/")
    assert paper.status == 200
    with pdfplumber.open(io.BytesIO(paper.body())) as pdf:
        text = " ".join(" ".join(p.extract_text() for p in pdf.pages).split())
    assert "Có mặt: 9/10 đồng chí (90,0%)" in text and "ốm đau" in text
    assert "8/9 đảng viên chính thức được tính (88,9%) tán thành" in text
    assert "Thông qua kết quả chấm điểm: 98/100 điểm, mức Tốt" in text

    page.goto(f"{live_server.url}/sinh-hoat/{meeting.pk}/dinh-chinh/")
    page.fill("[name=reason]", "Ghi thiếu tên đại biểu")
    page.fill("[name=text]", "Đại biểu có thêm đồng chí cán bộ phường.")
    page.click("button.btn-primary")
    assert "Đính chính số 1" in page.inner_text("main")
    context.close()


def test_texts_are_saved_as_they_are_left(committed_world, live_server, chromium):
    """Each field is sent when it is left and the state is said; a reload finds it."""
    from tests.factories.hoithao import opened

    world = committed_world
    meeting = opened(world.cell_a1, world.members_a1)
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/tai-khoan/vao/")
    page.fill("[name=login]", "secretary")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.goto(f"{live_server.url}/sinh-hoat/{meeting.pk}/buoc/ket-luan/")
    page.fill("[name=conclusion]", "Việc thứ nhất")
    page.press("[name=conclusion]", "Tab")
    page.locator("[data-save-state]", has_text="Đã gửi lúc").wait_for()
    page.goto(page.url)
    assert page.input_value("[name=conclusion]") == "Việc thứ nhất"
    context.close()


def test_every_mark_is_kept_as_it_is_made(committed_world, live_server, chromium):
    """The roll half taken, the tab closed: it stands there again, and the state is said in words."""
    from tests.factories.hoithao import opened

    world = committed_world
    meeting = opened(world.cell_a1, world.members_a1)
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/tai-khoan/vao/")
    page.fill("[name=login]", "secretary")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    address = f"{live_server.url}/sinh-hoat/{meeting.pk}/buoc/diem-danh/"
    page.goto(address)
    absent = world.members_a1[4]
    page.click(f"label[for=v{absent.pk}]")
    page.click(f"label[for=r{absent.pk}OM_DAU]")
    page.locator("[data-save-state]", has_text="Đã giữ lúc").wait_for()
    page.close()
    page = context.new_page()
    page.goto(address)
    assert page.is_checked(f"#r{absent.pk}OM_DAU") and "9/10" in page.inner_text("[data-tally]")
    page.goto(address.replace("diem-danh", "bieu-quyet"))
    page.fill("[name=in_favour]", "9")
    assert f"Ghi: 9/{page.get_attribute('[data-vote]', 'data-base')} tán thành" in page.inner_text(".k-runfoot")
    context.close()
