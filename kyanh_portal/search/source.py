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


sources: Registry[Source] = Registry("search source")


def add_source(name, label, model, *, icon, line=str, related=(), order=()) -> None:
    """Register what the search looks through; results link to get_absolute_url()."""
    sources.add(name, Source(name, label, model, icon, line, list(related), list(order)))
