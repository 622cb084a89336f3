"""The one way to plug things in: an app registers, the machine room asks."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one sort, in the order they were added.

    A name may be taken once: a second registration is a programming error and stops the start-up.
    """

    def __init__(self, what: str):
        self.what = what
        self._things: dict[str, T] = {}

    def add(self, name: str, thing: T) -> T:
        """Register `thing` under `name`; raises LookupError when the name is taken by another thing."""
        known = self._things.get(name)
        if known is not None and known is not thing:
            raise LookupError(f"{self.what}: the name {name!r} is registered twice")
        self._things[name] = thing
        return thing

    def get(self, name: str) -> T:
        """The thing called `name`; raises LookupError with the known names otherwise."""
        try:
            return self._things[name]
        except KeyError:
            known = ", ".join(sorted(self._things)) or "none"
            raise LookupError(f"{self.what}: no {name!r}; known: {known}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())

    def names(self) -> list[str]:
        return list(self._things)
