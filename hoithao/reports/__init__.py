"""The reports of this app: one file each."""

from hoithao.reports import batch, meetings_summary, proceedings, workshop_news

__all__ = ["batch", "meetings_summary", "proceedings", "workshop_news"]
