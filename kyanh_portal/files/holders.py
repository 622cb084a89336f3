"""What a file hangs on. An app that keeps files registers who may read them."""

from collections.abc import Callable
from dataclasses import dataclass

from kyanh_portal.base.registry import Registry


@dataclass(frozen=True)
class Holder:
    """`rows(user)` are the files of this holder that the user may read (a queryset of StoredFile)."""

    code: str
    label: str
    rows: Callable


holders: Registry[Holder] = Registry("holder of files")


def add_holder(code: str, label: str, rows: Callable) -> Holder:
    """Register a holder: `rows(user)` → StoredFile queryset, already narrowed to what the user may read."""
    return holders.add(code, Holder(code, label, rows))
