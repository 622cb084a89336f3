"""Words put right between the vote and the signature."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from nghiquyet.choices import Frame
from nghiquyet.models.drafting import OfResolutionQuerySet, ResolutionVote
from nghiquyet.models.resolution import Resolution


class WordingEdit(models.Model):
    """One recorded edit (biên tập kỹ thuật): what stood, what stands, why. Only added.

    Of a part of the text (`clause_key`), or of what stands around the parts (`frame`): title, grounds, opening, recipients.
    """

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="wording_edits", verbose_name="nghị quyết"
    )
    clause_key = models.BigIntegerField(
        "phần", null=True, help_text="Như trong các bản dự thảo đã giữ; phần có thể bị bỏ về sau."
    )
    frame = models.CharField("ngoài các phần", max_length=10, choices=Frame, blank=True)
    label = models.CharField("gọi là", max_length=60)
    vote = models.ForeignKey(
        ResolutionVote, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="sau biểu quyết"
    )
    heading_before = models.CharField("tiêu đề trước", max_length=300, blank=True)
    text_before = models.TextField("lời văn trước", blank=True)
    heading_after = models.CharField("tiêu đề sau", max_length=300, blank=True)
    text_after = models.TextField("lời văn sau", blank=True)
    why = models.TextField("sửa gì, vì sao")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người sửa"
    )
    at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = OfResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "biên tập kỹ thuật"
        verbose_name_plural = "biên tập kỹ thuật"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="nghiquyet_edit_of_one_place",
                condition=Q(clause_key__isnull=False, frame="") | (Q(clause_key__isnull=True) & ~Q(frame="")),
                violation_error_message="Chỗ sửa thuộc một phần, hoặc thuộc trích yếu, căn cứ, mở đầu, nơi nhận.",
            )
        ]

    def __str__(self):
        return f"Biên tập kỹ thuật: {self.why[:60]}"

    def get_absolute_url(self):
        return f"{reverse('nghiquyet:resolution_detail', args=[self.resolution_id])}#bien-tap"

    @property
    def path(self) -> str:
        return self.resolution.path

    @property
    def place(self):
        """Which words it changed: the key of the part, or the name of the frame."""
        return self.clause_key or self.frame


class WordingCheck(models.Model):
    """A second person's word on one edit: the meaning stays, or it does not (and then the words went back). Only added."""

    edit = models.OneToOneField(WordingEdit, on_delete=models.PROTECT, related_name="check_of", verbose_name="chỗ sửa")
    agrees = models.BooleanField("không đổi nghĩa")
    note = models.TextField("nhận xét", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người xác nhận"
    )
    at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        verbose_name = "xác nhận biên tập kỹ thuật"
        verbose_name_plural = "xác nhận biên tập kỹ thuật"
        constraints = [
            models.CheckConstraint(
                name="nghiquyet_refused_edit_has_reason",
                condition=Q(agrees=True) | ~Q(note=""),
                violation_error_message="Không đồng ý thì ghi một câu lý do.",
            )
        ]

    def __str__(self):
        return "Không đổi nghĩa" if self.agrees else "Không đồng ý"
