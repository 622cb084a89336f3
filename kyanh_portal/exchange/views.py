"""Lists brought in: send, watch, look at what differs, let it be written."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse

from kyanh_portal.access.rules import require, verdict
from kyanh_portal.audit.record import record
from kyanh_portal.base.downloads import attachment
from kyanh_portal.exchange.importer import importers
from kyanh_portal.exchange.models import ImportRun, Purpose, RowKind
from kyanh_portal.exchange.reading import template_file
from kyanh_portal.exchange.running import confirm, drop, send_list
from kyanh_portal.files.forms import UploadField
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.templatetags.portal import vn_number
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalList, PortalPage

LIST = ("Nhập danh sách", "/nhap-lieu/")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 50


class SendForm(PortalForm):
    file = UploadField(label="Tệp Excel", allowed=("xlsx",), help_text="Tối đa 20.000 dòng, 25 MB.")
    purpose = forms.ChoiceField(label="Để làm gì", choices=Purpose, initial=Purpose.WRITE, widget=forms.RadioSelect)


class RunList(PortalList):
    model = ImportRun
    access = "exchange.use"
    template_name = "exchange/list.html"
    title = "Nhập danh sách"
    sub = "Hai bước: cổng kiểm tra và cho xem trước, đồng chí đồng ý rồi mới ghi."

    def get_rows(self):
        return super().get_rows().defer("content")

    def get_context_data(self, **context):
        mine = [one for one in importers if verdict(one.access, self.request.user) is True]
        return super().get_context_data(importers=mine, **context)


class ImporterMixin:
    access = "exchange.use"

    @property
    def importer(self):
        if self.kwargs["code"] not in importers:
            raise Http404
        importer = importers.get(self.kwargs["code"])
        require(importer.access, self.request.user)
        return importer


class Send(ImporterMixin, PortalCreate):
    form_class = SendForm
    verb = "Gửi để kiểm tra"
    template_name = "exchange/send.html"

    def get_title(self):
        return self.importer.title

    def get_sub(self):
        return "Chưa ghi gì cho đến khi đồng chí xem và đồng ý."

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        return super().get_context_data(importer=self.importer, **context)

    def act(self, file, purpose):
        return send_list(self.importer.code, file, purpose, by=self.request.user, client_key=self.sent_key)


class Template(ImporterMixin, PortalPage):
    """The file to fill in."""

    def get(self, request, *args, **kwargs):
        importer = self.importer
        record("import.template", by=request.user, importer=importer.code)
        response = HttpResponse(template_file(importer), content_type=XLSX)
        response["Content-Disposition"] = attachment(f"mau-{importer.code}.xlsx")
        response["Content-Security-Policy"] = "sandbox"
        return response


class RunDetail(PortalDetail):
    """Progress while a worker has it, then the preview by kind of row, then what was written."""

    model = ImportRun
    access = "exchange.use"

    def get_queryset(self):
        return super().get_queryset().defer("content")

    def get_template_names(self):
        return ["exchange/_run.html" if self.request.headers.get("HX-Request") else "exchange/run.html"]

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        run = self.object
        kinds = [(kind.value, run.kind_words(kind), run.counts[kind]) for kind in RowKind if run.counts.get(kind)]
        wanted = self.request.GET.get("loai", "")
        chosen = wanted if wanted in RowKind and wanted in run.counts else (kinds[0][0] if kinds else "")
        rows = run.rows.filter(kind=chosen)
        if is_noted := chosen == RowKind.NEW and "luu-y" in self.request.GET:
            rows = rows.filter(differences__contains=[["note"]])
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        for row in page.object_list:
            row.url = importers.get(run.importer).address(row.target) if row.target else ""
        return super().get_context_data(
            run=run, kinds=kinds, chosen=chosen, page_obj=page, rows=page.object_list,
            chosen_label=run.kind_words(chosen) if chosen else "", is_noted=is_noted, is_part=bool(self.request.headers.get("HX-Request")), **context,
        )  # fmt: skip


class Confirm(PortalAction):
    model = ImportRun
    access = "exchange.use"
    title = "Ghi danh sách này?"
    verb = "Ghi vào cổng"

    def get_queryset(self):
        return super().get_queryset().defer("content")

    def get_crumbs(self):
        return [LIST, (self.object.title, self.object.get_absolute_url())]

    def get_consequence(self):
        new, changed, wrong, noted = (self.object.counts.get(name, 0) for name in ("new", "changed", "wrong", "noted"))
        told = [f"Ghi mới {vn_number(new)} dòng, sửa {vn_number(changed)} dòng."]
        if noted:
            told.append(f"Trong số ghi mới có {vn_number(noted)} dòng trùng tên với người đã có trong chi bộ: xem lại kẻo một người ghi hai lần.")  # fmt: skip
        told.append("Nhật ký ghi từng dòng.")
        if wrong:
            told.append(
                f"{vn_number(wrong)} dòng sai không ghi; sửa trong tệp rồi gửi lại, dòng đã ghi không ghi lần nữa."
            )
        return " ".join(told)

    def act(self, run):
        return confirm(run, by=self.request.user)


class Drop(PortalAction):
    model = ImportRun
    access = "exchange.use"
    title = "Bỏ danh sách đã gửi?"
    verb = "Bỏ danh sách"
    consequence = "Cổng chưa ghi gì từ danh sách này và sẽ xóa bản xem trước."

    def get_queryset(self):
        return super().get_queryset().defer("content")

    def get_crumbs(self):
        return [LIST, (self.object.title, self.object.get_absolute_url())]

    def get_success_url(self):
        return reverse("exchange:list")

    def act(self, run):
        drop(run, by=self.request.user)
        return "Đã bỏ danh sách, cổng không ghi gì."
