"""Programmes of model meetings: rounds by cells, and what they taught."""

import datetime as dt

from django.db.models import Count
from django.urls import path

from chibo.models import Organisation
from hoithao.access import ROUND_STAFF
from hoithao.choices import KindCode, LessonStatus, Status
from hoithao.forms.rounds import ProgrammeForm
from hoithao.models import Lesson, Meeting, Programme, RoundCell
from hoithao.models.meeting import began
from hoithao.services.programmes import open_programme
from kyanh_portal.access.rules import verdict
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import add_months, month_start
from kyanh_portal.ui.views import PortalCreate, PortalDetail, PortalList

LIST = ("Sinh hoạt", "/sinh-hoat/")
MOST_LESSONS = 6  # on the page of the programme, those furthest on their way first; the list has them all
PROGRAMMES = ("Sinh hoạt điểm, hội thảo", "/sinh-hoat/diem/")


class ProgrammeList(PortalList):
    model = Programme
    access = "hoithao.see_programmes"
    template_name = "hoithao/programme_list.html"
    title = "Sinh hoạt điểm, hội thảo"

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        gatherings = Meeting.objects.visible_to(self.request.user).filter(
            kind__code__in=[KindCode.WORKSHOP, KindCode.LESSONS]
        )
        may_open = verdict("hoithao.open_programme", self.request.user) is True
        return super().get_context_data(
            may_open=may_open, gatherings=gatherings.select_related("organisation", "kind")[:20], **context
        )


class ProgrammeCreate(PortalCreate):
    """Open a programme: one round a month, then the cells of each round are chosen on its page."""

    access = "hoithao.open_programme"
    form_class = ProgrammeForm
    title = "Lập chương trình sinh hoạt điểm"
    verb = "Lập chương trình"

    def get_form_kwargs(self):
        mine = scope_of(self.request.user).covers_as("path", *ROUND_STAFF)
        units = Organisation.objects.visible_to(self.request.user).filter(
            mine, kind__is_cell=False, kind__is_body=False
        )
        return {**super().get_form_kwargs(), "units": units.order_by("path")}

    def get_crumbs(self):
        return [LIST, PROGRAMMES]

    def act(self, number, starts_on, **answers):
        months = [add_months(month_start(starts_on), n) for n in range(number)]
        ends_on = add_months(months[-1], 1) - dt.timedelta(days=1)
        return open_programme(by=self.request.user, starts_on=starts_on, ends_on=ends_on, months=months, **answers)


class ProgrammeDetail(PortalDetail):
    model = Programme
    access = "hoithao.see_programmes"
    template_name = "hoithao/programme_detail.html"

    def get_sub(self):
        return str(self.object.organisation)

    def get_crumbs(self):
        return [LIST, PROGRAMMES]

    def get_context_data(self, **context):
        every = list(
            Meeting.objects.visible_to(self.request.user)
            .filter(round__programme=self.object)
            .select_related(
                "organisation__cell_type",
                "organisation__parent",
                "kind",
                "round",
                "minutes",
                "review",
                "score",
                "observer_score",
            )
            .annotate(seen=Count("observations"))
            .order_by("round__number", began())
        )
        meetings = [m for m in every if m.status != Status.CANCELLED]
        planned = RoundCell.objects.filter(round__programme=self.object, organisation__in=self._cells())
        planned = list(planned.select_related("organisation__cell_type", "organisation__parent", "meeting"))
        rounds = [self._round(one, every, planned) for one in self.object.rounds.all()]
        lessons = Lesson.objects.visible_to(self.request.user).filter(meeting__round__programme=self.object)
        lessons = list(lessons.select_related("meeting__organisation"))
        order = [LessonStatus.CHECKED, LessonStatus.IN_GUIDANCE, LessonStatus.AGREED, LessonStatus.NOTED]
        return super().get_context_data(
            rounds=rounds,
            planned=len(planned),
            observed=sum(1 for m in meetings if m.seen),
            reviewed=sum(1 for m in meetings if hasattr(m, "review")),
            conferences=self._conferences(),
            may_plan=verdict("hoithao.run_rounds", self.request.user, self.object) is True,
            cells=len({m.organisation_id for m in meetings}),
            meetings=meetings,
            lessons=lessons,
            newest_lessons=sorted(lessons, key=lambda one: order.index(one.status))[:MOST_LESSONS],
            **context,
        )

    @staticmethod
    def _round(one, every, planned) -> dict:
        """One round: its meetings, the cells that wait for theirs, and what was called off, each beside its cell."""
        gone = {}
        for m in every:
            if m.round_id == one.pk and m.status == Status.CANCELLED:
                gone.setdefault(m.organisation_id, []).append(m)
        meetings = [m for m in every if m.round_id == one.pk and m.status != Status.CANCELLED]
        for m in meetings:
            m.gone = gone.get(m.organisation_id, [])
        held = {m.organisation_id for m in meetings}
        waiting = [c for c in planned if c.round_id == one.pk and c.organisation_id not in held]
        for cell in waiting:
            cell.gone = gone.get(cell.organisation_id, [])
        known = held | {cell.organisation_id for cell in waiting}
        return {
            "round": one,
            "meetings": meetings,
            "waiting": waiting,
            "called_off": sum(cell.is_called_off for cell in waiting),
            "unplanned": [m for rows in gone.values() for m in rows if m.organisation_id not in known],
        }

    def _cells(self):
        return Organisation.objects.visible_to(self.request.user).values("pk")

    def _conferences(self):
        """Extended conferences of lessons about this programme."""
        rows = Meeting.objects.visible_to(self.request.user).filter(conference_of__programme=self.object)
        return rows.exclude(status=Status.CANCELLED).select_related("kind", "organisation").order_by(began())


urlpatterns = [
    path("diem/", ProgrammeList.as_view(), name="programme_list"),
    path("diem/moi/", ProgrammeCreate.as_view(), name="programme_create"),
    path("diem/<int:pk>/", ProgrammeDetail.as_view(), name="programme_detail"),
]
