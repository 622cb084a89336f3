"""Kinds of papers: how each is composed from what it is about. A new kind is one file in an app's `documents/`."""

from collections.abc import Callable
from dataclasses import dataclass

from kyanh_portal.base.registry import Registry
from kyanh_portal.documents.content import OfficialDocument
from kyanh_portal.documents.models import IssuedDocument


@dataclass(frozen=True)
class DocumentKind:
    """`model` is what the paper is about; `compose(row)` says it now, as a draft, from the living data.

    `access` is the rule a reader of the draft must satisfy. A kind that `names_types` holds many types of paper; each
    is called by its own.
    """

    code: str
    label: str
    model: type
    compose: Callable[..., OfficialDocument]
    access: str
    names_types: bool = False

    def issued(self):
        """Papers of this kind that were issued."""
        return IssuedDocument.objects.filter(kind=self.code)

    def paper_of(self, row) -> IssuedDocument | None:
        """The issued paper of this kind about this row: the one it names itself, else the first about it."""
        named = getattr(row, "document", None)
        if named is not None and named.kind == self.code:
            return named
        return self.issued().for_target(row).order_by("pk").first()

    def content_for(self, row) -> OfficialDocument:
        """The frozen content where the paper was issued, else the draft of now."""
        paper = self.paper_of(row)
        return OfficialDocument.from_json(paper.content) if paper else self.compose(row)

    def find(self, pk: int, user=None):
        """The row with this key, sought among what the user may see (None: the shell, which sees all)."""
        rows = self.model._default_manager.all()
        if user is not None:
            rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows.none()
        return rows.filter(pk=pk).first()

    def latest(self, user=None) -> IssuedDocument | None:
        """The newest final paper of this kind."""
        papers = self.issued() if user is None else self.issued().visible_to(user)
        return papers.order_by("-issued_at", "-pk").first()


kinds: Registry[DocumentKind] = Registry("document kind")


def add_kind(code, label, model, compose, access, names_types=False) -> DocumentKind:
    """Register a kind of paper."""
    return kinds.add(code, DocumentKind(code, label, model, compose, access, names_types))


def kind_choices() -> list[tuple[str, str]]:
    """(code, label) of every kind, for filters."""
    return [(kind.code, kind.label) for kind in kinds]


def kind_label(code: str, type_name: str = "") -> str:
    """What people call an issued paper: its kind, or its type where the kind holds many."""
    if type_name and code in kinds and kinds.get(code).names_types:
        return type_name.capitalize()
    return kinds.get(code).label if code in kinds else code
