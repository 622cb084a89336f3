"""The workshop: its facts as counts that open to lists, papers, remarks, disagreements and the conclusion."""

from django.urls import path, reverse

from hoithao.access import may_edit_workshop
from hoithao.choices import KindCode, OrderState, RemarkSort
from hoithao.documents.workshop_minutes import author_of
from hoithao.documents.workshop_papers import papers_of
from hoithao.forms.workshops import ConclusionForm, DisagreementForm, PaperForm, RemarkForm
from hoithao.models import Meeting, Paper, Programme
from hoithao.models.meeting import began
from hoithao.models.workshop import in_turn
from hoithao.rules import delegates_words
from hoithao.services.workshops import add_disagreement, add_paper, add_remark, conclude
from hoithao.views.programmes import LIST, PROGRAMMES
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.panels import panels_for
from kyanh_portal.ui.views import PortalDetail, PortalEdit


class WorkshopFound:
    """A workshop among the meetings the user may see."""

    model = Meeting

    def get_queryset(self):
        rows = super().get_queryset().filter(kind__code=KindCode.WORKSHOP)
        return rows.select_related("organisation__kind", "kind", "plan")


class WorkshopDetail(WorkshopFound, PortalDetail):
    access = "hoithao.see_programmes"
    template_name = "hoithao/workshop_detail.html"

    def get_title(self):
        return self.object.name

    def get_sub(self):
        return f"{self.object.organisation.name}. {self.object.place}"

    def get_crumbs(self):
        return [LIST, PROGRAMMES]

    def get_context_data(self, **context):
        meeting = self.object
        papers = in_turn(meeting.papers.select_related("organisation__parent", "cell_type"))
        by_key = {paper.pk: paper for paper in papers}
        remarks = list(meeting.remarks.all())
        user = self.request.user
        programmes = Programme.objects.visible_to(user).filter(organisation=meeting.organisation)
        programme = programmes.filter(starts_on__lte=meeting.held_on).first()
        model_cells, rounds, lessons = 0, [], None
        if programme:
            rounds = list(programme.rounds.all())
            seen = Meeting.objects.visible_to(user)
            model_cells = seen.filter(round__programme=programme).values("organisation").distinct().count()
            between = seen.alias(began=began()).filter(conference_of__programme=programme, began__lt=meeting.began_at)
            lessons = between.select_related("kind", "organisation").order_by("-began").first()
        by_sort = {sort: [r for r in remarks if r.sort == sort] for sort in RemarkSort.values}
        lead_in = [paper for paper in papers if paper.is_lead_in]
        papers = [paper for paper in papers if not paper.is_lead_in]
        groups = by_type(papers)
        may_edit = may_edit_workshop(user, meeting) is True
        in_order = bool(self.request.GET.get("thu-tu"))
        follow = what_follows(self.request, meeting)
        conclusions = list(meeting.conclusions.all())
        solutions = list(meeting.solutions.select_related("conclusion"))
        for one in solutions:
            one.paper = by_key.get(one.paper_id)
        for point in conclusions:
            point.links = follow.get(point.pk, [])
            point.from_solutions = [one for one in solutions if one.conclusion_id == point.pk]
        themes = {}
        for one in solutions:
            themes.setdefault(one.theme, []).append(one)
        orders = list(meeting.paper_orders.exclude(state=OrderState.WITHDRAWN).only("state", "due_on", "meeting_id"))
        return super().get_context_data(
            papers=papers, groups=groups, programme=programme, rounds=rounds, lessons=lessons, model_cells=model_cells,
            opening=by_sort[RemarkSort.OPENING], floor=by_sort[RemarkSort.FLOOR], steering=by_sort[RemarkSort.STEERING],
            closing=by_sort[RemarkSort.CLOSING], disagreements=meeting.disagreements.all(),
            conclusions=conclusions, may_edit=may_edit and not meeting.is_closed, may_draw_together=may_edit,
            lead_in=lead_in, in_order=in_order, plan=getattr(meeting, "plan", None), delegates=delegates_words(meeting),
            lines=meeting.programme_lines.all(), states=meeting.type_states.select_related("cell_type"), themes=themes,
            orders=orders, late_orders=sum(order.is_late_on(today()) for order in orders), speakers=by_speaker(by_sort[RemarkSort.FLOOR]),
            workshop_papers=papers_of(meeting, user), panels=panels_for("hoithao.workshop", self.request, meeting), **context,
        )  # fmt: skip


def what_follows(request, meeting) -> dict[int, list]:
    """What other rooms made of each point of the conclusion: key of the point → (words, address)."""
    follow = {}
    for _, found in panels_for("hoithao.conclusions", request, meeting):
        for pk, links in found.items():
            follow.setdefault(pk, []).extend(links)
    return follow


def by_type(papers) -> dict[str, list]:
    """Papers by the type of their cell, types in their order."""
    groups = {}
    for paper in sorted(papers, key=lambda one: (one.cell_type.order if one.cell_type_id else 999, one.order)):
        groups.setdefault(paper.cell_type.name if paper.cell_type_id else "Tổ chức khác", []).append(paper)
    return groups


def by_speaker(remarks) -> list[tuple[str, list]]:
    """Remarks from the floor, one entry a speaker in the order of their first words."""
    speakers = {}
    for remark in remarks:
        speakers.setdefault(remark.speaker, []).append(remark)
    return list(speakers.items())


class PaperDetail(PortalDetail):
    model = Paper
    access = "hoithao.see_programmes"
    template_name = "hoithao/paper_detail.html"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("organisation__parent", "meeting__organisation", "meeting__kind", "file", "ordered")
        )

    def get_sub(self):
        return f"{self.object.called[0].upper()}{self.object.called[1:]}. {author_of(self.object)}"

    def get_crumbs(self):
        return [LIST, (self.object.meeting.name, reverse("hoithao:workshop_detail", args=[self.object.meeting_id]))]

    def get_context_data(self, **context):
        """The words, and what became of them: put forward under a theme, concluded, made a khoản and a duty."""
        paper = self.object
        papers = in_turn(paper.meeting.papers.only("order", "title", "is_lead_in", "meeting_id"))
        place = next(i for i, one in enumerate(papers) if one.pk == paper.pk)
        paper.turn = papers[place].turn
        follow = what_follows(self.request, paper.meeting)
        solutions = list(paper.solutions.select_related("conclusion"))
        for one in solutions:
            one.links = follow.get(one.conclusion_id, [])
        return super().get_context_data(
            solutions=solutions, before=papers[place - 1] if place else None,
            after=papers[place + 1] if place + 1 < len(papers) else None, **context,
        )  # fmt: skip


class WorkshopAdd(WorkshopFound, PortalEdit):
    """Base of the forms that add to a workshop."""

    access = "hoithao.edit_workshop"
    service = None
    anchor = ""

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
