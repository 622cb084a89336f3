"""A file as kept. Its bytes stand in a table of their own, so that lists stay light; neither ever changes."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from kyanh_portal.base.models import PathField
from kyanh_portal.files.holders import holders


class StoredFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files that the holders let this user read."""
        readable = self.none()
        for holder in holders:
            readable = readable | self.filter(pk__in=holder.rows(user).filter(holder=holder.code).values("pk"))
        return readable


class StoredFile(models.Model):
    """What was sent, by whom, and its SHA-256 as kept (pictures and PDFs are rewritten clean when they come in)."""

    key = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    holder = models.CharField("thuộc về", max_length=40, db_index=True)
    path = PathField("nhánh tổ chức")
    name = models.CharField("tên tệp", max_length=200)
    kind = models.CharField("dạng", max_length=8)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("kích thước")
    pages = models.PositiveIntegerField("số trang", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_at = models.DateTimeField("gửi lúc", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người gửi"
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"
        ordering = ["uploaded_at", "id"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("files:download", args=[self.key])

    @property
    def bytes(self) -> bytes:
        """The content, read from its own table."""
        return bytes(self.body.content)


class FileBody(models.Model):
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, primary_key=True, related_name="body")
    content = models.BinaryField()

    class Meta:
        verbose_name = "nội dung tệp"
        verbose_name_plural = "nội dung tệp"

    def __str__(self):
        return str(self.file_id)
