"""The observers' score of a model meeting: by the frame of its day, beside the cell's own score and never over it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from hoithao.choices import Status
from hoithao.frames import frame_for
from hoithao.models import Criterion, ObserverScore
from hoithao.scoring import Mark, keys_full, level_of, most_of, shown, total_of
from hoithao.services.frames import leaves_of
from hoithao.services.rounds import require_model
from hoithao.services.scores import is_scored, lines_of, proposals, read_points, result_words, score_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line


def asked_of(meeting) -> list:
    """(criterion, what the data say) of every criterion the observers score; what does not count this time is left out."""
    return [(one, said) for one, said in proposals(meeting, frame_for(meeting)) if said.counts]


@transaction.atomic
def score_as_observers(meeting, points: dict, *, by, remark="", is_synthetic=False) -> ObserverScore:
    """Keep what the working group gives: {criterion id: points}, every one that counts. Given again it is corrected.

    Raises RuleBroken where the meeting is not a model meeting that has begun, points leave their bounds or are missing.
    """
    require_model(meeting)
    if not is_scored(meeting):
        raise RuleBroken("Chỉ chấm điểm buổi sinh hoạt thường kỳ và chuyên đề của chi bộ.")
    if meeting.status not in (Status.OPEN, Status.CLOSED):
        raise RuleBroken("Buổi này chưa họp. Họp rồi đoàn dự mới chấm điểm.")
    frame, given, marks = frame_for(meeting), {}, []
    for criterion, said in proposals(meeting, frame):
        value = read_points(criterion, points.get(criterion.pk, "")) if said.counts else None
        if said.counts and value is None:
            raise RuleBroken(f"{criterion.code}: đoàn dự chưa chấm mục này.", field=f"points_{criterion.pk}")
        if value is not None:
            given[criterion.code] = f"{value.normalize():f}"
        marks.append(Mark(criterion.code, criterion.name, criterion.most, value, said.counts, criterion.is_key))
    total = total_of(marks, frame.uncounted)
    row, _ = ObserverScore.objects.update_or_create(
        meeting=meeting,
        defaults={
            "frame": frame, "points": given, "total": total, "remark": clean_line(remark)[:500], "given_by": by,
            "most": Decimal(100) if frame.uncounted == "scale" else most_of(marks, frame.uncounted),
            "level": level_of(total, frame.cuts, keys_full(marks)), "is_synthetic": is_synthetic,
        },
    )  # fmt: skip
    record("round.scored", meeting, by=by, total=str(total))
    return row


def observer_words(meeting) -> str:
    """The observers' score of a meeting in words; empty where there is none."""
    row = _of(meeting) if meeting.is_model else None
    return result_words(row) if row else ""


@dataclass(frozen=True)
class Beside:
    """One criterion with both points, in words; `differs` where both are there and are not the same."""

    criterion: Criterion
    own: str
    seen: str
    differs: bool


def side_by_side(meeting) -> dict:
    """Both scores of a model meeting, criterion by criterion; empty where nobody scored it."""
    score, seen = score_of(meeting), _of(meeting)
    if score is None and seen is None:
        return {}
    frame = score.frame if score else seen.frame
    own = {line.criterion_id: line for line in lines_of(score)} if score else {}
    same_frame = seen is not None and seen.frame_id == frame.pk
    rows = []
    for one in leaves_of(frame.criteria.select_related("frame")):
        line, given = own.get(one.pk), seen.points.get(one.code) if same_frame else None
        cell = line.points if line and line.counts else None
        theirs = Decimal(given) if given is not None else None
        differs = cell is not None and theirs is not None and cell != theirs
        rows.append(Beside(one, _said(one, cell), _said(one, theirs), differs))
    return {
        "rows": rows, "frame": frame, "own": result_words(score) if score else "", "seen": result_words(seen) if seen else "",
        "remark": seen.remark if seen else "", "differing": sum(1 for row in rows if row.differs),
    }  # fmt: skip


def _of(meeting) -> ObserverScore | None:
    return ObserverScore.objects.select_related("frame").filter(meeting=meeting).first()


def _said(criterion, points) -> str:
    if points is None:
        return ""
    if not criterion.frame.has_points and criterion.is_yes_no:
        return "Đạt" if points else "Chưa đạt"
    return f"{shown(points)}/{shown(criterion.most)}"
