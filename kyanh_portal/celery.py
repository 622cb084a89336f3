"""The Celery app and its timetable. Messages only wake workers: what is to be done stands in the database."""

import os

from celery import Celery

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
    },
)
app.autodiscover_tasks(["kyanh_portal.reports"])
