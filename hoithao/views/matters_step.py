"""The matters of the agenda: what was presented, how the chair summed it up, what is left for the next sitting."""

from hoithao.choices import PutOff
from hoithao.services.agenda import put_off
from hoithao.views.stepping import RunStep
from hoithao.views.task_steps import hear_tasks, task_rows
from kyanh_portal.base.errors import RuleBroken


class Matters(RunStep):
    slug = "noi-dung"
    template_name = "hoithao/runner/matters.html"
    phrase_fields = ("fee_note", "presented", "summed_up")
    button = "Xong nội dung"

    @property
    def stays(self):
        return super().stays or "put_off" in self.request.POST

    def get_context_data(self, **context):
        meeting = self.object
        boxes = [
            self.box(
                meeting, "documents_spread", "Văn bản được phổ biến", rows=2, hint="Ghi đúng số, ngày, tên văn bản."
            )
        ]
        if meeting.organisation.kind.is_cell:
            boxes.insert(0, self.box(meeting, "fee_note", "Tình hình nộp đảng phí", rows=1))
        items = [
            {
                "item": item,
                "presented": self.box(item, "presented", f"{number}. {item.title}", rows=3),
                "summed_up": self.box(item, "summed_up", f"Chủ trì tóm lại mục {number}", rows=2),
                "reasons": [(f"{item.pk}:{value}", word) for value, word in PutOff.choices],
            }
            for number, item in enumerate(meeting.agenda.select_related("presenter"), start=1)
        ]
        return super().get_context_data(boxes=boxes, items=items, results=task_rows(self), **context)

    def call(self, form):
        hear_tasks(self)
        for name in ("fee_note", "documents_spread"):
            self.keep(self.object, name)
        for item in self.object.agenda.all():
            for name in ("presented", "summed_up"):
                self.keep(item, name)
        if pressed := self.request.POST.get("put_off", ""):
            number, _, why = pressed.partition(":")
            if not (number.isdecimal() and len(number) < 19):
                raise RuleBroken("Chọn mục để sang buổi sau.")
            put_off(self.object, int(number), why, by=self.request.user)
