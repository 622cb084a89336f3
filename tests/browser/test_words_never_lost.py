"""Every field of the runner against a cut network, a closed tab, an ended session and a server that restarts.

After each the page is opened anew: what was typed stands there once, and the record has it once.
"""

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from hoithao.frames import frame_for
from hoithao.models import Contribution, Meeting, Vote
from hoithao.views.stepping import steps_of
from tests.browser.tools import assert_accessible, assert_no_sideways_scroll, login, until
from tests.factories.hoithao import opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TYPED = "Chữ gõ lúc 20 giờ: đề nghị sửa đường"
# step, field, what is typed; {item}, {member}, {criterion}: the first agenda item, the fourth member, the first criterion
FIELDS = [
    ("khai-mac", "guests", TYPED), ("khai-mac", "day", "2020-12-06"), ("khai-mac", "hour", "19:45"),
    ("diem-danh", "note_{member}", TYPED),
    ("noi-dung", "fee_note", TYPED), ("noi-dung", "documents_spread", TYPED), ("noi-dung", "presented_{item}", TYPED),
    ("noi-dung", "summed_up_{item}", TYPED),
    ("thao-luan", "guest", TYPED), ("thao-luan", "text", TYPED),
    ("ket-luan", "conclusion", TYPED),
    ("giao-viec", "text", TYPED), ("giao-viec", "due", "2020-12-28"),
    ("bieu-quyet", "subject", TYPED), ("bieu-quyet", "in_favour", "7"), ("bieu-quyet", "against", "1"), ("bieu-quyet", "blank", "1"),
    ("cham-diem", "points_{criterion}", "0"), ("cham-diem", "note_{criterion}", TYPED), ("cham-diem", "weakness", TYPED),
    ("cham-diem", "remedy", TYPED), ("cham-diem", "in_favour", "7"), ("cham-diem", "against", "1"), ("cham-diem", "blank", "1"),
    ("ket-thuc", "hour", "21:15"),
]  # fmt: skip
SAVED = ("guests", "fee_note", "documents_spread", "presented", "summed_up", "conclusion")


def step(meeting, slug):
    return reverse("hoithao:run", args=[meeting.pk, slug])


