"""Figures of large units, counted ahead and kept: a province opens its tables without reading every member."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Sum
from django.utils import timezone

from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of

COMPACT_FROM = 500  # lines of one table of the register from which they are added up into one


class RegisterWriteQuerySet(models.QuerySet):
    def state_of(self, sources) -> dict[str, int]:
        """How often each of these tables was written to, as far as this transaction can see."""
        rows = self.filter(source__in=list(sources)).order_by().values_list("source").annotate(Sum("writes"))
        return dict.fromkeys(sources, 0) | {name: int(number) for name, number in rows}

    @transaction.atomic
    def compact(self) -> int:
        """Add up the lines of a table that has many; the sums stay what they are. Returns how many lines went."""
        many = self.order_by().values("source").annotate(n=models.Count("pk")).filter(n__gte=COMPACT_FROM)
        gone = 0
        for name in many.values_list("source", flat=True):
            rows = list(self.filter(source=name).select_for_update(skip_locked=True).values_list("pk", "writes"))
            self.create(source=name, writes=sum(writes for _, writes in rows))
            gone += self.filter(pk__in=[pk for pk, _ in rows]).delete()[0]
        return gone


class RegisterWrite(models.Model):
    """One line for each writing to a table of the register, made by the database itself (a trigger), never changed.

    The sum of a table's lines is its state: whatever is committed later makes it larger, also where it began earlier.
    Lines are only added, so nobody waits for anybody.
    """

    source = models.CharField("bảng", max_length=63, db_index=True)
    writes = models.BigIntegerField("lần ghi", default=1)

    objects = RegisterWriteQuerySet.as_manager()

    class Meta:
        verbose_name = "lần ghi sổ"
        verbose_name_plural = "lần ghi sổ"

    def __str__(self):
        return f"{self.source}: {self.writes}"


class KeptTableQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))

    def waiting(self):
        """To be counted: asked for, and not in the hands of a worker."""
        free = models.Q(lease_until__isnull=True) | models.Q(lease_until__lt=timezone.now())
        return self.filter(free, is_waiting=True)


class KeptTable(models.Model):
    """One table of one unit and year as it was counted, for one day; `sources` is the state of what it was read from."""

    code = models.CharField("bảng", max_length=5)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    day = models.DateField("tính đến ngày")
    content = models.JSONField("nội dung", null=True)
    sources = models.JSONField("tính từ", default=dict)
    counted_at = models.DateTimeField("tính lúc", null=True)
    seconds = models.FloatField("tính mất, giây", default=0)
    is_waiting = models.BooleanField("chờ tính", default=True)
    attempt = models.PositiveSmallIntegerField("lần làm", default=0)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    problem = models.CharField("vướng mắc", max_length=300, blank=True)
    asked_at = models.DateTimeField("xem lúc", default=timezone.now)

    objects = KeptTableQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng đã tính sẵn"
        verbose_name_plural = "bảng đã tính sẵn"
        constraints = [models.UniqueConstraint(fields=["organisation", "year", "code", "day"], name="chibo_kept_once")]
        indexes = [
            models.Index(fields=["asked_at"], name="chibo_kept_waiting", condition=models.Q(is_waiting=True)),
        ]

    def __str__(self):
        return f"{self.code} {self.organisation} {self.year}"

    def is_held(self, now: dt.datetime) -> bool:
        """A worker has it in hands."""
        return self.lease_until is not None and self.lease_until > now

    def rests_until(self) -> dt.datetime:
        """Not counted again before: at most a tenth of the time goes into counting one table."""
        return self.counted_at + dt.timedelta(seconds=max(20, 10 * self.seconds))


class KeptList(models.Model):
    """Part of the rows behind one figure of a kept table, by their keys, in their order."""

    PART = 1000  # keys in a part; a page of a list never needs more than one

    table = models.ForeignKey(KeptTable, on_delete=models.CASCADE, related_name="lists", verbose_name="bảng")
    row = models.PositiveSmallIntegerField("dòng")
    column = models.PositiveSmallIntegerField("cột")
    part = models.PositiveSmallIntegerField("phần")
    model = models.CharField("loại", max_length=60)
    ids = ArrayField(models.BigIntegerField(), verbose_name="mã")

    class Meta:
        verbose_name = "danh sách đã tính sẵn"
        verbose_name_plural = "danh sách đã tính sẵn"
        constraints = [models.UniqueConstraint(fields=["table", "row", "column", "part"], name="chibo_kept_list_once")]

    def __str__(self):
        return f"{self.table}, {self.row}/{self.column}"
