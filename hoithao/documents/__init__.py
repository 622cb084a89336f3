"""The kinds of papers of this app: one file each; `tasks` says the tables of tasks in the minutes."""

from hoithao.documents import minutes, tasks

__all__ = ["minutes", "tasks"]
