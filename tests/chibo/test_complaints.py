"""A complaint about a discipline or a removal: record only, its clock, who sees it, how long it is kept."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from chibo.due import complaints_due
from chibo.models import Complaint, Exit
from chibo.owndata import data_of
from chibo.services.complaints import answer_complaint, answer_until, complain_until, note_complaint
from chibo.services.lifecycle import leave_party, note_discipline
from chibo.services.retention import RULES, due_rows
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.errors import RuleBroken

pytestmark = pytest.mark.django_db
D = dt.date


@pytest.fixture
def discipline(world):
    return note_discipline(world.members_a1[4], "CANH_CAO", D(2020, 5, 4), "QĐ 7", by=None)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def page_of(user, member, **query):
    return client_of(user).get(reverse("chibo:member_detail", args=[member.pk]), query).content.decode()


def test_ninety_working_days_and_one_hundred_eighty_for_the_central_level(discipline):
    one = note_complaint(discipline, "CAP_TREN", D(2020, 6, 1), by=None)
    assert answer_until(one) == D(2020, 10, 6)  # 90 working days, 2/9 is a day off
    one = answer_complaint(one, D(2020, 9, 30), "GIU_NGUYEN", by=None)
    later = note_complaint(discipline, "TRUNG_UONG", D(2020, 10, 1), by=None)
    assert (answer_until(later) - later.received_on).days > 250


def test_one_at_a_time_in_order_and_the_central_answer_is_final(discipline):
    with pytest.raises(RuleBroken, match="sớm hơn ngày quyết định"):
        note_complaint(discipline, "CAP_TREN", D(2020, 5, 3), by=None)
    with pytest.raises(RuleBroken, match="chưa đến"):
        note_complaint(discipline, "CAP_TREN", D(2030, 1, 1), by=None)
    one = note_complaint(discipline, "CAP_TREN", D(2020, 6, 1), by=None)
    with pytest.raises(RuleBroken, match="chưa trả lời"):
        note_complaint(discipline, "TINH_UY", D(2020, 6, 2), by=None)
    with pytest.raises(RuleBroken, match="sớm hơn ngày nhận"):
        answer_complaint(one, D(2020, 5, 31), "GIU_NGUYEN", by=None)
    answer_complaint(one, D(2020, 7, 1), "GIU_NGUYEN", by=None)
    with pytest.raises(RuleBroken, match="đã ghi trả lời"):
        answer_complaint(one, D(2020, 7, 2), "XOA_BO", by=None)
    with pytest.raises(RuleBroken, match="trả lời trước"):
        note_complaint(discipline, "TINH_UY", D(2020, 6, 15), by=None)
    last = note_complaint(discipline, "TRUNG_UONG", D(2020, 7, 2), by=None)
    answer_complaint(last, D(2020, 8, 3), "GIU_NGUYEN", by=None)
    with pytest.raises(RuleBroken, match="giải quyết cuối cùng"):
        note_complaint(discipline, "TINH_UY", D(2020, 9, 1), by=None)


def test_the_whole_way_on_the_page_with_what_was_typed_kept(world, discipline):
    member, client = discipline.member, client_of(world.users["organising"])
    url = reverse("chibo:complaint_create", args=[member.pk, discipline.pk])
    wrong = client.post(url, {"level": "CAP_TREN", "received_on": "30/02/2020"})
    assert wrong.status_code == 422 and 'value="30/02/2020"' in wrong.content.decode()
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"level": "CAP_TREN", "received_on": "2020-06-01"}).status_code == 302
    one = Complaint.objects.get()
    page = page_of(world.users["organising"], member)
    assert "Trả lời trước ngày 06/10/2020" in page and "Ghi trả lời" in page and "Ghi khiếu nại<" not in page
    answer = reverse("chibo:complaint_answer", args=[member.pk, one.pk])
    assert client.post(answer, {"answered_on": "2020-07-01", "outcome": "kể chuyện"}).status_code == 422
    assert client.post(answer, {"answered_on": "2020-07-01", "outcome": "THAY_DOI"}).status_code == 302
    assert "Trả lời 01/7/2020: thay đổi hình thức." in page_of(world.users["organising"], member)
    then = page_of(world.users["organising"], member, ngay="2020-06-15")
    assert "Trả lời trước ngày 06/10/2020" in then and "thay đổi hình thức" not in then
    assert "Khiếu nại kỷ luật" not in page_of(world.users["organising"], member, ngay="2020-05-20")
    other = reverse("chibo:complaint_create", args=[world.members_a1[5].pk, discipline.pk])
    assert client.get(other).status_code == 404


def test_only_who_is_shown_disciplines_is_shown_complaints(world, discipline):
    note_complaint(discipline, "CAP_TREN", D(2020, 6, 1), by=world.users["organising"])
    shown = {role: "Khiếu nại kỷ luật" in page_of(world.users[role], discipline.member) for role in ("secretary", "committee", "standing", "organising", "inspection", "office")}  # fmt: skip
    assert shown == dict.fromkeys(shown, True) | {"office": False}
    office = client_of(world.users["office"])
    for pk in (discipline.pk, discipline.pk + 1000):  # the refusal does not tell which there is
        assert office.get(reverse("chibo:complaint_create", args=[discipline.member.pk, pk])).status_code == 403
    entry = AuditEntry.objects.get(verb="member.complained")
    assert "CAP_TREN" not in str(entry.facts) and "2020-06-01" not in str(entry.facts)
    assert "Khiếu nại kỷ luật" in [title for title, _ in data_of(discipline.member)]


def test_who_must_answer_is_reminded_until_it_is_answered(world, discipline):
    one = note_complaint(discipline, "CAP_TREN", D(2020, 6, 1), by=None)
    day = D(2020, 9, 1)

    def told(role):
        return [(item.title, item.due_on) for item in complaints_due(world.users[role], day)]

    line = [(f"Trả lời khiếu nại kỷ luật: {discipline.member}", D(2020, 10, 6))]
    assert told("organising") == told("inspection") == told("committee") == line
    assert told("secretary") == told("office") == []
    answer_complaint(one, D(2020, 7, 1), "RUT", by=None)
    assert told("organising") == []


def test_an_answered_complaint_goes_after_its_time_and_the_discipline_stays(discipline):
    rule = next(one for one in RULES if one.code == "complaints")
    answer_complaint(note_complaint(discipline, "CAP_TREN", D(2020, 6, 1), by=None), D(2020, 7, 1), "RUT", by=None)
    assert not rule.due(D(2025, 7, 1)).exists()
    assert rule.clear(rule.due(D(2025, 8, 1))) == 1
    discipline.refresh_from_db()


@pytest.fixture
def removal(world):
    member = world.members_a1[4]
    leave_party(member, "XOA_TEN_DIEU_8", D(2020, 5, 4), "QĐ 9-QĐ/ThU", told_on=D(2020, 5, 6), by=None)
    return Exit.objects.get(member=member)


def test_a_removal_may_be_complained_of_with_the_same_clock(world, removal):
    member, client = removal.member, client_of(world.users["organising"])
    assert complain_until(removal) == D(2020, 6, 17)  # 30 working days
    url = reverse("chibo:exit_complaint_create", args=[member.pk, removal.pk])
    assert "Ghi khiếu nại<" in page_of(world.users["organising"], member)
    assert "khiếu nại đến hết ngày 17/6/2020" in client.get(url).content.decode()
    early = client.post(url, {"level": "CAP_TREN", "received_on": "2020-05-05"})
    assert early.status_code == 422 and "sớm hơn ngày nhận quyết định" in early.content.decode()
    assert client.post(url, {"level": "CAP_TREN", "received_on": "2020-06-01"}).status_code == 302
    one = Complaint.objects.get()
    assert one.exit == removal and one.discipline is None and one.member == member
    page = page_of(world.users["organising"], member)
    assert page.count("Khiếu nại xóa tên, cho ra") == 2  # in its line and in the story
    assert "Trả lời trước ngày 06/10/2020" in page and "Ghi khiếu nại<" not in page
    with pytest.raises(RuleBroken, match="chưa trả lời"):
        note_complaint(removal, "TINH_UY", D(2020, 6, 2), by=None)
    line = [(f"Trả lời khiếu nại xóa tên, cho ra: {member}", D(2020, 10, 6))]
    for role in ("organising", "inspection", "committee"):
        assert [(item.title, item.due_on) for item in complaints_due(world.users[role], D(2020, 9, 1))] == line
    assert "Khiếu nại xóa tên, cho ra" in [title for title, _ in data_of(member)]
    answer = reverse("chibo:complaint_answer", args=[member.pk, one.pk])
    assert (
        client.post(answer, {"answered_on": "2020-07-01", "outcome": "THAY_DOI"}).status_code == 422
    )  # of a discipline
    assert client.post(answer, {"answered_on": "2020-07-01", "outcome": "GIU_NGUYEN"}).status_code == 302
    assert "Trả lời 01/7/2020: giữ nguyên quyết định." in page_of(world.users["organising"], member)
    assert not list(complaints_due(world.users["organising"], D(2020, 9, 1)))
    rule = next(one for one in RULES if one.code == "complaints")
    assert due_rows(rule, world.users["organising"], D(2025, 8, 1)).count() == 1
    assert due_rows(rule, world.users["secretary"], D(2025, 8, 1)).count() == 0


def test_who_is_not_shown_why_a_member_left_is_not_told_of_the_complaint(world, removal):
    note_complaint(removal, "CAP_TREN", D(2020, 6, 1), by=None)
    assert "Khiếu nại" in page_of(world.users["standing"], removal.member)
    page = page_of(world.users["office"], removal.member)
    assert "Khiếu nại" not in page and "Xóa tên" not in page
    office = client_of(world.users["office"])
    for pk in (removal.pk, removal.pk + 1000):
        assert office.get(reverse("chibo:exit_complaint_create", args=[removal.member.pk, pk])).status_code == 403


def test_a_complaint_is_about_exactly_one_decision_that_may_be_complained_of(world, removal, discipline):
    other = world.members_a1[5]
    leave_party(other, "TU_TRAN", D(2020, 5, 4), "Giấy báo", by=None)
    died = Exit.objects.get(member=other)
    with pytest.raises(RuleBroken, match="Chỉ ghi khiếu nại về xóa tên, cho ra"):
        note_complaint(died, "CAP_TREN", D(2020, 6, 1), by=None)
    client = client_of(world.users["organising"])
    assert client.get(reverse("chibo:exit_complaint_create", args=[other.pk, died.pk])).status_code == 404
    for about in ({}, {"discipline": discipline, "exit": removal}):
        with pytest.raises(IntegrityError, match="chibo_complaint_about_one"), transaction.atomic():
            Complaint.objects.create(level="CAP_TREN", received_on=D(2020, 6, 1), **about)
