"""The score of a meeting under the frame of its day: the cell's own, criterion by criterion; the superior's beside it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hoithao.choices import ScoreState
from hoithao.models.frame import Criterion, RuleFrame
from hoithao.models.meeting import Meeting
from hoithao.models.vote import Vote
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class ScoreQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("meeting__organisation__path"))


class Score(Stamped):
    """Kết quả chấm điểm. Keeps the frame it was scored under; a newer frame never touches it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="score", verbose_name="cuộc họp")
    frame = models.ForeignKey(RuleFrame, on_delete=models.PROTECT, related_name="scores", verbose_name="khung")
    state = models.CharField("trạng thái", max_length=20, choices=ScoreState, default=ScoreState.DRAFT)
    total = models.DecimalField("tổng điểm", max_digits=6, decimal_places=2, null=True, blank=True)
    most = models.DecimalField("điểm tối đa", max_digits=6, decimal_places=2, default=Decimal(0))
    level = models.CharField("mức", max_length=40, blank=True)
    weakness = models.CharField("hạn chế cần khắc phục", max_length=500, blank=True)
    remedy = models.CharField("cách khắc phục", max_length=500, blank=True)
    vote = models.OneToOneField(
        Vote, on_delete=models.SET_NULL, null=True, blank=True, related_name="score", verbose_name="biểu quyết"
    )
    agreed_at = models.DateTimeField("chi ủy thống nhất lúc", null=True, blank=True)
    adopted_at = models.DateTimeField("chi bộ thông qua lúc", null=True, blank=True)
    sent_at = models.DateTimeField("gửi cấp trên lúc", null=True, blank=True)
    late_because = models.CharField(
        "lý do chấm quá hạn", max_length=300, blank=True, default="",
        help_text="Chấm sau khi khóa biên bản; chi bộ biểu quyết ở một buổi sau.",
    )  # fmt: skip

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả chấm điểm"
        verbose_name_plural = "kết quả chấm điểm"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="hoithao_score_within_most",
                condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=models.F("most")),
                violation_error_message="Tổng điểm phải từ 0 đến điểm tối đa của khung.",
            ),
        ]

    def __str__(self):
        return f"Điểm {self.meeting}"

    def get_absolute_url(self):
        return reverse("hoithao:score_detail", args=[self.meeting_id])

    @property
    def path(self) -> str:
        return self.meeting.organisation.path

    @property
    def is_late(self) -> bool:
        """Scored after the minutes were locked: named as such wherever it stands."""
        return bool(self.late_because)


class ScoreLine(models.Model):
    """One criterion as the cell scored it: what the data said, what was given, and why they differ."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="lines", verbose_name="kết quả")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+", verbose_name="tiêu chí")
    counts = models.BooleanField("có tính", default=True)
    proposed = models.DecimalField("số liệu cho", max_digits=5, decimal_places=2, null=True, blank=True)
    reason = models.CharField("lý do theo số liệu", max_length=600, blank=True)
    points = models.DecimalField("điểm", max_digits=5, decimal_places=2, null=True, blank=True)
    note = models.CharField("giải thích", max_length=500, blank=True)
    is_contradicted = models.BooleanField("trái số liệu", default=False)

    class Meta:
        verbose_name = "điểm tiêu chí"
        verbose_name_plural = "điểm tiêu chí"
        ordering = ["score", "criterion__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["score", "criterion"], name="hoithao_score_line_once"),
            models.CheckConstraint(
                name="hoithao_score_override_explained",
                condition=Q(proposed__isnull=True)
                | Q(points__isnull=True)
                | Q(points=models.F("proposed"))
                | ~Q(note=""),
                violation_error_message="Điểm khác với số liệu thì ghi một câu vì sao.",
            ),
        ]

    def __str__(self):
        return f"{self.criterion.code}: {self.points}"


class ScoreReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("score__meeting__organisation__path"))


class ScoreReview(models.Model):
    """What the superior says: beside the cell's own score, never over it. A later word follows, none is changed."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="reviews", verbose_name="kết quả")
    total = models.DecimalField("tổng điểm", max_digits=6, decimal_places=2, null=True, blank=True)
    level = models.CharField("mức", max_length=40, blank=True)
    points = models.JSONField("điểm theo tiêu chí", default=dict, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    is_adjusted = models.BooleanField("điều chỉnh", default=False)
    given_at = models.DateTimeField("lúc", auto_now_add=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người cho"
    )

    objects = ScoreReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến của cấp trên về điểm"
        verbose_name_plural = "ý kiến của cấp trên về điểm"
        ordering = ["score", "pk"]
        constraints = [
            models.CheckConstraint(
                name="hoithao_adjusting_has_reason",
                condition=Q(is_adjusted=False) | ~Q(reason=""),
                violation_error_message="Điều chỉnh điểm thì ghi lý do.",
            ),
        ]

    def __str__(self):
        return f"{'Điều chỉnh' if self.is_adjusted else 'Xác nhận'} {self.score}"
