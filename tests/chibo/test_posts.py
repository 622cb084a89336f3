"""Posts of a unit stand in the order they are read out."""

import datetime as dt

from django.urls import reverse

from chibo.checks import findings_of
from chibo.choices import Post
from chibo.services.bases import committee_size
from chibo.services.committees import appoint
from tests.factories.chibo import START

DAY = dt.date(2020, 12, 1)


def test_deputy_stands_before_a_plain_member_of_the_chi_uy(client, world):
    appoint(world.members_a1[2], world.cell_a1, Post.CELL_COMMITTEE_MEMBER, START, by=None)
    posts = [one.post for one in world.cell_a1.positions.on(dt.date(2020, 12, 1)).by_rank()]
    assert posts == [Post.SECRETARY, Post.DEPUTY, Post.CELL_COMMITTEE_MEMBER]
    client.force_login(world.users["organising"])
    page = client.get(reverse("chibo:organisation_detail", args=[world.cell_a1.pk])).text
    assert page.index(">Phó Bí thư<") < page.index(">Chi ủy viên<")


def offered(client, unit):
    page = client.get(reverse("chibo:position_create", args=[unit.pk]))
    return {value for value, _ in page.context["form"].fields["post"].choices}


def test_each_unit_offers_the_posts_it_can_have(client, world):
    client.force_login(world.users["organising"])
    cell, ward = offered(client, world.cell_a1), offered(client, world.ward_a)
    groups = {Post.GROUP_HEAD, Post.GROUP_DEPUTY}
    inspection = {Post.INSPECTION_HEAD, Post.INSPECTION_DEPUTY, Post.INSPECTION_MEMBER}
    assert groups <= cell and not inspection & cell
    assert inspection <= ward and not groups & ward
    assert Post.MEMBERS_CLERK in cell & ward


def test_a_post_outside_the_committee_is_no_member_of_it(world):
    before = committee_size(world.ward_a, DAY)
    for member, post in zip(world.members_a1[2:5], (Post.INSPECTION_DEPUTY, Post.INSPECTION_MEMBER, Post.MEMBERS_CLERK), strict=True):  # fmt: skip
        appoint(member, world.ward_a, post, START, by=None)
    assert committee_size(world.ward_a, DAY) == before
    appoint(world.members_a1[5], world.ward_a, Post.COMMITTEE_MEMBER, START, by=None)
    assert committee_size(world.ward_a, DAY) == before + 1


def test_a_large_cell_is_asked_for_groups_until_a_head_is_written(world):
    def asked():
        return [one.text for one in findings_of(world.cell_a1, DAY, 31, 31) if "chia tổ đảng" in one.text]

    assert len(asked()) == 1
    appoint(world.members_a1[4], world.cell_a1, Post.GROUP_HEAD, START, by=None)
    assert asked() == []
