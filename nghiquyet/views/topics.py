"""Which khoản the theme and the tasks of a meeting serve."""

from hoithao.models import Meeting
from kyanh_portal.ui.views import PortalEdit
from nghiquyet.choices import Level
from nghiquyet.documents.resolution import numbered
from nghiquyet.forms.topics import TopicsForm
from nghiquyet.models import TopicMark
from nghiquyet.services.topics import binding_on, carried_khoan, mark_topics


def khoan_for(organisation) -> list[tuple[str, list[tuple[int, str]]]]:
    """(resolution, [(key, khoản in words)]) of everything that a meeting of the body may serve: what is carried."""
    carried, groups = set(carried_khoan(organisation).values_list("pk", flat=True)), []
    for resolution in binding_on(organisation):
        label = f"Nghị quyết {resolution.document.number_line[3:]} {resolution.title}"[:90]
        rows = resolution.clauses.order_by("order", "id")
        khoan, part, parent = [], "", ""
        for number, clause in numbered(rows):
            if clause.level == Level.SECTION:
                part = f" phần {number.rstrip('-')}"
            elif clause.level == Level.PARAGRAPH:
                parent = f"khoản {number.rstrip('.')}{part}"
            if clause.pk in carried:
                name = {Level.PARAGRAPH: f"{parent[:1].upper()}{parent[1:]}", Level.POINT: f"Điểm {number.rstrip(')')} {parent}"}.get(clause.level, f"Đoạn văn{part}")  # fmt: skip
                khoan.append((clause.pk, f"{name}: {clause.text or clause.heading}"[:110]))
        if khoan:
            groups.append((label, khoan))
    return groups


class MeetingTopics(PortalEdit):
    model = Meeting
    access = "nghiquyet.mark_topics"
    form_class = TopicsForm
    template_name = "nghiquyet/topics.html"
    title = "Việc của buổi họp phục vụ khoản nghị quyết nào"
    verb = "Ghi"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind")

    def get_sub(self):
        return f"{self.object.name}, {self.object.organisation.label}"

    def get_crumbs(self):
        return [("Sinh hoạt", "/sinh-hoat/"), (self.object.name, self.object.get_absolute_url())]

    def get_form_kwargs(self):
        marks = TopicMark.objects.filter(meeting=self.object).values_list("task_id", "clause_id")
        return {
            **super().get_form_kwargs(), "meeting": self.object, "tasks": list(self.object.tasks.order_by("order", "pk")),
            "groups": khoan_for(self.object.organisation), "marks": dict(marks),
        }  # fmt: skip

    def call(self, form):
        changed = mark_topics(self.object, by=self.request.user, answers=form.answers())
        return f"Đã ghi {changed} dòng. Báo cáo tiến độ lấy theo đây." if changed else "Không có gì đổi."
