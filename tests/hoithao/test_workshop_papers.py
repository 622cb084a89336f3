"""Papers ordered for a workshop: asked, sent, judged, accepted, put in their turn; who sees and who may."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from hoithao.choices import OrderState, Status
from hoithao.due import awaited_papers
from hoithao.models import Meeting, Paper, PaperOrder
from hoithao.services.workshop_papers import (
    accept_paper,
    comment_on,
    move_paper,
    order_papers,
    send_version,
    withdraw_order,
)
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.files.models import StoredFile
from kyanh_portal.rendering.docx_reading import docx_blocks, docx_text
from tests.factories.nghiquyet import HELD, workshop

DUE = dt.date(2020, 12, 10)
ASKED = dt.date(2020, 11, 20)


def word_file() -> bytes:
    word = Document()
    word.add_heading("Chuẩn bị nội dung", 1)
    paragraph = word.add_paragraph("Chi ủy họp ")
    paragraph.add_run("trước").bold = True
    paragraph.add_run(" kỳ sinh hoạt.")
    word.add_paragraph("Gửi trước nội dung", style="List Bullet")
    word.add_table(rows=1, cols=1).cell(0, 0).text = "ĐẢNG BỘ PHƯỜNG"
    table = word.add_table(rows=1, cols=2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "Tỷ lệ dự", "94%"
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


@pytest.fixture
def meeting(world):
    return workshop(world)


@pytest.fixture
def order(world, meeting):
    return order_papers(
        meeting, by=None, organisations=[world.cell_a1], subject="Chuẩn bị nội dung", due_on=DUE, on=ASKED
    )[0]


def sent(order, **fields):
    answers = {"title": "Chuẩn bị nội dung sát việc", "author": "Bí thư Chi bộ A1", "text": "Họp trước.", **fields}
    return send_version(order, by=None, **answers)


def test_word_file_is_read_in_its_structure():
    blocks = docx_blocks(word_file())
    assert [block.kind for block in blocks] == ["heading", "paragraph", "item", "paragraph", "table"]
    assert blocks[1].runs == (("Chi ủy họp ", False, False), ("trước", True, False), (" kỳ sinh hoạt.", False, False))
    assert blocks[4].rows == (("Tỷ lệ dự", "94%"),)
    assert "Chi ủy họp trước kỳ sinh hoạt." in docx_text(word_file())


def test_order_refuses_a_day_that_cannot_be(world, meeting):
    for due_on in (dt.date(2020, 11, 1), HELD + dt.timedelta(days=1)):
        with pytest.raises(RuleBroken) as refused:
            order_papers(meeting, by=None, organisations=[world.cell_a1], subject="Bài", due_on=due_on, on=ASKED)
        assert refused.value.field == "due_on"


def test_one_subject_is_asked_of_a_unit_once_until_withdrawn(world, meeting, order):
    again = {"by": None, "organisations": [world.cell_a1], "subject": "Chuẩn bị nội dung", "due_on": DUE, "on": ASKED}
    with pytest.raises(RuleBroken):
        order_papers(meeting, **again)
    withdraw_order(order, by=None, reason="Đơn vị xin chuyển chủ đề")
    assert order_papers(meeting, **again)


def test_late_are_those_awaited_past_their_day(world, meeting, order):
    assert not PaperOrder.objects.late_on(DUE).exists()
    assert list(PaperOrder.objects.late_on(DUE + dt.timedelta(days=1))) == [order]
    sent(order)
    assert not PaperOrder.objects.late_on(DUE + dt.timedelta(days=1)).exists()
    comment_on(order, by=None, text="Thêm số liệu", asks_changes=True)
    assert list(PaperOrder.objects.late_on(DUE + dt.timedelta(days=1))) == [order]


def test_versions_are_kept_and_the_newest_is_accepted(order):
    with pytest.raises(RuleBroken):
        accept_paper(order, by=None)
    sent(order)
    comment_on(order, by=None, text="Thêm số liệu", asks_changes=True)
    order.refresh_from_db()
    assert order.state == OrderState.CHANGES
    with pytest.raises(RuleBroken):
        accept_paper(order, by=None)
    sent(order, text="Họp trước. Tỷ lệ dự 94%.")
    paper = accept_paper(order, by=None)
    assert paper.text == "Họp trước. Tỷ lệ dự 94%."
    assert [version.number for version in order.versions.all()] == [2, 1]
    assert accept_paper(order, by=None) == paper  # twice is once
    with pytest.raises(RuleBroken):
        sent(order)


def test_papers_change_places_within_their_sort(world, meeting):
    first = meeting.papers.get()
    others = [
        accept_paper(send_and_order(meeting, unit, lead_in), by=None)
        for unit, lead_in in ((world.cell_a2, False), (world.ward_a, True), (world.cell_b1, False))
    ]
    move_paper(others[2], by=None, up=True)
    turns = list(meeting.papers.filter(is_lead_in=False).order_by("order"))
    assert turns == [first, others[2], others[0]]
    with pytest.raises(RuleBroken):
        move_paper(Paper.objects.get(pk=first.pk), by=None, up=True)
    with pytest.raises(RuleBroken):
        move_paper(others[1], by=None, up=False)  # the lead-in stands apart
    assert sorted(meeting.papers.values_list("order", flat=True)) == [1, 2, 3, 4]


def send_and_order(meeting, unit, lead_in=False):
    order = order_papers(
        meeting, by=None, organisations=[unit], subject="Bài", due_on=DUE, on=ASKED, is_lead_in=lead_in
    )[0]
    sent(order)
    return order


def test_secretary_sends_a_word_file_and_reads_the_answer(world, meeting, order, client):
    client.force_login(world.users["secretary"])
    page = order.get_absolute_url()
    assert "Gửi bài" in client.get(page).content.decode()
    upload = SimpleUploadedFile("bai-tham-luan.docx", word_file())
    answer = client.post(f"{page}gui/", {"title": "Chuẩn bị nội dung", "author": "Bí thư", "file": upload})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    shown = client.get(page).content.decode()
    assert "Chi ủy họp trước kỳ sinh hoạt." in shown
    stored = StoredFile.objects.get()
    assert client.get(stored.get_absolute_url()).status_code == 200
    client.force_login(world.users["office"])
    assert client.get(stored.get_absolute_url()).status_code == 200
    client.post(f"{page}nhan-xet/", {"text": "Thêm số liệu năm 2020", "asks_changes": "on"})
    client.force_login(world.users["secretary"])
    assert "Thêm số liệu năm 2020" in client.get(page).content.decode()
    client.force_login(world.users["member"])
    assert client.get(stored.get_absolute_url()).status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused_in_words(world, order, client):
    client.force_login(world.users["secretary"])
    upload = SimpleUploadedFile("bai.docx", b"%PDF-1.7 khong phai word")
    answer = client.post(f"{order.get_absolute_url()}gui/", {"title": "Bài", "author": "Bí thư", "file": upload})
    assert answer.status_code == 422
    assert "Nội dung tệp không phải Word" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_another_cell_does_not_see_the_order(world, meeting, client):
    other = order_papers(meeting, by=None, organisations=[world.cell_b1], subject="Bài", due_on=DUE, on=ASKED)[0]
    client.force_login(world.users["secretary"])
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(f"{other.get_absolute_url()}gui/").status_code == 404


def test_reminders_name_the_unit_until_it_has_sent_then_the_reader(world, order):
    secretary, office = world.users["secretary"], world.users["office"]
    assert [item.step for item in awaited_papers(secretary, DUE)] == ["Gửi bài"]
    assert not list(awaited_papers(office, DUE))
    assert [item.step for item in awaited_papers(office, DUE + dt.timedelta(days=1))] == ["Gửi bài"]
    sent(order)
    assert not list(awaited_papers(secretary, DUE))
    assert [item.step for item in awaited_papers(office, DUE)] == ["Đọc bài"]


def test_lists_ask_as_much_for_three_as_for_one(world, meeting, order, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(path):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    client.force_login(world.users["office"])
    pages = [
        "/sinh-hoat/tham-luan-dat/",
        f"/sinh-hoat/hoi-thao/{meeting.pk}/dat-bai/",
        f"/sinh-hoat/hoi-thao/{meeting.pk}/",
    ]
    one = [asked(page) for page in pages]
    for unit in (world.cell_a2, world.cell_b1):
        accept_paper(send_and_order(meeting, unit), by=None)
    assert [asked(page) for page in pages] <= one


def test_nothing_is_late_for_a_workshop_that_is_over_or_not_held(world, meeting, order, client, settings):
    settings.PORTAL_TODAY = HELD + dt.timedelta(days=400)
    client.force_login(world.users["office"])
    page = reverse("hoithao:paper_orders", args=[meeting.pk])
    assert "Quá hạn 408 ngày" in client.get(page).text
    Meeting.objects.filter(pk=meeting.pk).update(status=Status.CANCELLED)
    client.force_login(world.users["secretary"])
    text = client.get(order.get_absolute_url()).text
    assert "Không họp nữa" in text and "Gửi bài</a>" not in text and "Quá hạn" not in text
