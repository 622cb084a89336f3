"""Who chairs and who records are people who are there: the proposal at the opening, the lock at the end."""

import uuid

import pytest
from django.urls import reverse

from hoithao.choices import Mark, Reason
from hoithao.models import Minutes
from hoithao.services.attendance import take_roll
from hoithao.services.excuses import note_call
from hoithao.services.meetings import set_read_back
from hoithao.services.officers import officers_for
from tests.factories.hoithao import planned, ready


@pytest.fixture
def secretary(client, world):
    client.force_login(world.users["secretary"])
    return client


def step(meeting, slug):
    return reverse("hoithao:run", args=[meeting.pk, slug])


def test_who_told_beforehand_that_they_are_away_is_not_proposed_to_chair(secretary, world):
    meeting = planned(world.cell_a1)
    one, two, *_ = world.members_a1
    first = secretary.get(step(meeting, "khai-mac")).context["form"].initial
    assert (first["chair"], first["secretary"]) == (one, two)
    note_call(meeting, member=one, reason=Reason.ILL, by=None)
    page = secretary.get(step(meeting, "khai-mac"))
    assert page.context["form"].initial["chair"] == two and page.context["form"].initial["secretary"] is None
    assert f"Đã báo vắng: {one.full_name}." in page.text
    paper = secretary.get(reverse("hoithao:from_paper", args=[meeting.pk]))
    assert paper.context["form"].initial["chair"] == two


def test_the_page_of_the_paper_proposes_whom_the_opening_proposes(secretary, world):
    meeting = planned(world.cell_a1)
    one, two, three, *_ = world.members_a1
    assert officers_for(meeting) == (one, two)
    paper = secretary.get(reverse("hoithao:from_paper", args=[meeting.pk]))
    assert (paper.context["form"].initial["chair"], paper.context["form"].initial["secretary"]) == (one, two)
    assert f'<option value="{two.pk}" selected>' in paper.text
    meeting.secretary = one  # the secretary records: the deputy chairs, never one person twice
    assert officers_for(meeting) == (two, one)
    meeting.chair = three  # who is named stays
    assert officers_for(meeting) == (three, one)


def test_minutes_are_not_locked_over_a_chair_who_was_away(secretary, world):
    meeting = ready(world.cell_a1, world.members_a1)
    one, two, three, *_ = world.members_a1
    take_roll(meeting, {one.pk: (Mark.EXCUSED, Reason.ILL, "")}, by=None)
    set_read_back(meeting, True, by=None)
    answer = secretary.post(step(meeting, "ket-thuc"), {"hour": "21:05", "once": uuid.uuid4()})
    assert answer.status_code == 422 and f"Đồng chí {one.full_name} chủ trì mà điểm danh ghi vắng" in answer.text
    assert not Minutes.objects.filter(meeting=meeting).exists()
