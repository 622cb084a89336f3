"""The steps of a meeting over HTTP: what is saved, what two people or two presses do, what bad input meets."""

import json
import uuid

import pytest
from django.urls import reverse

from hoithao.choices import Mark, Status
from hoithao.models import Contribution, Meeting, Minutes
from hoithao.services.attendance import take_roll
from hoithao.services.contributions import add_contribution
from hoithao.services.meetings import open_meeting, save_text
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.calendar import add_months, month_start, today
from tests.factories.hoithao import closed, opened, planned, ready

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def secretary(client, world):
    client.force_login(world.users["secretary"])
    return client


@pytest.fixture
def meeting(world):
    return opened(world.cell_a1, world.members_a1)


def step(meeting, slug):
    return reverse("hoithao:run", args=[meeting.pk, slug])


def save(client, meeting, field, value, seen=""):
    address = reverse("hoithao:meeting_save", args=[meeting.pk])
    return client.post(address, {"field": field, "value": value, "seen": seen, "key": uuid.uuid4()}, **JSON)


def test_field_is_kept_as_it_is_left(secretary, meeting):
    answer = save(secretary, meeting, "conclusion", "Ho\u0300a bi\u0300nh\u202e")
    assert answer.status_code == 200 and answer.json()["seen"] == "Hòa bình"
    item = meeting.agenda.first()
    assert save(secretary, meeting, f"summed_up_{item.pk}", "Thống nhất.").status_code == 200
    item.refresh_from_db()
    assert item.summed_up == "Thống nhất."
    assert AuditEntry.objects.filter(verb="meeting.text_saved", facts__field="conclusion").exists()


def test_newer_text_of_another_is_answered_not_overwritten(secretary, meeting):
    save(secretary, meeting, "conclusion", "Bản của A")
    answer = save(secretary, meeting, "conclusion", "Bản của B")
    assert (answer.status_code, answer.json()["theirs"]) == (409, "Bản của A")
    assert save(secretary, meeting, "conclusion", "Bản của A").status_code == 200  # the same again is no quarrel


@pytest.mark.parametrize(
    "field", ["status", "presented_²", "presented_" + "9" * 30, "presented_", "", "\x00", "text_1"]
)
def test_unknown_fields_are_refused_in_words(secretary, meeting, field):
    answer = save(secretary, meeting, field, "x")
    assert answer.status_code == 422 and answer.json()["message"]


def test_a_hundred_thousand_letters_pass_and_more_are_refused(secretary, meeting):
    assert save(secretary, meeting, "conclusion", "ă" * 100_000).status_code == 200
    assert save(secretary, meeting, "guests", "ă" * 100_001).status_code == 422


@pytest.mark.parametrize("role,status", [("standing", 403), ("member", 403), ("administrator", 404), ("stranger", 404)])
def test_who_does_not_run_the_meeting_saves_nothing(client, world, meeting, role, status):
    client.force_login(world.users[role])
    assert save(client, meeting, "conclusion", "Lạ").status_code == status
    assert Meeting.objects.get().conclusion == ""


def test_button_without_scripts_keeps_both_texts_of_two_people(secretary, meeting):
    save_text(meeting, "conclusion", "Bản của người kia", seen="")
    answer = secretary.post(
        step(meeting, "ket-luan"), {"conclusion": "Bản của tôi", "seen_conclusion": "", "once": uuid.uuid4()}
    )
    assert answer.status_code == 409
    assert "Bản của tôi" in answer.text and "Bản của người kia" in answer.text
    box = answer.context["conclusion"]
    again = {"conclusion": "Cả hai bản", "seen_conclusion": box.seen, "once": uuid.uuid4()}
    assert secretary.post(step(meeting, "ket-luan"), again).status_code == 302
    assert Meeting.objects.get().conclusion == "Cả hai bản"


def test_refused_page_still_holds_every_text(secretary, meeting):
    item = meeting.agenda.first()
    typed = {
        f"presented_{item.pk}": "Đã gõ lâu",
        f"seen_presented_{item.pk}": "",
        "fee_note": "đ" * 301,
        "seen_fee_note": "",
    }
    answer = secretary.post(step(meeting, "noi-dung"), {**typed, "once": uuid.uuid4()})
    assert answer.status_code == 422 and "nhiều nhất 300" in answer.text and "Đã gõ lâu" in answer.text
    item.refresh_from_db()
    assert item.presented == ""


