"""Programmes of model meetings: rounds by cells, and what they taught."""

from django.urls import path

from hoithao.choices import KindCode
from hoithao.models import Lesson, Meeting, Programme
from kyanh_portal.ui.views import PortalDetail, PortalList

LIST = ("Sinh hoạt", "/sinh-hoat/")
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
        return super().get_context_data(gatherings=gatherings.select_related("organisation", "kind")[:20], **context)


class ProgrammeDetail(PortalDetail):
    model = Programme
    access = "hoithao.see_programmes"
    template_name = "hoithao/programme_detail.html"

    def get_sub(self):
        return str(self.object.organisation)

    def get_crumbs(self):
        return [LIST, PROGRAMMES]

    def get_context_data(self, **context):
        meetings = list(
            Meeting.objects.visible_to(self.request.user)
            .filter(round__programme=self.object)
            .select_related("organisation__cell_type", "kind", "round", "minutes")
            .order_by("round__number", "starts_at")
        )
        rounds = []
        for one in self.object.rounds.all():
            rounds.append((one, [m for m in meetings if m.round_id == one.pk]))
        lessons = Lesson.objects.visible_to(self.request.user).filter(meeting__round__programme=self.object)
        lessons = lessons.select_related("meeting__organisation")
        return super().get_context_data(
            rounds=rounds,
            cells=len({m.organisation_id for m in meetings}),
            meetings=meetings,
            lessons=lessons,
            **context,
        )


urlpatterns = [
    path("diem/", ProgrammeList.as_view(), name="programme_list"),
    path("diem/<int:pk>/", ProgrammeDetail.as_view(), name="programme_detail"),
]
