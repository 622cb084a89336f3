"""Words in any order, without accents, each as the start of a word; one query a source."""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, IntegerField, Value, When

from kyanh_portal.base.vietnamese import fold
from kyanh_portal.search.source import Source, sources

MOST = 12


def word_query(text: str) -> SearchQuery | None:
    """ "Nguyễn An" → nguyen:* & an:*; None where no word is left."""
    words = [re.sub(r"[^0-9a-z]", "", word) for word in fold(text).split()][:8]
    words = [word[:40] for word in words if word]
    if not words:
        return None
    return SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")


def find_in(source: Source, text: str, user, most: int = MOST) -> list:
    """Rows of one source the user may see; those that begin with the words as typed stand first."""
    query = word_query(text)
    if query is None:
        return []
    rows = source.model.objects.visible_to(user)
    if source.related:
        rows = rows.select_related(*source.related)
    rows = rows.annotate(words=SearchVector("search_key", config="simple")).filter(words=query)
    first = Case(When(search_key__startswith=fold(text), then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(rows.order_by(first, *(source.order or ["pk"]))[:most])


def find(text: str, user) -> list[tuple[Source, list[tuple[str, str]]]]:
    """(source, [(line, address)]) for every source with a find."""
    out = []
    for source in sources:
        rows = find_in(source, text, user)
        if rows:
            out.append((source, [(source.line(row), row.get_absolute_url()) for row in rows]))
    return out
