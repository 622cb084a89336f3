"""Members, with only what a meeting needs, and their standing over time."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.choices import SPECIAL_STANDINGS, Sex, Standing
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.base.vietnamese import clean_line, fold, person_sort_key


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members of the branches this user answers for; a plain member sees the own record."""
        scope = scope_of(user)
        return self.filter(scope.covers("organisation__path") | Q(pk=scope.member_id or 0))

    def on_roll(self, organisation, day: dt.date):
        """Members whose roll the organisation keeps on a day, in the order people are called."""
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=day), organisation=organisation, joined_on__lte=day
        ).order_by("sort_key", "pk")

    def in_order(self):
        return self.order_by("sort_key", "pk")


class Member(Stamped):
    """A Party member in a cell. Personal files stay in the official database: no more than this is kept here."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="members", verbose_name="chi bộ"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tài khoản",
    )
    full_name = models.CharField("họ và tên", max_length=120)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    sex = models.CharField("giới tính", max_length=5, choices=Sex, blank=True)
    joined_on = models.DateField("về chi bộ từ")
    left_on = models.DateField("rời chi bộ từ", null=True, blank=True)
    admitted_on = models.DateField("ngày kết nạp")
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True, db_collation="C")
    search_key = models.CharField(max_length=200, editable=False)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["search_key"], name="chibo_member_search", opclasses=["varchar_pattern_ops"]),
            GinIndex(SearchVector("search_key", config="simple"), name="chibo_member_words"),
        ]
        constraints = [
            models.CheckConstraint(
                name="chibo_member_official_after_admission",
                condition=Q(official_on__isnull=True) | Q(official_on__gt=F("admitted_on")),
                violation_error_message="Ngày chính thức phải sau ngày kết nạp.",
            ),
            models.CheckConstraint(
                name="chibo_member_left_after_joined",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                violation_error_message="Ngày rời chi bộ phải sau ngày về.",
            ),
            models.CheckConstraint(
                name="chibo_member_born_before_admission",
                condition=Q(born_on__isnull=True) | Q(born_on__lt=F("admitted_on")),
                violation_error_message="Ngày sinh phải trước ngày kết nạp.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self):
        """Clean the name and write the keys it is sorted and found by."""
        self.full_name = clean_line(self.full_name)
        self.sort_key = person_sort_key(self.full_name)
        self.search_key = fold(self.full_name)

    def get_absolute_url(self):
        return reverse("chibo:member_detail", args=[self.pk])

    def standing_on(self, day: dt.date) -> str:
        """The standing that decides whether the member is counted and votes on a day."""
        special = next((p.standing for p in self.standing_periods.all() if p.covers(day)), None)
        if special:
            return special
        is_official = self.official_on is not None and self.official_on <= day
        return Standing.OFFICIAL if is_official else Standing.PROBATIONARY


class StandingPeriod(models.Model):
    """Exempt, temporarily elsewhere or here, suspended: from a date to a date, on a decision."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="standing_periods", verbose_name="đồng chí"
    )
    standing = models.CharField("tư cách", max_length=12, choices=[(s.value, s.label) for s in SPECIAL_STANDINGS])
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    decision = models.CharField("theo quyết định", max_length=200, blank=True)

    class Meta:
        verbose_name = "thời gian miễn, tạm thời"
        verbose_name_plural = "thời gian miễn, tạm thời"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="chibo_standing_dates",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày hết hạn phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_standing_display()}"

    def covers(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
