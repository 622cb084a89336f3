"""What the minutes say of tasks: results of those given before, and the table of those given now."""

from hoithao.choices import TaskState
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.documents.content import Heading, Table


def results_table(meeting) -> list:
    """Results of the last resolution, task by task (step 11); nothing where none was reported."""
    if not meeting.pk:
        return []
    results = list(meeting.task_results.select_related("task__member"))
    rows = tuple(
        (str(number), one.task.text, one.task.who, _day(one.task.due), _result(one))
        for number, one in enumerate(results, start=1)
    )
    if not rows:
        return []
    done = sum(1 for one in results if one.state == TaskState.DONE)
    heading = Heading(f"Kết quả việc giao kỳ trước: xong {done}/{len(rows)} việc", level=2)
    return [heading, Table(("TT", "Việc", "Người làm", "Hạn", "Kết quả"), rows, (7, 38, 21, 16, 22))]


def tasks_table(meeting) -> list:
    """Tasks given with their members and deadlines (step 16)."""
    if not meeting.pk:
        return []
    tasks = meeting.tasks.select_related("member")
    rows = tuple((str(number), one.text, one.who, _day(one.due)) for number, one in enumerate(tasks, start=1))
    if not rows:
        return []
    return [Heading("Giao việc", level=2), Table(("TT", "Việc", "Người làm", "Hạn xong"), rows, (7, 50, 25, 18))]


def _day(day) -> str:
    return vn_date(day) if day else "không ghi hạn"


def _result(result) -> str:
    return f"{result.get_state_display()}. {result.note}" if result.note else result.get_state_display()
