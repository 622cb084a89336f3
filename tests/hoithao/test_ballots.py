"""One decision's arithmetic over random rolls, ballots and elections; and the way from paper to counting minutes."""

import datetime as dt
import uuid
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st

from chibo.choices import Standing
from hoithao.ballots import Tally, check_choices, check_matters, check_papers, elected, figures_for
from hoithao.choices import Mark, Threshold
from hoithao.models import Ballot, DecisionKind, Vote
from hoithao.rules import RollLine, count_roll, needed, passes
from hoithao.services.attendance import take_roll
from hoithao.services.ballots import count_ballot, prepare_ballot, settle_ballot
from hoithao.services.minutes import missing_of
from hoithao.services.votes import log_vote
from kyanh_portal.base.errors import RuleBroken
from tests.factories.hoithao import MONTH, opened, planned

MARKS = [Mark.PRESENT, Mark.EXCUSED, Mark.UNEXCUSED]
LINES = st.lists(
    st.builds(
        RollLine, name=st.just("A"), standing=st.sampled_from(Standing.values), mark=st.sampled_from(MARKS),
        is_official=st.booleans(),
    ),
    max_size=40,
)  # fmt: skip


@given(LINES, st.data())
def test_conflict_and_leaving_change_just_what_they_must(lines, data):
    roll = list(enumerate(lines))
    picks = st.sets(st.integers(0, max(0, len(lines) - 1)), max_size=6) if lines else st.just(set())
    apart, left = data.draw(picks), data.draw(picks)
    whole, item = count_roll(lines), figures_for(roll, apart, left)
    assert item.vote_present <= item.vote_base <= whole.vote_base
    official = {pk for pk, line in roll if line.standing == Standing.OFFICIAL}
    extra = {
        pk for pk, line in roll
        if line.standing in (Standing.EXEMPT, Standing.TEMPORARILY_EXEMPT, Standing.SENT_AWAY) and line.mark == Mark.PRESENT and line.is_official
    }  # fmt: skip
    here = {pk for pk in official if lines[pk].mark == Mark.PRESENT} | extra
    assert item.vote_base == len(official - apart) + len(extra - apart - left)
    assert item.vote_present == len(here - apart - left)
    never = {Standing.PROBATIONARY, Standing.HERE_TEMPORARILY, Standing.SUSPENDED}
    assert figures_for([one for one in roll if one[1].standing in never]).vote_base == 0


@given(st.integers(0, 400), st.sampled_from(Threshold.values))
def test_needed_is_the_least_that_passes(base, threshold):
    share = Fraction(2, 3) if threshold == Threshold.TWO_THIRDS else Fraction(1, 2)
    for yes in range(base + 1):
        right = base > 0 and (
            Fraction(yes, base) >= share if threshold == Threshold.TWO_THIRDS else Fraction(yes, base) > share
        )
        assert passes(yes, base, threshold) == right
    assert base == 0 or passes(needed(base, threshold), base, threshold)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_papers_are_never_more_than_people(present, issued, returned, invalid):
    right = issued <= present and returned <= issued and invalid <= returned
    try:
        check_papers(issued, returned, invalid, present)
        assert right
    except RuleBroken as broken:
        assert not right and broken.field in ("issued", "returned", "invalid")


@given(st.lists(st.tuples(*[st.integers(0, 20)] * 3), min_size=1, max_size=5), st.integers(0, 40))
def test_each_matter_has_every_valid_paper_once(rows, valid):
    right = all(sum(row) == valid for row in rows)
    try:
        check_matters([Tally("A", *row) for row in rows], valid)
        assert right
    except RuleBroken:
        assert not right


@given(st.data())
def test_count_made_from_real_papers_is_always_taken(data):
    """Papers filled in at random within the rules: their count is never refused."""
    number, valid = data.draw(st.integers(1, 8)), data.draw(st.integers(0, 25))
    most = data.draw(st.integers(1, number))
    least = data.draw(st.integers(1, most))
    votes = [0] * number
    for _ in range(valid):
        for place in data.draw(st.sets(st.integers(0, number - 1), min_size=least, max_size=most)):
            votes[place] += 1
    lines = [Tally(str(place), count) for place, count in enumerate(votes)]
    check_choices(lines, valid, least, most)
    with pytest.raises(RuleBroken):
        check_choices([Tally("A", valid + 1), *lines[1:]], valid, least, most)


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=10),
    st.integers(1, 10),
    st.integers(0, 40),
    st.sampled_from(Threshold.values),
)
def test_elected_are_enough_and_nobody_with_more_is_left_out(votes, seats, base, threshold):
    assume(seats <= len(votes))
    lines = [Tally(str(place), count) for place, count in enumerate(votes)]
    sure, tied = elected(lines, seats, base, threshold)
    assert len(sure) <= seats and not set(sure) & set(tied)
    assert all(passes(votes[place], base, threshold) for place in sure + tied)
    out = [place for place in range(len(votes)) if place not in sure]
    assert all(votes[place] >= votes[other] for place in sure for other in out)
    if tied:
        assert len(sure) < seats < len(sure) + len(tied) and len({votes[place] for place in tied}) == 1
    enough = sum(1 for count in votes if passes(count, base, threshold))
    assert len(sure) == min(seats, enough) or tied


