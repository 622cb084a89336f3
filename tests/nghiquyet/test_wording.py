"""Biên tập kỹ thuật: the final text is the voted text and the recorded edits, and nothing else."""

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import Conflict, RuleBroken
from nghiquyet.choices import Status
from nghiquyet.due import wording_due
from nghiquyet.models import Clause, Resolution, WordingCheck, WordingEdit
from nghiquyet.services import issuing, moving
from nghiquyet.services.wording import check_edit, edit_frame, edit_wording, edits_since_vote, numbers_in
from tests.factories import nghiquyet

WORDS = "Giám sác việc thực hiện trước ngày 03/2/2021, đạt 85%."
RIGHT = "Giám sát việc thực hiện trước ngày 3/02/2021, đạt 85%."


@pytest.fixture
def adopted(world):
    resolution = nghiquyet.thematic(world)
    clause = resolution.clauses.filter(level="paragraph").first()
    Clause.objects.filter(pk=clause.pk).update(text=WORDS)
    return nghiquyet.adopted(resolution)


def clause_of(resolution):
    return resolution.clauses.get(text__startswith="Giám")


def edit(resolution, text=RIGHT, why="Sửa lỗi chính tả.", **fields):
    clause = clause_of(resolution)
    return edit_wording(clause, by=None, heading=clause.heading, text=text, why=why, **fields)


def test_recorded_edit_goes_to_the_signature_and_is_compared(adopted):
    edit(adopted)
    (kept,) = edits_since_vote(adopted)
    assert (kept.text_before, kept.text_after) == (WORDS, RIGHT)
    assert ("gone", "sác") in kept.words and ("new", "sát") in kept.words
    check_edit(kept, by=None, agrees=True)
    issued = issuing.issue_resolution(nghiquyet.to_sign(adopted), by=None, dated=nghiquyet.HELD.replace(2021, 2, 3))
    assert any(RIGHT in line for block in issued.document.content["body"] for line in [str(block)])


def test_words_changed_past_the_record_do_not_reach_the_signature(adopted):
    check_edit(edit(adopted), by=None, agrees=True)
    Clause.objects.filter(pk=clause_of(adopted).pk).update(text=RIGHT.replace("85%", "95%"))
    with pytest.raises(RuleBroken, match="khác bản đã biểu quyết"):
        moving.move_resolution(adopted, Status.SIGNING, by=None)


@pytest.mark.parametrize(
    ("text", "why", "words"),
    [
        (RIGHT.replace("85", "80"), "Sửa.", r"Con số thay đổi \(80, 85\)"),
        (RIGHT, "", "vì sao"),
        (WORDS, "Sửa.", "chưa đổi"),
        ("", "Sửa.", "không bỏ"),
        (f"MẬT\n{RIGHT}", "Sửa.", "(?i)mật"),
    ],
)
def test_substance_is_no_wording(adopted, text, why, words):
    with pytest.raises(RuleBroken, match=words):
        edit(adopted, text=text, why=why)
    assert not WordingEdit.objects.exists()


def test_two_people_do_not_overwrite_each_other(adopted):
    clause = clause_of(adopted)
    opened = f"{clause.heading}\n{clause.text}"
    edit(adopted, seen=opened)
    with pytest.raises(Conflict):
        edit(adopted, text=RIGHT.replace("việc", "Việc"), seen=opened)


def test_only_between_vote_and_signature(world, adopted):
    signing = moving.move_resolution(adopted, Status.SIGNING, by=None)
    with pytest.raises(RuleBroken, match="trình ký"):
        edit(signing)
    draft = issuing.return_to_draft(signing, by=None, reason="Sửa nội dung.")
    with pytest.raises(RuleBroken, match="sửa thẳng"):
        edit(draft)


def test_edits_of_a_vote_that_no_longer_counts_are_not_laid_over_the_next(adopted):
    edit(adopted)
    draft = issuing.return_to_draft(adopted, by=None, reason="Sửa nội dung.")
    clause_of(draft).delete()
    again = nghiquyet.adopted(draft)
    assert edits_since_vote(again) == []
    assert moving.move_resolution(again, Status.SIGNING, by=None).status == Status.SIGNING


