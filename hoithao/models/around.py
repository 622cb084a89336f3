"""What happens before and after a meeting: who follows the cell, what was posted, what came back, what was told."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from chibo.models import Member, Organisation
from hoithao.choices import Answer, Origin, Phase
from hoithao.models.agenda import AgendaItem
from hoithao.models.meeting import Meeting
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.files.models import StoredFile


class FollowerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))

    def on(self, day: dt.date):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Follower(Stamped):
    """The member of the superior committee who follows a cell, from a date to a date (42-HD: must be notified)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="followers", verbose_name="chi bộ"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="follows", verbose_name="đồng chí")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    ground = models.CharField("theo phân công", max_length=200)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = "cấp ủy viên theo dõi chi bộ"
        verbose_name_plural = "cấp ủy viên theo dõi chi bộ"
        ordering = ["organisation", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="hoithao_follower_dates",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày thôi theo dõi phải sau ngày nhận.",
            ),
        ]

    def __str__(self):
        return f"{self.member} theo dõi {self.organisation.label}"


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Visits of meetings in scope, and those asked of the user."""
        return self.filter(scope_of(user).covers("meeting__organisation__path") | Q(member__user=user))


class Visit(models.Model):
    """A follower was told of a meeting, and says whether they come."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="visits", verbose_name="cuộc họp")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="visits", verbose_name="đồng chí")
    told_at = models.DateTimeField("báo lúc", auto_now_add=True)
    answer = models.CharField("trả lời", max_length=10, choices=Answer, blank=True, default="")
    note = models.CharField("ghi chú", max_length=200, blank=True, default="")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "cấp trên dự họp"
        verbose_name_plural = "cấp trên dự họp"
        ordering = ["meeting", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="hoithao_visit_once")]

    def __str__(self):
        return f"{self.member}: {self.get_answer_display() or 'chưa trả lời'}"

    @property
    def path(self) -> str:
        return self.meeting.path


class PreMeeting(models.Model):
    """The meeting of the chi ủy that prepares a meeting of the cell (42-HD, step 2)."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, related_name="prepared_by", verbose_name="buổi sinh hoạt"
    )
    committee = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, related_name="prepares", verbose_name="họp chi ủy"
    )

    class Meta:
        verbose_name = "họp chi ủy chuẩn bị"
        verbose_name_plural = "họp chi ủy chuẩn bị"

    def __str__(self):
        return f"{self.committee} chuẩn bị {self.meeting}"


class AgendaOrigin(models.Model):
    """Why a matter stands on an agenda by itself: left over, an open task, an answer from above, a lesson."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="origins", verbose_name="cuộc họp")
    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="origin", verbose_name="mục")
    source = models.CharField("từ đâu", max_length=12, choices=Origin)
    source_id = models.BigIntegerField("mã nguồn")
    why = models.CharField("vì sao", max_length=400)

    class Meta:
        verbose_name = "lý do có mục"
        verbose_name_plural = "lý do có mục"
        ordering = ["meeting", "item__order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "source", "source_id"], name="hoithao_origin_once")]

    def __str__(self):
        return self.why


class MeetingDocument(Stamped):
    """A document of a meeting, with the hour it was posted in the members' handbook (Sổ tay đảng viên điện tử)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="documents", verbose_name="cuộc họp")
    title = models.CharField("tên tài liệu", max_length=300)
    phase = models.CharField("khi nào", max_length=6, choices=Phase, default=Phase.BEFORE)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    posted_at = models.DateTimeField("đã đăng Sổ tay lúc", null=True, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    class Meta:
        verbose_name = "tài liệu cuộc họp"
        verbose_name_plural = "tài liệu cuộc họp"
        ordering = ["meeting", "-phase", "id"]

    def __str__(self):
        return self.title


class Tick(models.Model):
    """A thing done about a meeting and the hour it was ticked: told, reported, a field copied to the handbook."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="ticks", verbose_name="cuộc họp")
    code = models.CharField("việc", max_length=40)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "việc đã làm"
        verbose_name_plural = "việc đã làm"
        ordering = ["meeting", "at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "code"], name="hoithao_tick_once")]

    def __str__(self):
        return self.code


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


class Proposal(models.Model):
    """The nightly task proposes the next regular meeting of a cell, once for each month."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="proposals", verbose_name="chi bộ"
    )
    month = models.DateField("tháng")
    starts_at = models.DateTimeField("dự kiến")
    made_at = models.DateTimeField("đề xuất lúc", auto_now_add=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "đề xuất buổi sinh hoạt"
        verbose_name_plural = "đề xuất buổi sinh hoạt"
        ordering = ["month", "organisation"]
        constraints = [models.UniqueConstraint(fields=["organisation", "month"], name="hoithao_proposal_once")]

    def __str__(self):
        return f"{self.organisation.label}, tháng {self.month.month}/{self.month.year}"


class ScanQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


class Scan(Stamped):
    """A photograph or scan of a signed paper of a meeting; without a meeting it waits to be assigned by hand."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="scans", verbose_name="đơn vị"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="scans", verbose_name="cuộc họp"
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp")
    code = models.CharField("mã đọc được", max_length=40, blank=True)
    sheet = models.CharField("tờ", max_length=10, blank=True)
    by_code = models.BooleanField("tự vào đúng chỗ nhờ mã", default=False)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "bản chụp giấy"
        verbose_name_plural = "bản chụp giấy"
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return self.file.name

    @property
    def path(self) -> str:
        return self.organisation.path
