"""Progress reports by period, their lines, and what they sum up to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.files.models import StoredFile
from nghiquyet.choices import Cycle, LineState, ReportState
from nghiquyet.models.duty import Duty
from nghiquyet.models.resolution import Resolution
from nghiquyet.models.target import Target


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))

    def current(self):
        """The newest version of each: corrections replace, the old ones stay readable."""
        return self.exclude(state=ReportState.REPLACED)


class ProgressReport(Stamped):
    """What one organisation reports on one resolution for one period; a correction is a new version."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="progress_reports", verbose_name="nghị quyết")  # fmt: skip
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="progress_reports", verbose_name="đơn vị báo cáo")  # fmt: skip
    cycle = models.CharField("kỳ báo cáo", max_length=10, choices=Cycle)
    period = models.DateField("kỳ")
    due_on = models.DateField("hạn gửi")
    version = models.PositiveSmallIntegerField("bản", default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="đính chính bản"
    )  # fmt: skip
    state = models.CharField("trạng thái", max_length=10, choices=ReportState, default=ReportState.OPEN, db_index=True)
    summary = models.TextField("đánh giá chung", blank=True)
    sent_on = models.DateField("gửi ngày", null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người gửi")  # fmt: skip
    reason = models.CharField("lý do (trả lại, không phải gửi, đính chính)", max_length=300, blank=True)
    needs_again = models.BooleanField("cần tổng hợp lại", default=False)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tiến độ"
        verbose_name_plural = "báo cáo tiến độ"
        ordering = ["-period", "organisation__sort_key", "id"]
        indexes = [models.Index(F("period").desc(), name="nghiquyet_report_newest")]  # the list begins with the newest
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "organisation", "cycle", "period", "version"], name="nghiquyet_report_once",
                violation_error_message="Báo cáo của kỳ này đã mở.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"Báo cáo {self.get_cycle_display().lower()}, {self.organisation.label}"

    def get_absolute_url(self):
        return reverse("nghiquyet:report_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.organisation.path

    @property
    def is_open(self) -> bool:
        return self.state in (ReportState.OPEN, ReportState.RETURNED)

    @property
    def is_late(self) -> bool:
        return bool(self.sent_on and self.sent_on > self.due_on)


class LineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lines of the reports this user may read."""
        return self.filter(report__in=ProgressReport.objects.visible_to(user).values("pk"))


class ReportLine(models.Model):
    """One duty or one target in a report."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="lines", verbose_name="báo cáo")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="lines", verbose_name="nhiệm vụ")  # fmt: skip
    target = models.ForeignKey(Target, on_delete=models.PROTECT, null=True, blank=True, related_name="lines", verbose_name="chỉ tiêu")  # fmt: skip
    state = models.CharField("tình hình", max_length=12, choices=LineState, blank=True)
    text = models.TextField("kết quả trong kỳ", blank=True)
    suggestion = models.TextField(
        "gợi ý theo chữ trùng", blank=True, help_text="Lời trong biên bản có thể nói về việc này; không tính là đã ghi."
    )
    difficulty = models.TextField("khó khăn, đề xuất", blank=True)
    numerator = models.DecimalField("tử số", max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField("mẫu số", max_digits=18, decimal_places=4, null=True, blank=True)
    is_prefilled = models.BooleanField("cổng điền sẵn", default=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp minh chứng")  # fmt: skip

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng báo cáo"
        verbose_name_plural = "dòng báo cáo"
        ordering = ["report", "id"]
        constraints = [
            models.CheckConstraint(
                name="nghiquyet_line_of_one", condition=Q(duty__isnull=True) ^ Q(target__isnull=True),
                violation_error_message="Mỗi dòng về một nhiệm vụ hoặc một chỉ tiêu.",
            ),
            models.CheckConstraint(
                name="nghiquyet_line_parts", condition=Q(denominator__isnull=True) | Q(numerator__isnull=True) | Q(numerator__lte=F("denominator")),
                violation_error_message="Tử số không thể lớn hơn mẫu số.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.duty or self.target)


class DutyTally(models.Model):
    """How many units below a body reported on a duty in a period: counts only, from the issuing body down.

    A unit that reports has no row of its own: its line says the same. See services/rollup.
    """

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="tallies", verbose_name="nhiệm vụ")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", verbose_name="tổ chức")
    period = models.DateField("kỳ")
    done = models.PositiveIntegerField("đã làm", default=0)
    moving = models.PositiveIntegerField("đang làm", default=0)
    same = models.PositiveIntegerField("không thay đổi", default=0)
    not_assessed = models.PositiveIntegerField("không đánh giá", default=0)

    class Meta:
        verbose_name = "tổng hợp nhiệm vụ"
        verbose_name_plural = "tổng hợp nhiệm vụ"
        ordering = ["duty", "period"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "organisation", "period"], name="nghiquyet_duty_tally_once")
        ]

    def __str__(self):
        return f"{self.period:%m/%Y}: {self.done}"
