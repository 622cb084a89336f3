"""Who and from where, for the current request or job."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Circumstances:
    user: object = None
    address: str | None = None
    request_id: str = ""


_current: ContextVar[Circumstances] = ContextVar("circumstances", default=Circumstances())


def current() -> Circumstances:
    return _current.get()


@contextmanager
def under(circumstances: Circumstances):
    """Record what happens inside under these circumstances."""
    token = _current.set(circumstances)
    try:
        yield
    finally:
        _current.reset(token)