def type_into(page, name, value):
    """As a thumb would: what hides the field is opened first, each change is an event."""
    field = page.locator(f"[name={name}]")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    if not field.is_visible():
        page.click(f"label[for=v{name.rpartition('_')[2]}]")
    if field.get_attribute("type") in ("time", "date"):
        field.fill(value)
    elif field.evaluate("(one) => one.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill("")
        field.press_sequentially(value)


def kept_on_device(page):
    """The records of the device, as anybody with the disk would read them."""
    return page.evaluate(
        """async () => { const db = await new Promise((ok) => { const asked = indexedDB.open("giu-chu", 1); asked.onsuccess = () => ok(asked.result); });
        const rows = await new Promise((ok) => { const asked = db.transaction("texts").objectStore("texts").getAll(); asked.onsuccess = () => ok(asked.result); });
        db.close(); return rows.map((row) => JSON.stringify({...row, data: [...new Uint8Array(row.data)].map((b) => String.fromCharCode(b)).join("")})); }"""
    )


BOXES = """async () => { const db = await new Promise((ok) => { const asked = indexedDB.open("giu-chu", 1); asked.onsuccess = () => ok(asked.result); });
    const many = await new Promise((ok) => { const asked = db.transaction("boxes").objectStore("boxes").count(); asked.onsuccess = () => ok(asked.result); });
    db.close(); return many; }"""


def texts_on_device(page):
    return [row for row in kept_on_device(page) if json.loads(row)["sort"] == "text"]


def open_step(page, address):
    page.goto(address)
    page.locator("[data-put-back]").wait_for(state="attached")  # the form of a page without fields is not seen


@pytest.fixture
def meeting(committed_world):
    return opened(committed_world.cell_a1, committed_world.members_a1)


def named(name, meeting, world):
    criterion = frame_for(meeting).criteria.order_by("order").first()
    return name.format(item=meeting.agenda.first().pk, member=world.members_a1[3].pk, criterion=criterion.pk)


@pytest.mark.parametrize(("slug", "name", "value"), FIELDS, ids=[f"{slug}-{name}" for slug, name, _ in FIELDS])
def test_cut_network_closed_tab_ended_session(committed_world, open_page, meeting, slug, name, value):
    """One journey a field, the worst first: nothing but the device has the words when the tab closes."""
    name, address = named(name, meeting, committed_world), step(meeting, slug)
    page = open_page()
    login(page, "secretary")
    open_step(page, address)
    context = page.context
    context.set_offline(True)
    type_into(page, name, value)
    page.evaluate("document.activeElement.blur()")
    page.locator("[data-save-state]", has_text=re.compile("lưu trên máy")).wait_for()
    page.evaluate("window.device.settled()")
    raw = kept_on_device(page)
    assert raw and not any("đề nghị" in row or "20 gi" in row for row in raw)
    page.close()  # closed tab, nothing sent
    Session.objects.all().delete()  # and the session ended meanwhile
    context.set_offline(False)
    page = context.new_page()
    login(page, "secretary")
    open_step(page, address)
    assert page.input_value(f"[name={name}]") == value
    stem = name.rpartition("_")[0] if name.rpartition("_")[2].isdecimal() else name
    if stem in SAVED:  # sent by itself (by the page that was closing, or by this one), and then gone from the device
        until(page, lambda: texts_on_device(page) == [])
        open_step(page, address)
        assert page.input_value(f"[name={name}]") == value  # from the record: the device holds nothing
    assert (
        [line for line in page.complaints if "Content Security" in line] == [] if hasattr(page, "complaints") else True
    )


def test_no_field_is_left_out_of_the_list_above(committed_world, open_page, meeting):
    """What can be typed into any page of the runner is in FIELDS: a field added later is tested or this fails."""
    page = open_page()
    login(page, "secretary")
    found = set()
    for one in steps_of(meeting):
        open_step(page, step(meeting, one.slug))
        names = page.evaluate(
            "[...document.querySelectorAll('main input, main textarea')].filter((one) => one.name && "
            "['text', 'textarea', 'number', 'date', 'time'].includes(one.type)).map((one) => one.name)"
        )
        found |= {(one.slug, re.sub(r"_\d+$", "", name)) for name in names}
    listed = {(slug, re.sub(r"_\{\w+\}$", "", name)) for slug, name, _ in FIELDS}
    chosen = {("cham-diem", "points")}  # met or not met: chosen, not typed, under the guide of 2018
    assert found == listed - chosen


@pytest.mark.parametrize("lost", ["request", "answer"])
def test_contribution_sent_twice_over_a_bad_line_stands_once(committed_world, open_page, meeting, lost):
    """The press is lost on the way there, or the answer on the way back: pressed again it is stored once."""
    page = open_page()
    login(page, "secretary")
    address = step(meeting, "thao-luan")
    open_step(page, address)
    page.select_option("[name=member]", str(committed_world.members_a1[3].pk))
    type_into(page, "text", TYPED)
    page.evaluate("window.device.settled()")

    pressed = []

    def cut(route):
        if route.request.method != "POST" or "draft=1" in (route.request.post_data or ""):
            return route.continue_()
        if lost == "answer":
            route.fetch(max_redirects=0)
        pressed.append(lost)
        return route.abort()

    page.context.route("**/buoc/thao-luan/", cut)
    page.click("button[name=stay]", no_wait_after=True)
    until(page, lambda: pressed == [lost])
    page.context.unroute("**/buoc/thao-luan/")
    open_step(page, address)
    if lost == "request":
        assert page.input_value("[name=text]") == TYPED
        page.click("button[name=stay]")
        page.get_by_text("Đã ghi 1 ý kiến").wait_for()
    assert page.input_value("[name=text]") == "" and Contribution.objects.count() == 1
    open_step(page, address)
    assert page.input_value("[name=text]") == ""


def test_second_editor_sees_both_texts_and_chooses(committed_world, open_page, meeting):
    address = step(meeting, "ket-luan")
    page = open_page()
    login(page, "secretary")
    open_step(page, address)
    page.context.set_offline(True)
    type_into(page, "conclusion", "Bản gõ lúc mất mạng")
    page.evaluate("window.device.settled()")
    Meeting.objects.filter(pk=meeting.pk).update(conclusion="Bản của người kia")
    page.context.set_offline(False)
    open_step(page, address)
    box = page.locator(".k-choose")
    box.wait_for()
    assert "Bản gõ lúc mất mạng" in box.inner_text() and "Bản của người kia" in box.inner_text()
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Ghép cả hai").click()
    page.locator("[data-save-state]", has_text="Đã gửi lúc").wait_for()
    meeting.refresh_from_db()
    assert meeting.conclusion == "Bản của người kia\nBản gõ lúc mất mạng"


def test_meeting_opens_without_a_network_and_its_words_come_home(committed_world, open_page, meeting):
    address = step(meeting, "ket-luan")
    page = open_page()
    login(page, "secretary")
    open_step(page, address)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    until(page, lambda: page.evaluate(BOXES) == 1)  # what is written offline can be sealed
    context = page.context
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto(address)
    field = page.locator("[data-offline-text]")
    field.wait_for()
    assert "Kết luận" in page.inner_text("h1") and "Chi bộ A1" not in page.content()
    assert_no_sideways_scroll(page)
    field.press_sequentially(TYPED)
    page.locator("[data-offline-state]", has_text="Đã lưu trên máy").wait_for()
    assert not any("đề nghị" in row for row in kept_on_device(page))
    cached = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys())))).then((all) => all.flat().map((one) => new URL(one.url).pathname))"
    )
    assert cached and not [path for path in cached if re.match(r"/sinh-hoat/\d", path)]
    page.close()
    context.set_offline(False)
    page = context.new_page()
    open_step(page, address)
    page.locator("[data-save-state]", has_text="Đã gửi lúc").wait_for()
    meeting.refresh_from_db()
    assert meeting.conclusion == TYPED
    open_step(page, address)
    assert page.input_value("[name=conclusion]") == TYPED and kept_on_device(page) == []


