"""Sổ thu, chi of one organisation: a year's lines with the balance, a new line, a line taken back."""

from django import forms as plain
from django.http import Http404
from django.urls import reverse

from chibo.access import may_keep_fund
from chibo.forms import dues as forms
from chibo.models import FundEntry, Organisation
from chibo.services import funds
from chibo.views.dues import LIST
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalDetail, PortalEdit


class YearForm(plain.Form):
    nam = plain.IntegerField(required=False, min_value=1990, max_value=2100)


class OfUnit:
    model = Organisation

    def get_queryset(self):
        return super().get_queryset().filter(kind__is_body=False).select_related("kind")

    def book_url(self):
        return reverse("chibo:fund_book", args=[self.object.pk])


class FundBook(OfUnit, PortalDetail):
    """The book of a year: lines oldest first, sums by kind, the balance before and after."""

    access = "chibo.see_fee_totals"
    template_name = "chibo/dues/book.html"

    def get_title(self):
        return "Sổ thu, chi"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        asked = YearForm(self.request.GET)
        asked.is_valid()
        day = today()
        year = asked.cleaned_data.get("nam") or day.year
        book = funds.book_of(self.object, day.replace(year=year, month=1, day=1), day.replace(year=year, month=12, day=31))  # fmt: skip
        return super().get_context_data(
            book=book, year=year, before=year - 1, after=year + 1 if year < day.year else None,
            may_keep=may_keep_fund(self.request.user, self.object) is True, **context,
        )  # fmt: skip


class OnBook(OfUnit, PortalEdit):
    access = "chibo.keep_fund"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [LIST, ("Sổ thu, chi", self.book_url())]

    def get_success_url(self):
        return self.book_url()


class FundEnter(OnBook):
    form_class = forms.FundForm
    title = "Ghi thu hoặc chi"

    def act(self, organisation, **answers):
        funds.enter(organisation, by=self.request.user, **answers)
        return "Đã ghi vào sổ."


class FundTakeBack(OnBook):
    form_class = forms.TakeBackForm
    title = "Lấy lại dòng ghi sai"
    verb = "Ghi dòng lấy lại"

    def entry(self):
        row = FundEntry.objects.visible_to(self.request.user).filter(organisation=self.object, pk=self.kwargs["entry"]).first()  # fmt: skip
        if row is None:
            raise Http404("no such line")
        return row

    def get_sub(self):
        return f"{self.entry().text}. Dòng cũ vẫn còn trong sổ."

    def act(self, organisation, because):
        funds.take_back(self.entry(), because, by=self.request.user)
        return "Đã ghi dòng lấy lại."
