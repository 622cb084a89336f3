"""The print desk, the page of a paper, its files and its seal."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoithao.services.contributions import add_contribution
from hoithao.services.minutes import add_addendum
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.documents.models import IssuedDocument
from tests.factories import hoithao, nghiquyet


@pytest.fixture
def minutes(world):
    return hoithao.closed(world.cell_a1, world.members_a1)


@pytest.fixture
def office(client, world):
    client.force_login(world.users["office"])
    return client


def test_list_narrows_by_kind_month_and_words_without_accents(office, world, minutes):
    nghiquyet.issued(nghiquyet.cell_draft(world.cell_a2), base=5, in_favour=5)
    everything = office.get(reverse("documents:list"))
    only = office.get(reverse("documents:list"), {"kind": "resolution", "month": "2021-02", "text": "nhiem vu"})

    assert len(everything.context["object_list"]) == 2
    assert [paper.kind for paper in only.context["object_list"]] == ["resolution"]
    assert not office.get(reverse("documents:list"), {"text": "không có đâu"}).context["object_list"]


@pytest.mark.parametrize("query", ["page=x", "page=999", "kind=lạ", "month=13-99", "text=" + "a" * 5000])
def test_list_understands_bad_questions(office, minutes, query):
    assert office.get(f"{reverse('documents:list')}?{query}").status_code == 200


def test_list_takes_the_same_queries_for_one_row_and_for_three(office, world, minutes):
    office.get(reverse("documents:list"))  # the first page after signing in also notes the device
    with CaptureQueriesContext(connection) as one:
        office.get(reverse("documents:list"))
    hoithao.closed(world.cell_a2, world.members_a2)
    hoithao.closed(world.cell_b1, world.members_b1)
    with CaptureQueriesContext(connection) as three:
        assert len(office.get(reverse("documents:list")).context["object_list"]) == 3
    assert len(one) == len(three) <= 14


def test_detail_and_verify_show_the_seal(office, minutes):
    paper = minutes.document
    assert paper.sha256 in office.get(paper.get_absolute_url()).text
    answer = office.get(reverse("documents:verify", args=[paper.pk]))
    assert answer.context["is_intact"]
    assert "Còn nguyên" in answer.text


def test_detail_links_the_correction(office, minutes):
    addendum = add_addendum(minutes, by=None, reason="Ghi nhầm giờ", text="Kết thúc lúc 21 giờ 15.")
    assert (
        reverse("documents:detail", args=[addendum.document_id]) in office.get(minutes.document.get_absolute_url()).text
    )


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_file_is_private_and_recorded(office, minutes, form, start):
    answer = office.get(reverse(f"documents:{form}", args=[minutes.document_id]))

    assert answer.content.startswith(start)
    assert "sandbox" in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert answer["Content-Disposition"].isascii()
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    assert AuditEntry.objects.filter(
        verb="document.downloaded", target_id=str(minutes.document_id), facts__format=form
    ).exists()


@pytest.mark.parametrize("name", ["detail", "pdf", "docx", "verify"])
def test_paper_of_another_cell_is_not_found(client, world, name):
    other = hoithao.closed(world.cell_b1, world.members_b1).document_id
    client.force_login(world.users["secretary"])
    assert client.get(reverse(f"documents:{name}", args=[other])).status_code == 404
    client.force_login(world.users["administrator"])
    assert client.get(reverse(f"documents:{name}", args=[other])).status_code == 403


def test_draft_file_follows_the_rule_of_its_kind(client, world):
    meeting = hoithao.ready(world.cell_a1, world.members_a1)
    url = reverse("documents:draft_pdf", args=["minutes", meeting.pk])
    client.force_login(world.users["secretary"])
    assert client.get(url).content.startswith(b"%PDF-")
    assert client.get(reverse("documents:draft_pdf", args=["la", meeting.pk])).status_code == 404
    client.force_login(world.users["stranger"])
    assert client.get(url).status_code in (403, 404)


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_render_writes_every_kind_from_the_shell(world, minutes, tmp_path, suffix):
    addendum = add_addendum(minutes, by=None, reason="Ghi nhầm giờ", text="Kết thúc lúc 21 giờ 15.")
    resolution = nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))
    draft = nghiquyet.cell_draft(world.cell_a2)
    for kind, which in [
        ("minutes", "latest"), ("minutes", minutes.meeting_id), ("addendum", "latest"), ("addendum", addendum.pk),
        ("resolution", "latest"), ("resolution", resolution.pk), ("resolution", draft.pk),
    ]:  # fmt: skip
        target = tmp_path / f"{kind}-{which}.{suffix}"
        call_command("render", kind, str(which), to=str(target), verbosity=0)
        assert target.stat().st_size > 5000


@pytest.mark.parametrize(
    ("kind", "which", "to", "words"),
    [
        ("la", "latest", "a.pdf", "Không có loại văn bản"),
        ("minutes", "latest", "a.pdf", "Chưa có biên bản nào"),
        ("minutes", "9999", "a.pdf", "Không tìm thấy"),
        ("minutes", "mới nhất", "a.pdf", "Không tìm thấy"),
        ("minutes", "latest", "a.txt", "phải kết thúc bằng"),
    ],
)
def test_render_refuses_in_words(db, tmp_path, kind, which, to, words):
    with pytest.raises(CommandError, match=words):
        call_command("render", kind, which, to=str(tmp_path / to))


@pytest.mark.parametrize(
    ("to", "words"),
    [("khong-co/a.pdf", "thư mục không có"), ("thu-muc.pdf", "đó là một thư mục"), ("a" * 300 + ".pdf", "quá dài")],
)
def test_render_says_why_it_cannot_write(minutes, tmp_path, to, words):
    (tmp_path / "thu-muc.pdf").mkdir()
    with pytest.raises(CommandError, match=words):
        call_command("render", "minutes", "latest", to=str(tmp_path / to))


@pytest.fixture
def endless(world):
    """Minutes whose text passes every field but no printer."""
    meeting = hoithao.ready(world.cell_a1, world.members_a1)
    for number in range(17):
        add_contribution(meeting, by=None, guest=f"Nguyễn Mẫu {number}", text="chữ " * 24_000)
    return meeting


def test_paper_too_large_is_refused_in_words_with_a_way_out(client, world, endless, tmp_path):
    client.force_login(world.users["secretary"])
    answer = client.get(reverse("documents:draft_pdf", args=["minutes", endless.pk]))

    assert answer.status_code == 422
    assert "quá lớn" in answer.text
    word = reverse("documents:draft_docx", args=["minutes", endless.pk])
    assert word in answer.text
    assert client.get(word).content.startswith(b"PK")
    with pytest.raises(CommandError, match="quá lớn"):
        call_command("render", "minutes", str(endless.pk), to=str(tmp_path / "a.pdf"))


def test_latest_is_the_paper_issued_last(world):
    first = nghiquyet.issued(nghiquyet.cell_draft(world.cell_a1))
    second = nghiquyet.issued(nghiquyet.cell_draft(world.cell_a2), dated=dt.date(2021, 2, 2), base=5, in_favour=5)
    from kyanh_portal.documents.kinds import kinds

    assert kinds.get("resolution").latest().pk == second.document_id != first.document_id
    assert IssuedDocument.objects.count() == 2
