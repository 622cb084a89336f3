"""What the portal knows of a meeting, as facts with their words: the ground on which a score stands."""

from fractions import Fraction

from django.db.models import Q

from chibo.choices import Standing
from hoithao.choices import KindCode, Mark, Phase, Status, TaskState
from hoithao.frames import least_minutes_of
from hoithao.models import Attendance, Meeting, Task, began
from hoithao.rules import count_roll, percent
from hoithao.scoring import Fact, most_excused_in_a_row
from hoithao.services.attendance import line_of, roll_of
from hoithao.services.meetings import CELL_COMMITTEE_POSTS
from kyanh_portal.base.calendar import now


def facts_of(meeting, frame, *, roll=None, speakers=None) -> dict[str, Fact]:
    """Every measure of scoring.MEASURES that can be read now; what cannot is left out and asked of people."""
    roll = roll_of(meeting) if roll is None else roll
    figures = count_roll(line_of(row) for row in roll)
    facts = _roll_facts(meeting, frame, figures, roll)
    if speakers is None:
        speakers = meeting.contributions.exclude(member=None).values("member").distinct().count()
    if figures.present and meeting.roll_taken_at:
        facts["tỷ lệ phát biểu"] = Fact(
            Fraction(100 * speakers, figures.present),
            f"phát biểu {speakers}/{figures.present} đồng chí = {percent(speakers, figures.present)}",
        )
    facts |= _length_facts(meeting, frame, figures)
    facts |= _committee_facts(meeting) | _posted_fact(meeting)
    said = bool(meeting.conclusion.strip())
    facts["kết luận"] = Fact(Fraction(said), "đã ghi kết luận của chủ trì" if said else "chưa ghi kết luận của chủ trì")
    if (tasks := tasks_fact(meeting)) is not None:
        facts["tỷ lệ việc hoàn thành"] = tasks
    return facts


def _roll_facts(meeting, frame, figures, roll) -> dict[str, Fact]:
    if not figures.base or meeting.roll_taken_at is None:
        return {}
    share = Fraction(100 * figures.present, figures.base)
    unexcused = figures.unexcused
    long_absent = _excused_running(meeting, frame, roll)
    most = frame.most_excused_running
    return {
        "tỷ lệ dự họp": Fact(
            share, f"tỷ lệ dự họp {figures.present}/{figures.base} = {percent(figures.present, figures.base)}"
        ),
        "vắng không lý do": Fact(
            Fraction(unexcused), f"{unexcused} đồng chí vắng không lý do" if unexcused else "không ai vắng không lý do"
        ),
        "vắng có lý do quá 3 lần liền": Fact(
            Fraction(long_absent),
            f"{long_absent} đồng chí vắng có lý do quá {most} lần liền"
            if long_absent
            else f"không ai vắng có lý do quá {most} lần liền",
        ),
    }


def _excused_running(meeting, frame, roll) -> int:
    """Members counted today whose excused absences of this year run on for more than the frame allows (12-HD, A1)."""
    counted = {
        row.member_id: row.mark for row in roll if row.standing in (Standing.OFFICIAL, Standing.PROBATIONARY)
    }  # fmt: skip
    away = [pk for pk, mark in counted.items() if mark == Mark.EXCUSED]
    if not away:
        return 0
    earlier = Attendance.objects.alias(began=began("meeting__")).filter(
        member__in=away, meeting__organisation=meeting.organisation_id, meeting__kind_is_regular=True,
        meeting__month__year=meeting.month.year, began__lt=meeting.began_at,
        meeting__status__in=[Status.OPEN, Status.CLOSED],
    ).exclude(mark=Mark.NOT_COUNTED).order_by("began")  # fmt: skip
    marks: dict[int, list[str]] = {pk: [] for pk in away}
    for member, mark in earlier.values_list("member_id", "mark"):
        marks[member].append(mark)
    longest = (most_excused_in_a_row([*marks[pk], counted[pk]], Mark.EXCUSED) for pk in away)
    return sum(1 for run in longest if run > frame.most_excused_running)


