"""Receipts: the same post sent twice is done once."""

from django.conf import settings
from django.db import models


class Receipt(models.Model):
    """What was answered to a post that carried a one-time key made with the page."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField("mã gửi một lần")
    path = models.CharField(max_length=300)
    digest = models.CharField("dấu của nội dung gửi", max_length=64, blank=True)
    answer = models.CharField("trang trả lời", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "biên nhận"
        verbose_name_plural = "biên nhận"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="ui_receipt_once")]

    def __str__(self):
        return f"{self.path} {self.key}"
