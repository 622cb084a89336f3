"""Start work once the transaction is committed, and never let a silent broker hurt the page."""

import logging

from django.db import transaction

log = logging.getLogger("kyanh.background")


def later(task: str, *args) -> None:
    """Send `task` with primary keys after commit.

    The message only wakes a worker sooner: what must be done stands in the database and the relay finds it,
    so a broker that is down costs seconds, not work.
    """
    transaction.on_commit(lambda: _send(task, args))


def _send(task: str, args: tuple) -> None:
    from celery import current_app

    try:
        current_app.send_task(task, args=args, retry=False)
    except Exception:  # noqa: BLE001 - any broker failure means the same: the relay will pick it up
        log.warning("broker did not take %s; the relay will", task)
