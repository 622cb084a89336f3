"""The kinds of papers of this app: one file each."""

from nghiquyet.documents import outgoing, resolution

__all__ = ["outgoing", "resolution"]
