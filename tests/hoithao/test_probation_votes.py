"""A vote about a probationary member is written once: in the minutes, whence the member's page has it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.models import Member, RecognitionVote
from chibo.services.recognition import note_vote
from hoithao.models import DecisionKind, Vote
from hoithao.services.ballots import count_ballot, prepare_ballot, settle_ballot
from hoithao.services.meetings import save_text, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.votes import log_vote
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.reminders.due import due_for
from tests.factories.hoithao import opened

D = dt.date
MONTH = D(2020, 1, 1)


def locked(meeting, **told):
    """The meeting with its conclusion, read back and locked an hour after it began."""
    save_text(meeting, "conclusion", "Thống nhất.", seen="")
    set_read_back(meeting, True, by=None)
    return close_meeting(meeting, ended_at=meeting.opened_at + dt.timedelta(hours=1), **told)


def kind(code="CONG_NHAN"):
    return DecisionKind.objects.on(D(2020, 12, 1)).get(code=code)


@pytest.fixture
def new(world):
    """The probationary member of a cell with nine official members; twelve months end on 02/12/2019."""
    Member.objects.filter(pk=world.members_a1[9].pk).update(admitted_on=D(2018, 12, 2))
    return Member.objects.get(pk=world.members_a1[9].pk)


@pytest.fixture
def secretary(world):
    client = Client()
    client.force_login(world.users["secretary"])
    return client


def test_locked_minutes_give_the_member_the_vote_and_its_paper(world, new, secretary):
    meeting = opened(world.cell_a1, world.members_a1, MONTH)
    log_vote(meeting, by=None, subject=f"Công nhận {new.full_name}", in_favour=6, against=3, decision=kind(), about=new)
    assert not RecognitionVote.objects.exists()
    locked(meeting, by=world.users["secretary"])
    row = RecognitionVote.objects.get()
    assert (row.member, row.matter, row.level, row.on, row.base, row.votes, row.passed, row.from_minutes) == (new, "CONG_NHAN", "CHI_BO", D(2020, 1, 5), 9, 6, True, True)  # fmt: skip
    assert "05/01/2020" in row.paper
    page = secretary.get(new.get_absolute_url()).content.decode()
    assert "6/9 tán thành" in page and f'<a href="{meeting.get_absolute_url()}">{row.paper}</a>' in page
    with pytest.raises(RuleBroken, match="Biên bản buổi họp ngày 05/01/2020 đã ghi"):
        note_vote(new, "CONG_NHAN", "CHI_BO", D(2020, 1, 5), 9, 9, "NQ 1", by=None)
    sources = [source.code for source, item in due_for(world.users["committee"], D(2020, 1, 20)) if str(new) in item.title]  # fmt: skip
    assert sources == ["votes"]


def test_what_was_written_by_hand_before_is_put_right_by_the_minutes(world, new):
    note_vote(new, "CONG_NHAN", "CHI_BO", D(2020, 1, 5), 9, 8, "NQ 1-NQ/CB", by=None)
    meeting = opened(world.cell_a1, world.members_a1, MONTH)
    log_vote(meeting, by=None, subject="Công nhận", in_favour=5, against=4, decision=kind(), about=new)
    locked(meeting, by=None)
    row = RecognitionVote.objects.get()
    assert (row.votes, row.passed, row.from_minutes) == (5, False, True) and "NQ 1" not in row.paper


def test_a_secret_ballot_counts_as_well(world, new):
    meeting = opened(world.cell_a1, world.members_a1, MONTH)
    ballot = prepare_ballot(meeting, by=None, subject=f"Công nhận {new.full_name}", decision=kind(), about=new)
    count_ballot(ballot, by=None, issued=9, returned=9, invalid=1, counts=[(7, 1, 0)], tellers="Nguyễn Mẫu Aa")
    assert not RecognitionVote.objects.exists()
    settle_ballot(ballot, by=None)
    settle_ballot(ballot, by=None)
    row = RecognitionVote.objects.get()
    assert (row.member, row.base, row.votes, row.from_minutes) == (new, 9, 7, True) and "kiểm phiếu" in row.paper
    with pytest.raises(RuleBroken, match="một dòng"):
        prepare_ballot(meeting, by=None, subject="Hai người", decision=kind(), about=new, lines="A\nB")


def test_only_who_may_be_voted_on_is_taken(world, new):
    meeting = opened(world.cell_a1, world.members_a1, MONTH)
    for about, decision, said in [
        (world.members_a1[2], kind(), "không còn dự bị"), (world.members_b1[0], kind(), "không thuộc chi bộ"), (new, kind("THUONG"), "loại việc"),
    ]:  # fmt: skip
        with pytest.raises(RuleBroken, match=said) as refused:
            log_vote(meeting, by=None, subject="Công nhận", in_favour=9, decision=decision, about=about)
        assert refused.value.field == "about"
    Member.objects.filter(pk=new.pk).update(admitted_on=D(2019, 3, 1))
    with pytest.raises(RuleBroken, match="mười hai tháng"):
        log_vote(meeting, by=None, subject="C", in_favour=9, decision=kind(), about=Member.objects.get(pk=new.pk))
    Member.objects.filter(pk=new.pk).update(admitted_on=D(2018, 12, 2))
    one = log_vote(meeting, by=None, subject="Xóa tên", in_favour=9, decision=kind("XOA_TEN"), about=Member.objects.get(pk=new.pk))  # fmt: skip
    assert one.about == new


def test_the_runner_asks_for_the_name_and_writes_the_subject(world, new, secretary):
    meeting = opened(world.cell_a1, world.members_a1, MONTH)
    url = reverse("hoithao:run", args=[meeting.pk, "bieu-quyet"])
    page = secretary.get(url)
    assert new.full_name in page.content.decode()
    typed = {"subject": page.context["form"]["subject"].value(), "decision": kind().pk, "in_favour": 7, "against": 2, "blank": 0}  # fmt: skip
    answer = secretary.post(url, typed)
    assert answer.status_code == 422 and "Chọn đồng chí" in " ".join(answer.context["form"].errors["about"])
    assert 'value="7"' in answer.content.decode()
    answer = secretary.post(url, {**typed, "about": new.pk, "subject": "Việc của đồng chí mới"})
    assert answer.status_code == 422 and new.full_name in " ".join(answer.context["form"].errors["subject"])
    assert secretary.post(url, {**typed, "about": new.pk}).status_code == 302
    assert Vote.objects.get().subject == f"Đề nghị công nhận đồng chí {new.full_name} là đảng viên chính thức"


def test_where_nobody_is_on_probation_the_form_does_not_ask(world, secretary):
    Member.objects.filter(pk=world.members_a1[9].pk).update(official_on=D(2011, 1, 1))
    meeting = opened(world.cell_a1, world.members_a1, MONTH)
    page = secretary.get(reverse("hoithao:run", args=[meeting.pk, "bieu-quyet"]))
    assert "about" not in page.context["form"].fields and 'name="about"' not in page.content.decode()
    assert "about" not in secretary.get(reverse("hoithao:ballot_create", args=[meeting.pk])).context["form"].fields
