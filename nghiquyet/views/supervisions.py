"""Inspection and supervision: seen only by those entitled."""

from django.db.models import Q

from chibo.choices import Role
from chibo.models import Organisation
from kyanh_portal.access.rules import verdict
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.files.keeping import check_upload
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalList
from nghiquyet.choices import CheckPaper
from nghiquyet.documents.supervision import TYPE_OF
from nghiquyet.figures.lights import standing_of
from nghiquyet.figures.living import resolutions_in_force
from nghiquyet.forms.progress import AdvanceForm, CheckPaperForm, RecommendForm, SupervisionForm, TeamForm
from nghiquyet.models import Duty, Supervision, SupervisionPaper
from nghiquyet.models.supervision import HEADS, held_at
from nghiquyet.services import supervisions as work
from nghiquyet.services.paper_skeletons import skeleton_of
from nghiquyet.views.living import LIST

SUPERVISIONS = ("Kiểm tra, giám sát", "/nghi-quyet/giam-sat/")


class SupervisionList(PortalList):
    model = Supervision
    access = "nghiquyet.see_supervisions"
    template_name = "nghiquyet/supervision_list.html"
    title = "Kiểm tra, giám sát"
    sub = "Chỉ hiện những cuộc đồng chí được xem: đoàn, Ủy ban Kiểm tra, cơ quan ra quyết định, đơn vị được giám sát."

    def get_crumbs(self):
        return [LIST]

    def get_rows(self):
        return super().get_rows().select_related("organisation").prefetch_related("subjects")


class OfSupervision:
    model = Supervision

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("organisation__kind", "resolution__document")
            .defer("resolution__document__content")
        )

    def get_sub(self):
        return self.object.title

    def get_crumbs(self):
        return [LIST, SUPERVISIONS, (self.object.title[:60], self.object.get_absolute_url())]


class SupervisionCreate(PortalCreate):
    access = "nghiquyet.plan_supervision"
    form_class = SupervisionForm
    title = "Lập cuộc kiểm tra, giám sát"
    verb = "Đưa vào chương trình"

    def get_crumbs(self):
        return [LIST, SUPERVISIONS]

    def get_form_kwargs(self):
        roles = [Role.INSPECTION, Role.COMMITTEE_SECRETARY]
        held = scope_of(self.request.user).covers_as("path", *roles)
        bodies = Organisation.objects.visible_to(self.request.user).filter(held).filter(Q(kind__is_cell=False))
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "bodies": bodies.order_by("kind__rank", "sort_key"),
            "resolutions": resolutions_in_force(self.request.user).order_by("-dated", "-pk"),
        }

    def act(self, **answers):
        return work.plan_supervision(by=self.request.user, **answers)


class SupervisionDetail(OfSupervision, PortalDetail):
    access = "nghiquyet.see_supervision"
    template_name = "nghiquyet/supervision_detail.html"

    def get_title(self):
        return self.object.get_form_display()

    def get_crumbs(self):
        return [LIST, SUPERVISIONS]

    def get_context_data(self, **context):
        row, user, day = self.object, self.request.user, today()
        runs = verdict("nghiquyet.run_supervision", user, row) is True
        duties = list(Duty.objects.visible_to(user).filter(supervision=row).select_related("lead"))
        for duty in duties:
            duty.standing = standing_of(duty, day)
        return super().get_context_data(
            runs=runs, states=work.next_states(row), duties=duties, subjects=list(row.subjects.all()),
            papers=SupervisionPaper.objects.visible_to(user).filter(supervision=row).select_related("file", "from_subject"),
            team=list(work.team_of(row)) if runs else [], steps=list(row.steps.all()) if runs else [],
            is_subject=bool(own_subjects(user, row)), **context,
        )  # fmt: skip


def own_subjects(user, supervision):
    """The supervised bodies whose head the user is."""
    return list(supervision.subjects.filter(pk__in=held_at(user, HEADS)))


class SupervisionAdvance(OfSupervision, PortalAction):
    access = "nghiquyet.run_supervision"
    form_class = AdvanceForm
    title = "Sang bước tiếp theo"
    verb = "Ghi bước này"
    consequence = "Bước cần văn bản thì văn bản phải có trong hồ sơ trước."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "states": work.next_states(self.object)}

    def get_initial(self):
        return {"on": today()}

    def act(self, supervision, state, on, note):
        return work.advance(supervision, by=self.request.user, state=state, on=on, note=note)


class SupervisionTeam(OfSupervision, PortalEdit):
    access = "nghiquyet.run_supervision"
    form_class = TeamForm
    title = "Đoàn kiểm tra, giám sát"
    verb = "Ghi thay đổi"

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "accounts": work.could_join(self.object),
            "team": work.team_of(self.object),
        }

    def act(self, supervision, **answers):
        work.change_team(supervision, by=self.request.user, **answers)
        return "Đã ghi thay đổi trong đoàn."

    def get_success_url(self):
        return self.object.get_absolute_url()


class SupervisionPaperAdd(OfSupervision, PortalEdit):
    access = "nghiquyet.run_supervision"
    form_class = CheckPaperForm
    template_name = "nghiquyet/supervision_paper.html"
    title = "Thêm văn bản vào hồ sơ"
    verb = "Thêm văn bản"

    def get_initial(self):
        kind = self.request.GET.get("loai", "")
        if kind not in TYPE_OF:
            return {"dated": today()}
        return {"dated": today(), "kind": kind, "title": self.object.title, "text": skeleton_of(TYPE_OF[kind])}

    def get_context_data(self, **context):
        return super().get_context_data(kinds=[kind for kind in CheckPaper.choices if kind[0] in TYPE_OF], **context)

    def act(self, supervision, file, **answers):
        checked = check_upload(file, by=self.request.user) if file else None
        work.add_paper(supervision, by=self.request.user, checked=checked, **answers)


class SupervisionAnswer(OfSupervision, PortalEdit):
    """The supervised body hands in its own report."""

    access = "nghiquyet.answer_supervision"
    form_class = CheckPaperForm
    title = "Nộp báo cáo của đơn vị"
    verb = "Nộp báo cáo"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kinds": work.OWN_PAPERS}

    def get_initial(self):
        return {"dated": today()}

    def act(self, supervision, file, **answers):
        subjects = own_subjects(self.request.user, supervision)
        if not subjects:
            raise work.RuleBroken("Chỉ bí thư đơn vị được giám sát nộp báo cáo này.")
        checked = check_upload(file, by=self.request.user) if file else None
        work.add_paper(supervision, by=self.request.user, checked=checked, subject=subjects[0], **answers)


class SupervisionRecommend(OfSupervision, PortalEdit):
    access = "nghiquyet.run_supervision"
    form_class = RecommendForm
    title = "Giao kiến nghị thành nhiệm vụ"
    verb = "Giao kiến nghị"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "subjects": self.object.subjects.all()}

    def act(self, supervision, **answers):
        work.recommend(supervision, by=self.request.user, **answers)
