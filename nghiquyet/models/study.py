"""Bringing a resolution to the members, and making it one's own: study and concretisation."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.models import CellType, Organisation
from hoithao.models import Meeting
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from nghiquyet.choices import Depth, MeasuredAt, StudyForm, Taken
from nghiquyet.models.clause import Clause
from nghiquyet.models.duty import Duty
from nghiquyet.models.readers import readable
from nghiquyet.models.resolution import Resolution
from nghiquyet.models.target import Target


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(readable(user, "resolution__organisation__path"))


class StudyPlan(Stamped):
    """Until when which level studies (quán triệt) or is told (phổ biến): the dated cascade of 4.1."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="study_plans", verbose_name="nghị quyết")  # fmt: skip
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="study_plans", verbose_name="khoản")  # fmt: skip
    level = models.CharField("cấp", max_length=6, choices=MeasuredAt, default=MeasuredAt.CELL)
    depth = models.CharField("mức độ", max_length=6, choices=Depth, default=Depth.STUDY)
    due_on = models.DateField("xong trước")
    note = models.CharField("tài liệu, ghi chú", max_length=300, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch học tập"
        verbose_name_plural = "kế hoạch học tập"
        ordering = ["resolution", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "level", "depth"], name="nghiquyet_study_plan_once",
                violation_error_message="Cấp này đã có kế hoạch ở mức độ ấy.",
            )
        ]  # fmt: skip

    def get_absolute_url(self):
        return reverse("nghiquyet:study_coverage", args=[self.resolution_id])


class OfOrganisation(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


class StudySession(Stamped):
    """One session of one organisation: when, how, how many were summoned and came."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="study_sessions", verbose_name="nghị quyết")  # fmt: skip
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="study_sessions", verbose_name="đơn vị")  # fmt: skip
    depth = models.CharField("mức độ", max_length=6, choices=Depth, default=Depth.STUDY)
    held_on = models.DateField("ngày")
    form = models.CharField("hình thức", max_length=12, choices=StudyForm, default=StudyForm.GATHERED)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tại buổi")  # fmt: skip
    summoned = models.PositiveIntegerField("triệu tập")
    attended = models.PositiveIntegerField("dự")
    is_make_up = models.BooleanField("buổi học bù", default=False)
    presenter = models.CharField("người truyền đạt", max_length=120, blank=True)
    essays_due = models.PositiveIntegerField("bài thu hoạch phải có", default=0)
    essays_in = models.PositiveIntegerField("bài thu hoạch đã nhận", default=0)
    followed_by = models.CharField("văn bản ban hành sau đó", max_length=300, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfOrganisation.as_manager()

    class Meta:
        verbose_name = "buổi học tập"
        verbose_name_plural = "buổi học tập"
        ordering = ["resolution", "held_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="nghiquyet_study_attended", condition=Q(attended__lte=F("summoned")),
                violation_error_message="Số dự nhiều hơn số triệu tập. Đếm lại rồi ghi.",
            )
        ]  # fmt: skip

    def get_absolute_url(self):
        return reverse("nghiquyet:study_coverage", args=[self.resolution_id])


class Concretisation(Stamped):
    """How one organisation took over one target or duty. No row means missing."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="concretisations", verbose_name="đơn vị")  # fmt: skip
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="concretisations", verbose_name="nghị quyết")  # fmt: skip
    target = models.ForeignKey(Target, on_delete=models.PROTECT, null=True, blank=True, related_name="concretisations", verbose_name="chỉ tiêu")  # fmt: skip
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="concretisations", verbose_name="nhiệm vụ")  # fmt: skip
    taken = models.CharField("tình trạng", max_length=8, choices=[c for c in Taken.choices if c[0] != Taken.MISSING])
    own_resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nghị quyết của đơn vị"
    )  # fmt: skip
    paper = models.CharField("văn bản, việc cụ thể", max_length=300, blank=True)
    reason = models.CharField("vì sao không áp dụng", max_length=300, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfOrganisation.as_manager()

    class Meta:
        verbose_name = "cụ thể hóa"
        verbose_name_plural = "cụ thể hóa"
        ordering = ["organisation__sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "resolution", "target", "duty"], nulls_distinct=False, name="nghiquyet_taken_once",
                violation_error_message="Điểm này đã ghi. Sửa dòng đã có.",
            ),
        ]  # fmt: skip


class TemplateItem(models.Model):
    """What a cell of one type writes into its own plan: a table that the organising department edits (4.2)."""

    cell_type = models.ForeignKey(CellType, on_delete=models.PROTECT, related_name="template_items", verbose_name="loại hình")  # fmt: skip
    order = models.PositiveSmallIntegerField("thứ tự", default=1)
    text = models.CharField("mục phải có", max_length=300)
    paper = models.CharField("loại văn bản", max_length=120, blank=True)
    source = models.CharField("căn cứ", max_length=200, default="chưa xác nhận; Ban Tổ chức sửa")
    valid_from = models.DateField("áp dụng từ")
    valid_to = models.DateField("áp dụng đến", null=True, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "mục của mẫu cụ thể hóa"
        verbose_name_plural = "mẫu cụ thể hóa"
        ordering = ["cell_type__order", "order", "id"]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("nghiquyet:template_list")
