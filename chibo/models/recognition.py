"""Votes on a probationary member: to recognise as official, or to take off the list."""

from django.db import models
from django.db.models import F, Q

from chibo.choices import RecognitionMatter, VotingLevel
from chibo.models.member import Member
from chibo.rules import two_thirds


class RecognitionVote(models.Model):
    """One vote of the cell or of the base committee, as it was counted. Whether it passed follows the rule of its day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="recognition_votes", verbose_name="đồng chí")  # fmt: skip
    matter = models.CharField("biểu quyết về", max_length=12, choices=RecognitionMatter)
    level = models.CharField("nơi biểu quyết", max_length=12, choices=VotingLevel)
    on = models.DateField("ngày biểu quyết")
    base = models.PositiveSmallIntegerField("số có quyền biểu quyết")
    votes = models.PositiveSmallIntegerField("số tán thành")
    passed = models.BooleanField("đạt")
    from_minutes = models.BooleanField("theo biên bản đã khóa", default=False)
    paper = models.CharField("nghị quyết, báo cáo kết quả số, ngày", max_length=200)

    class Meta:
        verbose_name = "biểu quyết về đảng viên dự bị"
        verbose_name_plural = "biểu quyết về đảng viên dự bị"
        ordering = ["member", "on", "pk"]
        constraints = [
            models.CheckConstraint(name="chibo_recognition_votes_of_base", condition=Q(votes__lte=F("base"), base__gt=0), violation_error_message="Số tán thành không quá số có quyền biểu quyết.")
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_level_display()} {self.get_matter_display().lower()}: {self.votes}/{self.base} tán thành"

    @property
    def needed(self) -> int:
        """Yes votes the proposal needed."""
        return two_thirds(self.base)
