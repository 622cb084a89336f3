"""The work of a round: which cells, who observes, what they saw, what was reviewed, how lessons moved."""

from decimal import Decimal

from django.conf import settings
from django.db import models

from chibo.models import Member, Organisation
from hoithao.choices import LessonStatus, Seen, Status
from hoithao.models.frame import RuleFrame
from hoithao.models.meeting import Meeting
from hoithao.models.programme import Lesson, Round
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class RoundCellQuerySet(models.QuerySet):
    def without_meeting(self):
        """Cells planned whose model meeting is not made yet, or was called off."""
        return self.filter(models.Q(meeting=None) | models.Q(meeting__status=Status.CANCELLED))

    def called_off(self):
        """Cells whose model meeting was called off and not yet planned anew."""
        return self.filter(meeting__status=Status.CANCELLED)


class RoundCell(Stamped):
    """A cell planned for a round: when, on what; the meeting once it is prepared."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="cells", verbose_name="đợt")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="round_cells", verbose_name="chi bộ"
    )
    planned_on = models.DateField("dự kiến ngày")
    focus = models.CharField("trọng tâm", max_length=300, blank=True)
    meeting = models.OneToOneField(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="round_cell", verbose_name="buổi điểm"
    )

    objects = RoundCellQuerySet.as_manager()

    class Meta:
        verbose_name = "chi bộ làm điểm"
        verbose_name_plural = "chi bộ làm điểm"
        ordering = ["round", "planned_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"],
                name="hoithao_round_cell_once",
                violation_error_message="Chi bộ này đã có trong đợt.",
            )
        ]

    def __str__(self):
        return f"{self.organisation.label}, {self.round}"

    @property
    def is_called_off(self) -> bool:
        """Whether its meeting was called off and no other has taken the place."""
        return self.meeting_id is not None and self.meeting.status == Status.CANCELLED


class Observer(models.Model):
    """Somebody of the working group at a model meeting: named by office, or a member of the portal."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="observers", verbose_name="buổi điểm")
    name = models.CharField("người dự", max_length=200)
    duty = models.CharField("việc được giao", max_length=200, blank=True)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đồng chí"
    )

    class Meta:
        verbose_name = "thành viên đoàn dự"
        verbose_name_plural = "đoàn dự"
        ordering = ["meeting", "id"]

    def __str__(self):
        return self.name


class ObservationStep(models.Model):
    """One line of the checklist of observers, dated (the procedure of the guide)."""

    order = models.PositiveSmallIntegerField("thứ tự")
    phase = models.CharField("phần", max_length=60)
    name = models.CharField("bước", max_length=200)
    valid_from = models.DateField("áp dụng từ")
    valid_to = models.DateField("đến", null=True, blank=True)
    source = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "bước quan sát"
        verbose_name_plural = "bước quan sát"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["order", "valid_from"], name="hoithao_observation_step_once")]

    def __str__(self):
        return self.name


class Observation(models.Model):
    """What the observers saw of one step: done, partly, not; with a remark."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="observations", verbose_name="buổi điểm"
    )
    step = models.ForeignKey(ObservationStep, on_delete=models.PROTECT, related_name="+", verbose_name="bước")
    seen = models.CharField("mức", max_length=8, choices=Seen)
    remark = models.CharField("nhận xét", max_length=400, blank=True)

    class Meta:
        verbose_name = "quan sát"
        verbose_name_plural = "quan sát"
        ordering = ["meeting", "step__order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "step"], name="hoithao_observation_once")]

    def __str__(self):
        return f"{self.step}: {self.get_seen_display()}"


class ObserverScore(Stamped):
    """Điểm đoàn dự chấm: by the frame of the day, criterion by criterion; stands beside the cell's own, never over it."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, related_name="observer_score", verbose_name="buổi điểm"
    )
    frame = models.ForeignKey(RuleFrame, on_delete=models.PROTECT, related_name="+", verbose_name="khung")
    points = models.JSONField("điểm theo tiêu chí", default=dict)
    total = models.DecimalField("tổng điểm", max_digits=6, decimal_places=2)
    most = models.DecimalField("điểm tối đa", max_digits=6, decimal_places=2, default=Decimal(0))
    level = models.CharField("mức", max_length=40, blank=True)
    remark = models.CharField("nhận xét chung", max_length=500, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    class Meta:
        verbose_name = "điểm đoàn dự chấm"
        verbose_name_plural = "điểm đoàn dự chấm"
        constraints = [
            models.CheckConstraint(
                name="hoithao_observer_score_within_most",
                condition=models.Q(total__gte=0, total__lte=models.F("most")),
                violation_error_message="Tổng điểm phải từ 0 đến điểm tối đa của khung.",
            )
        ]

    def __str__(self):
        return f"Điểm đoàn dự chấm, {self.meeting}"


class Review(Stamped):
    """Rút kinh nghiệm tại chỗ: what the group and the cell agreed right after the meeting."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="review", verbose_name="buổi điểm")
    strengths = models.TextField("ưu điểm")
    weaknesses = models.TextField("hạn chế", blank=True)
    causes = models.TextField("nguyên nhân", blank=True)
    proposals = models.TextField("đề xuất", blank=True)
    dispute = models.TextField("vấn đề còn ý kiến khác nhau", blank=True)
    settled = models.TextField("cách giải quyết", blank=True)
    action = models.CharField("việc làm tiếp", max_length=300, blank=True)
    owner = models.CharField("ai làm", max_length=200, blank=True)
    due_on = models.DateField("hạn", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    class Meta:
        verbose_name = "rút kinh nghiệm tại chỗ"
        verbose_name_plural = "rút kinh nghiệm tại chỗ"

    def __str__(self):
        return f"Rút kinh nghiệm {self.meeting}"


class LessonMove(models.Model):
    """A dated step of a lesson, with who took it and on what ground."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="moves", verbose_name="bài học")
    status = models.CharField("mức", max_length=12, choices=LessonStatus)
    day = models.DateField("ngày")
    ground = models.CharField("căn cứ", max_length=300, blank=True)
    who = models.CharField("ai", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "bước của bài học"
        verbose_name_plural = "bước của bài học"
        ordering = ["lesson", "id"]

    def __str__(self):
        return self.get_status_display()


class AdoptionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


class Adoption(models.Model):
    """A cell put a lesson or a theme into one of its meetings."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="adoptions", verbose_name="chi bộ"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="adoptions", verbose_name="áp dụng tại")
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="adoptions", verbose_name="bài học"
    )
    theme = models.ForeignKey(
        "hoithao.Theme",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
        verbose_name="chuyên đề",
    )
    day = models.DateField("ngày")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "áp dụng"
        verbose_name_plural = "áp dụng"
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "lesson", "theme"], name="hoithao_adoption_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="hoithao_adoption_of_one",
                condition=models.Q(lesson__isnull=False) ^ models.Q(theme__isnull=False),
                violation_error_message="Áp dụng một bài học hoặc một chuyên đề.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation.label}, {self.day}"
