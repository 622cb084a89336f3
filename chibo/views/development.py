"""Development of members: the pool, a candidate's steps, the year's figures."""

from django.http import Http404
from django.urls import reverse

from chibo.access import may_move_candidate
from chibo.choices import CandidateStage
from chibo.forms import development as forms
from chibo.indicators import Indicator
from chibo.kept import FIGURES, LATE, shown
from chibo.models import Candidate, Organisation
from chibo.services import conditions, development
from chibo.services.bases import committee_of, decides_on, entitled, sitting_between
from chibo.services.holidays import working_days
from chibo.views.as_of import AsOfMixin
from chibo.views.tables import UnitYearMixin, opens_figure
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalCreate, PortalDetail, PortalEdit, PortalList, PortalPage

LIST = ("Kết nạp đảng viên", "/to-chuc/ket-nap/")


class CandidateList(AsOfMixin, PortalList):
    model = Candidate
    access = "chibo.see_candidates"
    template_name = "chibo/growth/candidate_list.html"
    filter_class = forms.CandidateFilter
    title = "Kết nạp đảng viên"
    sub = "Từ quần chúng ưu tú đến lễ kết nạp. Hạn gần nhất ghi ở cột cuối."

    def get_rows(self):
        return super().get_rows().select_related("organisation__parent", "helper").prefetch_related("steps")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        days, day = working_days(), self.day
        rows = list(context["object_list"])
        if not self.is_now:
            Organisation.objects.none().worn_on(day, {one.organisation_id: one.organisation for one in rows}.values())
        for one in rows:
            if not self.is_now:
                one.put_at(day)
            limits = development.limits_of(one, days)
            one.limit = limits[0] if limits else None
            one.is_late = bool(limits) and limits[0][0] < day
        return {**context, "object_list": rows}


class CandidateDetail(AsOfMixin, PortalDetail):
    model = Candidate
    access = "chibo.see_candidates"
    template_name = "chibo/growth/candidate.html"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("organisation", "helper", "member", "introducer", "second_introducer")
            .prefetch_related("steps")
        )

    def get_object(self, queryset=None):
        one = super().get_object(queryset)
        self.steps = list(one.steps.all())
        if not self.is_now:
            self.steps = one.put_at(self.day)
            Organisation.objects.none().worn_on(self.day, [one.organisation])
            if not self.steps:
                raise Http404("not known on that day")
        return one

    def get_sub(self):
        return self.object.organisation.name

    def get_crumbs(self):
        return [(LIST[0], LIST[1] + self.keep)]

    def get_context_data(self, **context):
        one, day = self.object, self.day
        limits = [(until, what, why, until < day) for until, what, why in development.limits_of(one)]
        following = [(stage, CandidateStage(stage).label) for stage in development.next_stages(one)]
        return super().get_context_data(
            limits=limits,
            following=following,
            steps=self.steps,
            checks=conditions.checks_of(one, day) if self.is_now and one.member_id is None else [],
            may_move=self.is_now and may_move_candidate(self.request.user, one) is True,
            **context,
        )


class CandidateCreate(PortalCreate):
    access = "chibo.add_candidate"
    form_class = forms.CandidateForm
    title = "Ghi quần chúng vào nguồn"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self):
        return [LIST]

    def act(self, **answers):
        return development.add_candidate(by=self.request.user, **answers)


class OfCandidate(PortalEdit):
    model = Candidate
    access = "chibo.move_candidate"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation", "helper")

    def get_crumbs(self):
        return [LIST, (self.object.full_name, self.object.get_absolute_url())]

    def get_success_url(self):
        return self.object.get_absolute_url()


