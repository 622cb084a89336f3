"""The reports of this app: one file each."""

from hoithao.reports import batch, meetings_summary

__all__ = ["batch", "meetings_summary"]
