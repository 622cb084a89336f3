"""A list brought in: its state under a lease, and its rows with what differs. Redis only wakes workers."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from kyanh_portal.base.leases import Leased, LeasedQuerySet


class Purpose(models.TextChoices):
    WRITE = "write", "Nhập: ghi dòng mới, sửa chỗ khác"
    COMPARE = "compare", "Đối chiếu: chỉ xem chỗ khác, không ghi"


class State(models.TextChoices):
    QUEUED = "queued", "Chờ kiểm tra"
    CHECKING = "checking", "Đang kiểm tra"
    CHECKED = "checked", "Chờ đồng chí xem"
    CONFIRMED = "confirmed", "Chờ ghi"
    WRITING = "writing", "Đang ghi"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không làm được"
    DENIED = "denied", "Không còn quyền"
    DROPPED = "dropped", "Đã bỏ"


OPEN = [State.QUEUED, State.CHECKING, State.CONFIRMED, State.WRITING]


class RowKind(models.TextChoices):
    WRONG = "wrong", "Sai, cần sửa"
    CHANGED = "changed", "Khác"
    NEW = "new", "Mới"
    MISSING = "missing", "Cổng có, danh sách không có"
    SAME = "same", "Giống"


class ImportRunQuerySet(LeasedQuerySet):
    def visible_to(self, user):
        """A run belongs to who sent the list."""
        return self.filter(requester_id=user.pk)


class ImportRun(Leased):
    """Who sent which list for what, and how far it is: checked by one worker, written by another once confirmed."""

    MOVES = {State.QUEUED: State.CHECKING, State.CONFIRMED: State.WRITING}

    importer = models.CharField("danh sách", max_length=60)
    purpose = models.CharField("mục đích", max_length=10, choices=Purpose, default=Purpose.WRITE)
    title = models.CharField("tên", max_length=300)
    sha256 = models.CharField("mã băm của tệp", max_length=64)
    content = models.BinaryField("nội dung tệp, chỉ giữ đến khi kiểm tra xong", default=b"")
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người gửi"
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.QUEUED, db_index=True)
    counts = models.JSONField("số dòng từng loại", default=dict)
    sent_at = models.DateTimeField("gọi thợ lúc", null=True, blank=True)
    asked_at = models.DateTimeField("gửi lúc", auto_now_add=True)
    checked_at = models.DateTimeField("kiểm tra xong lúc", null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập danh sách"
        verbose_name_plural = "lần nhập danh sách"
        ordering = ["-asked_at", "-id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("exchange:run_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def may_confirm(self) -> bool:
        return self.state == State.CHECKED and self.purpose == Purpose.WRITE and bool(self.to_write)

    @property
    def to_write(self) -> int:
        return self.counts.get("new", 0) + self.counts.get("changed", 0)

    @property
    def written(self) -> int:
        """Rows written by a run that is done; what had changed since the preview was left out."""
        return self.done_steps - self.counts.get("left", 0)

    @property
    def state_words(self) -> str:
        """The state as people read it: a checked list waits for a look only where there is something to be written."""
        if self.state != State.CHECKED or self.may_confirm:
            return str(State(self.state).label)
        return "Đối chiếu xong" if self.purpose == Purpose.COMPARE else "Không có gì để ghi"

    def kind_words(self, kind: str) -> str:
        """What a kind of rows is called: nothing is new to the portal in a comparison, the list has it and the portal not."""
        if kind == RowKind.NEW and self.purpose == Purpose.COMPARE:
            return "Danh sách có, cổng không có"
        return str(RowKind(kind).label)


class ImportRow(models.Model):
    """One row of the preview; `written_at` is set in the transaction that wrote it. Removed a day after the end."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows", verbose_name="lần nhập")
    number = models.PositiveIntegerField("dòng")
    label = models.CharField("về", max_length=300, blank=True)
    kind = models.CharField("loại", max_length=10, choices=RowKind)
    target = models.BigIntegerField("bản ghi", null=True, blank=True)
    values = models.JSONField("giá trị", default=dict)
    differences = models.JSONField("chỗ khác", default=list)
    problems = models.JSONField("chỗ sai", default=list)
    written_at = models.DateTimeField("ghi lúc", null=True, blank=True)
    left_out = models.CharField("chưa ghi vì", max_length=300, blank=True)

    class Meta:
        verbose_name = "dòng của danh sách"
        verbose_name_plural = "dòng của danh sách"
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["run", "kind", "number"], name="exchange_row_kind")]

    def __str__(self):
        return f"{self.number}. {self.label}"
