"""Bảng N1–N11 on screen: one table a page, every figure opens to exactly the rows it counts."""

from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from chibo.fieldclasses import sees
from chibo.models import Member, Organisation
from chibo.reports.register_facts import Facts, Listed
from chibo.reports.register_tables import TABLES
from chibo.reports.tables import in_words
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalPage

NAMES = {
    "N1": "Chi bộ", "N2": "Biến động", "N3": "Cơ cấu", "N4": "Kết nạp", "N5": "Nguồn", "N6": "Chính thức", "N7": "Xếp loại", "N7B": "Xếp loại tổ chức",
    "N8": "Chuyển sinh hoạt", "N9": "Huy hiệu", "N10": "Rà soát", "N11": "Đảng phí",
}  # fmt: skip


PEOPLE = {"N7": "chibo.Rating", "N10": "chibo.Finding"}  # tables whose lists are about persons, class by fieldclasses


class YearForm(forms.Form):
    don_vi = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    nam = forms.IntegerField(required=False, min_value=1990, max_value=2100)
    dong = forms.IntegerField(required=False, min_value=0, max_value=5000)
    cot = forms.IntegerField(required=False, min_value=0, max_value=60)


class UnitYearMixin:
    """A page about one unit and year, both in the address; left out: the user's own unit and this year."""

    def asked(self) -> dict:
        """unit, year and the units to choose from; other answers of the address beside them."""
        asked = YearForm(self.request.GET)
        asked.is_valid()
        answers = asked.cleaned_data
        units = Organisation.objects.visible_to(self.request.user).filter(kind__is_body=False).valid_on(today())
        wanted = answers.get("don_vi") or scope_of(self.request.user).home_id
        unit = (units.filter(pk=wanted).first() if wanted else None) or units.order_by("path").first()
        if unit is None:
            raise Http404("no unit in scope")
        choices = units.filter(kind__is_cell=False) | units.filter(pk=unit.pk)
        return {**answers, "unit": unit, "year": answers.get("nam") or today().year, "units": choices.order_by("path")}


class TableMixin(UnitYearMixin):
    access = "chibo.see_reviews"

    @property
    def code(self) -> str:
        code = self.request.GET.get("bang", "N1")
        return code if code in TABLES else "N1"

    def opens(self, unit) -> bool:
        """Whether the people behind the figures of this table are shown to this user (fieldclasses)."""
        label = PEOPLE.get(self.code)
        return label is None or sees(self.request.user, label, "member", unit.path)

    def address(self, name: str, asked: dict, **more) -> str:
        return f"{reverse(name)}?{urlencode({'don_vi': asked['unit'].pk, 'nam': asked['year'], 'bang': self.code, **more})}"  # fmt: skip


class RegisterTable(TableMixin, PortalPage):
    template_name = "chibo/growth/table.html"
    title = "Bảng nội bộ của Ban Tổ chức"

    def get_context_data(self, **context):
        asked = self.asked()
        table = TABLES[self.code](Facts(asked["unit"], asked["year"]))
        opens, rows = self.opens(asked["unit"]), []
        for number, row in enumerate(table.rows):
            cells = [
                (column, in_words(value, column.kind), self.address("chibo:register_table_list", asked, dong=number, cot=at) if opens and isinstance(value, Listed) and value else "")
                for at, (column, value) in enumerate(zip(table.columns, row, strict=True))
            ]  # fmt: skip
            rows.append({"head": cells[0][1], "cells": cells[1:], "is_total": row[0] in ("Cộng", "Cuối kỳ")})
        return super().get_context_data(
            table=table, rows=rows, names=NAMES.items(), opens=opens, code=self.code, unit=asked["unit"], units=asked["units"], year=asked["year"],
            sub=f"{asked['unit'].name}, năm {asked['year']}", **context,
        )  # fmt: skip


class RegisterTableList(TableMixin, PortalPage):
    """The rows behind one figure, counted anew by the same code."""

    template_name = "chibo/growth/table_list.html"

    def get(self, request, *args, **kwargs):
        asked = self.asked()
        if asked.get("cot") is None:  # no figure was named: the table itself
            return HttpResponseRedirect(self.address("chibo:register_table", asked))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        asked = self.asked()
        table = TABLES[self.code](Facts(asked["unit"], asked["year"]))
        try:
            row = table.rows[asked.get("dong") or 0]
            value, column = row[asked["cot"]], table.columns[asked["cot"]]
        except IndexError:
            raise Http404("no such figure") from None
        if not self.opens(asked["unit"]):
            raise Http404("the people behind this figure are not shown")
        if not isinstance(value, Listed):
            raise Http404("this figure counts no rows")
        page = Paginator(value.rows, 50).get_page(self.request.GET.get("page"))
        page.object_list = [_line(one) for one in page.object_list]
        back = self.address("chibo:register_table", asked)
        return super().get_context_data(
            page_obj=page, number=value, title=f"{column.label}: {row[0]}", sub=f"{table.title}. {asked['unit'].name}, năm {asked['year']}",
            crumbs=[("Bảng nội bộ", reverse("chibo:register_table")), (table.title, back)], base=table.base, **context,
        )  # fmt: skip


def _line(one) -> dict:
    """Who or what, where, the page of it."""
    person = getattr(one, "member", None)
    place = getattr(one, "organisation", None) or getattr(getattr(one, "form", None) or getattr(one, "session", None), "organisation", None)  # fmt: skip
    if isinstance(one, Organisation):
        return {"name": one.name, "place": "", "url": one.get_absolute_url(), "note": ""}
    if isinstance(one, Member):
        return {"name": one.full_name, "place": one.organisation.name, "url": one.get_absolute_url(), "note": ""}
    url = one.get_absolute_url() if hasattr(one, "get_absolute_url") else ""
    url = url or (getattr(one, "form", None) or getattr(one, "session", None)).get_absolute_url()
    return {"name": person.full_name if person else str(one), "place": place.name if place else "", "url": url, "note": str(one) if person and not place else ""}  # fmt: skip
