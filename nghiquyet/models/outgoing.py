"""Papers a body writes besides resolutions: plans, notices, letters… from first words to the number; and lists of recipients."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.urls import reverse

from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.documents.types import TYPES
from nghiquyet.choices import PaperStatus, SigningAs

STUB_TITLE = "Tài liệu mật, theo dõi riêng"


class OutgoingPaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of the bodies this user answers for."""
        return self.filter(scope_of(user).covers("organisation__path"))


class OutgoingPaper(Stamped):
    """Văn bản đi: drafted, sent to be signed, issued with its number. Frozen once issued.

    A secret-marked paper is only a stub that holds its place in the series: no title, no text.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="outgoing_papers", verbose_name="cơ quan ban hành"
    )
    type_code = models.CharField("thể loại", max_length=20)
    title = models.CharField("trích yếu", max_length=300)
    signing = models.CharField("ký với danh nghĩa", max_length=12, choices=SigningAs)
    addressees = models.TextField("kính gửi, kính trình", blank=True)
    bases = models.TextField("căn cứ", blank=True)
    text = models.TextField("nội dung", blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_position = models.CharField("chức vụ người ký", max_length=60, blank=True)
    draft_number = models.PositiveSmallIntegerField("dự thảo lần", default=1)
    status = models.CharField("trạng thái", max_length=10, choices=PaperStatus, default=PaperStatus.DRAFT)
    dated = models.DateField("ngày văn bản", null=True, blank=True)
    document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản đã khóa"
    )  # fmt: skip
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="soạn từ bản"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người soạn"
    )
    is_secret = models.BooleanField("tài liệu mật, theo dõi riêng", default=False)
    search_key = models.TextField(editable=False, default="")
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OutgoingPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản đi"
        verbose_name_plural = "văn bản đi"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "status"], name="nghiquyet_outgoing_desk"),
            GinIndex(SearchVector("search_key", config="simple"), name="nghiquyet_outgoing_words"),
        ]
        constraints = [
            models.CheckConstraint(
                name="nghiquyet_outgoing_issued_has_paper",
                condition=~Q(status="issued") | Q(document__isnull=False, dated__isnull=False),
                violation_error_message="Văn bản đã ban hành phải có số, ngày và bản khóa.",
            ),
            models.CheckConstraint(
                name="nghiquyet_outgoing_secret_holds_nothing",
                condition=Q(is_secret=False) | Q(text="", bases="", addressees="", title=STUB_TITLE),
                violation_error_message="Tài liệu mật chỉ ghi số và ngày, không ghi trích yếu hay nội dung.",
            ),
        ]

    def __str__(self):
        return f"{self.type.name.capitalize()} {self.title}"

    def save(self, *args, **kwargs):
        self.search_key = fold(f"{self.type.name} {self.title} {self.organisation.name}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("nghiquyet:outgoing_detail", args=[self.pk])

    @property
    def type(self):
        """Its type: name, symbol."""
        return TYPES[self.type_code]

    @property
    def path(self) -> str:
        return self.organisation.path


class RecipientListQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


class RecipientList(Stamped):
    """Nơi nhận kept under a name, to be taken again for the next paper."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="recipient_lists", verbose_name="cơ quan ban hành"
    )
    name = models.CharField("tên danh sách", max_length=80)
    lines = models.TextField("nơi nhận")

    objects = RecipientListQuerySet.as_manager()

    class Meta:
        verbose_name = "danh sách nơi nhận"
        verbose_name_plural = "danh sách nơi nhận"
        ordering = ["organisation", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="nghiquyet_recipient_list_once",
                violation_error_message="Đơn vị đã có danh sách cùng tên.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def path(self) -> str:
        return self.organisation.path
