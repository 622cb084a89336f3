"""What this app shows on the pages of lower apps."""

from collections import Counter

from hoithao.access import may_run_meeting, runs_meetings_of
from hoithao.choices import LessonStatus
from hoithao.models import Attendance, BallotLine, Follower, Lesson, Meeting, Vote
from hoithao.models.meeting import began
from hoithao.questions import questions_of
from hoithao.services.conferences import lessons_before, programme_of
from hoithao.services.late_scores import may_be_late
from hoithao.services.observer_scores import observer_words
from hoithao.services.probation import MATTERS
from hoithao.services.scores import is_scored, result_words, score_of
from hoithao.services.signing import role_of
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.panels import add_panel


def recent_meetings(request, organisation):
    """The newest meetings on the page of an organisation."""
    meetings = (
        Meeting.objects.visible_to(request.user)
        .filter(organisation=organisation)
        .select_related("kind", "organisation")[:6]
    )
    return ("hoithao/_recent.html", {"meetings": meetings}) if meetings else None


def meeting_score(request, meeting):
    """The score on the page of a regular or thematic meeting, and the superior's beside it."""
    if not is_scored(meeting):
        return None
    score = score_of(meeting)
    may_late = may_be_late(meeting, score) and may_run_meeting(request.user, meeting) is True
    context = {"meeting": meeting, "score": score, "may_late": may_late, "observers": observer_words(meeting)}
    if score:
        context |= {"result": result_words(score), "review": score.reviews.order_by("pk").last()}
    return "hoithao/_score_panel.html", context


def questions(request, organisation):
    """Of a cell: what to ask of it, who follows it, the button for the next regular meeting."""
    if not organisation.kind.is_cell or verdict("hoithao.see_questions", request.user) is not True:
        return None
    follower = Follower.objects.on(today()).filter(organisation=organisation).select_related("member").first()
    return "hoithao/_questions_panel.html", {
        "cell": organisation,
        "questions": questions_of([organisation], today(), reader=request.user),
        "follower": follower,
        "may_plan": verdict("hoithao.plan_next", request.user, organisation) is True,
        "may_assign": verdict("hoithao.assign_follower", request.user, organisation) is True,
    }


def around(request, meeting):
    """Of a meeting: the way to what comes before and after it."""
    may_see_rounds = verdict("hoithao.see_programmes", request.user) is True
    return "hoithao/_around_panel.html", {"meeting": meeting, "may_see_rounds": may_see_rounds}


def lessons_of_rounds(request, meeting):
    """Of a conference of lessons: the programme it is about, and what became of its lessons."""
    programme = programme_of(meeting)
    if programme is None or verdict("hoithao.see_programmes", request.user) is not True:
        return None
    lessons = list(lessons_before(meeting, programme).filter(pk__in=Lesson.objects.visible_to(request.user)))
    states = Counter(one.status for one in lessons)
    return "hoithao/_conference_panel.html", {
        "meeting": meeting, "programme": programme, "lessons": len(lessons),
        "states": [(label, states[code]) for code, label in LessonStatus.choices if states[code]],
        "may_agree": meeting.is_closed and states[LessonStatus.NOTED] and verdict("hoithao.run_rounds", request.user, meeting) is True,
    }  # fmt: skip


add_panel("chibo.organisation", 5, questions)
add_panel("hoithao.meeting", 8, lessons_of_rounds)


def register_link(request, member):
    """The way to a member's register of attendance, for the member and for who answers for the cell."""
    return "hoithao/_register_panel.html", {"member": member}


add_panel("chibo.organisation", 10, recent_meetings)
add_panel("chibo.member", 30, register_link)
add_panel("hoithao.meeting", 5, around)
add_panel("hoithao.meeting", 20, meeting_score)


def around_the_runner(request, meeting):
    """Steps, excuses, tasks and signatures on the page of a meeting."""
    may_run = runs_meetings_of(request.user, meeting.organisation)
    minutes = meeting.minutes if meeting.is_closed else None
    signatures = list(minutes.signatures.all()) if minutes else []
    role = role_of(minutes, request.user) if minutes else None
    tasks = list(meeting.tasks.select_related("member"))
    if not (may_run or minutes or tasks):
        return None
    return "hoithao/_around_runner.html", {
        "meeting": meeting, "may_run": may_run, "signatures": signatures, "tasks": tasks,
        "may_sign": role is not None and role not in {one.role for one in signatures},
        "told": 0 if minutes else meeting.excuses.filter(told_at__isnull=False).count(),
    }  # fmt: skip


add_panel("hoithao.meeting", 6, around_the_runner)


def attendance_events(request, member):
    """The last year's regular meetings on a member's timeline, those the reader may see."""
    rows = (
        Attendance.objects.filter(member=member, meeting__in=Meeting.objects.visible_to(request.user).filter(status="closed"))
        .exclude(mark="KHONG_TINH")
        .select_related("meeting__kind")
        .order_by(began("meeting__").desc())[:12]
    )  # fmt: skip
    events = [(row.meeting.held_on, f"{row.get_mark_display()}: {row.meeting.kind.name.lower()} {row.meeting.period}", False, row.meeting.get_absolute_url()) for row in rows]  # fmt: skip
    return ("", {"events": events}) if events else None


add_panel("chibo.member_timeline", 10, attendance_events)


def papers_of_votes(request, member):
    """Of votes taken from minutes: (day, matter) with the address of the meeting, where the reader may see it."""
    seen = Meeting.objects.visible_to(request.user)
    shown = Vote.objects.filter(about=member, meeting__in=seen.filter(status="closed")).select_related(
        "meeting", "decision"
    )
    counted = BallotLine.objects.filter(member=member, meeting__in=seen).select_related("meeting", "ballot__decision")
    pairs = [(row.meeting, row.decision.code) for row in shown] + [(row.meeting, row.ballot.decision.code) for row in counted]  # fmt: skip
    urls = [
        ((meeting.held_on, MATTERS[code]), meeting.get_absolute_url()) for meeting, code in pairs if code in MATTERS
    ]
    return ("", {"urls": urls}) if urls else None


add_panel("chibo.recognition_votes", 10, papers_of_votes)
