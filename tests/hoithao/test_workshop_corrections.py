"""What was recorded of a workshop is corrected or taken back until the minutes are locked."""

import uuid

import pytest
from django.urls import reverse

from hoithao.choices import Status
from hoithao.models import Meeting, Remark
from hoithao.services.workshop_corrections import correct_entry, remove_entry
from kyanh_portal.base.errors import RuleBroken
from tests.factories import nghiquyet as papers

pytestmark = pytest.mark.django_db
KINDS = ["remark", "disagreement", "solution", "conclusion"]
CHANGED = {"remark": "text", "disagreement": "matter", "solution": "text", "conclusion": "heading"}


@pytest.fixture
def meeting(world):
    return papers.workshop(world)


@pytest.fixture
def office(client, world):
    client.force_login(world.users["office"])
    return client


def filled(form, **changes):
    values = {name: form[name].value() for name in form.fields}
    return {**{name: value for name, value in values.items() if value is not None}, "once": uuid.uuid4(), **changes}


@pytest.mark.parametrize("kind", KINDS)
def test_the_office_corrects_an_entry_and_takes_it_back(office, meeting, kind):
    row = papers.entries_of(meeting)[kind]
    edit, remove = (reverse(f"hoithao:{kind}_{act}", args=[row.pk]) for act in ("edit", "remove"))
    page = reverse("hoithao:workshop_detail", args=[meeting.pk])
    assert edit in office.get(page).text
    form = office.get(edit).context["form"]
    assert office.post(edit, filled(form, **{CHANGED[kind]: "Lời đã sửa lại"})).status_code == 302
    row.refresh_from_db()
    assert getattr(row, CHANGED[kind]) == "Lời đã sửa lại"
    assert "Lời đã sửa lại" in office.get(page).text
    assert office.post(remove, {"once": uuid.uuid4()}).status_code == 302
    assert not type(row).objects.filter(pk=row.pk).exists()


def test_words_somebody_changed_meanwhile_are_not_overwritten(office, meeting):
    row = papers.entries_of(meeting)["remark"]
    page = reverse("hoithao:remark_edit", args=[row.pk])
    form = office.get(page).context["form"]
    Remark.objects.filter(pk=row.pk).update(text="Lời của người khác")
    answer = office.post(page, filled(form, text="Lời của tôi"))
    assert answer.status_code in (409, 422)
    assert "Lời của tôi" in answer.text
    row.refresh_from_db()
    assert row.text == "Lời của người khác"


@pytest.mark.parametrize("kind", KINDS)
def test_locked_minutes_keep_every_entry(meeting, kind):
    row = papers.entries_of(meeting)[kind]
    Meeting.objects.filter(pk=meeting.pk).update(status=Status.CLOSED)
    for act in (correct_entry, remove_entry):
        with pytest.raises(RuleBroken, match="khóa"):
            act(row, by=None)
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_point_a_clause_follows_from_stays(world, meeting):
    resolution = papers.thematic(world)
    clause = resolution.clauses.exclude(conclusion=None).first()
    with pytest.raises(RuleBroken):
        remove_entry(clause.conclusion, by=None)
    assert resolution.clauses.filter(pk=clause.pk, conclusion__isnull=False).exists()
