"""Who said what."""

import uuid

from django.db import models
from django.db.models import Q

from chibo.models import Member
from hoithao.choices import Sort
from hoithao.models.agenda import AgendaItem
from hoithao.models.meeting import Meeting


class Contribution(models.Model):
    """One contribution by a member of the roll, or by a guest named by office."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="contributions", verbose_name="cuộc họp"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="contributions", verbose_name="mục"
    )
    order = models.PositiveSmallIntegerField("thứ tự")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions", verbose_name="đồng chí"
    )
    guest = models.CharField("đại biểu", max_length=200, blank=True, default="")
    sort = models.CharField("loại ý kiến", max_length=12, choices=Sort, default=Sort.OPINION)
    text = models.TextField("nội dung")
    client_key = models.UUIDField("mã gửi một lần", default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        ordering = ["meeting", "order", "id"]
        constraints = [
            models.CheckConstraint(
                name="hoithao_contribution_has_speaker",
                condition=Q(member__isnull=False) ^ ~Q(guest=""),
                violation_error_message="Chọn đồng chí phát biểu, hoặc ghi chức danh đại biểu.",
            ),
        ]

    def __str__(self):
        return f"{self.speaker}: {self.text[:60]}"

    @property
    def speaker(self) -> str:
        return str(self.member) if self.member_id else self.guest
