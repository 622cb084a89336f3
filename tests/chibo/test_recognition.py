"""The end of probation: votes of the cell and of the committee, their base, and what three failures mean."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.choices import Leaving, Post, Standing
from chibo.models import Member, StandingPeriod
from chibo.services.committees import appoint
from chibo.services.lifecycle import leave_party, recognise_member
from chibo.services.recognition import is_for_above, note_vote, votes_of
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.reminders.due import due_for
from tests.factories.chibo import make_members, make_organisation

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
    assert not vote(new, D(2020, 1, 20), 22, base=34, level="CAP_UY").passed
    with pytest.raises(RuleBroken, match="Cấp ủy cơ sở .* 22/34"):
        recognise_member(new, "QĐ 9", by=None)
    assert vote(new, D(2020, 1, 25), 23, base=34, level="CAP_UY").passed
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


def test_the_committee_counts_who_sits_not_who_came(world, new):
    vote(new, D(2020, 1, 10), 6)
    for present in (20, 35):
        with pytest.raises(RuleBroken, match="34 cấp ủy viên đương nhiệm") as refused:
            vote(new, D(2020, 1, 20), 20, base=present, level="CAP_UY")
        assert refused.value.field == "base"
    away = world.members_a2[0]
    appoint(away, world.ward_a, Post.COMMITTEE_MEMBER, D(2019, 1, 1), by=None)
    StandingPeriod.objects.create(member=away, standing=Standing.SENT_AWAY, starts_on=D(2019, 6, 1), decision="QĐ 3")
    assert vote(new, D(2020, 1, 20), 22, base=33, level="CAP_UY").passed
    assert not vote(new, D(2020, 1, 21), 22, base=34, level="CAP_UY").passed


def test_without_a_number_for_the_term_the_posts_are_counted(world, new):
    from chibo.models import Term

    Term.objects.filter(organisation=world.ward_a).update(sitting_members=None)
    vote(new, D(2020, 1, 10), 6)
    for member in world.members_a2[:3]:
        appoint(member, world.ward_a, Post.COMMITTEE_MEMBER, D(2019, 1, 1), by=None)
    with pytest.raises(RuleBroken, match="3 cấp ủy viên"):
        vote(new, D(2020, 1, 20), 2, base=2, level="CAP_UY")
    assert vote(new, D(2020, 1, 20), 2, base=3, level="CAP_UY").passed


def test_a_cell_that_is_the_base_itself_has_no_committee_above_the_vote(world):
    cell = make_organisation("chi_bo_co_so", "Chi bộ cơ sở C", world.town)
    member = make_members(cell, 4, probationary=1)[3]
    Member.objects.filter(pk=member.pk).update(admitted_on=D(2018, 12, 2))
    member.refresh_from_db()
    assert vote(member, D(2020, 1, 10), 2, base=3).passed
    with pytest.raises(RuleBroken, match="chi bộ cơ sở") as refused:
        vote(member, D(2020, 1, 20), 30, base=34, level="CAP_UY")
    assert refused.value.field == "level"


def test_each_secretary_writes_the_vote_of_the_own_level(world, new):
    client, url = Client(), reverse("chibo:recognition_vote_create", args=[new.pk])
    typed = {"matter": "CONG_NHAN", "level": "CAP_UY", "on": "2020-01-20", "base": 34, "votes": 30, "paper": "NQ 9-NQ/ĐU"}  # fmt: skip
    client.force_login(world.users["secretary"])
    assert client.post(url, typed).status_code == 422
    vote(new, D(2020, 1, 10), 6)
    client.force_login(world.users["committee"])
    assert url in client.get(new.get_absolute_url()).content.decode()
    form = client.get(url).context["form"]
    assert [value for value, _ in form.fields["level"].choices] == ["CAP_UY"] and form.fields["base"].initial == 34
    assert client.post(url, {**typed, "level": "CHI_BO", "base": 9, "votes": 9}).status_code == 422
    answer = client.post(url, {**typed, "base": 21})
    assert answer.status_code == 422 and "NQ 9-NQ/ĐU" in answer.content.decode()
    assert "cả đồng chí vắng mặt" in " ".join(answer.context["form"].errors["base"])
    assert client.post(url, typed).status_code == 302
    assert "30/34 tán thành" in client.get(new.get_absolute_url()).content.decode()


def test_the_committee_has_thirty_working_days_from_the_cells_vote(world, new):
    def listed(role, code):
        return [item for source, item in due_for(world.users[role], D(2020, 1, 15)) if source.code == code and str(new) in item.title]  # fmt: skip

    assert len(listed("secretary", "probation")) == 1 and listed("committee", "votes") == []
    vote(new, D(2020, 1, 10), 6)
    assert listed("secretary", "probation") == [] and listed("secretary", "votes") == []
    (item,) = listed("committee", "votes")
    assert item.title == f"Quyết định công nhận chính thức: {new}" and "6/9" in item.why
    assert D(2020, 2, 20) <= item.due_on <= D(2020, 3, 6)
