"""What a report, a team and a target still lacked: proofs, words of the minutes, reopening, leaving, facets."""

import datetime as dt
import io
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from hoithao.models import AgendaItem
from hoithao.services.meetings import save_text, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.tasks import give_task, report_tasks
from kyanh_portal.base.errors import RuleBroken
from nghiquyet.choices import Cycle, LineState, ReportState
from nghiquyet.models import ProgressReport, ReportLine, Supervision, Target
from nghiquyet.services import progress
from nghiquyet.services import supervisions as checks
from nghiquyet.services import targets as aims
from nghiquyet.services.drafting import draft_from_meeting
from nghiquyet.services.prefill import heard_of, said_in, words_for
from nghiquyet.services.studies import take_point
from tests.factories import hoithao as meetings
from tests.factories.living import duty_of, rate_of, resolution_in_force

pytestmark = pytest.mark.django_db
APRIL = dt.date(2021, 4, 3)


def url(name, *args):
    return reverse(f"nghiquyet:{name}", args=args)


@pytest.fixture
def sign_in(world):
    def sign(role):
        client = Client()
        client.force_login(world.users[role])
        return client

    return sign


def pdf_upload():
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return SimpleUploadedFile("minh-chung.pdf", out.getvalue())


@pytest.fixture
def resolution(world, settings):
    settings.PORTAL_TODAY = APRIL
    return resolution_in_force(world)


@pytest.fixture
def report(world, resolution):
    duty_of(resolution, world.town, title="Chi ủy họp trước sinh hoạt", due_on=None, cycle="quarter", reported_by="cell", needs_proof=True)  # fmt: skip
    progress.open_reports(resolution)
    return ProgressReport.objects.current().get(organisation=world.cell_a1)


def fill(report):
    lines = {line.pk: {"state": LineState.DONE, "text": "Đã làm"} for line in report.lines.all()}
    return progress.write_report(report, by=None, summary="Tốt", lines=lines)


def test_a_report_without_its_proof_is_not_sent(sign_in, world, report):
    fill(report)
    with pytest.raises(RuleBroken) as refused:
        progress.send_report(report, by=None)
    assert "kèm tệp minh chứng" in refused.value.missing[0][0]
    line = report.lines.get()
    answers = {
        "summary": "Tốt",
        f"state_{line.pk}": "done",
        f"text_{line.pk}": "Đã làm",
        f"file_{line.pk}": pdf_upload(),
    }
    secretary = sign_in("secretary")
    assert secretary.post(url("report_write", report.pk), answers).status_code == 302
    line.refresh_from_db()
    assert line.file.name in secretary.get(report.get_absolute_url()).text
    assert secretary.get(line.file.get_absolute_url()).status_code == 200
    assert progress.send_report(report, by=None).state == ReportState.SENT


def test_proof_of_a_report_is_not_found_by_a_stranger(sign_in, world, report):
    fill(report)
    line = report.lines.get()
    sign_in("secretary").post(
        url("report_write", report.pk), {f"state_{line.pk}": "done", f"text_{line.pk}": "Đã làm", f"file_{line.pk}": pdf_upload()}
    )  # fmt: skip
    line.refresh_from_db()
    assert sign_in("stranger").get(line.file.get_absolute_url()).status_code == 404


def test_nothing_changed_asks_for_no_proof(world, report):
    lines = {line.pk: {"state": LineState.SAME} for line in report.lines.all()}
    progress.write_report(report, by=None, lines=lines)
    assert progress.wanting(report) == []


def test_words_of_the_minutes_come_into_the_line_of_a_recurring_duty(world, resolution):
    duty = duty_of(resolution, world.town, title="Chi ủy họp trước sinh hoạt", due_on=None, cycle="quarter", reported_by="cell")  # fmt: skip
    agenda, tasks = SimpleNamespace(all=lambda: [AgendaItem(title="Kết nạp đảng viên")]), SimpleNamespace(all=list)
    said = "Thu đảng phí đủ.\nChi ủy họp trước buổi sinh hoạt 2 ngày."
    meeting = SimpleNamespace(held_on=dt.date(2021, 3, 5), conclusion=said, agenda=agenda, tasks=tasks)
    words = words_for(duty, said_in([meeting]))
    assert words == "Biên bản ngày 05/3/2021: Chi ủy họp trước buổi sinh hoạt 2 ngày."


