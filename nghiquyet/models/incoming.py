"""Papers of higher levels, kept as references: number, date, issuer; a scan when there is one."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.urls import reverse

from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.models import Stamped
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.files.models import StoredFile


class IncomingPaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers received by the bodies this user answers for."""
        return self.filter(scope_of(user).covers("organisation__path"))


class IncomingPaper(Stamped):
    """Văn bản đến. The same number, date and issuer is entered once at a body."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="incoming_papers", verbose_name="đơn vị nhận"
    )
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    number_line = models.CharField("số, ký hiệu", max_length=60)
    dated = models.DateField("ngày văn bản")
    type_name = models.CharField("thể loại", max_length=60)
    title = models.CharField("trích yếu", max_length=300)
    received_on = models.DateField("ngày đến")
    scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản quét"
    )
    is_secret = models.BooleanField("tài liệu mật, theo dõi riêng", default=False)
    issuer_key = models.CharField(max_length=200, editable=False)
    number_key = models.CharField(max_length=60, editable=False)
    search_key = models.TextField(editable=False, default="")
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = IncomingPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản đến"
        verbose_name_plural = "văn bản đến"
        ordering = ["-received_on", "-id"]
        indexes = [GinIndex(SearchVector("search_key", config="simple"), name="nghiquyet_incoming_words")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "issuer_key", "number_key", "dated"],
                name="nghiquyet_incoming_once",
                violation_error_message="Văn bản này (cùng số, ngày, cơ quan ban hành) đã có trong sổ văn bản đến.",
            )
        ]

    def __str__(self):
        return f"{self.type_name} số {self.number_line}, ngày {vn_date(self.dated)} của {self.issuer}"

    def save(self, *args, **kwargs):
        self.issuer_key, self.number_key = fold(self.issuer)[:200], fold(self.number_line).replace(" ", "")[:60]
        self.search_key = fold(f"{self.type_name} {self.number_line} {self.title} {self.issuer}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("nghiquyet:incoming_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.organisation.path

    @property
    def as_basis(self) -> str:
        """The paper as a ground of another: type, number, day, issuer, summary (HD05 II.I.6.2)."""
        return f"Căn cứ {self}" if self.is_secret else f"Căn cứ {self} {self.title[:1].lower()}{self.title[1:]}"
