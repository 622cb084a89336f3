"""The congress resolution of the demo world, on the small committee."""

import datetime as dt

import pytest

from kyanh_portal.demo.world import World
from nghiquyet.choices import Signing
from nghiquyet.demo_congress import build_congress
from nghiquyet.figures.chain import chain_of
from nghiquyet.figures.living import bare_clauses
from nghiquyet.models import Evaluation, Resolution
from tests.factories.living import rate_of, resolution_in_force

pytestmark = pytest.mark.django_db


def test_the_congress_resolution_is_labelled_and_linked(world, settings):
    settings.PORTAL_TODAY = dt.date(2021, 3, 1)
    thematic = resolution_in_force(world)
    rate_of(thematic)
    story = World()
    story["vanphong"], story["town"] = world.users["office"], world.town
    build_congress(story)
    congress = Resolution.objects.get(signing=Signing.CONGRESS)
    assert congress.is_synthetic
    assert congress.document.is_synthetic
    assert congress.document.number_line == "Số 01-NQ/ĐH"
    assert congress.document.content["issuer_name"].startswith("ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ ")
    assert bare_clauses(congress) == 0
    chain = chain_of(congress, world.users["office"])
    assert [link.resolutions for link in chain.links if link.resolutions] == [[thematic]]
    assert Evaluation.objects.get().snapshot["headline"]["all"] == 1
