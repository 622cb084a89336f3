"""What can be found: each app adds its sources. A model needs `search_key` (folded words) and `visible_to`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kyanh_portal.base.registry import Registry


@dataclass(frozen=True)
class Source:
    name: str
    label: str
    model: type
    icon: str
    line: Callable
    related: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    deferred: list[str] = field(default_factory=list)
    is_named: bool = False
    is_person: bool = False
    address: Callable = lambda row, asked: row.get_absolute_url()


sources: Registry[Source] = Registry("search source")


def add_source(
    name, label, model, *, icon, line=str, related=(), order=(), deferred=(), is_named=False, is_person=False, address=None
) -> None:  # fmt: skip
    """Register what the search looks through; results link to get_absolute_url(), or to `address(row, asked)`.

    `asked` is what stands in the address of the search page (a day to look at, for example).

    `deferred` names wide columns no line needs. Where `is_named`, names that begin with the words as typed come first
    (the model keeps a prefix index); where `is_person`, before them those whose given name, which stands last, it is.
    """
    more = {"address": address} if address else {}
    sources.add(
        name,
        Source(name, label, model, icon, line, list(related), list(order), list(deferred), is_named, is_person, **more),
    )
