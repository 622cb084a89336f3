"""What a reader should ask about scores: those that never vary, those the data speak against, levels of a year."""

import datetime as dt

from hoithao.choices import ScoreState, Status
from hoithao.models import Score, ScoreLine, ScoreReview
from hoithao.models.meeting import began
from hoithao.scoring import shown
from hoithao.year_levels import Held
from kyanh_portal.parameters.parameter import value_on, values_for

SAME_IN_A_ROW = 4  # from this many equal totals on, the reader is asked to look
ADOPTED = [ScoreState.ADOPTED, ScoreState.SENT, ScoreState.CONFIRMED, ScoreState.ADJUSTED]


def adopted_scores(organisation_ids, year: int | None = None):
    """Scores that cells adopted, in locked minutes, in the order of the meetings."""
    rows = Score.objects.filter(
        meeting__organisation__in=organisation_ids, state__in=ADOPTED, meeting__status=Status.CLOSED
    )
    if year:
        rows = rows.filter(meeting__month__year=year)
    return rows.alias(began=began("meeting__")).select_related("meeting", "frame").order_by("began")


def equal_run(totals: list) -> int:
    """How many totals at the end of the list are the same."""
    run = 0
    for total in reversed(totals):
        if total is None or total != totals[-1]:
            break
        run += 1
    return run


def score_questions(organisation_id: int, before=None) -> list[str]:
    """Questions about a cell's scores, each a sentence with its numbers; empty when there is nothing to ask."""
    rows = adopted_scores([organisation_id])
    if before is not None:
        rows = rows.filter(began__lte=before)
    totals = list(rows.values_list("total", "frame__code"))[-24:]
    out = []
    run = equal_run(totals)
    if run >= SAME_IN_A_ROW:
        out.append(f"{run} buổi liền cùng {shown(totals[-1][0])} điểm. Hỏi chi bộ: các buổi có thật như nhau không?")
    return out


def contradictions(score) -> list[ScoreLine]:
    """Criteria given against what the data say."""
    return [x for x in score.lines.select_related("criterion").order_by("criterion__order") if x.is_contradicted]


def held_in_year(organisation_ids, year: int) -> dict[int, list[Held]]:
    """Scored regular meetings of a year by cell: the superior's word where it adjusted, else the cell's own. Two queries."""
    rows = list(adopted_scores(organisation_ids, year).filter(meeting__kind_is_regular=True, total__isnull=False))
    adjusted = {}
    for one in ScoreReview.objects.filter(score__in=[row.pk for row in rows]).order_by("pk"):
        adjusted[one.score_id] = one if one.is_adjusted and one.total is not None else None
    found: dict[int, list[Held]] = {}
    for row in rows:
        word = adjusted.get(row.pk) or row
        held = Held(word.level, word.total, row.most)
        found.setdefault(row.meeting.organisation_id, []).append(held)
    return found


def year_rule_of(year: int, path: str) -> str:
    """The rule of the year for a branch: the one in force on its last day."""
    return value_on("scores.year_rule", dt.date(year, 12, 31), path)


def year_rules_of(year: int, paths) -> dict[str, str]:
    """The same for many branches, in one query."""
    return values_for("scores.year_rule", dt.date(year, 12, 31), paths)
