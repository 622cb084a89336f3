"""The kinds of papers of this app: one file each."""

from hoithao.documents import minutes

__all__ = ["minutes"]
