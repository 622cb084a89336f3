"""The order of business of a kind of meeting, as dated data, and the time at which each step of a meeting was done."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoithao.choices import Part, StepPage
from hoithao.models.kind import MeetingKind
from hoithao.models.meeting import Meeting


class StepQuerySet(models.QuerySet):
    def on(self, day: dt.date):
        """The steps in force on a day."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class StepTemplate(models.Model):
    """One step of the procedure of a kind. Small steps with the same `page` in a row stand on one page."""

    kind = models.ForeignKey(MeetingKind, on_delete=models.CASCADE, related_name="procedure", verbose_name="loại")
    order = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã", max_length=20)
    phase = models.CharField("phần", max_length=10, choices=Part)
    name = models.CharField("bước", max_length=200)
    page = models.CharField("trang", max_length=20, help_text="Các bước liền nhau cùng một trang thì ghi cùng lúc.")
    kept = models.CharField("ghi lại", max_length=200, blank=True)
    source = models.CharField("căn cứ", max_length=200, blank=True)
    valid_from = models.DateField("áp dụng từ", null=True, blank=True)
    valid_to = models.DateField("áp dụng đến", null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "bước của quy trình"
        verbose_name_plural = "quy trình"
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code", "valid_from"],
                nulls_distinct=False,
                name="hoithao_step_once",
                violation_error_message="Bước này đã có trong quy trình của loại cuộc họp.",
            ),
        ]

    def __str__(self):
        return f"{self.order}. {self.name}"

    @property
    def page_label(self) -> str:
        """The page as people call it."""
        return StepPage(self.page).label if self.page in StepPage.values else self.page


class StepDone(models.Model):
    """When a step of a meeting was done, and by whom it was pressed; pressed again, the first time stands."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="steps_done", verbose_name="cuộc họp")
    code = models.CharField("bước", max_length=20)
    done_at = models.DateTimeField("lúc")
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người bấm"
    )

    class Meta:
        verbose_name = "bước đã làm"
        verbose_name_plural = "bước đã làm"
        ordering = ["meeting", "done_at", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "code"], name="hoithao_step_done_once")]

    def __str__(self):
        return f"{self.code}, {self.meeting}"
