"""A decision that says from which day tuổi đảng counts, where it is not to be worked out (members.md 5.6)."""

from django.db import models
from django.db.models import F, Q

from chibo.models.dossier import OfMemberQuerySet
from chibo.models.member import Member
from kyanh_portal.base.models import Stamped


class AgeDecision(Stamped):
    """From `decided_on` on, tuổi đảng counts from `counts_from`; what did not count before that day is settled by it (294-QĐ/TW 5.2; 06-HD/TW 5.3).

    A later decision follows an earlier one; neither is changed.
    """  # fmt: skip

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="age_decisions", verbose_name="đồng chí")
    counts_from = models.DateField("tuổi đảng tính từ ngày")
    decided_on = models.DateField("ngày quyết định")
    decision = models.CharField("số quyết định", max_length=100)
    authority = models.CharField("cấp quyết định", max_length=200)

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định về tuổi đảng"
        verbose_name_plural = "quyết định về tuổi đảng"
        ordering = ["member", "decided_on", "pk"]
        constraints = [
            models.CheckConstraint(name="chibo_age_decision_dates", condition=Q(counts_from__lte=F("decided_on")), violation_error_message="Ngày bắt đầu tính phải trước ngày quyết định."),
            models.UniqueConstraint(fields=["member", "decided_on"], name="chibo_age_decision_day", violation_error_message="Ngày này đã có một quyết định về tuổi đảng của đồng chí ấy."),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.member}: tuổi đảng theo quyết định"
