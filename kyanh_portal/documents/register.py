"""Sổ văn bản đi: every numbered paper of a body, in the order of its series; on the page, as XLSX, as PDF."""

from urllib.parse import urlencode

from django import forms
from django.db.models import F
from django.db.models.fields.json import KT
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views import View

from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import vn_date, vn_time
from kyanh_portal.base.downloads import attachment
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.documents.types import TYPES
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField
from kyanh_portal.ui.views import AccessMixin, PortalList

MOST = 3_000  # lines of one file: years of a committee
COLUMNS = [
    Column("Số, ký hiệu", 16), Column("Ngày văn bản", 12, "date"), Column("Thể loại", 14), Column("Trích yếu", 50),
    Column("Cơ quan ban hành", 26), Column("Người ký", 22), Column("Nơi nhận", 44), Column("Nơi lưu", 24),
]  # fmt: skip


class RegisterFilter(FilterForm):
    text = LineField(label="Số, trích yếu, đơn vị", max_length=100)
    issuer = forms.ChoiceField(label="Cơ quan ban hành")
    type_name = forms.ChoiceField(
        label="Thể loại", choices=[("", "Tất cả"), *((t.name, t.name.capitalize()) for t in TYPES.values())]
    )
    since = DateField(label="Từ ngày")
    until = DateField(label="Đến ngày")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = IssuedDocument.objects.visible_to(self.user).filter(number__isnull=False)
        pairs = names.order_by("issuer_name").values_list("issuer", "issuer_name").distinct()[:300]
        self.fields["issuer"].choices = [("", "Tất cả"), *pairs]

    def apply(self, rows, text="", issuer="", type_name="", since=None, until=None):
        if issuer:
            rows = rows.filter(issuer=issuer)
        if type_name:
            rows = rows.filter(type_name=type_name)
        if since:
            rows = rows.filter(dated__gte=since)
        if until:
            rows = rows.filter(dated__lte=until)
        for word in fold(text).split():
            rows = rows.filter(search_key__contains=word)
        return rows


def numbered_papers(user):
    """Every paper with a number in the user's scope, the newest number of a day on top."""
    rows = IssuedDocument.objects.visible_to(user).filter(number__isnull=False)
    rows = rows.annotate(
        signer=KT("content__signature__name"), position=KT("content__signature__position"),
        sent_to=F("content__recipients"),
    )  # fmt: skip
    return rows.defer("content").order_by("-dated", "issuer_name", "type_name", "-number")


def line_of(paper) -> list:
    """One line of the book."""
    recipients = [line.lstrip("-– ").rstrip(" ;.") for line in paper.sent_to or []]
    filed = recipients.pop() if recipients and recipients[-1].startswith("Lưu") else ""
    signer = ", ".join(filter(None, [paper.signer, (paper.position or "").capitalize()]))
    return [
        paper.number_line.removeprefix("Số "), paper.dated, paper.type_name.capitalize(), paper.title,
        paper.issuer_name, signer, "; ".join(recipients), filed,
    ]  # fmt: skip


class Register(PortalList):
    model = IssuedDocument
    access = "documents.see"
    filter_class = RegisterFilter
    template_name = "documents/register.html"
    title = "Sổ văn bản đi"
    sub = "Mỗi thể loại một dãy số trong nhiệm kỳ. Tài liệu mật giữ số trong cùng dãy, theo dõi riêng."

    def get_crumbs(self):
        return [("Văn bản", reverse("documents:list"))]

    def get_rows(self):
        return numbered_papers(self.request.user)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        for paper in context["object_list"]:
            paper.line = line_of(paper)
        asked = self.request.GET.copy()
        asked.pop("page", None)
        return {**context, "asked": urlencode(asked, doseq=True)}


class RegisterFile(AccessMixin, View):
    """The same lines, as asked on the page, to print or to keep."""

    access = "documents.see"
    form = "xlsx"

    def get(self, request):
        form = self.form
        rows = RegisterFilter(request.GET, user=request.user).narrow(numbered_papers(request.user))
        rows = rows.order_by("issuer_name", "period", "type_name", "number")[:MOST]
        lines, is_synthetic = [line_of(row) for row in rows], any(row.is_synthetic for row in rows)
        notes = [
            f"{len(lines)} văn bản. Lập lúc {vn_time(timezone.now())}, ngày {vn_date(timezone.localdate())}.",
            *(["Số liệu giả lập"] if is_synthetic else []),
            *([f"Chỉ ghi {MOST} dòng đầu: lọc hẹp lại rồi tải tiếp."] if len(lines) == MOST else []),
        ]
        if form == "xlsx":
            data = workbook([Sheet("Sổ văn bản đi", COLUMNS, lines, "SỔ VĂN BẢN ĐI", notes)])
            media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        else:
            context = {"title": "Sổ văn bản đi", "sub": notes[0], "rows": lines, "labels": [c.label for c in COLUMNS]}
            data = report_pdf(
                "print/register.html", {**context, "made": " ".join(notes[1:]), "is_synthetic": is_synthetic}
            )
            media = "application/pdf"
        record("register.exported", request.user, by=request.user, format=form, lines=len(lines))
        return HttpResponse(
            data,
            content_type=media,
            headers={
                "Content-Disposition": attachment(f"so-van-ban-di.{form}"),
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
            },
        )
