"""Members, with only what a meeting needs, and their standing over time."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.choices import SPECIAL_STANDINGS, Placed, Precision, Sex, Standing
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.models import Stamped
from kyanh_portal.base.vietnamese import clean_line, fold, person_sort_key

_BY_DAY = Q(admitted_precision=Precision.DAY)
# What a member's row may lack or contradict, by name; each has an index of its own.
LACKING = {
    "no_birthday": Q(born_on__isnull=True),
    "no_sex": Q(sex=""),
    "vague": Q(official_on__isnull=False) & ~_BY_DAY & Q(decided_on__isnull=True),
    "joined_early": Q(joined_on__lt=F("admitted_on")) & _BY_DAY,
    "official_soon": Q(official_on__lt=F("admitted_on") + dt.timedelta(days=330), official_precision=Precision.DAY) & _BY_DAY,
    "young": Q(admitted_on__lt=F("born_on") + dt.timedelta(days=6574), born_precision=Precision.DAY),
    "probation": Q(official_on__isnull=True),
}  # fmt: skip


def _here(day: dt.date) -> Q:
    """Whose own row says that the present cell was theirs on a day already."""
    return (Q(left_on__isnull=True) | Q(left_on__gt=day)) & Q(joined_on__lte=day)


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members of the branches this user answers for; a plain member sees the own record."""
        scope = scope_of(user)
        seen = scope.covers("organisation__path")
        return self.filter(seen | Q(pk=scope.member_id) if scope.member_id else seen)

    def present_on(self, day: dt.date):
        """Members whose own row says that they were in their present cell on a day."""
        return self.filter(_here(day))

    def placed_on(self, day: dt.date, within: Q | None = None):
        """Members with an official cell on a day, wherever they are now; `within` narrows by the cell of that day.

        `within` speaks of `organisation`, for example Q(organisation__path__startswith=…). Judged by the day's own
        records, so that the answer stays the same after later moves.
        """
        within = within if within is not None else Q()
        there = self.placements_on(day, Placed.OFFICIAL).filter(within).values("member")
        return self.filter(_here(day) & within | Q(pk__in=there))

    def placements_on(self, day: dt.date, role: str):
        from chibo.models.placement import Placement

        return Placement.objects.on(day).filter(role=role)

    def on_roll(self, organisation, day: dt.date):
        """Members whose roll the organisation keeps on a day, in the order people are called.

        Those who came for a time are on it too: their standing that day is "tạm thời đến" (294-QĐ/TW 6.3.2).
        """
        from chibo.models.placement import Placement

        placed = Placement.objects.on(day).filter(organisation=organisation).values_list("member_id", "role")
        guests = [pk for pk, role in placed if role == Placed.TEMPORARY]
        others = [pk for pk, role in placed if role != Placed.TEMPORARY]
        here = _here(day) & Q(organisation=organisation)
        if guests or others:  # two indexes, joined; the plain roll of most cells needs one
            here = here | Q(pk__in=[*guests, *others])
        rows = self.filter(here).order_by("sort_key", "pk")
        return (
            rows.annotate(here_for_a_time=models.ExpressionWrapper(Q(pk__in=guests), models.BooleanField()))
            if guests
            else rows
        )

    def lacking(self, name: str):
        """Rows that lack or contradict this (LACKING), cell by cell in the order of an index: the first cost little."""
        return self.filter(LACKING[name]).order_by("organisation_id", "sort_key")

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
    decided_on = models.DateField(
        "ngày quyết định kết nạp", null=True, blank=True, help_text="Tính tuổi đảng từ ngày này."
    )
    born_precision = models.CharField("ngày sinh biết đến", max_length=5, choices=Precision, default=Precision.DAY)
    admitted_precision = models.CharField(
        "ngày kết nạp biết đến", max_length=5, choices=Precision, default=Precision.DAY
    )
    official_precision = models.CharField(
        "ngày chính thức biết đến", max_length=5, choices=Precision, default=Precision.DAY
    )
    file_number = models.CharField("số lý lịch", max_length=9, blank=True)
    card_issued_on = models.DateField("ngày phát thẻ", null=True, blank=True)
    card_place = models.CharField("nơi cấp thẻ", max_length=200, blank=True)
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
            models.Index(fields=["official_on"], name="chibo_member_official"),
            # Nợ dữ liệu asks for the few rows that lack or contradict something, cell by cell (chibo/debts.py).
            *(
                models.Index(fields=["organisation", "sort_key"], condition=lacks, name=f"chibo_member_{name}")
                for name, lacks in LACKING.items()
            ),
            models.Index(
                fields=["search_key", "born_on"],
                include=["id", "left_on", "joined_on"],
                condition=Q(born_on__isnull=False),
                name="chibo_member_twice",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file_number"],
                condition=~Q(file_number=""),
                name="chibo_member_file_number_once",
                violation_error_message="Số lý lịch này đã có ở một đồng chí khác.",
            ),
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

    def _words(self, name: str) -> str:
        day = getattr(self, f"{name}_on")
        if day is None:
            return ""
        known = getattr(self, f"{name}_precision")
        return (
            str(day.year)
            if known == Precision.YEAR
            else f"{day.month}/{day.year}"
            if known == Precision.MONTH
            else vn_date(day)
        )

    @property
    def born_words(self) -> str:
        """As much of the date as is known: 1952, 5/1952 or 12/5/1952."""
        return self._words("born")

    @property
    def admitted_words(self) -> str:
        return self._words("admitted")

    @property
    def official_words(self) -> str:
        return self._words("official")

    @property
    def counts_from(self) -> dt.date:
        """The day tuổi đảng counts from: of the decision; without one, of admission (06-HD/TW 5.3)."""
        return self.decided_on or self.admitted_on

    def get_absolute_url(self):
        return reverse("chibo:member_detail", args=[self.pk])

    def cell_on(self, day: dt.date) -> tuple[Organisation | None, dt.date | None]:
        """(official cell, member there since) on a day, by the day's own records; (None, None) where there was none."""
        if self.joined_on <= day and (self.left_on is None or self.left_on > day):
            return self.organisation, self.joined_on
        there = self.placements.on(day).filter(role=Placed.OFFICIAL).select_related("organisation__parent").first()
        return (there.organisation, there.starts_on) if there else (None, None)

    def standing_on(self, day: dt.date) -> str:
        """The standing that decides whether the member is counted and votes on a day.

        Of a row from `on_roll` the standing in that cell: who came for a time is a guest there, without a vote.
        """
        return self.standing_given(next((p.standing for p in self.standing_periods.all() if p.covers(day)), None), day)

    def standing_given(self, special: str | None, day: dt.date) -> str:
        """The same, where the special standing of that day (None: none) is known already."""
        if getattr(self, "here_for_a_time", False):
            return Standing.HERE_TEMPORARILY
        if special:
            return special
        is_official = self.official_on is not None and self.official_on <= day
        return Standing.OFFICIAL if is_official else Standing.PROBATIONARY


class StandingQuerySet(models.QuerySet):
    def on(self, day: dt.date):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class StandingPeriod(models.Model):
    """Exempt, temporarily elsewhere or here, suspended: from a date to a date, on a decision."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="standing_periods", verbose_name="đồng chí"
    )
    standing = models.CharField(
        "tư cách", max_length=12, choices=[(s.value, s.label) for s in (Standing.PROBATIONARY, *SPECIAL_STANDINGS)]
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    decision = models.CharField("theo quyết định", max_length=200, blank=True)

    objects = StandingQuerySet.as_manager()

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
