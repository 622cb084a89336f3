"""The trail. Rows are only ever added: the database refuses everything else (see the migrations)."""

from django.conf import settings
from django.db import models

from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import PathField


class AuditQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Entries about the branches this user answers for, for those who may read the trail at all."""
        return self.filter(scope_of(user).covers("path"))


class AuditEntry(models.Model):
    """One thing that happened: who, when, what, to which object, from where, with which facts.

    `chain` hashes the entry together with the seal of the one before; the trigger fills it at commit,
    under one lock, so that the chain never forks.
    """

    at = models.DateTimeField("lúc", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người làm",
    )
    by_name = models.CharField("tên lúc đó", max_length=120, blank=True)
    verb = models.CharField("việc", max_length=60, db_index=True)
    target_type = models.CharField("loại", max_length=60, blank=True)
    target_id = models.CharField("mã", max_length=40, blank=True)
    target_label = models.CharField("về", max_length=300, blank=True)
    path = PathField("nhánh tổ chức", blank=True, default="")
    facts = models.JSONField("dữ kiện", default=dict, blank=True)
    address = models.GenericIPAddressField("địa chỉ máy", null=True, blank=True)
    request_id = models.CharField("mã yêu cầu", max_length=36, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]

    def __str__(self):
        return f"{self.verb} {self.target_label}"


class AuditSeal(models.Model):
    """Link of the chain: position, entry, hash of the link before, own hash."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64, unique=True)
    seal = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "dấu niêm"
        verbose_name_plural = "dấu niêm"
        ordering = ["position"]

    def __str__(self):
        return f"{self.position}"
