"""Where a member was and will be, what was out of the Party, and what was received: dated records about one person."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from chibo.choices import CardState, Leaving, Penalty, Placed
from chibo.complaint_choices import ComplaintLevel, ComplaintOutcome
from chibo.models.member import Member
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))

    def on(self, day: dt.date):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Placement(models.Model):
    """A member on the list of a cell before or after the present one, or for a time beside it.

    The present official cell stands on the member's own row (organisation, joined_on, left_on); together with the
    official rows here it makes the whole story, without overlap.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="placements", verbose_name="đồng chí")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="placements", verbose_name="chi bộ"
    )
    role = models.CharField("danh nghĩa", max_length=15, choices=Placed, default=Placed.OFFICIAL)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    document = models.CharField("theo giấy tờ", max_length=200, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "nơi sinh hoạt theo thời gian"
        verbose_name_plural = "nơi sinh hoạt theo thời gian"
        ordering = ["member", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="chibo_placement_dates",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày rời phải từ ngày về trở đi.",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "starts_on"], name="chibo_placement_place")]

    def __str__(self):
        return f"{self.member}: {self.organisation.label}"


class ExitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("member__organisation__path"))


class Exit(Stamped):
    """A member left the Party or died; the portal keeps the kind, the dates and the decision, never the story."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="exits", verbose_name="đồng chí")
    reason = models.CharField("vì", max_length=20, choices=Leaving)
    left_on = models.DateField("từ ngày")
    decision = models.CharField("theo quyết định, giấy tờ", max_length=200)
    told_on = models.DateField("ngày nhận quyết định", null=True, blank=True)
    filed_on = models.DateField("đã nộp hồ sơ, phiếu báo ngày", null=True, blank=True)
    readmitted_on = models.DateField("kết nạp lại ngày", null=True, blank=True)

    objects = ExitQuerySet.as_manager()

    class Meta:
        verbose_name = "ra khỏi Đảng, từ trần"
        verbose_name_plural = "ra khỏi Đảng, từ trần"
        ordering = ["member", "left_on"]
        constraints = [
            models.CheckConstraint(
                name="chibo_exit_readmission_after",
                condition=Q(readmitted_on__isnull=True) | Q(readmitted_on__gt=F("left_on")),
                violation_error_message="Ngày kết nạp lại phải sau ngày ra khỏi Đảng.",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_reason_display()}"


class Gap(models.Model):
    """Time that does not count for tuổi đảng (294-QĐ/TW 4.5, 5; 06-HD/TW 5.3)."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="gaps", verbose_name="đồng chí")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến trước ngày")
    why = models.CharField("lý do, giấy tờ", max_length=200)

    class Meta:
        verbose_name = "thời gian không tính tuổi đảng"
        verbose_name_plural = "thời gian không tính tuổi đảng"
        ordering = ["member", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="chibo_gap_dates",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return f"{self.member}: không tính tuổi đảng"


class Badge(models.Model):
    """Huy hiệu Đảng held: each class once."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="badges", verbose_name="đồng chí")
    years = models.PositiveSmallIntegerField("loại (năm tuổi đảng)")
    awarded_on = models.DateField("đợt trao")
    number = models.CharField("số huy hiệu", max_length=20, blank=True)
    decision = models.CharField("theo quyết định", max_length=200, blank=True)

    class Meta:
        verbose_name = "Huy hiệu Đảng"
        verbose_name_plural = "Huy hiệu Đảng"
        ordering = ["member", "years"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "years"],
                name="chibo_badge_class_once",
                violation_error_message="Đồng chí này đã nhận Huy hiệu loại đó.",
            )
        ]

    def __str__(self):
        return f"Huy hiệu {self.years} năm tuổi đảng"


class CardStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("member__organisation__path"))


class CardStep(models.Model):
    """One step of the member's card: which, when, by which paper. The number stays in the official database."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="card_steps", verbose_name="đồng chí")
    state = models.CharField("bước", max_length=12, choices=[c for c in CardState.choices if c[0] != CardState.NONE])
    taken_on = models.DateField("ngày")
    paper = models.CharField("theo quyết định, danh sách", max_length=200, blank=True)

    objects = CardStepQuerySet.as_manager()

    class Meta:
        verbose_name = "bước thẻ đảng viên"
        verbose_name_plural = "bước thẻ đảng viên"
        ordering = ["member", "taken_on", "pk"]

    def __str__(self):
        return f"{self.member}: {self.get_state_display()}"


class Discipline(models.Model):
    """Form, dates and decision of a discipline; no reason, no story."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="disciplines", verbose_name="đồng chí")
    penalty = models.CharField("hình thức", max_length=15, choices=Penalty)
    decided_on = models.DateField("ngày quyết định")
    ends_on = models.DateField("hết hiệu lực", null=True, blank=True)
    decision = models.CharField("số quyết định", max_length=200)

    class Meta:
        verbose_name = "kỷ luật"
        verbose_name_plural = "kỷ luật"
        ordering = ["member", "-decided_on"]

    def __str__(self):
        return f"{self.get_penalty_display()}, {self.member}"


class ComplaintQuerySet(models.QuerySet):
    PLACES = ("discipline__member__organisation__path", "exit__member__organisation__path")

    def of_member(self, member):
        """All complaints of one person, whatever they are about."""
        return self.filter(Q(discipline__member=member) | Q(exit__member=member))

    def with_member(self):
        return self.select_related("discipline__member__organisation", "exit__member__organisation")


class Complaint(Stamped):
    """A complaint about a discipline, or about a removal from the list (`Exit`): when it came, who answers, when and how
    it ended; no ground, no story."""

    discipline = models.ForeignKey(
        Discipline, on_delete=models.PROTECT, related_name="complaints", verbose_name="kỷ luật", null=True, blank=True
    )
    exit = models.ForeignKey(
        Exit, on_delete=models.PROTECT, related_name="complaints", verbose_name="ra khỏi Đảng", null=True, blank=True
    )
    level = models.CharField("cấp giải quyết", max_length=15, choices=ComplaintLevel)
    received_on = models.DateField("ngày nhận khiếu nại")
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=20, choices=ComplaintOutcome, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "khiếu nại kỷ luật, xóa tên"
        verbose_name_plural = "khiếu nại kỷ luật, xóa tên"
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="chibo_complaint_about_one",
                condition=Q(discipline__isnull=False, exit__isnull=True)
                | Q(discipline__isnull=True, exit__isnull=False),
                violation_error_message="Khiếu nại về một quyết định: kỷ luật, hoặc xóa tên, cho ra.",
            ),
            models.UniqueConstraint(
                fields=["exit"],
                condition=Q(answered_on__isnull=True),
                name="chibo_complaint_one_open_exit",
                violation_error_message="Quyết định này đang có một khiếu nại chưa trả lời.",
            ),
            models.UniqueConstraint(
                fields=["discipline"],
                condition=Q(answered_on__isnull=True),
                name="chibo_complaint_one_open",
                violation_error_message="Quyết định này đang có một khiếu nại chưa trả lời.",
            ),
            models.CheckConstraint(
                name="chibo_complaint_answer",
                condition=Q(answered_on__isnull=True, outcome="")
                | Q(answered_on__gte=F("received_on")) & ~Q(outcome=""),
                violation_error_message="Ghi cả ngày trả lời, từ ngày nhận trở đi, và kết quả.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.member}"

    @property
    def about(self):
        """The decision complained of: a discipline or an exit."""
        return self.discipline or self.exit

    @property
    def title(self) -> str:
        """What it is called on pages: of a discipline, or of a removal."""
        return "Khiếu nại kỷ luật" if self.discipline_id else "Khiếu nại xóa tên, cho ra"

    @property
    def member(self):
        """Whose complaint it is."""
        return self.about.member


class Holiday(models.Model):
    """A day off beside Saturday and Sunday, or a Saturday worked in exchange."""

    day = models.DateField("ngày", unique=True)
    name = models.CharField("tên", max_length=100)
    is_worked = models.BooleanField("làm bù", default=False, help_text="Đánh dấu khi là thứ Bảy, Chủ nhật làm bù.")
    source = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ["day"]

    def __str__(self):
        return self.name
