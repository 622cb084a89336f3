"""Before and after a meeting: the next one by one button, what comes back, followers, the call, petitions, the night."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from hoithao.choices import Origin, PetitionState, Phase, Sort
from hoithao.documents.invitation import calendar_of, handbook_fields, issue_call, message_of
from hoithao.models import Meeting, Petition, Proposal, Visit
from hoithao.services.agenda import add_line
from hoithao.services.around import add_document, answer_visit, assign_follower, tick
from hoithao.services.carrying import bring_back
from hoithao.services.contributions import add_contribution
from hoithao.services.meetings import cancel_meeting, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.next_meeting import next_start, next_starts, plan_committee, plan_next_regular, propose_all
from hoithao.services.petitions import answer_petition, pass_petition, send_petition, take_petition
from kyanh_portal.base.calendar import at_local
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.content import OfficialDocument
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.parameters.parameter import parameters
from kyanh_portal.parameters.setting import set_parameter
from tests.factories.chibo import make_organisation
from tests.factories.hoithao import closed, planned, ready

pytestmark = pytest.mark.django_db
DECEMBER = dt.date(2020, 12, 1)


@pytest.fixture(autouse=True)
def _story(settings):
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)


@pytest.fixture
def cell(world):
    world.cell_a1.meeting_day, world.cell_a1.meeting_place = 5, "Nhà văn hóa"
    world.cell_a1.save()
    return world.cell_a1


def said_as_petition(world, month=DECEMBER):
    meeting = ready(world.cell_a1, world.members_a1, month)
    said = add_contribution(meeting, by=None, member=world.members_a1[2], text="Đề nghị sửa đường.", sort=Sort.PETITION)
    meeting.refresh_from_db()
    set_read_back(meeting, True, by=None)
    close_meeting(meeting, by=None, ended_at=meeting.opened_at + dt.timedelta(minutes=95))
    return said


def test_next_falls_on_the_fixed_day_of_the_first_free_month(world, cell):
    day = dt.date(2020, 12, 21)
    assert next_start(cell, set(), None, day) == at_local(dt.date(2021, 1, 5), 19, 30)
    assert next_start(cell, {dt.date(2021, 1, 1)}, None, day) == at_local(dt.date(2021, 2, 5), 19, 30)
    assert next_start(cell, set(), None, dt.date(2020, 12, 5)) == at_local(dt.date(2020, 12, 5), 19, 30)
    cell.meeting_day = None
    assert next_start(cell, set(), None, day) is None
    assert next_start(cell, set(), at_local(dt.date(2020, 11, 30), 14), day) == at_local(dt.date(2020, 12, 28), 14)


def test_one_button_makes_the_next_meeting_once(world, cell):
    first = plan_next_regular(cell, by=None)
    assert timezone.localdate(first.starts_at) == dt.date(2021, 1, 5)
    second = plan_next_regular(cell, by=None)
    assert timezone.localdate(second.starts_at) == dt.date(2021, 2, 5)


def test_a_matter_left_over_returns_with_its_reason_and_usual_ones_do_not(world, cell):
    meeting = ready(cell, world.members_a1)
    add_line(meeting, "Bàn việc sửa nhà văn hóa", by=None)
    meeting.refresh_from_db()
    set_read_back(meeting, True, by=None)
    close_meeting(meeting, by=None, ended_at=meeting.opened_at + dt.timedelta(minutes=95))
    coming = plan_next_regular(cell, by=None)
    origins = list(coming.origins.all())
    assert [(one.source, one.item.title) for one in origins] == [(Origin.UNFINISHED, "Bàn việc sửa nhà văn hóa")]
    assert "05/12/2020" in origins[0].why
    assert bring_back(coming, by=None) == []


def test_an_answer_returns_to_agenda_and_minutes_and_again_when_the_meeting_is_called_off(world, cell):
    petition = send_petition(said_as_petition(world), by=None)
    assert petition.addressee == world.ward_a
    assert petition.due_on == dt.date(2021, 1, 20)  # 30 days from the day it went up
    take_petition(petition, by=None)
    coming = plan_next_regular(cell, by=None)
    assert coming.origins.count() == 0
    petition = answer_petition(petition, by=None, answer="Sửa trong tháng 02.")
    assert petition.state == PetitionState.TOLD
    assert petition.told_in == coming
    item = coming.origins.get().item
    assert "Sửa trong tháng 02." in item.presented
    cancel_meeting(coming, by=None, reason="Mưa lũ")
    again = plan_next_regular(cell, by=None)
    assert again.origins.get().source == Origin.PETITION
    with pytest.raises(RuleBroken):
        answer_petition(petition, by=None, answer="Lần hai.")


def test_a_petition_goes_up_once_and_one_level_at_a_time(world, cell):
    said = said_as_petition(world)
    petition = send_petition(said, by=None)
    assert send_petition(said, by=None) == petition
    petition = pass_petition(petition, by=None, note="Vượt thẩm quyền")
    assert petition.addressee == world.town
    with pytest.raises(RuleBroken, match="cấp trên"):
        pass_petition(petition, by=None)
    assert petition.days_late(petition.due_on) == 0
    assert petition.days_late(petition.due_on + dt.timedelta(days=3)) == 3


def test_a_petition_passed_on_is_passed_on_again_and_still_answered(world, cell):
    above = make_organisation("tinh_uy", "Tỉnh ủy Mẫu", None)
    world.town.parent = above
    world.town.save()
    petition = pass_petition(send_petition(said_as_petition(world), by=None), by=None)
    petition = pass_petition(petition, by=None, note="Vượt thẩm quyền")
    assert (petition.addressee, petition.state) == (above, PetitionState.PASSED)
    assert [move.note.split(".")[0] for move in petition.moves.all()] == [
        f"Gửi {world.ward_a.name}", f"Chuyển {world.town.name}", "Chuyển Tỉnh ủy Mẫu",
    ]  # fmt: skip
    assert answer_petition(petition, by=None, answer="Đã giao Sở làm.").state == PetitionState.ANSWERED


def test_only_petitions_of_locked_minutes_go_up(world, cell):
    said = closed(cell, world.members_a1).meeting.contributions.first()
    with pytest.raises(RuleBroken, match="kiến nghị"):
        send_petition(said, by=None)


def test_the_follower_of_the_day_is_told_and_answers(world, cell, client):
    w = world
    follower = w.members_a2[0]
    follower.user = w.users["committee"]
    follower.save()
    assign_follower(cell, follower, by=None, starts_on=dt.date(2020, 1, 1), ground="Phân công")
    with pytest.raises(RuleBroken):
        assign_follower(cell, w.members_a1[0], by=None, starts_on=dt.date(2020, 6, 1), ground="Phân công")
    visit = Visit.objects.get(meeting=plan_next_regular(cell, by=None))
    assert visit.member == follower
    client.force_login(w.users["secretary"])
    assert client.get(reverse("hoithao:visit_answer", args=[visit.pk])).status_code == 403
    answer_visit(visit, by=w.users["committee"], answer="DU")
    visit.refresh_from_db()
    assert visit.answer == "DU"


def test_a_new_follower_ends_the_one_before(world, cell):
    first = assign_follower(cell, world.members_a2[0], by=None, starts_on=dt.date(2020, 1, 1), ground="Một")
    assign_follower(cell, world.members_b1[0], by=None, starts_on=dt.date(2020, 7, 1), ground="Hai")
    first.refresh_from_db()
    assert first.ends_on == dt.date(2020, 6, 30)


def test_the_committee_meets_before_and_is_linked_once(world, cell):
    coming = plan_next_regular(cell, by=None)
    pre = plan_committee(coming, by=None)
    assert pre.held_on == dt.date(2021, 1, 2)
    assert plan_committee(coming, by=None) == pre
    assert pre.roll.count() == 2


def test_the_night_proposes_once(world, cell):
    day = dt.date(2020, 12, 21)
    first = propose_all(day)
    rows = set(Proposal.objects.values_list("organisation", "month"))
    assert (cell.pk, dt.date(2021, 1, 1)) in rows
    assert first == len(rows)
    propose_all(day)
    assert set(Proposal.objects.values_list("organisation", "month")) == rows
    Proposal.objects.all().delete()
    assert propose_all(dt.date(2020, 12, 10)) == 0  # 26 days before the fixed day: too early
    days = parameters.get("meetings.propose_days")
    set_parameter(days, 30, by=None, valid_from=dt.date(2020, 12, 1), source="Quy chế", path=world.ward_b.path)
    assert propose_all(dt.date(2020, 12, 10)) == 0  # another branch asked to be told earlier, this one did not
    set_parameter(days, 30, by=None, valid_from=dt.date(2020, 12, 1), source="Quy chế", path=world.ward_a.path)
    assert propose_all(dt.date(2020, 12, 10)) > 0


def test_the_call_is_a_paper_a_message_and_a_calendar_file(world, cell):
    coming = plan_next_regular(cell, by=None)
    notice = issue_call(coming, "notice", by=None)
    assert notice.number_line.startswith("Số 01-TB/")
    text = str(OfficialDocument.from_json(notice.content).body)
    assert "19 giờ 30, thứ Ba, ngày 05/01/2021" in text
    assert issue_call(coming, "invitation", by=None).number is None
    with pytest.raises(RuleBroken, match="đã ban hành"):
        issue_call(coming, "notice", by=None)
    assert "05/01/2021" in message_of(coming)
    event = Calendar.from_ical(calendar_of(coming)).walk("VEVENT")[0]
    assert event["dtstart"].dt == coming.starts_at
    assert event["location"] == "Nhà văn hóa"


def test_documents_and_ticks_keep_their_first_hour(world, cell):
    coming = plan_next_regular(cell, by=None)
    one = add_document(coming, by=None, title="Dự thảo", phase=Phase.BEFORE, is_posted=True)
    assert one.posted_at is not None
    tick(coming, "told", by=None)
    at = coming.ticks.get().at
    tick(coming, "told", by=None)
    assert coming.ticks.get().at == at
    tick(coming, "told", by=None, done=False)
    assert not coming.ticks.exists()


def test_the_card_has_the_numbers_of_the_minutes(world, cell):
    meeting = closed(cell, world.members_a1).meeting
    fields = {code: text for code, _, text in handbook_fields(Meeting.objects.get(pk=meeting.pk))}
    assert fields["co-mat"] == "10/10"
    assert fields["bieu-quyet"] == "Thông qua kết luận: 5/9 tán thành"


def test_pages_ask_a_steady_number_of_questions(world, cell, client, django_assert_max_num_queries):
    for month in (10, 11, 12):
        said_as_petition(world, dt.date(2020, month, 1))
    client.force_login(world.users["secretary"])
    for said in Meeting.objects.all():
        send_petition(said.contributions.get(sort=Sort.PETITION), by=None)
    with django_assert_max_num_queries(30):
        assert client.get(reverse("hoithao:petition_list")).status_code == 200
    with django_assert_max_num_queries(50):
        assert client.get(reverse("hoithao:question_list")).status_code == 200
    page = client.get(reverse("hoithao:around", args=[Meeting.objects.first().pk]))
    assert page.status_code == 200
    assert Petition.objects.count() == 3


def test_starts_of_many_cells_cost_two_queries(world, cell, django_assert_num_queries):
    planned(cell)
    with django_assert_num_queries(2):
        found = next_starts([cell, world.cell_a2, world.cell_b1], dt.date(2020, 12, 21))
    assert found[world.cell_a2.pk] is None


def test_a_matter_put_off_returns_with_its_reason_even_when_begun_or_usual(world, cell, client):
    meeting = ready(cell, world.members_a1)
    begun, usual = add_line(meeting, "Bàn việc sửa nhà văn hóa", by=None), meeting.agenda.first()
    planned_before = plan_next_regular(cell, by=None)
    client.force_login(world.users["secretary"])
    page = f"/sinh-hoat/{meeting.pk}/buoc/noi-dung/"
    typed = {f"presented_{begun.pk}": "Nghe báo giá.", f"seen_presented_{begun.pk}": ""}
    answer = client.post(page, {**typed, "put_off": f"{begun.pk}:HET_GIO"})
    assert answer.status_code == 302 and answer.url == page
    assert "Để sang buổi sau: hết giờ." in client.get(page).text
    client.post(page, {"put_off": f"{usual.pk}:VANG_TRINH_BAY"})
    client.post(page, {"put_off": f"{usual.pk}:"})  # taken up again
    client.post(page, {"put_off": f"{usual.pk}:CHO_CAP_TREN"})
    assert client.post(page, {"put_off": f"{usual.pk}:ABC"}).status_code == 422
    assert client.post(page, {"put_off": "999999:HET_GIO"}).status_code == 422
    set_read_back(meeting, True, by=None)
    assert client.post(f"/sinh-hoat/{meeting.pk}/buoc/ket-thuc/", {"hour": "21:05"}).status_code == 302
    meeting.refresh_from_db()
    assert "Nội dung này để sang buổi sau: hết giờ." in str(content_of(meeting.minutes.document))
    back = {one.item.title: one.why for one in planned_before.origins.all()}
    assert back == {
        "Bàn việc sửa nhà văn hóa": "Kỳ 05/12/2020 để sang buổi sau: hết giờ.",
        f"{usual.title} (tiếp kỳ 05/12/2020)": "Kỳ 05/12/2020 để sang buổi sau: chờ ý kiến cấp trên.",
    }
