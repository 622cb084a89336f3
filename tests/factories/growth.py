"""Ledgers, candidates, reviews and ratings for tests."""

import datetime as dt

from chibo.models import Member, ReviewForm
from chibo.services.campaigns import note_finding, open_campaign
from chibo.services.development import add_candidate
from chibo.services.dues import open_month
from chibo.services.funds import enter
from chibo.services.help_cases import open_case
from chibo.services.ratings import open_year

BORN, FOUND = dt.date(1998, 5, 12), dt.date(2020, 1, 10)


def candidate(cell, name="Trần Mẫu Nguồn", **fields):
    return add_candidate(by=None, organisation=cell, full_name=name, sex="nu", is_synthetic=True, **{"born_on": BORN, "stage_on": FOUND, **fields})  # fmt: skip


def campaign(world, **fields):
    asked = {
        "name": "Rà soát quý IV/2020",
        "plan": "KH 1-KH/ThU",
        "as_of": dt.date(2020, 10, 1),
        "due_on": dt.date(2020, 10, 20),
    }
    return open_campaign(by=None, organisation=world.town, **{**asked, **fields})


def finding(form, **fields):
    asked = {"code": "D", "text": "Bổ sung ngày sinh", "owner": "Bí thư chi bộ", "due_on": dt.date(2020, 12, 1)}
    return note_finding(form, by=None, **{**asked, **fields})


def fund_entry(unit, **fields):
    asked = {"on": dt.date(2020, 12, 1), "kind": "BAO_CHI", "text": "Mua báo", "amount": 100_000}
    return enter(unit, by=None, **{**asked, **fields})


def help_case(cell, number=3, **fields):
    member = Member.objects.filter(organisation=cell).order_by("pk")[number]
    return open_case(member, fields.pop("code", "C1"), fields.pop("found_on", dt.date(2020, 10, 5)), by=None, **fields)


def growth_things(world) -> dict[str, list[tuple]]:
    """Kind → (place, state, parameters) for the address × role matrix."""
    places = [("a1", world.cell_a1), ("a2", world.cell_a2), ("b1", world.cell_b1)]
    people = [(place, candidate(cell)) for place, cell in places]
    review = campaign(world)
    forms = {place: ReviewForm.objects.get(campaign=review, organisation=cell) for place, cell in places}
    findings = [(place, form, finding(form)) for place, form in forms.items()]
    return {
        "review_year": [(place, "open", (open_year(cell, 2020, by=None).pk,)) for place, cell in [*places, ("ward", world.ward_a)]],
        "campaign": [("town", "", (review.pk,))],
        "review_form": [(place, "", (form.pk,)) for place, form in forms.items()],
        "finding": [(place, "", (form.pk, one.pk)) for place, form, one in findings],
        "fee_month": [(place, "open", (open_month(cell, dt.date(2020, 11, 1), by=None).pk,)) for place, cell in places],
        "fund_unit": [(place, "", (cell.pk,)) for place, cell in [*places, ("ward", world.ward_a)]],
        "fund_entry": [(place, "", (cell.pk, fund_entry(cell).pk)) for place, cell in [*places, ("ward", world.ward_a)]],
        "help_case": [(place, "", (help_case(cell).pk,)) for place, cell in places],
        "retention": [("town", "", ("left",))],
        "candidate": [(place, "", (one.pk,)) for place, one in people],
        "candidate_stage": [(place, "", (one.pk, "CAM_TINH")) for place, one in people],
    }  # fmt: skip
