"""The superior's table of six months as a page; every figure opens to its list; what is typed is typed here."""

from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import path, reverse

from chibo.models import Organisation
from hoithao.access import may_write_half_year
from hoithao.figures import newest_month
from hoithao.half_years import LEVEL_CODES, Half, columns, half_rows, half_summary, items_of
from hoithao.models import HalfYearNote
from hoithao.monthly import LEVELS, active_cells
from hoithao.services.half_years import write_half_year
from hoithao.views.tables import OwnTable
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.forms import LineField, PortalForm, TextField
from kyanh_portal.ui.views import PortalDetail, PortalEdit

SHOWN, LISTED, HALVES = 25, 50, 6
OF_MEETINGS = ("da-hop", "du-hop", "chuyen-de", "buoi-diem")


class HalfMixin:
    model = Organisation

    def get_queryset(self):
        return super().get_queryset().select_related("kind")

    def get_half(self) -> Half:
        text = self.request.GET.get("ky", "")
        try:
            return Half.named(text) if text else Half.of(newest_month([self.object.pk]))
        except ValueError:
            raise Http404 from None

    def address(self, name: str, pk: int, **more) -> str:
        return f"{reverse(name, args=[pk])}?{urlencode({'ky': self.get_half(), **more})}"


class HalfYearTable(HalfMixin, PortalDetail):
    access = "dashboard.see_figures"
    template_name = "hoithao/half_year_table.html"

    def get_title(self):
        return f"Sinh hoạt {self.get_half().name}"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [("Sinh hoạt", "/sinh-hoat/"), ("Bảng tháng", reverse("hoithao:month_table", args=[self.object.pk]))]

    def link(self, code, cell=None):
        return self.address("hoithao:half_year_list", self.object.pk, cot=code, **({"chi_bo": cell.pk} if cell else {}))

    def get_context_data(self, **context):
        half, user = self.get_half(), self.request.user
        rows = half_rows(user, self.object, half)
        summary = half_summary(rows)
        page = Paginator(rows, SHOWN).get_page(self.request.GET.get("page"))
        newest = Half.of(today())
        halves = [Half(newest.year - n // 2, 2 - n % 2) for n in range(HALVES + 1)]
        halves = [one for one in halves if one.first <= newest.first]
        for row in page.object_list:
            row.links = {code.replace("-", "_"): self.link(code, row.cell) for code in OF_MEETINGS}
            row.levels = [(name, row.span.levels[name], self.link(LEVEL_CODES[name], row.cell)) for name in LEVELS if row.span.levels[name]]  # fmt: skip
            row.counted = [(column, row.number(column.code), self.link(column.code, row.cell)) for column, *_ in summary["counted"]]  # fmt: skip
            row.may_write = may_write_half_year(user, row.cell) is True
            row.write = self.address("hoithao:half_year_write", row.cell.pk)
        return super().get_context_data(
            half=half, halves=halves if half in halves else [half, *halves], page_obj=page, summary=summary, is_ahead=half.months[-1] > today(),
            counted=[(column, number, cells, self.link(column.code)) for column, number, cells in summary["counted"]],
            levels=[(name, number, self.link(LEVEL_CODES[name])) for name, number in summary["level_rows"]],
            links={code.replace("-", "_"): self.link(code) for code in OF_MEETINGS},
            as_file=f"{reverse('reports:ask_for', args=['bang-6-thang'])}?{urlencode({'unit': self.object.pk, 'half': half.number, 'month': f'{half.first:%Y-%m}'})}",
            **context,
        )  # fmt: skip


class HalfYearList(HalfMixin, PortalDetail):
    """What one figure counts: of one cell, or of the whole branch."""

    access = "dashboard.see_figures"
    template_name = "hoithao/half_year_list.html"

    def get_column(self):
        code = self.request.GET.get("cot", "")
        if code not in columns:
            raise Http404
        return columns.get(code)

    def get_title(self):
        return self.get_column().label

    def get_sub(self):
        cell = self.get_cell()
        return f"{cell.name if cell else self.object.name}, {self.get_half().name}"

    def get_crumbs(self):
        return [("Bảng sáu tháng", self.address("hoithao:half_year_table", self.object.pk))]

    def get_cells(self):
        if not hasattr(self, "_cells"):
            half = self.get_half()
            self._cells = active_cells(self.object, half.first, half.last)
        return self._cells

    def get_cell(self):
        named = self.request.GET.get("chi_bo", "")
        if not named:
            return None
        cell = next((one for one in self.get_cells() if str(one.pk) == named), None)
        if cell is None:
            raise Http404
        return cell

    def get_context_data(self, **context):
        column, cell = self.get_column(), self.get_cell()
        cells = [cell] if cell else self.get_cells()
        items = items_of(self.request.user, column, cells, self.get_half())
        page = Paginator(items, LISTED).get_page(self.request.GET.get("page"))
        named = {one.pk: one for one in cells}
        lines = [(item, named[item.cell]) for item in page.object_list]
        return super().get_context_data(
            column=column, cell=cell, page_obj=page, lines=lines, number=len(items), cells=len({item.cell for item in items}), of=len(cells), **context
        )  # fmt: skip


class HalfYearForm(PortalForm):
    number = forms.IntegerField(
        label="Số mô hình Dân vận khéo", min_value=0, max_value=99,
        help_text="Mô hình chi bộ đăng ký hoặc được công nhận trong kỳ. Không có thì ghi 0.",
    )  # fmt: skip
    names = TextField(label="Tên từng mô hình", rows=3, required=False, help_text="Mỗi mô hình một dòng.")
    remark = LineField(label="Ghi chú vào bảng", max_length=300, required=False)


class HalfYearWrite(HalfMixin, PortalEdit):
    access = "hoithao.write_half_year"
    form_class = HalfYearForm
    template_name = "hoithao/half_year_form.html"
    verb = "Ghi vào bảng"

    def get_title(self):
        return f"Dân vận khéo, ghi chú: {self.get_half().name}"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [("Bảng sáu tháng", self.get_success_url())]

    def get_success_url(self):
        return self.address("hoithao:half_year_table", self.object.parent_id or self.object.pk)

    def earlier(self):
        rows = HalfYearNote.objects.visible_to(self.request.user)
        return list(rows.filter(organisation=self.object, starts_on=self.get_half().first).select_related("by").order_by("-pk"))  # fmt: skip

    def get_initial(self):
        last = next(iter(self.earlier()), None)
        return {"number": last.number, "names": last.names, "remark": last.remark} if last else {}

    def get_context_data(self, **context):
        return super().get_context_data(earlier=self.earlier(), **context)

    def act(self, cell, **answers):
        write_half_year(cell, self.get_half(), by=self.request.user, **answers)
        return f"Đã ghi vào bảng {self.get_half().name} của {cell.name}."


urlpatterns = [
    path("bang-6-thang/", OwnTable.as_view(table="hoithao:half_year_table"), name="half_year_own"),
    path("bang-6-thang/<int:pk>/", HalfYearTable.as_view(), name="half_year_table"),
    path("bang-6-thang/<int:pk>/danh-sach/", HalfYearList.as_view(), name="half_year_list"),
    path("bang-6-thang/<int:pk>/ghi/", HalfYearWrite.as_view(), name="half_year_write"),
]
