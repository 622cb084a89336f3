"""What drafting leaves behind: moves, kept versions, comments and their answers, votes, and what later papers did."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.models import Organisation
from hoithao.models import Meeting
from kyanh_portal.access.scope import scope_of
from kyanh_portal.documents.models import IssuedDocument
from nghiquyet.choices import Life, Method, Reason, Status, Verdict
from nghiquyet.models.clause import Clause
from nghiquyet.models.resolution import Resolution


def _actor(name):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=name
    )


class OfResolutionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("resolution__organisation__path"))


class ResolutionMove(models.Model):
    """One step of the way: who moved it, when, with which words. Only added."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="moves", verbose_name="nghị quyết"
    )
    source = models.CharField("từ", max_length=10, choices=Status, blank=True)
    target = models.CharField("đến", max_length=10, choices=Status)
    by = _actor("người chuyển")
    at = models.DateTimeField("lúc", auto_now_add=True)
    note = models.TextField("ghi chú", blank=True)

    objects = OfResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "bước chuyển"
        verbose_name_plural = "bước chuyển"
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.get_source_display()} → {self.get_target_display()}"


class DraftVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Versions of one's own branches, and those one's organisations were asked about."""
        scope = scope_of(user)
        asked = self.filter(asked__in=Organisation.objects.filter(scope.covers("path"))).values("pk")
        return self.filter(scope.covers("resolution__organisation__path") | Q(pk__in=asked))


class DraftVersion(models.Model):
    """The draft word for word as it was sent out or put to the vote. `parts`: [{clause, label, level, heading, text}]."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="versions", verbose_name="nghị quyết"
    )
    number = models.PositiveSmallIntegerField("bản")
    draft_number = models.PositiveSmallIntegerField("dự thảo lần")
    reason = models.CharField("vì sao giữ", max_length=10, choices=Reason)
    title = models.CharField("trích yếu", max_length=300)
    parts = models.JSONField("lời văn")
    frame = models.JSONField("căn cứ, mở đầu, nơi nhận", default=dict, blank=True)
    taken_at = models.DateTimeField("giữ lúc", auto_now_add=True)
    taken_by = _actor("người giữ")
    until = models.DateField("hạn góp ý", null=True, blank=True)
    closed_on = models.DateField("kết thúc ngày", null=True, blank=True)
    asked = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="hỏi ý kiến")

    objects = DraftVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "bản dự thảo"
        verbose_name_plural = "bản dự thảo"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["resolution", "number"], name="nghiquyet_version_once")]

    def __str__(self):
        return f"Bản {self.number} (dự thảo lần {self.draft_number}, {self.get_reason_display().lower()})"

    def get_absolute_url(self):
        return reverse("nghiquyet:version_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.resolution.path

    @property
    def is_open(self) -> bool:
        """Whether comments are still taken."""
        return self.reason == Reason.COMMENTS and self.closed_on is None


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Comments on one's own drafts, and those one's organisations made."""
        scope = scope_of(user)
        return self.filter(scope.covers("version__resolution__organisation__path") | scope.covers("organisation__path"))


class Comment(models.Model):
    """One opinion on a part of a version (or on the whole), and what the drafters did with it."""

    version = models.ForeignKey(
        DraftVersion, on_delete=models.PROTECT, related_name="comments", verbose_name="bản dự thảo"
    )
    clause = models.ForeignKey(
        Clause, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="phần góp ý"
    )
    place = models.CharField("chỗ góp ý trong bản", max_length=24, blank=True)
    anchor = models.CharField("góp ý vào", max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="nơi góp ý")
    text = models.TextField("ý kiến")
    by = _actor("người ghi")
    at = models.DateTimeField("ghi lúc", auto_now_add=True)
    is_late = models.BooleanField("sau hạn", default=False)
    verdict = models.CharField("kết quả", max_length=10, choices=Verdict, blank=True)
    answer = models.TextField("giải trình", blank=True)
    answered_by = _actor("người trả lời")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến góp ý"
        verbose_name_plural = "ý kiến góp ý"
        ordering = ["version", "id"]

    def __str__(self):
        return f"{self.anchor}: {self.text[:60]}"

    def get_absolute_url(self):
        return reverse("nghiquyet:answers", args=[self.version.resolution_id])

    @property
    def path(self) -> str:
        return self.version.resolution.path

    @property
    def key(self) -> str:
        """Its place among `places_of(version)`; empty for the whole. What was said before lines had a key knows its clause."""
        return self.place or str(self.clause_id or "")


class ResolutionVote(models.Model):
    """One vote of the body, won or lost. The base is its members, never those present."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="votes", verbose_name="nghị quyết"
    )
    version = models.ForeignKey(
        DraftVersion, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bản biểu quyết"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tại")
    on = models.DateField("ngày")
    method = models.CharField("cách biểu quyết", max_length=10, choices=Method, default=Method.HANDS)
    base = models.PositiveIntegerField("tổng số được tính")
    present = models.PositiveIntegerField("có mặt", null=True, blank=True)
    in_favour = models.PositiveIntegerField("tán thành")
    against = models.PositiveIntegerField("không tán thành", default=0)
    blank = models.PositiveIntegerField("không có ý kiến", default=0)
    passed = models.BooleanField("thông qua")
    by = _actor("người ghi")
    at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = OfResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu quyết nghị quyết"
        verbose_name_plural = "biểu quyết nghị quyết"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="nghiquyet_votes_within_base",
                condition=Q(in_favour__lte=F("base") - F("against") - F("blank")),
                violation_error_message="Tán thành, không tán thành và không có ý kiến cộng lại nhiều hơn tổng số được tính.",
            )
        ]

    def __str__(self):
        return f"{self.in_favour}/{self.base} tán thành"


class PaperEffect(models.Model):
    """A later paper amends, replaces, extends, reviews or ends an issued resolution. Links both ways; never taken back."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="effects", verbose_name="nghị quyết"
    )
    document = models.ForeignKey(
        IssuedDocument, on_delete=models.PROTECT, related_name="effects", verbose_name="do văn bản"
    )
    effect = models.CharField("việc", max_length=10, choices=[c for c in Life.choices if c[0] != Life.IN_FORCE])
    starts_on = models.DateField("từ ngày")
    note = models.TextField("phần nào, thế nào", blank=True)
    by = _actor("người ghi")
    at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = OfResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "tác động của văn bản sau"
        verbose_name_plural = "tác động của văn bản sau"
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "document", "effect"], name="nghiquyet_effect_once")
        ]

    def __str__(self):
        return f"{self.get_effect_display()}: {self.document.number_line}"
