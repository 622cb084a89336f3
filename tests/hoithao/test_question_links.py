"""Every question (K01 to K17, standings) leads each reader to a page that reader may open, and offers a step that is his."""

import datetime as dt

import pytest
from django.urls import reverse

from chibo.choices import Post
from chibo.models import Organisation, Position, StandingPeriod
from hoithao.choices import Mark, Reason
from hoithao.models import Attendance
from hoithao.questions import MANY, bundled, questions_of
from hoithao.services.meetings import plan_meeting
from hoithao.services.tasks import give_task
from hoithao.services.whole import record_whole_meeting
from hoithao.views import petitions
from hoithao.views.petitions import RULES
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import at_local
from tests.factories.chibo import make_organisation
from tests.factories.hoithao import closed, kind, opened

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 12, 21)
READERS = ["secretary", "committee", "standing", "office", "organising", "inspection"]


@pytest.fixture
def asked(world, settings):
    """One cell with something of every rule to ask about, under the guide of 2025."""
    cell, people = world.cell_a1, world.members_a1
    away, ill = people[6].pk, people[7].pk
    for month in (1, 2, 3, 4):
        marks = {ill: (Mark.EXCUSED, Reason.ILL, "")} | ({away: (Mark.UNEXCUSED, "", "")} if month != 2 else {})
        closed(cell, people, dt.date(2025, month, 1), exceptions=marks, votes=[])
    give_task(
        opened(cell, people, dt.date(2025, 11, 1)), by=None, text="Sửa nhà văn hóa", member=people[3], due=dt.date(2025, 12, 1)
    )  # fmt: skip
    starts_at = at_local(dt.date(2025, 12, 5), 19, 30)
    record_whole_meeting(
        by=None, organisation=cell, kind=kind(), month=dt.date(2025, 12, 1), starts_at=starts_at, place="Nhà văn hóa",
        ended_at=starts_at + dt.timedelta(minutes=60), chair=people[0], secretary=people[1], conclusion="Thống nhất ba việc.",
        votes=[{"subject": "Thông qua kết luận", "in_favour": 8}],
    )  # fmt: skip
    plan_meeting(
        by=None, organisation=cell, kind=kind("BAT_THUONG"), month=dt.date(2025, 12, 1), starts_at=at_local(dt.date(2025, 12, 24), 19, 30),
        place="Nhà văn hóa",
    )  # fmt: skip
    for member, post in ((people[0], Post.SECRETARY), (people[1], Post.DEPUTY)):
        Position.objects.create(member=member, organisation=cell, post=post, starts_on=dt.date(2025, 1, 1))
    StandingPeriod.objects.create(
        member=people[8], standing="MIEN", starts_on=dt.date(2025, 1, 5), ends_on=dt.date(2026, 1, 5)
    )
    return cell


def questions_for(user):
    cells = Organisation.objects.visible_to(user).cells().valid_on(DAY).select_related("kind", "parent")
    return questions_of(cells, DAY, reader=user)


@pytest.mark.parametrize("role", READERS)
def test_every_link_of_every_question_opens_for_who_reads_it(asked, world, client, role):
    user = world.users[role]
    found = questions_for(user)
    assert {one.rule for one in found} == set(RULES), "each rule must be on the table"
    assert (
        sum(one.rule == "K17" for one in found) == 3
    )  # excused too often, away without reason, an exemption that ends
    client.force_login(user)
    shut = {(one.rule, one.url, status) for one in found if (status := client.get(one.url).status_code) != 200}
    assert not shut
    runs = verdict("hoithao.plan_next", user, asked) is True
    steps = {one.rule: one.step for one in found if one.cell == asked}
    for rule in ("K02", "K03", "K04", "K11", "K15"):
        assert (steps[rule] != "Hỏi chi bộ") == runs, (role, rule)


@pytest.mark.parametrize("role", READERS)
def test_the_page_of_questions_shows_the_same_links(asked, world, client, role, monkeypatch):
    monkeypatch.setattr(petitions, "today", lambda: DAY)
    client.force_login(world.users[role])
    page = client.get(reverse("hoithao:question_list")).content.decode()
    for one in questions_for(world.users[role]):
        assert f'href="{one.url}"' in page, one.rule


def test_what_many_cells_are_asked_is_one_line_by_committee(world, client, monkeypatch):
    monkeypatch.setattr(petitions, "today", lambda: DAY)
    cells = [world.cell_a1, world.cell_a2, world.cell_b1]
    for number in range(4):
        cells.append(make_organisation(cells[0].kind.code, f"Chi bộ thêm {number}", world.ward_a))
    user = world.users["standing"]
    found = [one for one in questions_for(user) if one.rule == "K02" and "IV/2025" in one.text]
    assert len(found) == len(cells)
    bundles, alone = bundled(found, cells)
    assert not alone and [(one.text, one.asked) for one in bundles] == [("Quý IV/2025 chưa có sinh hoạt chuyên đề", 7)]
    assert [(unit, len(rows), asked, there) for unit, rows, asked, there in bundles[0].committees] == [
        (world.ward_a, 6, 6, 6),
        (world.cell_b1.parent, 1, 1, 1),
    ]
    assert bundled(found[: MANY - 1], cells) == ([], found[: MANY - 1])  # few cells stay by themselves
    client.force_login(user)
    page = client.get(reverse("hoithao:question_list")).content.decode()
    assert page.count("<b>Quý IV/2025 chưa có sinh hoạt chuyên đề</b>: 7/7 chi bộ") == 1 and "6/6 chi bộ" in page
    assert all(page.count(f'href="{one.url}"') >= 1 for one in found)
    assert sum(number for *_, number, _ in bundles[0].committees) == bundles[0].asked


def test_who_moved_on_is_not_asked_about_in_the_old_cell(asked, world):
    user, gone = world.users["secretary"], world.members_a1[6]
    assert Attendance.objects.filter(member=gone, mark=Mark.UNEXCUSED).count() == 3
    gone.organisation = world.cell_b1
    gone.save()
    assert not any(str(gone) in one.text for one in questions_for(user))
    assert any(str(gone) in one.text for one in questions_for(world.users["office"]))
