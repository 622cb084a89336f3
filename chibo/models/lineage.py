"""How an organisation looked at other times, and what it came from or became."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from chibo.choices import Arranged, Right
from chibo.models.organisation import CellType, Organisation, OrganisationKind
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import PathField, Stamped
from kyanh_portal.base.vietnamese import fold

WORN = ["kind_id", "cell_type_id", "parent_id", "name", "short_name", "header_superior", "header_name", "symbol", "place_name", "path"]  # fmt: skip


class FaceQuerySet(models.QuerySet):
    def on(self, day: dt.date):
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )


class Face(models.Model):
    """Name, superior and kind of an organisation over a period.

    Only an organisation that changed, or will, has rows: then one for each period of its life, without gap or overlap.
    The row of the organisation itself shows the face of today.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="faces", verbose_name="tổ chức"
    )
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    kind = models.ForeignKey(OrganisationKind, on_delete=models.PROTECT, related_name="+", verbose_name="loại")
    cell_type = models.ForeignKey(
        CellType, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="loại hình chi bộ"
    )
    parent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trực thuộc"
    )
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên gọn", max_length=100, blank=True)
    header_superior = models.CharField("dòng cấp trên trên văn bản", max_length=200, blank=True)
    header_name = models.CharField("dòng tên cơ quan trên văn bản", max_length=200)
    symbol = models.CharField("ký hiệu văn bản", max_length=15, blank=True)
    place_name = models.CharField("địa danh", max_length=100)
    path = PathField()
    search_key = models.CharField(max_length=400, editable=False)

    objects = FaceQuerySet.as_manager()

    class Meta:
        verbose_name = "tên, cấp trên theo thời gian"
        verbose_name_plural = "tên, cấp trên theo thời gian"
        ordering = ["organisation", F("starts_on").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="chibo_face_dates",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search_key = fold(f"{self.name} {self.short_name}")
        super().save(*args, **kwargs)

    def covers(self, day: dt.date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    def put_on(self, organisation: Organisation) -> Organisation:
        """The organisation with this face, in memory; nothing is stored."""
        for name in WORN:
            setattr(organisation, name, getattr(self, name))
        for name in ("kind", "cell_type", "parent"):  # what was fetched along needs no second query
            if name in self._state.fields_cache:
                setattr(organisation, name, getattr(self, name))
        return organisation


class LineageQuerySet(models.QuerySet):
    def visible_to(self, user):
        scope = scope_of(user)
        return self.filter(scope.covers("organisation__path") | scope.covers("heir__path"))

    def given_over(self, day: dt.date):
        """Ends with an heir that were carried out by a day: whoever was there, and what was open, is the heir's."""
        return self.filter(
            kind__in=Arranged.passing_on(), heir__isnull=False, effective_on__lte=day, settled_at__isnull=False
        )

    def forebears(self, heirs, day: dt.date) -> dict[int, set[int]]:
        """Heir → organisations that went into it by a day, also those that had gone into these before."""
        found = {pk: set() for pk in heirs}
        level = {pk: {pk} for pk in found}  # organisation → the heirs it leads to
        while level:
            below: dict[int, set[int]] = {}
            for gone, heir in self.given_over(day).filter(heir__in=level).values_list("organisation_id", "heir_id"):
                below.setdefault(gone, set()).update(top for top in level[heir] if gone not in found[top])
            for gone, tops in below.items():
                for top in tops:
                    found[top].add(gone)
            level = {gone: tops for gone, tops in below.items() if tops}
        return {heir: gone for heir, gone in found.items() if gone}


class Lineage(Stamped):
    """One thing that happened to an organisation on a day, on which decision; `heir` is what it became or gave birth to."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="lineage", verbose_name="tổ chức"
    )
    heir = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ancestry",
        verbose_name="tổ chức tiếp nhận",
    )
    kind = models.CharField("việc", max_length=15, choices=Arranged)
    effective_on = models.DateField("có hiệu lực từ")
    decision = models.CharField("theo quyết định", max_length=200)
    told = models.CharField("nội dung", max_length=400, blank=True)
    settled_at = models.DateTimeField("đã chuyển giao lúc", null=True, blank=True)
    handed_over_on = models.DateField("bàn giao xong ngày", null=True, blank=True)
    seal_returned_on = models.DateField("nộp con dấu, hồ sơ ngày", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = LineageQuerySet.as_manager()

    class Meta:
        verbose_name = "biến động tổ chức"
        verbose_name_plural = "biến động tổ chức"
        ordering = ["effective_on", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.organisation.label}"

    @property
    def is_end(self) -> bool:
        return self.kind in Arranged.ends()


class DelegationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))

    def on(self, day: dt.date):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Delegation(models.Model):
    """A right that the superior gave an organisation, from a date to a date (294-QĐ/TW 10.6, 22)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="delegations", verbose_name="tổ chức"
    )
    right = models.CharField("được giao", max_length=12, choices=Right)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    decision = models.CharField("theo quyết định", max_length=200)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "ủy quyền, giao quyền"
        verbose_name_plural = "ủy quyền, giao quyền"
        ordering = ["organisation", "right", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="chibo_delegation_dates",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày hết hiệu lực phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return f"{self.get_right_display()}: {self.organisation.label}"
