"""Sàng lọc: that the committee of a cell went through its members by the criteria of the review in a month (members.md 9.2, 9.4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.choices import DECIDING
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.models import Stamped


class ScreeningQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the cases they lead to: who decides or keeps the record in the branch."""
        return self.filter(scope_of(user).covers_as("organisation__path", *DECIDING))


class Screening(Stamped):
    """One a cell and month. Whom it named are the help cases found in that month; here stands only whether there were any."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="screenings", verbose_name="chi bộ")  # fmt: skip
    month = models.DateField("tháng")
    on = models.DateField("chi ủy sàng lọc ngày")
    names_somebody = models.BooleanField("có đồng chí cần giáo dục, giúp đỡ")
    was_heard = models.BooleanField("đã nghe ban công tác mặt trận hoặc lãnh đạo, đoàn thể nơi làm việc", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="người ghi")  # fmt: skip
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = "lần sàng lọc"
        verbose_name_plural = "sàng lọc hằng tháng"
        ordering = ["-month", "organisation__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month"], name="chibo_screening_once", violation_error_message="Tháng này chi bộ đã ghi sàng lọc."),
            models.CheckConstraint(name="chibo_screening_month", condition=Q(month__day=1) & Q(on__gte=F("month")), violation_error_message="Ngày sàng lọc không sớm hơn tháng sàng lọc."),
        ]  # fmt: skip

    def __str__(self):
        return f"Sàng lọc tháng {self.month.month}/{self.month.year}, {self.organisation.name} ({vn_date(self.on)})"

    def get_absolute_url(self):
        return f"{reverse('chibo:screenings')}?month={self.month:%Y-%m}"

    @property
    def path(self):
        return self.organisation.path
