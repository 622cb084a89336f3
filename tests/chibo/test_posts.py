"""Posts of a unit stand in the order they are read out."""

import datetime as dt

from django.urls import reverse

from chibo.choices import Post
from chibo.services.committees import appoint
from tests.factories.chibo import START


def test_deputy_stands_before_a_plain_member_of_the_chi_uy(client, world):
    appoint(world.members_a1[2], world.cell_a1, Post.CELL_COMMITTEE_MEMBER, START, by=None)
    posts = [one.post for one in world.cell_a1.positions.on(dt.date(2020, 12, 1)).by_rank()]
    assert posts == [Post.SECRETARY, Post.DEPUTY, Post.CELL_COMMITTEE_MEMBER]
    client.force_login(world.users["organising"])
    page = client.get(reverse("chibo:organisation_detail", args=[world.cell_a1.pk])).text
    assert page.index(">Phó Bí thư<") < page.index(">Chi ủy viên<")
