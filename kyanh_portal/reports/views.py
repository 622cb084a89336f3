"""My reports: ask, watch, fetch."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from kyanh_portal.access.rules import require, verdict
from kyanh_portal.audit.record import record
from kyanh_portal.base.downloads import attachment
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.reports.models import ReportFile, ReportRun
from kyanh_portal.reports.report import reports
from kyanh_portal.reports.running import ask, ask_again
from kyanh_portal.ui.views import AccessMixin, FoundMixin, PortalCreate, PortalDetail, PortalList, PortalPage

LIST = ("Báo cáo", "/bao-cao/")


class RunList(PortalList):
    model = ReportRun
    access = "reports.ask"
    template_name = "reports/list.html"
    title = "Báo cáo"
    sub = "Báo cáo làm ở phía sau; đóng trang cũng được. Tệp giữ 24 giờ."


class Choose(PortalPage):
    """Which report: each with what it tells."""

    access = "reports.ask"
    template_name = "reports/choose.html"
    title = "Lập báo cáo"

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        mine = [one for one in reports if one.form_class and verdict(one.access, self.request.user) is True]
        found = sorted(mine, key=lambda report: report.order)
        return super().get_context_data(found=found, **context)


class Ask(PortalCreate):
    """Ask for the report named in the address."""

    access = "reports.ask"
    verb = "Lập báo cáo"
    template_name = "components/form_page.html"

    @property
    def report(self):
        code = self.kwargs["code"]
        found = reports.get(code) if code in reports else None
        if found is None or not found.form_class:
            raise Http404
        require(found.access, self.request.user)
        return found

    def get_title(self):
        return self.report.title

    def get_crumbs(self):
        return [LIST, ("Lập báo cáo", reverse("reports:ask"))]

    def get_form_class(self):
        return self.report.form_class

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self):
        """What the page that led here already knows: the unit, the month."""
        return {
            name: value[:40] for name, value in self.request.GET.items() if name in self.report.form_class.base_fields
        }

    def act(self, formats, **answers):
        return ask(
            self.report.code,
            self.report.parameters(answers),
            formats,
            by=self.request.user,
            client_key=self.sent_key,
        )


class RunDetail(PortalDetail):
    """One run; htmx asks again each five seconds until it ends. Without scripts the page is simply opened again."""

    model = ReportRun
    access = "reports.ask"

    def get_template_names(self):
        return ["reports/_run.html" if self.request.headers.get("HX-Request") else "reports/run.html"]

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        files = ReportFile.objects.filter(run=self.object).defer("content") if not self.object.is_expired else []
        return super().get_context_data(run=self.object, files=files, **context)


class Again(FoundMixin, View):
    model = ReportRun
    access = "reports.ask"

    def post(self, request, pk):
        run = self.get_object()
        try:
            ask_again(run, by=request.user)
        except RuleBroken as broken:
            messages.info(request, broken.message)
        return HttpResponseRedirect(run.get_absolute_url())


class Download(FoundMixin, View):
    """The file, for who asked, while it is kept; every fetch is told in the trail."""

    model = ReportRun
    access = "reports.ask"

    def get(self, request, pk, file):
        run = self.get_object()
        found = get_object_or_404(ReportFile, pk=file, run=run)
        if run.is_expired:
            return render(request, "404.html", status=404)
        record("report.downloaded", run, by=request.user, file=found.name)
        response = HttpResponse(bytes(found.content), content_type=found.media_type)
        response["Content-Disposition"] = attachment(found.name)
        response["Content-Security-Policy"] = "sandbox"
        response["Cache-Control"] = "no-store"
        return response


class Batch(AccessMixin, View):
    """Papers picked in a list → one ordered PDF, made in the background."""

    access = "documents.see"

    def post(self, request):
        chosen = request.POST.getlist("on_page" if request.POST.get("whole_page") else "ids")
        ids = list(dict.fromkeys(int(pk) for pk in chosen if pk.isascii() and pk.isdecimal() and len(pk) < 16))[:500]
        if not ids:
            messages.info(request, "Đánh dấu ít nhất một văn bản rồi bấm in.")
            return HttpResponseRedirect(reverse("documents:list"))
        try:
            key = uuid.UUID(request.POST.get("once", ""))
        except ValueError:
            key = uuid.uuid4()
        try:
            run = ask(
                "batch",
                {"papers": ids, "two_sided": bool(request.POST.get("two_sided"))},
                ["pdf"],
                by=request.user,
                client_key=key,
            )
        except RuleBroken as broken:
            messages.info(request, broken.message)
            return HttpResponseRedirect(reverse("reports:list"))
        return HttpResponseRedirect(run.get_absolute_url())
