"""Background entry points: fetch, call a service."""

import datetime as dt

from celery import current_app, shared_task

from chibo import kept
from chibo.models import Twin
from chibo.services.faces import settle
from chibo.services.retention import clear_what_is_over
from kyanh_portal.base.calendar import today


@shared_task(name="chibo.settle")
def settle_today() -> int:
    """Carry out what was entered ahead and is due today; a second run finds nothing."""
    return settle(today())


@shared_task(name="chibo.retention")
def retention() -> None:
    """Each night: what was kept for a time only goes; a second run finds nothing."""
    clear_what_is_over()


@shared_task(name="chibo.count_tables")
def count_tables(unit: int, year: int, day: str) -> None:
    """Count the tables of a large unit that somebody waits for."""
    kept.count_waiting(unit, year, dt.date.fromisoformat(day))


@shared_task(name="chibo.count_relay")
def count_relay() -> None:
    """Wake workers for tables that wait in the database."""
    for unit, year, day in kept.waiting_for_relay():
        current_app.send_task("chibo.count_tables", args=[unit, year, day.isoformat()])


@shared_task(name="chibo.count_ahead")
def count_ahead() -> None:
    """Soon after midnight: the tables that were looked at lately, for the new day; who is written twice, among all."""
    kept.renew()
    Twin.objects.refresh()
