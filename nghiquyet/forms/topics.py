"""Which khoản each task of a meeting serves: one choice a line."""

from django import forms

from kyanh_portal.ui.forms import PortalForm

NONE = ("", "Không phục vụ khoản nào")


class TopicsForm(PortalForm):
    """`groups` as of views.topics.khoan_for; `marks`: key of a task (None: the theme) → key of its khoản."""

    def __init__(self, *args, meeting, tasks, groups, marks, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {}
        known = {pk for _, khoan in groups for pk, _ in khoan}
        lines = [(None, "chu-de", f"Chủ đề: {meeting.theme}")] if meeting.theme else []
        lines += [
            (task.pk, f"viec-{task.pk}", f"Việc giao {place}: {task.text}") for place, task in enumerate(tasks, 1)
        ]
        for key, name, label in lines:
            marked = marks.get(key)
            choices = [NONE, *groups] if marked is None or marked in known else [NONE, (marked, "Khoản đã ghi (nghị quyết thôi thực hiện)"), *groups]  # fmt: skip
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, initial=marked or "")
            self.keys[name] = key

    def answers(self) -> dict:
        return {
            key: int(self.cleaned_data[name]) if self.cleaned_data[name] else None for name, key in self.keys.items()
        }
