"""Tasks a meeting gave to named members, and what later meetings heard of them."""

import uuid

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from chibo.models import Lineage, Member
from hoithao.choices import Status, TaskState
from hoithao.models.meeting import Meeting, began
from kyanh_portal.access.scope import scope_of


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tasks of the meetings this user may see; a plain member sees the own cell's."""
        scope = scope_of(user)
        condition = scope.covers("meeting__organisation__path")
        if scope.own_cell_paths:
            condition |= Q(meeting__organisation__path__in=scope.own_cell_paths)
        return self.filter(condition)

    def with_state(self, before: Meeting | None = None):
        """Each task with `state`: what was last reported, seen from `before` (that meeting itself not counted)."""
        results = TaskResult.objects.filter(task=OuterRef("pk")).order_by(began("meeting__").desc(), "-id")
        if before is not None:
            results = results.alias(began=began("meeting__")).filter(began__lt=before.began_at).exclude(meeting=before)
        return self.annotate(state=Coalesce(Subquery(results.values("state")[:1]), models.Value(TaskState.OPEN.value)))

    def open(self, before: Meeting | None = None):
        """Tasks not yet done or dropped."""
        return self.with_state(before).exclude(state__in=[TaskState.DONE, TaskState.DROPPED])

    def coming_to(self, meeting: Meeting):
        """What earlier meetings of the same body, or of those that went into it, left open: it returns task by task."""
        body = meeting.organisation_id
        gone = Lineage.objects.forebears([body], meeting.held_on).get(body, ())
        earlier = Q(meeting__organisation__in=[body, *gone], began__lt=meeting.began_at)
        rows = (
            self.alias(began=began("meeting__"))
            .filter(earlier)
            .exclude(meeting=meeting)
            .exclude(meeting__status=Status.CANCELLED)
        )
        return rows.open(before=meeting).select_related("member", "meeting").order_by("due", "id")


class Task(models.Model):
    """Việc giao: what, who, until when (step 16 of the procedure). It belongs to the minutes and is frozen with them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tasks", verbose_name="cuộc họp")
    order = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("việc", max_length=500)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="người làm"
    )
    doer = models.CharField("đơn vị làm", max_length=200, blank=True, default="")
    due = models.DateField("hạn xong", null=True, blank=True)
    client_key = models.UUIDField("mã gửi một lần", default=uuid.uuid4, unique=True, editable=False)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "việc giao"
        verbose_name_plural = "việc giao"
        ordering = ["meeting", "order", "id"]

    def __str__(self):
        return self.text

    @property
    def path(self) -> str:
        return self.meeting.path

    @property
    def who(self) -> str:
        return str(self.member) if self.member_id else self.doer


class TaskResult(models.Model):
    """What a later meeting heard of a task; frozen with that meeting's minutes."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="results", verbose_name="việc")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="task_results", verbose_name="báo cáo tại cuộc họp"
    )
    state = models.CharField("kết quả", max_length=10, choices=TaskState)
    note = models.CharField("ghi rõ", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "kết quả việc giao"
        verbose_name_plural = "kết quả việc giao"
        ordering = ["meeting", "task__order", "id"]
        constraints = [models.UniqueConstraint(fields=["task", "meeting"], name="hoithao_task_result_once")]

    def __str__(self):
        return f"{self.task}: {self.get_state_display()}"
