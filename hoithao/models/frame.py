"""Score frames as dated data: the rulebook of a guide, national or of a branch, with its tree of criteria."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from chibo.models import Organisation
from hoithao.choices import CriterionSort, FrameStatus, Uncounted
from hoithao.models.kind import MeetingKind
from hoithao.scoring import MEASURES, read_conditions, read_cuts, shown
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class RuleFrameQuerySet(models.QuerySet):
    def visible_to(self, user):
        """National frames, those of the user's branches, and those of the branches above them."""
        scope = scope_of(user)
        condition = Q(organisation__isnull=True) | scope.covers("organisation__path")
        for path in [*scope.seeing_paths, *scope.own_cell_paths]:
            ids = path.rstrip(".").split(".")
            condition |= Q(
                organisation__path__in=["".join(f"{one}." for one in ids[:end]) for end in range(1, len(ids) + 1)]
            )
        return self.filter(condition)

    def in_force(self):
        return self.filter(status=FrameStatus.IN_FORCE)


class RuleFrame(Stamped):
    """Khung đánh giá: what a guide asks of a cell's meeting, from a day to a day, everywhere or in one branch."""

    code = models.CharField("mã", max_length=40)
    version = models.PositiveSmallIntegerField("bản", default=1)
    name = models.CharField("tên", max_length=200)
    source = models.CharField("căn cứ", max_length=300)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nơi áp dụng"
    )
    kind = models.ForeignKey(
        MeetingKind, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="loại sinh hoạt"
    )
    status = models.CharField("trạng thái", max_length=10, choices=FrameStatus, default=FrameStatus.DRAFT)
    valid_from = models.DateField("áp dụng từ", null=True, blank=True)
    valid_to = models.DateField("đến hết", null=True, blank=True)
    attendance_share = models.DecimalField(
        "tỷ lệ dự họp cần đạt (%)", max_digits=5, decimal_places=2, default=Decimal(90),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    attendance_strict = models.BooleanField("phải trên mức ấy, bằng thì chưa đạt", default=False)
    least_minutes = models.PositiveSmallIntegerField("thời lượng tối thiểu (phút)", default=90)
    least_minutes_with_theme = models.PositiveSmallIntegerField("khi kèm chuyên đề (phút)", default=120)
    large_cell = models.PositiveSmallIntegerField("chi bộ đông: từ (đảng viên)", null=True, blank=True)
    least_minutes_large = models.PositiveSmallIntegerField("thời lượng của chi bộ đông (phút)", null=True, blank=True)
    most_excused_running = models.PositiveSmallIntegerField("vắng có lý do liền nhau, nhiều nhất", default=3)
    themes_a_quarter = models.PositiveSmallIntegerField("chuyên đề mỗi quý, ít nhất", default=1)
    post_days_before = models.PositiveSmallIntegerField("gửi tài liệu trước (ngày)", null=True, blank=True)
    report_within_days = models.PositiveSmallIntegerField("báo cáo cấp trên trong (ngày)", null=True, blank=True)
    cuts = models.TextField(
        "các mức", blank=True, help_text="Mỗi dòng một mức, cao trước: Tốt : 90. Để trống khi khung không cho điểm."
    )
    uncounted = models.CharField(
        "tiêu chí không tính trong tháng", max_length=6, choices=Uncounted, default=Uncounted.ASK
    )
    note = models.TextField("ghi chú", blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = RuleFrameQuerySet.as_manager()

    class Meta:
        verbose_name = "khung đánh giá"
        verbose_name_plural = "khung đánh giá"
        ordering = ["-valid_from", "-version", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"], name="hoithao_frame_version_once",
                violation_error_message="Mã này đã có bản cùng số. Tải lại trang.",
            ),
            models.CheckConstraint(
                name="hoithao_frame_in_force_has_day",
                condition=Q(status="draft") | Q(valid_from__isnull=False),
                violation_error_message="Ghi ngày bắt đầu áp dụng.",
            ),
            models.CheckConstraint(
                name="hoithao_frame_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                violation_error_message="Ngày cuối phải từ ngày bắt đầu trở đi.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name if self.version == 1 else f"{self.name} (bản {self.version})"

    def get_absolute_url(self):
        return reverse("hoithao:frame_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.organisation.path if self.organisation_id else ""

    @property
    def has_points(self) -> bool:
        return bool(self.cuts.strip())

    @property
    def levels(self) -> list[str]:
        return [name for name, _ in read_cuts(self.cuts)]

    def covers(self, day) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def least_minutes_for(self, with_theme: bool, members: int) -> int:
        """The least length: longer when a theme shares the sitting, and in large cells where the frame says so."""
        least = self.least_minutes_with_theme if with_theme else self.least_minutes
        if self.large_cell and self.least_minutes_large and members >= self.large_cell:
            least = max(least, self.least_minutes_large)
        return least


class Criterion(models.Model):
    """Tiêu chí: a line of the frame; one with lines below it only sums them up."""

    frame = models.ForeignKey(RuleFrame, on_delete=models.CASCADE, related_name="criteria", verbose_name="khung")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children", verbose_name="thuộc"
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    code = models.CharField("mã", max_length=12)
    name = models.CharField("tiêu chí", max_length=300)
    sort = models.CharField("cách chấm", max_length=8, choices=CriterionSort, default=CriterionSort.POINTS)
    most = models.DecimalField("điểm tối đa", max_digits=5, decimal_places=2, default=Decimal(0))
    measure = models.CharField(
        "số đo", max_length=40, blank=True, default="", choices=[(name, f"{name}: {what}") for name, what in MEASURES.items()]
    )  # fmt: skip
    bands = models.TextField("thang điểm theo số đo", blank=True, default="")
    proof = models.TextField("số liệu đủ để được trọn điểm", blank=True, default="")
    needs = models.TextField("thiếu thì không được trọn điểm", blank=True, default="")
    counts_if = models.TextField("chỉ tính khi", blank=True, default="")
    full_if = models.TextField("không áp dụng, tính đủ điểm khi", blank=True, default="")
    is_key = models.BooleanField("bắt buộc đủ điểm mới được mức cao nhất", default=False)

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["frame", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "code"], name="hoithao_criterion_code_once", violation_error_message="Khung đã có tiêu chí mang mã này."
            ),
            models.CheckConstraint(name="hoithao_criterion_most_not_below_zero", condition=Q(most__gte=0)),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.code}. {self.name}"

    @property
    def is_yes_no(self) -> bool:
        return self.sort == CriterionSort.YES_NO

    @property
    def is_group(self) -> bool:
        return self.sort == CriterionSort.GROUP

    @property
    def told(self) -> list[tuple[str, str]]:
        """Its conditions as a person would say them: [("Trọn điểm khi", "tỷ lệ dự họp từ 90%; …")]."""
        texts = [("Trọn điểm khi", self.proof), ("Muốn trọn điểm phải", self.needs), ("Chỉ tính khi", self.counts_if), ("Tính đủ điểm khi", self.full_if)]  # fmt: skip
        return [(label, "; ".join(c.words for c in read_conditions(text))) for label, text in texts if text.strip()]

    @property
    def full_words(self) -> str:
        return f"đủ {shown(self.most)} điểm" if self.frame.has_points else "đạt"
