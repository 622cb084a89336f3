"""The extended conference of lessons: the rounds put before it, lessons agreed on the ground of its minutes."""

import datetime as dt

import pytest
from django.urls import reverse

from hoithao.choices import LessonStatus, Seen
from hoithao.models import Lesson, Meeting, MeetingKind
from hoithao.services.attendance import take_roll
from hoithao.services.conferences import gather, programme_of
from hoithao.services.meetings import open_meeting, save_text, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.programmes import draw_lesson, open_programme
from hoithao.services.rounds import name_observers, observe, plan_cell, review, steps_on
from tests.factories.hoithao import closed

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.date(2020, 9, 1)


@pytest.fixture
def programme(world):
    """Two cells met, one with what its observers saw; a third is planned and has not met."""
    made = open_programme(by=None, organisation=world.town, name="Điểm 2020", starts_on=SEPTEMBER, months=[SEPTEMBER])
    one = made.rounds.get()
    a = closed(world.cell_a1, world.members_a1, SEPTEMBER, is_model=True, round=one).meeting
    b = closed(world.cell_b1, world.members_b1, SEPTEMBER, votes=[], is_model=True, round=one).meeting
    name_observers(a, [("Ủy viên Ban Thường vụ", "")], by=None)
    step = steps_on(a.held_on).first()
    observe(a, {step.pk: (Seen.PARTLY, "Còn sơ sài.")}, by=None)
    for meeting in (a, b):
        review(meeting, by=None, strengths="Chuẩn bị kỹ.", weaknesses="Ít ý kiến." if meeting is a else "")
        draw_lesson(meeting, by=None, worked="Gửi tài liệu trước.", repeat="Gửi trước một ngày.")
    plan_cell(one, world.cell_a2, by=None, planned_on=dt.date(2020, 9, 20))
    made.step_name = step.name
    return made


def conference(world, client):
    """As the office makes it from the page of the programme."""
    client.force_login(world.users["office"])
    kind = MeetingKind.objects.get(code="RUT_KINH_NGHIEM")
    form = client.get(reverse("hoithao:meeting_create"), {"don-vi": world.town.pk, "loai": kind.code}).context["form"]
    assert form.initial["kind"] == kind and form.initial["organisation"] == world.town.pk
    answers = {
        "organisation": world.town.pk, "kind": kind.pk, "theme": "sinh hoạt điểm", "day": "2020-10-13", "hour": "08:00",
        "place": "Hội trường", "form": form.fields["form"].initial,
    }  # fmt: skip
    answer = client.post(reverse("hoithao:meeting_create"), answers)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Meeting.objects.get(kind=kind)


def test_what_the_rounds_showed_comes_into_the_agenda_by_itself(world, client, programme):
    meeting = conference(world, client)
    first, second, third = list(meeting.agenda.values_list("presented", flat=True))[:3]
    assert "2 chi bộ sinh hoạt điểm, 2 buổi: 2 sinh hoạt thường kỳ" in first
    assert "phiếu quan sát 1/2 buổi; rút kinh nghiệm tại chỗ 2/2 buổi" in first and "còn 1 chi bộ chưa họp" in first
    assert "- Chuẩn bị kỹ (2 buổi)." in second and "- Ít ý kiến." in second and f"{programme.step_name}: 1/1 buổi" in second  # fmt: skip
    assert third == "- Gửi trước một ngày (2 buổi)."
    item = meeting.agenda.first()
    item.presented = "Lời của Văn phòng."
    item.save()
    assert gather(meeting, by=None) and meeting.agenda.first().presented == "Lời của Văn phòng."
    assert programme_of(closed(world.cell_a1, world.members_a1, dt.date(2020, 10, 1)).meeting) is None


def test_lessons_are_agreed_on_the_ground_of_the_locked_minutes(world, client, programme):
    meeting = conference(world, client)
    address, page = reverse("hoithao:lessons_agree", args=[meeting.pk]), meeting.get_absolute_url()
    assert "Bài học của các đợt sinh hoạt điểm" in client.get(page).content.decode()
    lessons = list(Lesson.objects.order_by("pk"))
    early = client.post(address, {"lessons": [lessons[0].pk]})
    assert early.status_code == 422 and "Khóa biên bản hội nghị trước" in early.content.decode()
    open_meeting(meeting, by=None, chair_post="Bí thư Thị ủy", secretary_post="Chánh Văn phòng")
    if meeting.roll.exists():
        take_roll(meeting, {}, by=None)
    save_text(meeting, "conclusion", "Thống nhất.", seen="")
    set_read_back(meeting, True, by=None)
    meeting.refresh_from_db()
    close_meeting(meeting, by=None, ended_at=meeting.opened_at + dt.timedelta(minutes=120))
    assert address in client.get(page).content.decode()
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"lessons": [lessons[0].pk]}).status_code == 302
    lessons[0].refresh_from_db()
    move = lessons[0].moves.get()
    assert lessons[0].status == LessonStatus.AGREED and move.day == dt.date(2020, 10, 13)
    assert "Biên bản" in move.ground and "Hội nghị rút kinh nghiệm" in move.who
    assert Lesson.objects.filter(status=LessonStatus.NOTED).count() == 1
    client.force_login(world.users["committee"])
    assert client.get(address).status_code in (403, 404)


def test_a_conference_keeps_the_programme_it_is_about(world, client, programme):
    meeting = conference(world, client)
    assert programme_of(meeting) == programme
    other = open_programme(by=None, organisation=world.town, name="Điểm thêm", starts_on=SEPTEMBER, months=[SEPTEMBER])
    assert programme_of(meeting) == programme  # a newer programme takes no conference away
    page = client.get(reverse("hoithao:programme_detail", args=[programme.pk])).content.decode()
    assert meeting.get_absolute_url() in page
    assert meeting.get_absolute_url() not in client.get(reverse("hoithao:programme_detail", args=[other.pk])).content.decode()  # fmt: skip
    edit = reverse("hoithao:meeting_edit", args=[meeting.pk])
    form = client.get(edit).context["form"]
    assert form.initial["programme"] == programme
    answers = {
        "organisation": world.town.pk, "kind": meeting.kind_id, "theme": meeting.theme, "day": "2020-10-13", "hour": "08:00",
        "place": "Hội trường", "form": meeting.form, "programme": other.pk,
    }  # fmt: skip
    assert client.post(edit, answers).status_code == 302 and programme_of(meeting) == other
    assert client.post(edit, answers | {"programme": ""}).status_code == 302 and programme_of(meeting) is None


def test_the_link_to_call_a_conference_stands_only_for_whom_it_opens(world, client, programme):
    for role, opens in (("office", True), ("organising", False)):
        client.force_login(world.users[role])
        text = client.get(reverse("hoithao:programme_detail", args=[programme.pk])).content.decode()
        assert (">Lập hội nghị<" in text) is opens
        assert client.get(reverse("hoithao:meeting_create")).status_code == (200 if opens else 403)
