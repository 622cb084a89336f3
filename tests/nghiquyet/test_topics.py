"""What a meeting's task or theme serves is said once, by a mark; reports tell it, and like words stay a suggestion."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoithao.services.meetings import save_text, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.tasks import give_task, report_tasks
from kyanh_portal.base.errors import RuleBroken
from nghiquyet.choices import Level, LineState, ReportState
from nghiquyet.models import ProgressReport, ReportLine, TopicMark
from nghiquyet.services import progress
from nghiquyet.services.topics import mark_topics
from nghiquyet.views.topics import khoan_for
from tests.factories import hoithao as meetings
from tests.factories.living import duty_of, resolution_in_force

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH, APRIL = dt.date(2021, 2, 1), dt.date(2021, 3, 1), dt.date(2021, 4, 1)


@pytest.fixture
def khoan(world, settings):
    """Two khoản, each with a duty of all cells for the quarter; a third carried by nobody."""
    settings.PORTAL_TODAY = dt.date(2021, 4, 3)
    resolution = resolution_in_force(world)
    found = list(resolution.clauses.filter(level=Level.PARAGRAPH).order_by("order"))
    for clause, title in zip(found, ("Nâng cao chất lượng", "Chi ủy họp trước sinh hoạt"), strict=False):
        duty_of(resolution, world.town, title=title, clause=clause, due_on=None, cycle="quarter", reported_by="cell")
    return found


def finish(meeting, conclusion="Thống nhất."):
    meeting.refresh_from_db()
    save_text(meeting, "conclusion", conclusion, seen="")
    set_read_back(meeting, True, by=None)
    meeting.refresh_from_db()
    close_meeting(meeting, by=None, ended_at=meeting.starts_at + dt.timedelta(minutes=95))
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def february(world):
    """Locked minutes of A1 with two tasks."""
    meeting = meetings.opened(world.cell_a1, world.members_a1, FEBRUARY)
    for text in ("Mỗi đảng viên nhận giúp một hộ.", "Dọn vệ sinh nhà văn hóa."):
        give_task(meeting, by=None, text=text, member=world.members_a1[2], due=APRIL)
    return finish(meeting)


def lines_of(cell):
    """Title of the duty → its line in the cell's report."""
    rows = ReportLine.objects.filter(report__organisation=cell).select_related("duty", "report")
    return {line.duty.title: line for line in rows}


def test_a_task_marked_with_a_khoan_is_told_in_the_report(world, khoan, february):
    task = february.tasks.first()
    assert mark_topics(february, by=None, answers={task.pk: khoan[0].pk}) == 1
    progress.open_reports(khoan[0].resolution)
    told = lines_of(world.cell_a1)["Nâng cao chất lượng"]
    assert told.text.startswith("Biên bản ngày 05/02/2021: giao việc Mỗi đảng viên nhận giúp một hộ (")
    assert "Dọn vệ sinh" not in told.text and not told.suggestion
    assert lines_of(world.cell_a1)["Chi ủy họp trước sinh hoạt"].text == ""
    assert lines_of(world.cell_a2)["Nâng cao chất lượng"].text == "", "another cell's meeting tells nothing here"


def test_what_was_heard_of_the_task_takes_the_place_of_its_giving(world, khoan, february):
    task = february.tasks.first()
    mark_topics(february, by=None, answers={task.pk: khoan[0].pk})
    march = meetings.opened(world.cell_a1, world.members_a1, MARCH)
    report_tasks(march, {task.pk: ("XONG", "12/12 hộ")}, by=None)
    finish(march)
    progress.open_reports(khoan[0].resolution)
    line = lines_of(world.cell_a1)["Nâng cao chất lượng"]
    assert line.text == "Biên bản ngày 05/3/2021: Mỗi đảng viên nhận giúp một hộ: đã xong, 12/12 hộ."


def test_the_theme_of_a_meeting_serves_a_khoan_too(world, khoan):
    meeting = meetings.opened(world.cell_a1, world.members_a1, FEBRUARY)
    type(meeting).objects.filter(pk=meeting.pk).update(theme="Giữ mối liên hệ với dân")
    meeting = finish(meeting, "Mỗi đảng viên phụ trách năm hộ.")
    mark_topics(meeting, by=None, answers={None: khoan[1].pk})
    progress.open_reports(khoan[0].resolution)
    text = lines_of(world.cell_a1)["Chi ủy họp trước sinh hoạt"].text
    assert "Giữ mối liên hệ với dân. Kết luận: Mỗi đảng viên phụ trách năm hộ." in text


