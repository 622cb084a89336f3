"""Drafts: from a workshop, from a cell's meeting, blank; and the work on their text."""

import pytest

from hoithao.models import Conclusion
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.errors import Conflict, RuleBroken
from nghiquyet.choices import Level, Signing
from nghiquyet.models import Resolution
from nghiquyet.services import drafting
from tests.factories import hoithao, nghiquyet


def test_workshop_draft_has_four_sections_and_every_point_linked(world):
    meeting = nghiquyet.workshop(world, points=4)
    resolution = drafting.draft_from_workshop(meeting, by=None, title="Nghị quyết về việc thử.")

    assert resolution.title == "về việc thử"
    assert (resolution.workshop, resolution.is_thematic, resolution.signing) == (meeting, True, Signing.STANDING)
    assert resolution.clauses.filter(level=Level.SECTION).count() == 4
    linked = resolution.clauses.filter(conclusion__isnull=False)
    assert [clause.conclusion for clause in linked] == list(Conclusion.objects.filter(meeting=meeting))
    assert AuditEntry.objects.filter(verb="resolution.drafted", target_id=str(resolution.pk)).exists()


def test_the_lead_in_paper_is_no_tham_luan_in_the_draft(world):
    meeting = nghiquyet.workshop(world)
    meeting.papers.create(
        order=2, organisation=world.town, title="Thực trạng", author="Ban Tổ chức Thị ủy", is_lead_in=True
    )
    resolution = drafting.draft_from_workshop(meeting, by=None, title="về việc thử")
    assert "sau khi nghe 1 tham luận của các đơn vị" in resolution.clauses.get(heading="Kết quả").text


def test_workshop_draft_asked_twice_is_one(world):
    meeting = nghiquyet.workshop(world)
    first = drafting.draft_from_workshop(meeting, by=None, title="về việc thử")
    assert drafting.draft_from_workshop(meeting, by=None, title="về việc thử.") == first
    assert Resolution.objects.count() == 1


def test_workshop_without_conclusion_gives_no_draft(world):
    with pytest.raises(RuleBroken, match="chưa ghi kết luận"):
        drafting.draft_from_workshop(nghiquyet.workshop(world, points=0), by=None, title="về việc thử")


def test_meeting_that_is_no_workshop_gives_no_draft(world):
    with pytest.raises(RuleBroken, match="hội thảo"):
        drafting.draft_from_workshop(hoithao.planned(world.cell_a1), by=None, title="về việc thử")


def test_cell_draft_is_filled_from_the_minutes(world):
    minutes = hoithao.closed(world.cell_a1, world.members_a1)
    resolution = drafting.draft_from_meeting(minutes.meeting, by=None)

    assert resolution.title == "lãnh đạo thực hiện nhiệm vụ tháng 1 năm 2021"
    assert "tổng số 10 đảng viên, có mặt 10" in resolution.preamble
    assert "Thống nhất ba việc của tháng." in resolution.clauses.last().text
    assert resolution.signer_position == "BÍ THƯ"
    assert resolution.recipients.endswith("Lưu Chi bộ")
    assert drafting.draft_from_meeting(minutes.meeting, by=None) == resolution


def test_cell_draft_needs_locked_minutes(world):
    with pytest.raises(RuleBroken, match="chưa khóa"):
        drafting.draft_from_meeting(hoithao.ready(world.cell_a1, world.members_a1), by=None)


def test_draft_without_a_title_is_refused(world):
    with pytest.raises(RuleBroken, match="trích yếu"):
        drafting.draft_resolution(by=None, organisation=world.town, title=" . ")


def test_clauses_are_added_moved_changed_and_removed(world):
    resolution = nghiquyet.cell_draft(world.cell_a1, parts=[])
    one = drafting.add_clause(resolution, by=None, level=Level.SECTION, heading="Một")
    three = drafting.add_clause(resolution, by=None, level=Level.PARAGRAPH, text="Ba")
    two = drafting.add_clause(resolution, by=None, level=Level.PARAGRAPH, text="Hai", after=one)
    assert list(resolution.clauses.all()) == [one, two, three]

    drafting.move_clause(three, by=None, up=True)
    drafting.move_clause(one, by=None, up=True)
    assert list(resolution.clauses.all()) == [one, three, two]

    drafting.edit_clause(two, by=None, level=Level.POINT, heading="", text="Hai, sửa")
    drafting.remove_clause(three, by=None)
    assert [str(clause) for clause in resolution.clauses.all()] == ["Một", "Hai, sửa"]


def test_save_text_keeps_the_newer_text_of_somebody_else(world):
    clause = nghiquyet.cell_draft(world.cell_a1).clauses.filter(text="Đảng viên yên tâm công tác.").get()
    assert drafting.save_text(clause, "text", "  Bản của A ", seen=clause.text) == "Bản của A"
    with pytest.raises(Conflict) as broken:
        drafting.save_text(clause, "text", "Bản của B", seen="Đảng viên yên tâm công tác.")
    assert broken.value.theirs == "Bản của A"
    assert drafting.save_text(clause, "text", "Bản của A", seen="gì đó cũ") == "Bản của A"


@pytest.mark.parametrize(
    ("field", "value", "words"), [("status", "issued", "không ghi riêng"), ("heading", "a" * 301, "nhiều nhất 300")]
)
def test_save_text_refuses_what_does_not_fit(world, field, value, words):
    clause = nghiquyet.cell_draft(world.cell_a1).clauses.first()
    with pytest.raises(RuleBroken, match=words):
        drafting.save_text(clause, field, value, seen=clause.heading)


def test_new_draft_raises_the_number_on_paper(world):
    resolution = drafting.new_draft(nghiquyet.cell_draft(world.cell_a1), by=None)
    assert resolution.draft_number == 2


def test_empty_parts_are_named(world):
    resolution = drafting.draft_resolution(by=None, organisation=world.town, title="về việc thử")
    assert len(drafting.empty_parts(resolution.clauses.all())) == 4
    assert not drafting.empty_parts(nghiquyet.cell_draft(world.cell_a1).clauses.all())
