"""Tasks in the runner: results of those given before, task by task, and those this meeting gives."""

import datetime as dt

from django.http import HttpResponseRedirect

from hoithao.choices import TaskState
from hoithao.forms.tasks import TaskForm
from hoithao.models import Task
from hoithao.services.tasks import give_task, report_tasks
from hoithao.views.stepping import RunStep


def task_rows(view) -> list:
    """What earlier meetings left open, each with the result noted or chosen here."""
    stored = {result.task_id: result for result in view.object.task_results.all()}
    posted, rows = view.request.POST, []
    for task in Task.objects.coming_to(view.object):
        result = stored.get(task.pk)
        task.seen = result.state if result else ""
        task.chosen = posted.get(f"state_{task.pk}", task.seen)
        task.note = posted.get(f"task_note_{task.pk}", result.note if result else "")
        task.is_late = task.due is not None and task.due < view.object.held_on
        task.states = TaskState.choices
        task.error = view.bad[1] if view.bad[0] == f"state_{task.pk}" else ""
        rows.append(task)
    return rows


def hear_tasks(view) -> None:
    """Keep the results chosen on the page; a page without any leaves all as it is."""
    results, seen = {}, {}
    for name, value in view.request.POST.items():
        stem, _, number = name.rpartition("_")
        if stem == "state" and number.isdecimal() and len(number) < 19:
            results[int(number)] = (value, view.request.POST.get(f"task_note_{number}", ""))
            seen[int(number)] = view.request.POST.get(f"was_{number}", "")
    if results:
        report_tasks(view.object, results, by=view.request.user, seen=seen)


class Tasks(RunStep):
    """Step 16: each task with its member and its deadline."""

    slug = "giao-viec"
    form_class = TaskForm
    template_name = "hoithao/runner/tasks.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_initial(self):
        return {"due": self.object.held_on + dt.timedelta(days=30)}

    def get_context_data(self, **context):
        tasks = list(self.object.tasks.select_related("member"))
        returning = [task for task in task_rows(self) if task.seen not in (TaskState.DONE, TaskState.DROPPED)]
        return super().get_context_data(tasks=tasks, returning=returning, **context)

    def post(self, request, *args, **kwargs):
        if "stay" not in request.POST and not request.POST.get("text", "").strip():
            self.object = self.get_object()
            self.stamp()
            return HttpResponseRedirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def act(self, meeting, **answers):
        give_task(meeting, by=self.request.user, client_key=self.sent_key, **answers)
