"""Bảng N1–N11 on screen: one table a page, every figure opens to exactly the rows it counts."""

from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from chibo.fieldclasses import sees
from chibo.kept import FIGURES, shown
from chibo.models import Member, Organisation
from chibo.reports.register_tables import TABLES
from chibo.reports.tables import in_words
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalList, PortalPage

NAMES = {
    "N1": "Chi bộ", "N2": "Biến động", "N3": "Cơ cấu", "N3B": "Trình độ, nghề nghiệp", "N4": "Kết nạp", "N4B": "Kết nạp: trình độ, nghề nghiệp", "N5": "Nguồn", "N6": "Chính thức", "N7": "Xếp loại", "N7B": "Xếp loại tổ chức",
    "N8": "Chuyển sinh hoạt", "N9": "Huy hiệu", "N10": "Rà soát", "N11": "Đảng phí",
}  # fmt: skip


# Tables whose lists tell of a person what not everybody is shown (fieldclasses).
PEOPLE = {"N2": ("chibo.Exit", "reason"), "N3B": ("chibo.MemberProfile", "member"), "N4B": ("chibo.MemberProfile", "member"), "N5": ("chibo.Candidate", "full_name"), "N6": ("chibo.Exit", "reason"), "N7": ("chibo.Rating", "member"), "N10": ("chibo.Finding", "member")}  # fmt: skip

# Figures of development whose lists tell no more than the register does; the others speak of who asked to join.
OPEN_FIGURES = ("P1", "P2", "P3", "P10")
LISTED = 50  # rows behind a figure, on one page
SUMS = ("Cộng", "Cuối kỳ")


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
        line = [
            int(part) for part in unit.path.split(".") if part
        ]  # up to the root; the list never holds a whole province
        near = Q(pk__in=line) | Q(parent__in=[unit.pk, unit.parent_id])
        choices = units.filter(near & Q(kind__is_cell=False) | Q(pk=unit.pk)).select_related(None)
        return {**answers, "unit": unit, "year": answers.get("nam") or today().year, "units": choices.order_by("path")}


def opens_figure(user, unit, code: str) -> bool:
    """Whether who stands behind a figure of development is shown to this user (fieldclasses)."""
    return code in OPEN_FIGURES or sees(user, "chibo.Candidate", "full_name", unit.path)


class TableMixin(UnitYearMixin):
    access = "chibo.see_reviews"

    @property
    def code(self) -> str:
        code = self.request.GET.get("bang", "N1")
        return code if code in TABLES else "N1"

    def opens(self, unit) -> bool:
        """Whether the people behind the figures of this table are shown to this user (fieldclasses)."""
        field = PEOPLE.get(self.code)
        return field is None or sees(self.request.user, *field, unit.path)

    def address(self, name: str, asked: dict, **more) -> str:
        return f"{reverse(name)}?{urlencode({'don_vi': asked['unit'].pk, 'nam': asked['year'], 'bang': self.code, **more})}"  # fmt: skip


class RegisterTable(TableMixin, PortalPage):
    template_name = "chibo/growth/table.html"
    title = "Bảng nội bộ của Ban Tổ chức"

    def get_context_data(self, **context):
        asked = self.asked()
        unit, year, found = asked["unit"], asked["year"], shown(self.code, asked["unit"], asked["year"])
        table, opens = found.table, self.opens(unit)
        values = list(enumerate(table.rows)) if table else []
        sums, lines = [], []
        for number, row in values:
            (sums if row[0] in SUMS and number == len(values) - 1 else lines).append((number, row))
        page = Paginator(lines, PortalList.paginate_by).get_page(self.request.GET.get("page"))
        rows = [self.line(found, asked, number, row, opens) for number, row in [*page.object_list, *sums]]
        return super().get_context_data(
            table=table, rows=rows, names=NAMES.items(), opens=opens, code=self.code, unit=unit, units=asked["units"], year=year,
            sub=f"{unit.name}, năm {year}", found=found, page_obj=page, **context,
        )  # fmt: skip

    def line(self, found, asked, number, row, opens) -> dict:
        """One row of the table, each of its figures with the address of what it counts."""
        cells = [
            (column, in_words(value, column.kind), self.address("chibo:register_table_list", asked, dong=number, cot=at) if opens and value and found.has_list(number, at) else "")
            for at, (column, value) in enumerate(zip(found.table.columns, row, strict=True))
        ]  # fmt: skip
        return {"head": cells[0][1], "cells": cells[1:], "is_total": row[0] in SUMS}


