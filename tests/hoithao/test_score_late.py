"""A locked meeting without a score is scored later, once, voted in a later sitting, and named as late everywhere."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from hoithao.choices import ScoreState
from hoithao.frames import rulebook_on
from hoithao.models import Score
from hoithao.services.late_scores import adopt_late_score, save_late_score
from hoithao.services.meetings import save_text, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.scores import adopt_score, lines_of, review_score, save_score, send_score
from hoithao.services.votes import remove_vote
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.reminders.due import due_for
from tests.factories.hoithao import opened
from tests.hoithao.test_scores import closed_with_score, full_answers

MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)
pytestmark = pytest.mark.django_db


def lock(meeting):
    save_text(meeting, "conclusion", "Giao ba việc.", seen="")
    set_read_back(meeting, True, by=None)
    close_meeting(meeting, by=None, ended_at=meeting.opened_at + dt.timedelta(minutes=95))
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def march(world):
    return lock(opened(world.cell_a1, world.members_a1, MARCH))


def late(meeting, **but):
    frame = rulebook_on(meeting.held_on, meeting.organisation.path)
    return save_late_score(meeting, by=None, answers=full_answers(frame, **but), late_because="Chưa kịp chấm.")


def test_a_late_score_is_voted_in_a_later_sitting_and_stands_in_its_minutes(world, march):
    score = late(march, C6=20)
    assert (score.state, score.level, score.frame.code) == (ScoreState.DRAFT, "Tốt", "HD42-2025")
    with pytest.raises(RuleBroken, match="buổi sau"):
        adopt_late_score(march, by=None, in_favour=9)
    april = opened(world.cell_a1, world.members_a1, APRIL)
    with pytest.raises(RuleBroken, match="chưa quá nửa"):
        adopt_late_score(march, by=None, in_favour=4)
    score = adopt_late_score(march, by=None, in_favour=9)
    assert score.vote.meeting == april and score.vote.subject.startswith("Thông qua kết quả chấm điểm quá hạn")
    with pytest.raises(RuleBroken, match="Khóa biên bản Sinh hoạt thường kỳ tháng 4 năm 2026"):
        send_score(score, by=None)
    lock(april)
    assert send_score(score, by=None).state == ScoreState.SENT
    text = str(content_of(april.minutes.document))
    assert "Chấm điểm quá hạn: Sinh hoạt thường kỳ tháng 3 năm 2026. Lý do: Chưa kịp chấm." in text
    assert "90/100 điểm, mức Tốt" in text
    assert "Chấm điểm quá hạn" not in str(content_of(march.minutes.document))


def test_data_of_the_meeting_itself_are_the_ground(world, march):
    line = next(x for x in lines_of(late(march)) if x.criterion.code == "C1")
    assert "95 phút" in line.reason


def test_why_it_is_late_is_asked(march):
    with pytest.raises(RuleBroken, match="vì sao chấm quá hạn"):
        save_late_score(march, by=None, answers={}, late_because=" ")


def test_what_was_scored_in_time_is_never_scored_again(world):
    score = closed_with_score(world)
    with pytest.raises(RuleBroken, match="Điểm ấy giữ nguyên"):
        late(score.meeting)


def test_an_open_meeting_is_not_late(world):
    with pytest.raises(RuleBroken, match="đã khóa biên bản"):
        late(opened(world.cell_a1, world.members_a1, MARCH))


def test_settled_with_the_minutes_of_the_vote(world, march):
    late(march)
    april = opened(world.cell_a1, world.members_a1, APRIL)
    score = adopt_late_score(march, by=None, in_favour=9)
    again = late(march, C6=15)  # scored again while the vote's minutes are open: the vote falls
    assert again.state == ScoreState.DRAFT and again.vote is None and not april.votes.exists()
    score = adopt_late_score(march, by=None, in_favour=9)
    lock(april)
    with pytest.raises(RuleBroken, match="Điểm ấy giữ nguyên"):
        late(march)
    for change in (
        lambda: Score.objects.filter(pk=score.pk).update(total=1),
        lambda: Score.objects.filter(pk=score.pk).update(late_because=""),
        lambda: score.lines.update(points=1),
        lambda: score.lines.all()[0].delete(),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()


def test_the_database_refuses_a_score_of_locked_minutes_that_is_not_named_late(march):
    with pytest.raises(IntegrityError, match="scored late or not"), transaction.atomic():
        Score.objects.create(meeting=march, frame=rulebook_on(march.held_on))


def test_a_vote_taken_back_makes_the_score_a_draft_again(world):
    april = opened(world.cell_a1, world.members_a1, APRIL)
    save_score(april, by=None, answers=full_answers(rulebook_on(APRIL)))
    remove_vote(adopt_score(april, by=None, in_favour=9).vote, by=None)
    assert april.score.__class__.objects.get(meeting=april).state == ScoreState.DRAFT


def test_scored_late_as_people_press_it(world, client, march):
    client.force_login(world.users["secretary"])
    page = f"/sinh-hoat/{march.pk}/diem/qua-han/"
    assert page in client.get(march.get_absolute_url()).content.decode()
    assert "Ghi điểm dự kiến" in client.get(page).content.decode()
    answers = full_answers(rulebook_on(march.held_on))
    typed = {f"points_{pk}": str(points) for pk, (points, _) in answers.items()}
    typed |= {f"note_{pk}": note for pk, (_, note) in answers.items()}
    refused = client.post(page, {**typed, "weakness": "Ít ý kiến"})
    assert refused.status_code == 422 and "Ít ý kiến" in refused.content.decode()
    assert client.post(page, {**typed, "late_because": "Chưa kịp."}).status_code == 302
    april = opened(world.cell_a1, world.members_a1, APRIL)
    assert page in client.get(f"/sinh-hoat/{april.pk}/buoc/cham-diem/").content.decode()
    sent = {**typed, "late_because": "Chưa kịp.", "in_favour": "9", "against": "0", "blank": "0", "adopt": "1"}
    assert client.post(page, sent).status_code == 302
    detail = client.get(f"/sinh-hoat/{march.pk}/diem/").content.decode()
    assert "Chấm quá hạn" in detail and "9/9 tán thành" in detail and "Sinh hoạt thường kỳ tháng 4 năm 2026" in detail
    lock(april)
    assert client.get(page).status_code == 404


def test_scores_wait_for_who_must_act(world):
    score = closed_with_score(world)
    day, secretary, superior = dt.date(2026, 3, 20), world.users["secretary"], world.users["committee"]

    def told(user, code):
        return [(item.due_on, item.url, item.step) for _, item in due_for(user, day, only=code)]

    url = f"/sinh-hoat/{score.meeting_id}/diem"
    assert told(secretary, "scores_to_send") == [(dt.date(2026, 3, 7), f"{url}/gui/", "Gửi điểm")]  # 42-HD: two days
    assert told(superior, "scores_to_review") == [] == told(superior, "scores_to_send")
    send_score(score, by=None)
    assert told(secretary, "scores_to_send") == []
    assert told(superior, "scores_to_review") == [(dt.date(2026, 3, 20), f"{url}/cap-tren/", "Xem, xác nhận")]
    review_score(score, by=superior, adjusts=False)
    assert told(superior, "scores_to_review") == []


def test_a_late_score_waits_for_the_minutes_it_was_voted_in(world, march):
    late(march)
    april, day = opened(world.cell_a1, world.members_a1, APRIL), dt.date(2026, 4, 20)
    adopt_late_score(march, by=None, in_favour=9)
    assert due_for(world.users["secretary"], day, only="scores_to_send") == []
    lock(april)
    [(_, item)] = due_for(world.users["secretary"], day, only="scores_to_send")
    assert item.due_on == dt.date(2026, 4, 7) and "Chấm quá hạn: Chưa kịp chấm." in item.why
