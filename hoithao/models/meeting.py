"""One gathering of one organisation."""

import datetime as dt
import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from chibo.models import Member, Organisation
from hoithao.choices import Form, Status
from hoithao.models.kind import MeetingKind
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


def began(prefix: str = "") -> Coalesce:
    """Meeting.began_at for the database: when it really began, until then when it is called for (`prefix`: the way to it)."""
    return Coalesce(f"{prefix}opened_at", f"{prefix}starts_at")


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Meetings of the branches this user answers for; a plain member sees the own cell's."""
        scope = scope_of(user)
        condition = scope.covers("organisation__path")
        if scope.own_cell_paths:
            condition |= Q(organisation__path__in=scope.own_cell_paths)
        return self.filter(condition)

    def of_month(self, month: dt.date):
        return self.filter(month=month.replace(day=1))

    def closed(self):
        return self.filter(status=Status.CLOSED)

    def held(self):
        return self.exclude(status__in=[Status.PLANNED, Status.CANCELLED])

    def model_meetings(self):
        return self.filter(is_model=True)


class Meeting(Stamped):
    """Buổi sinh hoạt, hội nghị or hội thảo. Its kind says which steps it has; once closed it never changes."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="meetings", verbose_name="đơn vị họp"
    )
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT, verbose_name="loại")
    theme = models.CharField("chủ đề", max_length=300, blank=True)
    month = models.DateField("tháng sinh hoạt", help_text="Ngày đầu tháng.")
    starts_at = models.DateTimeField("dự kiến bắt đầu")
    place = models.CharField("địa điểm", max_length=200)
    form = models.CharField("hình thức", max_length=12, choices=Form, default=Form.IN_PERSON)
    is_model = models.BooleanField("sinh hoạt điểm", default=False)
    round = models.ForeignKey(
        "hoithao.Round",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name="đợt điểm",
    )
    chair = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chủ trì"
    )
    secretary = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi biên bản"
    )
    chair_post = models.CharField(
        "chức danh người chủ trì",
        max_length=200,
        blank=True,
        help_text="Khi người chủ trì không ở danh sách đảng viên của đơn vị.",
    )
    secretary_post = models.CharField("chức danh người ghi biên bản", max_length=200, blank=True)
    confirms_chair = models.BooleanField("Văn phòng xác nhận chữ ký người chủ trì", default=False)
    delegates = models.PositiveIntegerField("số đại biểu dự", null=True, blank=True)
    guests = models.TextField("đại biểu", blank=True, help_text="Mỗi dòng một đại biểu, ghi chức danh.")
    documents_spread = models.TextField("văn bản được phổ biến", blank=True)
    fee_note = models.CharField("tình hình nộp đảng phí", max_length=300, blank=True)
    conclusion = models.TextField("kết luận của người chủ trì", blank=True)
    read_back = models.BooleanField("biên bản đã đọc lại, chi bộ nhất trí", default=False)
    status = models.CharField("trạng thái", max_length=10, choices=Status, default=Status.PLANNED, db_index=True)
    opened_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    roll_taken_at = models.DateTimeField("điểm danh xong lúc", null=True, blank=True)
    cancelled_because = models.CharField("lý do không họp", max_length=300, blank=True)
    client_key = models.UUIDField("mã gửi một lần", default=uuid.uuid4, unique=True, editable=False)
    search_key = models.TextField(editable=False, default="")
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc họp"
        verbose_name_plural = "cuộc họp"
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "month"], name="hoithao_meeting_month"),
            models.Index(fields=["-starts_at"], name="hoithao_meeting_newest"),
            GinIndex(SearchVector("search_key", config="simple"), name="hoithao_meeting_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month", "kind"],
                condition=Q(kind_is_regular=True) & ~Q(status="cancelled"),
                name="hoithao_one_regular_meeting_a_month",
                violation_error_message="Chi bộ đã có buổi sinh hoạt thường kỳ của tháng này.",
            ),
            models.CheckConstraint(
                name="hoithao_meeting_month_first_day",
                condition=Q(month__day=1),
                violation_error_message="Tháng sinh hoạt ghi bằng ngày đầu tháng.",
            ),
            models.CheckConstraint(
                name="hoithao_meeting_end_after_start",
                condition=Q(ended_at__isnull=True) | Q(opened_at__isnull=True) | Q(ended_at__gte=F("opened_at")),
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
            models.CheckConstraint(
                name="hoithao_chair_is_not_secretary",
                condition=Q(chair__isnull=True) | Q(secretary__isnull=True) | ~Q(chair=F("secretary")),
                violation_error_message="Người chủ trì và người ghi biên bản phải là hai đồng chí khác nhau.",
            ),
        ]

    kind_is_regular = models.BooleanField(default=False, editable=False)

    def __str__(self):
        return f"{self.name}, {self.organisation.label}"

    def get_absolute_url(self):
        return reverse("hoithao:meeting_detail", args=[self.pk])

    @property
    def chair_label(self) -> str:
        return str(self.chair) if self.chair_id else self.chair_post

    @property
    def secretary_label(self) -> str:
        return str(self.secretary) if self.secretary_id else self.secretary_post

    @property
    def period(self) -> str:
        return f"tháng {self.month.month} năm {self.month.year}"

    @property
    def name(self) -> str:
        """What people call it: "Sinh hoạt thường kỳ tháng 12 năm 2020"."""
        about = f": {self.theme}" if self.theme else f" {self.period}"
        return f"{self.kind.name}{about}"

    @property
    def path(self) -> str:
        return self.organisation.path

    @property
    def began_at(self) -> dt.datetime:
        """When it really began; until it does, when it is called for."""
        return self.opened_at or self.starts_at

    @property
    def held_on(self) -> dt.date:
        """The day of the meeting in Vietnam."""
        return timezone.localtime(self.began_at).date()

    @property
    def called_for(self) -> dt.date:
        """The day it was called for, which an invitation names; `held_on` is the day it was held."""
        return timezone.localtime(self.starts_at).date()

    @property
    def is_moved(self) -> bool:
        """Whether it began at another minute than it was called for."""
        return self.opened_at is not None and self.opened_at.replace(second=0, microsecond=0) != self.starts_at

    @property
    def is_closed(self) -> bool:
        return self.status == Status.CLOSED

    @property
    def length(self) -> int | None:
        """Length in minutes, once it has begun and ended."""
        if self.opened_at and self.ended_at:
            return round((self.ended_at - self.opened_at).total_seconds() / 60)
        return None
