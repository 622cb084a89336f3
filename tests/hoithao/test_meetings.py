"""A meeting from plan to locked minutes: what is refused, what is kept, what never changes."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from chibo.choices import Standing
from chibo.services.members import set_standing
from hoithao.choices import Mark, Reason, Status
from hoithao.models import Contribution, Meeting, Minutes
from hoithao.services.attendance import take_roll
from hoithao.services.contributions import add_contribution
from hoithao.services.evidence import _committee_facts
from hoithao.services.meetings import cancel_meeting, correct_meeting, open_meeting, plan_meeting, save_text
from hoithao.services.minutes import add_addendum, close_meeting
from hoithao.services.votes import log_vote
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.calendar import at_local
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.documents.issuing import content_of, is_intact
from tests.factories.hoithao import MONTH, closed, kind, opened, planned, ready

END = at_local(dt.date(2020, 12, 5), 21, 5)


def test_plan_copies_agenda_and_roll(world):
    meeting = planned(world.cell_a1)
    assert meeting.agenda.count() == kind().template.count()
    assert meeting.roll.count() == 10


def test_plan_sent_twice_is_one_meeting(world):
    key = uuid.uuid4()
    assert planned(world.cell_a1, client_key=key) == planned(world.cell_a1, client_key=key)


def test_another_day_of_a_plan_leaves_the_first_in_the_trail(world):
    meeting = planned(world.cell_a1)
    first = meeting.starts_at
    correct_meeting(meeting, by=None, place="Nhà văn hóa")
    correct_meeting(meeting, by=None, starts_at=first + dt.timedelta(days=2))
    plain, moved = AuditEntry.objects.filter(verb="meeting.corrected").order_by("id")
    assert "called_for" not in plain.facts and dt.datetime.fromisoformat(moved.facts["called_for"]) == first


def test_what_was_held_later_comes_later_though_called_for_before(world):
    regular = closed(world.cell_a1, world.members_a1).meeting
    committee = planned(world.cell_a1, code="CHI_UY")
    Meeting.objects.filter(pk=committee.pk).update(
        status=Status.OPEN, starts_at=regular.starts_at - dt.timedelta(days=3), opened_at=regular.opened_at + dt.timedelta(hours=3)
    )  # fmt: skip
    met = _committee_facts(regular)["chi ủy họp trước"]
    Meeting.objects.filter(pk=committee.pk).update(opened_at=regular.opened_at - dt.timedelta(hours=3))
    assert not met.value and _committee_facts(regular)["chi ủy họp trước"].value == 1


def test_second_regular_meeting_of_a_month_is_refused(world):
    planned(world.cell_a1)
    with pytest.raises(RuleBroken, match="đã có buổi sinh hoạt thường kỳ tháng 12 năm 2020"):
        planned(world.cell_a1)


def test_chair_and_secretary_are_two_members(world):
    with pytest.raises(RuleBroken, match="hai đồng chí khác nhau"):
        open_meeting(planned(world.cell_a1), by=None, chair=world.members_a1[0], secretary=world.members_a1[0])


def test_everybody_is_present_but_the_exceptions(world):
    meeting = opened(world.cell_a1, world.members_a1)
    figures = take_roll(meeting, {world.members_a1[4].pk: (Mark.EXCUSED, Reason.ILL, "")}, by=None)
    assert (figures.present, figures.base, figures.excused) == (9, 10, 1)
    assert (figures.vote_base, figures.vote_present) == (9, 8)


def test_exempt_members_stand_apart(world):
    set_standing(world.members_a1[8], Standing.EXEMPT, dt.date(2020, 1, 1), by=None)
    meeting = opened(world.cell_a1, world.members_a1)
    assert take_roll(meeting, {}, by=None).base == 9


def test_excused_wants_a_reason(world):
    with pytest.raises(RuleBroken, match="chọn lý do"):
        opened(world.cell_a1, world.members_a1, exceptions={world.members_a1[4].pk: (Mark.EXCUSED, "", "")})


def test_more_votes_than_voters_is_refused(world):
    meeting = opened(world.cell_a1, world.members_a1)
    with pytest.raises(RuleBroken, match="10 lớn hơn 9 đồng chí có mặt được biểu quyết"):
        log_vote(meeting, by=None, subject="Nghị quyết", in_favour=10)


def test_who_is_absent_does_not_speak(world):
    meeting = opened(world.cell_a1, world.members_a1, exceptions={world.members_a1[4].pk: (Mark.UNEXCUSED, "", "")})
    with pytest.raises(RuleBroken, match="ghi là vắng"):
        add_contribution(meeting, by=None, text="Nhất trí", member=world.members_a1[4])


def test_contribution_sent_twice_stands_once(world):
    meeting, key = opened(world.cell_a1, world.members_a1), uuid.uuid4()
    for _ in range(2):
        add_contribution(meeting, by=None, text="Nhất trí", member=world.members_a1[2], client_key=key)
    assert Contribution.objects.count() == 1


def test_closing_names_everything_that_is_missing(world):
    with pytest.raises(RuleBroken) as refused:
        close_meeting(planned(world.cell_a1), by=None)
    sentences = [sentence for sentence, _ in refused.value.missing]
    assert any("Chưa khai mạc" in s for s in sentences) and any("kết luận" in s for s in sentences)
    assert all(address.startswith("/sinh-hoat/") for _, address in refused.value.missing)


def test_end_before_start_is_refused(world):
    with pytest.raises(RuleBroken, match="Giờ kết thúc phải sau giờ bắt đầu"):
        close_meeting(ready(world.cell_a1, world.members_a1), by=None, ended_at=at_local(dt.date(2020, 12, 5), 18))


def test_closed_twice_answers_with_the_first_minutes(world):
    meeting = ready(world.cell_a1, world.members_a1)
    assert close_meeting(meeting, by=None, ended_at=END) == close_meeting(meeting, by=None, ended_at=END)
    assert Minutes.objects.count() == 1


def test_minutes_are_numbered_frozen_and_sealed(world):
    minutes = close_meeting(ready(world.cell_a1, world.members_a1), by=None, ended_at=END)
    assert minutes.document.number_line == "Số 01-BB/CB"
    assert is_intact(minutes.document)
    assert content_of(minutes.document).summary == "sinh hoạt chi bộ thường kỳ tháng 12 năm 2020"


def test_before_the_term_no_minutes(world):
    meeting = ready(world.cell_a1, world.members_a1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE chibo_term SET starts_on = '2021-01-01'")
    with pytest.raises(RuleBroken, match="chưa có nhiệm kỳ"):
        close_meeting(meeting, by=None, ended_at=END)


def test_addenda_are_numbered_and_leave_the_minutes_alone(world):
    minutes = closed(world.cell_a1, world.members_a1)
    before = minutes.document.sha256
    numbers = [add_addendum(minutes, by=None, reason="Ghi sai họ", text="Đúng là Nguyễn").number for _ in range(2)]
    minutes.document.refresh_from_db()
    assert numbers == [1, 2] and minutes.document.sha256 == before
    assert minutes.document.amendments.count() == 2


def test_closed_meeting_refuses_every_change(world):
    meeting = closed(world.cell_a1, world.members_a1).meeting
    with pytest.raises(RuleBroken, match="đã khóa"):
        save_text(meeting, "conclusion", "Khác", seen=meeting.conclusion)
    with pytest.raises(RuleBroken, match="đã khóa"):
        log_vote(meeting, by=None, subject="Khác", in_favour=1)


@pytest.mark.parametrize("statement", [
    "UPDATE hoithao_meeting SET place = 'x'", "DELETE FROM hoithao_meeting", "UPDATE hoithao_attendance SET mark = 'CO_MAT'",
    "DELETE FROM hoithao_contribution", "UPDATE hoithao_vote SET in_favour = 1", "UPDATE hoithao_minutes SET figures = '{}'",
    "DELETE FROM documents_issueddocument", "UPDATE documents_issueddocument SET title = 'x'", "TRUNCATE hoithao_attendance",
    "DELETE FROM audit_auditentry", "UPDATE audit_auditseal SET seal = 'x'", "UPDATE documents_numbersequence SET last = 0",
])  # fmt: skip
def test_the_database_itself_refuses(world, statement):
    closed(world.cell_a1, world.members_a1)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def test_two_editors_keep_both_texts(world):
    meeting = opened(world.cell_a1, world.members_a1)
    save_text(meeting, "conclusion", "Bản thứ nhất", seen="")
    with pytest.raises(Conflict) as refused:
        save_text(meeting, "conclusion", "Bản thứ hai", seen="")
    assert refused.value.theirs == "Bản thứ nhất"


@pytest.mark.parametrize("typed,stored", [
    ("Hòa\u0301i".replace("o\u0301", "ó"), None), ("Ho\u0300a bình", "Hòa bình"), ("a\u202eb\u200bc", "abc"), ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("😀 vui", "😀 vui"), ("", ""),
])  # fmt: skip
def test_texts_are_composed_and_cleaned(world, typed, stored):
    meeting = opened(world.cell_a1, world.members_a1)
    kept = save_text(meeting, "conclusion", typed, seen="")
    assert stored is None or kept == stored


def test_a_hundred_thousand_letters_are_kept(world):
    meeting = opened(world.cell_a1, world.members_a1)
    assert len(save_text(meeting, "conclusion", "ă" * 100_000, seen="")) == 100_000
    with pytest.raises(RuleBroken, match="nhiều nhất 100000"):
        save_text(meeting, "conclusion", "ă" * 100_001, seen="ă" * 100_000)


def test_cancelled_meeting_stays_with_its_reason(world):
    meeting = cancel_meeting(planned(world.cell_a1), by=None, reason="Mưa lũ")
    assert meeting.status == Status.CANCELLED
    assert planned(world.cell_a1).status == Status.PLANNED  # the month is free again


def test_cell_without_members_cannot_close(world):
    from tests.factories.chibo import make_organisation

    empty = make_organisation("chi_bo_truc_thuoc", "Chi bộ trống", world.ward_a)
    meeting = plan_meeting(
        by=None,
        organisation=empty,
        kind=kind(),
        month=MONTH,
        starts_at=at_local(dt.date(2020, 12, 5), 19),
        place="Nhà văn hóa",
    )
    with pytest.raises(RuleBroken) as refused:
        close_meeting(meeting, by=None)
    assert any("chưa có đảng viên" in sentence for sentence, _ in refused.value.missing)
    assert Meeting.objects.filter(status=Status.CLOSED).count() == 0


@pytest.mark.parametrize("statement", [
    "INSERT INTO hoithao_agendaitem (meeting_id, \"order\", title, presented, summed_up) VALUES (%s, 99, 'x', '', '')",
    "INSERT INTO hoithao_attendance (meeting_id, member_id, standing, mark, reason, note) SELECT %s, member_id, 'CHINH_THUC', '', '', '' FROM hoithao_attendance LIMIT 1",
    "INSERT INTO hoithao_contribution (meeting_id, \"order\", guest, sort, text, client_key) VALUES (%s, 99, 'x', 'GOP_Y', 'x', gen_random_uuid())",
    "INSERT INTO hoithao_conclusion (meeting_id, \"order\", heading, text, is_synthetic) VALUES (%s, 99, 'x', 'x', false)",
    "UPDATE hoithao_contribution SET meeting_id = meeting_id WHERE meeting_id = %s",
    "UPDATE hoithao_meeting SET status = 'open' WHERE id = %s", "DELETE FROM hoithao_vote WHERE meeting_id = %s",
    "UPDATE hoithao_addendum SET text = 'x' WHERE %s > 0",
])  # fmt: skip
def test_nothing_joins_or_leaves_a_closed_meeting(world, statement):
    minutes = closed(world.cell_a1, world.members_a1)
    add_addendum(minutes, by=None, reason="Ghi nhầm", text="Nội dung đúng")
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [minutes.meeting_id])


def test_whole_meeting_asks_few_questions(world, django_assert_max_num_queries):
    closed(world.cell_a1, world.members_a1, dt.date(2020, 11, 1))
    with django_assert_max_num_queries(40):
        closed(world.cell_a1, world.members_a1)
