"""What is open when an organisation is rearranged: one test an act, with a task, a petition, a duty, drafts and a letter."""

import datetime as dt
from types import SimpleNamespace

import pytest

from chibo.choices import Arranged, Transferred
from chibo.models import Candidate, Organisation, Transfer
from chibo.services.faces import settle
from chibo.services.rearranging import dissolve, end, merge, move, plan, split, unite
from chibo.services.transfers import request_transfer
from hoithao.choices import Sort
from hoithao.models import Meeting, Petition, Task
from hoithao.services.contributions import add_contribution
from hoithao.services.meetings import set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.petitions import answer_petition, send_petition
from hoithao.services.tasks import give_task
from nghiquyet.models import Duty, OutgoingPaper, Resolution
from tests.factories.chibo import make_organisation
from tests.factories.growth import candidate
from tests.factories.hoithao import planned, ready
from tests.factories.living import duty_of, resolution_in_force
from tests.factories.nghiquyet import cell_draft, paper

pytestmark = pytest.mark.django_db
DAY, BEFORE = dt.date(2021, 7, 1), dt.date(2021, 6, 30)
NOTE = "QĐ 12-QĐ/ThU, 25/6/2021 (giả lập)"


@pytest.fixture(autouse=True)
def _story(settings):
    settings.PORTAL_TODAY = dt.date(2021, 7, 10)


@pytest.fixture
def open_matters(world):
    """Everything a cell may have open, at cell A2."""
    cell, members = world.cell_a2, world.members_a2
    meeting = ready(cell, members, dt.date(2021, 5, 1))
    said = add_contribution(meeting, by=None, member=members[2], text="Đề nghị sửa đường.", sort=Sort.PETITION)
    give_task(meeting, by=None, text="Vận động hai hộ", member=members[3], due=dt.date(2021, 8, 1))
    meeting.refresh_from_db()
    set_read_back(meeting, True, by=None)
    minutes = close_meeting(meeting, by=None, ended_at=meeting.opened_at + dt.timedelta(minutes=95))
    return SimpleNamespace(
        minutes=minutes, task=Task.objects.get(), petition=send_petition(said, by=None, day=dt.date(2021, 6, 1)),
        meeting=planned(cell, dt.date(2021, 8, 1)), draft=cell_draft(cell), paper=paper(cell),
        duty=duty_of(resolution_in_force(world), cell), person=candidate(cell),
        letter=request_transfer(members[4], Transferred.INSIDE, dt.date(2021, 6, 20), "QĐ 5", by=None, target=world.cell_b1),
    )  # fmt: skip


def places(matters) -> dict:
    """Where each open matter lies now."""
    return {
        "meeting": Meeting.objects.get(pk=matters.meeting.pk).organisation_id,
        "petition": Petition.objects.get(pk=matters.petition.pk).organisation_id,
        "draft": Resolution.objects.get(pk=matters.draft.pk).organisation_id,
        "paper": OutgoingPaper.objects.get(pk=matters.paper.pk).organisation_id,
        "duty": Duty.objects.get(pk=matters.duty.pk).lead_id,
        "person": Candidate.objects.get(pk=matters.person.pk).organisation_id,
        "letter": Transfer.objects.get(pk=matters.letter.pk).source_id,
    }


def all_at(matters, cell) -> bool:
    return set(places(matters).values()) == {cell.pk}


def next_meeting(cell, month=dt.date(2021, 9, 1)):
    return planned(Organisation.objects.get(pk=cell.pk), month)


def keeps_the_old_name(matters) -> bool:
    document = matters.minutes.document
    document.refresh_from_db()
    return document.content["issuer_name"] == "CHI BỘ A2" and matters.minutes.meeting.organisation.name == "Chi bộ A2"


def test_merging_gives_everything_open_to_the_heir(world, open_matters):
    told = plan(Arranged.MERGED, world.cell_a2, DAY, heir=world.cell_a1).lines
    for words in ("1 việc giao chưa xong", "1 kiến nghị", "1 cuộc họp", "1 dự thảo nghị quyết, 1 văn bản đi", "1 nhiệm vụ", "1 người trong nguồn", "1 giấy chuyển"):  # fmt: skip
        assert any(words in line for line in told), words
    merge(world.cell_a2, world.cell_a1, DAY, NOTE, by=None)
    assert all_at(open_matters, world.cell_a1)
    assert list(Task.objects.coming_to(next_meeting(world.cell_a1))) == [open_matters.task]
    assert keeps_the_old_name(open_matters)


