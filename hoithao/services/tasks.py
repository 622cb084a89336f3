"""Give tasks from the conclusion, and hear of those given before."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Max

from hoithao.choices import TaskState
from hoithao.models import Task, TaskResult
from hoithao.services.meetings import changing
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.vietnamese import clean_line

MOST_TASKS = 60


def check_task(meeting, text: str, member, doer: str, due: dt.date | None) -> None:
    """A task says what, who and until when (K11): raises RuleBroken at the field that lacks."""
    if not text:
        raise RuleBroken("Ghi việc phải làm.", field="text")
    if len(text) > 500:
        raise RuleBroken(f"Việc dài {len(text)} chữ, nhiều nhất 500. Cắt bớt, hoặc chia thành hai việc.", field="text")
    if member is None and not doer:
        raise RuleBroken("Chọn đồng chí làm việc này.", field="member")
    if member is not None and not meeting.roll.filter(member=member).exists():
        raise RuleBroken("Đồng chí này không ở danh sách của chi bộ hôm họp. Chọn đồng chí khác.", field="member")
    if due is None:
        raise RuleBroken("Ghi hạn xong.", field="due")
    if due < meeting.held_on:
        raise RuleBroken(f"Hạn {vn_date(due)} trước ngày họp {vn_date(meeting.held_on)}. Sửa lại hạn.", field="due")


@transaction.atomic
def give_task(meeting, *, by, text, member=None, doer="", due=None, client_key=None, is_synthetic=False) -> Task:
    """Give one task to a named member with a deadline; sent twice it stands once."""
    if client_key and (same := Task.objects.filter(client_key=client_key, meeting=meeting).first()):
        return same
    meeting = changing(meeting)
    text, doer = clean_line(text), clean_line(doer)[:200]
    check_task(meeting, text, member, doer, due)
    last = meeting.tasks.aggregate(last=Max("order"))["last"] or 0
    if last >= MOST_TASKS:
        raise RuleBroken(f"Đã giao {MOST_TASKS} việc. Gộp bớt rồi ghi.", field="text")
    task = Task.objects.create(
        meeting=meeting, order=last + 1, text=text, member=member, doer="" if member else doer, due=due,
        client_key=client_key or uuid.uuid4(), is_synthetic=is_synthetic,
    )  # fmt: skip
    record("meeting.task_given", meeting, by=by, task=task.pk, due=due.isoformat())
    return task


@transaction.atomic
def remove_task(task, *, by) -> None:
    """Take back a task noted by mistake, while the minutes are not locked."""
    meeting = changing(task.meeting)
    record("meeting.task_removed", meeting, by=by, task=task.pk)
    task.delete()


@transaction.atomic
def report_tasks(meeting, results: dict, *, by, seen: dict | None = None) -> int:
    """Keep what was heard of earlier tasks: {task id: (state, note)}; an empty state takes the result back.

    `seen` is {task id: state the page started from}: what somebody else noted since is never overwritten unseen.
    Returns how many tasks this meeting has a result for.
    """
    meeting = changing(meeting)
    known = {task.pk: task for task in Task.objects.coming_to(meeting)}
    stored = {result.task_id: result for result in meeting.task_results.all()}
    for pk, (state, note) in results.items():
        if pk not in known:
            raise RuleBroken("Việc này không còn ở cuộc họp này. Tải lại trang rồi ghi tiếp.")
        note, result = clean_line(note), stored.get(pk)
        if state and state not in TaskState.values:
            raise RuleBroken("Chọn một kết quả.", field=f"state_{pk}")
        if len(note) > 300:
            raise RuleBroken(f"Phần ghi rõ dài {len(note)} chữ, nhiều nhất 300.", field=f"state_{pk}")
        was = result.state if result else ""
        if seen is not None and was not in (seen.get(pk, ""), state):
            raise Conflict(
                f"Việc “{known[pk].text}” một đồng chí khác vừa ghi: {result.get_state_display().lower() if result else 'chưa ghi'}."
                " Xem lại rồi ghi lần nữa."
            )
        if not state:
            if result:
                result.delete()
            continue
        TaskResult.objects.update_or_create(task=known[pk], meeting=meeting, defaults={"state": state, "note": note})
    number = meeting.task_results.count()
    record("meeting.task_reported", meeting, by=by, results=number)
    return number


def tasks_of_last(meeting) -> tuple[int, int]:
    """(done, all) of the tasks that came to this meeting: what criterion C6 of the guide asks."""
    due = list(Task.objects.coming_to(meeting).values_list("pk", flat=True))
    done = meeting.task_results.filter(state=TaskState.DONE, task__in=due).count()
    return done, len(due)
