"""The kinds of papers of this app: one file each; `tasks`, `score_table`, `ballot_sentences` say parts of the minutes."""

from hoithao.documents import ballot_sentences, ballots, minutes, score_table, tasks, workshop_papers

__all__ = ["ballot_sentences", "ballots", "minutes", "score_table", "tasks", "workshop_papers"]
