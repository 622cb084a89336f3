"""Which values of the database one user is not shown, by the field classes; and a walk through all pages that looks for them."""

import datetime as dt
import html
import re
from collections import Counter

from django.apps import apps
from django.db import models

from chibo.fieldclasses import CLASSES, sees
from chibo.models import Candidate, Member
from chibo.owndata import value_words
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date_short

SEEDS = ["/", "/tim/", "/viec-den-han/", "/nhat-ky/", "/bao-cao/", "/to-chuc/bang/", "/to-chuc/ket-nap/so-lieu/", "/to-chuc/ra-soat/no-du-lieu/", "/to-chuc/so-xu-ly-du-lieu/", "/to-chuc/dang-vien/ho-so/", "/to-chuc/khen-thuong/", "/to-chuc/ra-soat/giup-do/"]  # fmt: skip
TABLES = ["N1", "N2", "N3", "N3B", "N4", "N4B", "N5", "N6", "N7", "N7B", "N8", "N9", "N10", "N11"]
WEAK = (models.DateField, models.DateTimeField, models.IntegerField)  # said of many things; beside the person they tell
WHERE = ("organisation", "form", "session", "ledger", "candidate", "member")


def path_of(row) -> str:
    """Where the record lies: its own path, else that of what it hangs on."""
    if getattr(row, "path", None):
        return row.path
    return next(path_of(getattr(row, name)) for name in WHERE if getattr(row, name, None) is not None)


def person_of(row):
    return row if isinstance(row, (Member, Candidate)) else getattr(row, "member", None) or getattr(row, "candidate", None)  # fmt: skip


def rows_by_person():
    """Every row about a person in the classed tables."""
    for label in CLASSES:
        for row in apps.get_model(label).objects.all():
            yield label, row, person_of(row)


def words_of(row, field) -> set[str]:
    """A value as pages, tables and papers may write it."""
    value = getattr(row, field.attname)
    if value in (None, "") or isinstance(value, bool) or field.is_relation:
        return set()
    if isinstance(value, dt.date):
        return {value_words(row, field), vn_date_short(value), value.isoformat(), value.strftime("%d/%m/%Y")}
    if field.name == "about":  # the name of a field, which stands as a label on every page of a member
        return {str(value)}
    words = {str(value), str(value_words(row, field))}
    return words | {f"{value:,}".replace(",", ".")} if isinstance(value, int) else words


class Hidden:
    """Of one user: `strong` values that may stand nowhere, `weak` ones (days, states) that may not stand beside the person."""

    def __init__(self, user):
        self.strong, self.weak, shown = {}, {}, {}
        own = scope_of(user).member_id
        for label, row, person in rows_by_person():
            if person is None or (isinstance(person, Member) and person.pk == own):
                continue
            for field in row._meta.concrete_fields:
                one, words = CLASSES[label].get(field.name), words_of(row, field)
                if one is None or one.level == "T" or field.name == "sort_key" or not words:
                    continue
                told = {word for word in words if len(word) > 3}
                if sees(user, label, field.name, path_of(row)):
                    shown.setdefault(person, set()).update(told)
                elif isinstance(field, WEAK) or field.choices:
                    self.weak.setdefault(person, {}).update(dict.fromkeys(told, f"{label}.{field.name}"))
                else:
                    self.strong.update(dict.fromkeys((word for word in told if len(word) > 5), f"{label}.{field.name}"))
        names = Counter(one.full_name for one in (*Member.objects.all(), *Candidate.objects.all()))
        self.weak = {
            one: words for one, words in self.weak.items() if names[one.full_name] == 1
        }  # a namesake's row tells nothing
        everything = set().union(*shown.values()) if shown else set()
        self.strong = {word: why for word, why in self.strong.items() if word not in everything}
        self.weak = {p: {w: why for w, why in words.items() if w not in shown.get(p, ())} for p, words in self.weak.items()}  # fmt: skip

    def leaks(self, address: str, text: str, lines: list[str]) -> list[tuple]:
        """(address, field, value) of what stands on a page and should not."""
        found = [(address, why, word) for word, why in self.strong.items() if word in text]
        for person, words in self.weak.items():
            own_page = isinstance(person, Member) and re.search(
                rf"/dang-vien/{person.pk}/(ho-so/)?$", address.split("?")[0]
            )
            places = [text] if own_page else [line for line in lines if person.full_name in line]
            found += [(address, why, word) for word, why in words.items() for place in places if _has(place, word)]
        return found


def _has(place: str, word: str) -> bool:
    return re.search(rf"(?<![\w/]){re.escape(word)}(?![\w/])", place) is not None


def plain(page: str) -> tuple[str, list[str]]:
    """The words of a page, and the same row by row; what a choice of a form offers is no statement about anybody."""
    page = re.sub(r"(?s)<(select|script|style).*?</\1>", " ", page)
    rows = re.split(r"(?i)</(?:tr|li|p|h1|h2|section|dl)>", page)
    lines = [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]
    return " ".join(lines), lines


def walk(client, seeds, most=8, whole=500):
    """(address, page) of every kind of page reached by links, at most `most` of one kind."""
    waiting, seen, kinds = list(seeds), set(), {}
    while waiting and len(seen) < whole:
        address = waiting.pop(0)
        kind = re.sub(r"\d+", "0", address.split("?")[0])
        if address in seen or (kinds.get(kind, 0) >= most and address not in seeds):
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = answer.content.decode()
        yield address, page
        waiting += [html.unescape(link) for link in re.findall(r'href="(/(?!static|media|tai-khoan)[^"#]*)', page)]


def leaks_of(user, client, *, people=(), most=8, whole=500) -> tuple[list, int]:
    """What a user is told and should not be, with the number of pages looked at."""
    hidden, found, pages = Hidden(user), [], 0
    seeds = [*SEEDS, *(f"/to-chuc/dang-vien/{one.pk}/" for one in people), *(f"/tim/?q={one.full_name}" for one in people)]  # fmt: skip
    seeds += [f"/to-chuc/bang/?bang={code}" for code in TABLES]
    for address, page in walk(client, seeds, most, whole):
        pages += 1
        found += hidden.leaks(address, *plain(page))
    return found, pages
