"""Signatures given in the portal to locked minutes, excuses told beforehand, and the library of phrases."""

from django.conf import settings
from django.db import models

from chibo.models import Member
from hoithao.choices import Reason, Signer, Told
from hoithao.models.meeting import Meeting
from hoithao.models.minutes import Minutes
from kyanh_portal.access.scope import scope_of


class MinutesSignature(models.Model):
    """One officer of the meeting confirmed the locked minutes, signed in as themselves; frozen with their seal."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures", verbose_name="biên bản")
    role = models.CharField("tư cách", max_length=10, choices=Signer)
    name = models.CharField("họ tên", max_length=200)
    sha256 = models.CharField("dấu niêm của biên bản", max_length=64)
    signed_at = models.DateTimeField("ký lúc", auto_now_add=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="tài khoản"
    )

    class Meta:
        verbose_name = "chữ ký trên cổng"
        verbose_name_plural = "chữ ký trên cổng"
        ordering = ["minutes", "signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "role"], name="hoithao_one_signature_a_role",
                violation_error_message="Biên bản đã có chữ ký này.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_role_display()}: {self.name}"


class ExcuseQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("meeting__organisation__path"))


class Excuse(models.Model):
    """Báo vắng trước: by a one-time link, or by a call the secretary noted. It prefills the roll, no more."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="excuses", verbose_name="cuộc họp")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="đồng chí")
    told = models.CharField("cách báo", max_length=10, choices=Told)
    token = models.CharField("dấu của đường dẫn", max_length=64, blank=True, default="", editable=False)
    reason = models.CharField("lý do", max_length=14, choices=Reason, blank=True, default="")
    note = models.CharField("ghi rõ", max_length=200, blank=True, default="")
    told_at = models.DateTimeField("báo lúc", null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    objects = ExcuseQuerySet.as_manager()

    class Meta:
        verbose_name = "báo vắng"
        verbose_name_plural = "báo vắng"
        ordering = ["meeting", "member__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="hoithao_excuse_once"),
            models.UniqueConstraint(fields=["token"], condition=~models.Q(token=""), name="hoithao_excuse_token"),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_reason_display()}"


class Phrase(models.Model):
    """A sentence to start from. {chủ trì}, {có mặt} … are filled with this meeting's names and numbers."""

    field = models.CharField(
        "ô", max_length=20, help_text="Ô văn bản của bước: conclusion, presented, summed_up, text…"
    )
    text = models.CharField("câu", max_length=500)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "câu mẫu"
        verbose_name_plural = "câu mẫu"
        ordering = ["field", "order", "id"]

    def __str__(self):
        return self.text
