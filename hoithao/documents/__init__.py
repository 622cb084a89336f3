"""The kinds of papers of this app: one file each; `tasks` and `score_table` say tables of the minutes."""

from hoithao.documents import minutes, score_table, tasks, workshop_papers

__all__ = ["minutes", "score_table", "tasks", "workshop_papers"]
