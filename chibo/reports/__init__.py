"""The reports of this app, one file each."""

from chibo.reports import badges, due_digest

__all__ = ["badges", "due_digest"]
