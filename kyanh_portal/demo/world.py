"""The demo world: each app adds a stage; the stages run in order, with one seed, through the product's services."""

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

SEED = 18122020
STORY_DAY = dt.date(2020, 12, 21)  # the stages tell the world up to here; later days are chapters
PASSWORD = "Xem-thu-2020!"  # noqa: S105 - told to everybody who tries the demo


@dataclass
class World:
    """What the stages hand on to each other."""

    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - a story, not a secret
    things: dict = field(default_factory=dict)
    until: dt.date | None = None  # the day the world will stand at, when the story goes on after its stages

    def __getitem__(self, name):
        return self.things[name]

    def __setitem__(self, name, thing):
        self.things[name] = thing


@dataclass(frozen=True)
class Measured:
    """One line of the benchmark's table; `noise` is the ratio of a pair that should be 1.00."""

    name: str
    what: str
    value: float
    goal: float
    noise: float | None = None


@dataclass(frozen=True)
class Page:
    """A page that must not become slower with the data: asked as `user`, in `scales[0]` and in `scales[1]` districts.

    `rows`: so many a page on both sides, where the small world has fewer than a page holds; 0: as users see it.
    """

    name: str
    what: str
    user: str
    address: str
    scales: tuple[int, int] = (1, 12)
    goal: float = 1.2
    rows: int = 0


_pages: list[Page] = []
_row_limits: list[tuple[object, str]] = []
_background: list[Callable[[], None]] = []
_stages: list[tuple[int, str, Callable]] = []
_chapters: list[tuple[dt.date, int, str, Callable]] = []
_benchmarks: list[tuple[str, Callable[[], float | Measured | list[Measured]]]] = []
_accounts: list[tuple[str, str, str]] = []


def add_stage(order: int, label: str, build: Callable[[World], None]) -> None:
    """Register a stage; `label` is what the loader says while it runs."""
    if all(known != build for _, _, known in _stages):
        _stages.append((order, label, build))


def add_chapter(day: dt.date, order: int, label: str, build: Callable[[World], None]) -> None:
    """Register what the story tells on a later day; built only in a world that stands at that day or after it."""
    if all(known != build for *_, known in _chapters):
        _chapters.append((day, order, label, build))


def chapters(until: dt.date) -> list[tuple[dt.date, int, str, Callable]]:
    """The chapters of a world that stands at `until`, in the order of the story."""
    return sorted((row for row in _chapters if row[0] <= until), key=lambda row: row[:2])


@contextmanager
def standing_at(day: dt.date):
    """Let the portal judge by another day of the story while it is being told."""
    before, settings.PORTAL_TODAY = settings.PORTAL_TODAY, day
    try:
        yield
    finally:
        settings.PORTAL_TODAY = before


def settle() -> None:
    """Let the database count what came in: a new one believes its tables empty and reads them whole for each question."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def stages() -> list[tuple[int, str, Callable]]:
    return sorted(_stages, key=lambda stage: stage[0])


def tell_account(username: str, post: str, what: str) -> None:
    """An account to be printed for who tries the demo."""
    if (username, post, what) not in _accounts:
        _accounts.append((username, post, what))


def add_benchmark(name: str, measure: Callable[[], float | Measured | list[Measured]]) -> None:
    """Ratios that an app measures on the demo world (see the command bench, which words a bare number itself)."""
    _benchmarks.append((name, measure))


def add_pages(*pages: Page) -> None:
    """Pages that an app wants asked in a small and in a large province (see the command bench)."""
    _pages.extend(pages)


def pages() -> list[Page]:
    return list(_pages)


def add_row_limit(place, name: str) -> None:
    """Where a page that is no list of its own kind says how many rows it shows (Page.rows)."""
    _row_limits.append((place, name))


def row_limits() -> list[tuple[object, str]]:
    return list(_row_limits)


def add_background(work: Callable[[], None]) -> None:
    """What a worker does for pages once they were asked; the bench has no worker and calls it."""
    _background.append(work)


def background() -> list[Callable[[], None]]:
    return list(_background)


def benchmarks() -> list[tuple[str, Callable]]:
    return list(_benchmarks)


def accounts() -> list[tuple[str, str, str]]:
    return list(_accounts)


def seconds(work, rounds=5) -> float:
    """Median wall time of `rounds` runs, after one to warm up."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