class CandidateMove(OfCandidate):
    form_class = forms.StepForm
    verb = "Ghi bước này"

    def get_title(self):
        return CandidateStage(self.stage).label

    def get_sub(self):
        return self.object.full_name

    @property
    def stage(self):
        stage = self.kwargs["stage"]
        if stage not in CandidateStage.values:
            raise Http404("no such step")
        return stage

    def get_form_kwargs(self):
        cell, day, found = self.object.organisation, self.object.stage_on, {}  # whose turn it is: by the step before
        if self.stage == CandidateStage.CELL_VOTED:
            found["base"] = entitled(cell, today())
        elif self.stage == CandidateStage.COMMITTEE_VOTED and (committee := committee_of(cell, day)):
            found["base"] = (sitting_between(committee, today()) or (None, None))[1]
        elif self.stage == CandidateStage.DECIDED:
            found["decides"] = decides_on(cell, day)
        elif self.stage == CandidateStage.ADMITTED:
            found["decision"] = self.object.steps.filter(stage=CandidateStage.DECIDED, passed=True).first()
        return {**super().get_form_kwargs(), "stage": self.stage, **found}

    def act(self, candidate, on, **answers):
        after = development.move(candidate, self.stage, on, by=self.request.user, **answers)
        if after.stage != self.stage:
            return "Đã ghi kết quả biểu quyết: không đủ số phiếu, bước giữ nguyên. Báo cáo cấp trên đầy đủ kết quả."
        return "Đã ghi."


class CandidateHelper(OfCandidate):
    form_class = forms.HelperForm
    title = "Phân công đảng viên giúp đỡ"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "candidate": self.object}

    def act(self, candidate, helper):
        development.assign_helper(candidate, helper, by=self.request.user)
        return "Đã phân công."


class CandidateDossier(OfCandidate):
    form_class = forms.DossierForm
    title = "Lập lại hồ sơ"

    def get_initial(self):
        return {"on": self.object.dossier_on or today(), "consent": self.object.consent}

    def act(self, candidate, on, consent):
        development.renew_dossier(candidate, on, by=self.request.user, consent=consent)
        return "Đã ghi."


class CandidateConditions(OfCandidate):
    form_class = forms.ConditionsForm
    title = "Ghi điều kiện kết nạp"
    verb = "Ghi"

    def get_sub(self):
        return self.object.full_name

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "candidate": self.object}

    def get_initial(self):
        return {name: getattr(self.object, name) for name in forms.ConditionsForm.base_fields}

    def act(self, candidate, **answers):
        conditions.set_conditions(candidate, by=self.request.user, **answers)
        return "Đã ghi."


class DevelopmentYear(UnitYearMixin, PortalPage):
    """The year's figures of one unit, each with its base."""

    access = "dashboard.see_figures"
    template_name = "chibo/growth/development.html"
    title = "Số liệu phát triển đảng viên"

    def get_crumbs(self):
        return [LIST] if self.opens else []

    @property
    def opens(self) -> bool:
        """Whether the people behind the figures are shown (fieldclasses)."""
        return verdict("chibo.see_candidates", self.request.user) is True

    def lists(self, found, unit, year, row: int) -> tuple[str, str]:
        """Addresses of exactly what stands behind the number and behind the base of a figure."""
        values = found.table.rows[row]
        if not opens_figure(self.request.user, unit, values[0]):
            return "", ""
        url = f"{reverse('chibo:register_table_list')}?bang={FIGURES}&don_vi={unit.pk}&nam={year}&dong={row}&cot="
        return tuple(f"{url}{at}" if values[at] and found.has_list(row, at) else "" for at in (2, 3))

    def get_context_data(self, **context):
        asked = self.asked()
        unit, year = asked["unit"], asked["year"]
        found = shown(FIGURES, unit, year)
        rows = [(Indicator(*values), self.lists(found, unit, year, at)) for at, values in enumerate(found.table.rows)] if found.table else []  # fmt: skip
        late = shown(LATE, unit, today().year)
        rows += [(Indicator(*values), ("", "")) for values in late.table.rows] if rows and late.table else []
        found = found if found.table is None or (late.table and late.is_current) else late
        rows = sorted(rows, key=lambda row: int(row[0].code[1:]))
        return super().get_context_data(unit=unit, units=asked["units"], year=year, rows=rows, found=found, opens=self.opens, sub=f"{unit.name}, năm {year}", **context)  # fmt: skip


class TargetCreate(PortalCreate):
    access = "chibo.start_campaign"
    form_class = forms.TargetForm
    title = "Giao chỉ tiêu kết nạp"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self):
        return [LIST, ("Số liệu", reverse("chibo:development"))]

    def act(self, organisation, year, number, source):
        self.row = development.set_target(organisation, year, number, source, by=self.request.user)
        return "Đã giao chỉ tiêu."

    def get_success_url(self):
        return f"{reverse('chibo:development')}?don_vi={self.row.organisation_id}&nam={self.row.year}"
