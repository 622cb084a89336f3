"""The administrator says which member an account is; only then the member signs minutes and sees the own record."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.choices import Role
from chibo.models import Member
from chibo.services.accounts import tie_account
from hoithao.services.signing import role_of
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import make_user
from tests.factories.hoithao import closed

pytestmark = pytest.mark.django_db


def press(client, account, member):
    return client.post(reverse("chibo:account_tie", args=[account.pk]), {"member": member.pk if member else ""}, follow=True)  # fmt: skip


def test_a_tied_account_signs_as_the_member_and_no_longer_once_untied(world):
    minutes = closed(world.cell_a1, world.members_a1, dt.date(2020, 1, 1))
    account, chair = world.users["secretary"], minutes.meeting.chair
    Member.objects.filter(user=account).update(user=None)
    admin = Client()
    admin.force_login(world.users["administrator"])
    assert role_of(minutes, account) is None
    page = press(admin, account, chair)
    assert "Đã gắn tài khoản." in page.content.decode() and chair.full_name in page.content.decode()
    minutes.meeting.chair.refresh_from_db()
    assert role_of(minutes, account) == "CHU_TRI"
    assert AuditEntry.objects.filter(verb="account.tied", target_id=str(account.pk)).count() == 1
    press(admin, account, None)
    assert not Member.objects.filter(user=account).exists()


def test_only_members_of_the_accounts_own_cells_without_another_account_are_offered(world):
    account, admin = world.users["secretary"], Client()
    Member.objects.filter(user=account).update(user=None)
    admin.force_login(world.users["administrator"])
    taken = world.members_a1[2]
    Member.objects.filter(pk=taken.pk).update(user=make_user("nguoi-khac", Role.MEMBER, world.cell_a1))
    form = admin.get(reverse("chibo:account_tie", args=[account.pk])).context["form"]
    offered = set(form.fields["member"].queryset)
    assert taken not in offered and world.members_a1[3] in offered
    assert {one.organisation_id for one in offered} == {world.cell_a1.pk}
    stranger = Member.objects.exclude(organisation=world.cell_a1).first()
    refused = press(admin, account, stranger)
    assert refused.status_code == 422 and refused.context["form"].errors["member"]
    assert not Member.objects.filter(user=account).exists()


def test_nobody_ties_the_own_account_and_one_member_has_one_account(world):
    admin, member = world.users["administrator"], world.members_a1[4]
    with pytest.raises(RuleBroken, match="Quản trị khác"):
        tie_account(admin, member, by=admin)
    tie_account(world.users["secretary"], member, by=admin)
    other = make_user("nguoi-khac", Role.MEMBER, world.cell_a1)
    with pytest.raises(RuleBroken, match="đã có tài khoản khác"):
        tie_account(other, member, by=admin)
