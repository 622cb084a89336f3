"""Set targets and their goals; keep figures, overrides and quotes."""

from django.db import transaction

from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from nghiquyet.choices import Comparator, FigureSort, Measure, Outcome
from nghiquyet.figures.periods import period_end, period_name, period_of
from nghiquyet.figures.targets import follow
from nghiquyet.models import Goal, Target, TargetFigure
from nghiquyet.services.rollup import lock_sums, shift_figure

JUDGED = (
    "Chỉ tiêu đã có số liệu hoặc đã đánh giá nên không đổi cách tính. Cần khác thì ghi thôi đánh giá, đặt chỉ tiêu mới."
)
NOT_ISSUED = "Nghị quyết chưa ban hành nên chưa giao chỉ tiêu, nhiệm vụ được. Ban hành rồi giao."


def require_issued(resolution) -> None:
    """Targets and duties hang on issued text only: its clauses no longer change."""
    if resolution.document_id is None:
        raise RuleBroken(NOT_ISSUED)


def _check_facets(first_year, last_year, facets) -> None:
    if last_year < first_year:
        raise RuleBroken(f"Năm cuối {last_year} trước năm đầu {first_year}. Ghi lại.", field="last_year")
    measure = facets.get("measure", Measure.RATE)
    if measure == Measure.RATE and not facets.get("feed") and not (facets.get("numerator_is") and facets.get("denominator_is")):  # fmt: skip
        raise RuleBroken("Tỷ lệ phải nói rõ tử số là gì, mẫu số là gì.", field="numerator_is")


@transaction.atomic
def set_target(
    *, by, resolution, text, responsible, first_year, last_year, goal=None, cell_types=(), **facets
) -> Target:
    """A new target of an issued resolution; `goal` = (comparator, low, high) of its end, when the text names one."""
    require_issued(resolution)
    text = clean_line(text)
    if not text:
        raise RuleBroken("Ghi lời văn chỉ tiêu, đúng như trong nghị quyết.", field="text")
    _check_facets(first_year, last_year, facets)
    target = Target.objects.create(
        resolution=resolution, text=text, responsible=responsible, first_year=first_year, last_year=last_year, **facets
    )
    target.cell_types.set(cell_types)
    if goal and goal[1] is not None:
        set_goal(target, by=by, comparator=goal[0], low=goal[1], high=goal[2])
    record("target.set", target, by=by, path=resolution.path)
    return target


def is_judged(target) -> bool:
    """Whether figures or a judgement hang on the facets already: then they no longer change."""
    if target.achieved_on or target.dropped_why or target.figures.exists():
        return True
    strip = follow([target], target.resolution.organisation, today())[target.pk].strip
    return any(outcome in (Outcome.OVER, Outcome.MET, Outcome.MISSED) for _, outcome in strip)


@transaction.atomic
def edit_target(target, *, by, text, first_year, last_year, cell_types=(), **facets) -> Target:
    """Change the facets of a target nobody has judged yet; afterwards a figure would mean something else."""
    target = Target.objects.select_for_update(of=("self",)).select_related("resolution__organisation").get(pk=target.pk)
    if is_judged(target):
        raise RuleBroken(JUDGED)
    if not clean_line(text):
        raise RuleBroken("Ghi lời văn chỉ tiêu, đúng như trong nghị quyết.", field="text")
    _check_facets(first_year, last_year, facets)
    outside = target.goals.exclude(year__isnull=True).exclude(year__gte=first_year, year__lte=last_year).first()
    if outside:
        raise RuleBroken(f"Đã có mức của năm {outside.year}. Giữ năm ấy trong giai đoạn.", field="last_year")
    for name, value in {"text": clean_line(text), "first_year": first_year, "last_year": last_year, **facets}.items():
        setattr(target, name, value)
    target.save()
    target.cell_types.set(cell_types)
    record("target.edited", target, by=by, path=target.path, fields=sorted(facets))
    return target


@transaction.atomic
def set_goal(target, *, by, comparator, low, high=None, year=None, basis="own", is_judged=True) -> Goal:
    """The goal of a year (or of the end). A second plan for the same figure stays beside; one of them is judged."""
    if low is None:
        raise RuleBroken("Ghi mức phấn đấu.", field="low")
    if comparator == Comparator.RANGE and (high is None or high < low):
        raise RuleBroken("Trong khoảng: ghi cả hai mức, mức sau lớn hơn.", field="high")
    if year is not None and not target.first_year <= year <= target.last_year:
        raise RuleBroken(f"Năm {year} ngoài giai đoạn {target.first_year} – {target.last_year}.", field="year")
    if is_judged:
        target.goals.filter(year=year, is_judged=True).update(is_judged=False)
    same = target.goals.filter(year=year, basis=basis)
    if same.exists():
        goal = same.get()
        goal.comparator, goal.low, goal.high, goal.is_judged = comparator, low, high, is_judged
        goal.save()
    else:
        goal = Goal.objects.create(target=target, year=year, basis=basis, comparator=comparator, low=low, high=high, is_judged=is_judged)  # fmt: skip
    record("target.goal_set", target, by=by, path=target.path, year=year, basis=basis)
    return goal


