"""Excuses told beforehand, signatures of one's own, extracts word for word, phrases filled from the meeting."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from hoithao.choices import Mark
from hoithao.models import Excuse, MinutesSignature, Phrase
from hoithao.services.excuses import make_link, note_call, tell_by_link
from hoithao.services.meetings import open_meeting
from hoithao.services.phrases import fill, save_phrase, values_of
from hoithao.services.signing import extract_minutes, headings_of, sign_minutes
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import content_of
from tests.factories.hoithao import closed, opened, planned


@pytest.fixture
def secretary(client, world):
    client.force_login(world.users["secretary"])
    return client


def test_link_works_once_for_a_stranger_and_prefills_the_roll(secretary, world):
    meeting, absent = planned(world.cell_a1), world.members_a1[4]
    page = reverse("hoithao:excuses", args=[meeting.pk])
    sent = {"member": absent.pk, "reason": "OM_DAU", "note": "", "link": "1", "once": uuid.uuid4()}
    assert secretary.post(page, sent).status_code == 302
    address = secretary.get(page).context["link"]["address"]
    assert address not in secretary.get(page).text  # shown once
    assert Excuse.objects.get().token not in address  # only its seal is kept
    stranger = Client()
    assert str(absent) in stranger.get(address).text
    assert stranger.post(address, {"reason": "", "note": ""}).status_code == 422
    assert "Đã báo vắng" in stranger.post(address, {"reason": "CONG_TAC", "note": "họp ở tỉnh"}).text
    assert stranger.get(address).status_code == stranger.post(address, {"reason": "OM_DAU"}).status_code == 404
    open_meeting(meeting, by=None, chair=world.members_a1[0], secretary=world.members_a1[1])
    rows = {
        row.member_id: row
        for row in secretary.get(reverse("hoithao:run", args=[meeting.pk, "diem-danh"])).context["counted"]
    }
    row = rows[absent.pk]
    assert (row.chosen != Mark.PRESENT, row.chosen_reason, row.chosen_note) == (True, "CONG_TAC", "họp ở tỉnh")
    assert rows[world.members_a1[3].pk].chosen == Mark.PRESENT


def test_call_noted_twice_stands_once_and_can_be_taken_back(secretary, world):
    meeting, absent = planned(world.cell_a1), world.members_a1[4]
    for reason in ("OM_DAU", "CONG_TAC"):
        note_call(meeting, member=absent, reason=reason, by=None)
    excuse = Excuse.objects.get()
    assert excuse.reason == "CONG_TAC"
    with pytest.raises(RuleBroken):
        make_link(meeting, absent, by=None)
    with pytest.raises(RuleBroken):
        note_call(meeting, member=world.members_b1[0], reason="OM_DAU", by=None)
    secretary.post(reverse("hoithao:excuse_back", args=[meeting.pk, excuse.pk]))
    assert not Excuse.objects.exists()


def test_link_ends_when_the_meeting_begins(world):
    meeting = planned(world.cell_a1)
    token = make_link(meeting, world.members_a1[4], by=None)
    open_meeting(meeting, by=None, chair=world.members_a1[0], secretary=world.members_a1[1])
    with pytest.raises(RuleBroken):
        tell_by_link(token, reason="OM_DAU")


def test_a_link_that_is_over_says_so_and_tells_nothing_else(client, world):
    token = make_link(planned(world.cell_a1), world.members_a1[4], by=None)
    address = reverse("hoithao:excuse_tell", args=[token])
    assert client.post(address, {"reason": "OM_DAU"}).status_code == 200
    used = client.get(address)
    made_up = client.post(reverse("hoithao:excuse_tell", args=["x" * len(token)]), {"reason": "OM_DAU"})
    for page in (used, made_up):
        assert page.status_code == 404
        assert "Mỗi đường dẫn báo vắng dùng một lần" in page.content.decode()
        assert str(world.members_a1[4]) not in page.content.decode()
        assert world.cell_a1.name not in page.content.decode()


def test_each_officer_signs_with_the_own_account_and_nobody_else(client, world):
    minutes = closed(world.cell_a1, world.members_a1)
    for member, name in ((world.members_a1[0], "secretary"), (world.members_a1[1], "member")):
        type(member).objects.filter(user=world.users[name]).update(user=None)
        member.user = world.users[name]
        member.save()
    address = reverse("hoithao:sign_minutes", args=[minutes.meeting_id])
    client.force_login(world.users["committee"])
    assert client.post(address, {"once": uuid.uuid4()}).status_code == 422
    for name in ("secretary", "member", "member"):
        client.force_login(world.users[name])
        assert client.get(address).status_code == 200
        assert client.post(address, {"once": uuid.uuid4()}).status_code == 302
    signed = {one.role: (one.name, one.sha256) for one in MinutesSignature.objects.all()}
    seal = minutes.document.sha256
    assert signed == {"CHU_TRI": (str(world.members_a1[0]), seal), "THU_KY": (str(world.members_a1[1]), seal)}
    assert "ký trên cổng" in client.get(minutes.meeting.get_absolute_url()).text
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesSignature.objects.update(name="Khác")
    with pytest.raises(RuleBroken):
        sign_minutes(minutes, by=world.users["organising"])


def test_extract_is_word_for_word_and_names_the_whole(secretary, world):
    minutes = closed(world.cell_a1, world.members_a1)
    place = next(place for place, text in headings_of(minutes) if text.startswith("IV-"))
    address = reverse("hoithao:extract_create", args=[minutes.meeting_id])
    assert secretary.post(address, {"once": uuid.uuid4()}).status_code == 422
    answer = secretary.post(address, {"places": [place], "purpose": "gửi Đảng ủy", "once": uuid.uuid4()})
    assert answer.status_code == 302 and secretary.get(answer.url).status_code == 200
    document = extract_minutes(minutes, [place], by=None)
    whole, part = content_of(minutes.document).body, content_of(document).body
    assert list(part[1:-1]) == list(whole[place : place + len(part) - 2])
    assert "Số" not in part[0].text and minutes.document.number_line[3:] in part[0].text
    assert not any("Ý KIẾN THẢO LUẬN" in getattr(block, "text", "") for block in part)
    with pytest.raises(RuleBroken):
        extract_minutes(minutes, [0, 999], by=None)


def test_phrases_are_filled_and_shown_at_their_field(secretary, world):
    meeting = opened(world.cell_a1, world.members_a1, exceptions={world.members_a1[7].pk: (Mark.EXCUSED, "OM_DAU", "")})
    assert fill("{Có mặt}/{phải điểm danh}, {lạ}", values_of(meeting)) == "9/10, {lạ}"
    save_phrase(None, by=None, field="conclusion", text="Dự họp {tỷ lệ dự họp}.")
    page = secretary.get(reverse("hoithao:run", args=[meeting.pk, "ket-luan"])).text
    assert "Dự họp 90,0%." in page and str(world.members_a1[0]) in page


@pytest.mark.parametrize("change", [{"text": " "}, {"text": "{chu tri}"}, {"field": "x"}])
def test_phrase_that_cannot_be_is_refused(db, change):
    before = Phrase.objects.count()
    with pytest.raises(RuleBroken):
        save_phrase(None, by=None, **{"field": "conclusion", "text": "Thống nhất.", **change})
    assert Phrase.objects.count() == before


def test_staff_keep_the_library(client, world):
    client.force_login(world.users["office"])
    create = reverse("hoithao:phrase_create")
    sent = {"field": "conclusion", "text": "Thống nhất {tháng}.", "order": 9, "is_active": "on", "once": uuid.uuid4()}
    assert client.post(create, sent).status_code == 302
    phrase = Phrase.objects.get(order=9)
    edit = reverse("hoithao:phrase_edit", args=[phrase.pk])
    assert client.get(edit).status_code == 200 and client.get(reverse("hoithao:phrase_list")).status_code == 200
    assert client.post(edit, {**sent, "is_active": "", "once": uuid.uuid4()}).status_code == 302
    phrase.refresh_from_db()
    assert not phrase.is_active


def test_steps_with_their_times_are_one_page(secretary, world):
    meeting = opened(world.cell_a1, world.members_a1)
    page = reverse("hoithao:procedure", args=[meeting.pk])
    assert secretary.post(page, {"done": ["chi-uy"], "once": uuid.uuid4()}).status_code == 302
    text = secretary.get(page).text
    assert 'value="chi-uy" checked' in text and 'value="tai-lieu" checked' not in text and "Sau sinh hoạt" in text
