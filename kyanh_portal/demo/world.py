"""The demo world: each app adds a stage; the stages run in order, with one seed, through the product's services."""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection

SEED = 18122020
PASSWORD = "Xem-thu-2020!"  # noqa: S105 - told to everybody who tries the demo


@dataclass
class World:
    """What the stages hand on to each other."""

    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - a story, not a secret
    things: dict = field(default_factory=dict)

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


_stages: list[tuple[int, str, Callable]] = []
_benchmarks: list[tuple[str, Callable[[], float | Measured | list[Measured]]]] = []
_accounts: list[tuple[str, str, str]] = []


def add_stage(order: int, label: str, build: Callable[[World], None]) -> None:
    """Register a stage; `label` is what the loader says while it runs."""
    if all(known != build for _, _, known in _stages):
        _stages.append((order, label, build))


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
