"""A post is laid down, an exemption ends: on screen, on a day, refused in words, told in the trail."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from chibo.choices import Post, Standing
from chibo.figures import holder_of
from chibo.services.members import set_standing
from kyanh_portal.audit.models import AuditEntry


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
