"""A higher app shows something on a lower app's page: it plugs a panel into a named slot."""

from collections import defaultdict
from collections.abc import Callable

_panels: dict[str, list[tuple[int, Callable]]] = defaultdict(list)


def add_panel(slot: str, order: int, panel: Callable) -> None:
    """`panel(request, target)` returns (template name, context) or None to stay away."""
    if (order, panel) not in _panels[slot]:
        _panels[slot].append((order, panel))
        _panels[slot].sort(key=lambda pair: pair[0])


def panels_for(slot: str, request, target) -> list[tuple[str, dict]]:
    """What the higher apps show in this slot about `target`."""
    answers = (panel(request, target) for _, panel in _panels[slot])
    return [answer for answer in answers if answer]
