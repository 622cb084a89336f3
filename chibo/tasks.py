"""Background entry points: fetch, call a service."""

from celery import shared_task

from chibo.services.faces import settle
from kyanh_portal.base.calendar import today


@shared_task(name="chibo.settle")
def settle_today() -> int:
    """Carry out what was entered ahead and is due today; a second run finds nothing."""
    return settle(today())
