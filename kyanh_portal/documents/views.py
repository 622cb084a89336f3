"""Papers as issued: find them, read them, take them away, and see that nothing in them was changed."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from kyanh_portal.access.rules import require
from kyanh_portal.audit.record import record
from kyanh_portal.base.downloads import attachment
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.forms import DocumentFilter
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.documents.kinds import kind_label, kinds
from kyanh_portal.documents.models import IssuedDocument, SheetState
from kyanh_portal.documents.sheets import counts, mark_sheets, way_of
from kyanh_portal.rendering.docx import official_docx
from kyanh_portal.rendering.pdf import official_pdf
from kyanh_portal.ui.panels import panels_for
from kyanh_portal.ui.views import AccessMixin, FoundMixin, PortalDetail, PortalList

LIST = ("Văn bản", "/van-ban/")


@dataclass(frozen=True)
class Format:
    """A form a paper is drawn in."""

    extension: str
    media_type: str
    draw: object


FORMATS = {
    "pdf": Format("pdf", "application/pdf", official_pdf),
    "docx": Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", official_docx),
}


def file_response(content, form: Format) -> HttpResponse:
    """The drawn paper as a download: never run in a frame, never guessed at, never kept on a shared machine."""
    return HttpResponse(
        form.draw(content),
        content_type=form.media_type,
        headers={
            "Content-Disposition": attachment(f"{content.file_name}.{form.extension}"),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def refused(request, broken: RuleBroken, *, form: str, word_url: str, back_url: str) -> HttpResponse:
    """The page that says in words why a paper is not drawn and what to do; the text itself is safe."""
    return render(
        request,
        "documents/document_refused.html",
        {"message": broken.message, "word_url": word_url if form == "pdf" else "", "back_url": back_url},
        status=422,
    )


class DocumentList(PortalList):
    """The print desk: choose papers and have them put into one file."""

    model = IssuedDocument
    access = "documents.see"
    filter_class = DocumentFilter
    template_name = "documents/document_list.html"
    title = "Văn bản đã khóa"

    def get_rows(self):
        return super().get_rows().defer("content").select_related("sheet")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        for paper in context["object_list"]:
            paper.kind_name, paper.way = kind_label(paper.kind, paper.type_name), way_of(paper)
        asked = self.request.GET.copy()
        chosen = asked.pop("sheet", [""])[-1]
        asked.pop("page", None)
        context["sheets"] = counts(self.filter.of_all_sheets.select_related(None))
        context["sheet_chosen"], context["asked"] = chosen, asked.urlencode()
        context["sheet_states"] = SheetState.choices
        context["panels"] = panels_for("documents.desk", self.request, None)
        context["desk_actions"] = panels_for("documents.desk_actions", self.request, None)
        return context


class SheetMark(AccessMixin, View):
    """Printed, handed in, signed or scanned: for the papers ticked; back to the page it came from."""

    access = "documents.track"

    def post(self, request):
        chosen = request.POST.getlist("ids")
        ids = list(dict.fromkeys(int(pk) for pk in chosen if pk.isascii() and pk.isdecimal() and len(pk) < 16))
        state = request.POST.get("sheet", "")
        try:
            changed = mark_sheets(ids, state, by=request.user)
        except RuleBroken as broken:
            messages.info(request, broken.message)
        else:
            label = SheetState(state).label
            messages.success(
                request, f"{label}: ghi cho {changed} văn bản." if changed else f"{label}: đã ghi từ trước."
            )
        back = request.POST.get("back", "")
        if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/van-ban/"):
            back = reverse("documents:list")
        return HttpResponseRedirect(back)


class DocumentDetail(PortalDetail):
    model = IssuedDocument
    access = "documents.see"
    template_name = "documents/document_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("issued_by", "amends", "sheet__by")

    def get_title(self):
        paper = self.object
        name = kind_label(paper.kind, paper.type_name)
        return f"{name} số {paper.number_line[3:]}" if paper.number_line else name

    def get_sub(self):
        return self.object.title

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        paper = self.object
        others = IssuedDocument.objects.visible_to(self.request.user).defer("content")
        return super().get_context_data(
            content=content_of(paper),
            amendments=others.filter(amends=paper),
            about=self.about(),
            kind_name=kind_label(paper.kind, paper.type_name),
            way=way_of(paper),
            sheet=getattr(paper, "sheet", None),
            sheet_states=SheetState.choices,
            **context,
        )

    def about(self):
        """The page of what the paper is about, if the user may see it."""
        kind = kinds.get(self.object.kind) if self.object.kind in kinds else None
        if kind is None or kind.model._meta.label_lower != self.object.target_type:
            return None
        return kind.find(self.object.target_id, self.request.user)


class DocumentVerify(PortalDetail):
    """Recompute the seal from the stored content and compare it with the one given at issue."""

    model = IssuedDocument
    access = "documents.see"
    template_name = "documents/document_verify.html"
    title = "Kiểm tra dấu niêm"

    def get_title(self):
        return self.title

    def get_sub(self):
        return str(self.object)

    def get_crumbs(self):
        return [LIST, (self.object.number_line or self.object.type_name.capitalize(), self.object.get_absolute_url())]

    def get_context_data(self, **context):
        computed = content_of(self.object).sha256()
        return super().get_context_data(computed=computed, is_intact=computed == self.object.sha256, **context)


class DocumentFile(FoundMixin, AccessMixin, View):
    """The paper drawn from its frozen content."""

    model = IssuedDocument
    access = "documents.see"
    form = "pdf"

    def get(self, request, pk):
        paper = self.get_object()
        if not content_of(paper).body:
            only = RuleBroken("Cổng chỉ giữ số và ngày của văn bản này; nội dung theo dõi riêng, không in từ đây.")
            return refused(request, only, form="docx", word_url="", back_url=paper.get_absolute_url())
        try:
            response = file_response(content_of(paper), FORMATS[self.form])
        except RuleBroken as broken:
            word = reverse("documents:docx", args=[paper.pk])
            return refused(request, broken, form=self.form, word_url=word, back_url=paper.get_absolute_url())
        record("document.downloaded", paper, by=request.user, format=self.form)
        return response


class DocumentPdf(DocumentFile):
    """The same as PDF; members take the minutes of their own cell."""

    access = "documents.take"

    def get_queryset(self):
        return IssuedDocument.objects.takeable_by(self.request.user)


class DraftFile(AccessMixin, View):
    """The paper as it reads now, marked as a draft until it is issued; for those who may see what it is about."""

    access = "portal.signed_in"
    form = "pdf"

    def get(self, request, kind, pk):
        if kind not in kinds:
            raise Http404
        kind = kinds.get(kind)
        row = kind.find(pk, request.user)
        if row is None:
            raise Http404
        require(kind.access, request.user, row)
        try:
            response = file_response(kind.content_for(row), FORMATS[self.form])
        except RuleBroken as broken:
            word = reverse("documents:draft_docx", args=[kind.code, row.pk])
            back = row.get_absolute_url() if hasattr(row, "get_absolute_url") else "/"
            return refused(request, broken, form=self.form, word_url=word, back_url=back)
        record("document.downloaded", row, by=request.user, format=self.form, kind=kind.code)
        return response
