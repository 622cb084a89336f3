"""What is prepared for a workshop and what was drawn together at it."""

from django.db import models
from django.urls import reverse

from chibo.models import CellType
from hoithao.choices import SolutionSort
from hoithao.models.meeting import Meeting
from hoithao.models.workshop import Conclusion, OfMeetingQuerySet, Paper


class WorkshopPlan(models.Model):
    """Who holds the workshop, who is invited, what they prepare; counts known only as "more than n" stay so."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="plan", verbose_name="hội thảo")
    organisers = models.TextField("đơn vị tổ chức", blank=True, help_text="Mỗi dòng một đơn vị; dòng đầu chủ trì.")
    purpose = models.TextField("mục đích, yêu cầu", blank=True)
    invited = models.TextField("thành phần mời", blank=True, help_text="Mỗi dòng một thành phần.")
    prepare = models.TextField("tài liệu, chuẩn bị", blank=True)
    contact = models.CharField("nơi báo vắng", max_length=200, blank=True, help_text="Đơn vị, điện thoại cơ quan.")
    reply_by = models.DateField("báo vắng trước ngày", null=True, blank=True)
    papers_by = models.DateField("hạn gửi tham luận", null=True, blank=True)
    more_than = models.BooleanField(
        "chỉ biết “hơn” số này", default=False, help_text="Đại biểu không đếm được chính xác: hơn 80."
    )

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "chuẩn bị hội thảo"
        verbose_name_plural = "chuẩn bị hội thảo"

    def __str__(self):
        return str(self.meeting)

    @property
    def path(self) -> str:
        return self.meeting.path

    @property
    def organiser_lines(self) -> list[str]:
        return _lines(self.organisers)

    @property
    def invited_lines(self) -> list[str]:
        return _lines(self.invited)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


class ProgrammeLine(models.Model):
    """One line of the programme: when, what, who."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="programme_lines", verbose_name="hội thảo"
    )
    order = models.PositiveSmallIntegerField("thứ tự")
    at = models.TimeField("lúc", null=True, blank=True)
    what = models.CharField("nội dung", max_length=300)
    who = models.CharField("người thực hiện", max_length=200, blank=True)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng chương trình hội thảo"
        verbose_name_plural = "chương trình hội thảo"
        ordering = ["meeting", "order"]

    def __str__(self):
        return self.what

    @property
    def path(self) -> str:
        return self.meeting.path


class TypeState(models.Model):
    """The state of affairs in one type of cell, drawn together from the papers."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="type_states", verbose_name="hội thảo")
    cell_type = models.ForeignKey(CellType, on_delete=models.PROTECT, related_name="+", verbose_name="loại hình")
    strengths = models.TextField("ưu điểm")
    weaknesses = models.TextField("hạn chế", blank=True)
    causes = models.TextField("nguyên nhân", blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "thực trạng theo loại hình"
        verbose_name_plural = "thực trạng theo loại hình"
        ordering = ["meeting", "cell_type__order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "cell_type"], name="hoithao_state_once_a_type")]

    def __str__(self):
        return str(self.cell_type)

    @property
    def path(self) -> str:
        return self.meeting.path


class Solution(models.Model):
    """A task or a solution put forward, under its theme; it may come from a paper and lead to a point concluded."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="solutions", verbose_name="hội thảo")
    order = models.PositiveSmallIntegerField("thứ tự")
    sort = models.CharField("loại", max_length=10, choices=SolutionSort, default=SolutionSort.TASK)
    theme = models.CharField("nhóm vấn đề", max_length=200)
    text = models.TextField("nội dung")
    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="solutions", verbose_name="từ tham luận"
    )
    conclusion = models.ForeignKey(
        Conclusion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="solutions",
        verbose_name="vào kết luận",
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ, giải pháp"
        verbose_name_plural = "nhiệm vụ, giải pháp"
        ordering = ["meeting", "order"]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return reverse("hoithao:workshop_detail", args=[self.meeting_id]) + f"#giai-phap-{self.pk}"

    @property
    def path(self) -> str:
        return self.meeting.path
