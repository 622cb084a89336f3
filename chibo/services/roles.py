"""Who may do what: grant a role in an organisation, end it."""

from django.db import transaction

from chibo.models import RoleGrant
from chibo.services.accounts import end_sessions
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken


@transaction.atomic
def grant_role(user, role, organisation, starts_on, *, by, ends_on=None) -> RoleGrant:
    """Give a role from a date; it covers the organisation and all below it."""
    if ends_on and ends_on < starts_on:
        raise RuleBroken("Ngày thôi vai trò phải sau ngày giao.", field="ends_on")
    same = RoleGrant.objects.filter(user=user, role=role, organisation=organisation).in_force(starts_on)
    if same.exists():
        raise RuleBroken("Tài khoản này đang giữ vai trò đó ở đơn vị này.", field="role")
    if by is not None and by == user:
        raise RuleBroken("Đồng chí không tự giao vai trò cho mình. Nhờ một quản trị khác.", field="role")
    grant = RoleGrant.objects.create(
        user=user, role=role, organisation=organisation, starts_on=starts_on, ends_on=ends_on
    )
    end_sessions(user)
    record("role.granted", grant, by=by, role=role, user=user.pk, starts_on=str(starts_on), ends_on=str(ends_on or ""))
    return grant


@transaction.atomic
def end_role(grant, ends_on, *, by) -> RoleGrant:
    """The role ends with that day; sessions end, so that no page made with it stays open."""
    if by is not None and by == grant.user:
        raise RuleBroken("Đồng chí không tự thôi vai trò của mình. Nhờ một quản trị khác.", field="ends_on")
    if ends_on < grant.starts_on:
        raise RuleBroken("Ngày thôi vai trò phải sau ngày giao.", field="ends_on")
    before, grant.ends_on = grant.ends_on, ends_on
    grant.save(update_fields=["ends_on"])
    end_sessions(grant.user)
    record(
        "role.ended",
        grant,
        by=by,
        role=grant.role,
        user=grant.user_id,
        changes={"ends_on": [str(before or ""), str(ends_on)]},
    )
    return grant