def _length_facts(meeting, frame, figures) -> dict[str, Fact]:
    """Length so far while the meeting runs; its whole length once it has ended."""
    if not meeting.opened_at:
        return {}
    ended_at = meeting.ended_at or now()
    length = int((ended_at - meeting.opened_at).total_seconds() // 60)
    if not 0 < length <= 24 * 60:  # logged afterwards: the length comes with the end
        return {}
    least = least_minutes_of(meeting, frame, figures.total)
    words = f"{'thời lượng' if meeting.ended_at else 'đến lúc này họp được'} {length} phút, tối thiểu {least} phút"
    if not meeting.ended_at and length < least:  # it goes on: what is missing now need not be missing at the end
        return {name: Fact(None, words) for name in ("thời lượng", "thiếu phút", "tỷ lệ thời lượng")}
    return {
        "thời lượng": Fact(Fraction(length), words),
        "thiếu phút": Fact(Fraction(max(0, least - length)), words),
        "tỷ lệ thời lượng": Fact(Fraction(100 * length, least), words),
    }


def _committee_facts(meeting) -> dict[str, Fact]:
    """Whether the chi ủy met first, and whether there is one; whether the month had a theme."""
    leading = meeting.organisation.positions.on(meeting.held_on).filter(post__in=CELL_COMMITTEE_POSTS)
    alone = leading.values("member").distinct().count() <= 1
    others = Meeting.objects.filter(organisation=meeting.organisation_id, month=meeting.month).exclude(pk=meeting.pk)
    held = Q(status__in=[Status.OPEN, Status.CLOSED])
    found = set(
        others.alias(began=began()).filter(
            held & (Q(kind__code=KindCode.THEMATIC) | Q(kind__code=KindCode.CELL_COMMITTEE, began__lt=meeting.began_at))
        ).values_list("kind__code", flat=True)
    )  # fmt: skip
    met = KindCode.CELL_COMMITTEE in found
    thematic = meeting.kind.code == KindCode.THEMATIC or KindCode.THEMATIC in found or bool(meeting.theme)
    alone_words = "chi bộ chỉ có bí thư, không có chi ủy" if alone else "chi bộ có chi ủy hoặc phó bí thư"
    met_words = "chi ủy đã họp trước" if met else "chưa có biên bản chi ủy họp trước trong tháng"
    return {
        "chỉ có bí thư": Fact(Fraction(alone), alone_words),
        "chi ủy họp trước": Fact(Fraction(met or alone), alone_words if alone and not met else met_words),
        "chuyên đề trong tháng": Fact(
            Fraction(thematic), "tháng này có sinh hoạt chuyên đề" if thematic else "tháng này không có sinh hoạt chuyên đề"
        ),
    }  # fmt: skip


def _posted_fact(meeting) -> dict[str, Fact]:
    """Hours between the last document posted and the meeting; nothing is said where no document was noted."""
    posted = list(meeting.documents.filter(phase=Phase.BEFORE).values_list("posted_at", flat=True))
    if not posted:
        return {}
    late = [moment for moment in posted if moment is None or moment > meeting.began_at]
    if late:
        return {"tài liệu gửi trước": Fact(Fraction(0), f"{len(late)}/{len(posted)} tài liệu chưa đăng trước giờ họp")}
    hours = int((meeting.began_at - max(posted)).total_seconds() // 3600)
    return {"tài liệu gửi trước": Fact(Fraction(hours), f"đủ {len(posted)} tài liệu đăng trước giờ họp {hours} giờ")}


def tasks_fact(meeting) -> Fact | None:
    """The share of the last conclusion's tasks that are done (C6), dropped ones left out; None where none were given.

    The last conclusion is that of the newest earlier meeting of the cell that gave tasks.
    """
    earlier = Task.objects.alias(began=began("meeting__")).filter(
        meeting__organisation=meeting.organisation_id, began__lt=meeting.began_at
    )
    last = earlier.exclude(meeting__status=Status.CANCELLED).order_by("-began").values("meeting")[:1]
    states = dict(Task.objects.filter(meeting__in=last).with_state(before=meeting).values_list("pk", "state"))
    if not states:
        return None
    states |= dict(meeting.task_results.filter(task__in=states).values_list("task", "state"))  # heard in this meeting
    kept = [state for state in states.values() if state != TaskState.DROPPED]
    if not kept:
        return None
    done = sum(1 for state in kept if state == TaskState.DONE)
    words = f"kỳ trước giao {len(kept)} việc, xong {done} = {percent(done, len(kept))}"
    return Fact(Fraction(100 * done, len(kept)), words)
