"""What is due: each app adds its sources; the page and the digest read them all."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kyanh_portal.base.registry import Registry

SOON_DAYS = 7


@dataclass(frozen=True)
class DueItem:
    """One thing to do: until when, what (`title`), where (`place`), why (`why`, with the rule), and the one next step."""

    due_on: dt.date
    title: str
    url: str
    place: str = ""
    why: str = ""
    step: str = "Mở"

    def days_left(self, day: dt.date) -> int:
        return (self.due_on - day).days

    def state(self, day: dt.date) -> str:
        """late · soon · doing: the look of the status chip."""
        left = self.days_left(day)
        return "late" if left < 0 else "soon" if left <= SOON_DAYS else "doing"

    def words(self, day: dt.date) -> str:
        """Quá hạn 4 ngày · Hôm nay · Còn 3 ngày."""
        left = self.days_left(day)
        if left < 0:
            return f"Quá hạn {-left} ngày"
        return "Hôm nay" if left == 0 else f"Còn {left} ngày"


@dataclass(frozen=True)
class DueSource:
    """`items(user, day)` yields what this user must act on, already within the user's scope, at most a few hundred."""

    code: str
    label: str
    items: Callable[..., Iterable[DueItem]]


sources: Registry[DueSource] = Registry("source of due things")


def add_source(code: str, label: str, items: Callable) -> DueSource:
    """Register a source: `items(user, day)` → DueItem rows, judged on `day`."""
    return sources.add(code, DueSource(code, label, items))


def due_for(user, day: dt.date, only: str = "") -> list[tuple[DueSource, DueItem]]:
    """Everything due for a user, the most urgent first."""
    found = [
        (source, item) for source in sources if not only or source.code == only for item in source.items(user, day)
    ]
    return sorted(found, key=lambda pair: (pair[1].due_on, pair[1].title))
