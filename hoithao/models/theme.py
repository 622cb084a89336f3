"""The library of themes: built by the advisory group, approved, used by cells."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from chibo.models import CellType, Organisation
from hoithao.choices import ThemeState
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class ThemeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Approved themes of the committees above the user's branches, and everything of the own branch."""
        scope = scope_of(user)
        if not scope.seeing_paths:
            return self.none()
        paths = {path[: place + 1] for path in scope.seeing_paths for place, letter in enumerate(path) if letter == "."}
        approved = models.Q(state=ThemeState.APPROVED, organisation__path__in=paths)
        return self.filter(scope.covers("organisation__path") | approved)


class Theme(Stamped):
    """Chuyên đề: for which types of cells, its draft, the agenda it brings, who approved it and when."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="themes", verbose_name="cấp ủy"
    )
    title = models.CharField("tên chuyên đề", max_length=300)
    cell_types = models.ManyToManyField(CellType, blank=True, related_name="+", verbose_name="loại hình chi bộ")
    purpose = models.TextField("mục đích, yêu cầu", blank=True)
    draft = models.TextField("dự thảo nội dung", blank=True)
    agenda = models.TextField("chương trình mẫu", blank=True, help_text="Mỗi dòng một mục.")
    lead = models.CharField("tổ xây dựng", max_length=200, blank=True)
    version = models.PositiveSmallIntegerField("dự thảo lần", default=1)
    state = models.CharField("trạng thái", max_length=10, choices=ThemeState, default=ThemeState.DRAFT)
    approved_on = models.DateField("duyệt ngày", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người duyệt",
    )
    ground = models.CharField("căn cứ duyệt", max_length=300, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyên đề"
        verbose_name_plural = "chuyên đề"
        ordering = ["state", "title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("hoithao:theme_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.organisation.path

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.agenda.split("\n") if line.strip()]


class ThemeVersion(models.Model):
    """An earlier draft of a theme, kept as it was."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="versions", verbose_name="chuyên đề")
    number = models.PositiveSmallIntegerField("lần")
    draft = models.TextField("dự thảo")
    kept_at = models.DateTimeField("giữ lúc", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người sửa"
    )

    class Meta:
        verbose_name = "dự thảo chuyên đề"
        verbose_name_plural = "dự thảo chuyên đề"
        ordering = ["theme", "-number"]

    def __str__(self):
        return f"{self.theme}, dự thảo lần {self.number}"
