"""Whose data: asked here by the machine room, answered by the app that knows the roles.

The provider (chibo.scope) is plugged in at start-up; until then nobody covers anything.
"""

from collections.abc import Callable
from typing import Protocol

from django.db.models import Q


class Scope(Protocol):
    """What a user answers for today."""

    needs_second_factor: bool
    role_name: str
    own_cell_paths: list[str]

    def covers(self, lookup: str) -> Q:
        """Rows whose path (`lookup`, e.g. "organisation__path") lies in a branch this user answers for."""

    def reaches(self, path: str) -> bool:
        """Whether one path lies in such a branch."""

    def holds(self, *roles: str, path: str | None = None) -> bool:
        """Whether one of the roles is held (over `path`, when given)."""


_provider: Callable | None = None


def provide_scope(provider: Callable) -> None:
    """Plug in the function user → Scope."""
    global _provider
    _provider = provider


def scope_of(user) -> Scope:
    """The user's scope, worked out once for each user object."""
    if _provider is None:
        raise RuntimeError("no app has provided the scope of users")
    scope = getattr(user, "_scope", None)
    if scope is None:
        scope = _provider(user)
        user._scope = scope
    return scope
