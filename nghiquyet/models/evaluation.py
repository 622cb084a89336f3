"""What a resolution had come to on a day, frozen: evaluations (đánh giá), and the links between targets and papers."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.urls import reverse

from kyanh_portal.base.models import Stamped
from nghiquyet.choices import ReviewSort
from nghiquyet.models.outgoing import OutgoingPaper
from nghiquyet.models.readers import readable
from nghiquyet.models.resolution import Resolution
from nghiquyet.models.target import Target


class OfResolution(models.QuerySet):
    def visible_to(self, user):
        """Of resolutions that bind the user's branches."""
        return self.filter(readable(user, "resolution__organisation__path"))


class Evaluation(Stamped):
    """One evaluation: values, rules, tree of organisations, author and day, frozen with a hash; asked again, a new one."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="evaluations", verbose_name="nghị quyết")  # fmt: skip
    sort = models.CharField("loại", max_length=8, choices=ReviewSort, default=ReviewSort.YEAR)
    day = models.DateField("tính đến ngày")
    snapshot = models.JSONField("số liệu đã khóa")
    sha256 = models.CharField("dấu niêm", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập")  # fmt: skip
    paper = models.OneToOneField(OutgoingPaper, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluation", verbose_name="báo cáo")  # fmt: skip
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfResolution.as_manager()

    class Meta:
        verbose_name = "đánh giá nghị quyết"
        verbose_name_plural = "đánh giá nghị quyết"
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return f"{self.get_sort_display()}, tính đến {self.day:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("nghiquyet:evaluation_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.resolution.path

    @property
    def is_intact(self) -> bool:
        """Whether the values still have the hash they were frozen with."""
        return seal_of(self.snapshot) == self.sha256


def seal_of(snapshot: dict) -> str:
    """SHA-256 of a snapshot, the same whatever the order of its keys."""
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class TargetSupport(Stamped):
    """A resolution of the term that serves a target of the congress resolution: one may serve many, many one (10.1)."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="supports", verbose_name="chỉ tiêu")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="supports", verbose_name="nghị quyết phục vụ")  # fmt: skip

    objects = OfResolution.as_manager()

    class Meta:
        verbose_name = "nghị quyết phục vụ chỉ tiêu"
        verbose_name_plural = "nghị quyết phục vụ chỉ tiêu"
        ordering = ["target", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "resolution"], name="nghiquyet_support_once",
                violation_error_message="Nghị quyết này đã gắn với chỉ tiêu.",
            )
        ]  # fmt: skip
