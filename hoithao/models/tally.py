"""Roll-ups: one row for each organisation, month and type of cell, kept by the services that change the facts."""

from django.db import models

from chibo.models import CellType, Organisation
from kyanh_portal.access.scope import scope_of


class MonthTallyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


class MonthTally(models.Model):
    """Sums and counts of the cells at or below an organisation in a month — never percentages.

    A cell has one row a month, a committee as many as it has types of cells below. Rebuilt from the facts by
    `manage.py rebuild_tallies`; a test compares both.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="tallies", verbose_name="tổ chức"
    )
    month = models.DateField("tháng")
    cell_type = models.ForeignKey(CellType, on_delete=models.PROTECT, null=True, verbose_name="loại hình")
    cells_due = models.PositiveIntegerField("chi bộ phải họp", default=0)
    cells_met = models.PositiveIntegerField("chi bộ đã họp thường kỳ", default=0)
    regular = models.PositiveIntegerField("buổi thường kỳ đã khóa", default=0)
    open_regular = models.PositiveIntegerField("buổi thường kỳ chưa khóa", default=0)
    thematic = models.PositiveIntegerField("buổi chuyên đề đã khóa", default=0)
    model_meetings = models.PositiveIntegerField("buổi điểm đã khóa", default=0)
    base = models.PositiveIntegerField("lượt đảng viên được tính", default=0)
    present = models.PositiveIntegerField("lượt có mặt", default=0)
    excused = models.PositiveIntegerField("lượt vắng có lý do", default=0)
    unexcused = models.PositiveIntegerField("lượt vắng không lý do", default=0)
    speakers = models.PositiveIntegerField("lượt đồng chí phát biểu", default=0)
    short = models.PositiveIntegerField("buổi dưới thời lượng", default=0)

    objects = MonthTallyQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu tháng"
        verbose_name_plural = "số liệu tháng"
        ordering = ["organisation", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month", "cell_type"], name="hoithao_tally_once", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return f"{self.organisation} {self.month:%m/%Y}"
