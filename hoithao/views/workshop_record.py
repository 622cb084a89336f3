"""What is prepared for a workshop, what it brought, and its papers."""

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.views import View

from chibo.choices import Post
from chibo.figures import holder_of
from hoithao.forms.workshop_record import IssueForm, PlanForm, ProgrammeForm, SolutionForm, StateForm
from hoithao.models.workshop import in_turn
from hoithao.reports.proceedings import ask_for_proceedings
from hoithao.reports.workshop_news import news_facts, news_pdf
from hoithao.services.workshop_issuing import KINDS, Signing, issue_workshop_paper, missing_for
from hoithao.services.workshop_record import (
    PLAN_FIELDS,
    prepare_workshop,
    programme_text,
    propose,
    set_programme,
    write_state,
)
from hoithao.views.programmes import LIST
from hoithao.views.workshops import WorkshopAdd, WorkshopFound
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today
from kyanh_portal.base.downloads import attachment
from kyanh_portal.ui.views import FoundMixin, PortalAction, PortalDetail


class Prepare(WorkshopAdd):
    title, form_class = "Chuẩn bị hội thảo", PlanForm

    def get_initial(self):
        meeting = self.object
        plan = getattr(meeting, "plan", None)
        known = {name: getattr(plan, name) for name in PLAN_FIELDS} if plan else {}
        return {**known, "delegates": meeting.delegates, "chair_post": meeting.chair_label}

    def act(self, meeting, **answers):
        prepare_workshop(meeting, by=self.request.user, **answers)
        return "Đã ghi phần chuẩn bị."


class ProgrammeEdit(WorkshopAdd):
    title, form_class, anchor = "Chương trình hội thảo", ProgrammeForm, "#chuong-trinh"

    def get_initial(self):
        return {"lines": programme_text(self.object.programme_lines.all())}

    def act(self, meeting, lines):
        set_programme(meeting, by=self.request.user, lines=lines)
        return "Đã ghi chương trình."


class StateWrite(WorkshopAdd):
    title, form_class, anchor = "Thực trạng theo loại hình", StateForm, "#thuc-trang"
    template_name = "hoithao/workshop_state_form.html"

    def chosen_type(self):
        asked = self.request.GET.get("loai", "")
        return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None

    def get_initial(self):
        known = self.object.type_states.filter(cell_type=self.chosen_type() or 0).first()
        words = {name: getattr(known, name) for name in ("strengths", "weaknesses", "causes")} if known else {}
        return {"cell_type": self.chosen_type(), **words}

    def get_context_data(self, **context):
        papers, chosen = in_turn(self.object.papers.all()), self.chosen_type()
        papers = [paper for paper in papers if not chosen or paper.cell_type_id == chosen]
        return super().get_context_data(papers=papers, **context)

    def act(self, meeting, **answers):
        state = write_state(meeting, by=self.request.user, is_synthetic=meeting.is_synthetic, **answers)
        return f"Đã ghi thực trạng: {state.cell_type}."


class SolutionCreate(WorkshopAdd):
    title, form_class, anchor = "Ghi nhiệm vụ, giải pháp", SolutionForm, "#giai-phap"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def act(self, meeting, **answers):
        propose(meeting, by=self.request.user, is_synthetic=meeting.is_synthetic, **answers)


class PaperIssue(WorkshopFound, PortalAction):
    """Issue one paper: who signs, which day; then it has its number and never changes."""

    access = "hoithao.issue_workshop_paper"
    verb, form_class = "Ban hành", IssueForm
    consequence = "Văn bản được lấy số, khóa nội dung; muốn sửa phải ra văn bản khác."

    @property
    def what(self):
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        return KINDS[self.kwargs["kind"]]

    def get_title(self):
        return f"Ban hành {self.what.label[:1].lower()}{self.what.label[1:]}?"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [LIST, (self.object.name, reverse("hoithao:workshop_detail", args=[self.object.pk]))]

    def get_initial(self):
        held_on = self.object.held_on
        held = holder_of(self.object.organisation, [Post.OFFICE_HEAD], held_on)
        day = min(today(), held_on) if self.what.is_before else max(today(), held_on)
        return {"dated": day, "signer_name": str(held.member) if held else "", "signing": Signing.OFFICE}

    def get_context_data(self, **context):
        context.setdefault("missing", missing_for(self.object, self.kwargs["kind"]))
        return super().get_context_data(**context)

    def act(self, meeting, **answers):
        return issue_workshop_paper(meeting, self.kwargs["kind"], by=self.request.user, **answers)


class Proceedings(WorkshopFound, PortalAction):
    """Ask for the book of the workshop; it is made in the background."""

    access = "hoithao.see_programmes"
    title, verb = "Tạo kỷ yếu hội thảo?", "Tạo kỷ yếu"
    consequence = (
        "Một tệp PDF: bìa, mục lục có số trang, các tham luận theo thứ tự trình bày, ý kiến, chỉ đạo, kết luận. "
        "Làm ở phía sau; đóng trang cũng được, tệp nằm trong mục Báo cáo."
    )

    def get_crumbs(self):
        return [LIST, (self.object.name, reverse("hoithao:workshop_detail", args=[self.object.pk]))]

    def act(self, meeting):
        return ask_for_proceedings(meeting, by=self.request.user, client_key=self.sent_key)


class News(WorkshopFound, PortalDetail):
    """The news of the workshop: one page whose facts come from the record."""

    access = "hoithao.see_programmes"
    template_name = "hoithao/workshop_news.html"

    def get_title(self):
        return "Tin hội thảo"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [LIST, (self.object.name, reverse("hoithao:workshop_detail", args=[self.object.pk]))]

    def get_context_data(self, **context):
        return super().get_context_data(news=news_facts(self.object), **context)


class NewsPdf(WorkshopFound, FoundMixin, View):
    access = "hoithao.see_programmes"

    def get(self, request, pk):
        meeting = self.get_object()
        content = news_pdf(meeting)
        record("document.downloaded", meeting, by=request.user, format="pdf", kind="workshop_news")
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = attachment("tin-hoi-thao.pdf")
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["Cache-Control"] = "no-store"
        return response


urlpatterns = [
    path("hoi-thao/<int:pk>/chuan-bi/", Prepare.as_view(), name="workshop_prepare"),
    path("hoi-thao/<int:pk>/chuong-trinh/", ProgrammeEdit.as_view(), name="workshop_programme"),
    path("hoi-thao/<int:pk>/thuc-trang/", StateWrite.as_view(), name="state_write"),
    path("hoi-thao/<int:pk>/giai-phap/moi/", SolutionCreate.as_view(), name="solution_create"),
    path("hoi-thao/<int:pk>/van-ban/<slug:kind>/", PaperIssue.as_view(), name="workshop_paper_issue"),
    path("hoi-thao/<int:pk>/ky-yeu/", Proceedings.as_view(), name="proceedings"),
    path("hoi-thao/<int:pk>/tin/", News.as_view(), name="workshop_news"),
    path("hoi-thao/<int:pk>/tin.pdf", NewsPdf.as_view(), name="workshop_news_pdf"),
]
