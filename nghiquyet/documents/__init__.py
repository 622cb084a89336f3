"""The kinds of papers of this app: one file each."""

from nghiquyet.documents import evaluation, outgoing, resolution, supervision, tables

__all__ = ["evaluation", "outgoing", "resolution", "supervision", "tables"]
