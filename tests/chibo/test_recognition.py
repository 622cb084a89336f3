"""The end of probation: votes of the cell and of the committee, their base, and what three failures mean."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.choices import Leaving, Standing
from chibo.models import Member, StandingPeriod
from chibo.services.lifecycle import leave_party, recognise_member
from chibo.services.recognition import is_for_above, note_vote, votes_of
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.reminders.due import due_for

D = dt.date


@pytest.fixture
def new(world):
    """The probationary member of a cell with nine official members; twelve months end on 02/12/2019."""
    Member.objects.filter(pk=world.members_a1[9].pk).update(admitted_on=D(2018, 12, 2))
    return Member.objects.get(pk=world.members_a1[9].pk)


def vote(member, on, votes, *, base=9, level="CHI_BO", matter="CONG_NHAN"):
    return note_vote(member, matter, level, on, base, votes, "NQ 3-NQ/CB", by=None)


def test_two_thirds_of_the_cell_then_of_the_committee(new):
    with pytest.raises(RuleBroken, match="phiếu của chi bộ trước"):
        vote(new, D(2019, 12, 10), 10, base=15, level="CAP_UY")
    assert not vote(new, D(2019, 12, 10), 5).passed
    with pytest.raises(RuleBroken, match="5/9"):
        recognise_member(new, "QĐ 9", by=None)
    assert vote(new, D(2020, 1, 10), 6).passed
    assert not vote(new, D(2020, 1, 20), 9, base=15, level="CAP_UY").passed
    with pytest.raises(RuleBroken, match="Cấp ủy cơ sở .* 9/15"):
        recognise_member(new, "QĐ 9", by=None)
    assert vote(new, D(2020, 1, 25), 10, base=15, level="CAP_UY").passed
    assert recognise_member(new, "QĐ 9", by=None).official_on == D(2019, 12, 2)
    with pytest.raises(RuleBroken, match="không còn dự bị"):
        vote(new, D(2020, 2, 1), 9)


def test_the_base_leaves_out_the_exempt_unless_they_came(world, new):
    exempt = world.members_a1[0]
    StandingPeriod.objects.create(member=exempt, standing=Standing.EXEMPT, starts_on=D(2019, 1, 1), decision="QĐ 1")
    with pytest.raises(RuleBroken, match="8 đến 9"):
        vote(new, D(2020, 1, 10), 6, base=7)
    with pytest.raises(RuleBroken, match="8 đến 9"):
        vote(new, D(2020, 1, 10), 6, base=10)
    assert vote(new, D(2020, 1, 10), 6, base=8).passed
    assert vote(new, D(2020, 1, 11), 5, base=9).passed is False


def test_not_before_the_twelve_months_nor_before_the_last_vote(new):
    with pytest.raises(RuleBroken, match="đủ mười hai tháng"):
        vote(new, D(2019, 12, 1), 9)
    vote(new, D(2020, 1, 10), 5)
    with pytest.raises(RuleBroken, match="lần biểu quyết trước"):
        vote(new, D(2020, 1, 9), 9)


def test_three_failed_votes_go_up_and_the_level_above_decides(world, new):
    def listed(role):
        return [item for source, item in due_for(world.users[role], D(2020, 4, 1)) if source.code == "votes"]

    vote(new, D(2020, 1, 10), 5)
    vote(new, D(2020, 2, 10), 5, matter="XOA_TEN")
    assert listed("committee") == []
    vote(new, D(2020, 3, 10), 5)
    (item,) = listed("committee")
    assert str(new) in item.title and "294-QĐ/TW 4.2.3" in item.why
    assert len(listed("secretary")) == 1 and listed("other_secretary" if "other_secretary" in world.users else "member") == []  # fmt: skip
    with pytest.raises(RuleBroken, match="ba lần"):
        vote(new, D(2020, 3, 20), 9)
    recognise_member(new, "QĐ 9-QĐ/ThU", by=None)
    assert listed("committee") == []


def test_a_removal_against_the_vote_is_refused(new):
    vote(new, D(2020, 1, 10), 5, matter="XOA_TEN")
    with pytest.raises(RuleBroken, match="5/9"):
        leave_party(new, Leaving.PROBATION_REMOVED, D(2020, 2, 1), "QĐ 2", by=None)
    vote(new, D(2020, 1, 20), 6, matter="XOA_TEN")
    leave_party(new, Leaving.PROBATION_REMOVED, D(2020, 2, 1), "QĐ 2", by=None)
    assert not is_for_above(votes_of(new))


def test_the_page_keeps_what_was_typed_and_shows_the_vote(world, new):
    client = Client()
    client.force_login(world.users["secretary"])
    url = reverse("chibo:recognition_vote_create", args=[new.pk])
    assert "Hôm nay chi bộ có 9 đảng viên chính thức" in client.get(url).content.decode()
    typed = {"matter": "CONG_NHAN", "level": "CHI_BO", "on": "2020-01-10", "base": 4, "votes": 3, "paper": "NQ 77-NQ/CB"}  # fmt: skip
    answer = client.post(url, typed)
    assert answer.status_code == 422 and "NQ 77-NQ/CB" in answer.content.decode()
    answer = client.post(url, {**typed, "base": 9, "votes": 5}, follow=True).content.decode()
    assert "không đủ hai phần ba. Báo cáo cấp trên" in answer
    assert (
        "5/9 tán thành" in answer and "cần 6 phiếu" in answer and answer.count("NQ 77-NQ/CB") == 2
    )  # and in the story
    client.force_login(world.users["office"])
    assert "5/9 tán thành" not in client.get(new.get_absolute_url()).content.decode()
