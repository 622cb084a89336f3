"""Where the printed sheets are: marked, found again, told in the trail; the locked paper itself is not touched."""

import pytest
from django.urls import reverse

from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.documents.models import DocumentSheet, IssuedDocument, SheetState
from kyanh_portal.documents.sheets import MOST
from tests.factories.hoithao import closed

MARK = "documents:sheet_mark"


@pytest.fixture
def papers(world):
    """Minutes of three cells: the first two in ward A, the last in ward B."""
    cells = [(world.cell_a1, world.members_a1), (world.cell_a2, world.members_a2), (world.cell_b1, world.members_b1)]
    return [closed(*cell).document for cell in cells]


@pytest.fixture
def office(client, world):
    client.force_login(world.users["office"])
    return client


def shown(client, state=""):
    return {paper.pk for paper in client.get(reverse("documents:list"), {"sheet": state}).context["object_list"]}


def test_sheets_are_marked_and_found_again(office, papers):
    first, second, third = papers
    seal = first.sha256
    answer = office.post(reverse(MARK), {"ids": [first.pk, second.pk], "sheet": "da-in"}, follow=True)
    assert "Đã in: ghi cho 2 văn bản." in answer.text
    assert shown(office, "da-in") == {first.pk, second.pk} and shown(office, "chua-in") == {third.pk}
    assert {code: number for code, _, number in answer.context["sheets"]}["da-in"] == 2
    office.post(reverse(MARK), {"ids": [first.pk], "sheet": "da-ky"})
    office.post(reverse(MARK), {"ids": [first.pk], "sheet": "da-ky"})  # twice: nothing more is told
    told = AuditEntry.objects.filter(verb="document.sheet", target_id=first.pk)
    assert told.count() == 2 and DocumentSheet.objects.filter(document=first).count() == 1
    assert IssuedDocument.objects.get(pk=first.pk).sha256 == seal
    page = office.get(first.get_absolute_url()).text
    assert "Đã ký" in page and page.count('class="is-done"') == 3


def test_a_wrong_mark_is_put_right(office, papers):
    for state in ("da-quet", "chua-in"):
        office.post(reverse(MARK), {"ids": [papers[0].pk], "sheet": state})
    assert papers[0].pk in shown(office, "chua-in") and shown(office, "da-quet") == set()


def test_papers_of_others_are_passed_over(client, world, papers):
    client.force_login(world.users["secretary"])
    client.post(reverse(MARK), {"ids": [paper.pk for paper in papers], "sheet": "da-in"})
    assert list(DocumentSheet.objects.values_list("document", flat=True)) == [papers[0].pk]


def test_who_only_reads_is_told_why_not(client, world, papers):
    client.force_login(world.users["standing"])
    assert 'name="sheet" form=' not in client.get(reverse("documents:list")).text
    answer = client.post(reverse(MARK), {"ids": [papers[0].pk], "sheet": "da-in"})
    assert answer.status_code == 403 and "Văn phòng" in answer.text and not DocumentSheet.objects.exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"sheet": "da-in"}, "Đánh dấu ít nhất một văn bản"),
        ({"ids": ["x", "²", "9" * 30], "sheet": "da-in"}, "Đánh dấu ít nhất một văn bản"),
        ({"ids": ["1"], "sheet": "lạ"}, "Chọn một bước"),
        ({"ids": ["1"]}, "Chọn một bước"),
        ({"ids": list(range(1, MOST + 2)), "sheet": SheetState.PRINTED}, f"{MOST} văn bản"),
    ],
)
def test_bad_marks_are_refused_in_words(office, papers, body, words):
    answer = office.post(reverse(MARK), body, follow=True)
    assert words in answer.text and not DocumentSheet.objects.exists()


@pytest.mark.parametrize(
    "back", ["https://xa.invalid/van-ban/", "//xa.invalid", "/tai-khoan/", "javascript:alert(1)", ""]
)
def test_the_way_back_stays_at_the_papers(office, papers, back):
    answer = office.post(reverse(MARK), {"ids": [papers[0].pk], "sheet": "da-in", "back": back})
    assert answer.url == reverse("documents:list")
