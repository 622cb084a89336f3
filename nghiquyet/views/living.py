"""The living page of an issued resolution, and its targets."""

import datetime as dt

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property

from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.ui.views import PortalDetail, PortalEdit
from nghiquyet.choices import OVER, TimeLogic
from nghiquyet.documents.resolution import numbered
from nghiquyet.figures.judging import against_goal, goal_words, number
from nghiquyet.figures.living import STATES, living, resolutions_in_force
from nghiquyet.figures.periods import period_end, period_name, period_title, periods_between
from nghiquyet.figures.reviews import actual_of
from nghiquyet.figures.targets import FEED_PARTS, follow, rows_behind, units_behind
from nghiquyet.forms.living import EndForm, FigureForm, GoalForm, TargetForm
from nghiquyet.models import Resolution, Target
from nghiquyet.services.targets import (
    drop_target,
    edit_target,
    forecast_target,
    is_judged,
    override_figure,
    quote_figure,
    reach_milestone,
    record_figure,
    set_goal,
    set_target,
)  # fmt: skip

LIST = ("Nghị quyết", "/nghi-quyet/")
RUNNING = (TimeLogic.CUMULATIVE, TimeLogic.AVERAGE)  # set against the goal as what has come together so far


def short_name(resolution) -> str:
    """02-NQ/ThU, 03/02/2021."""
    paper = resolution.document
    return f"{paper.number_line[3:]}, {vn_date(paper.dated)}" if paper else resolution.title


class OfLiving:
    """Pages about what an issued resolution set going: found by those whom it binds."""

    model = Resolution

    def get_queryset(self):
        return resolutions_in_force(self.request.user)

    def get_crumbs(self):
        return [LIST, (short_name(self.object), living_url(self.object))]


def living_url(resolution) -> str:
    return reverse("nghiquyet:resolution_living", args=[resolution.pk])


class ResolutionLiving(OfLiving, PortalDetail):
    """Text, red line, and beyond it who carries each khoản, until when, with what result."""

    access = "nghiquyet.see_living"
    template_name = "nghiquyet/living.html"

    def get_title(self):
        return f"Nghị quyết số {self.object.document.number_line[3:]}, ngày {vn_date(self.object.document.dated)}"

    def get_sub(self):
        return self.object.title

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        day = today()
        sections, loose = living(
            self.object, numbered(self.object.clauses.order_by("order", "id")), self.request.user, day
        )
        blocks = [block for _, _, found in sections for block in found]
        wanted = self.request.GET.get("loc", "")
        chips = [
            {"code": code, "word": word, "number": sum(b.state == code for b in blocks), "is_here": wanted == code}
            for code, word, _ in STATES
        ]  # fmt: skip
        if wanted in {chip["code"] for chip in chips}:
            sections = [(label, heading, [b for b in found if b.state == wanted]) for label, heading, found in sections]
            sections = [section for section in sections if section[2]]
        for block in blocks:
            for carrier in block.carriers:
                decorate(carrier)
        for carrier in loose:
            decorate(carrier)
        return super().get_context_data(
            sections=sections, loose=loose, chips=[c for c in chips if c["number"]], total=len(blocks), wanted=wanted,
            bare=sum(b.state == "bare" for b in blocks), day=day, over=OVER, **context,
        )  # fmt: skip


def value_words(target, sums) -> str:
    value = sums.value(target.measure)
    if value is None:
        return "–"
    if target.measure == "rate":
        return f"{number(round(value, target.places))}%"
    return number(round(value, target.places))


def decorate(carrier) -> None:
    """Squares of the strip and the base of the newest number, in words."""
    followed = carrier.followed
    carrier.squares, carrier.base = [], ""
    if followed is None:
        return
    target = followed.target
    for sums, outcome in followed.shown:
        look = {"over": "ok", "met": "ok", "missed": "late"}.get(outcome, "none")
        word = {"over": "Vượt", "met": "Đạt", "missed": "Chưa đạt", "not_yet": "Tạm tính", "incomplete": "Chưa đủ số liệu"}.get(outcome, "Thiếu số liệu")  # fmt: skip
        carrier.squares.append({"name": period_title(sums.period, target.cycle), "value": value_words(target, sums), "word": word, "look": look, "period": sums.period})  # fmt: skip
    if followed.last:
        sums = followed.last[0]
        parts = f"{number(sums.numerator)}/{number(sums.denominator)}. " if target.measure == "rate" else ""
        carrier.base = f"{parts}{sums.coverage}"