def test_record_is_only_added_to(adopted):
    edit(adopted)
    for change in (lambda rows: rows.update(why="khác"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(WordingEdit.objects.all())


def test_office_edits_on_the_page_and_sees_both_wordings(world, adopted, client):
    client.force_login(world.users["office"])
    clause = clause_of(adopted)
    page = reverse("nghiquyet:clause_wording", args=[clause.pk])
    assert page in client.get(adopted.get_absolute_url()).text
    assert WORDS in client.get(page).text
    answers = {
        "heading": clause.heading,
        "text": RIGHT,
        "seen": f"{clause.heading}\r\n{clause.text}",
        "why": "Sửa lỗi.",
    }
    refused = client.post(page, {**answers, "text": RIGHT.replace("85", "90")})
    assert refused.status_code == 422 and "90%" in refused.text and "Con số thay đổi" in refused.text
    assert client.post(page, answers).status_code == 302
    shown = client.get(adopted.get_absolute_url()).text
    assert '<del class="k-gone">sác</del>' in shown and "Sửa lỗi." in shown


def test_cell_secretary_puts_words_right_before_issuing(world):
    resolution = nghiquyet.adopted(nghiquyet.cell_draft(world.cell_a1), base=3, in_favour=3)
    clause = resolution.clauses.get(text__startswith="Vệ sinh")
    edit_wording(clause, by=None, text="Vệ sinh đường phố, xong trước ngày 20/9.", why="Thêm dấu chấm.")
    assert len(edits_since_vote(resolution)) == 1


def test_numbers_are_the_same_however_written():
    assert numbers_in("năm 2021, 1.200 lượt, 03/2") == numbers_in("1200 lượt; 3/02; năm 2021")
    assert numbers_in("85,5%") != numbers_in("85%")
    assert numbers_in("9" * 5000) != numbers_in("9" * 4999)  # more digits than Python reads as one number


TITLE = "về nâng cao chất lượng sinh hoạt chi bộ giai đoạn 2021 - 2025"
BASES = "Căn cứ Điều lệ Đảng\nCăn cứ Hướng dẫn số 12-HD/BTCTW, ngày 06/7/2018"


@pytest.fixture
def framed(world):
    """Adopted, with title, grounds, opening and recipients."""
    resolution = nghiquyet.thematic(world, title=TITLE)
    Resolution.objects.filter(pk=resolution.pk).update(bases=BASES, recipients="Các chi bộ\nLưu Văn phòng Thị ủy")
    return nghiquyet.adopted(resolution)


@pytest.mark.parametrize(
    ("frame", "after"),
    [
        ("title", TITLE.replace("sinh hoạt chi bộ", "sinh hoạt cấp ủy, chi bộ")),
        ("bases", BASES.replace("06/7", "05/7")),
        ("recipients", "Các chi bộ\nBan Tổ chức Tỉnh ủy\nLưu Văn phòng Thị ủy"),
    ],
)
def test_frame_is_put_right_read_again_and_signed(world, framed, frame, after):
    edit = edit_frame(framed, frame, by=world.users["office"], text=after, why="Viết cho đúng.")
    with pytest.raises(RuleBroken, match="1 chỗ biên tập kỹ thuật chưa có người thứ hai"):
        moving.move_resolution(framed, Status.SIGNING, by=None)
    check_edit(edit, by=world.users["organising"], agrees=True)
    signing = moving.move_resolution(framed, Status.SIGNING, by=None)
    assert (
        getattr(signing, frame) == after
        and ("new", "cấp ủy, ") in edits_since_vote(framed)[0].words
        or frame != "title"
    )


@pytest.mark.parametrize(
    ("frame", "after", "words"),
    [
        ("title", TITLE.replace("2025", "2030"), r"Con số thay đổi \(2025, 2030\)"),
        ("title", "", "không bỏ"),
        ("title", "về " + "rất dài " * 60 + TITLE, "nhiều nhất 300"),
        ("title", f"Nghị quyết {TITLE}.", "chưa đổi"),
        ("bases", "Căn cứ Điều lệ Đảng", "2 căn cứ, nay còn 1"),
        ("preamble", "", "không bỏ"),
        ("recipients", "Các chi bộ", "nơi lưu"),
    ],
)
def test_frame_keeps_what_was_voted(framed, frame, after, words):
    with pytest.raises(RuleBroken, match=words):
        edit_frame(framed, frame, by=None, text=after, why="Sửa.")
    assert not WordingEdit.objects.exists()


def test_frame_changed_past_the_record_does_not_reach_the_signature(framed):
    Resolution.objects.filter(pk=framed.pk).update(recipients="Nơi khác\nLưu Văn phòng Thị ủy")
    with pytest.raises(RuleBroken, match="khác bản đã biểu quyết"):
        moving.move_resolution(framed, Status.SIGNING, by=None)


def test_nobody_confirms_the_own_edit(world, framed):
    edit = edit_frame(framed, "bases", by=world.users["office"], text=BASES.replace("06/7", "05/7"), why="Sửa.")
    with pytest.raises(RuleBroken, match="không tự xác nhận"):
        check_edit(edit, by=world.users["office"], agrees=True)


def test_turned_down_edit_goes_back_and_no_longer_stands_in_the_way(world, adopted):
    edited = edit(adopted, text=RIGHT.replace("Giám sát", "Giám sát, kiểm tra"))
    with pytest.raises(RuleBroken, match="nghĩa đổi thế nào"):
        check_edit(edited, by=world.users["standing"], agrees=False)
    check_edit(edited, by=world.users["standing"], agrees=False, note="Thêm việc kiểm tra, chưa biểu quyết.")
    assert clause_of(adopted).text == WORDS
    assert moving.move_resolution(adopted, Status.SIGNING, by=None).status == Status.SIGNING


def test_only_the_newest_edit_of_a_place_is_turned_down(world, adopted):
    first = edit(adopted)
    second = edit(adopted, text=RIGHT.replace("việc", "công việc"))
    with pytest.raises(RuleBroken, match="sửa tiếp"):
        check_edit(first, by=None, agrees=False, note="Đổi nghĩa.")
    check_edit(second, by=None, agrees=False, note="Đổi nghĩa.")
    check_edit(first, by=None, agrees=True)
    assert clause_of(adopted).text == RIGHT
    assert moving.move_resolution(adopted, Status.SIGNING, by=None).status == Status.SIGNING
    with transaction.atomic(), pytest.raises(IntegrityError):
        WordingCheck.objects.all().delete()


def test_second_person_reads_both_wordings_on_the_page(world, framed, client):
    client.force_login(world.users["office"])
    page = reverse("nghiquyet:frame_wording", args=[framed.pk, "can-cu"])
    assert page in client.get(framed.get_absolute_url()).text
    answers = {"text": BASES.replace("06/7", "05/7"), "seen": BASES.replace("\n", "\r\n"), "why": "Sai ngày."}
    assert client.post(page, {**answers, "text": "Căn cứ Điều lệ Đảng"}).status_code == 422
    assert client.post(page, answers).status_code == 302
    check = reverse("nghiquyet:wording_check", args=[framed.wording_edits.get().pk])
    assert "Chờ người thứ hai" in client.get(framed.get_absolute_url()).text
    assert client.get(check).status_code == 403
    client.force_login(world.users["standing"])
    shown = client.get(check).text
    assert '<del class="k-gone">06</del>' in shown and "Sau khi sửa" in shown
    refused = client.post(check, {"agrees": "khong", "note": ""})
    assert refused.status_code == 422 and "nghĩa đổi thế nào" in refused.text
    assert client.post(check, {"agrees": "co"}).status_code == 302
    assert "Đã xác nhận không đổi nghĩa" in client.get(framed.get_absolute_url()).text
    assert client.get(reverse("nghiquyet:frame_wording", args=[framed.pk, "khac"])).status_code in (403, 404)


def test_versions_compare_title_grounds_and_recipients(world, framed, client):
    edit_frame(framed, "bases", by=None, text=BASES.replace("06/7", "05/7"), why="Sai ngày.")
    client.force_login(world.users["office"])
    shown = client.get(reverse("nghiquyet:resolution_compare", args=[framed.pk]), {"moi": "nay"}).text
    assert "Căn cứ (đã sửa)" in shown and '<ins class="k-new">05</ins>' in shown and "1 phần khác nhau" in shown


def test_who_is_asked_for_comments_reads_grounds_and_recipients_too(world, framed, client):
    client.force_login(world.users["office"])
    shown = client.get(framed.versions.filter(reason="submitted").get().get_absolute_url()).text
    assert "Hướng dẫn số 12-HD/BTCTW" in shown and "Các chi bộ" in shown and TITLE in shown


def test_second_reader_finds_the_edit_among_the_things_due(world, framed, client):
    edit = edit_frame(framed, "bases", by=world.users["office"], text=BASES.replace("06/7", "05/7"), why="Sai ngày.")
    page = reverse("nghiquyet:wording_check", args=[edit.pk])
    due = {
        name: [item.url for item in wording_due(world.users[name], today())]
        for name in ("office", "standing", "committee")
    }
    assert due == {"office": [], "standing": [page], "committee": []}
    check_edit(edit, by=world.users["standing"], agrees=True)
    assert list(wording_due(world.users["standing"], today())) == []
