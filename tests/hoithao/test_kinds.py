"""Every kind of meeting, by plain forms alone: prepared, opened, called, concluded, read back, locked, corrected."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from hoithao.models import Meeting, MeetingKind
from hoithao.views.stepping import steps_of
from kyanh_portal.documents.issuing import content_of

OF_CELLS = ["THUONG_KY", "CHUYEN_DE", "CHI_UY", "BAT_THUONG", "RUT_KINH_NGHIEM"]
OF_COMMITTEES = ["HOI_NGHI", "RUT_KINH_NGHIEM", "HOI_THAO"]
CASES = [("secretary", code) for code in OF_CELLS] + [("committee", code) for code in OF_COMMITTEES]


def send(client, address, **fields):
    return client.post(address, {**fields, "once": uuid.uuid4()})


@pytest.mark.parametrize(("role", "code"), CASES)
def test_each_kind_goes_from_plan_to_addendum_without_scripts(client, world, role, code):
    client.force_login(world.users[role])
    unit = world.cell_a1 if role == "secretary" else world.ward_a
    plan = {
        "organisation": unit.pk, "kind": MeetingKind.objects.get(code=code).pk, "theme": "Việc tháng này", "day": "2020-12-05",
        "hour": "19:30", "place": "Nhà văn hóa", "form": "TRUC_TIEP", "is_model": "on",
    }  # fmt: skip
    assert send(client, reverse("hoithao:meeting_create"), **plan).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.is_model and meeting.agenda.exists()
    officers = {"chair": world.members_a1[0].pk, "secretary": world.members_a1[1].pk}
    if role == "committee":
        officers = {"chair_post": "Bí thư Đảng ủy", "secretary_post": "Văn phòng", "confirms_chair": "on"}
    answers = {
        "khai-mac": {**officers, "day": "2020-12-05", "hour": "19:30", "guests": "", "seen_guests": ""},
        "diem-danh": {"all_present": "1"},
        "bieu-quyet": {"skip": "1"},
        "cham-diem": {"skip": "1"},  # its wide button adopts a score; this meeting is not scored
        "ket-luan": {"conclusion": "Thống nhất ba việc.", "seen_conclusion": ""},
        "ket-thuc": {"hour": "21:05"},
    }
    for one in steps_of(meeting):
        address = reverse("hoithao:run", args=[meeting.pk, one.slug])
        assert client.get(address).status_code == 200
        answer = send(client, address, **answers.get(one.slug, {}))
        assert answer.status_code == 302, (one.slug, answer.context["missing"], answer.context["form"].errors)
    minutes = Meeting.objects.get().minutes
    assert client.get(reverse("hoithao:meeting_detail", args=[meeting.pk])).status_code == 200
    confirmed = content_of(minutes.document).confirmed_by
    assert (confirmed and confirmed.position) == ("CHÁNH VĂN PHÒNG" if role == "committee" else None)
    assert client.get(f"/van-ban/{minutes.document_id}/pdf/").content[:4] == b"%PDF"
    send(client, reverse("hoithao:addendum_create", args=[meeting.pk]), reason="Ghi thiếu", text="Thêm một việc.")
    assert [one.number for one in minutes.addenda.all()] == [1]


def test_only_the_chi_uy_is_called_to_its_meeting(client, world):
    from hoithao.services.attendance import take_roll
    from tests.factories.hoithao import planned

    meeting = planned(world.cell_a1, code="CHI_UY")
    assert take_roll(meeting, {}, by=None).base == 2  # secretary and deputy, not the cell's ten
    assert take_roll(planned(world.cell_a1), {}, by=None).base == 10


def test_minutes_of_the_chi_uy_name_its_members_by_either_way(client, world):
    """Step by step and whole at once: only the chi ủy is called, and the paper says so."""
    from hoithao.services.whole import record_whole_meeting
    from kyanh_portal.base.calendar import at_local

    start = at_local(dt.date(2020, 12, 4), 19, 30)
    chair, secretary = world.members_a1[0], world.members_a1[1]
    minutes = record_whole_meeting(
        by=world.users["secretary"], organisation=world.cell_a1, kind=MeetingKind.objects.get(code="CHI_UY"),
        month=dt.date(2020, 12, 1), starts_at=start, ended_at=start + dt.timedelta(hours=1), place="Nhà văn hóa",
        chair=chair, secretary=secretary, conclusion="Thống nhất chuẩn bị buổi sinh hoạt.",
    )  # fmt: skip
    assert {row.member_id for row in minutes.meeting.roll.all()} == {chair.pk, secretary.pk}
    text = " ".join(block.get("text", "") for block in minutes.document.content["body"])
    assert "1. Chi uỷ viên: Tổng số chi uỷ viên: 2 đồng chí." in text and "Có mặt: 2/2 đồng chí (100,0%)." in text
    assert "đảng viên" not in text and "dự bị" not in text and "chi bộ nhất trí" not in text
