"""The way of a resolution: each step with its guard, votes by sitting members, versions, comments, later papers."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import is_intact
from nghiquyet.choices import Life, Signing, Status, Verdict
from nghiquyet.comparing import compare_parts, word_diff
from nghiquyet.models import Resolution, ResolutionMove
from nghiquyet.services import comments, drafting, effects, issuing, moving, outgoing
from tests.factories import nghiquyet

DAY = dt.date(2021, 2, 3)
VOTE = {"on": dt.date(2021, 2, 1), "base": 34}


def committee(world, **fields):
    return nghiquyet.thematic(world, signing=Signing.COMMITTEE, **fields)


def test_whole_way_leaves_a_line_for_each_step(world):
    clerk = world.users["office"]
    resolution = drafting.draft_resolution(
        by=clerk, organisation=world.town, title="về chuyển đổi số", signing=Signing.STANDING, is_thematic=True,
        status=Status.PROPOSED, signer_name="Nguyễn Mẫu Ký", signer_position="BÍ THƯ",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="chủ trì"):
        moving.move_resolution(resolution, Status.PLANNED, by=clerk)
    moving.plan_drafting(resolution, by=clerk, lead=world.town, due_month=dt.date(2021, 2, 15))
    resolution = moving.move_resolution(resolution, Status.PLANNED, by=clerk)
    with pytest.raises(RuleBroken, match="tổ biên tập"):
        moving.move_resolution(resolution, Status.OUTLINE, by=clerk)
    moving.plan_drafting(resolution, by=clerk, lead=world.town, due_month=DAY, drafting_group="Phó Bí thư Thường trực")
    resolution = moving.move_resolution(resolution, Status.OUTLINE, by=clerk)
    resolution = moving.move_resolution(resolution, Status.DRAFT, by=clerk)
    with pytest.raises(RuleBroken, match="lời văn"):
        moving.move_resolution(resolution, Status.COMMENTS, by=clerk, until=today())
    nghiquyet.fill(resolution)
    resolution = nghiquyet.issued(resolution, base=15, in_favour=8)
    way = [(move.source, move.target) for move in resolution.moves.all()]
    assert [target for _, target in way] == [
        "proposed", "planned", "outline", "draft", "comments", "revision", "submitted", "adopted", "signing", "issued",
    ]  # fmt: skip
    assert resolution.moves.first().by == clerk
    assert resolution.life == Life.IN_FORCE


def test_no_step_is_skipped(world):
    resolution = committee(world)
    for target in (Status.SUBMITTED, Status.SIGNING, Status.PLANNED):
        with pytest.raises(RuleBroken):
            moving.move_resolution(resolution, target, by=None)
    with pytest.raises(RuleBroken, match="Trình thông qua"):
        issuing.adopt_resolution(resolution, by=None, in_favour=18, **VOTE)
    voted = nghiquyet.adopted(resolution, in_favour=18, **VOTE)
    with pytest.raises(RuleBroken, match="trình ký"):
        issuing.issue_resolution(voted, by=None, dated=DAY)


@pytest.mark.parametrize(("present", "in_favour", "passes"), [(34, 17, False), (34, 18, True), (16, 16, False), (18, 18, True)])  # fmt: skip
def test_vote_counts_sitting_members_whoever_is_present(world, present, in_favour, passes):
    resolution = nghiquyet.to_vote(committee(world))
    asked = {"by": None, "present": present, "in_favour": in_favour, "against": present - in_favour, **VOTE}
    if passes:
        assert issuing.adopt_resolution(resolution, **asked).status == Status.ADOPTED
        return
    with pytest.raises(RuleBroken, match="cần ít nhất 18"):
        issuing.adopt_resolution(resolution, **asked)
    lost = issuing.adopt_resolution(resolution, lost=True, **asked)
    assert lost.status == Status.REJECTED
    vote = lost.votes.get()
    assert (vote.base, vote.present, vote.in_favour, vote.passed) == (34, present, in_favour, False)
    with pytest.raises(RuleBroken, match="lý do"):
        moving.move_resolution(lost, Status.DRAFT, by=None)
    assert moving.move_resolution(lost, Status.DRAFT, by=None, note="Soạn lại chỉ tiêu").draft_number == 2


def test_counts_must_agree(world):
    resolution = nghiquyet.to_vote(committee(world))
    for wrong in ({"present": 35}, {"present": 17}, {"present": 30, "against": 20}):
        with pytest.raises(RuleBroken):
            issuing.adopt_resolution(resolution, by=None, in_favour=18, **VOTE, **wrong)
    with pytest.raises(RuleBroken, match="quá nửa"):
        issuing.adopt_resolution(resolution, by=None, in_favour=18, lost=True, **VOTE)


def test_committee_and_standing_committee_share_a_series_and_terms_do_not(world):
    from chibo.models import Term

    first = nghiquyet.issued(committee(world), in_favour=20, **VOTE)
    second = nghiquyet.issued(nghiquyet.thematic(world, title="về việc hai"))
    assert [r.document.number for r in (first, second)] == [1, 2]
    Term.objects.filter(organisation=world.town).update(ends_on=dt.date(2021, 3, 1))
    Term.objects.create(organisation=world.town, name="2021 - 2026", starts_on=dt.date(2021, 3, 2), sitting_members=34)
    later = nghiquyet.issued(
        nghiquyet.thematic(world, title="về việc ba"), on=dt.date(2021, 3, 3), dated=dt.date(2021, 3, 4)
    )
    assert later.document.number_line == first.document.number_line == "Số 01-NQ/ThU"


def test_comments_are_kept_at_their_clause_and_must_be_answered(world):
    resolution = committee(world)
    resolution = moving.move_resolution(resolution, Status.COMMENTS, by=None, until=today() + dt.timedelta(days=5), asked=[world.ward_a])  # fmt: skip
    version = resolution.versions.get()
    part = next(p for p in version.parts if p["text"])
    comment = comments.add_comment(
        version, by=None, organisation=world.ward_a, text="Nêu rõ thời hạn.", clause=part["clause"]
    )
    assert comment.anchor.startswith(part["label"])
    with pytest.raises(RuleBroken, match="Hạn góp ý"):
        moving.move_resolution(resolution, Status.REVISION, by=None)
    resolution = moving.move_resolution(resolution, Status.REVISION, by=None, note="Đủ ý kiến")
    with pytest.raises(RuleBroken, match="kết thúc lấy ý kiến"):
        comments.add_comment(version, by=None, organisation=world.ward_a, text="Muộn.")
    moving.tick_dossier(resolution, by=None, codes=moving.DOSSIER)
    with pytest.raises(RuleBroken, match="1 ý kiến chưa"):
        moving.move_resolution(resolution, Status.SUBMITTED, by=None)
    with pytest.raises(RuleBroken, match="giải trình"):
        comments.answer_comment(comment, by=None, verdict=Verdict.NOT)
    comments.answer_comment(comment, by=None, verdict=Verdict.PARTLY, answer="Ghi quý, không ghi ngày.")
    assert comments.table_rows(resolution)[0][2:] == [
        "Nêu rõ thời hạn.",
        "Tiếp thu một phần",
        "Ghi quý, không ghi ngày.",
    ]
    assert moving.move_resolution(resolution, Status.SUBMITTED, by=None).status == Status.SUBMITTED


def test_asked_organisations_read_the_version_others_do_not(world):
    resolution = moving.move_resolution(committee(world), Status.COMMENTS, by=None, until=today(), asked=[world.ward_a])
    version = resolution.versions.get()
    seen = {role: type(version).objects.visible_to(world.users[role]).exists() for role in ("committee", "secretary", "office", "stranger")}  # fmt: skip
    assert seen["committee"] and seen["office"]
    assert not seen["stranger"]


def test_dossier_must_be_whole(world):
    resolution = moving.move_resolution(committee(world), Status.COMMENTS, by=None, until=today())
    resolution = moving.move_resolution(resolution, Status.REVISION, by=None, note="xong")
    moving.tick_dossier(resolution, by=None, codes=["to_trinh"])
    with pytest.raises(RuleBroken) as broken:
        moving.move_resolution(resolution, Status.SUBMITTED, by=None)
    assert len(broken.value.missing) == len(moving.DOSSIER) - 1


def test_text_stays_still_while_others_read_it(world):
    resolution = nghiquyet.to_vote(committee(world))
    clause = resolution.clauses.exclude(text="").first()
    with pytest.raises(RuleBroken, match="giữ nguyên"):
        drafting.edit_clause(clause, by=None, text="Lời khác.")
    voted = issuing.adopt_resolution(resolution, by=None, in_favour=18, **VOTE)
    type(clause).objects.filter(pk=clause.pk).update(text="Lời lén đổi.")
    with pytest.raises(RuleBroken, match="khác bản đã biểu quyết"):
        moving.move_resolution(voted, Status.SIGNING, by=None)


def test_comparison_is_word_by_word():
    assert word_diff("họp một lần", "họp hai lần") == [
        ("same", "họp "),
        ("gone", "một"),
        ("new", "hai"),
        ("same", " lần"),
    ]
    old = [
        {"clause": i, "label": f"Khoản {i}", "level": "paragraph", "heading": "", "text": t}
        for i, t in ((1, "A b."), (2, "Bỏ đi."))
    ]
    new = [{**old[0], "text": "A c."}, {**old[0], "clause": 3, "text": "Thêm."}]
    assert [row["state"] for row in compare_parts(old, new)] == ["changed", "gone", "new"]


def test_later_paper_replaces_without_touching_the_old(world):
    old = nghiquyet.issued(committee(world), in_favour=20, **VOTE)
    new = nghiquyet.issued(nghiquyet.thematic(world, title="về việc hai"), dated=dt.date(2021, 2, 10))
    seal = old.document.sha256
    with pytest.raises(RuleBroken, match="chính nó"):
        effects.apply_paper(old, by=None, document=old.document, effect=Life.REPLACED)
    with pytest.raises(RuleBroken, match="sửa phần nào"):
        effects.apply_paper(old, by=None, document=new.document, effect=Life.AMENDED)
    with pytest.raises(RuleBroken, match="không chuyển"):
        effects.apply_paper(old, by=None, document=new.document, effect=Life.EXTENDED)
    effects.apply_paper(old, by=None, document=new.document, effect=Life.REPLACED)
    old.refresh_from_db()
    assert (old.life, old.document.sha256, is_intact(old.document)) == (Life.REPLACED, seal, True)
    assert new.document.effects.get().resolution_id == old.pk
    with pytest.raises(RuleBroken, match="không chuyển"):
        effects.apply_paper(old, by=None, document=new.document, effect=Life.ENDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(old).objects.filter(pk=old.pk).update(title="khác")


def test_history_is_only_added_to(world):
    nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))
    for change in (lambda rows: rows.update(note="khác"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(ResolutionMove.objects.all())


def test_text_of_a_dissolved_body_stays_readable(world, client):
    resolution = nghiquyet.issued(committee(world), in_favour=20, **VOTE)
    type(world.town).objects.filter(pk=world.town.pk).update(valid_to=dt.date(2021, 6, 30))
    client.force_login(world.users["office"])
    assert resolution.title in client.get(resolution.get_absolute_url()).content.decode()
    assert client.get(f"/van-ban/{resolution.document_id}/pdf/").content.startswith(b"%PDF")


def test_conclusion_extends_a_reviewed_resolution_and_says_so_on_both_pages(world, client):
    old = nghiquyet.issued(committee(world), in_favour=20, **VOTE)
    client.force_login(world.users["office"])
    page = reverse("nghiquyet:effect_create", args=[old.pk])
    papers = []
    for type_code in ("report", "conclusion"):
        paper = outgoing.send_to_sign(nghiquyet.paper(world.town, type_code, "thực hiện nghị quyết"), by=None)
        papers.append(outgoing.issue_paper(paper, by=None, dated=dt.date(2021, 12, 1)))
    review, conclusion = papers
    assert client.post(page, {"document": conclusion.document_id, "effect": "extended"}).status_code == 422
    assert client.post(page, {"document": review.document_id, "effect": "reviewed"}).status_code == 302
    assert client.post(page, {"document": conclusion.document_id, "effect": "extended"}).status_code == 302
    old.refresh_from_db()
    assert old.life == Life.EXTENDED
    shown = client.get(old.get_absolute_url()).text
    assert conclusion.document.number_line in shown
    assert "giữ nguyên" in shown
    assert old.document.number_line in client.get(conclusion.get_absolute_url()).text


def test_comments_stand_on_a_line_of_grounds_or_recipients_and_the_table_knows_them(world, client):
    """The table follows the text of the version: trích yếu, căn cứ, khoản, nơi nhận, then what is said of the whole."""
    resolution = committee(world)
    Resolution.objects.filter(pk=resolution.pk).update(
        bases="Căn cứ Điều lệ Đảng;\n\nCăn cứ Chương trình làm việc;", recipients="Các tổ chức đảng\nLưu Văn phòng"
    )
    resolution.refresh_from_db()
    resolution = moving.move_resolution(resolution, Status.COMMENTS, by=None, until=today() + dt.timedelta(days=5), asked=[world.ward_a])  # fmt: skip
    version = resolution.versions.get()
    part = next(p for p in version.parts if p["text"])
    for place in ("", "recipients-2", str(part["clause"]), "bases-2", "title"):
        comments.add_comment(version, by=None, organisation=world.ward_a, text=f"Ý kiến {place}.", clause=place or None)
    with pytest.raises(RuleBroken, match="không có trong bản"):
        comments.add_comment(version, by=None, organisation=world.ward_a, text="Không đâu.", clause="bases-3")
    anchors = [row[0] for row in comments.table_rows(resolution)]
    assert anchors[0].startswith("Trích yếu: ") and anchors[2].startswith(part["label"])
    assert [anchors[1], *anchors[3:]] == ["Căn cứ 2: Căn cứ Chương trình làm việc;", "Nơi nhận 2: Lưu Văn phòng", "Toàn văn"]  # fmt: skip

    client.force_login(world.users["office"])
    page = client.get(reverse("nghiquyet:version_detail", args=[version.pk])).content.decode()
    places = dict(block.split('"', 1) for block in page.split('id="phan-')[1:])
    assert "Ý kiến bases-2." in places["bases-2"] and "Ý kiến bases-2." not in places["bases-1"]
    assert "Ý kiến recipients-2." in places["recipients-2"] and "Ý kiến recipients-2." not in places["recipients-1"]
    asked = client.get(reverse("nghiquyet:comment_create", args=[version.pk]) + "?phan=bases-1").content.decode()
    assert '<option value="bases-1" selected>Căn cứ 1: Căn cứ Điều lệ Đảng;</option>' in asked
    answers = client.get(reverse("nghiquyet:answers", args=[resolution.pk])).content.decode()
    assert answers.index("Căn cứ 2") < answers.index("Nơi nhận 2") < answers.index("Ý kiến .")
