"""An importer: which columns a list has, what a row means, how it is written. A new one is one file in an app."""

from dataclasses import dataclass, field

from kyanh_portal.base.registry import Registry


@dataclass(frozen=True)
class InColumn:
    """A column of the list: `name` in the code, `label` as the head of the column, an `example` for the template."""

    name: str
    label: str
    help: str = ""
    required: bool = False
    example: str = ""
    width: int = 18


@dataclass(slots=True)
class Row:
    """One row on its way: cells as read, then what became of it.

    `values` go back to the importer when it writes, so they must be plain (JSON) and hold no open identity number.
    `differences` are (field, label, before, after) as people read them, the field "note" a word of caution; `problems` are (column label, sentence).
    """

    number: int
    cells: dict
    label: str = ""
    kind: str = ""
    target: int | None = None
    values: dict = field(default_factory=dict)
    differences: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    @property
    def is_noted(self) -> bool:
        """There is something to think about before it is written: a difference named "note"."""
        return any(name == "note" for name, *_ in self.differences)

    def wrong(self, column: str, sentence: str) -> None:
        self.problems.append([column, sentence])


class Importer:
    """Subclass in `<app>/importers/`."""

    code = ""
    title = ""
    access = "exchange.use"
    told = ""  # what a person should know before sending
    columns: list[InColumn] = []

    def begin(self, user, rows: list[Row], *, compare: bool) -> dict:
        """Look up once what all rows need."""
        return {}

    def judge(self, row: Row, known: dict) -> None:
        """Set label, target, values, differences and problems of one row. Never writes."""
        raise NotImplementedError  # pragma: no cover

    def missing(self, user, rows: list[Row], known: dict) -> list[Row]:
        """For a comparison: what the portal has within the same units and the list has not."""
        return []

    def address(self, target: int) -> str:
        """The page of the record a row is about; "" when it has none."""
        return ""

    def write(self, rows: list, *, by) -> dict[int, str]:
        """Write new and changed rows (`number`, `target`, `values`, `differences`) in one go.

        Returns {row number: sentence} for those no longer as previewed.
        """
        raise NotImplementedError  # pragma: no cover


importers: Registry[Importer] = Registry("importer")


def add_importer(importer: Importer) -> Importer:
    """Register an importer under its code."""
    return importers.add(importer.code, importer)
