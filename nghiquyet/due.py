"""What of resolutions is due: duties, answers to give, reports to send or to take in, khoản nobody carries."""

import datetime as dt

from django.urls import reverse

from chibo.choices import Role
from kyanh_portal.access.rules import verdict
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.parameters.parameter import values_on
from kyanh_portal.reminders.due import DueItem, add_source
from nghiquyet.choices import OVER, DutyState, ReportState, RequestState, Status
from nghiquyet.figures.acting import acting_bodies
from nghiquyet.figures.living import bare_clauses, term_words
from nghiquyet.figures.periods import period_name
from nghiquyet.models import DeadlineRequest, Duty, Obstacle, ProgressReport, Resolution, WordingEdit

AHEAD = dt.timedelta(days=15)
MOST = 60
LEADING = [Role.STANDING]
REMINDERS = ["duty.remind_days", "duty.escalate_leader", "duty.escalate_standing"]


def duties_due(user, day):
    """Own duties to be done soon or late; for leaders those late beyond the days set (escalation).

    How many days before, and after how many, is set by the branch where the user's role is held.
    """
    scope = scope_of(user)
    leader = next((held for held in scope.held if held.role in LEADING), None)
    leader = leader or next((held for held in scope.held if held.role == Role.COMMITTEE_SECRETARY), None)
    place = leader or next(iter(scope.held), None)
    settings = values_on(REMINDERS, day, place.path if place else "")
    soon = day + dt.timedelta(days=settings["duty.remind_days"])
    own = Duty.objects.visible_to(user).unfinished().filter(lead__in=acting_bodies(user), due_on__lte=soon)
    for duty in own.exclude(state=DutyState.SUBMITTED).select_related("lead").order_by("due_on")[:MOST]:
        yield DueItem(
            duty.due_on, duty.title, duty.get_absolute_url(), duty.lead.label, term_words(duty), "Nộp sản phẩm"
        )
    if leader is not None:
        days = settings["duty.escalate_standing" if leader.role in LEADING else "duty.escalate_leader"]
        late = Duty.objects.visible_to(user).unfinished().filter(due_on__lt=day - dt.timedelta(days=days))
        for duty in late.exclude(lead__in=acting_bodies(user)).select_related("lead").order_by("due_on")[:MOST]:
            yield DueItem(
                duty.due_on,
                duty.title,
                duty.get_absolute_url(),
                duty.lead.label,
                f"Quá hạn trên {days} ngày, báo lãnh đạo",
                "Xem việc",
            )


def answers_due(user, day):
    """Products that wait to be accepted, wishes for a later term, hindrances to decide about."""
    own = acting_bodies(user)
    waiting = Duty.objects.visible_to(user).filter(state=DutyState.SUBMITTED, approver__in=own).select_related("lead")
    for duty in waiting.order_by("submitted_on")[:MOST]:
        yield DueItem(
            duty.submitted_on + dt.timedelta(days=5),
            f"Xác nhận: {duty.title}",
            duty.get_absolute_url(),
            duty.lead.label,
            f"Nộp ngày {vn_date(duty.submitted_on)}",
            "Xem và xác nhận",
        )
    asked = DeadlineRequest.objects.visible_to(user).filter(state=RequestState.ASKED, duty__approver__in=own)
    for one in asked.select_related("duty__lead").order_by("asked_on")[:MOST]:
        yield DueItem(
            one.old_due_on,
            f"Trả lời xin lùi hạn: {one.duty.title}",
            one.duty.get_absolute_url(),
            one.duty.lead.label,
            f"Xin đến {vn_date(one.new_due_on)}",
            "Trả lời",
        )
    hindered = Obstacle.objects.visible_to(user).filter(
        answered_on=None, decider__in=own, duty__in=Duty.objects.unfinished()
    )
    for one in hindered.select_related("duty__lead").order_by("raised_on")[:MOST]:
        yield DueItem(
            one.due_on or one.raised_on + AHEAD,
            f"Vướng mắc: {one.duty.title}",
            one.duty.get_absolute_url(),
            one.duty.lead.label,
            one.text[:120],
            "Trả lời",
        )


def reports_due(user, day):
    """Reports to write and send; reports of the units below that wait to be taken in."""
    own = acting_bodies(user)
    rows = ProgressReport.objects.visible_to(user).exclude(resolution__life__in=OVER).select_related("organisation")
    for one in rows.filter(organisation__in=own, state__in=[ReportState.OPEN, ReportState.RETURNED]).order_by("due_on")[
        :MOST
    ]:
        yield DueItem(
            one.due_on,
            f"Báo cáo {period_name(one.period, one.cycle)}",
            one.get_absolute_url(),
            one.organisation.label,
            one.reason,
            "Ghi và gửi",
        )
    for one in rows.filter(organisation__parent__in=own, state=ReportState.SENT).order_by("due_on")[:MOST]:
        yield DueItem(
            one.due_on,
            f"Tiếp nhận báo cáo {period_name(one.period, one.cycle)}",
            one.get_absolute_url(),
            one.organisation.label,
            "",
            "Xem và tiếp nhận",
        )


def khoan_due(user, day):
    """On the day of issue and after it: khoản without target, duty or plan, for who may assign."""
    rows = (
        Resolution.objects.visible_to(user)
        .filter(document__isnull=False, organisation__in=acting_bodies(user), is_thematic=True)
        .exclude(life__in=OVER)
    )
    for one in rows.select_related("organisation")[:10]:
        if number := bare_clauses(one):
            yield DueItem(
                one.dated,
                f"{number} khoản chưa giao ai làm",
                f"/nghi-quyet/{one.pk}/thuc-hien/?loc=bare",
                one.organisation.label,
                one.title,
                "Giao nhiệm vụ",
            )


def wording_due(user, day):
    """Edits after the vote that wait for a second reader: nothing is signed before."""
    rows = (
        WordingEdit.objects.visible_to(user)
        .filter(check_of=None, resolution__status=Status.ADOPTED, resolution__organisation__kind__is_cell=False)
        .exclude(by=user)
    )
    for edit in rows.select_related("resolution__organisation__kind")[:10]:
        if verdict("nghiquyet.check_wording", user, edit) is True:
            yield DueItem(
                day,
                f"Đọc lại chỗ biên tập kỹ thuật: {edit.label.lower()}",
                reverse("nghiquyet:wording_check", args=[edit.pk]),
                edit.resolution.organisation.label,
                edit.resolution.title,
                "Đọc và xác nhận",
            )


add_source("duties", "Nhiệm vụ", duties_due)
add_source("duty_answers", "Việc chờ trả lời", answers_due)
add_source("progress", "Báo cáo tiến độ", reports_due)
add_source("bare_clauses", "Khoản chưa giao", khoan_due)
add_source("wording", "Biên tập kỹ thuật chờ xác nhận", wording_due)
