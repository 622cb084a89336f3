"""What a phone needs to put the meetings on its home screen."""

import math

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from PIL import Image

pytestmark = pytest.mark.django_db


@pytest.fixture
def manifest(world, client):
    client.force_login(world.users["secretary"])
    answer = client.get(reverse("hoithao:manifest"))
    assert answer["Content-Type"].startswith("application/manifest+json")
    return answer.json()


def picture(icon):
    return Image.open(finders.find(icon["src"].removeprefix(static(""))))


def test_the_manifest_names_pictures_of_the_size_it_says(manifest):
    assert manifest["display"] == "standalone"
    assert manifest["start_url"].startswith(manifest["scope"])
    icons = [one for one in manifest["icons"] if one["type"] == "image/png"]
    assert {(one["sizes"], one["purpose"]) for one in icons} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in icons:
        assert "x".join(map(str, picture(icon).size)) == icon["sizes"]


def test_the_maskable_picture_keeps_all_ink_within_the_circle_a_phone_cuts(manifest):
    icon = next(one for one in manifest["icons"] if one.get("purpose") == "maskable")
    image = picture(icon).convert("RGBA")
    middle, ground = image.width / 2, image.getpixel((0, 0))
    assert ground[3] == 255, "no hole at the edge"
    ink = [
        math.hypot(x - middle, y - middle)
        for x in range(0, image.width, 2)
        for y in range(0, image.height, 2)
        if image.getpixel((x, y)) != ground
    ]
    assert ink
    assert max(ink) <= 0.4 * image.width  # the safe circle of the W3C manifest: 80 % of the width
