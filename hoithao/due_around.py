"""What of this app is due: questions to the own cell, a visit to answer, petitions with their clock, proposals of the night."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from chibo.choices import Role
from chibo.models import Member, Organisation
from chibo.rulebooks import rulebook_on
from chibo.rules import months_after
from chibo.services.holidays import working_days
from hoithao.access import ROUND_STAFF
from hoithao.choices import Status
from hoithao.models import Meeting, Petition, Proposal, RoundCell, Scan, Visit, Vote, began
from hoithao.questions import questions_of
from hoithao.rules import passes
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date, vn_time
from kyanh_portal.reminders.due import DueItem, add_source

MOST = 100
DECIDING = (Role.COMMITTEE_SECRETARY, Role.ORGANISING)


def questions(user, day):
    """Of the cells whose secretary the user is; a superior has the page of questions."""
    scope = scope_of(user)
    if not scope.holds(Role.CELL_SECRETARY):
        return
    mine = scope.covers_as("path", Role.CELL_SECRETARY)
    cells = Organisation.objects.filter(mine).cells().valid_on(day).select_related("kind")
    for one in questions_of(cells, day)[:MOST]:
        yield DueItem(one.due_on, one.text, one.url, place=one.cell.name, why=one.why, step=one.step)


def visits(user, day):
    """Meetings of the cells the user follows, to be answered."""
    rows = Visit.objects.filter(member__user=user, answer="", meeting__status=Status.PLANNED)
    for one in rows.select_related("meeting__organisation", "meeting__kind")[:MOST]:
        meeting = one.meeting
        yield DueItem(
            meeting.held_on, f"{meeting.name}: đồng chí có dự không?", reverse("hoithao:visit_answer", args=[one.pk]),
            place=f"{meeting.organisation.name}, {vn_time(meeting.starts_at)}, {meeting.place}",
            why="Đồng chí được phân công theo dõi chi bộ này.", step="Trả lời",
        )  # fmt: skip


def petitions(user, day):
    """Petitions the user's committee must answer."""
    scope = scope_of(user)
    if not scope.holds(Role.COMMITTEE_SECRETARY, Role.OFFICE):
        return
    mine = [held.organisation_id for held in scope.held if held.role in (Role.COMMITTEE_SECRETARY, Role.OFFICE)]
    rows = Petition.objects.visible_to(user).waiting().filter(addressee__in=mine)
    for one in rows.select_related("organisation")[:MOST]:
        yield DueItem(
            one.due_on, f"Trả lời kiến nghị: {one}", one.get_absolute_url(), place=one.organisation.name,
            why=f"Chi bộ gửi ngày {vn_date(one.sent_on)}.", step="Trả lời",
        )  # fmt: skip


def proposals(user, day):
    """The next regular meeting, proposed by night, not yet made."""
    scope = scope_of(user)
    if not scope.holds(Role.CELL_SECRETARY):
        return
    rows = Proposal.objects.filter(scope.covers_as("organisation__path", Role.CELL_SECRETARY), starts_at__date__gte=day)
    rows = list(rows.select_related("organisation"))
    made = set(
        Meeting.objects.filter(organisation__in=[one.organisation_id for one in rows], kind_is_regular=True)
        .exclude(status=Status.CANCELLED)
        .values_list("organisation_id", "month")
    ) if rows else set()  # fmt: skip
    for one in rows:
        if (one.organisation_id, one.month) not in made:
            held_on = timezone.localtime(one.starts_at).date()
            yield DueItem(
                held_on - dt.timedelta(days=3), f"Lập buổi thường kỳ tháng {one.month.month}/{one.month.year}",
                reverse("hoithao:next_regular", args=[one.organisation_id]), place=one.organisation.name,
                why=f"Ngày sinh hoạt cố định: {vn_date(held_on)}.", step="Lập buổi này",
            )  # fmt: skip


def scans(user, day):
    """Scans without a readable code."""
    scope = scope_of(user)
    if not scope.holds(Role.CELL_SECRETARY):
        return
    rows = Scan.objects.filter(scope.covers_as("organisation__path", Role.CELL_SECRETARY), meeting=None)
    for one in rows.select_related("file", "organisation")[:MOST]:
        yield DueItem(
            timezone.localtime(one.created_at).date() + dt.timedelta(days=2), f"Xếp bản chụp {one.file.name} vào cuộc họp",
            reverse("hoithao:scan_assign", args=[one.pk]), place=one.organisation.name, why="Không đọc được mã trên tờ này.", step="Xếp",
        )  # fmt: skip


def rounds(user, day):
    """Model meetings that were called off and have no new day yet, for who runs the rounds."""
    scope = scope_of(user)
    if not scope.holds(*ROUND_STAFF):
        return
    rows = RoundCell.objects.called_off().filter(
        scope.covers_as("round__programme__organisation__path", *ROUND_STAFF), planned_on__gte=day - dt.timedelta(days=120)
    )  # fmt: skip
    for one in rows.select_related("meeting", "organisation", "round__programme")[:MOST]:
        yield DueItem(
            one.meeting.held_on, f"Xếp lại buổi sinh hoạt điểm của {one.organisation.name}",
            reverse("hoithao:round_cell_replan", args=[one.round.programme_id, one.pk]), place=str(one.round),
            why=f"Buổi ngày {vn_date(one.meeting.held_on)} không họp: {one.meeting.cancelled_because}", step="Xếp lại",
        )  # fmt: skip


def recognitions(user, day):
    """A cell voted to recognise a member whom the minutes do not name to the register (those they do: chibo.due, "votes").

    The committee decides in thirty working days, while one of the cell still waits and no vote was written on that page.
    """
    scope = scope_of(user)
    if not scope.holds(*DECIDING):
        return
    mine = scope.covers_as("meeting__organisation__path", *DECIDING)
    rows = Vote.objects.filter(mine, decision__code="CONG_NHAN", about=None, meeting__status=Status.CLOSED)
    rows = rows.alias(began=began("meeting__")).filter(began__date__range=(day - dt.timedelta(days=120), day)).select_related("meeting__organisation")  # fmt: skip
    days = working_days()
    for one in rows[:MOST]:
        cell, voted_on, book = one.meeting.organisation, one.meeting.held_on, rulebook_on(one.meeting.held_on)
        due_by_then = Member.objects.present_on(day).filter(organisation=cell, official_on=None, admitted_on__lte=months_after(day, -12)).exclude(recognition_votes__on__gte=voted_on)  # fmt: skip
        if passes(one.in_favour, one.base, one.threshold) and due_by_then.exists():
            limit = book["official_decision_wd"]
            yield DueItem(
                days.after(voted_on, limit), f"Quyết định công nhận chính thức: {one.subject}"[:300], one.meeting.get_absolute_url(), place=cell.name,
                why=f"Chi bộ biểu quyết {one.in_favour}/{one.base} ngày {vn_date(voted_on)}; {limit} ngày làm việc, trường hợp đặc biệt thêm 15 ngày. {book.source}", step="Mở cuộc họp",
            )  # fmt: skip


add_source("recognitions", "Chờ quyết định công nhận", recognitions)
add_source("questions", "Điều cần hỏi ở chi bộ", questions)
add_source("visits", "Dự sinh hoạt chi bộ", visits)
add_source("petitions", "Kiến nghị chờ trả lời", petitions)
add_source("proposals", "Buổi sắp tới", proposals)
add_source("scans", "Bản chụp chờ xếp", scans)
add_source("rounds", "Buổi điểm cần xếp lại", rounds)