class RegisterTableList(TableMixin, PortalPage):
    """The rows behind one figure of a table or of development, counted anew by the same code."""

    template_name = "chibo/growth/table_list.html"

    @property
    def code(self) -> str:
        return FIGURES if self.request.GET.get("bang") == FIGURES else super().code

    @property
    def whole(self) -> str:
        """The page on which the figure stands."""
        return "chibo:development" if self.code == FIGURES else "chibo:register_table"

    def get(self, request, *args, **kwargs):
        asked = self.asked()
        if asked.get("cot") is None:  # no figure was named: the table itself
            return HttpResponseRedirect(self.address(self.whole, asked))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        asked = self.asked()
        found = shown(self.code, asked["unit"], asked["year"])
        if found.table is None:  # nothing was counted yet: the table tells so
            raise Http404("not counted yet")
        if not self.opens(asked["unit"]):
            raise Http404("the people behind this figure are not shown")
        line, at, given = asked.get("dong") or 0, asked["cot"], self.request.GET.get("page", "1")
        number = int(given) if given.isdecimal() and len(given) < 7 else 1
        try:
            row, column = found.table.rows[line], found.table.columns[at]
            value, rows = found.listed(line, at, 0, 0) or (None, [])
        except IndexError:
            raise Http404("no such figure") from None
        if value is None:
            raise Http404("this figure counts no rows")
        of_development = self.code == FIGURES
        if of_development and not opens_figure(self.request.user, asked["unit"], row[0]):
            raise Http404("the people behind this figure are not shown")
        page = Paginator(range(value), LISTED).get_page(number)
        _, rows = found.listed(line, at, max(page.start_index() - 1, 0), LISTED)
        cells = [one for one in rows if isinstance(one, Organisation)]
        prefetch_related_objects(cells, "parent")  # many cells bear the same name: above which one tells them apart
        Organisation.objects.none().worn_on(found.day, [one.parent for one in cells if one.parent_id])
        page.object_list = [_line(one) for one in rows]
        table = found.table
        back = self.address(self.whole, asked)
        crumbs = [("Bảng nội bộ", reverse("chibo:register_table")), (table.title, back)]
        if of_development:
            crumbs[0] = ("Kết nạp đảng viên", reverse("chibo:candidate_list"))
        return super().get_context_data(
            page_obj=page, found=found, number=value, title=f"{row[1]}: {column.label.lower()}" if of_development else f"{column.label}: {row[0]}", sub=f"{table.title}. {asked['unit'].name}, năm {asked['year']}",
            crumbs=crumbs, base=row[4] if of_development else table.base, **context,
        )  # fmt: skip


def _line(one) -> dict:
    """Who or what, where, the page of it."""
    person = getattr(one, "member", None)
    place = getattr(one, "organisation", None) or getattr(getattr(one, "form", None) or getattr(one, "session", None), "organisation", None)  # fmt: skip
    if isinstance(one, Organisation):
        return {
            "name": one.name,
            "place": one.parent.name if one.parent_id else "",
            "url": one.get_absolute_url(),
            "note": "",
        }
    if isinstance(one, Member):
        return {"name": one.full_name, "place": one.organisation.name, "url": one.get_absolute_url(), "note": ""}
    url = one.get_absolute_url() if hasattr(one, "get_absolute_url") else ""
    url = url or (getattr(one, "form", None) or getattr(one, "session", None)).get_absolute_url()
    return {"name": person.full_name if person else str(one), "place": place.name if place else "", "url": url, "note": str(one) if person and not place else ""}  # fmt: skip
