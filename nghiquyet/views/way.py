"""What the page of a resolution says of its way: steps taken, steps open to this user, versions, later papers."""

from kyanh_portal.access.rules import verdict
from kyanh_portal.access.scope import scope_of
from nghiquyet.choices import Status
from nghiquyet.models import Comment, PaperEffect
from nghiquyet.services.moving import DOSSIER
from nghiquyet.workflow import OWN_PAGES, moves_of


def way_of(user, resolution) -> dict:
    """Context of the section "Tiến trình"."""
    is_cell = resolution.organisation.is_cell
    may = verdict("nghiquyet.move", user, resolution) is True
    scope = scope_of(user)
    open_steps = [
        move
        for move in moves_of(is_cell)
        if may and move.source == resolution.status and move.target not in OWN_PAGES
        and not (move.source in (Status.ADOPTED, Status.SIGNING) and move.target == Status.DRAFT)
        and scope.holds(*move.roles, path=resolution.path)
    ]  # fmt: skip
    comments = Comment.objects.visible_to(user).filter(version__resolution=resolution)
    return {
        "moves": resolution.moves.select_related("by"),
        "open_steps": open_steps,
        "versions": list(resolution.versions.all()),
        "votes": resolution.votes.select_related("meeting"),
        "comment_count": comments.count(),
        "waiting_count": comments.filter(verdict="").count(),
        "effects": resolution.effects.select_related("document").defer("document__content"),
        "affects": PaperEffect.objects.visible_to(user).filter(document=resolution.document_id).select_related("resolution__document")
        if resolution.document_id else [],
        "dossier_has": sum(code in resolution.dossier for code in DOSSIER),
        "dossier_all": len(DOSSIER),
        "dossier_lacks": [name for code, name in DOSSIER.items() if code not in resolution.dossier],
        "group": [line.strip() for line in resolution.drafting_group.split("\n") if line.strip()],
        "may_move": may,
        "may_affect": verdict("nghiquyet.affect", user, resolution) is True,
    }  # fmt: skip
