"""Giáo dục, giúp đỡ: a member on the cell's list by a criterion of the review, for twelve months (02-HD/BTCTW 2021)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.choices import DECIDING, HelpState
from chibo.models.campaign import Finding
from chibo.models.member import Member
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class HelpCaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cases of the branches where the user decides or keeps the record; nobody else (class M)."""
        return self.filter(scope_of(user).covers_as("organisation__path", *DECIDING))

    def open(self):
        return self.filter(state__in=HelpState.open())


class HelpCase(Stamped):
    """Dates, votes and numbers of papers only: what the matter is about stays on paper (class M)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="help_cases", verbose_name="chi bộ")  # fmt: skip
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="help_cases", verbose_name="đồng chí")
    code = models.CharField("tiêu chí", max_length=6)
    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="help_case", verbose_name="từ đợt rà soát")  # fmt: skip
    state = models.CharField("bước", max_length=12, choices=HelpState, default=HelpState.FOUND)
    found_on = models.DateField("chi ủy nêu ngày")
    directed_on = models.DateField("cấp trên cho ý kiến ngày", null=True, blank=True)
    direction = models.CharField("văn bản cho ý kiến", max_length=120, blank=True)
    voted_on = models.DateField("chi bộ bỏ phiếu kín ngày", null=True, blank=True)
    base = models.PositiveSmallIntegerField("số đảng viên chính thức, không tính miễn", null=True, blank=True)
    votes = models.PositiveSmallIntegerField("số phiếu đồng ý", null=True, blank=True)
    resolution = models.CharField("nghị quyết chi bộ số, ngày", max_length=120, blank=True)
    helper = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đảng viên giúp đỡ")  # fmt: skip
    due_on = models.DateField("hết mười hai tháng", null=True, blank=True)
    ended_on = models.DateField("kết luận ngày", null=True, blank=True)
    outcome_paper = models.CharField("văn bản kết luận", max_length=120, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = HelpCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "trường hợp giáo dục, giúp đỡ"
        verbose_name_plural = "giáo dục, giúp đỡ"
        ordering = ["due_on", "-found_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(state__in=["NEU", "CHO_BO_PHIEU", "GIUP_DO"]), name="chibo_help_case_one_open", violation_error_message="Đồng chí này đang có một trường hợp chưa xong."),
            models.CheckConstraint(name="chibo_help_votes", condition=Q(votes__isnull=True) | Q(votes__lte=F("base")), violation_error_message="Số phiếu không quá số có quyền biểu quyết."),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.code}, {self.member}"

    def get_absolute_url(self):
        return reverse("chibo:help_case", args=[self.pk])

    @property
    def path(self):
        return self.organisation.path
