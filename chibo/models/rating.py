"""Kiểm điểm, đánh giá, xếp loại hằng năm: a session of one organisation, the level of each member and body."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from chibo.choices import NotRated, RatedBody, RatingLevel, RatingState
from chibo.models.member import Member
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class ReviewYearQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


POINTS = {"max_digits": 4, "decimal_places": 1, "null": True, "blank": True}


class Pointed(models.Model):
    """Points of a hundred where the rulebook of the year has them (366-QĐ/TW: 30 common criteria, 70 results)."""

    common_points = models.DecimalField("điểm tiêu chí chung", **POINTS)
    task_points = models.DecimalField("điểm kết quả nhiệm vụ", **POINTS)

    class Meta:
        abstract = True

    @property
    def points(self):
        """Points of a hundred, or None where none were given."""
        return None if self.common_points is None or self.task_points is None else self.common_points + self.task_points


class ReviewYear(Pointed, Stamped):
    """The review of one organisation or of its committee in a year; of a cell its members are rated in it too.

    Locked, the database refuses every change but the opening again with a reason.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="review_years", verbose_name="tổ chức")  # fmt: skip
    subject = models.CharField("xếp loại", max_length=10, choices=RatedBody, default=RatedBody.ORGANISATION)
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("bước", max_length=12, choices=RatingState, default=RatingState.SELF)
    rulebook = models.CharField("quy định", max_length=20)
    voted_on = models.DateField("chi bộ bỏ phiếu ngày", null=True, blank=True)
    base = models.PositiveSmallIntegerField("số có quyền biểu quyết", null=True, blank=True)
    self_level = models.CharField("tự nhận mức", max_length=5, choices=RatingLevel, blank=True)
    self_votes = models.PositiveSmallIntegerField("số phiếu mức tự nhận", null=True, blank=True)
    appraised_on = models.DateField("thẩm định ngày", null=True, blank=True)
    appraisal = models.CharField("ý kiến thẩm định", max_length=500, blank=True)
    level = models.CharField("mức được công nhận", max_length=5, choices=RatingLevel, blank=True)
    is_outstanding = models.BooleanField("tiêu biểu", default=False)  # of the excellent ones only: 06-HD/TW 19.1
    decision = models.CharField("quyết định công nhận", max_length=200, blank=True)
    reopened_because = models.CharField("mở lại vì", max_length=300, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = ReviewYearQuerySet.as_manager()

    class Meta:
        verbose_name = "kiểm điểm, xếp loại năm"
        verbose_name_plural = "kiểm điểm, xếp loại năm"
        ordering = ["-year", "organisation__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "subject"], name="chibo_review_year_of_subject_once", violation_error_message="Đã mở xếp loại năm đó."),
            models.CheckConstraint(name="chibo_review_year_outstanding", condition=Q(is_outstanding=False) | Q(level=RatingLevel.EXCELLENT), violation_error_message="Tiêu biểu chỉ ghi cho tổ chức Hoàn thành xuất sắc nhiệm vụ."),
        ]  # fmt: skip

    def __str__(self):
        what = "" if self.rates_organisation else "tập thể cấp ủy, "
        return f"Xếp loại năm {self.year}, {what}{self.organisation.name}"

    def get_absolute_url(self):
        return reverse("chibo:review_year", args=[self.pk])

    @property
    def level_words(self) -> str:
        """The level recognised, "tiêu biểu" added where it is; nothing before the decision."""
        return f"{self.get_level_display()} tiêu biểu" if self.is_outstanding else self.get_level_display()

    @property
    def path(self):
        return self.organisation.path

    @property
    def rates_organisation(self) -> bool:
        return self.subject == RatedBody.ORGANISATION


class Rating(Pointed):
    """The level of one member in a year, or why there is none."""

    session = models.ForeignKey(ReviewYear, on_delete=models.PROTECT, related_name="ratings", verbose_name="kỳ xếp loại")  # fmt: skip
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="ratings", verbose_name="đồng chí")
    not_rated = models.CharField("không xếp loại vì", max_length=10, choices=NotRated, blank=True)
    self_level = models.CharField("tự nhận", max_length=5, choices=RatingLevel, blank=True)
    level = models.CharField("chi bộ đề nghị", max_length=5, choices=RatingLevel, blank=True)
    votes = models.PositiveSmallIntegerField("số phiếu", null=True, blank=True)
    final = models.CharField("mức được công nhận", max_length=5, choices=RatingLevel, blank=True)

    class Meta:
        verbose_name = "xếp loại đảng viên"
        verbose_name_plural = "xếp loại đảng viên"
        ordering = ["member__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="chibo_rating_once"),
            models.CheckConstraint(name="chibo_rating_or_reason", condition=Q(not_rated="") | Q(level="", final="")),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_final_display() or self.get_level_display()}"


class RatingTally(models.Model):
    """How many members of a review have a level ('': none yet); the database counts when a rating is written.

    The level is the recognised one, before that the one proposed; who is not rated is not counted.
    """

    session = models.ForeignKey(ReviewYear, on_delete=models.PROTECT, related_name="tallies", verbose_name="kỳ xếp loại")  # fmt: skip
    level = models.CharField("mức", max_length=5, choices=RatingLevel, blank=True)
    number = models.PositiveIntegerField("số đồng chí")

    class Meta:
        verbose_name = "số đồng chí mỗi mức"
        verbose_name_plural = "số đồng chí mỗi mức"
        ordering = ["session", "level"]
        constraints = [models.UniqueConstraint(fields=["session", "level"], name="chibo_rating_tally_once")]

    def __str__(self):
        return f"{self.session}: {self.number} {self.get_level_display()}"
