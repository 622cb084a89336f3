"""What the child answers when a file is refused."""


class Refused(Exception):  # noqa: N818 - it is an answer, not an accident
    """The Vietnamese sentence shown to the person: what is wrong, what to do."""
