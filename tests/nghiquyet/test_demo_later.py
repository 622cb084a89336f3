"""The later chapters of the demo world, on a town of four communes: the resolution, Kỳ Nam, sơ kết, the end."""

import datetime as dt
from types import SimpleNamespace

import pytest

from chibo import demo, demo_register
from chibo.models import Organisation
from hoithao.demo_later import ATTENDED, MODEL, TOGETHER
from hoithao.models import Meeting
from kyanh_portal.demo.world import STORY_DAY, World, chapters, standing_at
from nghiquyet import demo_later
from nghiquyet import demo_thematic as told
from nghiquyet.choices import DutyState, Life, Light
from nghiquyet.demo_congress import build_congress, congress_of
from nghiquyet.demo_living import build_living
from nghiquyet.figures.chain import chain_of
from nghiquyet.figures.lights import standing_of
from nghiquyet.models import Duty, Evaluation, OutgoingPaper, Resolution, StudySession, TargetFigure
from nghiquyet.services.progress import open_everything
from tests.factories import nghiquyet as papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db, monkeypatch):
    """The first year's people, accounts and the workshop's draft, small."""
    villages = demo.COMMUNES["Kỳ Nam"]
    monkeypatch.setattr(demo, "COMMUNES", {"Hưng Trí": ("phường", 2, []), "Kỳ Nam": ("xã", 5, villages[2]), "Kỳ Ninh": ("xã", 1, []), "Kỳ Lợi": ("xã", 2, [])})  # fmt: skip
    monkeypatch.setattr(demo, "COMMITTEES", [])
    monkeypatch.setattr(demo, "CELLS", [])
    monkeypatch.setattr(demo, "HUNG_TRI_MEMBERS", 20)
    monkeypatch.setattr(demo, "MEMBERS", 68)
    wards = {"Sông Trí": ["Hưng Trí"], "Hải Ninh": ["Kỳ Ninh"], "Vũng Áng": [], "Hoành Sơn": ["Kỳ Nam"]}
    monkeypatch.setattr(demo_register, "WARDS", {("phường", name): rows for name, rows in wards.items()})
    world = World(until=demo_later.AFTER)
    with standing_at(STORY_DAY):
        for build in (demo.build_organisations, demo.build_members, demo.build_accounts):
            build(world)
        meeting = papers.workshop(SimpleNamespace(town=world["town"], cell_a1=world["cells"][0]), points=0)
        meeting.is_synthetic = True
        meeting.save()
        for heading in (told.PREPARE, told.CHAIR, told.THEME, told.FOLLOW, told.REVIEW):
            papers.conclude(meeting, by=None, heading=heading, text="Lời văn giả lập.")
        papers.fill(papers.draft_from_workshop(meeting, by=None, title="nâng cao chất lượng sinh hoạt"))
        world["workshop"] = meeting
        build_living(world)
        build_congress(world)
        demo_register.build_history(world)
    return world


def tell(world, until):
    """The chapters up to a day, as the command `demo` tells them."""
    for day, _, _, build in chapters(until):
        with standing_at(day):
            build(world)


def test_a_world_of_2020_has_no_later_chapter():
    assert chapters(STORY_DAY) == []
    assert [row[0] for row in chapters(dt.date(2026, 1, 1))] == [*[demo_later.SPRING] * 3, demo_later.REVIEWED, demo_later.MIDTERM, demo_later.AFTER]  # fmt: skip


