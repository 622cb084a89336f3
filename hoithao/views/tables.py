"""The superior's table of a month as a page, and a member's own register of attendance, as page and PDF."""

import datetime as dt

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from chibo.models import Member, Organisation
from hoithao.cards import roots_of
from hoithao.choices import Mark, Status
from hoithao.figures import months_with_facts, newest_month
from hoithao.half_years import Half
from hoithao.models import Attendance
from hoithao.models.meeting import began
from hoithao.monthly import month_rows, month_summary
from hoithao.rules import is_left_out, percent
from kyanh_portal.base.calendar import FIRST_YEAR, LAST_YEAR, month_named, today, vn_date, vn_time
from kyanh_portal.base.downloads import attachment
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.ui.views import PortalDetail, PortalPage

SHORT = 25  # cells shown at once; more stand folded below their committees


class OwnTable(PortalPage):
    """The table of the branch the user answers for: at the address named `table`."""

    access = "dashboard.see_figures"
    table = "hoithao:month_table"

    def get(self, request, *args, **kwargs):
        roots = roots_of(request.user)
        if not roots:
            raise Http404
        return HttpResponseRedirect(reverse(self.table, args=[roots[0].pk]))


class MonthTable(PortalDetail):
    model = Organisation
    access = "dashboard.see_figures"
    template_name = "hoithao/month_table.html"

    def get_queryset(self):
        return super().get_queryset().select_related("kind")

    def get_month(self) -> dt.date:
        text = self.request.GET.get("thang", "")
        try:
            return month_named(text) if text else newest_month([self.object.pk])
        except ValueError:
            raise Http404 from None

    def get_title(self):
        month = self.get_month()
        return f"Chất lượng sinh hoạt tháng {month.month}/{month.year}"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [("Sinh hoạt", "/sinh-hoat/")]

    def get_context_data(self, **context):
        unit, month = self.object, self.get_month()
        rows = month_rows(unit, month)
        months = months_with_facts([unit.pk], 24)
        if month not in months:
            months = [month, *months]
        return super().get_context_data(
            rows=rows, summary=month_summary(rows, unit, month), month=month, months=months,
            is_long=len(rows) > SHORT, groups=by_committee(rows),
            as_file=f"{reverse('reports:ask_for', args=['bang-thang'])}?unit={unit.pk}&month={month:%Y-%m}",
            six=f"{reverse('hoithao:half_year_table', args=[unit.pk])}?ky={Half.of(month)}", **context,
        )  # fmt: skip


def by_committee(rows) -> list[dict]:
    """The cells below their committees, in the order of the tree, with how many met and how many have a score."""
    found: dict = {}
    for row in rows:
        found.setdefault(row.cell.parent, []).append(row)
    return [
        {
            "unit": unit,
            "rows": own,
            "held": sum(1 for row in own if row.meeting),
            "scored": sum(1 for row in own if row.score),
        }
        for unit, own in found.items()
    ]


class Register(PortalDetail):
    """One member's attendance in a year: what the locked minutes say, meeting by meeting."""

    model = Member
    access = "chibo.see_members"
    template_name = "hoithao/register.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_year(self) -> int:
        text = self.request.GET.get("nam", "") or str(today().year)
        if not (text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
            raise Http404
        return int(text)

    def get_title(self):
        return f"Sổ dự họp năm {self.get_year()}"

    def get_sub(self):
        return f"{self.object.full_name}, {self.object.organisation.name}"

    def get_crumbs(self):
        return [(self.object.full_name, self.object.get_absolute_url())]

    def get_context_data(self, **context):
        year = self.get_year()
        rows = list(
            Attendance.objects.filter(member=self.object, meeting__status=Status.CLOSED, meeting__month__year=year)
            .select_related("meeting__kind", "meeting__organisation")
            .order_by(began("meeting__"))
        )
        regular = [row for row in rows if row.meeting.kind_is_regular and not is_left_out(row.standing)]
        present = sum(1 for row in regular if row.mark == Mark.PRESENT)
        context |= {
            "rows": rows, "year": year, "years": [year - 1, year, year + 1], "present": present, "base": len(regular),
            "share": percent(present, len(regular)), "excused": sum(1 for row in regular if row.mark == Mark.EXCUSED),
            "unexcused": sum(1 for row in regular if row.mark == Mark.UNEXCUSED),
        }  # fmt: skip
        return super().get_context_data(**context)


class RegisterPdf(Register):
    """The same on paper."""

    def render_to_response(self, context, **options):
        moment = timezone.now()
        member = self.object
        paper = {
            **{name: context[name] for name in ("rows", "present", "base", "share", "excused", "unexcused")},
            "title": f"SỔ DỰ HỌP NĂM {context['year']}", "sub": self.get_sub(), "is_synthetic": member.is_synthetic,
            "made": f"Lấy từ biên bản đã khóa; {self.request.user} in lúc {vn_time(moment)}, ngày {vn_date(timezone.localdate(moment))}.",
        }  # fmt: skip
        answer = HttpResponse(report_pdf("print/attendance_register.html", paper), content_type="application/pdf")
        answer["Content-Disposition"] = attachment(f"so-du-hop-{context['year']}.pdf")
        return answer


urlpatterns = [
    path("bang-thang/", OwnTable.as_view(), name="month_table_own"),
    path("bang-thang/<int:pk>/", MonthTable.as_view(), name="month_table"),
    path("du-hop/<int:pk>/", Register.as_view(), name="register"),
    path("du-hop/<int:pk>/pdf/", RegisterPdf.as_view(), name="register_pdf"),
]
