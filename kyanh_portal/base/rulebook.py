"""Rules have dates: each value is valid from a day, and names its source."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Rulebook:
    """Values in force over a period; the first match from the newest wins.

    code · valid_from · valid_to (last day, None = open) · source · values by name.
    """

    code: str
    valid_from: dt.date
    source: str
    values: dict[str, Any] = field(default_factory=dict)
    valid_to: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def in_force(books: list[Rulebook], day: dt.date) -> Rulebook:
    """The book for `day`; a day before the first book is judged by the oldest one."""
    ordered = sorted(books, key=lambda book: book.valid_from, reverse=True)
    return next((book for book in ordered if book.covers(day)), ordered[-1])
