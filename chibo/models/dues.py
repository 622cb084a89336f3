"""Đảng phí: rates of the day, what each member declared, and one ledger a cell and month."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chibo.fee_choices import FeeChannel, FeeGroup, FeeOf, FeePaid, FeeState, FundKind
from chibo.models.member import Member
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.sealedfield import SealedIntegerField


class FeeRate(models.Model):
    """What a group pays from a month on: a share of something, or a fixed sum."""

    group = models.CharField("nhóm", max_length=12, choices=FeeGroup)
    valid_from = models.DateField("áp dụng từ")
    of = models.CharField("tính trên", max_length=10, choices=FeeOf)
    value = models.DecimalField("mức", max_digits=10, decimal_places=2, help_text="Phần trăm, hoặc số đồng.")
    source = models.CharField("căn cứ", max_length=300)
    is_confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)

    class Meta:
        verbose_name = "mức đóng đảng phí"
        verbose_name_plural = "mức đóng đảng phí"
        ordering = ["group", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["group", "valid_from"], name="chibo_fee_rate_once", violation_error_message="Nhóm này đã có mức từ ngày đó."),
            models.CheckConstraint(name="chibo_fee_rate_not_negative", condition=Q(value__gte=0), violation_error_message="Mức đóng không âm."),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_group_display()}, từ {self.valid_from:%m/%Y}"


class FeeStanding(models.Model):
    """The group a member pays in and the income told to the cell, from a month on; read by the fee keeper only."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="fee_standings", verbose_name="đồng chí")
    starts_on = models.DateField("từ tháng")
    group = models.CharField("nhóm", max_length=12, choices=FeeGroup)
    base = SealedIntegerField("thu nhập tính đảng phí (đồng/tháng)", null=True, blank=True)
    extra_pay = SealedIntegerField("thu nhập thêm ngoài lương hưu (đồng/tháng)", null=True, blank=True)
    reduction = models.PositiveSmallIntegerField("giảm (%)", default=0)
    reduced_until = models.DateField("giảm, miễn đến hết tháng", null=True, blank=True)
    ground = models.CharField("theo", max_length=200, blank=True)

    class Meta:
        verbose_name = "mức đóng của đảng viên"
        verbose_name_plural = "mức đóng của đảng viên"
        ordering = ["member", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["member", "starts_on"], name="chibo_fee_standing_once", violation_error_message="Đồng chí này đã có mức đóng từ tháng đó."),
            models.CheckConstraint(name="chibo_fee_reduction", condition=Q(reduction__lte=100), violation_error_message="Giảm nhiều nhất 100 %."),
            models.CheckConstraint(name="chibo_fee_reduced_until", condition=Q(reduced_until=None) | Q(reduced_until__gte=F("starts_on")), violation_error_message="Tháng hết giảm không sớm hơn tháng bắt đầu."),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.member}: {self.get_group_display()}"


class FeeMonthQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Ledgers of the branches this user answers for; who may read the lines, `access` says."""
        return self.filter(scope_of(user).covers("organisation__path"))


class FeeMonth(models.Model):
    """The ledger of one cell and month. Closed, the database refuses every change of its lines."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="fee_months", verbose_name="chi bộ")  # fmt: skip
    month = models.DateField("tháng")
    state = models.CharField("bước", max_length=12, choices=FeeState, default=FeeState.OPEN)
    kept_share = models.DecimalField("chi bộ giữ lại (%)", max_digits=5, decimal_places=2, default=0)
    collected = models.PositiveIntegerField("đã thu", default=0)
    kept = models.PositiveIntegerField("giữ lại", default=0)
    closed_at = models.DateTimeField("chốt lúc", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="người chốt")  # fmt: skip
    passed_on = models.DateField("nộp cấp trên ngày", null=True, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = FeeMonthQuerySet.as_manager()

    class Meta:
        verbose_name = "sổ đảng phí tháng"
        verbose_name_plural = "sổ đảng phí tháng"
        ordering = ["-month", "organisation__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month"], name="chibo_fee_month_once", violation_error_message="Sổ tháng này đã mở."),
            models.CheckConstraint(name="chibo_fee_kept_of_collected", condition=Q(kept__lte=F("collected"))),
        ]  # fmt: skip

    def __str__(self):
        return f"Đảng phí tháng {self.month.month}/{self.month.year}, {self.organisation.name}"

    def get_absolute_url(self):
        return reverse("chibo:fee_month", args=[self.pk])

    @property
    def path(self):
        return self.organisation.path

    @property
    def to_pass_up(self) -> int:
        """Đồng to hand to the superior: collected minus kept."""
        return self.collected - self.kept

    @property
    def is_open(self) -> bool:
        return self.state == FeeState.OPEN


