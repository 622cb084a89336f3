"""One rule file decides who sees which field; the register on paper; the table of controls names living tests."""

from chibo.fieldclasses import sees
from kyanh_portal.audit.models import AuditEntry


def test_the_processing_register_on_paper(world, client):
    client.force_login(world.users["inspection"])
    paper = client.get("/to-chuc/so-xu-ly-du-lieu/in/")
    assert paper.content[:4] == b"%PDF"
    assert AuditEntry.objects.filter(verb="data.register_printed").count() == 1
    client.force_login(world.users["secretary"])
    assert client.get("/to-chuc/so-xu-ly-du-lieu/in/").status_code == 403


def test_one_place_decides_who_sees_which_field(world):
    """The roles of the rule file are asked by pages and rules alike; what nobody classed is shown to nobody."""
    path = world.cell_a1.path
    seen = {
        role: (sees(user, "chibo.Member", "full_name", path), sees(user, "chibo.Member", "file_number", path), sees(user, "chibo.Rating", "final", path), sees(user, "chibo.FeeLine", "base", path))
        for role, user in world.users.items()
    }  # fmt: skip
    assert seen["office"] == (True, False, False, False)
    assert seen["secretary"] == (True, True, True, True)
    assert seen["inspection"] == (True, False, True, True)
    assert not sees(world.users["secretary"], "chibo.Member", "file_number", world.cell_b1.path)
    assert not sees(world.users["organising"], "chibo.Member", "no_such_field", path)


def test_the_office_sees_figures_of_ratings_and_findings_without_the_people(world, client):
    from chibo.models import ReviewForm
    from chibo.services.ratings import open_year
    from tests.factories.growth import campaign, finding

    session, one = open_year(world.cell_a1, 2020, by=None), world.members_a1[3]
    form = ReviewForm.objects.get(campaign=campaign(world), organisation=world.cell_a1)
    finding(form, code="C1", text="Nhắc nhở riêng", member=one)
    for role, is_seen in (("committee", True), ("office", False)):
        client.force_login(world.users[role])
        assert (one.full_name in client.get(session.get_absolute_url()).content.decode()) == is_seen
        page = client.get(form.get_absolute_url()).content.decode()
        assert ("Nhắc nhở riêng" in page) == is_seen
        table = client.get("/to-chuc/bang/", {"bang": "N7", "don_vi": world.cell_a1.pk, "nam": 2020})
        assert ("danh-sach" in table.content.decode()) == (is_seen and table.context["unit"] == world.cell_a1)
    assert client.get("/to-chuc/bang/danh-sach/", {"bang": "N7", "don_vi": world.town.pk, "nam": 2020, "dong": 0, "cot": 1}).status_code == 404  # fmt: skip


def test_the_table_of_controls_names_tests_that_exist():
    import re
    from pathlib import Path

    root = Path(__file__).parents[2]
    text = (root / "docs/personal-data.md").read_text()
    rows = re.findall(r"^\| (\d+) \|", text, re.M)
    assert [int(row) for row in rows] == list(range(1, 15))
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", text)
    assert len(named) >= 14
    assert [f"{path}::{test}" for path, test in named if f"def {test}(" not in (root / path).read_text()] == []
