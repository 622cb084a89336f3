"""Targets (chỉ tiêu): what a resolution wants to be true, how it is measured, the figures, and their roll-ups."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.models import CellType, Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from nghiquyet.choices import (
    Basis,
    Comparator,
    Cycle,
    Direction,
    Feed,
    FigureSort,
    Forecast,
    Measure,
    MeasuredAt,
    TimeLogic,
)
from nghiquyet.models.clause import Clause
from nghiquyet.models.readers import readable
from nghiquyet.models.resolution import Resolution


class TargetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(readable(user, "resolution__organisation__path"), resolution__document__isnull=False)


class Target(Stamped):
    """One target with all facets of resolutions.md 5.1. Its goals stand in `Goal`, one a year or one for the end."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="targets", verbose_name="nghị quyết")  # fmt: skip
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="targets", verbose_name="khoản"
    )
    serves = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="served_by", verbose_name="phục vụ chỉ tiêu cấp trên"
    )  # fmt: skip
    code = models.CharField("mã", max_length=20, blank=True)
    text = models.CharField("chỉ tiêu", max_length=400, help_text="Đúng lời văn trong nghị quyết.")
    unit = models.CharField("đơn vị tính", max_length=40, blank=True)
    measure = models.CharField("dạng", max_length=10, choices=Measure, default=Measure.RATE)
    direction = models.CharField("chiều", max_length=10, choices=Direction, default=Direction.HIGHER)
    time_logic = models.CharField("cách đánh giá", max_length=10, choices=TimeLogic, default=TimeLogic.EACH)
    cycle = models.CharField("kỳ số liệu", max_length=10, choices=Cycle, default=Cycle.YEAR)
    first_year = models.PositiveSmallIntegerField("từ năm")
    last_year = models.PositiveSmallIntegerField("đến năm")
    baseline = models.DecimalField("mức năm gốc", max_digits=18, decimal_places=4, null=True, blank=True)
    numerator_is = models.CharField("tử số là", max_length=200, blank=True)
    denominator_is = models.CharField("mẫu số là", max_length=200, blank=True)
    source = models.CharField("nguồn số liệu", max_length=200, blank=True)
    feed = models.CharField("số liệu lấy từ", max_length=12, choices=Feed, default=Feed.REPORTED, blank=True)
    measured_at = models.CharField("đo ở cấp", max_length=6, choices=MeasuredAt, default=MeasuredAt.CELL)
    cell_types = models.ManyToManyField(CellType, blank=True, related_name="+", verbose_name="chỉ áp dụng cho loại hình")  # fmt: skip
    responsible = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan phụ trách")  # fmt: skip
    places = models.PositiveSmallIntegerField("số chữ số thập phân khi ghi", default=1)
    forecast = models.CharField("dự kiến", max_length=8, choices=Forecast, default=Forecast.NONE, blank=True)
    forecast_why = models.CharField("vì sao dự kiến vậy", max_length=300, blank=True)
    achieved_on = models.DateField("đạt mốc ngày", null=True, blank=True)
    proof = models.CharField("minh chứng", max_length=300, blank=True)
    dropped_why = models.CharField("vì sao không còn đánh giá", max_length=300, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["resolution", "clause__order", "id"]
        constraints = [
            models.CheckConstraint(
                name="nghiquyet_target_years", condition=Q(last_year__gte=F("first_year")),
                violation_error_message="Năm cuối phải từ năm đầu trở đi.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("nghiquyet:target_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.resolution.path


class Goal(models.Model):
    """What the target should come to, in one year or (year empty) at its end; two plans may stand, one is judged."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="goals", verbose_name="chỉ tiêu")
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True, help_text="Để trống: cả giai đoạn.")
    basis = models.CharField("mức của", max_length=6, choices=Basis, default=Basis.OWN)
    comparator = models.CharField("so sánh", max_length=6, choices=Comparator, default=Comparator.AT_LEAST)
    low = models.DecimalField("mức", max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("đến mức", max_digits=18, decimal_places=4, null=True, blank=True)
    is_judged = models.BooleanField("dùng để đánh giá", default=True)

    class Meta:
        verbose_name = "mức phấn đấu"
        verbose_name_plural = "mức phấn đấu"
        ordering = ["target", "year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "year"], condition=Q(is_judged=True), nulls_distinct=False, name="nghiquyet_goal_judged_once",
                violation_error_message="Mỗi năm chỉ một mức dùng để đánh giá.",
            ),
            models.CheckConstraint(
                name="nghiquyet_goal_range", condition=~Q(comparator="range") | Q(high__gte=F("low")),
                violation_error_message="Trong khoảng: mức sau phải lớn hơn mức trước.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_comparator_display()} {self.low}"


class TargetFigureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Figures of the branches this user answers for."""
        return self.filter(scope_of(user).covers("organisation__path"))


class TargetFigure(Stamped):
    """One figure of one organisation and period. A published one is a quote beside, never in the sums."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="figures", verbose_name="chỉ tiêu")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="target_figures", verbose_name="đơn vị")  # fmt: skip
    period = models.DateField("kỳ")
    sort = models.CharField("nguồn", max_length=10, choices=FigureSort, default=FigureSort.REPORTED)
    line = models.OneToOneField(
        "nghiquyet.ReportLine", on_delete=models.PROTECT, null=True, blank=True, related_name="figure", verbose_name="dòng báo cáo"
    )  # fmt: skip
    numerator = models.DecimalField("tử số", max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField("mẫu số", max_digits=18, decimal_places=4, null=True, blank=True)
    is_assessed = models.BooleanField("được đánh giá", default=True)
    reason = models.CharField("lý do, nguồn", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi")  # fmt: skip

    objects = TargetFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu chỉ tiêu"
        verbose_name_plural = "số liệu chỉ tiêu"
        ordering = ["target", "period", "id"]
        indexes = [models.Index(fields=["target", "period", "sort"], name="nghiquyet_figure_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "organisation", "period", "sort"], condition=~Q(sort="quoted"), name="nghiquyet_figure_once",
                violation_error_message="Đơn vị này đã có số liệu của kỳ này.",
            ),
        ]  # fmt: skip


class TargetTally(models.Model):
    """Sums of a target below a body in a period, from the issuing body down: never percentages (services/rollup)."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="tallies", verbose_name="chỉ tiêu")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", verbose_name="tổ chức")
    period = models.DateField("kỳ")
    numerator = models.DecimalField("tổng tử số", max_digits=20, decimal_places=4, default=0)
    denominator = models.DecimalField("tổng mẫu số", max_digits=20, decimal_places=4, default=0)
    assessed = models.PositiveIntegerField("đơn vị được đánh giá", default=0)
    not_assessed = models.PositiveIntegerField("đơn vị không đánh giá", default=0)

    class Meta:
        verbose_name = "tổng hợp chỉ tiêu"
        verbose_name_plural = "tổng hợp chỉ tiêu"
        ordering = ["target", "period"]
        constraints = [
            models.UniqueConstraint(fields=["target", "organisation", "period"], name="nghiquyet_target_tally_once")
        ]

    def __str__(self):
        return f"{self.period:%m/%Y}: {self.numerator}/{self.denominator}"
