"""Refusals in words a user can act on."""


class RuleBroken(Exception):
    """A rule of the field refuses an act.

    `message` is a Vietnamese sentence that says what is wrong and what to do; it is shown as it is.
    `field` names the form field it belongs to, if one; `missing` lists (sentence, address) pairs when
    several things are wanting, so that a page can link to each.
    """

    def __init__(self, message: str, *, field: str | None = None, missing: list[tuple[str, str]] | None = None):
        super().__init__(message)
        self.message = message
        self.field = field
        self.missing = missing or []


class Conflict(RuleBroken):
    """Somebody else changed the same thing first (409); `theirs` is the text now stored."""

    def __init__(self, message: str, *, theirs: str = "", field: str | None = None):
        super().__init__(message, field=field)
        self.theirs = theirs
