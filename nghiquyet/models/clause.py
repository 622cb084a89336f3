"""The text of a resolution, part by part."""

from django.conf import settings
from django.db import models

from hoithao.models import Conclusion
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from nghiquyet.choices import Level
from nghiquyet.models.resolution import Resolution


class ClauseQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("resolution__organisation__path"))


class Clause(models.Model):
    """One part of the text, in order. The point of a conclusion it follows from stays linked."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="clauses", verbose_name="nghị quyết"
    )
    order = models.PositiveSmallIntegerField("thứ tự")
    level = models.CharField("cấp", max_length=10, choices=Level, default=Level.PARAGRAPH)
    heading = models.CharField("tiêu đề", max_length=300, blank=True)
    text = models.TextField("nội dung", blank=True)
    conclusion = models.ForeignKey(
        Conclusion, on_delete=models.PROTECT, null=True, blank=True, related_name="clauses", verbose_name="từ kết luận"
    )

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = "điều khoản"
        verbose_name_plural = "điều khoản"
        ordering = ["resolution", "order", "id"]

    def __str__(self):
        return self.heading or self.text[:60]

    @property
    def path(self) -> str:
        return self.resolution.path


class ToldOnly(Stamped):
    """A khoản that only tells how things stand: nobody need carry it, with the reason; taken back, the row stays."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="told_only", verbose_name="khoản")
    reason = models.CharField("vì sao không cần giao", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi")  # fmt: skip
    ended_at = models.DateTimeField("ghi cần giao lúc", null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi cần giao")  # fmt: skip

    class Meta:
        verbose_name = "khoản không cần giao"
        verbose_name_plural = "khoản không cần giao"
        ordering = ["clause", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause"], condition=models.Q(ended_at__isnull=True), name="nghiquyet_told_only_once",
                violation_error_message="Khoản này đã ghi không cần giao. Tải lại trang để xem.",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.reason