def test_an_answer_is_told_in_the_heir(world, open_matters):
    merge(world.cell_a2, world.cell_a1, DAY, NOTE, by=None)
    coming = next_meeting(world.cell_a1, dt.date(2021, 10, 1))
    Meeting.objects.filter(pk=open_matters.meeting.pk).update(status="cancelled")
    answer_petition(Petition.objects.get(), by=None, answer="Sửa trong tháng 10.")
    assert Petition.objects.get().told_in == coming


def test_uniting_gives_it_to_the_new_organisation(world, open_matters):
    new = unite(world.cell_a2, [world.cell_a1], "Chi bộ A", DAY, NOTE, by=None)
    assert all_at(open_matters, new)
    assert open_matters.task in Task.objects.coming_to(next_meeting(new))
    assert keeps_the_old_name(open_matters)


def test_dissolving_gives_it_to_who_takes_the_members(world, open_matters):
    dissolve(world.cell_a2, DAY, NOTE, by=None, heir=world.cell_a1)
    assert all_at(open_matters, world.cell_a1)
    assert open_matters.task in Task.objects.coming_to(next_meeting(world.cell_a1))
    user = type(world.users["secretary"]).objects.get(pk=world.users["secretary"].pk)
    assert Meeting.objects.visible_to(user).filter(pk=open_matters.minutes.meeting_id).exists()
    sibling = type(user).objects.get(pk=world.users["stranger"].pk)
    assert not Meeting.objects.visible_to(sibling).exists()


def test_what_went_into_a_cell_that_went_on_is_followed_to_the_last_heir(world, open_matters):
    merge(world.cell_a2, world.cell_b1, DAY, NOTE, by=None)
    merge(world.cell_b1, world.cell_a1, DAY + dt.timedelta(days=5), NOTE, by=None)
    found = places(open_matters)
    assert found.pop("letter") == world.cell_b1.pk  # it was settled when its two cells became one
    assert set(found.values()) == {world.cell_a1.pk}
    assert open_matters.task in Task.objects.coming_to(next_meeting(world.cell_a1))
    user = type(world.users["secretary"]).objects.get(pk=world.users["secretary"].pk)
    assert Meeting.objects.visible_to(user).filter(pk=open_matters.minutes.meeting_id).exists()


def test_a_letter_between_two_cells_that_become_one_has_nothing_left_to_move(world, open_matters):
    merge(world.cell_a2, world.cell_b1, DAY, NOTE, by=None)
    letter = Transfer.objects.get()
    assert letter.state == "KHONG_TIEP_NHAN"
    assert "nhập làm một" in letter.refused_because


def test_splitting_leaves_it_with_the_old_organisation(world, open_matters):
    chosen = world.members_a2[:2]
    told = plan(Arranged.SPLIT, world.cell_a2, DAY, name="Chi bộ A4", members=chosen).lines
    assert any("ở lại Chi bộ A2" in line for line in told)
    new = split(world.cell_a2, "Chi bộ A4", DAY, NOTE, by=None, members=chosen)
    assert all_at(open_matters, world.cell_a2)
    assert not Task.objects.coming_to(next_meeting(new)).exists()
    assert list(Task.objects.coming_to(next_meeting(world.cell_a2))) == [open_matters.task]


def test_moving_takes_it_along_and_the_old_superior_still_answers(world, open_matters):
    move(world.cell_a2, world.ward_b, DAY, NOTE, by=None)
    assert all_at(open_matters, world.cell_a2)
    assert Petition.objects.get().addressee == world.ward_a
    assert Meeting.objects.get(pk=open_matters.meeting.pk).path.startswith(world.ward_b.path)
    assert keeps_the_old_name(open_matters)


def test_when_a_level_ends_the_new_superior_answers(world, open_matters, settings):
    settings.PORTAL_TODAY = dt.date(2021, 6, 20)
    ward_c = make_organisation("dang_uy_xa_phuong", "Đảng bộ phường C", world.town, valid_from=dt.date(2015, 1, 1))
    for cell in (world.cell_a1, world.cell_a2):
        move(cell, ward_c, DAY, NOTE, by=None)
    warned = plan(Arranged.ENDED, world.ward_a, DAY).warnings
    assert any("1 kiến nghị đang chờ" in line for line in warned)
    end(world.ward_a, DAY, NOTE, by=None)
    assert Petition.objects.get().addressee == world.ward_a
    settings.PORTAL_TODAY = DAY
    settle(DAY)
    petition = Petition.objects.get()
    assert petition.addressee == ward_c
    assert "Đảng bộ phường C trả lời" in petition.moves.last().note
