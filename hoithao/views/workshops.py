"""The workshop: its facts as counts that open to lists, papers, remarks, disagreements and the conclusion."""

from django.urls import path, reverse

from hoithao.access import may_edit_workshop
from hoithao.choices import KindCode, RemarkSort
from hoithao.forms.workshops import ConclusionForm, DisagreementForm, PaperForm, RemarkForm
from hoithao.models import Meeting, Paper, Programme
from hoithao.services.workshops import add_disagreement, add_paper, add_remark, conclude
from hoithao.views.programmes import LIST, PROGRAMMES
from kyanh_portal.ui.panels import panels_for
from kyanh_portal.ui.views import PortalDetail, PortalEdit


class WorkshopDetail(PortalDetail):
    model = Meeting
    access = "hoithao.see_programmes"
    template_name = "hoithao/workshop_detail.html"

    def get_queryset(self):
        return super().get_queryset().filter(kind__code=KindCode.WORKSHOP).select_related("organisation__kind", "kind")

    def get_title(self):
        return self.object.name

    def get_sub(self):
        return f"{self.object.organisation.name}. {self.object.place}"

    def get_crumbs(self):
        return [LIST, PROGRAMMES]

    def get_context_data(self, **context):
        meeting = self.object
        papers = list(
            meeting.papers.select_related("organisation__parent", "cell_type").order_by("cell_type__order", "order")
        )
        remarks = list(meeting.remarks.all())
        user = self.request.user
        programmes = Programme.objects.visible_to(user).filter(organisation=meeting.organisation)
        programme = programmes.filter(starts_on__lte=meeting.held_on).first()
        model_cells, rounds, lessons = 0, [], None
        if programme:
            rounds = list(programme.rounds.all())
            seen = Meeting.objects.visible_to(user)
            model_cells = seen.filter(round__programme=programme).values("organisation").distinct().count()
            conferences = seen.filter(organisation=meeting.organisation, kind__code=KindCode.LESSONS)
            between = conferences.filter(starts_at__date__gte=programme.starts_on, starts_at__lt=meeting.starts_at)
            lessons = between.select_related("kind", "organisation").order_by("-starts_at").first()
        by_sort = {sort: [r for r in remarks if r.sort == sort] for sort in RemarkSort.values}
        groups = {}
        for paper in papers:
            groups.setdefault(paper.cell_type.name if paper.cell_type_id else "Tổ chức khác", []).append(paper)
        return super().get_context_data(
            papers=papers, groups=groups, programme=programme, rounds=rounds, lessons=lessons, model_cells=model_cells,
            opening=by_sort[RemarkSort.OPENING], floor=by_sort[RemarkSort.FLOOR], steering=by_sort[RemarkSort.STEERING],
            closing=by_sort[RemarkSort.CLOSING], disagreements=meeting.disagreements.all(),
            conclusions=list(meeting.conclusions.all()), may_edit=may_edit_workshop(self.request.user, meeting) is True and not meeting.is_closed,
            panels=panels_for("hoithao.workshop", self.request, meeting), **context,
        )  # fmt: skip


class PaperDetail(PortalDetail):
    model = Paper
    access = "hoithao.see_programmes"
    template_name = "hoithao/paper_detail.html"

    def get_sub(self):
        return f"{self.object.author}, {self.object.organisation.name}"

    def get_crumbs(self):
        return [LIST, (self.object.meeting.name, reverse("hoithao:workshop_detail", args=[self.object.meeting_id]))]


class WorkshopAdd(PortalEdit):
    """Base of the four forms that add to a workshop."""

    model = Meeting
    access = "hoithao.edit_workshop"
    service = None
    anchor = ""

    def get_queryset(self):
        return super().get_queryset().filter(kind__code=KindCode.WORKSHOP).select_related("organisation__kind", "kind")

    def get_crumbs(self):
        return [LIST, (self.object.name, reverse("hoithao:workshop_detail", args=[self.object.pk]))]

    def act(self, meeting, **answers):
        type(self).service(meeting, by=self.request.user, **answers)

    def get_success_url(self):
        return reverse("hoithao:workshop_detail", args=[self.object.pk]) + self.anchor


class PaperCreate(WorkshopAdd):
    title, form_class, service, anchor = "Ghi tham luận", PaperForm, staticmethod(add_paper), "#tham-luan"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}


class RemarkCreate(WorkshopAdd):
    title, form_class, service, anchor = "Ghi ý kiến", RemarkForm, staticmethod(add_remark), "#y-kien"


class DisagreementCreate(WorkshopAdd):
    title, form_class, service, anchor = (
        "Ghi vấn đề còn ý kiến khác nhau",
        DisagreementForm,
        staticmethod(add_disagreement),
        "#khac-nhau",
    )


class ConclusionCreate(WorkshopAdd):
    title, form_class, service, anchor = "Ghi một ý kết luận", ConclusionForm, staticmethod(conclude), "#ket-luan"


urlpatterns = [
    path("hoi-thao/<int:pk>/", WorkshopDetail.as_view(), name="workshop_detail"),
    path("hoi-thao/<int:pk>/tham-luan/moi/", PaperCreate.as_view(), name="paper_create"),
    path("hoi-thao/<int:pk>/y-kien/moi/", RemarkCreate.as_view(), name="remark_create"),
    path("hoi-thao/<int:pk>/khac-nhau/moi/", DisagreementCreate.as_view(), name="disagreement_create"),
    path("hoi-thao/<int:pk>/ket-luan/moi/", ConclusionCreate.as_view(), name="conclusion_create"),
    path("tham-luan/<int:pk>/", PaperDetail.as_view(), name="paper_detail"),
]
