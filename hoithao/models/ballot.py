"""Kinds of decisions with their thresholds as dated data; secret ballots and elections with their counts."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from chibo.models import Member
from hoithao.choices import Threshold
from hoithao.models.meeting import Meeting
from kyanh_portal.access.scope import scope_of


class DecisionQuerySet(models.QuerySet):
    def on(self, day: dt.date):
        """The kinds of decisions in force on a day."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class DecisionKind(models.Model):
    """What is decided and how much it needs: more than half, or two thirds of the official members counted."""

    code = models.CharField("mã", max_length=20)
    name = models.CharField("việc quyết định", max_length=120)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    threshold = models.CharField("cần đạt", max_length=12, choices=Threshold, default=Threshold.MAJORITY)
    is_secret = models.BooleanField("thường bỏ phiếu kín", default=False)
    is_election = models.BooleanField("bầu cử", default=False)
    source = models.CharField("căn cứ", max_length=200, blank=True)
    valid_from = models.DateField("áp dụng từ", null=True, blank=True)
    valid_to = models.DateField("áp dụng đến", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "loại việc biểu quyết"
        verbose_name_plural = "loại việc biểu quyết"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], nulls_distinct=False, name="hoithao_decision_once")
        ]

    def __str__(self):
        return self.name


class BallotQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Counts of the branches this user answers for; a ballot is nobody's, so it names no voter."""
        return self.filter(scope_of(user).covers("meeting__organisation__path"))


class Ballot(models.Model):
    """Phiếu kín: prepared with its lines, printed, counted once. Which member voted how is nowhere."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="ballots", verbose_name="cuộc họp")
    order = models.PositiveSmallIntegerField("thứ tự")
    subject = models.CharField("nội dung", max_length=300)
    decision = models.ForeignKey(DecisionKind, on_delete=models.PROTECT, related_name="+", verbose_name="loại việc")
    seats = models.PositiveSmallIntegerField("số lượng được bầu", null=True, blank=True)
    least = models.PositiveSmallIntegerField("bầu ít nhất", null=True, blank=True)
    most = models.PositiveSmallIntegerField("bầu nhiều nhất", null=True, blank=True)
    conflicted = ArrayField(models.BigIntegerField(), verbose_name="không được biểu quyết việc này", default=list)
    left_early = ArrayField(models.BigIntegerField(), verbose_name="đã về trước", default=list)
    base = models.PositiveIntegerField("tổng số được tính")
    entitled_present = models.PositiveIntegerField("có mặt được biểu quyết")
    tellers = models.CharField("ban kiểm phiếu", max_length=300, blank=True, default="")
    issued = models.PositiveIntegerField("phiếu phát ra", null=True, blank=True)
    returned = models.PositiveIntegerField("phiếu thu về", null=True, blank=True)
    invalid = models.PositiveIntegerField("phiếu không hợp lệ", null=True, blank=True)
    document = models.OneToOneField(
        "documents.IssuedDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="biên bản kiểm phiếu",
    )  # fmt: skip
    client_key = models.UUIDField("mã gửi một lần", default=uuid.uuid4, unique=True, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu kín"
        verbose_name_plural = "phiếu kín"
        ordering = ["meeting", "order", "id"]
        constraints = [
            models.CheckConstraint(
                name="hoithao_ballot_papers_add_up",
                condition=Q(issued__isnull=True)
                | (
                    Q(issued__lte=models.F("entitled_present"))
                    & Q(returned__lte=models.F("issued"))
                    & Q(invalid__lte=models.F("returned"))
                ),
                violation_error_message="Số phiếu phát ra, thu về, không hợp lệ không khớp nhau.",
            ),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("hoithao:ballot", args=[self.meeting_id, self.pk])

    @property
    def path(self) -> str:
        return self.meeting.path

    @property
    def is_counted(self) -> bool:
        return self.returned is not None

    @property
    def valid(self) -> int:
        return (self.returned or 0) - (self.invalid or 0)


class BallotLine(models.Model):
    """One line of the paper: a person stood for election, or one matter or person voted on."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="lines", verbose_name="phiếu")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+", verbose_name="cuộc họp")
    order = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("họ tên, hoặc việc", max_length=300)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đồng chí"
    )
    in_favour = models.PositiveIntegerField("tán thành", null=True, blank=True)
    against = models.PositiveIntegerField("không tán thành", default=0)
    blank = models.PositiveIntegerField("để trống", default=0)

    class Meta:
        verbose_name = "dòng của phiếu"
        verbose_name_plural = "dòng của phiếu"
        ordering = ["ballot", "order"]

    def __str__(self):
        return self.text
