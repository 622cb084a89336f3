"""Open, close and help accounts. Nobody signs up alone."""

import secrets

from django.contrib.sessions.models import Session
from django.db import transaction

from chibo.models import Member
from kyanh_portal.accounts.models import User, normal_name
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken

_LETTERS = "abcdefghkmnpqrstuvwxyz23456789"  # none that is taken for another


def first_password() -> str:
    """Four groups of four, easy to read out on the telephone: 80 bits less a little."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def open_account(username, display_name, password, *, by, is_synthetic=False, must_change_password=True) -> User:
    """Open an account; the first password must be changed at the first sign-in."""
    if User.objects.filter(username=normal_name(username)).exists():
        raise RuleBroken("Tên đăng nhập này đã có người dùng. Chọn tên khác.", field="username")
    user = User.objects.create_user(
        username,
        password,
        display_name=display_name,
        is_synthetic=is_synthetic,
        must_change_password=must_change_password,
    )
    record("account.opened", user, by=by)
    return user


@transaction.atomic
def close_account(user, *, by) -> User:
    """The account no longer signs in; its sessions end at once."""
    if user == by:
        raise RuleBroken("Đồng chí không tự khóa tài khoản của mình.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    record("account.closed", user, by=by)
    return user


@transaction.atomic
def reopen_account(user, *, by) -> User:
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("account.reopened", user, by=by)
    return user


@transaction.atomic
def reset_password(user, *, by) -> str:
    """A new first password, told once; sessions end. Not for oneself: the answer would be lost with the session."""
    if user == by:
        raise RuleBroken("Mật khẩu của mình thì đổi ở trang Tài khoản, mục Đổi mật khẩu.")
    password = first_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    end_sessions(user)
    record("account.password_reset", user, by=by)
    return password


@transaction.atomic
def tie_account(user, member: Member | None, *, by) -> None:
    """Say which member of a roll an account is (None: no longer any): who signs minutes, and sees the own attendance."""
    if user == by:
        raise RuleBroken("Tài khoản của mình thì Quản trị khác gắn.")
    before = Member.objects.select_for_update().filter(user=user).first()
    if before == member:
        return
    if before is not None:
        before.user = None
        before.save(update_fields=["user"])
        record("account.untied", user, by=by, member=before.pk)
    if member is not None:
        member = Member.objects.select_for_update().get(pk=member.pk)
        if member.user_id is not None:
            raise RuleBroken(f"Đồng chí {member} đã có tài khoản khác. Bỏ gắn ở tài khoản ấy trước.", field="member")
        member.user = user
        member.save(update_fields=["user"])
        record("account.tied", user, by=by, member=member.pk)


def end_sessions(user) -> None:
    """Every session of the account ends (the list of sessions is allauth's)."""
    from allauth.usersessions.models import UserSession

    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()
