"""Words in any order, without accents, each as the start of a word.

Each source is asked in steps that an index answers — people whose name ends with the words as typed (the given name
stands last), names that begin with them, then all the words in any order — and only until the page is full. Each step
walks an index in the order shown, so the time hardly grows with how common a word is: nobody sorts every Nguyễn.
"""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector

from kyanh_portal.base.vietnamese import fold
from kyanh_portal.search.source import Source, sources

MOST = 12


def words_of(text: str) -> list[str]:
    """Folded words of letters and digits: at most eight of forty characters."""
    return [word[:40] for word in re.findall(r"[0-9a-z]+", fold(text))][:8]


def word_query(text: str) -> SearchQuery | None:
    """ "Nguyễn An" → nguyen:* & an:*; None where no word is left. "2" also means the "02" of a paper's number."""
    words = words_of(text)
    if not words:
        return None
    terms = [f"({word}:* | 0{word}:*)" if len(word) == 1 and word.isdecimal() else f"{word}:*" for word in words]
    return SearchQuery(" & ".join(terms), config="simple", search_type="raw")


def find_in(source: Source, text: str, user, most: int = MOST) -> list:
    """At most `most` rows of one source, only those the user may see, the closest first."""
    query, typed = word_query(text), " ".join(words_of(text))
    if query is None:
        return []
    rows = source.model.objects.visible_to(user)
    if source.related:
        rows = rows.select_related(*source.related)
    if source.deferred:
        rows = rows.defer(*source.deferred)
    worded = rows.annotate(words=SearchVector("search_key", config="simple")).filter(words=query)
    steps = [worded]
    if source.is_named or source.is_person:
        steps.insert(0, rows.filter(search_key__startswith=typed))
    if source.is_person:
        steps.insert(0, worded.filter(search_key__endswith=f" {typed}"))
    found: dict = {}
    for step in steps:
        wanted = most - len(found)
        if wanted <= 0:
            break
        for row in step.order_by(*(source.order or ["pk"])).exclude(pk__in=list(found))[:wanted]:
            found[row.pk] = row
    return list(found.values())


def find(text: str, user, asked=None) -> list[tuple[Source, list[tuple[str, str]]]]:
    """(source, [(line, address)]) for every source with a find; `asked` as in `add_source`."""
    out = []
    for source in sources:
        rows = find_in(source, text, user)
        if rows:
            out.append((source, [(source.line(row), source.address(row, asked or {})) for row in rows]))
    return out
