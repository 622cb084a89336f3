"""Who reads what an issued resolution sets going: those above, beside and below it."""

from django.db.models import Q

from kyanh_portal.access.scope import scope_of

_STEP = 11  # ten digits and a dot a level (base.models.PathField)


def seen_from_below(user) -> list[str]:
    """Paths of every organisation that stands over a branch the user answers for."""
    out = set()
    for path in getattr(scope_of(user), "seeing_paths", []):
        out.update(path[:end] for end in range(_STEP, len(path) + 1, _STEP))
    return sorted(out)


def readable(user, lookup: str) -> Q:
    """Rows at `lookup` in the user's branches, and those of the bodies above them, whose resolutions bind them."""
    return scope_of(user).covers(lookup) | Q(**{f"{lookup}__in": seen_from_below(user)})
