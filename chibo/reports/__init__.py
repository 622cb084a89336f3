"""The reports of this app, one file each."""

from chibo.reports import badges, due_digest, exports

__all__ = ["badges", "due_digest", "exports"]
