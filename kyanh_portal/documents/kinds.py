"""Kinds of papers: how each is composed from what it is about. A new kind is one file in an app's `documents/`."""

from collections.abc import Callable
from dataclasses import dataclass

from kyanh_portal.base.registry import Registry
from kyanh_portal.documents.content import OfficialDocument
from kyanh_portal.documents.models import IssuedDocument


@dataclass(frozen=True)
class DocumentKind:
    """`model` is what the paper is about; `compose(row)` says it now, as a draft, from the living data."""

    code: str
    label: str
    model: type
    compose: Callable[..., OfficialDocument]
    access: str

    def issued(self):
        return IssuedDocument.objects.filter(kind=self.code)

    def content_for(self, row) -> OfficialDocument:
        """The frozen content where the paper was issued, else the draft of now."""
        document = self.issued().for_target(row).order_by("pk").first()
        return OfficialDocument.from_json(document.content) if document else self.compose(row)


kinds: Registry[DocumentKind] = Registry("document kind")


def add_kind(code, label, model, compose, access) -> DocumentKind:
    """Register a kind of paper."""
    return kinds.add(code, DocumentKind(code, label, model, compose, access))
