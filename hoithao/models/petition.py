"""Kiến nghị: what a cell asks of its superior, with a clock, until the answer is back in the cell."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse

from chibo.models import Organisation
from hoithao.choices import PetitionState
from hoithao.models.contribution import Contribution
from hoithao.models.meeting import Meeting
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class PetitionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))

    def waiting(self):
        return self.filter(state__in=[PetitionState.SENT, PetitionState.TAKEN, PetitionState.PASSED])


class Petition(Stamped):
    """One petition of a meeting: who must answer, until when, the answer, and where it was told."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="petitions", verbose_name="chi bộ"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="petitions", verbose_name="nêu tại")
    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="petition", verbose_name="ý kiến"
    )
    text = models.TextField("nội dung")
    addressee = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="petitions_to_answer", verbose_name="nơi trả lời"
    )
    sent_on = models.DateField("gửi ngày")
    due_on = models.DateField("hạn trả lời")
    state = models.CharField("trạng thái", max_length=10, choices=PetitionState, default=PetitionState.SENT)
    answer = models.TextField("trả lời", blank=True)
    answered_on = models.DateField("trả lời ngày", null=True, blank=True)
    told_in = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="báo lại tại"
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "kiến nghị"
        verbose_name_plural = "kiến nghị"
        ordering = ["due_on", "id"]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return reverse("hoithao:petition_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.organisation.path

    @property
    def is_waiting(self) -> bool:
        return self.state in (PetitionState.SENT, PetitionState.TAKEN, PetitionState.PASSED)

    def days_late(self, day: dt.date) -> int:
        """Days past the term while unanswered; 0 otherwise."""
        return max(0, (day - self.due_on).days) if self.is_waiting else 0


class PetitionMove(models.Model):
    """A dated step of a petition: sent, taken up, passed on, answered, told."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="moves", verbose_name="kiến nghị")
    state = models.CharField("trạng thái", max_length=10, choices=PetitionState)
    day = models.DateField("ngày")
    note = models.CharField("ghi chú", max_length=400, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "bước của kiến nghị"
        verbose_name_plural = "bước của kiến nghị"
        ordering = ["petition", "id"]

    def __str__(self):
        return self.get_state_display()
