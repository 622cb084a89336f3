"""The roll: a mark for every member, with the standing of that day kept beside it."""

from django.db import models
from django.db.models import Q

from chibo.choices import Standing
from chibo.models import Member
from hoithao.choices import Mark, Reason
from hoithao.models.meeting import Meeting


class Attendance(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="roll", verbose_name="cuộc họp")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances", verbose_name="đồng chí")
    standing = models.CharField("tư cách hôm họp", max_length=12, choices=Standing)
    mark = models.CharField("điểm danh", max_length=18, choices=Mark, blank=True, default="")
    reason = models.CharField("lý do vắng", max_length=14, choices=Reason, blank=True, default="")
    note = models.CharField("ghi rõ", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        ordering = ["meeting", "member__sort_key", "member_id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="hoithao_attendance_once"),
            models.CheckConstraint(
                name="hoithao_excused_has_reason",
                condition=~Q(mark="VANG_CO_LY_DO") | ~Q(reason=""),
                violation_error_message="Vắng có lý do thì chọn lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_mark_display()}"
