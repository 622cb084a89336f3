"""The kinds of papers of this app: one file each; `annexes`, `tasks`, `score_table`, `ballot_sentences`, `workshop_minutes` say parts of the minutes."""

from hoithao.documents import (
    annexes,
    ballot_sentences,
    ballots,
    extract,
    invitation,
    minutes,
    score_table,
    tasks,
    workshop_minutes,
    workshop_papers,
)  # fmt: skip

__all__ = [
    "annexes", "ballot_sentences", "ballots", "extract", "invitation", "minutes", "score_table", "tasks", "workshop_minutes", "workshop_papers",
]  # fmt: skip
