"""Background entry points: fetch, call a service."""

from celery import shared_task

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
