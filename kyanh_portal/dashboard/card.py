"""Front pages plug in here: each role's page is a builder that returns a template and its context."""

from collections.abc import Callable

from kyanh_portal.base.registry import Registry

pages: Registry[Callable] = Registry("front page")


def add_page(role: str, build: Callable) -> None:
    """`build(request)` returns (template name, context) for users whose shown role is `role`."""
    pages.add(role, build)
