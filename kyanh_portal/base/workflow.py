"""Which state may follow which, as data."""

from kyanh_portal.base.errors import RuleBroken


class Workflow:
    """Allowed moves between states: `{from: {to, …}}`.

    >>> Workflow({"draft": {"adopted"}}).allows("draft", "adopted")
    True
    """

    def __init__(self, moves: dict[str, set[str]]):
        self.moves = {source: frozenset(targets) for source, targets in moves.items()}

    def allows(self, source: str, target: str) -> bool:
        return target in self.moves.get(source, ())

    def require(self, source: str, target: str, message: str) -> None:
        """Raise RuleBroken(message) where the move is not foreseen."""
        if not self.allows(source, target):
            raise RuleBroken(message)