def test_page_written_before_the_words_came_through_shows_them_all_the_same(committed_world, open_page, meeting):
    """Asked for before, shown after: the page on its way is older than what the server has said it holds."""
    page = open_page()
    login(page, "secretary")
    address = step(meeting, "ket-luan")
    open_step(page, address)
    held = []

    def late(route):
        answer = route.fetch()  # written while the words are still on their way
        assert TYPED not in answer.text()
        held[0].fulfill(response=held[0].fetch())
        page.wait_for_timeout(800)  # the page that is going hears that its words are stored
        route.fulfill(response=answer)

    page.context.route("**/ghi/", lambda route: held.append(route))
    page.context.route(f"**{address}", late)
    type_into(page, "conclusion", TYPED)
    page.evaluate("document.activeElement.blur()")
    until(page, lambda: len(held) == 1)
    page.goto(address)
    page.context.unroute_all()
    page.locator("[data-put-back]").wait_for(state="attached")  # the form of a page without fields is not seen
    assert page.input_value("[name=conclusion]") == TYPED
    page.locator("[data-save-state]", has_text="Đã gửi lúc").wait_for()
    meeting.refresh_from_db()
    assert meeting.conclusion == TYPED
    until(page, lambda: texts_on_device(page) == [])


def test_signing_out_clears_the_device(committed_world, open_page, meeting):
    page = open_page()
    login(page, "secretary")
    open_step(page, step(meeting, "thao-luan"))
    type_into(page, "text", TYPED)
    page.evaluate("window.device.settled()")
    page.goto("/tai-khoan/ra/")
    page.click("form[action*='/ra/'] button, main form button[type=submit]")
    login(page, "secretary")
    page.goto("/sinh-hoat/")
    assert kept_on_device_or_none(page) == []


def test_words_taken_back_are_not_held_against_the_person(committed_world, open_page, meeting):
    """Typed, then emptied again: the device keeps nothing, and no other step speaks of unsent words."""
    page = open_page()
    login(page, "secretary")
    open_step(page, step(meeting, "thao-luan"))
    type_into(page, "text", TYPED)
    page.evaluate("window.device.settled()")
    assert kept_on_device(page)
    open_step(page, step(meeting, "giao-viec"))
    note = page.locator(".k-note", has_text="còn chữ chưa gửi ở bước")
    assert note.locator("a").count() == 1
    assert note.bounding_box()["height"] < 120  # two lines, not a column of single letters
    open_step(page, step(meeting, "thao-luan"))
    page.fill("[name=text]", "")
    page.evaluate("window.device.settled()")
    page.wait_for_function("(async () => (await window.device.mine()).form === null)()")
    open_step(page, step(meeting, "giao-viec"))
    assert note.count() == 0


def kept_on_device_or_none(page):
    names = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    return kept_on_device(page) if "giu-chu" in names else []


def test_runner_pages_stay_light_and_within_the_policy(committed_world, open_page, meeting):
    """First page < 200 kB, each further one < 60 kB as it travels; nothing refused by the policy."""
    page = open_page()
    login(page, "secretary")
    sizes = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    weights = {}
    for slug in [one.slug for one in steps_of(meeting)]:
        sizes.clear()
        open_step(page, step(meeting, slug))
        page.wait_for_load_state("networkidle")
        weights[slug] = sum(sizes)
    first, *further = weights.values()
    assert first < 200_000 and max(further) < 60_000, weights
    assert [line for line in page.complaints if "Security Policy" in line] == []
    assert Vote.objects.count() == 0
    assert_accessible(page)


def test_server_that_restarts_loses_nothing_at_any_field(committed_world, open_page, meeting):
    """While the server answers 503 to every post each field is typed into; the tab is closed; later all is there once."""
    page = open_page()
    login(page, "secretary")
    context = page.context

    def away(route):
        return route.fulfill(status=503, body="") if route.request.method == "POST" else route.continue_()

    context.route("**/sinh-hoat/**", away)
    for slug, name, value in FIELDS:
        open_step(page, step(meeting, slug))
        type_into(page, named(name, meeting, committed_world), value)
        page.evaluate("document.activeElement.blur()")
        page.evaluate("window.device.settled()")
    page.close()
    context.unroute("**/sinh-hoat/**")
    page = context.new_page()
    for slug, name, value in FIELDS:
        name = named(name, meeting, committed_world)
        open_step(page, step(meeting, slug))
        assert page.input_value(f"[name={name}]") == value, (slug, name)

    def stored():
        meeting.refresh_from_db()
        return (meeting.conclusion, meeting.fee_note, meeting.guests) == (TYPED, TYPED, TYPED)

    until(page, stored)
    assert not Contribution.objects.exists() and not Vote.objects.exists()
