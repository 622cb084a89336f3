"""Tables of large units are kept: never called current when they are not, and what is current equals the facts."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chibo import kept
from chibo.models import KeptList, KeptTable, Member, Organisation, RegisterWrite
from chibo.reports.register_facts import Facts, Keyed, Listed
from chibo.services import dues
from chibo.services.development import add_candidate
from chibo.services.members import correct_member
from chibo.tasks import count_relay, count_tables
from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken
from tests.chibo.test_as_of import ON_PEOPLE, ON_UNITS, do
from tests.factories.chibo import build_committee

YEAR, LAST = 2020, dt.date(2020, 12, 31)


def sends(monkeypatch):
    """Tasks that were sent, not run: the worker is played by hand."""
    sent = []
    monkeypatch.setattr(kept, "later", lambda name, *args: sent.append((name, args)))
    return sent


def as_counted(code, unit):
    """The table from the facts as plain values, and the keys behind each figure."""
    table = kept.count(code, Facts(unit, YEAR))
    figures = (Listed, Keyed)
    values = [[int(v) if isinstance(v, figures) else v for v in row] for row in table.rows]
    keys = {(r, c): v.keys if isinstance(v, Keyed) else [one.pk for one in v.rows] for r, row in enumerate(table.rows) for c, v in enumerate(row) if isinstance(v, figures)}  # fmt: skip
    return values, table.base, keys


def as_kept(one):
    keys = {(row, column): [] for row, column in one.content["lists"]}
    for part in one.lists.order_by("row", "column", "part"):
        keys[part.row, part.column] += part.ids
    return one.content["rows"], one.content["base"], keys


def count_all(unit):
    kept.ask(kept.CODES, unit, YEAR, LAST)
    return kept.count_waiting(unit.pk, YEAR, LAST)


class WhatIsCurrentEqualsTheFacts(TestCase):
    """A property over any sequence of acts of the register, on units and on people."""

    @settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate])
    @given(st.lists(st.tuples(st.sampled_from(ON_UNITS + ON_PEOPLE), st.integers(0, 9), st.integers(1, 150)), min_size=1, max_size=4))  # fmt: skip
    def test_a_table_is_current_only_while_it_equals_the_facts(self, acts):
        world = build_committee()
        town = Organisation.objects.get(pk=world.town.pk)
        assert count_all(town) == len(kept.CODES)
        day = dt.date(2020, 2, 1)
        for number, (act, choice, days) in enumerate(acts):
            day += dt.timedelta(days=days)
            try:
                do(world, act, choice, day, number)
            except RuleBroken:
                continue
            for one in KeptTable.objects.filter(organisation=town):
                if kept.state_of(one.code) == one.sources:
                    assert as_kept(one) == as_counted(one.code, town), one.code
        count_all(town)
        for one in KeptTable.objects.filter(organisation=town):
            assert kept.state_of(one.code) == one.sources
            assert as_kept(one) == as_counted(one.code, town), one.code


def test_every_act_on_a_member_makes_the_structure_old_and_dues_do_not(world):
    count_all(world.town)
    structure, dues = (KeptTable.objects.get(code=code) for code in ("N3", "N2"))
    assert kept.state_of("N3") == structure.sources
    member = world.members_a1[3]
    correct_member(member, by=None, **{name: getattr(member, name) for name in ("full_name", "sex", "admitted_on", "official_on", "joined_on", "left_on", "decided_on", "file_number", "card_issued_on", "admitted_precision", "official_precision")}, born_on=dt.date(1960, 5, 1), born_precision="day")  # fmt: skip
    assert kept.state_of("N3") != structure.sources
    assert kept.state_of("N2") != dues.sources
    count_all(world.town)
    before = KeptTable.objects.get(code="N3").sources
    add_candidate(
        by=None,
        organisation=world.cell_a1,
        full_name="Trần Mẫu",
        born_on=dt.date(1999, 1, 1),
        stage_on=dt.date(2020, 1, 5),
    )
    assert kept.state_of("N3") == before  # a candidate is no member
    assert kept.state_of("N5") != KeptTable.objects.get(code="N5").sources


def test_every_table_reads_only_what_the_database_watches(world):
    add_candidate(
        by=None,
        organisation=world.cell_a1,
        full_name="Trần Mẫu",
        born_on=dt.date(1999, 1, 1),
        stage_on=dt.date(2020, 1, 5),
    )
    for member in world.members_a1:
        dues.declare(member, "F1", by=None, starts_on=dt.date(2020, 1, 1), base=5_000_000)
    dues.close_month(
        dues.open_month(world.cell_a1, dt.date(2020, 9, 1), by=None), by=None
    )  # what is unpaid asks who paid later
    for code in kept.CODES:
        with kept._reading() as read:
            kept.count(code, Facts(world.town, YEAR))
        assert read
        assert read <= kept.READS[code], code
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'noted'")
        assert {name for (name,) in cursor.fetchall()} == kept.WATCHED


def test_what_is_written_while_it_is_counted_makes_it_old(world, monkeypatch):
    plain = kept.count

    def slow(code, facts):
        table = plain(code, facts)
        Member.objects.filter(pk=world.members_a1[0].pk).update(sex="nu")  # somebody else, in the middle of it
        return table

    monkeypatch.setattr(kept, "count", slow)
    kept.ask(["N3"], world.town, YEAR, LAST)
    kept.count_waiting(world.town.pk, YEAR, LAST)
    one = KeptTable.objects.get(code="N3")
    assert one.content is not None
    assert kept.state_of("N3") != one.sources


def test_lines_are_added_up_and_the_state_stays(world, monkeypatch):
    monkeypatch.setattr("chibo.models.kept.COMPACT_FROM", 3)
    Member.objects.filter(pk=world.members_a1[0].pk).update(sex="nu")
    before = kept.state_of("N3")
    assert RegisterWrite.objects.filter(source="chibo_member").count() > 3
    RegisterWrite.objects.compact()
    assert RegisterWrite.objects.filter(source="chibo_member").count() == 1
    assert kept.state_of("N3") == before


def test_a_large_unit_opens_at_once_and_says_of_when_its_figures_are(world, monkeypatch):
    sent = sends(monkeypatch)
    monkeypatch.setattr(kept, "AT_ONCE", 1)
    client = Client()
    client.force_login(world.users["organising"])
    url = f"/to-chuc/bang/?bang=N3&don_vi={world.town.pk}&nam={YEAR}"
    first = client.get(url).content.decode()
    assert "Đang tính lần đầu" in first
    assert 'hx-trigger="every 8s"' in first
    client.get(url)
    assert [name for name, _ in sent] == ["chibo.count_tables"] * 2
    assert KeptTable.objects.filter(is_waiting=True).count() == 1
    count_tables(*sent[0][1])
    counted = client.get(url)
    assert "Số liệu lúc" in counted.content.decode()
    assert "đang tính lại" not in counted.content.decode()
    assert "every 8s" not in counted.content.decode()
    total = counted.context["rows"][-1]["cells"][0]
    assert total[1] == "20"
    listed = client.get(total[2])
    assert [one["name"] for one in listed.context["page_obj"]] == [one.full_name for one in Member.objects.in_order()]
    # something is written: the old figures stay, and say so
    Member.objects.filter(pk=world.members_a1[0].pk).update(sex="nu")
    old = client.get(url).content.decode()
    assert "đang tính lại" in old
    assert KeptTable.objects.get(code="N3").is_waiting is False  # it was counted a moment ago: it rests
    KeptTable.objects.update(counted_at=timezone.now() - dt.timedelta(minutes=5))
    client.get(url)
    assert KeptTable.objects.get(code="N3").is_waiting is True
    count_tables(*sent[-1][1])
    assert "đang tính lại" not in client.get(url).content.decode()


@pytest.mark.parametrize("code", [code for code in kept.CODES if code != kept.LATE])
def test_kept_and_counted_now_show_the_same_page(world, monkeypatch, code):
    client = Client()
    client.force_login(world.users["organising"])
    add_candidate(
        by=None,
        organisation=world.cell_a1,
        full_name="Trần Mẫu",
        born_on=dt.date(1999, 1, 1),
        stage_on=dt.date(2020, 1, 5),
    )
    path = "/to-chuc/ket-nap/so-lieu/?" if code == kept.FIGURES else f"/to-chuc/bang/?bang={code}&"
    url = f"{path}don_vi={world.town.pk}&nam={YEAR}"
    now = client.get(url)
    sends(monkeypatch)
    monkeypatch.setattr(kept, "AT_ONCE", 1)
    count_all(world.town)
    kept.ask([kept.LATE], world.town, today().year, today())
    kept.count_waiting(world.town.pk, today().year, today())
    later = client.get(url)
    assert later.context["rows"] == now.context["rows"]
    figures = code == kept.FIGURES
    for row in later.context["rows"]:
        for address in row[1] if figures else [cell[2] for cell in row["cells"]]:
            if address:
                with_kept = [(one["name"], one["place"], one["url"]) for one in client.get(address).context["page_obj"]]
                monkeypatch.setattr(kept, "AT_ONCE", 300)
                assert with_kept == [(one["name"], one["place"], one["url"]) for one in client.get(address).context["page_obj"]]  # fmt: skip
                monkeypatch.setattr(kept, "AT_ONCE", 1)


def test_a_long_list_is_cut_into_parts_and_paged(world, monkeypatch):
    monkeypatch.setattr(KeptList, "PART", 6)
    monkeypatch.setattr("chibo.views.tables.LISTED", 3)
    monkeypatch.setattr(kept, "AT_ONCE", 1)
    count_all(world.town)
    client = Client()
    client.force_login(world.users["organising"])
    seen = []
    for page in range(1, 8):
        url = f"/to-chuc/bang/danh-sach/?bang=N2&dong=4&cot=1&don_vi={world.town.pk}&nam={YEAR}&page={page}"
        seen += [one["name"] for one in client.get(url).context["page_obj"]]
    assert seen == [one.full_name for one in Member.objects.in_order()]


def test_a_table_that_cannot_be_counted_says_so_and_is_given_up(world, monkeypatch):
    sends(monkeypatch)
    monkeypatch.setattr(kept, "AT_ONCE", 1)

    def fails(code, facts):
        raise ZeroDivisionError

    monkeypatch.setattr(kept, "count", fails)
    client = Client()
    client.force_login(world.users["organising"])
    url = f"/to-chuc/bang/?bang=N3&don_vi={world.town.pk}&nam={YEAR}"
    client.get(url)
    for _ in range(kept.MOST_ATTEMPTS + 2):
        kept.count_waiting(world.town.pk, YEAR, LAST)
        KeptTable.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert KeptTable.objects.get().attempt == kept.MOST_ATTEMPTS
    assert "gọi quản trị" in client.get(url).content.decode()
    assert kept.waiting_for_relay() == []


def test_the_relay_wakes_workers_for_what_waits(world, monkeypatch):
    kept.ask(["N1"], world.town, YEAR, LAST)
    woken = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args=(): woken.append((name, args)))
    count_relay()
    assert woken == [("chibo.count_tables", [world.town.pk, YEAR, LAST.isoformat()])]


def test_the_new_day_is_counted_ahead_and_yesterdays_stays_till_then(world, monkeypatch):
    sends(monkeypatch)
    year, yesterday = today().year, today() - dt.timedelta(days=1)
    kept.ask(["N3"], world.town, year, yesterday)
    kept.count_waiting(world.town.pk, year, yesterday)
    monkeypatch.setattr(kept, "AT_ONCE", 1)
    found = kept.shown("N3", world.town, year)
    if yesterday.year == year:
        assert found.kept.day == yesterday
    assert found.is_current is False
    assert kept.renew() >= (yesterday.year == year)
    kept.count_waiting(world.town.pk, year, today())
    found = kept.shown("N3", world.town, year)
    assert (found.kept.day, found.is_current) == (today(), True)


def test_nobody_sees_the_kept_table_of_another_branch(world, monkeypatch):
    monkeypatch.setattr(kept, "AT_ONCE", 0)
    count_all(world.ward_b)
    assert list(KeptTable.objects.visible_to(world.users["committee"])) == []
    client = Client()
    client.force_login(world.users["committee"])
    page = client.get(f"/to-chuc/bang/?bang=N3&don_vi={world.ward_b.pk}&nam={YEAR}")
    assert page.context["unit"].pk == world.ward_a.pk