def test_change_after_reading_back_wants_a_new_reading(secretary, world):
    meeting = ready(world.cell_a1, world.members_a1)
    add_contribution(meeting, by=None, text="Thêm một ý", member=world.members_a1[2])
    answer = secretary.post(step(meeting, "ket-thuc"), {"hour": "21:05", "once": uuid.uuid4()})
    assert answer.status_code == 422 and "đã sửa sau khi đọc" in answer.text
    assert Meeting.objects.get().status == Status.OPEN


def test_every_missing_thing_links_to_a_page_that_opens(secretary, world):
    meeting = planned(world.cell_a1)
    meeting.agenda.all().delete()
    answer = secretary.post(step(meeting, "ket-thuc"), {"hour": "21:05", "once": uuid.uuid4()})
    addresses = {address for _, address in answer.context["missing"]}
    assert len(addresses) >= 4
    assert all(secretary.get(address).status_code == 200 for address in addresses)


def test_end_pressed_twice_locks_once(secretary, world):
    meeting = ready(world.cell_a1, world.members_a1)
    sent = {"hour": "21:05", "once": uuid.uuid4()}
    first, second = (secretary.post(step(meeting, "ket-thuc"), sent) for _ in range(2))
    third = secretary.post(step(meeting, "ket-thuc"), {"hour": "21:05", "once": uuid.uuid4()})
    assert first.status_code == second.status_code == third.status_code == 302
    assert first.url == second.url == third.url == meeting.get_absolute_url()
    assert Minutes.objects.count() == 1


def test_sitting_past_midnight_ends_on_the_next_day(secretary, world):
    meeting = ready(world.cell_a1, world.members_a1)
    secretary.post(step(meeting, "ket-thuc"), {"hour": "00:15", "once": uuid.uuid4()})
    paper = Minutes.objects.get().document
    assert paper.dated.isoformat() == "2020-12-06"
    assert "Kết thúc 0 giờ 15 ngày 06 tháng 12 năm 2020" in json.dumps(paper.content, ensure_ascii=False)


def test_end_before_start_is_said(secretary, world):
    meeting = ready(world.cell_a1, world.members_a1)
    answer = secretary.post(step(meeting, "ket-thuc"), {"hour": "18:00", "once": uuid.uuid4()})
    assert answer.status_code == 422 and "Giờ kết thúc phải sau giờ bắt đầu" in answer.text


def test_day_before_the_term_is_said_at_the_opening(secretary, world):
    meeting = planned(world.cell_a1)
    sent = {"chair": world.members_a1[0].pk, "secretary": world.members_a1[1].pk, "day": "2014-12-30", "hour": "19:30"}
    answer = secretary.post(
        step(meeting, "khai-mac"), {**sent, "guests": "Khách", "seen_guests": "", "once": uuid.uuid4()}
    )
    assert (
        answer.status_code == 422 and "chưa có nhiệm kỳ vào ngày 30/12/2014" in answer.text and "Khách" in answer.text
    )


def roll_post(world, seen, **marks):
    sent = {f"mark_{member.pk}": "CO_MAT" for member in world.members_a1}
    return {**sent, "seen_roll": seen, "once": uuid.uuid4(), **marks}


def test_roll_of_another_is_not_overwritten_unseen(secretary, world, meeting):
    seen = secretary.get(step(meeting, "diem-danh")).context["seal"]
    take_roll(meeting, {world.members_a1[3].pk: (Mark.UNEXCUSED, "", "")}, by=None)
    answer = secretary.post(step(meeting, "diem-danh"), roll_post(world, seen))
    assert answer.status_code == 409 and f"{world.members_a1[3].full_name}: vắng không lý do" in answer.text
    assert secretary.post(step(meeting, "diem-danh"), roll_post(world, answer.context["seal"])).status_code == 302


def opening_post(seal, chair, recorder, hour="19:30"):
    answers = {"chair": chair.pk, "secretary": recorder.pk, "day": "2020-12-05", "hour": hour}
    return {**answers, "seen_opening": seal, "once": uuid.uuid4()}


