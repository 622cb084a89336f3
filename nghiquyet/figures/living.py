"""The resolution as it lives: each khoản with what carries it, who, until when, with what result (mock-up e)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from kyanh_portal.base.calendar import vn_date
from kyanh_portal.parameters.parameter import values_on
from nghiquyet.choices import OVER, DutyState, Level, Light, Outcome
from nghiquyet.figures.judging import goal_words
from nghiquyet.figures.lights import standing_of
from nghiquyet.figures.periods import period_title
from nghiquyet.figures.targets import Followed, Units, follow
from nghiquyet.models import Duty, DutyStep, DutyTally, Resolution, StudyPlan, StudySession, Target, ToldOnly
from nghiquyet.models.readers import readable

# Where a khoản stands, the worst first; (code, word of the chip, look).
STATES = [
    ("late", "Chậm", "late"), ("silent", "Im lặng", "silent"), ("moving", "Đang thực hiện", "doing"),
    ("no_data", "Chưa có số", "none"), ("waiting", "Chưa đến kỳ", "doing"), ("proved", "Có minh chứng", "ok"), ("bare", "Chưa giao", "none"),
    ("told", "Không cần giao", "none"),
]  # fmt: skip
_RANK = {code: rank for rank, (code, _, _) in enumerate(STATES)}
PARAMETERS = ["duty.soon_days", "duty.lag_points", "duty.silent_periods"]


@dataclass
class Carrier:
    """One thing that carries a khoản: a target, a duty or a plan of study."""

    sort: str
    row: object
    what: str
    who: str
    when: str
    state: str
    look: str
    words: str
    standing: object = None
    followed: Followed | None = None
    proofs: list = field(default_factory=list)
    note: str = ""


@dataclass
class Block:
    """A khoản: its words and its carriers."""

    clause: object
    label: str
    texts: list = field(default_factory=list)
    carriers: list = field(default_factory=list)
    ids: set = field(default_factory=set)
    told: ToldOnly | None = None

    @property
    def state(self) -> str:
        if not self.carriers:
            return "told" if self.told else "bare"
        return min((c.state for c in self.carriers), key=_RANK.get)

    @property
    def word(self) -> str:
        """The margin's words: of the worst carrier, exactly when it is late, else the state's name."""
        if self.state in ("late", "silent"):
            return next(c.words for c in self.carriers if c.state == self.state)
        return next(word for code, word, _ in STATES if code == self.state)

    @property
    def look(self) -> str:
        return next(look for code, _, look in STATES if code == self.state)


def blocks_of(numbered_clauses) -> list[tuple[str, str, list[Block]]]:
    """(label, heading, khoản) of each section; points belong to their khoản. Plain text stands for itself."""
    sections: list = []
    block = None
    for label, clause in numbered_clauses:
        if clause.level == Level.SECTION:
            sections.append((label.rstrip("-"), clause.heading, []))
            block = None
            continue
        if not sections:
            sections.append(("", "", []))
        words = [w for w in (clause.heading, clause.text) if w]
        if clause.level == Level.PARAGRAPH or block is None:
            name = f"Khoản {label.rstrip('.')}" if clause.level == Level.PARAGRAPH else "Đoạn văn"
            block = Block(clause, name, words)
            block.ids.add(clause.pk)
            sections[-1][2].append(block)
        else:
            block.texts.append(f"{label} {' '.join(words)}".strip())
            block.ids.add(clause.pk)
    return sections


def living(resolution, numbered_clauses, user, day: dt.date):
    """Sections with their khoản, carriers judged on `day`, and the carriers that hang on no khoản."""
    sections = blocks_of(numbered_clauses)
    settings = values_on(PARAMETERS, day, resolution.organisation.path)
    by_clause = defaultdict(list)
    units = Units(resolution.organisation)
    targets = list(resolution.targets.visible_to(user).select_related("responsible", "resolution__organisation"))
    followed = follow(targets, resolution.organisation, day, units)
    for target in targets:
        by_clause[target.clause_id].append(target_carrier(followed[target.pk], day))
    for carrier in duty_carriers(
        Duty.objects.visible_to(user).filter(resolution=resolution), resolution, day, settings, units
    ):
        by_clause[carrier.row.clause_id].append(carrier)
    plans = list(StudyPlan.objects.visible_to(user).filter(resolution=resolution))
    studied = studied_units(resolution) if plans else {}
    for plan in plans:
        done, due = studied.get((plan.depth, plan.level), 0), units.due(plan.level, day)
        by_clause[plan.clause_id].append(study_carrier(plan, day, done, due))
    told = told_only(resolution)
    for _, _, blocks in sections:
        for block in blocks:
            block.told = next((told[pk] for pk in sorted(block.ids) if pk in told), None)
            block.carriers = [c for pk in sorted(block.ids) for c in by_clause.pop(pk, [])]
    return sections, [c for rest in by_clause.values() for c in rest]


def told_only(resolution) -> dict[int, ToldOnly]:
    """The khoản that need nobody, as marked by who assigns: key of the khoản → its mark."""
    rows = ToldOnly.objects.filter(clause__resolution=resolution, ended_at__isnull=True).select_related("by")
    return {row.clause_id: row for row in rows}


def target_carrier(followed: Followed, day: dt.date) -> Carrier:
    target = followed.target
    goal = followed.goal(day.year)
    state = {
        Outcome.OVER: "proved", Outcome.MET: "proved", Outcome.MISSED: "late", Outcome.DROPPED: "proved",
        Outcome.NO_DATA: "no_data", Outcome.INCOMPLETE: "silent", Outcome.NOT_YET: "waiting",
    }[followed.outcome]  # fmt: skip
    words = followed.word
    if followed.outcome == Outcome.NOT_YET and followed.strip:
        outcomes = [outcome for _, outcome in followed.strip]
        judged = [outcome for outcome in outcomes if outcome in (Outcome.OVER, Outcome.MET)]
        state = "proved" if judged else "moving" if followed.last else "waiting"
        words = "Các kỳ đã qua đều đạt" if judged else "Đang có số liệu" if followed.last else followed.word
        if Outcome.MISSED in outcomes:
            state, words = "late", "Có kỳ chưa đạt mức của kỳ ấy"
    if target.measure != "milestone" and (goal is None or goal.low is None):
        state = "no_data"
    span = f"{target.first_year} – {target.last_year}"
    when = (
        f"{target.get_cycle_display()}, {span}"
        if target.time_logic == "each"
        else f"{target.get_time_logic_display()}, {span}"
    )
    return Carrier(
        "target", target, goal_words(goal, "%" if target.measure == "rate" else target.unit) if target.measure != "milestone" else target.text,
        {"cell": "Các chi bộ", "base": "Các tổ chức cơ sở đảng"}.get(target.measured_at, target.responsible.label),
        when, state, followed.look, words, followed=followed,
        note=f"{target.get_forecast_display()}: {target.forecast_why}" if target.forecast else "",
    )  # fmt: skip


def duty_carriers(duties, resolution, day, settings, units) -> list[Carrier]:
    """Every duty with its standing, the newest tallies and proofs: four queries for any number of duties."""
    duties = list(duties.exclude(state=DutyState.DRAFT).select_related("lead"))
    recent, proofs = defaultdict(list), defaultdict(list)
    ids = [d.pk for d in duties]
    rank = Window(RowNumber(), partition_by="duty", order_by=F("period").desc())
    newest = DutyTally.objects.filter(duty__in=ids, organisation=resolution.organisation, period__lte=day).annotate(rank=rank)  # fmt: skip
    for tally in newest.filter(rank__lte=max(1, settings["duty.silent_periods"])).order_by("duty", "rank"):
        recent[tally.duty_id].append(tally)
    for step in (
        DutyStep.objects.filter(duty__in=ids, file__isnull=False).select_related("file").order_by("duty", "-id")
    ):
        proofs[step.duty_id].append(step)
    return [duty_carrier(d, recent[d.pk], proofs[d.pk][:2], day, settings, units) for d in duties]


def is_silent(tallies, periods: int) -> bool:
    """The newest so many periods all say "không thay đổi"."""
    newest = tallies[:periods]
    return len(newest) == periods and all(t.same and not (t.done or t.moving) for t in newest)


def duty_carrier(duty, tallies, proofs, day, settings, units) -> Carrier:
    standing = standing_of(duty, day, settings["duty.soon_days"], settings["duty.lag_points"])
    state = {Light.DONE_ON_TIME: "proved", Light.DONE_LATE: "proved", Light.OVERDUE: "late", Light.IDLE: "waiting"}.get(standing.light, "moving")  # fmt: skip
    look, words, note = standing.look, standing.words, ""
    if state == "moving" and is_silent(tallies, settings["duty.silent_periods"]):
        state, look, words = "silent", "silent", f"{settings['duty.silent_periods']} kỳ không đổi"
    elif duty.cycle and tallies and state == "moving":
        newest = tallies[0]
        due = units.due(duty.reported_by, newest.period)
        words = f"{period_title(newest.period, duty.cycle)}: {newest.done}/{due} đơn vị"
        note = f"{newest.moving} đang làm, {newest.same} không thay đổi" if newest.moving or newest.same else ""
    who = {"cell": "Các chi bộ", "base": "Các tổ chức cơ sở đảng"}.get(duty.reported_by, duty.lead.label)
    return Carrier(
        "duty", duty, duty.title, who, term_words(duty), state, look, words, standing=standing, proofs=proofs, note=note
    )  # fmt: skip


def term_words(duty) -> str:
    """Hạn 30/6/2022, gia hạn 1 lần. Hạn gốc 31/12/2021 · Thường xuyên, báo cáo hằng tháng."""
    if duty.cycle:
        return f"Thường xuyên, báo cáo {duty.get_cycle_display().lower()}"
    if duty.due_on is None:
        return "Chưa có thời hạn"
    words = f"Hạn {vn_date(duty.due_on)}"
    return f"{words}, gia hạn {duty.moved} lần. Hạn gốc {vn_date(duty.first_due_on)}" if duty.moved else words


def studied_units(resolution) -> dict[tuple[str, str], int]:
    """(depth, level) → how many units hold at least one session; a cell right below the committee is of both levels."""
    held = Count("organisation", distinct=True, filter=Q(organisation__kind__is_cell=True)), Count("organisation", distinct=True, filter=Q(organisation__kind__is_base=True))  # fmt: skip
    rows = StudySession.objects.filter(resolution=resolution).values("depth").annotate(cell=held[0], base=held[1]).order_by()  # fmt: skip
    return {(row["depth"], level): row[level] for row in rows for level in ("cell", "base")}


def study_carrier(plan, day, done: int, due: int) -> Carrier:
    """A plan is proved when every unit of its level holds a session."""
    state = "proved" if due and done >= due else "late" if day > plan.due_on else "moving"
    return Carrier(
        "study", plan, f"{plan.get_depth_display()} nghị quyết", plan.get_level_display(), f"Xong trước {vn_date(plan.due_on)}",
        state, {"proved": "ok", "late": "late"}.get(state, "doing"), f"{done}/{due} đơn vị đã học",
    )  # fmt: skip


def bare_clauses(resolution) -> int:
    """How many khoản of an issued resolution have neither target, duty nor plan of study, nor a mark that they need none."""
    clauses = list(resolution.clauses.order_by("order", "id"))
    carried = set(Target.objects.filter(resolution=resolution).values_list("clause_id", flat=True))
    carried |= set(Duty.objects.filter(resolution=resolution).values_list("clause_id", flat=True))
    carried |= set(StudyPlan.objects.filter(resolution=resolution).values_list("clause_id", flat=True))
    carried |= set(told_only(resolution))
    labelled = [("1." if c.level == Level.PARAGRAPH else "", c) for c in clauses]
    blocks = [b for _, _, found in blocks_of(labelled) for b in found]
    return sum(not (b.ids & carried) for b in blocks)


def resolutions_in_force(user):
    """Issued resolutions that bind the user's branches: of the own bodies, those below and those above."""
    rows = Resolution.objects.filter(readable(user, "organisation__path"), document__isnull=False)
    return rows.select_related("organisation__kind", "document").defer("document__content")


def from_above(user, most: int = 5):
    """The newest resolutions of bodies above the user's own that are in force: for the cell secretary's list."""
    own = Resolution.objects.visible_to(user).values("pk")
    return resolutions_in_force(user).exclude(pk__in=own).exclude(life__in=OVER).order_by("-dated", "-pk")[:most]
