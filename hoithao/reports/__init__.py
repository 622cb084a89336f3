"""The reports of this app: one file each."""

from hoithao.reports import batch, half_years, meetings_summary, monthly, proceedings, workshop_news, year_book

__all__ = ["batch", "half_years", "meetings_summary", "monthly", "proceedings", "workshop_news", "year_book"]
