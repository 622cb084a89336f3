"""What only people can tell of a cell's half year, for the superior's six-month table: typed, with who and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of


class HalfYearNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


class HalfYearNote(models.Model):
    """Models of Dân vận khéo a cell registered, and a remark. Each entry stays; the newest one counts."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="half_year_notes", verbose_name="chi bộ"
    )
    starts_on = models.DateField("kỳ sáu tháng", help_text="Ngày 01/01 hoặc 01/7.")
    number = models.PositiveSmallIntegerField("số mô hình Dân vận khéo")
    names = models.TextField("tên mô hình", blank=True)
    remark = models.CharField("ghi chú", max_length=300, blank=True)
    at = models.DateTimeField("ghi lúc", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    objects = HalfYearNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "số ghi tay của sáu tháng"
        verbose_name_plural = "số ghi tay của sáu tháng"
        ordering = ["organisation", "starts_on", "id"]
        indexes = [models.Index(fields=["organisation", "starts_on"], name="hoithao_half_year_note")]
        constraints = [
            models.CheckConstraint(
                name="hoithao_half_year_begins",
                condition=Q(starts_on__day=1) & (Q(starts_on__month=1) | Q(starts_on__month=7)),
                violation_error_message="Kỳ sáu tháng bắt đầu ngày 01/01 hoặc 01/7.",
            )
        ]

    def __str__(self):
        return f"{self.organisation}, {self.starts_on:%m/%Y}"

    @property
    def path(self) -> str:
        return self.organisation.path
