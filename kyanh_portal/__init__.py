"""The machine room: it knows no cell, no meeting and no resolution."""

from kyanh_portal.celery import app as celery_app

__all__ = ["celery_app"]
