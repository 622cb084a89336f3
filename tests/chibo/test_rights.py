"""Roles cover a branch from a day to a day; they never mix, and they follow a cell that moves."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.choices import Role
from chibo.forms.members import NewMemberForm
from chibo.forms.organisations import EstablishForm
from chibo.models import RoleGrant
from chibo.services.accounts import open_account
from chibo.services.roles import grant_role
from kyanh_portal.accounts.models import User
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken
from tests.factories.chibo import START, make_user
from tests.factories.hoithao import closed

pytestmark = pytest.mark.django_db


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def again(user):
    return User.objects.get(pk=user.pk)


def test_a_member_takes_the_minutes_of_the_own_cell_and_no_other(world):
    own, other = closed(world.cell_a1, world.members_a1), closed(world.cell_b1, world.members_b1, votes=[])
    client = client_of(world.users["member"])
    page = client.get(reverse("hoithao:meeting_detail", args=[own.meeting_id])).content.decode()
    assert reverse("documents:pdf", args=[own.document_id]) in page
    assert f'"{reverse("documents:detail", args=[own.document_id])}"' not in page
    assert client.get(reverse("documents:pdf", args=[own.document_id]))["Content-Type"] == "application/pdf"
    assert AuditEntry.objects.filter(verb="document.downloaded", by=world.users["member"]).count() == 1
    assert client.get(reverse("documents:pdf", args=[other.document_id])).status_code == 404
    assert client.get(reverse("documents:docx", args=[own.document_id])).status_code == 403


def test_a_cell_that_moves_changes_hands_at_the_next_request(world):
    chief_a, chief_b = world.users["committee"], make_user("committee.b", Role.COMMITTEE_SECRETARY, world.ward_b)
    at_a, at_b = client_of(chief_a), client_of(chief_b)
    address = reverse("chibo:organisation_detail", args=[world.cell_a1.pk])
    assert (at_a.get(address).status_code, at_b.get(address).status_code) == (200, 404)
    world.cell_a1.parent = world.ward_b
    world.cell_a1.path = f"{world.ward_b.path}{world.cell_a1.pk:010d}."
    world.cell_a1.save()
    assert (at_a.get(address).status_code, at_b.get(address).status_code) == (404, 200)
    own = client_of(world.users["secretary"])
    assert own.get(address).status_code == 200


@pytest.mark.parametrize("days,seen", [((-10, -1), 403), ((-10, 0), 200), ((0, None), 200), ((1, None), 403)])
def test_a_role_holds_from_its_first_day_to_its_last(world, days, seen):
    user = make_user("moi")
    first, last = (None if day is None else today() + dt.timedelta(days=day) for day in days)
    grant_role(user, Role.INSPECTION, world.town, first, by=None, ends_on=last)
    assert client_of(user).get(reverse("chibo:organisation_list")).status_code == seen


def test_roles_are_not_mixed(world):
    """Reading everything and writing in one cell does not add up to writing everywhere."""
    grant_role(world.users["secretary"], Role.STANDING, world.town, START, by=None)
    user = again(world.users["secretary"])
    assert list(NewMemberForm(user=user).fields["organisation"].queryset) == [world.cell_a1]
    narrow = make_user("to.chuc.a", Role.ORGANISING, world.ward_a)
    grant_role(narrow, Role.INSPECTION, world.town, START, by=None)
    assert list(EstablishForm(user=again(narrow)).fields["parent"].queryset) == [world.ward_a]


def test_an_administrator_of_a_branch_does_not_reach_accounts_of_another(world):
    client = client_of(make_user("quan.tri.a", Role.ADMINISTRATOR, world.ward_a))
    office, own, new = (
        world.users["office"],
        world.users["secretary"],
        open_account("chua.co", "Mới", "x" * 20, by=None),
    )
    for name in ("account_detail", "account_switch", "account_password", "grant_create"):
        assert client.get(reverse(f"chibo:{name}", args=[office.pk])).status_code == 404
        assert client.post(reverse(f"chibo:{name}", args=[office.pk])).status_code in (404, 405)
        assert client.get(reverse(f"chibo:{name}", args=[own.pk])).status_code == 200
        assert client.get(reverse(f"chibo:{name}", args=[new.pk])).status_code == 200
    office.refresh_from_db()
    assert office.is_active
    assert str(office) not in client.get(reverse("chibo:account_list")).content.decode()


def test_the_administrator_meets_no_name_and_no_text(world):
    minutes = closed(world.cell_a1, world.members_a1)
    client = client_of(world.users["administrator"])
    canaries = [world.members_a1[2].full_name, minutes.meeting.conclusion]
    for address in (
        "/",
        "/muc/",
        "/tim/?q=mau",
        "/to-chuc/tai-khoan/",
        "/nhat-ky/",
        "/nhat-ky/quyen/",
        "/viec-den-han/",
        "/tham-so/",
    ):
        page = client.get(address).content.decode()
        assert [canary for canary in canaries if canary in page] == [], address


def test_a_member_meets_only_the_own_name(world):
    client, own = client_of(world.users["member"]), world.members_a1[5]
    page = client.get(reverse("chibo:member_list")).content.decode()
    assert own.full_name in page
    assert [m.full_name for m in world.members_a1 if m != own and m.full_name in page] == []
    found = client.get("/tim/?q=nguyen mau").content.decode()
    assert [m.full_name for m in world.members_a1 if m != own and m.full_name in found] == []


def test_nobody_grants_or_ends_an_own_role(world):
    admin = world.users["administrator"]
    with pytest.raises(RuleBroken):
        grant_role(admin, Role.OFFICE, world.town, START, by=admin)
    client = client_of(admin)
    grant = RoleGrant.objects.get(user=admin)
    answer = client.post(reverse("chibo:grant_end", args=[admin.pk, grant.pk]), {"ends_on": "01/01/2026"})
    assert answer.status_code == 422
    grant.refresh_from_db()
    assert grant.ends_on is None


def test_an_administrator_does_not_lock_himself_out(world):
    """A new password for oneself would be lost with the session that shows it: refused, and not offered."""
    admin = world.users["administrator"]
    client, old = client_of(admin), admin.password
    answer = client.post(reverse("chibo:account_password", args=[admin.pk]))
    assert answer.status_code == 422 and "trang Tài khoản" in answer.text
    admin.refresh_from_db()
    assert admin.password == old and client.get("/").status_code == 200
    page = client.get(reverse("chibo:account_detail", args=[admin.pk])).text
    assert reverse("chibo:account_password", args=[admin.pk]) not in page
    other = client.get(reverse("chibo:account_detail", args=[world.users["office"].pk])).text
    assert reverse("chibo:account_password", args=[world.users["office"].pk]) in other
    assert f"Tài khoản: {admin.display_name}" in other, "the head of the page names who reads, not whom it is about"
