"""In whose name a user drafts, writes and speaks."""

from django.db.models import Q

from chibo.choices import Role
from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of

READERS = [
    Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.STANDING, Role.OFFICE, Role.ORGANISING, Role.INSPECTION,
]  # fmt: skip
DRAFTERS = [Role.OFFICE, Role.ORGANISING, Role.COMMITTEE_SECRETARY]
ADOPTERS = [Role.OFFICE, Role.COMMITTEE_SECRETARY, Role.STANDING]


def may_draft_for(user, organisation) -> bool:
    """Whether the user prepares papers of this body."""
    roles = [Role.CELL_SECRETARY] if organisation.is_cell else DRAFTERS
    return scope_of(user).holds(*roles, path=organisation.path)


def drafting_bodies(user):
    """The bodies the user may draft for: own cells, or the committees of the branch."""
    condition = Q(pk__in=[])
    for held in scope_of(user).held:
        if held.role == Role.CELL_SECRETARY:
            condition |= Q(path__startswith=held.path, kind__is_cell=True)
        elif held.role in DRAFTERS:
            condition |= Q(path__startswith=held.path, kind__is_cell=False, kind__is_body=False)
    return Organisation.objects.filter(condition).select_related("kind").order_by("kind__rank", "sort_key")


def paper_bodies(user):
    """The bodies whose papers the user writes: own cells, committees of the branch and, for the office, their bodies."""
    condition = Q(pk__in=[])
    for held in scope_of(user).held:
        below = Q(path__startswith=held.path)
        if held.role == Role.CELL_SECRETARY:
            condition |= below & Q(kind__is_cell=True)
        elif held.role == Role.OFFICE:
            condition |= below & Q(kind__is_cell=False)
        elif held.role == Role.ORGANISING:
            condition |= below & (Q(kind__is_cell=False, kind__is_body=False) | Q(kind__code="ban_to_chuc"))
        elif held.role == Role.COMMITTEE_SECRETARY:
            condition |= below & Q(kind__is_cell=False)
    return (
        Organisation.objects.filter(condition).select_related("kind", "parent__kind").order_by("kind__rank", "sort_key")
    )


def own_bodies(user):
    """The organisations in whose name the user speaks: where a role is held."""
    return Organisation.objects.filter(path__in=[held.path for held in scope_of(user).held]).order_by("path")
