"""A whole meeting posted by a device: kept once whatever is sent twice, refused in words, never half."""

import datetime as dt
import json
import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from hoithao.models import Attendance, Contribution, Meeting, Minutes, MonthTally
from hoithao.services.programmes import open_programme
from hoithao.services.rounds import plan_cell
from hoithao.services.tallies import COUNTS, recount_all
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.audit.verifying import first_wrong_position, unsealed
from kyanh_portal.documents.issuing import is_intact
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.ui.models import Receipt
from tests.factories.hoithao import opened, planned

ADDRESS = "/sinh-hoat/tron-buoi/"


def whole(cell, members, **other):
    return {
        "key": str(uuid.uuid4()), "organisation": cell.pk, "kind": "THUONG_KY", "starts_at": "2020-12-05T19:30:00+07:00",
        "ended_at": "2020-12-05T21:05:00+07:00", "place": "Nhà văn hóa", "chair": members[0].pk, "secretary": members[1].pk,
        "read_back": True, "conclusion": "Thống nhất ba việc của tháng.", "absent": {str(members[3].pk): ["VANG_CO_LY_DO", "OM_DAU"]},
        "contributions": [{"member": members[2].pk, "text": "Nhất trí."}, {"guest": "Đảng ủy viên phụ trách", "text": "Đề nghị ngắn gọn."}],
        "votes": [{"subject": "Thông qua kết luận", "in_favour": 4}],
    } | other  # fmt: skip


def send(client, post):
    return client.post(ADDRESS, json.dumps(post), content_type="application/json")


@pytest.fixture
def secretary(world, client):
    client.force_login(world.users["secretary"])
    return client


def test_whole_meeting_is_recorded_and_locked(world, secretary):
    answer = send(secretary, whole(world.cell_a1, world.members_a1))
    assert answer.status_code == 200
    minutes = Minutes.objects.get()
    assert answer.json()["url"] == reverse("hoithao:meeting_detail", args=[minutes.meeting_id])
    assert minutes.meeting.is_closed and minutes.locked_by == world.users["secretary"]
    assert is_intact(minutes.document) and minutes.document.number_line == answer.json()["number"]
    assert minutes.meeting.contributions.count() == 2
    verbs = list(AuditEntry.objects.filter(by=world.users["secretary"]).order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["document.issued", "meeting.closed"]


def test_sent_again_it_answers_with_the_first(world, secretary):
    post = whole(world.cell_a1, world.members_a1)
    assert send(secretary, post).json() == send(secretary, post).json()
    counted = [model.objects.count() for model in (Meeting, Minutes, IssuedDocument, Receipt)]
    assert counted == [1, 1, 1, 1] and Contribution.objects.count() == 2


def test_second_regular_meeting_of_a_month_is_refused(world, secretary):
    send(secretary, whole(world.cell_a1, world.members_a1))
    answer = send(secretary, whole(world.cell_a1, world.members_a1))
    assert answer.status_code == 422 and "đã có buổi sinh hoạt thường kỳ" in answer.json()["message"]
    assert Meeting.objects.count() == 1


WRONG = [
    {"read_back": False}, {"read_back": "true"}, {"key": "x"}, {"organisation": "1"}, {"organisation": True}, {"kind": "KHONG_CO"},
    {"starts_at": "mai"}, {"starts_at": "2020-12-05T19:30:00"}, {"starts_at": "2020-13-05T19:30:00+07:00"}, {"starts_at": "0001-01-01T00:00:00+07:00"},
    {"ended_at": "2020-12-05T19:00:00+07:00"}, {"ended_at": "2022-12-05T19:00:00+07:00"}, {"chair": None}, {"chair": 10**12}, {"secretary": -1},
    {"place": ""}, {"place": 5}, {"conclusion": ""}, {"conclusion": "x" * 100_001}, {"absent": {"x": ["CO_MAT"]}},
    {"absent": [1]}, {"absent": {"999999999": ["VANG_KHONG_LY_DO"]}}, {"contributions": "x"}, {"contributions": [1]},
    {"contributions": [{"text": "không ai nói"}]}, {"contributions": [{"guest": "Khách", "text": " "}]}, {"contributions": [{"member": 10**12, "text": "x"}]},
    {"votes": [{"subject": "x", "in_favour": 10_000}]}, {"votes": [{"subject": "x", "in_favour": -1}]}, {"votes": [{"subject": ""}]},
    {"votes": [{"subject": "x", "in_favour": 1.5}]}, {"form": "x"}, {"agenda": ["x"] * 501}, {"theme": "x" * 301}, {"conclusion": "TUYỆT MẬT"},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: str(wrong)[:50])
def test_what_cannot_be_is_refused_and_nothing_is_kept(world, secretary, wrong):
    answer = send(secretary, whole(world.cell_a1, world.members_a1, **wrong))
    assert answer.status_code == 422, answer.content
    assert answer.json()["message"][-1] in ".”" and Meeting.objects.count() == Attendance.objects.count() == 0
    assert IssuedDocument.objects.count() == 0


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '"x"', "\x00", "[" * 100_000])
def test_what_is_no_meeting_is_refused(world, secretary, body):
    assert secretary.post(ADDRESS, body, content_type="application/json").status_code == 422


def test_absent_member_cannot_have_spoken(world, secretary):
    absent = world.members_a1[3].pk
    answer = send(secretary, whole(world.cell_a1, world.members_a1, contributions=[{"member": absent, "text": "x"}]))
    assert answer.status_code == 422 and "ghi là vắng" in answer.json()["message"]


def test_only_the_cells_secretary_may(world, secretary, client):
    assert send(secretary, whole(world.cell_b1, world.members_b1)).status_code == 404
    client.force_login(world.users["office"])
    assert send(client, whole(world.cell_a1, world.members_a1)).status_code == 403
    client.force_login(world.users["member"])
    assert send(client, whole(world.cell_a1, world.members_a1)).status_code == 403
    assert Meeting.objects.count() == 0


