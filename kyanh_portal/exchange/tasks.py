"""Background entry points: take an id, look again at the row, may run twice unharmed."""

from celery import current_app, shared_task

from kyanh_portal.exchange import running


@shared_task(name="exchange.run")
def run(pk: int) -> None:
    running.run_import(pk)


@shared_task(name="exchange.relay")
def relay() -> None:
    """Wake workers for what waits in the database."""
    for pk in running.waiting_for_relay():
        current_app.send_task("exchange.run", args=[pk])


@shared_task(name="exchange.sweep")
def sweep() -> None:
    running.sweep()
