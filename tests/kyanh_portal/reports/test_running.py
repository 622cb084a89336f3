"""Runs of reports: a dead worker or an emptied Redis loses nothing and doubles nothing."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from chibo.services.roles import end_role
from kyanh_portal.reports.models import ReportFile, ReportRun, State
from kyanh_portal.reports.report import reports
from kyanh_portal.reports.running import ask, ask_again, finish, run_report, sweep, waiting_for_relay
from tests.factories.hoithao import closed


def asked(world, user="office", formats=("xlsx",)):
    parameters = {"span": "year", "month": "2020-12-01", "unit": world.ward_a.pk, "type": None}
    return ask("sinh-hoat", parameters, list(formats), by=world.users[user])


def test_a_run_makes_its_files_and_tells_its_base(world):
    closed(world.cell_a1, world.members_a1)
    run = asked(world, formats=("pdf", "xlsx"))
    assert run_report(run.pk) == State.DONE
    run.refresh_from_db()
    assert run.done_steps == run.all_steps > 0 and run.files.count() == 2
    assert run_report(run.pk) == "not mine"


def test_a_lost_lease_throws_the_work_away(world):
    run = asked(world)
    first = ReportRun.objects.claim(run.pk)
    ReportRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    second = ReportRun.objects.claim(run.pk)
    assert second.attempt == first.attempt + 1
    assert finish(first, State.DONE, files=[("a.pdf", "application/pdf", b"x")]) == "lost"
    assert ReportFile.objects.count() == 0


def test_rights_are_asked_again_when_the_worker_starts(world):
    run = asked(world)
    end_role(world.users["office"].grants.get(), dt.date(2020, 1, 1), by=None)
    assert run_report(run.pk) == State.DENIED


def test_a_failed_run_is_tried_again_on_demand(world):
    run = asked(world)
    ReportRun.objects.filter(pk=run.pk).update(state=State.FAILED, attempt=5)
    ask_again(run, by=world.users["office"])
    assert run_report(run.pk) == State.DONE


def test_a_crashing_report_ends_after_five_attempts(world):
    run = asked(world)
    ReportRun.objects.filter(pk=run.pk).update(attempt=5)
    assert run_report(run.pk) == State.FAILED


def test_the_relay_finds_what_redis_forgot(world):
    run = asked(world)
    ReportRun.objects.update(sent_at=timezone.now() - dt.timedelta(seconds=30))
    assert waiting_for_relay() == [run.pk]
    assert waiting_for_relay() == []  # just sent


def test_files_end_after_their_time(world):
    run = asked(world)
    run_report(run.pk)
    ReportRun.objects.update(expires_at=timezone.now() - dt.timedelta(hours=1))
    assert sweep() == 1 and ReportRun.objects.count() == 1


def test_every_report_is_chosen_by_name(world, client):
    """The page behind "Lập báo cáo" leads to each report and says what it tells; none is found by chance."""
    client.force_login(world.users["office"])
    page = client.get(reverse("reports:ask"))
    offered = [report for report in reports if report.form_class]
    assert len(offered) >= 9 and page.context["found"][0].code == "sinh-hoat"
    for report in offered:
        assert report.about and report.about in page.text
        assert f'href="{reverse("reports:ask_for", args=[report.code])}"' in page.text
        form = client.get(reverse("reports:ask_for", args=[report.code]))
        assert form.status_code == 200 and report.title in form.text
    assert client.get("/bao-cao/moi/khong-co/").status_code == 404


def test_a_run_belongs_to_who_asked(world, client):
    run = asked(world)
    client.force_login(world.users["standing"])
    assert client.get(run.get_absolute_url()).status_code == 404
