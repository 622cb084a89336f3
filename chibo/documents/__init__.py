"""The kinds of papers of this app, one file each."""

from chibo.documents import transfer_letter

__all__ = ["transfer_letter"]
