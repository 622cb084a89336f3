"""Terms of committees and who holds which post, from when to when."""

import datetime as dt

from django.db import models
from django.db.models import Case, F, Q, When

from chibo.choices import Post
from chibo.models.member import Member
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of


class TermQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))

    def on(self, day: dt.date):
        """Terms running on a day, the newest first."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day).order_by("-starts_on")


class Term(models.Model):
    """Nhiệm kỳ of the committee of one organisation. Numbers of papers run within it (HD05 II.I.3.1.1)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="terms", verbose_name="tổ chức"
    )
    name = models.CharField("nhiệm kỳ", max_length=60)
    ordinal = models.CharField("khóa", max_length=20, blank=True)
    starts_on = models.DateField("bắt đầu")
    ends_on = models.DateField("kết thúc", null=True, blank=True)
    sitting_members = models.PositiveSmallIntegerField("số ủy viên đương nhiệm", null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        ordering = ["organisation", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "starts_on"], name="chibo_term_start_once"),
            models.CheckConstraint(
                name="chibo_term_dates",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message="Ngày kết thúc nhiệm kỳ phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation.label}, nhiệm kỳ {self.name}"

    @property
    def period_key(self) -> str:
        """How the counters of numbers name this term."""
        return f"term:{self.pk}"


class PositionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))

    def on(self, day: dt.date):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def by_rank(self):
        """Posts as they are read out: secretary, deputies, members."""
        rank = Case(*(When(post=post, then=place) for place, post in enumerate(Post.values)), default=len(Post.values))
        return self.order_by(rank, "member__sort_key")


class Position(models.Model):
    """A member holds a post in an organisation from a date to a date."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="positions", verbose_name="đồng chí")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="positions", verbose_name="tổ chức"
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, verbose_name="nhiệm kỳ")
    post = models.CharField("chức vụ", max_length=20, choices=Post)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        ordering = ["organisation", "post", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="chibo_position_dates",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày thôi chức vụ phải sau ngày nhận.",
            ),
        ]

    def __str__(self):
        return f"{self.get_post_display()} {self.organisation.label}"
