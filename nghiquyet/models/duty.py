"""Duties (nhiệm vụ): one lead, six clarities, a term that may be moved but never forgotten."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.files.models import StoredFile
from nghiquyet.choices import Cycle, DutyState, MeasuredAt, RequestState
from nghiquyet.models.clause import Clause
from nghiquyet.models.readers import readable
from nghiquyet.models.resolution import Resolution
from nghiquyet.models.supervision import Supervision
from nghiquyet.models.target import Target


class DutyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Duties of resolutions the user may read, given duties of the own branch; those of a supervision as it is."""
        scope = scope_of(user)
        open_ones = readable(user, "resolution__organisation__path") | scope.covers("lead__path")
        supervised = Q(supervision__in=Supervision.objects.visible_to(user).values("pk"))
        return self.filter(Q(supervision__isnull=True) & open_ones | supervised)

    def unfinished(self):
        return self.exclude(state__in=[DutyState.DONE, DutyState.CANCELLED, DutyState.DRAFT])


class Duty(Stamped):
    """One duty. The six clarities are fields; overdue is computed, never stored."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="nghị quyết"
    )
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="khoản"
    )
    target = models.ForeignKey(
        Target, on_delete=models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="phục vụ chỉ tiêu"
    )
    supervision = models.ForeignKey(
        Supervision, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations", verbose_name="kiến nghị của cuộc"
    )  # fmt: skip
    title = models.CharField("việc", max_length=300)
    description = models.TextField("nội dung cụ thể", blank=True)
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties", verbose_name="cơ quan chủ trì")  # fmt: skip
    lead_post = models.CharField("chức vụ người phụ trách", max_length=120, blank=True)
    helpers = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="cơ quan phối hợp")
    starts_on = models.DateField("bắt đầu", null=True, blank=True)
    first_due_on = models.DateField("thời hạn gốc", null=True, blank=True, editable=False)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    moved = models.PositiveSmallIntegerField("số lần gia hạn", default=0, editable=False)
    cycle = models.CharField("thường xuyên, báo cáo", max_length=10, choices=Cycle, blank=True)
    reported_by = models.CharField(
        "ai báo cáo mỗi kỳ", max_length=6, choices=MeasuredAt, default=MeasuredAt.OWN, help_text="Việc chung của mọi chi bộ: chọn Chi bộ."
    )  # fmt: skip
    approver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan xác nhận kết quả")  # fmt: skip
    leader = models.CharField("lãnh đạo phụ trách", max_length=120, blank=True)
    authority = models.CharField("thẩm quyền quyết định", max_length=200, blank=True)
    product = models.CharField("sản phẩm phải có", max_length=300, blank=True)
    needs_proof = models.BooleanField("báo cáo phải kèm tệp minh chứng", default=False)
    state = models.CharField("trạng thái", max_length=10, choices=DutyState, default=DutyState.DRAFT, db_index=True)
    percent = models.PositiveSmallIntegerField("tiến độ tự khai (%)", null=True, blank=True)
    given_on = models.DateField("giao ngày", null=True, blank=True)
    submitted_on = models.DateField("gửi sản phẩm ngày", null=True, blank=True)
    completed_on = models.DateField("hoàn thành ngày", null=True, blank=True)
    transferred_from = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyển từ"
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["lead", "state", "due_on"], name="nghiquyet_duty_lead")]
        constraints = [
            models.CheckConstraint(
                name="nghiquyet_duty_dates", condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                violation_error_message="Thời hạn phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="nghiquyet_duty_percent", condition=Q(percent__isnull=True) | Q(percent__lte=100),
                violation_error_message="Tiến độ từ 0 đến 100.",
            ),
            models.CheckConstraint(
                name="nghiquyet_duty_ground", condition=Q(resolution__isnull=False) | Q(supervision__isnull=False),
                violation_error_message="Nhiệm vụ phải có căn cứ.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("nghiquyet:duty_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.lead.path

    @property
    def owner_path(self) -> str:
        """Of the body that gave it."""
        return (self.resolution or self.supervision).organisation.path


class OfDuty(models.QuerySet):
    def visible_to(self, user):
        return self.filter(duty__in=Duty.objects.visible_to(user).values("pk"))


class DutyStep(models.Model):
    """What happened to a duty: each move with actor, time and words; a proof may hang on it."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="steps", verbose_name="nhiệm vụ")
    state = models.CharField("thành", max_length=10, choices=DutyState)
    what = models.CharField("việc đã làm", max_length=120)
    note = models.TextField("ghi chú", blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="minh chứng")  # fmt: skip
    on = models.DateField("ngày")
    at = models.DateTimeField("ghi lúc", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi")  # fmt: skip

    objects = OfDuty.as_manager()

    class Meta:
        verbose_name = "bước của nhiệm vụ"
        verbose_name_plural = "bước của nhiệm vụ"
        ordering = ["duty", "id"]

    def __str__(self):
        return self.what


class DeadlineRequest(models.Model):
    """A wish for a later term: old and new day, why, who decided, on which paper. The first term stays for ever."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="requests", verbose_name="nhiệm vụ")
    old_due_on = models.DateField("hạn cũ")
    new_due_on = models.DateField("hạn mới")
    reason = models.TextField("vì sao")
    state = models.CharField("trạng thái", max_length=10, choices=RequestState, default=RequestState.ASKED)
    paper = models.CharField("văn bản đồng ý", max_length=200, blank=True)
    answer = models.CharField("ý kiến người duyệt", max_length=300, blank=True)
    asked_on = models.DateField("đề nghị ngày")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người đề nghị")  # fmt: skip
    decided_on = models.DateField("duyệt ngày", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người duyệt")  # fmt: skip

    objects = OfDuty.as_manager()

    class Meta:
        verbose_name = "đề nghị điều chỉnh thời hạn"
        verbose_name_plural = "đề nghị điều chỉnh thời hạn"
        ordering = ["duty", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(state="asked"), name="nghiquyet_one_request_waits",
                violation_error_message="Đã có một đề nghị đang chờ duyệt.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.old_due_on:%d/%m/%Y} → {self.new_due_on:%d/%m/%Y}"


class Obstacle(models.Model):
    """Vướng mắc: what hinders a duty, and the body that must decide."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="obstacles", verbose_name="nhiệm vụ")
    text = models.TextField("vướng mắc")
    proposal = models.TextField("đề xuất", blank=True)
    decider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan phải quyết định")  # fmt: skip
    raised_on = models.DateField("nêu ngày")
    due_on = models.DateField("cần trả lời trước", null=True, blank=True)
    answer = models.TextField("trả lời", blank=True)
    answered_on = models.DateField("trả lời ngày", null=True, blank=True)

    objects = OfDuty.as_manager()

    class Meta:
        verbose_name = "vướng mắc"
        verbose_name_plural = "vướng mắc"
        ordering = ["duty", "id"]

    def __str__(self):
        return self.text[:80]

    @property
    def path(self) -> str:
        return self.decider.path
