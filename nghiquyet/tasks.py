"""What happens by itself each day: reports of ended periods open, duties nobody objected to count as received."""

from celery import shared_task

from nghiquyet.services.duties import receive_by_silence
from nghiquyet.services.progress import open_everything


@shared_task(name="nghiquyet.daily")
def daily() -> None:
    """Safe to run twice."""
    receive_by_silence()
    open_everything()