@pytest.fixture
def meeting(world):
    return opened(world.cell_a1, world.members_a1, exceptions={world.members_a1[7].pk: (Mark.EXCUSED, "OM_DAU", "")})


def decision(code):
    return DecisionKind.objects.on(MONTH).get(code=code)


def test_kind_of_decision_says_the_threshold_and_the_base_follows_the_item(meeting, world):
    vote = log_vote(
        meeting, by=None, subject="Công nhận chính thức", in_favour=5, against=1, decision=decision("CONG_NHAN"),
        conflicted=[world.members_a1[2].pk], left_early=[world.members_a1[3].pk],
    )  # fmt: skip
    # nine official: one ill (counted), one in conflict (not), one gone home (counted)
    assert (vote.base, vote.entitled_present, vote.threshold) == (8, 6, Threshold.TWO_THIRDS)
    take_roll(meeting, {}, by=None)
    vote.refresh_from_db()
    assert (vote.base, vote.entitled_present) == (8, 7)
    roll = list(meeting.roll.select_related("member"))
    meeting.refresh_from_db()
    assert not [one for one in missing_of(meeting, roll, ["x"], [vote]) if one[0] == "bieu-quyet"]
    with pytest.raises(RuleBroken):
        log_vote(meeting, by=None, subject="Việc khác", in_favour=1, conflicted=[world.members_b1[0].pk])


def test_election_from_paper_to_settled_minutes_over_http(client, world, meeting):
    client.force_login(world.users["secretary"])
    create = reverse("hoithao:ballot_create", args=[meeting.pk])
    assert client.get(create).status_code == 200
    names = [str(member) for member in world.members_a1[:4]]
    sent = {
        "decision": decision("BAU_CU").pk, "subject": "Bầu chi ủy", "lines": "\n".join(names), "seats": 3, "least": 1,
        "most": 3, "once": uuid.uuid4(),
    }  # fmt: skip
    assert client.post(create, {**sent, "seats": 9}).status_code == 422
    first = client.post(create, {**sent, "once": (key := uuid.uuid4())})
    assert first.status_code == 302 and client.post(create, {**sent, "once": key}).url == first.url
    ballot = Ballot.objects.get()
    assert (ballot.base, ballot.entitled_present) == (9, 8)
    slips = client.get(reverse("hoithao:ballot_slips", args=[meeting.pk, ballot.pk]))
    assert slips.content[:4] == b"%PDF"
    count = {
        "tellers": "Đồng chí A",
        "issued": 8,
        "returned": 8,
        "invalid": 1,
        "yes_1": 7,
        "yes_2": 6,
        "yes_3": 5,
        "yes_4": 3,
    }
    refused = client.post(first.url, {**count, "yes_1": 8, "once": uuid.uuid4()})
    assert refused.status_code == 422 and "nhiều hơn 7 phiếu hợp lệ" in refused.text
    assert client.post(first.url, {**count, "once": uuid.uuid4()}).status_code == 302
    page = client.get(first.url).text
    assert page.count(": trúng cử") == 3 and page.count("không trúng cử") == 1
    settle = reverse("hoithao:ballot_settle", args=[meeting.pk, ballot.pk])
    for _ in range(2):
        assert client.post(settle, {"once": uuid.uuid4()}).status_code == 302
    ballot.refresh_from_db()
    table = next(block for block in ballot.document.content["body"] if block["block"] == "table")
    assert table["rows"][0] == ["1", names[0], "7", "77,8%", "trúng cử"]
    with pytest.raises(RuleBroken):
        count_ballot(ballot, by=None, issued=8, returned=8, invalid=0, counts=[(1, 0, 0)] * 4, tellers="B")


def test_uncounted_ballot_keeps_the_minutes_open_and_the_roll_follows(meeting, world):
    ballot = prepare_ballot(meeting, by=None, subject="Đề nghị khai trừ", decision=decision("KHAI_TRU"))
    meeting.refresh_from_db()
    assert [
        one
        for one in missing_of(meeting, list(meeting.roll.select_related("member")), ["x"], [])
        if "chưa kiểm phiếu" in one[1]
    ]
    take_roll(meeting, {}, by=None)
    ballot.refresh_from_db()
    assert ballot.entitled_present == 9
    count_ballot(ballot, by=None, issued=9, returned=9, invalid=0, counts=[(6, 2, 1)], tellers="Đồng chí A")
    with pytest.raises(RuleBroken):
        take_roll(meeting, {world.members_a1[4].pk: (Mark.UNEXCUSED, "", "")}, by=None)
    assert settle_ballot(ballot, by=None).document.content["body"]
    assert Vote.objects.count() == 0


@pytest.mark.django_db
def test_the_form_asks_for_names_only_once_somebody_is_marked_present(world, client):
    client.force_login(world.users["secretary"])
    before = client.get(reverse("hoithao:ballot_create", args=[planned(world.cell_a1, dt.date(2021, 1, 1)).pk]))
    page = before.content.decode()
    assert "Điểm danh rồi thì chọn được" in page and 'name="conflicted"' not in page
    meeting = opened(world.cell_a1, world.members_a1)
    page = client.get(reverse("hoithao:ballot_create", args=[meeting.pk])).content.decode()
    assert page.count('name="conflicted"') == page.count('name="left_early"') > 1