@transaction.atomic
def record_figure(
    target, *, by, organisation, day, numerator=None, denominator=None, is_assessed=True, reason="", line=None
) -> TargetFigure:  # fmt: skip
    """One unit's figure of the period of `day`; it belongs to the organisation valid then (5.3.5)."""
    period = period_of(day, target.cycle)
    _check_place(target, organisation, period)
    _check_parts(target, numerator, denominator, is_assessed, reason)
    lock_sums(target.resolution)
    place = {"target": target, "organisation": organisation, "period": period, "sort": FigureSort.REPORTED}
    before = TargetFigure.objects.filter(**place).first()
    figure, _ = TargetFigure.objects.update_or_create(
        **place,
        defaults={
            "numerator": numerator if is_assessed else None, "denominator": denominator if is_assessed else None,
            "is_assessed": is_assessed, "reason": clean_line(reason), "line": line, "by": by,
        },
    )  # fmt: skip
    shift_figure(target, period, organisation, before, figure)
    record("target.figure_kept", target, by=by, path=organisation.path, organisation=organisation.pk, period=period.isoformat())  # fmt: skip
    return figure


def take_out(target, organisation, period) -> None:
    """The figure of a returned or replaced report leaves the roll-up at once; the report keeps what was written."""
    lock_sums(target.resolution)
    rows = TargetFigure.objects.filter(target=target, organisation=organisation, period=period, sort=FigureSort.REPORTED)  # fmt: skip
    if (before := rows.first()) is not None:
        rows.delete()
        shift_figure(target, period, organisation, before)


def _check_place(target, organisation, period) -> None:
    if target.feed:
        raise RuleBroken(
            "Chỉ tiêu này cổng tự tính từ biên bản đã khóa, không nhập tay. Cần sửa thì ghi số điều chỉnh."
        )
    if not organisation.path.startswith(target.path):
        raise RuleBroken(f"{organisation.label} không thuộc cơ quan ban hành nghị quyết.", field="organisation")
    last = period_end(period, target.cycle)
    gone = organisation.valid_to and organisation.valid_to < period
    new = organisation.valid_from and organisation.valid_from > last
    if gone or new:
        since = f"thôi hoạt động sau ngày {vn_date(organisation.valid_to)}" if gone else f"lập ngày {vn_date(organisation.valid_from)}"  # fmt: skip
        raise RuleBroken(
            f"{organisation.label} {since}, không có số liệu {period_name(period, target.cycle)}. Chọn đơn vị lúc ấy.",
            field="organisation",
        )
    if period > latest_day():
        raise RuleBroken("Kỳ này chưa đến.", field="day")


def _check_parts(target, numerator, denominator, is_assessed, reason) -> None:
    if not is_assessed:
        if not clean_line(reason):
            raise RuleBroken("Không đánh giá đơn vị này thì ghi vì sao.", field="reason")
        return
    if numerator is None:
        raise RuleBroken("Ghi số liệu, hoặc chọn không đánh giá và ghi vì sao.", field="numerator")
    if target.measure == Measure.RATE:
        if not denominator or denominator < 0:
            raise RuleBroken("Tỷ lệ cần mẫu số lớn hơn 0.", field="denominator")
        if not 0 <= numerator <= denominator:
            raise RuleBroken(f"Tử số {numerator} phải từ 0 đến mẫu số {denominator}. Đếm lại.", field="numerator")


@transaction.atomic
def override_figure(target, *, by, day, numerator, denominator=None, reason) -> TargetFigure:
    """The responsible body sets the value of a period by hand: with its reason; the computed value stays beside it."""
    if not clean_line(reason):
        raise RuleBroken("Ghi vì sao số này khác số cộng từ đơn vị.", field="reason")
    _check_parts(target, numerator, denominator, True, reason)
    period = period_of(day, target.cycle)
    figure, _ = TargetFigure.objects.update_or_create(
        target=target, organisation=target.resolution.organisation, period=period, sort=FigureSort.OVERRIDE,
        defaults={"numerator": numerator, "denominator": denominator, "reason": clean_line(reason), "by": by},
    )  # fmt: skip
    record("target.overridden", target, by=by, path=target.path, period=period.isoformat())
    return figure


@transaction.atomic
def quote_figure(target, *, by, day, numerator, source, denominator=None) -> TargetFigure:
    """A published figure, kept as a quote with its source beside the computed one; it enters no sum."""
    if not clean_line(source):
        raise RuleBroken("Ghi số này công bố ở đâu, ngày nào.", field="reason")
    figure = TargetFigure.objects.create(
        target=target, organisation=target.resolution.organisation, period=period_of(day, target.cycle),
        sort=FigureSort.QUOTED, numerator=numerator, denominator=denominator, reason=clean_line(source), by=by,
    )  # fmt: skip
    record("target.quoted", target, by=by, path=target.path)
    return figure


@transaction.atomic
def reach_milestone(target, *, by, on, proof) -> Target:
    """A milestone is done on a day, with its proof."""
    if not clean_line(proof):
        raise RuleBroken("Ghi minh chứng: văn bản nào, ngày nào công nhận.", field="proof")
    if on > latest_day():
        raise RuleBroken(f"Ngày {vn_date(on)} chưa đến.", field="on")
    target.achieved_on, target.proof = on, clean_line(proof)
    target.save(update_fields=["achieved_on", "proof", "updated_at"])
    record("target.milestone_reached", target, by=by, path=target.path)
    return target


@transaction.atomic
def drop_target(target, *, by, why) -> Target:
    """No longer judged: its subject fell away; it stays in every list with the reason."""
    if not clean_line(why):
        raise RuleBroken("Ghi vì sao và theo văn bản nào.", field="why")
    target.dropped_why = clean_line(why)
    target.save(update_fields=["dropped_why", "updated_at"])
    record("target.dropped", target, by=by, path=target.path)
    return target


@transaction.atomic
def forecast_target(target, *, by, forecast, why="") -> Target:
    """What the responsible body expects of the end; the portal never guesses."""
    target.forecast, target.forecast_why = forecast, clean_line(why)
    target.save(update_fields=["forecast", "forecast_why", "updated_at"])
    record("target.forecast", target, by=by, path=target.path, forecast=forecast)
    return target