def test_spring_of_2021(story):
    tell(story, demo_later.SPRING)
    row = told.thematic_of(story)
    assert (row.document.number_line, row.dated, row.is_synthetic) == ("Số 02-NQ/ThU", dt.date(2021, 2, 3), True)
    assert row.wording_edits.get().check_of.agrees and "của đồng chí Bí thư Thị ủy" in row.document.content["bases"][0]
    assert Resolution.objects.get(document__number_line="Số 01-NQ/ThU").life == Life.REPLACED
    commune = next(base for base in story["bases"] if base.short_name == "Kỳ Nam")
    study = StudySession.objects.get(organisation=commune, depth="study")
    assert study.attended == study.summoned == sum(len(story["members"][c.pk]) for c in story["cells"] if c.parent_id == commune.pk)  # fmt: skip
    april = Meeting.objects.filter(organisation__parent=commune, month=dt.date(2021, 4, 1))
    assert {one.held_on for one in april} == {TOGETHER} and april.count() == 5
    assert april.get(is_model=True).organisation.name == MODEL
    assert "Tổ công tác" in april.get(organisation__name=ATTENDED).guests
    own = Resolution.objects.get(organisation__name=MODEL)
    assert own.meeting.organisation.name == MODEL and own.document is not None
    assert row.concretisations.filter(own_resolution=own).count() == 2
    with standing_at(demo_later.SPRING):
        lights = {d.title: standing_of(d, demo_later.SPRING, 7, 20).light for d in row.duties.all()}
    assert (lights[told.SCHEDULE], lights[told.GUIDE]) == (Light.DONE_ON_TIME, Light.DONE_LATE)
    assert not Duty.objects.unfinished().filter(supervision__isnull=False).exists()


def test_the_middle_of_the_term(story):
    tell(story, demo_later.MIDTERM)
    congress = congress_of(story)
    review = Evaluation.objects.get(resolution=congress, sort="mid")
    outcomes = {row["text"]: row["outcome"] for row in review.snapshot["targets"]}
    assert (
        outcomes["Đến năm 2025 có từ 20 mô hình sinh hoạt chi bộ điểm trở lên"] == "over"
    )  # 10 against 8, chỉ tiêu phân kỳ of 2022
    assert review.snapshot["headline"]["all"] == 4
    quoted = TargetFigure.objects.get(sort="quoted")
    assert quoted.numerator == 29488 and "báo chí năm 2022" in quoted.reason
    assert TargetFigure.objects.filter(sort="override").exclude(reason__contains="giả lập").count() == 0
    assert OutgoingPaper.objects.filter(title__startswith="sơ kết giữa kỳ").count() == 2
    with standing_at(demo_later.MIDTERM):
        lights = {
            standing_of(duty, demo_later.MIDTERM, 7, 20).light for duty in Duty.objects.filter(given_on__year=2023)
        }
    assert {Light.DONE_ON_TIME, Light.OVERDUE} <= lights


def test_one_year_and_the_end(story):
    tell(story, demo_later.AFTER)
    row = told.thematic_of(story)
    review = Evaluation.objects.get(resolution=row, sort="year")
    assert review.day == dt.date(2021, 12, 31) and review.paper.document is None  # its number is not public
    conference = Meeting.objects.get(kind__code="HOI_NGHI", organisation=story["town"], month=dt.date(2022, 1, 1))
    assert str(conference.held_on) == "2022-01-06"
    assert row.duties.get(title=told.COURSE).moved == 1
    assert row.duties.get(title=told.COURSE).state == DutyState.DONE
    congress = Evaluation.objects.get(resolution__signing="congress", sort="end")
    assert ["dropped", "Không còn đánh giá", 1] in congress.snapshot["headline"][
        "groups"
    ]  # to become a city: nobody is left to judge it of
    assert OutgoingPaper.objects.filter(title__startswith="tổng kết").count() == 1
    assert not Organisation.objects.valid_on(demo_later.AFTER).filter(pk=story["town"].pk).exists()
    cell = Organisation.objects.get(name=MODEL)
    assert cell.parent.name == "Đảng bộ phường Hoành Sơn"
    with standing_at(demo_later.AFTER):
        assert not Duty.objects.unfinished().filter(lead=story["town"]).exists()
        assert chain_of(row, story["vanphong"]).links  # readable after its issuer ended


def test_what_was_replaced_asks_for_no_more_reports(story):
    tell(story, demo_later.SPRING)
    earlier = Resolution.objects.get(life=Life.REPLACED)
    before = earlier.progress_reports.count()
    Duty.objects.filter(resolution=earlier).exclude(cycle="").update(
        state=DutyState.DOING
    )  # even if one were left open
    with standing_at(dt.date(2021, 5, 2)):
        assert open_everything() >= 0
    assert before and earlier.progress_reports.count() == before
