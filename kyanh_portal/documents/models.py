"""Issued papers and the counters that number them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import PathField

# Kinds of paper of a cell that its own members may take away.
FOR_MEMBERS = ("minutes", "addendum")


class NumberSequence(models.Model):
    """Counter of one series: issuing body, term of its committee, name of the type (never the printed symbol,
    since Quyết định and Quy định share QĐ) — HD05 II.I.3.1.1."""

    issuer = models.CharField("cơ quan ban hành", max_length=60)
    period = models.CharField("nhiệm kỳ", max_length=60)
    type_name = models.CharField("thể loại", max_length=60)
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        verbose_name = "dãy số"
        verbose_name_plural = "dãy số"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "period", "type_name"], name="documents_one_series"),
        ]

    def __str__(self):
        return f"{self.type_name} · {self.issuer} · {self.period}: {self.last}"


class IssuedDocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of the bodies this user answers for."""
        return self.filter(scope_of(user).covers("path"))

    def takeable_by(self, user):
        """Those of the user's branches and, for a plain member, the minutes of the own cell."""
        scope = scope_of(user)
        return self.filter(scope.covers("path") | Q(path__in=scope.own_cell_paths, kind__in=FOR_MEMBERS))

    def for_target(self, target):
        return self.filter(target_type=target._meta.label_lower, target_id=target.pk)


class IssuedDocument(models.Model):
    """A paper as issued: number, frozen content and its SHA-256. The database refuses any change or removal."""

    kind = models.CharField("loại văn bản", max_length=40, db_index=True)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    issuer = models.CharField("cơ quan ban hành", max_length=60)
    period = models.CharField("nhiệm kỳ", max_length=60)
    type_name = models.CharField("thể loại", max_length=60)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    number_line = models.CharField("số và ký hiệu", max_length=60, blank=True)
    title = models.CharField("trích yếu", max_length=500)
    issuer_name = models.CharField("tên cơ quan", max_length=200)
    dated = models.DateField("ngày văn bản", db_index=True)
    path = PathField("nhánh tổ chức")
    profile = models.CharField("thể thức", max_length=20)
    content = models.JSONField("nội dung đã khóa")
    sha256 = models.CharField("SHA-256", max_length=64)
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name="bổ sung cho"
    )
    issued_at = models.DateTimeField("khóa lúc", auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người khóa"
    )
    search_key = models.TextField(editable=False, default="")
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-dated", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="documents_target"),
            GinIndex(SearchVector("search_key", config="simple"), name="documents_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "period", "type_name", "number"],
                condition=Q(number__isnull=False),
                name="documents_number_once",
            ),
        ]

    def __str__(self):
        return f"{self.number_line or self.type_name} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("documents:detail", args=[self.pk])


class SheetState(models.TextChoices):
    """How far the printed sheet of a locked paper has come."""

    TO_PRINT = "chua-in", "Chưa in"
    PRINTED = "da-in", "Đã in"
    SUBMITTED = "da-trinh", "Đã trình ký"
    SIGNED = "da-ky", "Đã ký"
    SCANNED = "da-quet", "Đã quét"


class DocumentSheet(models.Model):
    """Where the sheet of a paper is; no row means nobody has printed it. The trail keeps every step."""

    document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, related_name="sheet", verbose_name="văn bản"
    )
    state = models.CharField("bản giấy", max_length=10, choices=SheetState, default=SheetState.TO_PRINT, db_index=True)
    at = models.DateTimeField("ghi lúc", auto_now=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "bản giấy"
        verbose_name_plural = "bản giấy"

    def __str__(self):
        return self.get_state_display()
