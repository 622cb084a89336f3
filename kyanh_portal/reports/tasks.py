"""Background entry points: take an id, look again at the row, may run twice unharmed."""

from celery import current_app, shared_task

from kyanh_portal.reports import running


@shared_task(name="reports.run")
def run(pk: int) -> None:
    running.serve(pk)


@shared_task(name="reports.relay")
def relay() -> None:
    """Wake workers for what waits in the database."""
    for pk in running.waiting_for_relay():
        current_app.send_task("reports.run", args=[pk])


@shared_task(name="reports.sweep")
def sweep() -> None:
    running.sweep()
