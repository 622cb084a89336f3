"""Party organisations of any kind in one tree, with dates."""

import datetime as dt

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from chibo.rulebooks import rulebook_on
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import PathField, Stamped
from kyanh_portal.base.vietnamese import clean_line, fold, sort_key


class OrganisationKind(models.Model):
    """A kind of Party organisation as data: levels end and begin by regulation (the district level ended 30/6/2025)."""

    code = models.SlugField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=100)
    rank = models.PositiveSmallIntegerField("bậc", help_text="Số nhỏ đứng trên.")
    is_cell = models.BooleanField("là chi bộ", default=False, help_text="Họp hằng tháng, có đảng viên.")
    is_base = models.BooleanField("là tổ chức cơ sở đảng", default=False)
    is_body = models.BooleanField("là cơ quan của cấp ủy", default=False)
    symbol = models.CharField("ký hiệu văn bản", max_length=15, help_text="CB, ĐU, ThU… (HD05 II.I.3.1.2b)")
    signs_as = models.CharField("thể thức đề ký", max_length=60, blank=True, help_text="T/M CHI BỘ, T/M ĐẢNG UỶ…")
    files_at = models.CharField("nơi lưu", max_length=60, blank=True, help_text="Lưu Chi bộ, Lưu Văn phòng Đảng uỷ…")
    numbers_minutes = models.BooleanField("biên bản có số", default=True)
    valid_from = models.DateField("áp dụng từ", null=True, blank=True)
    valid_to = models.DateField("áp dụng đến", null=True, blank=True)
    source = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "loại tổ chức đảng"
        verbose_name_plural = "loại tổ chức đảng"
        ordering = ["rank", "name"]

    def __str__(self):
        return self.name

    def name_on(self, day: dt.date) -> str:
        """What the rulebook of a day calls the kind: since 26/7/2026 there is one name, chi bộ (208-QĐ/TW)."""
        return rulebook_on(day)["kind_names"].get(self.code, self.name)


class CellType(models.Model):
    """Loại hình of a cell: what its meetings turn on (HD42-2025 section 4)."""

    code = models.SlugField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=100)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "loại hình chi bộ"
        verbose_name_plural = "loại hình chi bộ"
        ordering = ["order"]

    def __str__(self):
        return self.name


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Organisations of the branches this user answers for; a plain member sees the own cell's line."""
        scope = scope_of(user)
        condition = scope.covers("path")
        if scope.own_cell_paths:
            condition |= Q(path__in=scope.own_cell_paths)
        return self.filter(condition)

    def valid_on(self, day: dt.date):
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )

    def below_on(self, path: str, day: dt.date):
        """Organisations that lay in a branch on a day, itself included, by the tree of that day."""
        faces = self.faces_on(day)
        return self.filter(Exists(faces.filter(path__startswith=path)) | (~Exists(faces) & Q(path__startswith=path)))

    def under_on(self, parent, day: dt.date):
        """Organisations directly under `parent` on a day."""
        faces = self.faces_on(day)
        return self.filter(Exists(faces.filter(parent=parent)) | (~Exists(faces) & Q(parent=parent))).valid_on(day)

    def looking_on(self, day: dt.date, **wanted):
        """Rows that had these values on a day (former names are found by the name of today too)."""
        faces = self.faces_on(day)
        own = Q(**wanted) if "search_key__contains" in wanted else ~Exists(faces) & Q(**wanted)
        return self.filter(Exists(faces.filter(**wanted)) | own)

    def faces_on(self, day: dt.date):
        from chibo.models.lineage import Face

        return Face.objects.on(day).filter(organisation=OuterRef("pk"))

    def worn_on(self, day: dt.date, organisations: list | None = None) -> list:
        """The rows (or these) as a list, each in memory with the name, superior and kind it had on a day."""
        from chibo.models.lineage import Face

        rows = list(self) if organisations is None else list(organisations)
        faces = Face.objects.on(day).filter(organisation__in=rows).select_related("kind", "cell_type", "parent")
        faces = {face.organisation_id: face for face in faces}
        return [faces[row.pk].put_on(row) if row.pk in faces else row for row in rows]

    def cells(self):
        return self.filter(kind__is_cell=True)

    def base(self):
        return self.filter(kind__is_base=True)

    def below(self, organisation):
        """The organisation itself and everything under it."""
        return self.filter(path__startswith=organisation.path)

    def in_order(self):
        return self.order_by("sort_key", "pk")


