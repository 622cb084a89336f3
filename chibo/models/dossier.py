"""The paper file of a member as a checklist, the old card number, rewards of the Party: dated, no scan, no content."""

from django.db import models
from django.db.models import Q

from chibo.dossier_choices import PaperState, RewardGiver, RewardKind
from chibo.models.member import Member
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.models import Stamped
from kyanh_portal.base.sealed import unseal


class OfMemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope_of(user).covers("member__organisation__path"))


class DossierPaperQuerySet(OfMemberQuerySet):
    def as_of(self, day):
        """Of each paper of each member how it was found last, by that day."""
        rows = self.filter(on__lte=day).order_by("member_id", "number", "-on", "-pk")
        return rows.distinct("member_id", "number")


class DossierPaper(Stamped):
    """On a day paper `number` of the catalogue was present, missing, or scanned to the central system (06-HD/TW 8).

    A later look is another row: how the file stood on an earlier day stays known. Never the paper itself.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="dossier_papers", verbose_name="đồng chí")
    number = models.PositiveSmallIntegerField("số thứ tự trong danh mục")
    state = models.CharField("tình trạng", max_length=12, choices=PaperState)
    on = models.DateField("ngày kiểm")

    objects = DossierPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy tờ trong hồ sơ"
        verbose_name_plural = "giấy tờ trong hồ sơ"
        ordering = ["member", "number", "on", "pk"]
        indexes = [models.Index(fields=["member", "number", "-on", "-id"], name="chibo_dossier_last")]
        constraints = [
            models.CheckConstraint(name="chibo_dossier_number", condition=Q(number__gte=1, number__lte=999), violation_error_message="Số thứ tự trong danh mục từ 1 trở lên.")
        ]  # fmt: skip

    def __str__(self):
        return f"{self.member}, giấy tờ {self.number}: {self.get_state_display().lower()}"


class OldCard(Stamped):
    """The card before 02/9/2025 (theo QĐ 85): its number sealed as the identity number is, where and when it was given."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="old_card", verbose_name="đồng chí")
    sealed = models.CharField("số thẻ cũ, đã mã hóa", max_length=400)
    trace = models.CharField("dấu để tìm", max_length=64, unique=True)
    shown = models.CharField("dạng che", max_length=20)
    issued_at = models.CharField("nơi cấp", max_length=200, blank=True)
    issued_on = models.DateField("ngày cấp", null=True, blank=True)

    class Meta:
        verbose_name = "thẻ đảng viên cũ"
        verbose_name_plural = "thẻ đảng viên cũ"

    def __str__(self):
        return self.shown

    def open(self) -> str:
        """The eight digits. Only services that record who asked and why may call it."""
        return unseal(self.sealed)


class Reward(Stamped):
    """A reward of the Party: form, who decided, day, number of the decision (294-QĐ/TW 28.2; 06-HD/TW 19)."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="rewards", verbose_name="đồng chí")
    kind = models.CharField("hình thức", max_length=12, choices=RewardKind)
    giver = models.CharField("cấp quyết định", max_length=12, choices=RewardGiver)
    decided_on = models.DateField("ngày quyết định")
    decision = models.CharField("số quyết định, nghị quyết", max_length=200)
    for_what = models.CharField("thành tích", max_length=300, blank=True)

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng của Đảng"
        verbose_name_plural = "khen thưởng của Đảng"
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["-decided_on"], name="chibo_reward_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "decision"],
                name="chibo_reward_once",
                violation_error_message="Quyết định khen thưởng này đã ghi cho đồng chí ấy.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.member}"
