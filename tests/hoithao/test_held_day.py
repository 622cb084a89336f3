"""What happened counts on the day it was held, not on the day it was called for."""

import datetime as dt

import pytest

from hoithao.comparing import compare
from hoithao.documents.invitation import when_of
from hoithao.half_years import LOCKED, Half, _meetings
from hoithao.models import Adoption, Meeting
from hoithao.models.meeting import began
from hoithao.services.attendance import take_roll
from hoithao.services.conferences import lessons_before
from hoithao.services.late_scores import sittings_for
from hoithao.services.meetings import open_meeting, save_text, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.programmes import draw_lesson, open_programme
from hoithao.services.score_watch import adopted_scores
from hoithao.services.scores import adopt_score, save_score
from kyanh_portal.base.calendar import at_local
from tests.factories.hoithao import opened, planned
from tests.hoithao.test_scores import full_answers, rulebook_on

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = dt.date(2020, 9, 1), dt.date(2020, 10, 1)
LATE = dt.date(2020, 10, 20)  # the sitting of September was called for 05/9 and put off until after the one of October


def begun(world, month, day, **fields):
    """Called for the 5th of its month, begun on another day, the roll taken."""
    chair, secretary = world.members_a1[:2]
    meeting = open_meeting(
        planned(world.cell_a1, month, **fields), by=None, chair=chair, secretary=secretary, at=at_local(day, 20)
    )
    take_roll(meeting, {}, by=None)
    meeting.refresh_from_db()
    return meeting


def lock(meeting):
    save_text(meeting, "conclusion", "Giao ba việc.", seen="")
    set_read_back(meeting, True, by=None)
    close_meeting(meeting, by=None, ended_at=meeting.opened_at + dt.timedelta(minutes=95))
    meeting.refresh_from_db()
    return meeting


def put_off(world, **fields):
    return begun(world, SEPTEMBER, LATE, **fields)


def test_the_database_and_the_object_name_the_same_moment(world):
    meeting = planned(world.cell_a1, SEPTEMBER)
    rows = Meeting.objects.annotate(began=began())
    assert rows.get(pk=meeting.pk).began == meeting.began_at == meeting.starts_at
    chair, secretary = world.members_a1[:2]
    meeting = open_meeting(meeting, by=None, chair=chair, secretary=secretary, at=at_local(LATE, 20))
    assert rows.get(pk=meeting.pk).began == meeting.began_at == at_local(LATE, 20)
    assert (meeting.called_for, meeting.held_on) == (dt.date(2020, 9, 5), LATE)
    assert rows.filter(began__date=LATE).get() == meeting


def test_an_invitation_keeps_the_day_it_called_for(world):
    meeting = planned(world.cell_a1, SEPTEMBER)
    called = when_of(meeting)
    chair, secretary = world.members_a1[:2]
    meeting = open_meeting(meeting, by=None, chair=chair, secretary=secretary, at=at_local(LATE, 20))
    assert when_of(meeting) == called and "thứ Bảy, ngày 05/9/2020" in called


def test_a_late_score_is_voted_in_a_sitting_that_began_after_the_meeting(world):
    late = lock(put_off(world))
    october = opened(world.cell_a1, world.members_a1, OCTOBER)  # called for after it, held before it
    assert october.starts_at > late.starts_at and october.began_at < late.began_at
    assert not sittings_for(late).exists()
    november = opened(world.cell_a1, world.members_a1, dt.date(2020, 11, 1))
    assert list(sittings_for(late)) == [november]


def test_scores_and_half_years_stand_in_the_order_of_the_sittings(world):
    held = []
    for meeting in (put_off(world), opened(world.cell_a1, world.members_a1, OCTOBER)):
        save_score(meeting, by=None, answers=full_answers(rulebook_on(meeting.held_on, world.cell_a1.path)))
        adopt_score(meeting, by=None, in_favour=9)
        held.append(lock(meeting))
    september, october = held
    assert [one.meeting for one in adopted_scores([world.cell_a1.pk])] == [october, september]
    assert list(_meetings(world.users["office"], [world.cell_a1], Half(2020, 2), LOCKED)) == [october, september]


def test_before_and_after_are_told_by_the_day_it_was_held(world):
    september, october = lock(put_off(world)), lock(opened(world.cell_a1, world.members_a1, OCTOBER))
    one = Adoption(organisation=world.cell_a1, meeting=october)
    (pair,), before, after = compare([one])
    assert (pair.before.meetings, pair.after.meetings) == (0, 2)
    (pair,), before, after = compare([Adoption(organisation=world.cell_a1, meeting=september)])
    assert (pair.before.meetings, pair.after.meetings) == (1, 1) and before.meetings == after.meetings == 1


def test_a_conference_hears_the_lessons_of_meetings_held_by_its_day(world):
    programme = open_programme(
        by=None, organisation=world.town, name="Điểm 2020", starts_on=SEPTEMBER, months=[SEPTEMBER]
    )
    meeting = lock(put_off(world, is_model=True, round=programme.rounds.get()))
    lesson = draw_lesson(meeting, by=None, worked="Gửi tài liệu trước.", repeat="Gửi trước một ngày.")
    conference = Meeting(organisation=world.town, starts_at=at_local(dt.date(2020, 10, 13), 8))
    assert not lessons_before(conference, programme).exists()
    conference.starts_at = at_local(dt.date(2020, 10, 21), 8)
    assert list(lessons_before(conference, programme)) == [lesson]
