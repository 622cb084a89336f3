"""Which khoản a task given at a meeting, or the theme of a meeting, serves."""

from django.conf import settings
from django.db import models

from hoithao.models import Meeting, Task
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from nghiquyet.models.clause import Clause


class TopicMarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("meeting__organisation__path"))


class TopicMark(Stamped):
    """The khoản that one task of locked minutes serves, or (task empty) the meeting's theme; khoản empty: none any more."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="topic_marks", verbose_name="cuộc họp")
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="topic_mark", verbose_name="việc giao"
    )
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="topic_marks", verbose_name="phục vụ khoản"
    )  # fmt: skip
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi")  # fmt: skip
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = TopicMarkQuerySet.as_manager()

    class Meta:
        verbose_name = "việc phục vụ khoản nghị quyết"
        verbose_name_plural = "việc phục vụ khoản nghị quyết"
        ordering = ["meeting", "task__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(task__isnull=True), name="nghiquyet_theme_marked_once",
                violation_error_message="Chủ đề buổi họp này đã ghi phục vụ khoản nào. Tải lại trang để xem.",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.task.text if self.task_id else self.meeting.theme

    @property
    def path(self) -> str:
        return self.meeting.path
