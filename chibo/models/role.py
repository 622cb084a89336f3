"""Who may do what where: a user holds a role in an organisation, from a date to a date."""

import datetime as dt

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from chibo.choices import Role
from chibo.models.organisation import Organisation
from kyanh_portal.access.scope import scope_of


def accounts_managed_by(user):
    """Accounts an administrator may act on: all of whose roles, past ones too, lie in the own branch.

    An account without any role is anybody's to begin with; one that also answers for another branch is not.
    """
    own = Q(pk__in=[])
    for held in scope_of(user).held:
        if held.role == Role.ADMINISTRATOR:
            own |= Q(organisation__path__startswith=held.path)
    elsewhere = RoleGrant.objects.exclude(pk__in=RoleGrant.objects.filter(own).values("pk"))
    return get_user_model().objects.exclude(Exists(elsewhere.filter(user=OuterRef("pk")))).order_by("display_name")


def member_of(account):
    """The member an account is, if it was tied to one."""
    from chibo.models.member import Member

    return Member.objects.filter(user=account).first()


def members_to_tie(account, day: dt.date):
    """Whom an account may be tied to: of the cells where it holds a role that day, without another account."""
    from chibo.models.member import Member

    cells = RoleGrant.objects.filter(user=account).in_force(day).values("organisation")
    free = Member.objects.present_on(day).filter(Q(user=None), organisation__in=cells)
    return (free | Member.objects.filter(user=account)).in_order()


class RoleGrantQuerySet(models.QuerySet):
    def in_force(self, day: dt.date):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def visible_to(self, user):
        """Administrators see the grants of their branch; everybody sees the own ones."""
        scope = scope_of(user)
        condition = Q(user=user)
        for held in scope.held:
            if held.role == Role.ADMINISTRATOR:
                condition |= Q(organisation__path__startswith=held.path)
        return self.filter(condition)


class RoleGrant(models.Model):
    """A role covers the organisation it is held in and everything below it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants", verbose_name="tài khoản"
    )
    role = models.CharField("vai trò", max_length=30, choices=Role)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants", verbose_name="tại")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò được giao"
        verbose_name_plural = "vai trò được giao"
        ordering = ["user", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="chibo_role_dates",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày thôi vai trò phải sau ngày giao.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} · {self.organisation.label}"
