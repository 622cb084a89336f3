"""Model meetings: the programme of rounds, and the lessons they taught."""

from django.db import models
from django.urls import reverse

from chibo.models import Organisation
from hoithao.choices import LessonStatus
from hoithao.models.meeting import Meeting
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("organisation__path"))


class Programme(Stamped):
    """A programme of model meetings that a committee runs, in rounds."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="programmes", verbose_name="cấp ủy"
    )
    name = models.CharField("tên", max_length=300)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình sinh hoạt điểm"
        verbose_name_plural = "chương trình sinh hoạt điểm"
        ordering = ["-starts_on"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("hoithao:programme_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.organisation.path


class Round(models.Model):
    """Đợt: the model meetings of one month."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="rounds", verbose_name="chương trình"
    )
    number = models.PositiveSmallIntegerField("đợt")
    month = models.DateField("tháng")

    class Meta:
        verbose_name = "đợt sinh hoạt điểm"
        verbose_name_plural = "đợt sinh hoạt điểm"
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="hoithao_round_number_once")]

    def __str__(self):
        return f"Đợt {self.number} (tháng {self.month.month}/{self.month.year})"


class ProgrammeConference(models.Model):
    """Which programme a conference of lessons (hội nghị rút kinh nghiệm mở rộng) is about."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="conferences", verbose_name="chương trình"
    )
    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, related_name="conference_of", verbose_name="hội nghị"
    )

    class Meta:
        verbose_name = "hội nghị rút kinh nghiệm của chương trình"
        verbose_name_plural = "hội nghị rút kinh nghiệm của chương trình"
        ordering = ["programme", "id"]

    def __str__(self):
        return f"{self.meeting}: {self.programme}"


class LessonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lessons of the branches the user answers for; beyond them those agreed in a programme of a committee above."""
        scope = scope_of(user)
        above = {path[: at + 1] for path in scope.seeing_paths for at, letter in enumerate(path) if letter == "."}
        agreed = ~models.Q(status=LessonStatus.NOTED) & (
            models.Q(meeting__organisation__path__in=above)
            | models.Q(meeting__round__programme__organisation__path__in=above)
        )
        return self.filter(scope.covers("meeting__organisation__path") | agreed)


class Lesson(Stamped):
    """What a model meeting or a conference of lessons taught: drawn on the spot or later."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="lessons", verbose_name="rút ra tại")
    context = models.TextField("bối cảnh", blank=True)
    worked = models.TextField("làm được")
    lacking = models.TextField("chưa được", blank=True)
    repeat = models.TextField("cách làm lại", blank=True)
    status = models.CharField("mức", max_length=12, choices=LessonStatus, default=LessonStatus.NOTED)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = "bài học"
        verbose_name_plural = "bài học"
        ordering = ["meeting", "id"]

    def __str__(self):
        return self.worked[:80]

    def get_absolute_url(self):
        return reverse("hoithao:lesson_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.meeting.path