class FeeLine(models.Model):
    """What one member owed and paid that month, with the base and rate it was worked out by."""

    ledger = models.ForeignKey(FeeMonth, on_delete=models.PROTECT, related_name="lines", verbose_name="sổ")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="fee_lines", verbose_name="đồng chí")
    group = models.CharField("nhóm", max_length=12, choices=FeeGroup, blank=True)
    base = SealedIntegerField("tính trên", null=True, blank=True)
    rate = models.CharField("mức", max_length=60, blank=True)
    source = models.CharField("căn cứ", max_length=300, blank=True)
    reduction = models.PositiveSmallIntegerField("giảm (%)", default=0)
    due = models.PositiveIntegerField("phải đóng", null=True, blank=True)
    paid = models.PositiveIntegerField("đã đóng", default=0)
    extra = models.PositiveIntegerField("đóng thêm tự nguyện", default=0)
    extra_ground = models.CharField("đóng thêm: báo cáo cấp trên số, ngày", max_length=200, blank=True)
    paid_on = models.DateField("ngày đóng", null=True, blank=True)
    channel = models.CharField("cách đóng", max_length=10, choices=FeeChannel, blank=True)
    receipt = models.CharField("số biên lai", max_length=40, blank=True, default="")
    state = models.CharField("tình trạng", max_length=20, choices=FeePaid, default=FeePaid.OWES)

    class Meta:
        verbose_name = "dòng sổ đảng phí"
        verbose_name_plural = "dòng sổ đảng phí"
        ordering = ["member__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["ledger", "member"], name="chibo_fee_line_once")]
        indexes = [
            models.Index(fields=["member", "ledger"], condition=Q(state=FeePaid.OWES), name="chibo_fee_line_owes")
        ]

    def __str__(self):
        return f"{self.member}: {self.get_state_display()}"


class LatePayment(models.Model):
    """Đóng bù: one month that stood unpaid in a closed ledger, paid in a later month's ledger and counted there."""

    line = models.OneToOneField(FeeLine, on_delete=models.PROTECT, related_name="late_payment", verbose_name="tháng còn nợ")  # fmt: skip
    ledger = models.ForeignKey(FeeMonth, on_delete=models.PROTECT, related_name="late_payments", verbose_name="thu ở sổ tháng")  # fmt: skip
    amount = models.PositiveIntegerField("đóng bù")
    paid_on = models.DateField("ngày đóng")
    channel = models.CharField("cách đóng", max_length=10, choices=FeeChannel)
    receipt = models.CharField("số biên lai", max_length=40, blank=True)

    class Meta:
        verbose_name = "đóng bù đảng phí"
        verbose_name_plural = "đóng bù đảng phí"
        ordering = ["ledger", "line"]

    def __str__(self):
        return f"{self.line.member}: {self.line.ledger.month:%m/%Y}"


class FundEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Books of the branches this user answers for."""
        return self.filter(scope_of(user).covers("organisation__path"))


class FundEntry(models.Model):
    """One line of the book of money in and out (sổ thu, chi). Never changed: a mistake is taken back by a counter-line."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="fund_entries", verbose_name="tổ chức")  # fmt: skip
    on = models.DateField("ngày")
    voucher = models.CharField("số chứng từ", max_length=40, blank=True)
    text = models.CharField("nội dung", max_length=200)
    kind = models.CharField("loại", max_length=10, choices=FundKind)
    amount = models.IntegerField("số tiền (đồng)", help_text="Âm khi lấy lại một dòng ghi sai.")
    ledger = models.OneToOneField(FeeMonth, on_delete=models.PROTECT, null=True, blank=True, related_name="fund_entry", verbose_name="đảng phí tháng")  # fmt: skip
    takes_back = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back_by", verbose_name="lấy lại dòng")  # fmt: skip
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = FundEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng sổ thu, chi"
        verbose_name_plural = "sổ thu, chi"
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["organisation", "on"], name="chibo_fund_by_day")]
        constraints = [
            models.CheckConstraint(name="chibo_fund_amount", condition=Q(amount__gt=0, takes_back=None) | Q(amount__lt=0, takes_back__isnull=False), violation_error_message="Số tiền phải lớn hơn 0."),
        ]  # fmt: skip

    def __str__(self):
        return self.text

    @property
    def is_income(self) -> bool:
        return self.kind in FundKind.incomes()
