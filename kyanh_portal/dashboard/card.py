"""Front pages plug in here: each role's page is a builder that returns a template and its context."""

from collections.abc import Callable

from kyanh_portal.base.registry import Registry

pages: Registry[Callable] = Registry("front page")


def add_page(role: str, build: Callable) -> None:
    """`build(request)` returns (template name, context) for users whose shown role is `role`."""
    pages.add(role, build)


waiting: Registry[Callable] = Registry("list of things that wait")


def add_waiting(name: str, build: Callable) -> None:
    """`build(request, when)` returns what waits for a decision of this user: dicts title, kind, state, text, url, verb."""
    waiting.add(name, build)


def waiting_for(request, when: dict, only: str = "") -> list[dict]:
    """Everything that waits, in the order the apps were plugged in: the oldest duties first."""
    builders = [waiting.get(only)] if only else list(waiting)
    return [one for build in builders for one in build(request, when)]
