"""A whole monthly meeting of thirty members on a phone, in at most sixty taps.

Counted is whatever a thumb must do: each press of a link, button, mark or check box; opening a list and choosing from it
(two); putting the cursor into a field. Typing is not a tap, and nothing is filled in behind the thumb's back.
"""

import datetime as dt

import pytest

from chibo.choices import Role
from hoithao.models import Meeting
from hoithao.services.agenda import remove_line
from hoithao.services.meetings import plan_meeting
from kyanh_portal.base.calendar import at_local, today
from tests.browser.tools import PHONE, login
from tests.factories.chibo import make_members, make_organisation, make_user
from tests.factories.hoithao import kind

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MOST = 60


class Thumb:
    """Does what a thumb does, and counts it."""

    def __init__(self, page):
        self.page, self.taps, self.by_step = page, 0, {}

    def count(self, number=1):
        self.taps += number
        step = self.page.url.rstrip("/").rpartition("/")[2]
        self.by_step[step] = self.by_step.get(step, 0) + number

    def tap(self, selector):
        self.count()
        self.page.locator(selector).first.tap()

    def go(self, selector=".k-runfoot button.btn-primary"):
        """The wide button, and the next page is there."""
        before = self.page.url
        self.tap(selector)
        self.page.wait_for_url(lambda url: url != before)

    def choose(self, selector, value=None, index=None):
        self.count(2)
        self.page.select_option(selector, value, index=index)

    def write(self, selector, text):
        self.tap(selector)
        self.page.keyboard.type(text)


def score(thumb):
    """What the data prove stands there; the thumb answers only what is asked, then the three numbers stand there too."""
    page = thumb.page
    for mark in page.locator("[name^=points_]").all():
        if mark.input_value():
            continue
        name = f"[name={mark.get_attribute('name')}]"
        if mark.evaluate("one => one.tagName") == "SELECT":
            thumb.choose(name, index=1)
        else:
            most = int(page.locator(f".k-mark:has({name}) > span").inner_text().strip(" /"))
            against = page.locator(f"li:has({name}) .k-late-text").count()  # the data speak against full marks
            thumb.write(name, str(most - 2 if against else most))
    thumb.go()


def test_thirty_members_four_items_six_contributions_one_vote(committed_world, open_page):
    cell = make_organisation("chi_bo_truc_thuoc", "Chi bộ Ba mươi", committed_world.ward_a)
    members = make_members(cell, 30, probationary=2)
    make_user("bamuoi", Role.CELL_SECRETARY, cell)
    day = today()
    meeting = plan_meeting(
        by=None, organisation=cell, kind=kind(), month=day, starts_at=at_local(day, 0, 1), place="Nhà văn hóa"
    )
    while meeting.agenda.count() > 4:
        remove_line(meeting, meeting.agenda.last().pk, by=None)
    page = open_page(PHONE)
    login(page, "bamuoi")
    page.goto(meeting.get_absolute_url())
    thumb = Thumb(page)

    thumb.go("a:has-text('Vào cuộc họp')")
    thumb.go()  # chair and secretary stand there by their posts
    for absent, reason in ((members[9], "OM_DAU"), (members[17], "CONG_TAC"), (members[25], "GIA_DINH")):
        thumb.tap(f"label[for=v{absent.pk}]")
        thumb.tap(f"label[for=r{absent.pk}{reason}]")
    thumb.go()
    thumb.write("[name=fee_note]", "30/30 đồng chí đã nộp")
    for place in range(4):
        thumb.write(f"[name^=presented_] >> nth={place}", f"Nội dung mục {place + 1}, ý chính đã trình bày.")
    thumb.go()
    for number in range(6):
        thumb.choose("[name=member]", str(members[2 + number].pk))
        thumb.write("[name=text]", f"Ý kiến thứ {number + 1}: đề nghị làm sớm.")
        thumb.tap("button[name=stay]")
        page.get_by_text(f"Đã ghi {number + 1} ý kiến").wait_for()
    thumb.go()
    thumb.write("[name=conclusion]", "Thống nhất phương hướng tháng tới.")
    thumb.go()
    thumb.write("[name=text]", "Vận động hai hộ hiến đất")
    thumb.choose("[name=member]", str(members[3].pk))
    thumb.go()  # the task on the page is written by the wide button as well
    while "/bieu-quyet/" not in page.url:
        thumb.go()
    thumb.go()  # the three numbers stand there from the roll
    if "/cham-diem/" in page.url:
        score(thumb)
    thumb.go()
    assert "/ket-thuc/" in page.url
    thumb.go()
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert meeting.is_closed, page.inner_text("main")
    assert meeting.contributions.count() == 6 and meeting.tasks.count() == 1
    assert meeting.votes.count() == 2 and meeting.score.vote in meeting.votes.all()  # the matter, then the score
    assert meeting.minutes.figures["present"] == 27 and meeting.minutes.figures["base"] == 30
    assert meeting.steps_done.count() >= 13 and meeting.ended_at - meeting.opened_at < dt.timedelta(days=1)
    print(f"\n{thumb.taps} taps: {thumb.by_step}")
    assert thumb.taps <= MOST, thumb.by_step
