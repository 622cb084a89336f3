"""Minutes as adopted: the frozen paper of a closed meeting, and what was added later."""

from django.conf import settings
from django.db import models

from hoithao.models.meeting import Meeting
from kyanh_portal.access.scope import scope_of
from kyanh_portal.documents.models import IssuedDocument


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("meeting__organisation__path"))


class Minutes(models.Model):
    """Ties the closed meeting to its issued paper; the numbers of the roll and the votes stand beside it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes", verbose_name="cuộc họp")
    document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, related_name="+", verbose_name="văn bản đã khóa"
    )
    figures = models.JSONField("số liệu điểm danh", default=dict)
    locked_at = models.DateTimeField("khóa lúc", auto_now_add=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người khóa"
    )

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = "biên bản"
        verbose_name_plural = "biên bản"

    def __str__(self):
        return f"Biên bản {self.meeting}"


class Addendum(models.Model):
    """A numbered correction with its reason: the only way to change what minutes say."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="addenda", verbose_name="biên bản")
    number = models.PositiveSmallIntegerField("số")
    reason = models.CharField("lý do", max_length=500)
    text = models.TextField("nội dung đính chính")
    document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, related_name="+", verbose_name="văn bản đã khóa"
    )
    added_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "đính chính"
        verbose_name_plural = "đính chính"
        ordering = ["minutes", "number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="hoithao_addendum_number_once")]

    def __str__(self):
        return f"Đính chính số {self.number}, {self.minutes}"