def test_a_meeting_the_cell_prepared_is_taken_over_not_doubled(world, secretary):
    coming = planned(world.cell_a1, theme="", guests="Đảng ủy viên phụ trách")
    titles = list(coming.agenda.values_list("title", flat=True))
    items = list(coming.agenda.all())
    items[1].presented = "Bản chi ủy soạn."
    items[1].save()
    post = whole(world.cell_a1, world.members_a1, agenda=["Điều đã trình bày."], starts_at="2020-12-06T19:30:00+07:00", ended_at="2020-12-06T21:05:00+07:00")  # fmt: skip
    assert send(secretary, post).status_code == 200
    meeting = Meeting.objects.get()
    assert meeting.pk == coming.pk and meeting.is_closed and meeting.held_on == dt.date(2020, 12, 6)
    assert meeting.guests == "Đảng ủy viên phụ trách" and meeting.starts_at == coming.starts_at  # first called for
    assert meeting.is_moved and meeting.began_at == dt.datetime.fromisoformat("2020-12-06T19:30:00+07:00")
    assert list(meeting.agenda.values_list("title", flat=True)) == titles
    assert list(meeting.agenda.values_list("presented", flat=True))[:2] == ["Điều đã trình bày.", "Bản chi ủy soạn."]
    assert (
        meeting.roll.count() == len(world.members_a1)
        and meeting.roll.get(member=world.members_a1[3]).reason == "OM_DAU"
    )
    verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs.index("meeting.taken_over") < verbs.index("meeting.closed") and is_intact(meeting.minutes.document)
    assert send(secretary, post).json()["number"] == meeting.minutes.document.number_line
    assert Meeting.objects.count() == Minutes.objects.count() == 1


def test_a_thematic_meeting_is_taken_over_on_its_own_day_only(world, secretary):
    coming = planned(world.cell_a1, code="CHUYEN_DE", theme="Tự phê bình")
    other = whole(world.cell_a1, world.members_a1, kind="CHUYEN_DE", theme="Khác", starts_at="2020-12-04T19:30:00+07:00", ended_at="2020-12-04T21:05:00+07:00")  # fmt: skip
    assert send(secretary, other).status_code == 200
    coming.refresh_from_db()
    assert coming.status == "planned" and Meeting.objects.count() == 2
    assert (
        send(secretary, whole(world.cell_a1, world.members_a1, kind="CHUYEN_DE", theme="Tự phê bình")).status_code
        == 200
    )
    coming.refresh_from_db()
    assert coming.is_closed and coming.theme == "Tự phê bình" and Meeting.objects.count() == 2


def test_a_meeting_that_began_on_the_portal_is_never_overwritten(world, secretary):
    began = opened(world.cell_a1, world.members_a1)
    answer = send(secretary, whole(world.cell_a1, world.members_a1))
    assert answer.status_code == 422 and "Mở buổi ấy" in answer.json()["message"]
    began.refresh_from_db()
    assert began.status == "open" and Meeting.objects.count() == 1


def test_it_stands_in_its_round_of_model_meetings(world, secretary):
    programme = open_programme(by=None, organisation=world.town, name="Điểm", starts_on=dt.date(2020, 12, 1), months=[dt.date(2020, 12, 1)])  # fmt: skip
    place = plan_cell(programme.rounds.get(), world.cell_a1, by=None, planned_on=dt.date(2020, 12, 10))
    assert send(secretary, whole(world.cell_a1, world.members_a1)).status_code == 200
    meeting = Meeting.objects.get()
    place.refresh_from_db()
    assert place.meeting == meeting and meeting.is_model and meeting.round == place.round
    assert "buổi sinh hoạt điểm" in str(meeting.minutes.document.content)


@pytest.mark.parametrize(("rounds", "found"), [(1, True), (2, False)])
def test_marked_as_model_outside_the_plan_it_goes_to_the_only_round_of_its_month(world, secretary, rounds, found):
    for number in range(rounds):
        open_programme(by=None, organisation=world.town, name=f"Điểm {number}", starts_on=dt.date(2020, 12, 1), months=[dt.date(2020, 12, 1)])  # fmt: skip
    assert send(secretary, whole(world.cell_a1, world.members_a1, is_model=True)).status_code == 200
    meeting = Meeting.objects.get()
    assert meeting.is_model and (meeting.round is not None) is found


@pytest.mark.django_db(transaction=True)
def test_posted_twice_at_the_same_moment_it_is_kept_once(world):
    posts = [whole(world.cell_a1, world.members_a1), whole(world.cell_a2, world.members_a2, votes=[])]
    statuses = []

    def post(one):
        client = Client()
        client.force_login(world.users["secretary"] if one is posts[0] else user_a2)
        statuses.append(send(client, one).status_code)
        connection.close()

    from chibo.models import RoleGrant
    from kyanh_portal.accounts.models import User

    user_a2 = User.objects.create(username="a2", display_name="Bí thư A2")
    RoleGrant.objects.create(
        user=user_a2, organisation=world.cell_a2, role="cell_secretary", starts_on=dt.date(2020, 1, 1)
    )
    threads = [threading.Thread(target=post, args=[one]) for one in posts for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 6
    assert Minutes.objects.count() == IssuedDocument.objects.count() == Receipt.objects.count() == 2
    assert unsealed() == 0 and first_wrong_position() is None
    kept = sorted(MonthTally.objects.values_list("organisation_id", "month", *COUNTS))
    recount_all([dt.date(2020, 12, 1)])
    assert sorted(MonthTally.objects.values_list("organisation_id", "month", *COUNTS)) == kept
