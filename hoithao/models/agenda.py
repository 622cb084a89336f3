"""What is on the table, in order."""

from django.db import models

from chibo.models import Member
from hoithao.choices import PutOff
from hoithao.models.meeting import Meeting


class AgendaItem(models.Model):
    """One item: who presents it, what was presented, what the chair concluded on it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda", verbose_name="cuộc họp")
    order = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("nội dung", max_length=300)
    presenter = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trình bày"
    )
    presented = models.TextField("nội dung trình bày", blank=True)
    summed_up = models.TextField("kết luận mục", blank=True)
    put_off = models.CharField("để sang buổi sau vì", max_length=20, choices=PutOff, blank=True, default="")

    class Meta:
        verbose_name = "mục chương trình"
        verbose_name_plural = "chương trình"
        ordering = ["meeting", "order", "id"]

    def __str__(self):
        return self.title

    @property
    def path(self) -> str:
        return self.meeting.path
