"""A post is laid down, an exemption ends: on screen, on a day, refused in words, told in the trail."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from chibo.choices import Post, Standing
from chibo.figures import holder_of
from chibo.services.members import set_standing
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.errors import RuleBroken


@pytest.fixture
def organising(client, world):
    client.force_login(world.users["organising"])
    return client


def test_post_is_laid_down_from_the_page_of_the_unit(organising, world):
    unit = world.cell_a1
    position = unit.positions.get(post=Post.DEPUTY)
    address = reverse("chibo:position_end", args=[unit.pk, position.pk])
    assert address in organising.get(unit.get_absolute_url()).text
    early = organising.post(address, {"ends_on": "1990-01-01", "once": uuid.uuid4()})
    assert early.status_code == 422 and "phải sau ngày nhận" in early.text
    assert organising.post(address, {"ends_on": "2020-11-30", "once": uuid.uuid4()}).status_code == 302
    assert holder_of(unit, [Post.DEPUTY], dt.date(2020, 11, 30)) and not holder_of(
        unit, [Post.DEPUTY], dt.date(2020, 12, 1)
    )
    assert AuditEntry.objects.filter(verb="position.ended", by=world.users["organising"]).count() == 1
    assert organising.get(reverse("chibo:position_end", args=[world.cell_a2.pk, position.pk])).status_code == 404


def test_exemption_ends_and_the_member_is_counted_again(organising, world):
    member, day = world.members_a1[4], dt.date(2020, 12, 10)
    set_standing(member, Standing.EXEMPT, dt.date(2020, 1, 1), by=None)
    period = member.standing_periods.get()
    address = reverse("chibo:standing_end", args=[member.pk, period.pk])
    assert address in organising.get(member.get_absolute_url()).text
    assert member.standing_on(day) == Standing.EXEMPT
    assert organising.post(address, {"ends_on": "2019-12-31", "once": uuid.uuid4()}).status_code == 422
    assert organising.post(address, {"ends_on": "2020-11-30", "once": uuid.uuid4()}).status_code == 302
    assert type(member).objects.get(pk=member.pk).standing_on(day) == Standing.OFFICIAL
    assert address not in organising.get(member.get_absolute_url()).text
    assert organising.get(reverse("chibo:standing_end", args=[world.members_a1[5].pk, period.pk])).status_code == 404


def test_a_badge_after_death_counts_to_that_day_and_none_for_who_left(world):
    from django.test import Client
    from django.urls import reverse

    from chibo.choices import Leaving
    from chibo.models import Member
    from chibo.services.lifecycle import check_badge, leave_party

    died, gone = world.members_a1[:2]
    Member.objects.filter(pk__in=[died.pk, gone.pk]).update(admitted_on=dt.date(1990, 3, 1), decided_on=None, official_on=dt.date(1991, 3, 1), joined_on=dt.date(1991, 3, 1))  # fmt: skip
    for one, reason in ((died, Leaving.DIED), (gone, Leaving.ASKED)):
        one.refresh_from_db()
        leave_party(one, reason, dt.date(2019, 4, 10), "Giấy tờ 1", by=None)
    check_badge(died, 30, dt.date(2019, 9, 2))  # thirty years on 01/3/2020, less than twelve months after the death
    with pytest.raises(RuleBroken, match="truy tặng sớm không quá 12 tháng") as refused:
        check_badge(died, 40, dt.date(2020, 11, 7))
    assert refused.value.field == "years"
    with pytest.raises(RuleBroken, match="đã ra khỏi Đảng"):
        check_badge(gone, 30, dt.date(2020, 11, 7))
    client = Client()
    client.force_login(world.users["secretary"])
    url = reverse("chibo:badge_create", args=[died.pk])
    assert f'{url}">Ghi truy tặng Huy hiệu Đảng' in client.get(died.get_absolute_url()).content.decode()
    assert reverse("chibo:badge_create", args=[gone.pk]) not in client.get(gone.get_absolute_url()).content.decode()
    assert client.post(url, {"years": "30", "awarded_on": "2019-09-02"}).status_code == 302
    assert died.badges.get().years == 30