def test_opening_of_another_is_not_overwritten_unseen(secretary, world):
    meeting = planned(world.cell_a1)
    one, two, three, *_ = world.members_a1
    address = step(meeting, "khai-mac")
    seal = secretary.get(address).context["seal"]
    open_meeting(meeting, by=None, chair=two, secretary=three)
    answer = secretary.post(address, opening_post(seal, one, three, "19:45"))
    assert answer.status_code == 409 and f"chủ trì {two}, ghi biên bản {three}, bắt đầu 19 giờ 30" in answer.text
    assert 'value="19:45"' in answer.text
    meeting.refresh_from_db()
    assert meeting.chair == two
    assert secretary.post(address, opening_post(answer.context["seal"], one, three)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.chair == one


def test_the_same_opening_pressed_by_two_is_one(secretary, world):
    meeting = planned(world.cell_a1)
    one, two, *_ = world.members_a1
    seal = secretary.get(step(meeting, "khai-mac")).context["seal"]
    open_meeting(meeting, by=None, chair=one, secretary=two)
    assert secretary.post(step(meeting, "khai-mac"), opening_post(seal, one, two)).status_code == 302


def test_refused_roll_keeps_the_marks_that_were_made(secretary, world, meeting):
    seen = secretary.get(step(meeting, "diem-danh")).context["seal"]
    ill, gone = world.members_a1[3], world.members_a1[4]
    marks = {
        f"mark_{ill.pk}": "VANG", f"mark_{gone.pk}": "VANG",
        f"reason_{gone.pk}": "VANG_KHONG_LY_DO", f"note_{ill.pk}": "nằm viện",
    }  # fmt: skip
    answer = secretary.post(step(meeting, "diem-danh"), roll_post(world, seen, **marks))
    assert answer.status_code == 422 and f"{ill.full_name} vắng: chọn lý do" in answer.text
    rows = {row.member_id: row for row in answer.context["counted"]}
    assert rows[gone.pk].chosen_reason == "VANG_KHONG_LY_DO" and rows[ill.pk].chosen_note == "nằm viện"


def test_reason_in_own_words_reaches_the_minutes(secretary, world, meeting):
    seen, ill = secretary.get(step(meeting, "diem-danh")).context["seal"], world.members_a1[3]
    marks = {f"mark_{ill.pk}": "VANG", f"reason_{ill.pk}": "OM_DAU", f"note_{ill.pk}": "nằm Bệnh viện Kỳ Anh"}
    secretary.post(step(meeting, "diem-danh"), roll_post(world, seen, **marks))
    page = secretary.get(step(meeting, "doc-lai"))
    assert f"đồng chí {ill.full_name}: ốm đau, nằm Bệnh viện Kỳ Anh" in page.text


def test_contribution_is_corrected_and_never_lost_between_two(secretary, world, meeting):
    said = add_contribution(meeting, by=None, text="Nhất trí", member=world.members_a1[2])
    address = reverse("hoithao:contribution_edit", args=[meeting.pk, said.pk])
    sent = {"member": world.members_a1[2].pk, "sort": "KIEN_NGHI", "text": "Đề nghị làm sớm", "seen_text": "Nhất trí"}
    assert secretary.post(address, {**sent, "once": uuid.uuid4()}).status_code == 302
    said.refresh_from_db()
    assert (said.text, said.sort) == ("Đề nghị làm sớm", "KIEN_NGHI")
    late = secretary.post(address, {**sent, "text": "Bản đến sau", "once": uuid.uuid4()})
    assert late.status_code == 409 and "Bản đến sau" in late.text and "Đề nghị làm sớm" in late.text
    assert Contribution.objects.get().text == "Đề nghị làm sớm"


@pytest.mark.parametrize("once", ["", "x", "\x00", "1" * 500])
def test_strange_one_time_keys_do_no_harm(secretary, world, meeting, once):
    sent = {"member": world.members_a1[2].pk, "sort": "GOP_Y", "text": "Nhất trí", "stay": "1", "once": once}
    assert secretary.post(step(meeting, "thao-luan"), sent).status_code == 302


@pytest.mark.parametrize(
    "numbers",
    [
        {"in_favour": "-1"},
        {"in_favour": "1e9"},
        {"in_favour": "9" * 40},
        {"in_favour": ""},
        {"in_favour": "7", "against": "3"},
    ],
)
def test_impossible_votes_are_refused_in_words(secretary, meeting, numbers):
    sent = {
        "subject": "Nghị quyết",
        "threshold": "QUA_NUA",
        "against": "0",
        "blank": "0",
        **numbers,
        "once": uuid.uuid4(),
    }
    answer = secretary.post(step(meeting, "bieu-quyet"), sent)
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert not meeting.votes.exists()


def test_agenda_text_moves_with_its_line(secretary, meeting):
    address = reverse("hoithao:agenda_edit", args=[meeting.pk])
    first, second = meeting.agenda.all()[:2]
    save_text(first, "presented", "Nội dung của mục thứ nhất", seen="")
    titles = {f"title_{item.pk}": item.title for item in meeting.agenda.all()}
    secretary.post(address, {**titles, f"title_{second.pk}": "Tên mới", "do": f"down-{first.pk}", "once": uuid.uuid4()})
    order = [(item.title, item.presented) for item in meeting.agenda.all()[:2]]
    assert order == [("Tên mới", ""), (first.title, "Nội dung của mục thứ nhất")]
    refused = secretary.post(address, {"do": f"remove-{first.pk}", "once": uuid.uuid4()})
    assert refused.status_code == 422 and "không bỏ được" in refused.text
    secretary.post(address, {"new": "Mục thêm", "do": "add", "once": uuid.uuid4()})
    secretary.post(address, {"do": f"remove-{second.pk}", "once": uuid.uuid4()})
    assert [item.order for item in meeting.agenda.all()] == list(range(1, meeting.agenda.count() + 1))
    assert meeting.agenda.last().title == "Mục thêm" and not meeting.agenda.filter(pk=second.pk).exists()


def test_what_is_read_aloud_names_every_task(secretary, meeting, world):
    """The table of the paper stands on the page too, each cell with the name of its column for narrow screens."""
    worker = world.members_a1[2]
    secretary.post(
        step(meeting, "giao-viec"), {"text": "Rà hộ nghèo", "member": worker.pk, "due": "2020-12-28", "stay": "1"}
    )
    page = secretary.get(step(meeting, "doc-lai")).text
    assert '<td data-label="Việc">Rà hộ nghèo</td>' in page
    assert f'<td data-label="Người làm">{worker.full_name}</td>' in page


def test_new_meeting_is_proposed_in_the_first_free_month(secretary, world):
    """The fixed day of a month that has no regular meeting yet, at the hour of the last one."""
    cell = world.cell_a1
    cell.meeting_day = 5
    cell.save()
    planned(cell, month=add_months(month_start(today()), 1))
    initial = secretary.get(reverse("hoithao:meeting_create")).context["form"].initial
    assert initial["day"] == add_months(month_start(today()), 2 if today().day > 5 else 0).replace(day=5)
    assert initial["day"] >= today()


def test_second_regular_meeting_of_a_month_leads_to_the_first(secretary, world):
    """Refused with a link to the meeting that stands, so that nobody has to look for it."""
    first = planned(world.cell_a1)
    local = first.starts_at.astimezone()
    answers = {"organisation": world.cell_a1.pk, "kind": first.kind_id, "day": local.date(), "hour": "19:30",
               "place": "Nhà văn hóa", "form": "TRUC_TIEP", "once": uuid.uuid4()}  # fmt: skip
    answer = secretary.post(reverse("hoithao:meeting_create"), answers)
    assert answer.status_code == 422 and f'href="{first.get_absolute_url()}">Mở buổi tháng' in answer.text
    assert Meeting.objects.count() == 1


def test_summary_of_errors_names_the_field(secretary, world):
    """A reader of the list on top learns which field lacks what, before he walks down the page."""
    answer = secretary.post(reverse("hoithao:meeting_create"), {"once": uuid.uuid4(), "place": ""})
    assert '<a href="#id_place">Địa điểm: Mục này chưa ghi. Đồng chí ghi rồi gửi lại.</a>' in answer.text


@pytest.mark.parametrize("do", ["up-x", "remove-" + "9" * 40, "down-²", "?"])
def test_strange_agenda_buttons_do_no_harm(secretary, meeting, do):
    answer = secretary.post(reverse("hoithao:agenda_edit", args=[meeting.pk]), {"do": do, "once": uuid.uuid4()})
    assert answer.status_code in (302, 422)


@pytest.mark.parametrize(
    "query",
    ["month=2020-13", "month=x", "kind=\x00", "kind=99999999999999999999", "status=lạ", "unit=" + "a" * 5000, "page=x"],
)
def test_list_understands_bad_questions(secretary, meeting, query):
    assert secretary.get(f"{reverse('hoithao:meeting_list')}?{query}").status_code == 200


def test_closed_meeting_leads_back_to_its_page(secretary, world):
    meeting = closed(world.cell_a1, world.members_a1).meeting
    for slug in ("khai-mac", "diem-danh", "ket-luan", "ket-thuc"):
        assert secretary.get(step(meeting, slug)).url == meeting.get_absolute_url()
    assert save(secretary, meeting, "conclusion", "Khác").status_code == 422