def test_only_the_office_opens_a_locked_period_and_says_why(sign_in, world, resolution):
    duty_of(resolution, world.town, title="Chi ủy họp trước", due_on=None, cycle="quarter", reported_by="cell")
    progress.open_reports(resolution)
    report = ProgressReport.objects.current().get(organisation=world.cell_a1)
    fill(report)
    progress.send_report(report, by=None)
    progress.receive_report(report, by=None)
    progress.lock_report(report, by=None)
    page = url("report_reopen", report.pk)
    assert page not in sign_in("organising").get(report.get_absolute_url()).text
    assert sign_in("organising").get(page).status_code == 403
    office = sign_in("office")
    assert page in office.get(report.get_absolute_url()).text
    assert "Mục này chưa ghi" in office.post(page, {"reason": ""}).text
    assert office.post(page, {"reason": "Cộng nhầm tháng 3"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.reason) == (ReportState.RECEIVED, "Mở lại kỳ đã khóa: Cộng nhầm tháng 3")
    with pytest.raises(RuleBroken):
        progress.reopen_report(report, by=None, reason="lần nữa")


@pytest.fixture
def check(world):
    return checks.plan_supervision(
        by=world.users["inspection"],
        organisation=world.town,
        form="thematic",
        title="nền nếp",
        subjects=[world.cell_a1],
    )


def test_who_joins_the_team_reads_the_dossier_and_who_leaves_does_not(sign_in, world, check):
    organising = world.users["organising"]
    assert not Supervision.objects.visible_to(organising).exists()
    office = sign_in("inspection")
    assert office.post(url("supervision_team", check.pk), {"joins": organising.pk, "post": "Thư ký"}).status_code == 302
    assert "Thư ký" in office.get(check.get_absolute_url()).text
    assert Supervision.objects.visible_to(organising).exists()
    one = check.team.get(user=organising)
    assert office.post(url("supervision_team", check.pk), {"leaves": [one.pk]}).status_code == 302
    assert not Supervision.objects.visible_to(organising).exists()
    one.refresh_from_db()
    assert one.left_on is not None


def test_a_team_is_never_empty_nor_of_those_it_looks_into(world, check):
    with pytest.raises(RuleBroken):
        checks.change_team(check, by=None, leaves=checks.team_of(check))
    assert checks.team_of(check).count() == 1
    secretary = world.users["secretary"]
    assert secretary not in checks.could_join(check)
    with pytest.raises(RuleBroken):
        checks.change_team(check, by=None, joins=secretary)


def test_facets_of_a_target_change_until_it_has_a_figure(sign_in, world, resolution):
    target = rate_of(resolution, cycle=Cycle.QUARTER)
    office, page = sign_in("office"), url("target_edit", target.pk)
    assert page in office.get(target.get_absolute_url()).text
    form = office.get(page).context["form"]
    answers = {
        name: field.value() for name, field in ((n, form[n]) for n in form.fields) if field.value() not in (None, "")
    }
    answers |= {
        "cell_types": [],
        "responsible": resolution.organisation_id,
        "text": "Tỷ lệ dự họp trên 85%",
        "cycle": "year",
    }
    assert office.post(page, answers).status_code == 302
    target = Target.objects.get(pk=target.pk)
    assert (target.text, target.cycle) == ("Tỷ lệ dự họp trên 85%", "year")
    aims.quote_figure(target, by=None, day=APRIL, numerator=90, source="Báo cáo")
    refused = office.post(page, answers | {"cycle": "month"})
    assert "đã có số liệu" in refused.text
    assert Target.objects.get(pk=target.pk).cycle == "year"
    assert page not in office.get(target.get_absolute_url()).text


def test_a_report_tells_what_meetings_heard_of_tasks_given_for_the_duty(world, settings):
    """By the links, not by the words: the duty's own words stand nowhere in the minutes."""
    settings.PORTAL_TODAY = dt.date(2021, 4, 3)
    resolution = resolution_in_force(world)
    duty = duty_of(
        resolution, world.town, title="Nâng cao chất lượng", due_on=None, cycle="quarter", reported_by="cell"
    )
    cell, members = world.cell_a1, world.members_a1
    first = meetings.opened(cell, members, dt.date(2021, 2, 1))
    task = give_task(first, by=None, text="Mỗi đảng viên nhận giúp một hộ.", member=members[2], due=dt.date(2021, 3, 1))
    finish(first)
    own = draft_from_meeting(first, by=None)
    take_point(by=None, resolution=resolution, organisation=cell, duty=duty, taken="done", own_resolution=own)
    second = meetings.opened(cell, members, dt.date(2021, 3, 1))
    report_tasks(second, {task.pk: ("XONG", "12/12 hộ")}, by=None)
    quarter = (cell, [duty.pk], dt.date(2021, 1, 1), dt.date(2021, 3, 31))
    assert heard_of(*quarter) == {}, "minutes not locked yet tell nothing"
    finish(second)
    progress.open_reports(resolution)
    lines = {row.report.organisation_id: row.text for row in ReportLine.objects.select_related("report")}
    assert lines[cell.pk] == "Biên bản ngày 05/3/2021: Mỗi đảng viên nhận giúp một hộ: đã xong, 12/12 hộ."
    assert lines[world.cell_a2.pk] == ""


def finish(meeting):
    meeting.refresh_from_db()
    save_text(meeting, "conclusion", "Thống nhất.", seen="")
    set_read_back(meeting, True, by=None)
    meeting.refresh_from_db()
    close_meeting(meeting, by=None, ended_at=meeting.starts_at + dt.timedelta(minutes=95))
    meeting.refresh_from_db()
