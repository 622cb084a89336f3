"""What the locked minutes of a unit say of a period: the first words of its report, to be read over and changed."""

import datetime as dt

from hoithao.models import Meeting
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.vietnamese import fold

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
    """What the minutes say of one duty, each with its day; empty where they say nothing of it."""
    wanted = {word for word in fold(duty.title).split() if len(word) > 1} - COMMON
    least = max(2, LEAST_SHARE * len(wanted))
    about = [(day, words) for day, parts, words in said if len(wanted & parts) >= least]
    lines = [f"Biên bản ngày {day}: {words[:MOST_LETTERS].rstrip(' .;')}." for day, words in about[:MOST_SAYINGS]]
    return "\n".join(lines)
