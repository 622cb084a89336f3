"""What a higher app must pass on when an organisation ends or moves: it registers here, in its `handover` module."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from kyanh_portal.base.registry import Registry


@dataclass(frozen=True)
class Handover:
    """`told(organisation)` says in words what is open ("" for nothing); `pass_on(source, heir, day, by=…)` gives it over.

    `moved(day)`: the tree changed from `day` on; what is summed by it is to be counted again.
    """

    code: str
    told: Callable
    pass_on: Callable
    moved: Callable


handovers: Registry[Handover] = Registry("handover")


def add_handover(code: str, told, pass_on, moved=lambda day: None) -> None:
    """Register what an app passes on."""
    handovers.add(code, Handover(code, told, pass_on, moved))


def all_told(organisation) -> list[str]:
    """Everything open at an organisation, in words."""
    return [line for one in handovers if (line := one.told(organisation))]


def pass_everything_on(source, heir, day: dt.date, *, by) -> None:
    for one in handovers:
        one.pass_on(source, heir, day, by=by)


def tell_moved(day: dt.date) -> None:
    for one in handovers:
        one.moved(day)
