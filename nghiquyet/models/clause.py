"""The text of a resolution, part by part."""

from django.db import models

from hoithao.models import Conclusion
from kyanh_portal.access.scope import scope_of
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
