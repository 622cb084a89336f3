"""Inspection and supervision (kiểm tra, giám sát): seen only by those entitled."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from chibo.choices import Role
from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.files.models import StoredFile
from nghiquyet.choices import SHOWN, CheckForm, CheckPaper, CheckState
from nghiquyet.models.resolution import Resolution

HEADS = [Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY]
LEADERS = [Role.STANDING, Role.COMMITTEE_SECRETARY]


def held_at(user, roles) -> list[int]:
    """Organisations at which the user holds one of the roles itself, not by standing above."""
    return [held.organisation_id for held in getattr(scope_of(user), "held", []) if held.role in roles]


class SupervisionQuerySet(models.QuerySet):
    def led_by(self, user):
        """Whole dossiers: the team, the inspection committee of the branch, the leaders of the deciding body."""
        scope = scope_of(user)
        if not hasattr(scope, "covers_as"):
            return self.none()
        return self.filter(
            Q(pk__in=TeamMember.objects.filter(user_id=user.pk, left_on__isnull=True).values("supervision_id"))
            | scope.covers_as("organisation__path", Role.INSPECTION)
            | Q(organisation__in=held_at(user, LEADERS))
        )

    def visible_to(self, user):
        """The same, and the supervised bodies' own heads once it is announced."""
        told = Q(pk__in=Supervision.subjects.through.objects.filter(organisation_id__in=held_at(user, HEADS)).values("supervision_id"))  # fmt: skip
        told &= ~Q(state__in=[CheckState.PLANNED, CheckState.PREPARING])
        return self.filter(told | Q(pk__in=self.model.objects.led_by(user).values("pk")))


class Supervision(Stamped):
    """One inspection or supervision: who decides, of whom, about what, how far it is."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="supervisions", verbose_name="cơ quan ra quyết định")  # fmt: skip
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="supervisions", verbose_name="về nghị quyết")  # fmt: skip
    form = models.CharField("hình thức", max_length=12, choices=CheckForm, default=CheckForm.THEMATIC)
    title = models.CharField("về việc", max_length=300)
    content = models.TextField("nội dung, phạm vi", blank=True)
    subjects = models.ManyToManyField(Organisation, related_name="+", verbose_name="đơn vị được kiểm tra, giám sát")
    state = models.CharField("bước", max_length=12, choices=CheckState, default=CheckState.PLANNED)
    planned_on = models.DateField("dự kiến", null=True, blank=True)
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc kiểm tra, giám sát"
        verbose_name_plural = "cuộc kiểm tra, giám sát"
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.get_form_display()} {self.title}"

    def get_absolute_url(self):
        return reverse("nghiquyet:supervision_detail", args=[self.pk])

    @property
    def path(self) -> str:
        return self.organisation.path


class TeamMember(models.Model):
    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="team", verbose_name="cuộc")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="thành viên")  # fmt: skip
    post = models.CharField("nhiệm vụ trong đoàn", max_length=80, blank=True)
    left_on = models.DateField("ra khỏi đoàn ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thành viên đoàn"
        verbose_name_plural = "thành viên đoàn"
        ordering = ["supervision", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["supervision", "user"], name="nghiquyet_team_once",
                violation_error_message="Đồng chí này đã ở trong đoàn.",
            )
        ]  # fmt: skip

    def __str__(self):
        return str(self.user)


class SupervisionStep(models.Model):
    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="steps", verbose_name="cuộc")
    state = models.CharField("bước", max_length=12, choices=CheckState)
    on = models.DateField("ngày")
    note = models.TextField("ghi chú", blank=True)
    at = models.DateTimeField("ghi lúc", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi")  # fmt: skip

    class Meta:
        verbose_name = "bước kiểm tra, giám sát"
        verbose_name_plural = "bước kiểm tra, giám sát"
        ordering = ["supervision", "id"]

    def __str__(self):
        return self.get_state_display()


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of whole dossiers; to the supervised body only plan, outline, decision, its own papers and the notice."""
        whole = Q(supervision__in=Supervision.objects.led_by(user).values("pk"))
        part = Q(supervision__in=Supervision.objects.visible_to(user).values("pk"), kind__in=SHOWN)
        return self.filter(whole | part)


class SupervisionPaper(models.Model):
    """One paper of the dossier: issued here, issued elsewhere (number and date), or a file."""

    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="papers", verbose_name="cuộc")
    kind = models.CharField("loại", max_length=12, choices=CheckPaper)
    title = models.CharField("trích yếu", max_length=300)
    number_line = models.CharField("số và ký hiệu", max_length=60, blank=True)
    dated = models.DateField("ngày")
    text = models.TextField("nội dung", blank=True)
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản đã khóa")  # fmt: skip
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")  # fmt: skip
    from_subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="của đơn vị")  # fmt: skip
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi")  # fmt: skip

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản kiểm tra, giám sát"
        verbose_name_plural = "văn bản kiểm tra, giám sát"
        ordering = ["supervision", "dated", "id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.supervision.get_absolute_url()

    @property
    def path(self) -> str:
        return self.supervision.path
