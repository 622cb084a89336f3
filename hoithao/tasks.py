"""Background entry points of this app: they may run twice unharmed."""

from celery import shared_task

from hoithao.services.next_meeting import propose_all
from kyanh_portal.base.calendar import today


@shared_task(name="hoithao.propose_meetings")
def propose_meetings() -> None:
    """By night: propose the next regular meetings, tell followers."""
    propose_all(today())
