"""Words put right between the vote and the signature."""

from django.conf import settings
from django.db import models

from nghiquyet.models.drafting import OfResolutionQuerySet, ResolutionVote
from nghiquyet.models.resolution import Resolution


class WordingEdit(models.Model):
    """One recorded edit of a part (biên tập kỹ thuật): what stood, what stands, why. Only added."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="wording_edits", verbose_name="nghị quyết"
    )
    clause_key = models.BigIntegerField("phần", help_text="Như trong các bản dự thảo đã giữ; phần có thể bị bỏ về sau.")
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

    def __str__(self):
        return f"Biên tập kỹ thuật: {self.why[:60]}"

    @property
    def path(self) -> str:
        return self.resolution.path
