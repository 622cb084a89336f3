"""Rows of the two tables of 6.4, biểu chỉ tiêu and biểu nhiệm vụ, as plain values: shown, exported, frozen."""

import datetime as dt
from decimal import Decimal

from kyanh_portal.base.calendar import vn_date
from kyanh_portal.parameters.parameter import values_on
from nghiquyet.choices import Direction, Measure, Outcome, ReviewSort, TimeLogic
from nghiquyet.figures.judging import goal_words, number
from nghiquyet.figures.lights import standing_of
from nghiquyet.figures.living import PARAMETERS
from nghiquyet.figures.periods import period_name
from nghiquyet.figures.reviews import actual_of, outcome_for, told_by
from nghiquyet.figures.targets import follow
from nghiquyet.models import Duty, TargetSupport


def target_rows(resolution, user, day: dt.date, sort: str = ReviewSort.END) -> list[dict]:
    """One plain row a target, judged on `day`; numbers as strings so that they keep their precision."""
    targets = resolution.targets.visible_to(user).select_related("responsible", "clause", "serves", "resolution__organisation")  # fmt: skip
    targets = list(targets)
    followed = follow(targets, resolution.organisation, day, is_over=True)
    supports: dict[int, list[str]] = {}
    for row in TargetSupport.objects.filter(target__in=targets).select_related("resolution__document"):
        supports.setdefault(row.target_id, []).append(paper_name(row.resolution))
    return [_target_row(followed[t.pk], day, sort, supports.get(t.pk, [])) for t in targets]


def paper_name(resolution) -> str:
    """02-NQ/ThU ngày 03/02/2021; a draft by its title."""
    paper = resolution.document
    return f"{paper.number_line[3:]} ngày {vn_date(paper.dated)}" if paper else resolution.title


def _target_row(followed, day, sort, supports) -> dict:
    target = followed.target
    unit = "%" if target.measure == Measure.RATE else target.unit
    outcome = outcome_for(followed, sort, day)
    known = told_by(followed, sort, day, outcome)
    newest = known[-1] if known else None
    year = newest.period.year if newest else min(day.year, target.last_year)
    value = newest.value(target.measure) if newest else None
    total = actual_of(followed, known) if target.time_logic in (TimeLogic.CUMULATIVE, TimeLogic.AVERAGE) else None
    yearly = followed.goals.get(year)
    final = followed.goals.get(None) or followed.goals.get(target.last_year)
    before = next((s for s in known if newest and s.period == newest.period.replace(year=newest.period.year - 1)), None)
    past = before.value(target.measure) if before else None
    goal = yearly or final
    ratio, reached = None, value if total is None else total  # a sum over the term is set against its goal as a sum
    if reached is not None and goal and goal.low and target.direction == Direction.HIGHER:
        ratio = Decimal(reached) * 100 / goal.low
    return {
        "id": target.pk, "code": target.code, "text": target.text, "unit": unit, "source": target.source or target.get_feed_display(),
        "direction": target.direction, "time_logic": target.time_logic, "measure": target.measure, "last_year": target.last_year,
        "baseline": _plain(target.baseline), "final": goal_words(final, unit) if target.measure != Measure.MILESTONE else f"Mốc năm {target.last_year}",
        "yearly": goal_words(yearly, unit) if yearly else "", "period": period_name(newest.period, target.cycle) if newest else "",
        "value": _plain(value), "numerator": _plain(newest.numerator) if newest else "", "denominator": _plain(newest.denominator) if newest else "",
        "coverage": newest.coverage if newest else "", "override_why": newest.override_why if newest else "", "total": _plain(total),
        "ratio": _plain(ratio), "same_before": _plain(Decimal(value) * 100 / past if past and value is not None else None),
        "outcome": Outcome(outcome).value, "word": Outcome(outcome).label, "responsible": target.responsible.label,
        "why": target.dropped_why or target.forecast_why, "forecast": target.get_forecast_display() if target.forecast else "",
        "achieved": f"{vn_date(target.achieved_on)}: {target.proof}" if target.achieved_on else "", "places": target.places,
        "serves": target.serves.text if target.serves_id else "", "supports": supports, "is_synthetic": target.is_synthetic,
        "strip": [
            [period_name(s.period, target.cycle), _plain(s.value(target.measure)), _plain(s.numerator), _plain(s.denominator), s.assessed, s.not_assessed, s.due, str(o)]
            for s, o in followed.strip
        ],
    }  # fmt: skip


def _plain(value) -> str:
    return "" if value is None else str(Decimal(value).quantize(Decimal("0.0001")).normalize().__format__("f"))


def shown(text: str, places: int = 1, unit: str = "") -> str:
    """A kept number as the screen writes it: 1.234,5."""
    return number(round(Decimal(text), places), unit) if text else ""


def duty_rows(resolution, user, day: dt.date) -> list[dict]:
    """One plain row a duty with the columns of the biểu theo dõi: six clarities, both terms, standing, proof."""
    settings = values_on(PARAMETERS, day, resolution.organisation.path)
    duties = Duty.objects.visible_to(user).filter(resolution=resolution).select_related("lead", "clause")
    duties = duties.prefetch_related("helpers", "steps__file", "obstacles__decider").order_by(
        "clause__order", "due_on", "id"
    )
    return [_duty_row(d, standing_of(d, day, settings["duty.soon_days"], settings["duty.lag_points"])) for d in duties]


def _duty_row(duty, standing) -> dict:
    steps = list(duty.steps.all())
    noted = next((step.note for step in reversed(steps) if step.note), "")
    waits = [o for o in duty.obstacles.all() if not o.answered_on]
    return {
        "id": duty.pk, "title": duty.title, "clause": str(duty.clause) if duty.clause_id else "", "lead": duty.lead.label,
        "helpers": ", ".join(o.label for o in duty.helpers.all()), "leader": duty.leader, "starts": _day(duty.starts_on),
        "first_due": _day(duty.first_due_on), "due": _day(duty.due_on), "moved": duty.moved,
        "cycle": duty.get_cycle_display() if duty.cycle else "", "product": duty.product, "percent": duty.percent, "result": noted,
        "obstacle": "; ".join(o.text for o in waits), "proposal": "; ".join(f"{o.proposal} ({o.decider.label})" for o in waits if o.proposal),
        "light": str(standing.light), "words": standing.words, "days": standing.days,
        "proof": "; ".join(step.file.name for step in steps if step.file_id), "is_synthetic": duty.is_synthetic,
    }  # fmt: skip


def _day(day) -> str:
    return vn_date(day) if day else ""