class TargetCreate(OfLiving, PortalEdit):
    access = "nghiquyet.assign"
    form_class = TargetForm
    title = "Đặt chỉ tiêu"
    verb = "Đặt chỉ tiêu"

    @property
    def clause(self):
        wanted = self.request.GET.get("khoan", "")
        return self.object.clauses.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 19 else None

    def get_sub(self):
        return (self.clause.text or self.clause.heading)[:200] if self.clause else short_name(self.object)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "organisation": self.object.organisation}

    def get_initial(self):
        year = self.object.document.dated.year
        return {"text": (self.clause.text or self.clause.heading)[:400] if self.clause else "", "first_year": year, "last_year": year + 4, "responsible": self.object.organisation}  # fmt: skip

    def act(self, resolution, comparator, low, high, **facets):
        return set_target(
            by=self.request.user, resolution=resolution, clause=self.clause, goal=(comparator, low, high),
            is_synthetic=resolution.is_synthetic, **facets,
        )  # fmt: skip


class OfTarget:
    model = Target

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.select_related("resolution__organisation__kind", "resolution__document", "responsible__kind", "clause").defer("resolution__document__content")  # fmt: skip

    def get_crumbs(self):
        resolution = self.object.resolution
        return [LIST, (short_name(resolution), living_url(resolution)), ("Chỉ tiêu", self.object.get_absolute_url())]

    def get_sub(self):
        return self.object.text


def computed_words(target, sums) -> str:
    """What the portal adds up itself, whatever was set by hand: 93,6%."""
    value = sums.computed(target.measure)
    return (
        "" if value is None else number(round(value, target.places), "%" if target.measure == "rate" else target.unit)
    )


def proof_of(target, unit, period, user) -> str:
    """Where the figure of a unit stands: the meetings it was counted from, or the report that brought it; "" where refused."""
    if not scope_of(user).reaches(unit.organisation.path):
        return ""
    if not target.feed:
        return reverse("nghiquyet:report_detail", args=[unit.report_id]) if unit.report_id else ""
    last = min(period_end(period, target.cycle), today())
    return f"{reverse('hoithao:meeting_list')}?chi-bo={unit.organisation.pk}&tu={period}&den={last}"


class TargetDetail(OfTarget, PortalDetail):
    """A target with all its facets, the strip of periods, and the list behind the chosen number."""

    access = "nghiquyet.see_target"
    template_name = "nghiquyet/target_detail.html"
    title = "Chỉ tiêu"

    def get_title(self):
        return self.object.text

    def get_sub(self):
        return ""

    def get_crumbs(self):
        return super().get_crumbs()[:2]

    def get_context_data(self, **context):
        target, day = self.object, today()
        followed = follow([target], target.resolution.organisation, day)[target.pk]
        try:
            wanted = dt.date.fromisoformat(self.request.GET.get("ky", ""))
        except ValueError:
            wanted = None
        rows, known = [], []
        for sums, outcome in followed.strip:
            goal = followed.goal(sums.period.year)
            known += [sums] if sums.value(target.measure) is not None else []
            so_far = (
                actual_of(followed, known) if known and known[-1] is sums and target.time_logic in RUNNING else None
            )
            rows.append({
                "sums": sums, "outcome": outcome, "parts": number(sums.numerator) + (f"/{number(sums.denominator)}" if target.measure == "rate" else ""), "name": period_name(sums.period, target.cycle), "value": value_words(target, sums),
                "computed": computed_words(target, sums) if sums.override is not None else "",
                "goal": goal_words(goal, "%" if target.measure == "rate" else target.unit), "so_far": "" if so_far is None else number(round(so_far, target.places), "%" if target.measure == "rate" else target.unit),
                "against": against_goal(target, goal, sums.value(target.measure) if so_far is None else so_far),
            })  # fmt: skip
        for quote in followed.quotes:
            unit = "%" if target.measure == "rate" and not quote.denominator else target.unit
            quote.words = number(quote.numerator, unit) + (f"/{number(quote.denominator)}" if quote.denominator else "")
        here = next((r for r in rows if r["sums"].period == wanted), None) or next(
            (r for r in reversed(rows) if r["sums"].value(target.measure) is not None), rows[-1] if rows else None
        )
        period = here["sums"].period if here else None
        behind = units_behind(target, self.request.user, period) if here else Organisation.objects.none()
        units = Paginator(behind, 50)
        page = units.get_page(self.request.GET.get("page"))
        listed = rows_behind(target, period, page.object_list) if here else []
        parts = FEED_PARTS.get(target.feed) or (target.numerator_is, target.denominator_is)
        proofs = [(unit, proof_of(target, unit, period, self.request.user)) for unit in listed]
        return super().get_context_data(
            proofs=proofs, has_proofs=any(proof for _, proof in proofs), parts=parts, followed=followed, rows=rows[::-1][:24], here=here, units=units, page_obj=page,
            missing=behind.filter(is_known=False).count() if here else 0,
            may_change=not is_judged(target),
            goals=[(goal_words(g, "%" if target.measure == "rate" else target.unit), g) for g in target.goals.all()], **context,
        )  # fmt: skip


