"""Pages of resolutions: who sees them, what they refuse, what they keep."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from hoithao.models import Meeting
from nghiquyet.choices import Level, Status
from nghiquyet.models import Clause, Resolution
from tests.factories import hoithao, nghiquyet


@pytest.fixture
def sign_in(client, world):
    def as_(role):
        client.force_login(world.users[role])
        return client

    return as_


def url(name, *args):
    return reverse(f"nghiquyet:{name}", args=args)


def send(client, address, **answers):
    return client.post(address, {"once": uuid.uuid4(), **answers})


def test_list_and_detail_show_what_the_scope_holds(sign_in, world):
    own, other = nghiquyet.cell_draft(world.cell_a1), nghiquyet.cell_draft(world.cell_b1)
    client = sign_in("secretary")
    assert list(client.get(url("resolution_list")).context["object_list"]) == [own]
    assert client.get(url("resolution_detail", own.pk)).status_code == 200
    for name in ("resolution_detail", "resolution_text", "resolution_adopt", "resolution_issue", "resolution_edit"):
        assert client.get(url(name, other.pk)).status_code == 404


def test_the_newest_by_its_own_day_stands_on_top_whenever_it_was_entered(sign_in, world):
    days = [dt.date(2020, 10, 1), dt.date(2021, 2, 3), dt.date(2020, 7, 17)]
    rows = [nghiquyet.cell_draft(world.cell_a1, title=f"việc {day:%d/%m/%Y}") for day in days]
    for row, day in zip(rows, days, strict=True):
        Resolution.objects.filter(pk=row.pk).update(adopted_on=day)
    listed = list(sign_in("secretary").get(url("resolution_list")).context["object_list"])
    assert listed == [rows[1], rows[0], rows[2]]


@pytest.mark.parametrize(
    "query", ["text=%E1%BA%A3", "status=issued", "status=lạ", "sort=chi-bo", "sort=cap-uy", "sort=chuyen-de", "page=x"]
)
def test_list_narrows_and_understands_bad_questions(sign_in, world, query):
    nghiquyet.cell_draft(world.cell_a1)
    assert sign_in("office").get(f"{url('resolution_list')}?{query}").status_code == 200


def test_list_takes_the_same_queries_for_one_row_and_for_three(sign_in, world, django_assert_max_num_queries):
    client = sign_in("office")
    nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))
    client.get(url("resolution_list"))  # the tree is read once and kept until it changes
    with django_assert_max_num_queries(16):  # one of them asks for the resolutions of the bodies above
        client.get(url("resolution_list"))
    nghiquyet.cell_draft(world.cell_a2)
    nghiquyet.cell_draft(world.cell_b1)
    with django_assert_max_num_queries(16):
        assert len(client.get(url("resolution_list")).context["object_list"]) == 3


@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 403), ("member", 403), ("stranger", 403), ("inspection", 200)]
)
def test_list_is_for_those_who_answer_for_papers(sign_in, role, status):
    assert sign_in(role).get(url("resolution_list")).status_code == status


def test_only_the_office_issues_for_a_committee(sign_in, world):
    resolution = nghiquyet.adopted(nghiquyet.thematic(world))
    for role in ("organising", "standing", "inspection"):
        answer = sign_in(role).get(url("resolution_issue", resolution.pk))
        assert answer.status_code == 403
        assert "Chỉ Văn phòng được ban hành" in answer.text
    assert sign_in("office").get(url("resolution_issue", resolution.pk)).status_code == 200


def test_office_does_not_write_for_a_cell(sign_in, world):
    resolution = nghiquyet.cell_draft(world.cell_a1)
    assert sign_in("office").get(url("resolution_text", resolution.pk)).status_code == 403


def test_create_from_a_meeting_fills_the_text(sign_in, world):
    meeting = hoithao.closed(world.cell_a1, world.members_a1).meeting
    client = sign_in("secretary")
    page = client.get(f"{url('resolution_create')}?cuoc-hop={meeting.pk}")
    assert page.context["form"].initial["meeting"] == meeting
    answer = send(client, url("resolution_create"), organisation=world.cell_a1.pk, meeting=meeting.pk, title="")
    resolution = Resolution.objects.get()
    assert answer.url == url("resolution_text", resolution.pk)
    assert "Nghị quyết thông qua tại đây" in client.get(meeting.get_absolute_url()).text


def test_create_blank_for_a_committee(sign_in, world):
    client = sign_in("office")
    assert client.get(url("resolution_create")).status_code == 200
    send(
        client,
        url("resolution_create"),
        organisation=world.town.pk,
        title="về việc thử.",
        signing="standing",
        is_thematic="on",
    )
    resolution = Resolution.objects.get()
    assert (resolution.title, resolution.signing, resolution.is_thematic) == ("về việc thử", "standing", True)


@pytest.mark.parametrize("title", ["", " . ", "\u202e", "a" * 301])
def test_create_with_a_bad_title_answers_in_words(sign_in, world, title):
    answer = send(
        sign_in("office"), url("resolution_create"), organisation=world.town.pk, title=title, signing="standing"
    )
    assert answer.status_code == 422
    assert not Resolution.objects.exists()


def test_create_for_a_body_out_of_reach_is_refused(sign_in, world):
    answer = send(sign_in("secretary"), url("resolution_create"), organisation=world.cell_b1.pk, title="về việc thử")
    assert answer.status_code == 422
    assert "Chọn một mục có trong danh sách" in answer.text


def test_text_page_without_scripts_keeps_every_part(sign_in, world):
    resolution = nghiquyet.cell_draft(world.cell_a1)
    client, clause = sign_in("secretary"), resolution.clauses.get(level=Level.PARAGRAPH, heading="")
    page = client.get(url("resolution_text", resolution.pk))
    assert f'name="text_{clause.pk}"' in page.text
    name = f"text_{clause.pk}"
    answer = send(client, url("resolution_text", resolution.pk), **{name: "Câu mới.", f"seen_{name}": clause.text})
    assert answer.status_code == 302
    clause.refresh_from_db()
    assert clause.text == "Câu mới."


def test_text_page_shows_my_words_again_when_two_people_wrote(sign_in, world):
    resolution = nghiquyet.cell_draft(world.cell_a1)
    clause = resolution.clauses.get(level=Level.PARAGRAPH, heading="")
    Clause.objects.filter(pk=clause.pk).update(text="Bản của đồng chí khác.")
    name = f"text_{clause.pk}"
    answer = send(
        sign_in("secretary"),
        url("resolution_text", resolution.pk),
        **{name: "Bản của tôi.", f"seen_{name}": clause.text},
    )
    assert answer.status_code == 409
    assert "Bản của tôi." in answer.text
    clause.refresh_from_db()
    assert clause.text == "Bản của đồng chí khác."


def test_clause_save_speaks_json(sign_in, world):
    resolution = nghiquyet.cell_draft(world.cell_a1)
    clause = resolution.clauses.get(level=Level.PARAGRAPH, heading="")
    address, client = url("clause_save", resolution.pk), sign_in("secretary")
    first = client.post(address, {"field": f"text_{clause.pk}", "value": "<script>a</script>", "seen": clause.text})
    assert first.json()["seen"] == "<script>a</script>"
    assert "giờ" in first.json()["saved_at"]
    second = client.post(address, {"field": f"text_{clause.pk}", "value": "khác", "seen": clause.text})
    assert (second.status_code, second.json()["theirs"]) == (409, "<script>a</script>")
    assert client.post(address, {"field": "status", "value": "issued", "seen": "draft"}).status_code == 422
    assert (
        client.post(address, {"field": f"text_{clause.pk}", "value": "a" * 100_001, "seen": "khác"}).status_code == 422
    )
    assert client.post(address, {"field": "text_99999999", "value": "a", "seen": ""}).status_code == 404
    assert "&lt;script&gt;" in client.get(url("resolution_detail", resolution.pk)).text


def test_clauses_are_added_moved_and_removed_by_plain_forms(sign_in, world):
    resolution = nghiquyet.cell_draft(world.cell_a1)
    client, first = sign_in("secretary"), resolution.clauses.first()
    send(
        client, f"{url('clause_create', resolution.pk)}?sau={first.pk}", level="text", heading="", text="Đoạn chen vào."
    )
    added = resolution.clauses.get(text="Đoạn chen vào.")
    assert added.order == 2
    send(client, url("clause_move", added.pk), huong="len")
    assert resolution.clauses.first() == added
    send(client, url("clause_edit", added.pk), level="section", heading="Mở đầu", text="")
    assert client.get(url("clause_remove", added.pk)).status_code == 200
    send(client, url("clause_remove", added.pk))
    assert resolution.clauses.first() == first
    assert send(client, url("clause_create", resolution.pk), level="text", heading="", text="").status_code == 422


def test_edit_changes_what_stands_around_the_text(sign_in, world):
    resolution = nghiquyet.thematic(world)
    client = sign_in("organising")
    assert client.get(url("resolution_edit", resolution.pk)).status_code == 200
    send(
        client, url("resolution_edit", resolution.pk), title="về việc khác.", signing="committee", bases="Căn cứ một\nCăn cứ hai",
        preamble="Mở đầu:", recipients="Lưu Văn phòng", signer_name="TS. Nguyễn Mẫu", signer_position="PHÓ BÍ THƯ",
    )  # fmt: skip
    resolution.refresh_from_db()
    assert (resolution.title, resolution.signer_name, resolution.signing) == ("về việc khác", "Nguyễn Mẫu", "committee")


def test_new_draft_is_confirmed_first(sign_in, world):
    resolution, client = nghiquyet.cell_draft(world.cell_a1), sign_in("secretary")
    assert "Dự thảo lần 2" in client.get(url("resolution_new_draft", resolution.pk)).text
    send(client, url("resolution_new_draft", resolution.pk))
    assert "Dự thảo lần 2" in client.get(url("resolution_detail", resolution.pk)).text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"on": "2021-02-01", "base": "9", "in_favour": "4"}, "cần ít nhất 5"),
        ({"on": "2021-02-01", "base": "9", "in_favour": "10"}, "nhiều hơn"),
        ({"on": "31/02/2021", "base": "9", "in_favour": "9"}, "Ngày chưa đúng"),
        ({"on": "", "base": "", "in_favour": ""}, "Mục này chưa ghi"),
        ({"on": "2021-02-01", "base": "-3", "in_favour": "9"}, "từ 1 trở lên"),
        ({"on": "2021-02-01", "base": "chín", "in_favour": "9"}, ""),
    ],
)
def test_adopt_refuses_bad_sums_in_words(sign_in, world, answers, words):
    resolution = nghiquyet.cell_draft(world.cell_a1)
    answer = send(sign_in("secretary"), url("resolution_adopt", resolution.pk), **answers)
    assert answer.status_code == 422
    assert words in answer.text
    resolution.refresh_from_db()
    assert resolution.status == Status.DRAFT


def test_issue_pressed_twice_gives_one_number(sign_in, world):
    resolution, client = nghiquyet.adopted(nghiquyet.cell_draft(world.cell_a1)), sign_in("secretary")
    answers = {"once": uuid.uuid4(), "dated": "2021-02-03", "signer_name": "Nguyễn Mẫu Ký", "signer_position": "BÍ THƯ"}
    first = client.post(url("resolution_issue", resolution.pk), answers)
    second = client.post(url("resolution_issue", resolution.pk), answers)
    other_tab = client.post(url("resolution_issue", resolution.pk), {**answers, "once": uuid.uuid4()})
    assert {first.status_code, second.status_code, other_tab.status_code} == {302}
    resolution.refresh_from_db()
    assert resolution.document.number == 1
    page = client.get(resolution.get_absolute_url())
    assert "Nghị quyết số 01-NQ/CB, ngày 03/02/2021" in page.text
    assert page.text.count("btn-primary") == 1


def test_workshop_page_offers_the_draft_to_who_may(sign_in, world):
    meeting = nghiquyet.workshop(world)
    address, page = url("workshop_draft", meeting.pk), reverse("hoithao:workshop_detail", args=[meeting.pk])
    assert address in sign_in("office").get(page).text
    assert address not in sign_in("inspection").get(page).text
    assert sign_in("inspection").get(address).status_code == 403
    assert sign_in("secretary").get(address).status_code == 404
    assert Meeting.objects.filter(pk=meeting.pk).exists()
