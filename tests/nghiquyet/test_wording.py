"""Biên tập kỹ thuật: the final text is the voted text and the recorded edits, and nothing else."""

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from kyanh_portal.base.errors import Conflict, RuleBroken
from nghiquyet.choices import Status
from nghiquyet.models import Clause, WordingEdit
from nghiquyet.services import issuing, moving
from nghiquyet.services.wording import edit_wording, edits_since_vote, numbers_in
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
    issued = issuing.issue_resolution(nghiquyet.to_sign(adopted), by=None, dated=nghiquyet.HELD.replace(2021, 2, 3))
    assert any(RIGHT in line for block in issued.document.content["body"] for line in [str(block)])


def test_words_changed_past_the_record_do_not_reach_the_signature(adopted):
    edit(adopted)
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
