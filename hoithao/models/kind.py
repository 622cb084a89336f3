"""Kinds of meetings as data, each with the agenda it starts from."""

from django.db import models

from hoithao.choices import JUDGED


class MeetingKind(models.Model):
    """A kind of gathering: what the minutes call it, and the shape of its agenda."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=60)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    summary = models.CharField(
        "trích yếu biên bản", max_length=200, help_text="{period} = tháng, năm; {theme} = chủ đề; {unit} = tên đơn vị."
    )
    of_cells = models.BooleanField("chi bộ họp", default=True)
    of_committees = models.BooleanField("cấp ủy, đảng bộ họp", default=False)
    takes_votes = models.BooleanField("có biểu quyết", default=True)
    wants_theme = models.BooleanField("có chủ đề", default=False)
    source = models.CharField("căn cứ", max_length=200, blank=True)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "loại cuộc họp"
        verbose_name_plural = "loại cuộc họp"
        ordering = ["order"]

    def __str__(self):
        return self.name

    @property
    def is_judged(self) -> bool:
        """Whether the guides judge meetings of this kind; how long they must be stands in the score frames."""
        return self.code in JUDGED


class AgendaTemplate(models.Model):
    """One line of the agenda a kind of meeting starts from."""

    kind = models.ForeignKey(MeetingKind, on_delete=models.CASCADE, related_name="template", verbose_name="loại")
    order = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("nội dung", max_length=300)
    hint = models.CharField("gợi ý", max_length=300, blank=True)

    class Meta:
        verbose_name = "mục chương trình mẫu"
        verbose_name_plural = "chương trình mẫu"
        ordering = ["kind", "order"]
        constraints = [models.UniqueConstraint(fields=["kind", "order"], name="hoithao_template_order_once")]

    def __str__(self):
        return self.title
