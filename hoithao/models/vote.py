"""A vote: three numbers, and the base they are judged by."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chibo.models import Member
from hoithao.choices import Threshold
from hoithao.models.agenda import AgendaItem
from hoithao.models.ballot import DecisionKind
from hoithao.models.meeting import Meeting


class Vote(models.Model):
    """`base` and `entitled_present` are counted from the roll when the vote is logged and again at closing."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="votes", verbose_name="cuộc họp")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="votes", verbose_name="mục"
    )
    order = models.PositiveSmallIntegerField("thứ tự")
    subject = models.CharField("nội dung biểu quyết", max_length=500)
    threshold = models.CharField("cần đạt", max_length=12, choices=Threshold, default=Threshold.MAJORITY)
    decision = models.ForeignKey(
        DecisionKind, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="loại việc"
    )
    about = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="về đồng chí dự bị"
    )
    conflicted = ArrayField(models.BigIntegerField(), verbose_name="không được biểu quyết việc này", default=list)
    left_early = ArrayField(models.BigIntegerField(), verbose_name="đã về trước", default=list)
    base = models.PositiveIntegerField("tổng số được tính")
    entitled_present = models.PositiveIntegerField("có mặt được biểu quyết")
    in_favour = models.PositiveIntegerField("tán thành")
    against = models.PositiveIntegerField("không tán thành", default=0)
    blank = models.PositiveIntegerField("không biểu quyết", default=0)
    client_key = models.UUIDField("mã gửi một lần", default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = "biểu quyết"
        verbose_name_plural = "biểu quyết"
        ordering = ["meeting", "order", "id"]
        constraints = [
            models.CheckConstraint(
                name="hoithao_vote_not_more_than_present",
                condition=Q(entitled_present__gte=F("in_favour") + F("against") + F("blank")),
                violation_error_message="Số phiếu nhiều hơn số đồng chí có mặt được biểu quyết.",
            ),
            models.CheckConstraint(
                name="hoithao_vote_present_within_base",
                condition=Q(entitled_present__lte=F("base")),
                violation_error_message="Số có mặt được biểu quyết nhiều hơn tổng số được tính.",
            ),
        ]

    def __str__(self):
        return f"{self.subject}: {self.in_favour}/{self.base}"