class Organisation(Stamped):
    """One Party organisation. Its header names and symbol stand here, since they are its own and change with it."""

    kind = models.ForeignKey(OrganisationKind, on_delete=models.PROTECT, verbose_name="loại")
    cell_type = models.ForeignKey(
        CellType, on_delete=models.PROTECT, null=True, blank=True, verbose_name="loại hình chi bộ"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="trực thuộc"
    )
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên gọn", max_length=100, blank=True)
    code = models.CharField("mã tổ chức", max_length=30, blank=True)
    header_superior = models.CharField("dòng cấp trên trên văn bản", max_length=200, blank=True)
    header_name = models.CharField("dòng tên cơ quan trên văn bản", max_length=200)
    symbol = models.CharField("ký hiệu văn bản", max_length=15, blank=True, help_text="Để trống: theo loại tổ chức.")
    place_name = models.CharField("địa danh", max_length=100)
    meeting_day = models.PositiveSmallIntegerField("ngày sinh hoạt cố định", null=True, blank=True)
    meeting_place = models.CharField("nơi họp thường dùng", max_length=200, blank=True)
    former_names = models.CharField("tên cũ", max_length=300, blank=True, editable=False)
    valid_from = models.DateField("hoạt động từ", null=True, blank=True)
    valid_to = models.DateField("hoạt động đến", null=True, blank=True)
    path = PathField()
    sort_key = models.CharField(max_length=300, editable=False, db_index=True, db_collation="C")
    search_key = models.CharField(max_length=400, editable=False)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức đảng"
        verbose_name_plural = "tổ chức đảng"
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["search_key"], name="chibo_org_search", opclasses=["varchar_pattern_ops"]),
            GinIndex(SearchVector("search_key", config="simple"), name="chibo_org_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(valid_to__isnull=True),
                name="chibo_organisation_name_once",
                violation_error_message="Trong tổ chức này đã có một đơn vị cùng tên đang hoạt động.",
            ),
            models.CheckConstraint(
                name="chibo_organisation_dates",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="Ngày thôi hoạt động phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="chibo_organisation_meeting_day",
                condition=Q(meeting_day__isnull=True) | Q(meeting_day__range=(1, 28)),
                violation_error_message="Ngày sinh hoạt cố định từ 1 đến 28.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # One spelling on one sheet: the guides write UỶ, also where the name of a unit is typed ủy (05-HD/VPTW II.I.2).
        self.header_superior, self.header_name = (
            t.replace("ỦY", "UỶ") for t in (self.header_superior, self.header_name)
        )
        self.name = clean_line(self.name)
        self.sort_key = sort_key(self.name)
        self.search_key = fold(f"{self.name} {self.short_name} {self.code} {self.former_names}")[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("chibo:organisation_detail", args=[self.pk])

    def path_on(self, day: dt.date) -> str:
        """Its place in the tree of a day."""
        return self.faces.on(day).values_list("path", flat=True).first() or self.path

    @property
    def is_cell(self) -> bool:
        return self.kind.is_cell

    @property
    def document_symbol(self) -> str:
        """What stands behind the slash of a number: a committee's own body bears the committee's symbol too, UBKTThU (HD05 II.I.3.1.2b)."""
        if self.symbol or not self.kind.is_body or self.parent is None:
            return self.symbol or self.kind.symbol
        return f"{self.kind.symbol}{self.parent.document_symbol}"

    @property
    def label(self) -> str:
        return self.short_name or self.name

    @property
    def issuer_key(self) -> str:
        """How the counters of numbers name this body."""
        return f"organisation:{self.pk}"