class TargetEdit(OfTarget, PortalEdit):
    """The facets, as long as nobody has judged by them."""

    access = "nghiquyet.keep_target"
    form_class = TargetForm
    title = "Sửa cách tính chỉ tiêu"
    verb = "Ghi cách tính"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "organisation": self.object.resolution.organisation}  # fmt: skip

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for name in ("comparator", "low", "high"):  # the goal has its own page
            del form.fields[name]
        return form

    def get_initial(self):
        names = [name for name in TargetForm.base_fields if name not in ("comparator", "low", "high")]
        return {
            name: self.object.cell_types.all() if name == "cell_types" else getattr(self.object, name) for name in names
        }

    def act(self, target, **facets):
        return edit_target(target, by=self.request.user, **facets)


class TargetGoal(OfTarget, PortalEdit):
    access = "nghiquyet.keep_target"
    form_class = GoalForm
    title = "Ghi mức phấn đấu"
    verb = "Ghi mức"

    def act(self, target, **answers):
        set_goal(target, by=self.request.user, **answers)


class TargetFigureKeep(OfTarget, PortalEdit):
    access = "nghiquyet.keep_target"
    form_class = FigureForm
    title = "Ghi số liệu"
    verb = "Ghi số liệu"

    template_name = "nghiquyet/target_figure.html"

    @cached_property
    def periods(self):
        """Those that have begun, newest first."""
        target = self.object
        last = max(dt.date(target.first_year, 1, 1), min(today(), dt.date(target.last_year, 12, 31)))
        return periods_between(dt.date(target.first_year, 1, 1), last, target.cycle)[::-1]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "target": self.object, "periods": self.periods}

    def get_initial(self):
        asked = self.request.GET.get("ky", "")
        known = [period.isoformat() for period in self.periods]
        return {"day": asked if asked in known else known[0], "sort": "override" if self.object.feed else "reported"}

    def get_context_data(self, **context):
        """What the portal has of the newest periods, so that a figure set by hand is set against it."""
        target = self.object
        strip = follow([target], target.resolution.organisation, today())[target.pk].strip
        known = [
            {"name": period_title(sums.period, target.cycle), "sums": sums, "computed": computed_words(target, sums)}
            for sums, _ in strip[::-1][:4]
        ]  # fmt: skip
        return super().get_context_data(known=known, **context)

    def act(self, target, sort, day, numerator, reason, organisation=None, denominator=None, not_assessed=False):
        by = self.request.user
        if sort == "override":
            override_figure(target, by=by, day=day, numerator=numerator, denominator=denominator, reason=reason)
        elif sort == "quoted":
            quote_figure(target, by=by, day=day, numerator=numerator, denominator=denominator, source=reason)
        else:
            record_figure(
                target, by=by, organisation=organisation or target.resolution.organisation, day=day, numerator=numerator,
                denominator=denominator, is_assessed=not not_assessed, reason=reason,
            )  # fmt: skip


class TargetEnd(OfTarget, PortalEdit):
    access = "nghiquyet.keep_target"
    form_class = EndForm
    title = "Dự kiến, mốc, thôi đánh giá"
    verb = "Ghi"

    def act(self, target, what, forecast, on, why):
        by = self.request.user
        if what == "milestone":
            reach_milestone(target, by=by, on=on or today(), proof=why)
        elif what == "drop":
            drop_target(target, by=by, why=why)
        else:
            forecast_target(target, by=by, forecast=forecast, why=why)
