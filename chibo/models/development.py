"""Candidates for the Party: the source pool, each step with its day and votes."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from chibo.choices import DECIDING, CandidateStage, LeastSchooling, Sex
from chibo.models.member import Member
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.base.vietnamese import clean_line, person_sort_key


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Candidates of the branches where the user decides or keeps the record; a plain member, the office see none."""
        return self.filter(scope_of(user).covers_as("organisation__path", *DECIDING))

    def known_on(self, day):
        """Those entered by a day, with the step they had reached on it (`stage_then`)."""
        latest = CandidateStep.objects.filter(candidate=OuterRef("pk"), passed=True, on__lte=day).order_by("-on", "-pk")
        return self.annotate(stage_then=Subquery(latest.values("stage")[:1])).exclude(stage_then=None)


class Candidate(Stamped):
    """A person the cell helps towards the Party; no more is kept than the steps need."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="candidates", verbose_name="chi bộ giúp đỡ")  # fmt: skip
    full_name = models.CharField("họ và tên", max_length=120)
    born_on = models.DateField("ngày sinh")
    sex = models.CharField("giới tính", max_length=5, choices=Sex)
    is_youth = models.BooleanField("đoàn viên", default=False)
    stage = models.CharField("bước", max_length=12, choices=CandidateStage, default=CandidateStage.PROMISING)
    stage_on = models.DateField("từ ngày")
    helper = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="helped", verbose_name="đảng viên giúp đỡ")  # fmt: skip
    certificate_number = models.CharField("số giấy chứng nhận", max_length=60, blank=True)
    certificate_on = models.DateField("ngày cấp giấy chứng nhận", null=True, blank=True)
    dossier_on = models.DateField("ngày lập hồ sơ", null=True, blank=True)
    consent = models.CharField("văn bản đồng ý trước (quá 60 tuổi)", max_length=200, blank=True)
    schooling = models.CharField("trình độ học vấn", max_length=10, choices=LeastSchooling, blank=True)
    introducer = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người giới thiệu thứ nhất")  # fmt: skip
    introducer_since = models.DateField("người thứ nhất cùng đơn vị từ", null=True, blank=True)
    second_introducer = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người giới thiệu thứ hai")  # fmt: skip
    second_since = models.DateField("người thứ hai cùng đơn vị từ", null=True, blank=True)
    union_resolution = models.CharField("nghị quyết giới thiệu của Đoàn, công đoàn", max_length=200, blank=True)
    verifies_abroad = models.BooleanField("có thẩm tra ở ngoài nước", default=False)
    member = models.OneToOneField(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="was_candidate", verbose_name="đảng viên")  # fmt: skip
    sort_key = models.CharField(max_length=300, editable=False, db_collation="C")
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "quần chúng, người xin vào Đảng"
        verbose_name_plural = "quần chúng, người xin vào Đảng"
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["organisation", "stage"], name="chibo_candidate_stage")]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.full_name = clean_line(self.full_name)
        self.sort_key = person_sort_key(self.full_name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("chibo:candidate_detail", args=[self.pk])

    def put_at(self, day) -> list:
        """In memory as it stood on a day, by the steps until then; returns these, the newest first. Nothing is stored.

        Who helped is kept without a day: of an earlier day it is not told. Of a dossier made again only the last day is known.
        """
        steps = [one for one in self.steps.all() if one.on <= day]
        reached = {one.stage: one.on for one in reversed(steps) if one.passed}
        newest = next((one for one in steps if one.passed), None)
        self.stage, self.stage_on = (newest.stage, newest.on) if newest else (CandidateStage.PROMISING, self.stage_on)
        self.helper = None
        if CandidateStage.ADMITTED not in reached:
            self.member = None
        if self.certificate_on and self.certificate_on > day:
            self.certificate_on, self.certificate_number = None, ""
        if self.dossier_on and self.dossier_on > day:
            self.dossier_on = reached.get(CandidateStage.FILE)
        return steps


class CandidateStep(models.Model):
    """One move: to which stage, when, by which paper, with which votes."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="steps", verbose_name="người xin vào Đảng")  # fmt: skip
    stage = models.CharField("bước", max_length=12, choices=CandidateStage)
    on = models.DateField("ngày")
    paper = models.CharField("số, ngày văn bản", max_length=200, blank=True)
    base = models.PositiveSmallIntegerField("số có quyền biểu quyết", null=True, blank=True)
    votes = models.PositiveSmallIntegerField("số tán thành", null=True, blank=True)
    passed = models.BooleanField("đạt", default=True)
    received_on = models.DateField("ngày chi bộ nhận quyết định", null=True, blank=True)

    class Meta:
        verbose_name = "bước kết nạp"
        verbose_name_plural = "bước kết nạp"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(name="chibo_step_votes_of_base", condition=Q(votes__isnull=True) | Q(votes__lte=F("base")), violation_error_message="Số tán thành không quá số có quyền biểu quyết.")
        ]  # fmt: skip

    def __str__(self):
        return f"{self.candidate}: {self.get_stage_display()}"


class DevelopmentTarget(models.Model):
    """How many new members a body is to admit in a year."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="development_targets", verbose_name="đơn vị")  # fmt: skip
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("chỉ tiêu kết nạp")
    source = models.CharField("theo", max_length=200)

    class Meta:
        verbose_name = "chỉ tiêu kết nạp đảng viên"
        verbose_name_plural = "chỉ tiêu kết nạp đảng viên"
        ordering = ["-year", "organisation"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="chibo_development_target_once")]

    def __str__(self):
        return f"{self.organisation}, {self.year}: {self.number}"
