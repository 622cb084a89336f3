"""Chuyển sinh hoạt đảng: a letter with boxes that goes from committee to committee."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.choices import Transferred, TransferState
from chibo.models.member import Member
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class TransferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The giving side; the receiving side from the moment the letter was sent to it."""
        scope = scope_of(user)
        return self.filter(
            scope.covers("source__path") | (scope.covers("target__path") & ~Q(state=TransferState.ASKED))
        )


class Transfer(Stamped):
    """One member moves from a cell to another, for good or for a time (294-QĐ/TW 6.3; 38-HD/BTCTW II.4)."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="transfers", verbose_name="đồng chí")
    kind = models.CharField("loại", max_length=12, choices=Transferred)
    state = models.CharField("bước", max_length=16, choices=TransferState, default=TransferState.ASKED, db_index=True)
    source = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="từ chi bộ")
    target = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đến chi bộ"
    )
    elsewhere = models.CharField("nơi đến ngoài hệ thống", max_length=300, blank=True)
    ground = models.CharField("theo quyết định, giấy tờ", max_length=200)
    moved_on = models.DateField("ngày quyết định chuyển có hiệu lực")
    fee_until = models.DateField("đã đóng đảng phí hết tháng", null=True, blank=True)
    sent_on = models.DateField("ngày giới thiệu", null=True, blank=True)
    received_on = models.DateField("ngày tiếp nhận", null=True, blank=True)
    returns_on = models.DateField("tạm thời đến hết ngày", null=True, blank=True)
    slip_on = models.DateField("ngày nộp phiếu công tác ở nước ngoài", null=True, blank=True)
    back_on = models.DateField("ngày về nước", null=True, blank=True)
    reported_on = models.DateField("ngày báo cáo khi về nước", null=True, blank=True)
    refused_on = models.DateField("ngày ghi không tiếp nhận", null=True, blank=True)
    refused_because = models.CharField("lý do không tiếp nhận", max_length=300, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyển sinh hoạt đảng"
        verbose_name_plural = "chuyển sinh hoạt đảng"
        ordering = ["-moved_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=["YEU_CAU", "DA_GIOI_THIEU"]),
                name="chibo_transfer_one_open",
                violation_error_message="Đồng chí này đang có một giấy chuyển chưa xong.",
            ),
            models.CheckConstraint(
                name="chibo_transfer_dates",
                condition=Q(received_on__isnull=True) | Q(sent_on__isnull=True) | Q(received_on__gte=F("sent_on")),
                violation_error_message="Ngày tiếp nhận phải từ ngày giới thiệu trở đi.",
            ),
        ]

    def __str__(self):
        return f"Chuyển sinh hoạt: {self.member}"

    def get_absolute_url(self):
        return reverse("chibo:transfer_detail", args=[self.pk])

    def state_on(self, day) -> str:
        """Where the letter stood on a day, by the days written in it."""
        if self.refused_on and self.refused_on <= day:
            return TransferState.REFUSED
        if self.back_on and self.back_on <= day:
            return TransferState.RETURNED
        signed = [box.signed_on for box in self.boxes.all()]
        if self.state == TransferState.RETURNED and not self.back_on and signed and signed[-1] and signed[-1] <= day:
            return TransferState.RETURNED
        if self.received_on and self.received_on <= day:
            return TransferState.RECEIVED
        return TransferState.SENT if self.sent_on and self.sent_on <= day else TransferState.ASKED

    @property
    def goes_to(self) -> str:
        return self.target.name if self.target_id else self.elsewhere


class TransferBox(models.Model):
    """One box of the letter: who signs there, and when it was signed."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="boxes", verbose_name="giấy chuyển")
    number = models.PositiveSmallIntegerField("ô")
    signer = models.CharField("nơi ký", max_length=100)
    is_receiving = models.BooleanField("bên nhận", default=False)
    is_optional = models.BooleanField("nếu có cấp này", default=False)
    signed_on = models.DateField("ngày ký", null=True, blank=True)

    class Meta:
        verbose_name = "ô giấy chuyển"
        verbose_name_plural = "ô giấy chuyển"
        ordering = ["transfer", "number"]
        constraints = [models.UniqueConstraint(fields=["transfer", "number"], name="chibo_transfer_box_once")]

    def __str__(self):
        return f"Ô {self.number}: {self.signer}"
