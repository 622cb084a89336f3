"""The kinds of papers of this app: one file each."""

from nghiquyet.documents import resolution

__all__ = ["resolution"]
