"""What the demo world tells of votes on probation, introducers, complaints and receipts, in a town of two communes."""

import datetime as dt

import pytest

from chibo import demo
from chibo.demo_growth import build_growth
from chibo.demo_lives import build_lives
from chibo.demo_votes import SPRING, build_decisions, build_votes
from chibo.models import Candidate, Complaint, FeeLine, LatePayment, Member, RecognitionVote, ReviewYear
from chibo.services.bases import entitled, sitting_between
from chibo.services.conditions import checks_of
from hoithao.demo import Year
from hoithao.models import Vote
from hoithao.services.scores import is_scored  # noqa: F401 - the plug-ins of the app are loaded
from kyanh_portal.demo.world import STORY_DAY, World, standing_at
from kyanh_portal.reminders.due import due_for

pytestmark = pytest.mark.django_db
FIRST = dt.date(2019, 12, 1)


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(demo, "COMMUNES", {"Hưng Trí": ("phường", 7, []), "Kỳ Ninh": ("xã", 1, [])})
    monkeypatch.setattr(demo, "COMMITTEES", [])
    monkeypatch.setattr(demo, "CELLS", [])
    monkeypatch.setattr(demo, "HUNG_TRI_MEMBERS", 7 * 18)
    monkeypatch.setattr(demo, "MEMBERS", 8 * 18)
    world = World()
    with standing_at(STORY_DAY):
        demo.build_organisations(world)
        demo.build_members(world)
        for number in (3, 4, 5):  # three whose probation ends in time, whatever the names drawn were
            member = world["members"][world["cells"][number].pk][10]
            Member.objects.filter(pk=member.pk).update(admitted_on=FIRST + dt.timedelta(days=number), official_on=None, joined_on=FIRST)  # fmt: skip
        demo.build_accounts(world)
        build_growth(world)
        yield world


@pytest.fixture
def minutes(world, monkeypatch):
    """December of one cell, told by the year's own story."""
    monkeypatch.setattr("hoithao.demo._model_cells", lambda world: {world["cells"][0].pk: 10, world["cells"][1].pk: 11})
    year = Year(world)
    cell = world["cells"][3]
    year.record(cell, year.members(cell), list(cell.terms.order_by("starts_on")), "THUONG_KY", dt.date(2020, 12, 1), False, 0)  # fmt: skip
    return cell


def test_votes_of_minutes_of_the_committee_and_one_that_fails(world, minutes):
    build_lives(world)
    build_votes(world)
    (told,) = RecognitionVote.objects.filter(from_minutes=True)
    assert told.member.organisation == minutes and told.on == dt.date(2020, 12, 5) and told.passed
    assert Vote.objects.get(about=told.member).base == told.base
    ward = world["bases"][0]
    votes = list(RecognitionVote.objects.select_related("member__organisation"))
    assert {(one.level, one.passed) for one in votes} >= {("CHI_BO", True), ("CHI_BO", False), ("CAP_UY", True)}
    for one in (one for one in votes if not one.from_minutes):  # minutes count their roll; letters moved people later
        assert one.base == (entitled(one.member.organisation, one.on) if one.level == "CHI_BO" else sitting_between(ward, one.on)[1])  # fmt: skip
    committee = [item.title for source, item in due_for(world["danguy"], STORY_DAY) if source.code in ("votes", "complaints")]  # fmt: skip
    assert any(title.startswith("Quyết định công nhận chính thức") for title in committee)
    assert sum(title.startswith("Trả lời khiếu nại kỷ luật") for title in committee) == Complaint.objects.filter(answered_on=None).count() == 2  # fmt: skip
    with standing_at(SPRING):
        build_decisions(world)
    assert not Complaint.objects.filter(answered_on=None).exists()
    passed = RecognitionVote.objects.filter(level="CHI_BO", passed=True)
    assert Member.objects.filter(pk__in=passed.values("member"), official_on=None).count() == 0
    assert Member.objects.filter(recognition_votes__passed=False, official_on=None).exists()


def test_introducers_stand_where_a_cell_voted_and_one_is_still_asked_for(world):
    voted = Candidate.objects.filter(steps__stage="CHI_BO").distinct()
    assert voted.count() >= 2
    for one in voted:
        assert [check.state for check in checks_of(one, STORY_DAY)] == ["ok"] * 4
    making = Candidate.objects.get(stage="LAP_HO_SO")
    assert [check.state for check in checks_of(making, STORY_DAY)] == ["late", "ok", "ok"]


def test_receipts_are_numbered_and_the_votes_of_the_year_have_their_base(world):
    lines = FeeLine.objects.filter(ledger__organisation=world["cells"][0], paid__gt=0)
    assert LatePayment.objects.get().line.ledger.month == dt.date(2020, 11, 1)
    assert lines.count() == lines.exclude(receipt="").values("receipt").distinct().count()
    cells = ReviewYear.objects.exclude(base=None).filter(organisation__kind__is_cell=True).select_related("organisation__kind")  # fmt: skip
    assert cells and all(one.base == entitled(one.organisation, one.voted_on) for one in cells)
