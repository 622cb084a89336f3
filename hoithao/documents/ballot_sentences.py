"""What the minutes of a meeting say of its secret ballots."""

from hoithao.rules import percent
from hoithao.services.ballots import outcome


def sentences(meeting) -> list[str]:
    """What the minutes of the meeting say of its counted ballots; each is kept whole in its own counting minutes."""
    if not meeting.pk:
        return []
    said = []
    for ballot in meeting.ballots.select_related("decision").prefetch_related("lines"):
        if not ballot.is_counted:
            continue
        lines = list(ballot.lines.all())
        parts = [
            f"{line.text} {line.in_favour}/{ballot.base} phiếu ({percent(line.in_favour, ballot.base)}), {result}"
            for line, result in zip(lines, outcome(ballot, lines), strict=True)
        ]
        said.append(
            f"Bỏ phiếu kín, {ballot.subject}: phát ra {ballot.issued}, thu về {ballot.returned}, hợp lệ {ballot.valid}; {'; '.join(parts)}"
            " (có biên bản kiểm phiếu kèm theo)."
        )
    return said
