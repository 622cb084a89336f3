"""Scores that wait for somebody: adopted and not yet sent up, sent up and not yet confirmed."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse

from chibo.choices import Role
from hoithao.choices import ScoreState, Status
from hoithao.models import Score
from hoithao.models.meeting import began
from hoithao.services.scores import result_words
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.parameters.parameter import values_on
from kyanh_portal.reminders.due import DueItem, add_source

MOST = 100


def _rows(condition, state):
    rows = Score.objects.filter(condition, state=state, meeting__status=Status.CLOSED)
    rows = rows.filter(
        Q(late_because="") | Q(vote__meeting__status=Status.CLOSED)
    )  # a late one counts once voted and locked
    rows = rows.select_related("frame", "meeting__kind", "meeting__organisation", "vote__meeting").order_by(
        began("meeting__")
    )
    return list(rows[:MOST])


def _item(score, days: int, title: str, url: str, why: str, step: str) -> DueItem:
    voted_on = (score.vote.meeting if score.vote_id else score.meeting).held_on
    words = f"{title} {score.meeting.name[:1].lower()}{score.meeting.name[1:]}: {result_words(score)}"
    late = f" Chấm quá hạn: {score.late_because}" if score.is_late else ""
    return DueItem(
        voted_on + dt.timedelta(days=days), words, reverse(url, args=[score.meeting_id]), place=score.meeting.organisation.name,
        why=f"Chi bộ thông qua ngày {vn_date(voted_on)}.{why}{late}", step=step,
    )  # fmt: skip


def to_send(user, day):
    """For the cell's secretary: the days of the frame, else those of the branch."""
    scope = scope_of(user)
    if not scope.holds(Role.CELL_SECRETARY):
        return
    rows = _rows(scope.covers_as("meeting__organisation__path", Role.CELL_SECRETARY), ScoreState.ADOPTED)
    wait = values_on(["scores.send_days"], day, rows[0].path)["scores.send_days"] if rows else 0
    for one in rows:
        days = one.frame.report_within_days
        yield _item(one, wait if days is None else days, "Gửi cấp trên điểm", "hoithao:score_send", "", "Gửi điểm")


def to_review(user, day):
    """For the secretary of the committee right above the cell."""
    scope = scope_of(user)
    mine = [held.organisation_id for held in scope.held if held.role == Role.COMMITTEE_SECRETARY]
    if not mine:
        return
    rows = _rows(Q(meeting__organisation__parent__in=mine), ScoreState.SENT)
    names = ["scores.send_days", "scores.review_days"]
    wait = sum(values_on(names, day, rows[0].path).values()) if rows else 0
    for one in rows:
        yield _item(one, wait, "Xác nhận điểm", "hoithao:score_review", " Đã gửi lên.", "Xem, xác nhận")


add_source("scores_to_send", "Điểm chờ gửi cấp trên", to_send)
add_source("scores_to_review", "Điểm chờ cấp trên xác nhận", to_review)
