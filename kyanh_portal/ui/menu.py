"""The main menu: at most six entries for a role, the same words everywhere (design.md 5)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from kyanh_portal.access.rules import verdict
from kyanh_portal.base.registry import Registry


@dataclass(frozen=True)
class MenuEntry:
    """One entry. `order` decides the place; `access` whether it is shown; `roles` (empty = all) for whom."""

    name: str
    label: str
    route: str
    icon: str
    order: int
    access: str
    roles: frozenset[str] = frozenset()
    section: str = ""
    label_for: Callable | None = None


entries: Registry[MenuEntry] = Registry("menu entry")


def add_entry(name, label, route, icon, order, access, roles=(), section="", label_for=None):
    """Plug in an entry. `section` is the start of the addresses that count as "you are here"."""
    entries.add(name, MenuEntry(name, label, route, icon, order, access, frozenset(roles), section, label_for))


def menu_for(request) -> list[dict]:
    """The entries of this user, in order, with the current one marked."""
    from kyanh_portal.access.scope import scope_of

    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    role = scope_of(user).role_name
    shown, here = [], None
    for entry in sorted(entries, key=lambda e: e.order):
        if entry.roles and role not in entry.roles:
            continue
        if verdict(entry.access, user) is not True:
            continue
        url = reverse(entry.route)
        label = entry.label_for(role) if entry.label_for else entry.label
        item = {"name": entry.name, "label": label, "url": url, "icon": entry.icon, "is_here": False}
        start = entry.section or url
        if request.path == url or (start != "/" and request.path.startswith(start)):
            if here is None or len(start) > len(here[1]):
                here = (item, start)
        shown.append(item)
    if here:
        here[0]["is_here"] = True
    return shown[:6]
