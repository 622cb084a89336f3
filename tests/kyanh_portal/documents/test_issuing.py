"""An issued paper is numbered, sealed and never changes."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.documents.content import OfficialDocument, Paragraph, Signature
from kyanh_portal.documents.issuing import content_of, is_intact, issue
from kyanh_portal.documents.models import IssuedDocument, NumberSequence


def paper(**fields):
    return OfficialDocument(
        kind="resolution", type_name="NGHỊ QUYẾT", type_symbol="NQ", summary="về việc thử", superior_name="ĐẢNG BỘ A",
        issuer_name="CHI BỘ B", issuer_symbol="CB", place="Kỳ Anh", date=dt.date(2026, 9, 5), body=(Paragraph("Một câu."),),
        signature=Signature("T/M CHI BỘ", "BÍ THƯ", "Nguyễn Mẫu"), recipients=("Lưu Chi bộ",), draft="Dự thảo lần 1", **fields,
    )  # fmt: skip


def issue_one(world, **fields):
    return issue(paper(), world.cell_a1, by=None, issuer="i", period="k", path=world.cell_a1.path, **fields)


def test_issue_gives_the_number_and_takes_the_draft_mark_away(world):
    first, second = issue_one(world), issue_one(world)

    assert (first.number_line, second.number_line) == ("Số 01-NQ/CB", "Số 02-NQ/CB")
    assert not content_of(first).is_draft
    assert first.profile == "HD05"
    assert AuditEntry.objects.filter(
        verb="document.issued", target_id=str(first.pk), facts__sha256=first.sha256
    ).exists()


def test_issue_seal_is_recomputed_from_what_the_database_holds(world):
    document = IssuedDocument.objects.get(pk=issue_one(world).pk)

    assert is_intact(document)
    document.content["summary"] = "về việc khác"
    assert not is_intact(document)


def test_issue_broken_off_takes_no_number(world):
    with pytest.raises(RuntimeError), transaction.atomic():
        issue_one(world)
        raise RuntimeError

    assert not NumberSequence.objects.filter(issuer="i").exists()
    assert issue_one(world).number == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE documents_issueddocument SET title = 'khác'",
        "UPDATE documents_issueddocument SET content = '{}'::jsonb, sha256 = 'x'",
        "DELETE FROM documents_issueddocument",
        "TRUNCATE documents_issueddocument CASCADE",
    ],
)
def test_issued_paper_refuses_raw_sql(world, sql):
    document = issue_one(world)

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)

    assert IssuedDocument.objects.get(pk=document.pk).sha256 == document.sha256


def test_same_number_twice_in_a_series_is_refused_by_the_database(world):
    document = issue_one(world)
    document.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        document.save(force_insert=True)
