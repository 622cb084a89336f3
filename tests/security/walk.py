"""Walks the portal as a visitor would: follows links, collects every form with the values a browser would send."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

DOWNLOADS = ("/pdf/", "/docx/", "/tep/", ".pdf", ".docx")


@dataclass
class FormSeen:
    """A form of a page: where it goes, and each field with the value it would send and the values it offers."""

    page: str
    action: str
    method: str
    values: dict = field(default_factory=dict)
    offers: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)

    @property
    def key(self):
        names = sorted({re.sub(r"\d+", "N", name) for name in self.kinds})
        return view_name(self.action), self.method, tuple(names)


class PageReader(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.page, self.links, self.forms = page, [], []
        self.form = self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "a" and a.get("href"):
            self.links.append(urljoin(self.page, a["href"]))
        elif tag == "form":
            action = urljoin(self.page, a.get("action") or self.page)
            self.form = FormSeen(self.page, action, (a.get("method") or "get").lower())
            self.forms.append(self.form)
        elif self.form is not None and a.get("name") and tag in ("input", "button", "textarea", "select"):
            self.take(tag, a)
        elif tag == "option" and self.select:
            offers = self.form.offers.setdefault(self.select, [])
            offers.append(a.get("value", ""))
            if "selected" in a:
                self.form.values[self.select] = a.get("value", "")

    def take(self, tag, a):
        name, kind = a["name"], a.get("type", tag)
        self.form.kinds[name] = kind
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.textarea = name
            self.form.values[name] = ""
        elif kind in ("checkbox", "radio"):
            self.form.offers.setdefault(name, []).append(a.get("value", "on"))
            if "checked" in a:
                self.form.values[name] = a.get("value", "on")
        elif kind not in ("submit", "button", "file") and tag != "button":
            self.form.values[name] = a.get("value", "")

    def handle_data(self, data):
        if self.textarea:
            self.form.values[self.textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None


def view_name(address):
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return address


def valid_body(form) -> dict:
    """What a person who fills everything in would send."""
    body = {name: value for name, value in form.values.items() if name != "csrfmiddlewaretoken"}
    for name, kind in form.kinds.items():
        offers = [value for value in form.offers.get(name, []) if value]
        if offers and not body.get(name):
            body[name] = offers[0]
        elif not body.get(name) and kind in ("text", "textarea", "search"):
            body[name] = "Chữ gõ thử"
        elif not body.get(name):
            fill = {"date": "2020-12-18", "time": "19:30", "number": "5"}.get(kind)
            if fill:
                body[name] = fill
    return body


class Walker:
    """One signed-in visitor; remembers what the server choked on."""

    def __init__(self, user=None):
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self.faults = []
        self.last = None
        got_request_exception.connect(self.note)

    def note(self, sender, request, **_):
        import sys

        self.last = sys.exc_info()[1]

    def ask(self, method, address, data=None, undone=True, **extra):
        """One request; what it changed is taken back again."""
        self.last = None
        with transaction.atomic():
            answer = getattr(self.client, method)(address, data, **extra)
            if undone:
                transaction.set_rollback(True)
        if answer.status_code >= 500:
            shown = {k: str(v)[:60] for k, v in (data or {}).items()} if isinstance(data, dict) else str(data)[:200]
            self.faults.append((method, address[:160], answer.status_code, repr(self.last)[:300], shown))
        return answer

    def explore(self, start="/", most_of_a_view=2, most=400):
        """(pages, forms): addresses of each view at most twice, forms of each shape once."""
        seen, count, pages, forms, queue = set(), {}, [], {}, [start]
        while queue and len(pages) < most:
            address = queue.pop(0).split("#")[0]
            path = urlsplit(address).path
            name = view_name(address)
            if address in seen or "//" in path or not address.startswith("/") or "/ra/" in path:
                continue
            seen.add(address)
            if count.get(name, 0) >= most_of_a_view:
                continue
            count[name] = count.get(name, 0) + 1
            answer = self.ask("get", address)
            pages.append(address)
            if answer.status_code in (301, 302):
                queue.append(answer["Location"])
            if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
                continue
            reader = PageReader(address)
            reader.feed(answer.content.decode())
            queue += reader.links
            for form in reader.forms:
                forms.setdefault(form.key, form)
        return pages, list(forms.values())
