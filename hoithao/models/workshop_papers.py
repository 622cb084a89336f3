"""Papers ordered from units for a workshop: what is asked, until when, the versions sent, what was said of them."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from chibo.models import Organisation
from hoithao.choices import OrderState
from hoithao.models.meeting import Meeting
from hoithao.models.workshop import Paper
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.files.models import StoredFile


class PaperOrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of the user's own branches, and all papers of the workshops of these branches."""
        scope = scope_of(user)
        return self.filter(scope.covers("organisation__path") | scope.covers("meeting__organisation__path"))

    def awaited(self):
        """Those for which the unit has something to send."""
        return self.filter(state__in=[OrderState.ORDERED, OrderState.CHANGES])

    def late_on(self, day: dt.date):
        """Awaited, and the day given for them is over."""
        return self.awaited().filter(due_on__lt=day)


class PaperOrder(Stamped):
    """A paper asked of one unit. Accepted, it becomes a paper of the workshop."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="paper_orders", verbose_name="hội thảo")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="paper_orders", verbose_name="đơn vị"
    )
    subject = models.CharField("chủ đề đặt bài", max_length=300)
    asks = models.TextField("yêu cầu", blank=True)
    due_on = models.DateField("hạn gửi")
    ordered_on = models.DateField("ngày đặt bài")
    is_lead_in = models.BooleanField("báo cáo đề dẫn", default=False)
    state = models.CharField("trạng thái", max_length=10, choices=OrderState, default=OrderState.ORDERED, db_index=True)
    paper = models.OneToOneField(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="ordered", verbose_name="tham luận đã nhận"
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = PaperOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "bài được đặt"
        verbose_name_plural = "bài được đặt"
        ordering = ["meeting", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation", "subject"],
                condition=~Q(state="withdrawn"),
                name="hoithao_paper_ordered_once",
                violation_error_message="Đơn vị này đã được đặt bài cùng chủ đề.",
            ),
            models.CheckConstraint(
                name="hoithao_accepted_order_has_paper",
                condition=~Q(state="accepted") | Q(paper__isnull=False),
                violation_error_message="Bài đã nhận phải có tham luận.",
            ),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("hoithao:paper_order", args=[self.pk])

    @property
    def path(self) -> str:
        return self.organisation.path

    @property
    def is_awaited(self) -> bool:
        return self.state in (OrderState.ORDERED, OrderState.CHANGES)

    def is_late_on(self, day: dt.date) -> bool:
        return self.is_awaited and self.due_on < day


class OfOrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What belongs to an order the user may see."""
        return self.filter(order_id__in=PaperOrder.objects.visible_to(user).values("pk"))


class PaperVersion(models.Model):
    """One version as sent: words typed, or a file whose words were drawn from it. Versions are never overwritten."""

    order = models.ForeignKey(PaperOrder, on_delete=models.PROTECT, related_name="versions", verbose_name="bài")
    number = models.PositiveSmallIntegerField("bản thứ")
    title = models.CharField("tên tham luận", max_length=300)
    author = models.CharField("người viết", max_length=200, help_text="Ghi chức danh.")
    text = models.TextField("nội dung", blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    sent_on = models.DateField("ngày gửi")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người gửi"
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "bản tham luận"
        verbose_name_plural = "bản tham luận"
        ordering = ["order", "-number"]
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="hoithao_version_number_once")]

    def __str__(self):
        return f"{self.title}, bản {self.number}"

    @property
    def path(self) -> str:
        return self.order.path


class PaperComment(models.Model):
    """What the reader said of the paper; a call for changes sends it back."""

    order = models.ForeignKey(PaperOrder, on_delete=models.PROTECT, related_name="comments", verbose_name="bài")
    version = models.ForeignKey(
        PaperVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="comments", verbose_name="về bản"
    )
    text = models.TextField("nhận xét")
    asks_changes = models.BooleanField("yêu cầu sửa", default=False)
    said_on = models.DateField("ngày")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người nhận xét"
    )

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "nhận xét tham luận"
        verbose_name_plural = "nhận xét tham luận"
        ordering = ["order", "id"]

    def __str__(self):
        return self.text[:60]

    @property
    def path(self) -> str:
        return self.order.path
