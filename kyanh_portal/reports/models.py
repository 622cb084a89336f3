"""A run of a report: a row with a lease. Redis only wakes workers; this row is the truth."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from kyanh_portal.base.leases import Leased, LeasedQuerySet


class State(models.TextChoices):
    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang làm"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không làm được"
    DENIED = "denied", "Không còn quyền"


class ReportRunQuerySet(LeasedQuerySet):
    def visible_to(self, user):
        """A run belongs to who asked for it."""
        return self.filter(requester_id=user.pk)


class ReportRun(Leased):
    """Who asked for what, how far it is, and until when the file is kept."""

    MOVES = {State.QUEUED: State.RUNNING}

    report = models.CharField("báo cáo", max_length=60)
    title = models.CharField("tên", max_length=300)
    parameters = models.JSONField("tham số", default=dict)
    formats = models.CharField("dạng tệp", max_length=20, default="pdf")
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.QUEUED, db_index=True)
    set_aside = models.JSONField("để riêng", default=list)
    asked_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    sent_at = models.DateTimeField("gửi thợ lúc", null=True, blank=True)
    expires_at = models.DateTimeField("giữ tệp đến", null=True, blank=True)

    objects = ReportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "lần làm báo cáo"
        verbose_name_plural = "lần làm báo cáo"
        ordering = ["-asked_at", "-id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reports:run_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in (State.QUEUED, State.RUNNING)

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at < timezone.now()


class ReportFile(models.Model):
    """The finished file, kept in the database so that finishing a run is one transaction."""

    run = models.ForeignKey(ReportRun, on_delete=models.CASCADE, related_name="files", verbose_name="lần làm")
    name = models.CharField("tên tệp", max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    size = models.PositiveIntegerField("kích thước")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "tệp báo cáo"
        verbose_name_plural = "tệp báo cáo"
        constraints = [models.UniqueConstraint(fields=["run", "media_type"], name="reports_file_once")]

    def __str__(self):
        return self.name


KEPT_FOR = dt.timedelta(days=1)
