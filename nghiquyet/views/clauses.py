"""The text of a draft, part by part: plain forms, each field kept as it is left."""

from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from kyanh_portal.access.rules import require
from kyanh_portal.base.calendar import vn_time
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.retrying import whole
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.views import AccessMixin, FoundMixin, PortalAction, PortalEdit
from nghiquyet.choices import Level, Status
from nghiquyet.documents.resolution import numbered
from nghiquyet.forms.resolutions import ClauseForm
from nghiquyet.models import Clause, Resolution
from nghiquyet.services.drafting import (
    CLAUSE_TEXTS,
    add_clause,
    edit_clause,
    move_clause,
    remove_clause,
    save_text,
)
from nghiquyet.views.resolutions import LIST, OfResolution, paper_number


class ResolutionText(OfResolution, PortalEdit):
    """Every part on one page; without scripts the one button keeps all of them."""

    access = "nghiquyet.edit"
    form_class = PortalForm
    template_name = "nghiquyet/resolution_text.html"
    title = "Soạn lời văn"
    verb = "Xong, xem dự thảo"

    def get(self, request, *args, **kwargs):
        if self.get_object().status != Status.DRAFT:
            return HttpResponseRedirect(self.get_object().get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_sub(self):
        return f"Nghị quyết {self.object.title}, dự thảo lần {self.object.draft_number}"

    def get_context_data(self, **context):
        rows = []
        for label, clause in numbered(self.object.clauses.select_related("conclusion")):
            for field in CLAUSE_TEXTS:
                setattr(clause, f"shown_{field}", self.request.POST.get(f"{field}_{clause.pk}", getattr(clause, field)))
            rows.append({"label": paper_number(label, clause), "number": label.rstrip("-.)"), "clause": clause})
        return super().get_context_data(
            rows=rows, save_url=reverse("nghiquyet:clause_save", args=[self.object.pk]), **context
        )

    def act(self, resolution):
        """Keep what the page holds; with scripts it is stored already and nothing changes."""
        for clause in resolution.clauses.all():
            for field in CLAUSE_TEXTS:
                name = f"{field}_{clause.pk}"
                if name in self.request.POST:
                    seen = self.request.POST.get(f"seen_{name}", "")
                    save_text(clause, field, self.request.POST[name], seen=seen, by=self.request.user)
        return resolution


class ClauseSave(FoundMixin, AccessMixin, View):
    """Keeps one text as it is left: {"saved_at", "seen"}, or 409 with the other text."""

    model = Resolution
    access = "nghiquyet.edit"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind")

    def post(self, request, pk):
        resolution = self.get_object()
        field = request.POST.get("field", "")
        name, _, number = field.rpartition("_")
        row = resolution
        if name in CLAUSE_TEXTS and number.isdecimal() and len(number) < 19:
            row, field = get_object_or_404(Clause, pk=int(number), resolution=resolution), name
        try:
            sent = request.POST.get("value", ""), request.POST.get("seen", "")
            stored = whole(lambda: save_text(row, field, sent[0], seen=sent[1], by=request.user))
        except Conflict as broken:
            return JsonResponse({"theirs": broken.theirs, "message": broken.message}, status=409)
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message}, status=422)
        return JsonResponse({"saved_at": vn_time(timezone.now()), "seen": stored})


class ClauseCreate(OfResolution, PortalEdit):
    access = "nghiquyet.edit"
    form_class = ClauseForm
    title = "Thêm một phần"
    verb = "Thêm vào dự thảo"

    def get_crumbs(self):
        return [LIST, ("Soạn lời văn", self.object.get_text_url())]

    def get_initial(self):
        return {"level": Level.PARAGRAPH}

    def act(self, resolution, **answers):
        after = self.request.GET.get("sau", "")
        after = resolution.clauses.filter(pk=after).first() if after.isdecimal() and len(after) < 19 else None
        self.clause = add_clause(resolution, by=self.request.user, after=after, **answers)

    def get_success_url(self):
        return f"{self.object.get_text_url()}#phan-{self.clause.pk}"


class OfClause:
    """Pages about one part: found through what the user may see, judged by its resolution."""

    model = Clause
    access = "nghiquyet.edit"

    def get_queryset(self):
        return super().get_queryset().select_related("resolution__organisation__kind")

    def allowed(self, clause):
        require(self.access, self.request.user, clause.resolution)
        return clause

    def get_crumbs(self):
        return [LIST, ("Soạn lời văn", self.object.resolution.get_text_url())]

    def get_success_url(self):
        return f"{self.object.resolution.get_text_url()}#phan-{self.kwargs['pk']}"


class ClauseEdit(OfClause, PortalEdit):
    form_class = ClauseForm
    title = "Sửa một phần"

    def get_initial(self):
        return {name: getattr(self.object, name) for name in ("level", "heading", "text")}

    def act(self, clause, **answers):
        edit_clause(clause, by=self.request.user, **answers)


class ClauseMove(OfClause, PortalAction):
    """One place up or down; the arrow buttons post here."""

    form_class = PortalForm
    title = "Chuyển chỗ một phần"
    verb = "Chuyển lên"
    consequence = "Phần này đổi chỗ với phần đứng ngay trên."

    def act(self, clause):
        move_clause(clause, by=self.request.user, up=self.request.POST.get("huong") != "xuong")


class ClauseRemove(OfClause, PortalAction):
    form_class = PortalForm
    title = "Bỏ phần này?"
    verb = "Bỏ khỏi dự thảo"

    def get_consequence(self):
        return f"Bỏ phần “{self.object}” khỏi dự thảo. Bỏ rồi muốn có lại phải ghi lại."

    def act(self, clause):
        remove_clause(clause, by=self.request.user)

    def get_success_url(self):
        return self.object.resolution.get_text_url()
