"""The Celery app and its timetable. Messages only wake workers: what is to be done stands in the database."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import before_task_publish, setup_logging, task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kyanh_portal.settings")

app = Celery("kyanh_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=False,  # the lease of the run does the work
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=100,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"socket_timeout": 5, "socket_connect_timeout": 2, "max_retries": 1},
    task_time_limit=15 * 60,
    timezone="Asia/Ho_Chi_Minh",
    beat_schedule={
        "relay": {"task": "reports.relay", "schedule": 5.0, "options": {"expires": 5}},
        "sweep": {"task": "reports.sweep", "schedule": 3600.0, "options": {"expires": 600}},
        "exchange-relay": {"task": "exchange.relay", "schedule": 8.0, "options": {"expires": 8}},
        "exchange-sweep": {"task": "exchange.sweep", "schedule": 3600.0, "options": {"expires": 600}},
        "retention": {"task": "chibo.retention", "schedule": crontab(hour=3, minute=10), "options": {"expires": 3600}},
        "settle": {"task": "chibo.settle", "schedule": crontab(hour=0, minute=20), "options": {"expires": 3600}},
        "count-relay": {"task": "chibo.count_relay", "schedule": 10.0, "options": {"expires": 10}},
        "count-ahead": {
            "task": "chibo.count_ahead",
            "schedule": crontab(hour=0, minute=30),
            "options": {"expires": 3600},
        },
        "propose": {
            "task": "hoithao.propose_meetings",
            "schedule": crontab(hour=2, minute=15),
            "options": {"expires": 3600},
        },
        "resolutions": {
            "task": "nghiquyet.daily",
            "schedule": crontab(hour=5, minute=30),
            "options": {"expires": 3600},
        },
    },
)
app.autodiscover_tasks(["kyanh_portal.reports", "kyanh_portal.exchange", "chibo", "hoithao", "nghiquyet"])


@setup_logging.connect
def keep_our_logging(**_):
    """Workers write the same JSON lines as the web server."""
    import logging.config

    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@before_task_publish.connect
def carry_request_id(headers=None, **_):
    """The number of the request goes with what it started."""
    from kyanh_portal.base.logs import request_id

    headers["trail_id"] = request_id()


@task_prerun.connect
def take_request_id(task=None, **_):
    from kyanh_portal.base.logs import begin

    begin(getattr(task.request, "trail_id", "") or (task.request.headers or {}).get("trail_id", ""))
