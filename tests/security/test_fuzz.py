"""Hostile input into every form and every address, as each role. Judged by the answer and by the database."""

import html
import random
import re
from pathlib import Path

import pytest

from tests.factories.hoithao import closed, opened, planned, ready
from tests.factories.nghiquyet import adopted, cell_draft, issued, thematic
from tests.security.corpus import EXTRA, LONG, SHORT
from tests.security.walk import Walker, valid_body, view_name

SEED = 20201218
ROOT = Path(__file__).resolve().parents[2]
FUZZERS = ["secretary", "office"]


@pytest.fixture
def full_world(world):
    """Something behind every address: meetings and resolutions in every state."""
    import datetime as dt

    closed(world.cell_a1, world.members_a1)
    planned(world.cell_a1, dt.date(2021, 2, 1))
    opened(world.cell_a1, world.members_a1, dt.date(2021, 1, 1))
    ready(world.cell_a1, world.members_a1, dt.date(2020, 11, 1))
    closed(world.cell_b1, world.members_b1, votes=[])
    thematic(world)
    cell_draft(world.cell_a1)
    draft = cell_draft(world.cell_a1, title="thứ hai")
    adopted(draft, base=9, in_favour=9)
    issued(cell_draft(world.cell_a1, title="thứ ba"), base=9, in_favour=9)
    return world


def get_names():
    """Every query parameter the code reads, so that a new one is fuzzed without being listed here."""
    names = {"page", "q", "next", "once"}
    for folder in ("kyanh_portal", "chibo", "hoithao", "nghiquyet"):
        for path in (ROOT / folder).rglob("*.py"):
            names |= set(re.findall(r"GET(?:\.get(?:list)?\(|\[)[\"']([\w-]+)", path.read_text()))
    return sorted(names)


@pytest.mark.parametrize("role", FUZZERS)
def test_no_query_parameter_breaks_a_page(full_world, role):
    dice = random.Random(SEED)
    walker = Walker(full_world.users[role])
    pages, forms = walker.explore()
    assert len(pages) > 8
    own = {}
    for form in forms:
        if form.method == "get":
            own.setdefault(view_name(form.action), set()).update(form.kinds)
    for page in pages:
        base = page.split("?")[0]
        names = [*own.get(view_name(page), ()), *dice.sample(get_names(), 3)]
        for name in names:
            for value in dice.sample(SHORT, 2):
                walker.ask("get", base, {name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})
            walker.ask("get", f"{base}?{name}=%00&{name}=%ed%a0%80&{name}[]=1&{name}__in=1")
    assert walker.faults == [], f"seed {SEED}: {len(walker.faults)} faults, {walker.faults[:8]}"


@pytest.mark.parametrize("role", FUZZERS)
def test_no_typed_value_breaks_a_form(full_world, role):
    """A valid body with one field mutated: never a server error, and what was typed stands in the refusal."""
    dice = random.Random(SEED)
    walker = Walker(full_world.users[role])
    _, forms = walker.explore()
    posts = [form for form in forms if form.method == "post" and "/ra/" not in form.action]
    assert len(posts) > 3
    lost, accepted, sent = [], 0, 0
    for form in posts:
        body = valid_body(form)
        walker.ask("post", form.action, {**body, **EXTRA})
        for name in form.kinds:
            values = ["\x00", "9" * 30, *dice.sample(SHORT, 3), *dice.sample(LONG, int(dice.random() < 0.2))]
            for value in values:
                text = value.encode("utf-8", "replace").decode()
                answer = walker.ask("post", form.action, {**body, name: text})
                sent += 1
                accepted += answer.status_code < 400
                if answer.status_code == 422 and form.kinds[name] in ("text", "textarea") and text.strip():
                    shown = html.unescape(answer.content.decode())
                    if text.isprintable() and text[:50] not in shown:
                        lost.append((form.action, name, text[:50]))
            walker.ask("post", form.action, {**body, name: [body.get(name, ""), "lần hai"]})
    assert walker.faults == [], f"seed {SEED}: {len(walker.faults)} faults, {walker.faults[:8]}"
    assert lost == []
    assert accepted >= sent * 0.15, "too shallow: hardly anything was accepted"


def test_addresses_take_any_number_and_letter(full_world):
    walker = Walker(full_world.users["office"])
    pages, _ = walker.explore()
    for page in pages:
        path = page.split("?")[0]
        for value in ["0", "9" * 30, "9" * 5000, "-1", "%00", "%ed%a0%80", "²", "..%2f..%2fetc", "a" * 3000]:
            walker.ask("get", re.sub(r"/\d+/", f"/{value}/", path))
            walker.ask("get", re.sub(r"/[a-z0-9-]+/$", f"/{value}/", path))
    assert walker.faults == [], walker.faults[:8]


def test_saving_of_single_texts_survives_anything(full_world):
    """The addresses scripts post to: they answer in words whatever comes."""
    from django.urls import reverse

    from hoithao.choices import Status
    from hoithao.models import Meeting
    from nghiquyet.models import Resolution

    walker = Walker(full_world.users["secretary"])
    meeting = Meeting.objects.filter(status=Status.OPEN).first()
    draft = (
        Resolution.objects.filter(organisation=full_world.cell_a1, status="DRAFT").first() or Resolution.objects.first()
    )
    for address in (
        reverse("hoithao:meeting_save", args=[meeting.pk]),
        reverse("nghiquyet:clause_save", args=[draft.pk]),
    ):
        for value in [*random.Random(SEED).sample(SHORT, 40), *LONG]:
            text = value.encode("utf-8", "replace").decode()
            for body in (
                {"field": "conclusion", "value": text, "seen": meeting.conclusion},
                {"field": "title", "value": text, "seen": text},
                {"field": text, "value": "x"},
                {"field": f"presented_{text}", "value": "x"},
                {"field": f"text_{text}", "value": "x"},
            ):
                walker.ask("post", address, body)
        walker.ask("post", address, '{"field": ["conclusion"], "value": {"$ne": 1}}', content_type="application/json")
        walker.ask("post", address, b"--x\r\nContent-Disposition: form", content_type="multipart/form-data; boundary=x")
    assert walker.faults == [], walker.faults[:8]


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "1899-12", "2101-01", "2020-13", "²020-12"])
def test_months_out_of_reach_answer_like_none(full_world, month):
    walker = Walker(full_world.users["office"])
    cell, town = full_world.cell_a1.pk, full_world.town.pk
    for address in (f"/?thang={month}", f"/sinh-hoat/12-thang/?thang={month}", f"/sinh-hoat/thang/?thang={month}"):
        assert walker.ask("get", address).status_code == 200
    assert walker.ask("get", f"/sinh-hoat/12-thang/{town}/?thang={month}").status_code == 200
    assert walker.ask("get", f"/sinh-hoat/12-thang/{cell}/{month}/").status_code == 404
    assert walker.faults == [], walker.faults[:8]
