"""Sổ xử lý dữ liệu: on screen and on paper; what is past its time, listed and confirmed by staff."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from chibo.access.privacy import may_clear_data
from chibo.models import Organisation
from chibo.owndata import processing_register
from chibo.reports.tables import Table
from chibo.services.retention import RULES, clear_confirmed, due_rows
from kyanh_portal.access.scope import scope_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date, vn_time
from kyanh_portal.base.downloads import attachment
from kyanh_portal.parameters.parameter import value_on
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.rendering.xlsx import Column
from kyanh_portal.reports.report import PDF
from kyanh_portal.ui.views import PortalCreate, PortalPage

REGISTER = ("Sổ xử lý dữ liệu cá nhân", "/to-chuc/so-xu-ly-du-lieu/")
NEVER = "Văn bản đã khóa, biên bản, chữ ký, nhật ký"


class Register(PortalPage):
    access = "chibo.handle_incidents"
    template_name = "chibo/processing_register.html"
    title = REGISTER[0]
    sub = "Dữ liệu nào, để làm gì, ai xem, giữ bao lâu."

    def get_context_data(self, **context):
        day, user = today(), self.request.user
        due = {rule.code: due_rows(rule, user, day).count() for rule in RULES if rule.due} if may_clear_data(user) is True else {}  # fmt: skip
        kept = [(rule.what, rule.words(day), due.get(rule.code), rule.code) for rule in RULES]
        return super().get_context_data(lines=processing_register(), kept=kept, never=NEVER, officer=value_on("chibo.data_officer", day), **context)  # fmt: skip


class RegisterPdf(PortalPage):
    """The same register on paper, for the file of the data officer."""

    access = "chibo.handle_incidents"
    title = REGISTER[0]

    def get(self, request, *args, **kwargs):
        day, now = today(), timezone.now()
        purposes = [[at, one["purpose"], "; ".join(one["fields"]), ", ".join(one["levels"]), "; ".join(one["seen_by"]), "Có" if one["out"] else ""] for at, one in enumerate(processing_register(), 1)]  # fmt: skip
        kept = [[rule.what, rule.words(day)] for rule in RULES] + [[NEVER, "Không xóa"]]
        tables = [
            Table("so-xu-ly", "I. Mục đích và dữ liệu", [Column("TT", 6, "int"), Column("Mục đích", 30), Column("Dữ liệu", 60), Column("Loại", 12), Column("Ai xem", 30), Column("Xuất ra", 10)], purposes, f"Phụ trách: {value_on('chibo.data_officer', day)}. Toàn bộ danh sách đảng viên là dữ liệu nhạy cảm (NĐ 356/2025/NĐ-CP, Điều 4)."),
            Table("", "II. Giữ bao lâu", [Column("Dữ liệu", 80), Column("Thời hạn", 30)], kept),
        ]  # fmt: skip
        made = f"{request.user} in lúc {vn_time(now)}, ngày {vn_date(timezone.localdate(now))}."
        record("data.register_printed", by=request.user)
        seen = Organisation.objects.visible_to(request.user)
        home = seen.filter(pk=scope_of(request.user).home_id or 0).values_list("name", flat=True).first()
        body = report_pdf("print/growth_tables.html", {"title": REGISTER[0].upper(), "sub": f"{home or ''}, tính đến ngày {vn_date(day)}".lstrip(", "), "made": made, "is_synthetic": False, "tables": tables})  # fmt: skip
        response = HttpResponse(body, content_type=PDF)
        response["Content-Disposition"] = attachment("so-xu-ly-du-lieu.pdf")
        response["Content-Security-Policy"], response["Cache-Control"] = "sandbox", "no-store"
        return response


class RetentionClear(PortalCreate):
    """The rows of one rule past their time; the button takes these data away and nothing else."""

    access = "chibo.clear_data"
    template_name = "chibo/retention.html"
    title = "Hết hạn giữ"
    verb = "Xóa các mục này"
    extra_context = {"cancel": "Thôi, không xóa"}

    def get_crumbs(self):
        return [REGISTER]

    @property
    def rule(self):
        found = next((rule for rule in RULES if rule.due and rule.code == self.kwargs["code"]), None)
        if found is None:
            raise Http404("no such rule")
        return found

    def get_context_data(self, **context):
        rows = due_rows(self.rule, self.request.user, today()).order_by("pk")
        page = Paginator(rows, 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(rule=self.rule, words=self.rule.words(today()), page_obj=page, **context)

    def act(self):
        number = clear_confirmed(self.rule.code, by=self.request.user)
        return f"Đã xóa {number} mục hết hạn giữ. Nhật ký ghi số mục, không ghi nội dung."

    def get_success_url(self):
        return reverse("chibo:processing_register")
