"""Adopt by majority, issue once, frozen for good."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from chibo.models import Term
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import is_intact
from nghiquyet.choices import Signing, Status
from nghiquyet.services import drafting, issuing
from tests.factories import hoithao, nghiquyet

DAY = dt.date(2021, 2, 3)


def test_committee_adopts_with_18_of_34_not_with_17(world):
    resolution = nghiquyet.thematic(world, signing=Signing.COMMITTEE)
    with pytest.raises(RuleBroken, match="cần ít nhất 18"):
        nghiquyet.adopted(resolution, base=34, in_favour=17)
    assert nghiquyet.adopted(resolution, base=34, in_favour=18).status == Status.ADOPTED


def test_committee_counts_sitting_members_never_those_present(world):
    resolution = nghiquyet.thematic(world, signing=Signing.COMMITTEE)
    with pytest.raises(RuleBroken, match="34 ủy viên đương nhiệm"):
        nghiquyet.adopted(resolution, base=16, in_favour=16)


def test_cell_counts_the_official_members_of_the_meeting(world):
    minutes = hoithao.closed(world.cell_a1, world.members_a1)
    resolution = drafting.draft_from_meeting(minutes.meeting, by=None)
    nghiquyet.fill(resolution)
    with pytest.raises(RuleBroken, match="9 đảng viên chính thức"):
        nghiquyet.adopted(resolution, on=dt.date(2020, 12, 5), base=10, in_favour=9)
    assert nghiquyet.adopted(resolution, on=dt.date(2020, 12, 5), base=9, in_favour=5).base == 9


def test_adopt_names_every_empty_part_with_its_place(world):
    resolution = drafting.draft_from_workshop(nghiquyet.workshop(world), by=None, title="về việc thử")
    with pytest.raises(RuleBroken) as broken:
        nghiquyet.adopted(resolution)
    assert len(broken.value.missing) == 4
    assert all("#phan-" in url for _, url in broken.value.missing)


@pytest.mark.parametrize("on", [dt.date(2099, 1, 1), dt.date(2025, 7, 1)])
def test_adopt_on_an_impossible_day_is_refused(world, on):
    with pytest.raises(RuleBroken):
        nghiquyet.adopted(nghiquyet.thematic(world), on=on)


def test_adopt_at_a_meeting_of_another_body_is_refused(world):
    with pytest.raises(RuleBroken, match="không phải cuộc họp của"):
        nghiquyet.adopted(nghiquyet.cell_draft(world.cell_a1), meeting=hoithao.planned(world.cell_a2))


def test_issue_numbers_within_body_and_term(world):
    first = nghiquyet.issued(nghiquyet.thematic(world))
    second = nghiquyet.issued(nghiquyet.thematic(world, title="về việc khác"), dated=dt.date(2021, 3, 5))
    cell = nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))

    assert [r.document.number_line for r in (first, second, cell)] == ["Số 01-NQ/ThU", "Số 02-NQ/ThU", "Số 01-NQ/CB"]
    assert is_intact(first.document)
    assert first.document.profile == "HD36"


def test_issue_begins_again_in_the_next_term(world):
    nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))
    Term.objects.filter(organisation=world.cell_a1).update(ends_on=dt.date(2021, 12, 31))
    Term.objects.create(organisation=world.cell_a1, name="2022–2025", starts_on=dt.date(2022, 1, 1))
    assert nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1), dated=dt.date(2022, 2, 1)).document.number == 1


def test_issue_before_adoption_is_refused(world):
    with pytest.raises(RuleBroken, match="đã thông qua"):
        issuing.issue_resolution(nghiquyet.cell_draft(world.cell_a1), by=None, dated=DAY)


@pytest.mark.parametrize(
    ("dated", "words"),
    [
        (dt.date(2021, 1, 31), "trước ngày thông qua"),
        (dt.date(2099, 1, 1), "chưa đến"),
        (dt.date(2025, 7, 1), "30/6/2025"),
    ],
)
def test_issue_on_an_impossible_date_takes_no_number(world, dated, words):
    resolution = nghiquyet.to_sign(nghiquyet.adopted(nghiquyet.thematic(world)))
    with pytest.raises(RuleBroken, match=words):
        issuing.issue_resolution(resolution, by=None, dated=dated)
    assert issuing.issue_resolution(resolution, by=None, dated=DAY).document.number == 1


def test_issue_without_a_term_says_what_to_do(world):
    Term.objects.filter(organisation=world.cell_a1).update(ends_on=dt.date(2020, 12, 31))
    with pytest.raises(RuleBroken, match="chưa có nhiệm kỳ"):
        nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))


@pytest.mark.parametrize(("signer", "words"), [({"signer_name": "A", "signer_position": "TRƯỞNG BAN"}, "BÍ THƯ")])
def test_issue_wants_a_signer_of_the_body(world, signer, words):
    resolution = nghiquyet.adopted(nghiquyet.cell_draft(world.cell_a1))
    with pytest.raises(RuleBroken, match=words):
        issuing.issue_resolution(resolution, by=None, dated=DAY, **signer)


def test_issue_without_a_named_signer_takes_the_secretary_of_the_day(world):
    resolution = nghiquyet.adopted(nghiquyet.cell_draft(world.cell_a1))
    resolution.signer_name = resolution.signer_position = ""
    resolution.save()
    issued = issuing.issue_resolution(resolution, by=None, dated=DAY)
    assert (issued.signer_name, issued.signer_position) == (world.members_a1[0].full_name, "BÍ THƯ")


def test_issue_twice_gives_one_number(world):
    resolution = nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))
    assert issuing.issue_resolution(resolution, by=None, dated=DAY).document_id == resolution.document_id
    with pytest.raises(RuleBroken, match="đã ban hành: Số 01-NQ/CB"):
        issuing.issue_resolution(resolution, by=None, dated=dt.date(2021, 2, 4))


def test_issue_in_two_tabs_at_once_gives_one_number(committed_world):
    resolution = nghiquyet.adopted(nghiquyet.cell_draft(committed_world.cell_a1))
    start, numbers = threading.Barrier(4), []

    def press():
        try:
            start.wait(10)
            numbers.append(issuing.issue_resolution(resolution, by=None, dated=DAY).document.number)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert numbers == [1, 1, 1, 1]


def test_return_to_draft_forgets_the_vote_and_raises_the_number(world):
    resolution = issuing.return_to_draft(
        nghiquyet.adopted(nghiquyet.cell_draft(world.cell_a1)), by=None, reason="Sửa thời hạn"
    )
    assert (resolution.status, resolution.base, resolution.draft_number) == (Status.DRAFT, None, 2)
    with pytest.raises(RuleBroken, match="chưa ban hành"):
        issuing.return_to_draft(nghiquyet.issued(resolution), by=None, reason="Sửa")


def test_adopted_and_issued_texts_are_not_edited(world):
    resolution = nghiquyet.adopted(nghiquyet.cell_draft(world.cell_a1))
    with pytest.raises(RuleBroken, match="trả về dự thảo"):
        drafting.edit_resolution(resolution, by=None, title="khác")
    issuing.issue_resolution(resolution, by=None, dated=DAY)
    with pytest.raises(RuleBroken, match="ban hành"):
        drafting.save_text(resolution.clauses.first(), "heading", "khác", seen="")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE nghiquyet_resolution SET title = 'khác'",
        "UPDATE nghiquyet_resolution SET status = 'draft'",
        "DELETE FROM nghiquyet_resolution",
        "UPDATE nghiquyet_clause SET text = 'khác'",
        "DELETE FROM nghiquyet_clause",
        "INSERT INTO nghiquyet_clause (resolution_id, \"order\", level, heading, text) SELECT resolution_id, 99, 'text', '', 'thêm' FROM nghiquyet_clause LIMIT 1",
        "TRUNCATE nghiquyet_clause CASCADE",
        "TRUNCATE nghiquyet_resolution CASCADE",
    ],
)
def test_issued_resolution_refuses_raw_sql(world, sql):
    nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)
