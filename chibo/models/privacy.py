"""What belongs to personal data: the sealed number, requests of people about their data, incidents."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.choices import KEEPERS, Asked
from chibo.models.member import Member
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.base.sealed import masked, unseal


class MemberIdentity(models.Model):
    """The identity number of a member (số định danh cá nhân, since 02/9/2025 also the card number), never in the open."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="identity", verbose_name="đồng chí")
    sealed = models.CharField("số định danh, đã mã hóa", max_length=400)
    trace = models.CharField("dấu để tìm", max_length=64, unique=True)
    shown = models.CharField("dạng che", max_length=20)

    class Meta:
        verbose_name = "số định danh cá nhân"
        verbose_name_plural = "số định danh cá nhân"

    def __str__(self):
        return self.shown

    def open(self) -> str:
        """The twelve digits. Only services that record who asked and why may call it."""
        return unseal(self.sealed)

    @staticmethod
    def mask(number: str) -> str:
        return masked(number)


class DataRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own requests; those of the branch for who answers them."""
        scope = scope_of(user)
        answering = scope.covers_as("path", *KEEPERS)
        return self.filter(answering | Q(member_id=scope.member_id or 0) | Q(asked_by=user))

    def open(self):
        return self.filter(answered_at=None)


class DataRequest(Stamped):
    """Somebody asks to see, correct or limit what is kept of a person; answered within two working days."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="data_requests", verbose_name="về đồng chí"
    )
    path = models.CharField("nhánh tổ chức", max_length=200, db_index=True, editable=False)
    kind = models.CharField("đề nghị", max_length=12, choices=Asked)
    about = models.CharField("mục", max_length=60, blank=True)
    text = models.CharField("nội dung", max_length=1000, blank=True)
    ground = models.CharField("giấy tờ kèm theo", max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    asked_on = models.DateField("ngày đề nghị")
    due_on = models.DateField("trả lời trước")
    is_granted = models.BooleanField("đồng ý", null=True)
    answer = models.CharField("trả lời", max_length=1000, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị về dữ liệu"
        verbose_name_plural = "đề nghị về dữ liệu"
        ordering = [
            F("answered_at").desc(nulls_first=True),
            "due_on",
            "pk",
        ]  # who waits longest, then the newest answer

    def __str__(self):
        return f"Đề nghị về dữ liệu: {self.member}"  # which one is told to who answers it, not to readers of the trail

    def get_absolute_url(self):
        return reverse("chibo:data_request_detail", args=[self.pk])

    @property
    def about_words(self) -> str:
        """The field the request is about, by its label; "" where none was named."""
        return str(Member._meta.get_field(self.about).verbose_name).capitalize() if self.about else ""


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who reported sees the own report; organising, office, inspection and administrators those of their branch."""
        from chibo.choices import Role

        roles = (Role.ORGANISING, Role.OFFICE, Role.INSPECTION, Role.STANDING, Role.ADMINISTRATOR)
        return self.filter(scope_of(user).covers_as("path", *roles) | Q(reported_by=user))


class Incident(Stamped):
    """Personal data got lost, out, or were used for another purpose: told to the authority within 72 hours."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="nơi xảy ra"
    )
    path = models.CharField("nhánh tổ chức", max_length=200, db_index=True, editable=False)
    what = models.CharField("việc gì đã xảy ra", max_length=1000)
    found_at = models.DateTimeField("phát hiện lúc")
    tell_until = models.DateTimeField("báo trước")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người báo"
    )
    affected = models.JSONField("mã các bản ghi liên quan", default=list)
    measures = models.CharField("đã xử lý", max_length=1000, blank=True)
    told_at = models.DateTimeField("đã báo cơ quan chuyên trách lúc", null=True, blank=True)
    told_to = models.CharField("báo cho, số công văn", max_length=300, blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = "sự cố dữ liệu"
        verbose_name_plural = "sự cố dữ liệu"
        ordering = ["-found_at", "-pk"]

    def __str__(self):
        return f"Sự cố dữ liệu tại {self.organisation.label}"

    def get_absolute_url(self):
        return reverse("chibo:incident_detail", args=[self.pk])

    @property
    def told_late(self) -> bool:
        """The authority was told after the hours it must be told within."""
        return self.told_at is not None and self.told_at > self.tell_until

    def hours_left(self, moment: dt.datetime) -> int:
        """Whole hours left of the 72; below zero when late."""
        return int((self.tell_until - moment).total_seconds() // 3600)