def test_like_words_are_a_suggestion_until_the_writer_takes_them(world, khoan, client):
    meeting = meetings.opened(world.cell_a1, world.members_a1, FEBRUARY)
    finish(meeting, "Chi ủy họp trước buổi sinh hoạt 2 ngày.")
    progress.open_reports(khoan[0].resolution)
    line = lines_of(world.cell_a1)["Chi ủy họp trước sinh hoạt"]
    assert line.text == "" and line.suggestion == "Biên bản ngày 05/02/2021: Chi ủy họp trước buổi sinh hoạt 2 ngày."
    report = ProgressReport.objects.get(pk=line.report_id)
    progress.write_report(report, by=None, lines={line.pk: {"state": LineState.DONE, "text": ""}})
    assert any("Chi ủy họp trước sinh hoạt" in sentence for sentence, _ in progress.wanting(report)), (
        "not taken by itself"
    )
    client.force_login(world.users["secretary"])
    page = reverse("nghiquyet:report_write", args=[report.pk])
    text = client.get(page).content.decode()
    assert "có thể không nói về việc này" in text and f'name="use_{line.pk}"' in text
    other = lines_of(world.cell_a1)["Nâng cao chất lượng"]
    assert f'name="use_{other.pk}"' not in text
    answers = {f"state_{line.pk}": "done", f"use_{line.pk}": "on", f"state_{other.pk}": "same"}
    assert client.post(page, answers).status_code == 302
    line.refresh_from_db()
    assert line.text == line.suggestion
    assert progress.send_report(report, by=None).state == ReportState.SENT


def test_a_mark_made_later_fills_only_what_is_still_empty(world, khoan, february):
    progress.open_reports(khoan[0].resolution)
    first, second = february.tasks.order_by("order")
    lines = lines_of(world.cell_a1)
    ReportLine.objects.filter(pk=lines["Chi ủy họp trước sinh hoạt"].pk).update(text="Tự ghi")
    mark_topics(february, by=None, answers={first.pk: khoan[0].pk, second.pk: khoan[1].pk})
    lines = lines_of(world.cell_a1)
    assert "nhận giúp một hộ" in lines["Nâng cao chất lượng"].text
    assert lines["Chi ủy họp trước sinh hoạt"].text == "Tự ghi"


def test_a_mark_is_changed_and_taken_away_and_the_trail_keeps_it(world, khoan, february):
    task = february.tasks.first()
    mark_topics(february, by=None, answers={task.pk: khoan[0].pk})
    assert mark_topics(february, by=None, answers={task.pk: khoan[0].pk}) == 0
    mark_topics(february, by=None, answers={task.pk: khoan[1].pk})
    mark_topics(february, by=None, answers={task.pk: None})
    assert TopicMark.objects.get().clause is None
    progress.open_reports(khoan[0].resolution)
    assert {line.text for line in lines_of(world.cell_a1).values()} == {""}


def test_only_carried_khoan_in_force_and_locked_minutes(world, khoan, february):
    offered = [pk for _, rows in khoan_for(world.cell_a1) for pk, _ in rows]
    assert offered == [khoan[0].pk, khoan[1].pk]
    task = february.tasks.first()
    with pytest.raises(RuleBroken, match="không còn thực hiện"):
        mark_topics(february, by=None, answers={task.pk: khoan[2].pk})
    march = meetings.opened(world.cell_a1, world.members_a1, MARCH)
    foreign = give_task(march, by=None, text="Việc khác.", member=world.members_a1[2], due=APRIL)
    with pytest.raises(RuleBroken, match="chưa khóa"):
        mark_topics(march, by=None, answers={foreign.pk: khoan[0].pk})
    with pytest.raises(RuleBroken, match="không thuộc buổi họp"):
        mark_topics(february, by=None, answers={foreign.pk: khoan[0].pk})
    type(khoan[0].resolution).objects.update(life="ended")
    assert khoan_for(world.cell_a1) == []


def test_the_page_of_the_meeting_leads_to_the_choice_and_shows_it(world, khoan, february, client):
    client.force_login(world.users["secretary"])
    task = february.tasks.first()
    address = reverse("nghiquyet:meeting_topics", args=[february.pk])
    assert address in client.get(february.get_absolute_url()).content.decode()
    text = client.get(address).content.decode()
    assert "Việc giao 1: Mỗi đảng viên nhận giúp một hộ." in text and "<optgroup" in text
    assert client.post(address, {f"viec-{task.pk}": khoan[0].pk}).status_code == 302
    page = client.get(february.get_absolute_url()).content.decode()
    assert f"/nghi-quyet/{khoan[0].resolution_id}/thuc-hien/#k{khoan[0].pk}" in page
    assert client.post(address, {f"viec-{task.pk}": khoan[2].pk}).status_code == 422
    client.force_login(world.users["member"])
    assert client.get(address).status_code == 403
    client.force_login(world.users["stranger"])
    assert client.get(address).status_code == 404


def test_the_choice_asks_no_more_for_more_tasks(world, khoan, client):
    """P8: one task or three."""
    client.force_login(world.users["secretary"])
    numbers = []
    for month, many in ((FEBRUARY, 1), (MARCH, 3)):
        meeting = meetings.opened(world.cell_a1, world.members_a1, month)
        for number in range(many):
            give_task(meeting, by=None, text=f"Việc {number}.", member=world.members_a1[2], due=APRIL)
        meeting = finish(meeting)
        tasks = meeting.tasks.values_list("pk", flat=True)
        mark_topics(meeting, by=None, answers=dict.fromkeys(tasks, khoan[0].pk))
        for address in (reverse("nghiquyet:meeting_topics", args=[meeting.pk]), meeting.get_absolute_url()):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            numbers.append(len(asked))
    assert numbers[2] <= numbers[0] and numbers[3] <= numbers[1]
