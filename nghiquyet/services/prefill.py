"""What the locked minutes of a unit say of a period: the first words of its report, to be read over and changed."""

import datetime as dt
from collections import defaultdict

from hoithao.choices import Status
from hoithao.models import Meeting, TaskResult
from hoithao.models.meeting import began
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.vietnamese import fold
from nghiquyet.choices import Taken
from nghiquyet.models import Concretisation, TopicMark

MOST_MEETINGS, MOST_SAYINGS, MOST_LETTERS = 24, 4, 240
LEAST_SHARE = 0.5  # of the duty's own words, and two at the least: what a saying must hold to be about it
# Words every duty has; they tell nothing of what it is about.
COMMON = frozenset(
    [
        "cac",
        "cua",
        "cho",
        "theo",
        "trong",
        "nam",
        "thang",
        "quy",
        "ky",
        "hang",
        "moi",
        "mot",
        "nhung",
        "duoc",
        "phai",
        "thuc",
        "hien",
        "cong",
        "tac",
        "chi",
        "bo",
        "dang",
        "vien",
        "don",
        "vi",
        "va",
        "ve",
        "voi",
        "tai",
    ]
)


def meetings_of(unit, first: dt.date, last: dt.date) -> list[Meeting]:
    """The unit's meetings of a period whose minutes are locked, with what was on the table and given to do."""
    rows = Meeting.objects.closed().filter(organisation=unit, month__gte=first, month__lte=last)
    rows = rows.select_related("kind", "organisation__kind").prefetch_related("agenda", "tasks")
    return list(rows.order_by("month", "pk")[:MOST_MEETINGS])


def summary_of(meetings) -> str:
    """Which meetings there were: the opening words of the report."""
    words = [f"{row.kind.name} ngày {vn_date(row.held_on)}" for row in meetings]
    return f"Trong kỳ đơn vị đã họp {len(words)} buổi: {'; '.join(words)}." if words else ""


def said_in(meetings) -> list[tuple[str, frozenset, str]]:
    """(day, its words, what the minutes say) of every item, task and conclusion."""
    found = []
    for meeting in meetings:
        sayings = [f"{item.title}: {item.summed_up}" if item.summed_up else item.title for item in meeting.agenda.all()]
        sayings += [f"giao việc: {task.text}" for task in meeting.tasks.all()]
        sayings += [line for line in meeting.conclusion.split("\n") if line.strip()]
        day = vn_date(meeting.held_on)
        found += [(day, frozenset(fold(words).split()), " ".join(words.split())) for words in sayings]
    return found


def words_for(duty, said) -> str:
    """What the minutes may say of one duty, each with its day, by like words: a suggestion only, where no link tells."""
    wanted = {word for word in fold(duty.title).split() if len(word) > 1} - COMMON
    least = max(2, LEAST_SHARE * len(wanted))
    about = [(day, words) for day, parts, words in said if len(wanted & parts) >= least]
    lines = [f"Biên bản ngày {day}: {words[:MOST_LETTERS].rstrip(' .;')}." for day, words in about[:MOST_SAYINGS]]
    return "\n".join(lines)


def heard_of(unit, duties, first: dt.date, last: dt.date) -> dict[int, str]:
    """Duty → what the unit's meetings of a period heard of the tasks it gave itself for that duty.

    The link is data: the duty was made the unit's own by a resolution, that resolution was adopted at a meeting, and that
    meeting gave tasks, whose results later meetings kept.
    """
    own = Concretisation.objects.filter(organisation=unit, duty__in=duties, taken=Taken.DONE, own_resolution__meeting__isnull=False)  # fmt: skip
    meetings = defaultdict(set)
    for duty, meeting in own.values_list("duty_id", "own_resolution__meeting_id"):
        meetings[meeting].add(duty)
    if not meetings:
        return {}
    results = TaskResult.objects.filter(
        task__meeting__in=meetings, meeting__status=Status.CLOSED, meeting__month__gte=first, meeting__month__lte=last
    )
    out = defaultdict(list)
    for one in results.select_related("task", "meeting").order_by(began("meeting__"), "task__order"):
        line = _reported(one)
        for duty in meetings[one.task.meeting_id]:
            out[duty].append(line)
    return {duty: "\n".join(lines[:MOST_SAYINGS]) for duty, lines in out.items()}


def together(*told: str) -> str:
    """What several links tell of one duty, each line once."""
    lines = dict.fromkeys(line for words in told for line in words.split("\n") if line)
    return "\n".join(list(lines)[:MOST_SAYINGS])


def _reported(one) -> str:
    """A result that a meeting heard of a task."""
    words = f"{one.task.text.rstrip(' .;')[:MOST_LETTERS]}: {one.get_state_display().lower()}"
    return f"Biên bản ngày {vn_date(one.meeting.held_on)}: {words}{f', {one.note}' if one.note else ''}."


def _given(task) -> str:
    """A task that was given; what came of it nobody has said yet."""
    due = f", hạn {vn_date(task.due)}" if task.due else ""
    return f"Biên bản ngày {vn_date(task.meeting.held_on)}: giao việc {task.text.rstrip(' .;')[:MOST_LETTERS]} ({task.who}{due})."


def _discussed(meeting) -> str:
    """A meeting on a theme, with the beginning of its conclusion."""
    concluded = " ".join(meeting.conclusion.split())[:MOST_LETTERS].rstrip(" .;")
    return f"Biên bản ngày {vn_date(meeting.held_on)}: {meeting.name}{f'. Kết luận: {concluded}' if concluded else ''}."


def marked_for(unit, clauses, first: dt.date, last: dt.date) -> dict[int, str]:
    """Khoản → what the unit's locked minutes of a period hold on what was marked as serving it (`TopicMark`).

    A meeting on such a theme, the tasks given for it, and what a meeting of the period heard of them.
    """
    marks = TopicMark.objects.filter(meeting__organisation=unit, clause__in=clauses, meeting__status=Status.CLOSED)
    marks = list(marks.select_related("meeting__kind", "meeting__organisation", "task__meeting", "task__member"))
    if not marks:
        return {}
    serves = {mark.task_id: mark.clause_id for mark in marks if mark.task_id}
    results = TaskResult.objects.filter(
        task__in=serves, meeting__status=Status.CLOSED, meeting__month__gte=first, meeting__month__lte=last
    )
    said = defaultdict(list)  # khoản → (moment, words)
    heard = set()
    for one in results.select_related("task", "meeting"):
        heard.add(one.task_id)
        said[serves[one.task_id]].append((one.meeting.began_at, _reported(one)))
    for mark in marks:
        if first <= mark.meeting.month <= last and mark.task_id not in heard:
            words = _given(mark.task) if mark.task_id else _discussed(mark.meeting)
            said[mark.clause_id].append((mark.meeting.began_at, words))
    return {clause: "\n".join(words for _, words in sorted(lines)[:MOST_SAYINGS]) for clause, lines in said.items()}
