"""The reports of this app, one file each; `tables` is their common shape."""

from chibo.reports import (
    badges,
    books,
    due_digest,
    dues,
    exports,
    handover_minutes,
    profile_table,
    register_facts,
    register_tables,
    tables,
)

__all__ = [
    "badges",
    "books",
    "due_digest",
    "dues",
    "exports",
    "handover_minutes",
    "profile_table",
    "register_facts",
    "register_tables",
    "tables",
]
