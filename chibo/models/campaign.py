"""Rà soát: a campaign over organisations and members, the form of each cell, findings that become tasks."""

from django.db import models
from django.urls import reverse

from chibo.choices import FindingState, FormState, Verdict
from chibo.models.member import Member
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Campaigns of bodies this user answers for, and those that ask one of the user's cells."""
        scope = scope_of(user)
        if scope.seeing_paths and all(path.count(".") == 1 for path in scope.seeing_paths):
            return self.filter(scope.covers("organisation__path"))  # above a root there is nobody who could ask
        asked = ReviewForm.objects.filter(scope.covers("organisation__path")).values("campaign")
        return self.filter(models.Q(scope.covers("organisation__path")) | models.Q(pk__in=asked))


class Campaign(Stamped):
    """One review: who ordered it, why, for what time, until when."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="campaigns", verbose_name="cấp ủy tổ chức")  # fmt: skip
    name = models.CharField("tên đợt", max_length=200)
    plan = models.CharField("kế hoạch", max_length=200, help_text="Số, ngày kế hoạch.")
    criteria = models.TextField("tiêu chí, yêu cầu", blank=True)
    as_of = models.DateField("số liệu đến ngày")
    due_on = models.DateField("hạn chi bộ gửi")
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt rà soát"
        verbose_name_plural = "đợt rà soát"
        ordering = ["-as_of", "-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("chibo:campaign_detail", args=[self.pk])


class ReviewFormQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


class ReviewForm(Stamped):
    """What one cell found of itself; figures of the day are counted from the register, not typed."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="forms", verbose_name="đợt rà soát")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="review_forms", verbose_name="chi bộ")  # fmt: skip
    state = models.CharField("bước", max_length=12, choices=FormState, default=FormState.FILLING)
    verdict = models.CharField("kết quả", max_length=12, choices=Verdict, blank=True)
    proposal = models.TextField("đề nghị", blank=True)
    official = models.PositiveIntegerField("chính thức", default=0)
    probationary = models.PositiveIntegerField("dự bị", default=0)
    female = models.PositiveIntegerField("nữ", default=0)
    exempt = models.PositiveIntegerField("được miễn", default=0)
    sent_away = models.PositiveIntegerField("tạm đi", default=0)
    sent_on = models.DateField("gửi ngày", null=True, blank=True)
    returned_because = models.CharField("trả lại vì", max_length=300, blank=True)

    objects = ReviewFormQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu rà soát"
        verbose_name_plural = "phiếu rà soát"
        ordering = ["organisation__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "organisation"], name="chibo_review_form_once")]

    def __str__(self):
        return f"{self.organisation.name}, {self.campaign.name}"

    def get_absolute_url(self):
        return reverse("chibo:review_form", args=[self.pk])

    @property
    def total(self) -> int:
        return self.official + self.probationary

    @property
    def path(self):
        return self.organisation.path


class Finding(Stamped):
    """Something to mend: who does it, until when. About a member only by code, never with a story."""

    form = models.ForeignKey(ReviewForm, on_delete=models.PROTECT, related_name="findings", verbose_name="phiếu")
    code = models.CharField("tiêu chí", max_length=6)
    text = models.CharField("phát hiện", max_length=300)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="về đồng chí")  # fmt: skip
    owner = models.CharField("người chịu trách nhiệm", max_length=120)
    due_on = models.DateField("hạn khắc phục")
    state = models.CharField("tình trạng", max_length=10, choices=FindingState, default=FindingState.OPEN)
    done_on = models.DateField("khắc phục ngày", null=True, blank=True)
    result = models.CharField("kết quả", max_length=300, blank=True)

    class Meta:
        verbose_name = "việc sau rà soát"
        verbose_name_plural = "việc sau rà soát"
        ordering = ["state", "due_on", "pk"]

    def __str__(self):
        return self.text
