"""Issue a paper: number, freeze, seal, log — all or nothing."""

from django.db import transaction

from kyanh_portal.audit.record import record
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.documents.content import OfficialDocument
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.documents.numbering import take_number
from kyanh_portal.documents.profiles import profile_on


def issue(
    content: OfficialDocument, target, *, by, issuer: str, period: str, path: str, takes_number=True, amends=None
) -> IssuedDocument:
    """Give the content its number, freeze it with its SHA-256 and keep it; the database refuses any later change."""
    with transaction.atomic(savepoint=False):  # the caller's transaction is all or nothing already
        if takes_number:
            content = content.with_number(take_number(issuer, period, content.type_name))
        document = IssuedDocument.objects.create(**_fields(content, target, by, issuer, period, path, amends))
        record("document.issued", document, by=by, path=path, number=document.number_line, sha256=document.sha256)
    return document


def _fields(content, target, by, issuer, period, path, amends) -> dict:
    number_line = content.number_line if content.number is not None else ""
    values = content.to_json()
    return {
        "kind": content.kind,
        "target_type": target._meta.label_lower,
        "target_id": target.pk,
        "issuer": issuer,
        "period": period,
        "type_name": content.type_name,
        "number": content.number,
        "number_line": number_line,
        "title": content.summary[:500],
        "issuer_name": content.issuer_name,
        "dated": content.date,
        "path": path,
        "profile": content.profile or profile_on(content.date).code,
        "content": values,
        "sha256": content.sha256(values),
        "amends": amends,
        "issued_by": by,
        "search_key": fold(f"{content.type_name} {number_line} {content.summary} {content.issuer_name}"),
        "is_synthetic": content.is_synthetic,
    }


def content_of(document: IssuedDocument) -> OfficialDocument:
    """The frozen content, as it was issued."""
    return OfficialDocument.from_json(document.content)


def is_intact(document: IssuedDocument) -> bool:
    """Whether the content still has the hash it was issued with."""
    return content_of(document).sha256() == document.sha256
