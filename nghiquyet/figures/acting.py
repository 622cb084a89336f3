"""For which organisations a user acts oneself: the own cell, the own committee and its bodies, not everything below."""

from django.db.models import Q

from chibo.choices import Role
from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of

_CLERKS = [Role.OFFICE, Role.ORGANISING, Role.COMMITTEE_SECRETARY]


def acting_bodies(user):
    """Organisations whose duties and reports are this user's to do."""
    condition = Q(pk__in=[])
    for held in scope_of(user).held:
        if held.role == Role.CELL_SECRETARY:
            condition |= Q(pk=held.organisation_id)
        elif held.role in _CLERKS:
            condition |= Q(pk=held.organisation_id) | Q(parent=held.organisation_id, kind__is_body=True)
    return Organisation.objects.filter(condition)
