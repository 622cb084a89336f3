"""What a workshop adds to a meeting: papers, remarks, points of disagreement, and the conclusion by point."""

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from chibo.models import CellType, Organisation
from hoithao.choices import RemarkSort
from hoithao.models.meeting import Meeting
from kyanh_portal.access.scope import scope_of
from kyanh_portal.files.models import StoredFile


class OfMeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("meeting__organisation__path"))


class Paper(models.Model):
    """Tham luận: a paper from an organisation, presented in its turn."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers", verbose_name="hội thảo")
    order = models.PositiveSmallIntegerField("thứ tự")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="papers", verbose_name="đơn vị"
    )
    cell_type = models.ForeignKey(CellType, on_delete=models.PROTECT, null=True, verbose_name="loại hình")
    title = models.CharField("tên tham luận", max_length=300)
    author = models.CharField("người trình bày", max_length=200, help_text="Ghi chức danh.")
    text = models.TextField("nội dung", blank=True)
    is_lead_in = models.BooleanField("báo cáo đề dẫn", default=False)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "tham luận"
        verbose_name_plural = "tham luận"
        ordering = ["meeting", "order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="hoithao_paper_order_once")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("hoithao:paper_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.meeting.path

    @cached_property
    def turn(self) -> int | None:
        """Its number among the papers presented, as in the proceedings; a lead-in paper stands apart and has none."""
        if self.is_lead_in:
            return None
        return self.meeting.papers.filter(is_lead_in=False, order__lte=self.order).count()

    @property
    def called(self) -> str:
        """How others name it: tham luận số 3."""
        return "báo cáo đề dẫn" if self.is_lead_in else f"tham luận số {self.turn}"


def in_turn(papers) -> list[Paper]:
    """All papers of one workshop in their order, each told its number, so that none asks for it."""
    papers = sorted(papers, key=lambda paper: paper.order)
    turn = 0
    for paper in papers:
        turn += not paper.is_lead_in
        paper.turn = None if paper.is_lead_in else turn
    return papers


class Remark(models.Model):
    """A remark from the floor, or the steering, opening or closing words, by post."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="remarks", verbose_name="hội thảo")
    order = models.PositiveSmallIntegerField("thứ tự")
    sort = models.CharField("loại", max_length=10, choices=RemarkSort, default=RemarkSort.FLOOR)
    speaker = models.CharField("người phát biểu", max_length=200, help_text="Ghi chức danh.")
    text = models.TextField("nội dung")
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến tại hội thảo"
        verbose_name_plural = "ý kiến tại hội thảo"
        ordering = ["meeting", "order"]

    def __str__(self):
        return f"{self.speaker}: {self.text[:60]}"

    @property
    def path(self) -> str:
        return self.meeting.path


class Disagreement(models.Model):
    """A matter on which opinions differed, the positions, and what was settled."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="disagreements", verbose_name="hội thảo"
    )
    order = models.PositiveSmallIntegerField("thứ tự")
    matter = models.CharField("vấn đề", max_length=300)
    first_view = models.TextField("loại ý kiến thứ nhất")
    first_by = models.CharField("ai nêu ý kiến thứ nhất", max_length=200, blank=True, help_text="Ghi chức danh.")
    second_view = models.TextField("loại ý kiến thứ hai", blank=True)
    second_by = models.CharField("ai nêu ý kiến thứ hai", max_length=200, blank=True, help_text="Ghi chức danh.")
    other_views = models.TextField("ý kiến khác", blank=True)
    settled = models.TextField("đã thống nhất", blank=True)
    carried_by = models.CharField("giao ai nghiên cứu tiếp", max_length=200, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "vấn đề còn ý kiến khác nhau"
        verbose_name_plural = "vấn đề còn ý kiến khác nhau"
        ordering = ["meeting", "order"]

    def __str__(self):
        return self.matter

    @property
    def path(self) -> str:
        return self.meeting.path


class Conclusion(models.Model):
    """One point of the conclusion; a clause of a resolution may follow from it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="conclusions", verbose_name="hội thảo")
    order = models.PositiveSmallIntegerField("thứ tự")
    heading = models.CharField("ý chính", max_length=300)
    text = models.TextField("nội dung", blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "kết luận"
        verbose_name_plural = "kết luận"
        ordering = ["meeting", "order"]

    def __str__(self):
        return self.heading

    @property
    def path(self) -> str:
        return self.meeting.path
