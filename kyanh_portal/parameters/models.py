"""Values as set: from which day, for which branch, on which ground, by whom. A new one follows; none is changed."""

from django.conf import settings
from django.db import models

from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import PathField


class ParameterValueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Values that hold everywhere, and those of the branches this user answers for."""
        return self.filter(models.Q(path="") | scope_of(user).covers("path"))


class ParameterValue(models.Model):
    name = models.CharField("tham số", max_length=80, db_index=True)
    path = PathField("nhánh tổ chức", blank=True, default="")
    place = models.CharField("nơi áp dụng", max_length=200, blank=True)
    valid_from = models.DateField("áp dụng từ")
    value = models.JSONField("giá trị", null=True)
    source = models.CharField("căn cứ", max_length=300)
    set_at = models.DateTimeField("đặt lúc", auto_now_add=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người đặt"
    )

    objects = ParameterValueQuerySet.as_manager()

    class Meta:
        verbose_name = "giá trị tham số"
        verbose_name_plural = "giá trị tham số"
        ordering = ["name", "-valid_from", "-pk"]

    def __str__(self):
        return f"{self.name} từ {self.valid_from:%d/%m/%Y}"


class Edition(models.Model):
    """Which edition of a room's tables is the present one; written by the triggers of editions.watch_sql alone."""

    room = models.CharField("phòng", max_length=40, primary_key=True)
    edition = models.UUIDField("ấn bản")

    class Meta:
        verbose_name = "ấn bản"
        verbose_name_plural = "ấn bản"

    def __str__(self):
        return self.room
