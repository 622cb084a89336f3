"""A resolution: what was decided, at which meeting, in which words."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.models import Organisation
from hoithao.models import Meeting
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.documents.models import IssuedDocument
from nghiquyet.choices import Life, Signing, Status


class ResolutionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Resolutions of the branches this user answers for."""
        return self.filter(scope_of(user).covers("organisation__path"))


class Resolution(Stamped):
    """From proposal to issued paper. Once issued the row is frozen; only its `life` in force still moves, by other papers."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="resolutions", verbose_name="cơ quan ban hành"
    )
    title = models.CharField(
        "trích yếu", max_length=300, help_text="Viết liền sau chữ NGHỊ QUYẾT, không có dấu chấm cuối."
    )
    is_thematic = models.BooleanField("nghị quyết chuyên đề", default=False)
    signing = models.CharField("ban hành với danh nghĩa", max_length=10, choices=Signing, default=Signing.CELL)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name="thông qua tại",
    )
    workshop = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions_after",
        verbose_name="từ hội thảo",
    )
    bases = models.TextField("căn cứ", blank=True, help_text="Mỗi căn cứ một dòng.")
    preamble = models.TextField("đoạn mở đầu", blank=True)
    draft_number = models.PositiveSmallIntegerField("dự thảo lần", default=1)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_position = models.CharField(
        "chức vụ người ký", max_length=60, blank=True, help_text="BÍ THƯ hoặc PHÓ BÍ THƯ"
    )
    recipients = models.TextField("nơi nhận", blank=True, help_text="Mỗi nơi một dòng; dòng cuối là nơi lưu.")
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan chủ trì soạn thảo"
    )  # fmt: skip
    due_month = models.DateField("trình vào tháng", null=True, blank=True)
    drafting_group = models.TextField(
        "tổ biên tập", blank=True, help_text="Theo chức vụ, mỗi dòng một người; dòng đầu là tổ trưởng."
    )
    dossier = models.JSONField("hồ sơ trình", default=dict, blank=True)
    life = models.CharField("hiệu lực", max_length=10, choices=Life, blank=True)
    status = models.CharField("trạng thái", max_length=10, choices=Status, default=Status.DRAFT, db_index=True)
    base = models.PositiveIntegerField("tổng số được tính", null=True, blank=True)
    in_favour = models.PositiveIntegerField("tán thành", null=True, blank=True)
    adopted_on = models.DateField("thông qua ngày", null=True, blank=True)
    dated = models.DateField("ngày văn bản", null=True, blank=True)
    document = models.OneToOneField(
        IssuedDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="văn bản đã khóa",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    search_key = models.TextField(editable=False, default="")
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "nghị quyết"
        verbose_name_plural = "nghị quyết"
        ordering = ["-created_at"]
        indexes = [GinIndex(SearchVector("search_key", config="simple"), name="nghiquyet_words")]
        constraints = [
            models.CheckConstraint(
                name="nghiquyet_vote_within_base",
                condition=Q(in_favour__isnull=True) | Q(base__isnull=True) | Q(in_favour__lte=F("base")),
                violation_error_message="Số tán thành nhiều hơn tổng số được tính.",
            ),
            models.CheckConstraint(
                name="nghiquyet_issued_has_paper",
                condition=~Q(status="issued") | Q(document__isnull=False),
                violation_error_message="Nghị quyết đã ban hành phải có văn bản.",
            ),
        ]

    def __str__(self):
        return f"Nghị quyết {self.title}"

    def save(self, *args, **kwargs):
        self.search_key = fold(f"nghị quyết {self.title} {self.organisation.name}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("nghiquyet:resolution_detail", args=[self.pk])

    def get_text_url(self):
        """The page where its parts are written."""
        return reverse("nghiquyet:resolution_text", args=[self.pk])

    @property
    def path(self) -> str:
        return self.organisation.path
