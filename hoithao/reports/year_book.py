"""Sổ biên bản: all locked minutes of a cell's year in one book, with cover, contents and continuous pages."""

from django import forms
from django.template.loader import render_to_string

from chibo.models import Organisation
from hoithao.choices import Status
from hoithao.models import Meeting, began
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import FIRST_YEAR, LAST_YEAR, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.rendering.book import Book, Chapter
from kyanh_portal.rendering.pdf import official_pdf
from kyanh_portal.reports.report import PDF, Report, add_report
from kyanh_portal.ui.forms import PortalForm


class YearBookForm(PortalForm):
    unit = forms.ModelChoiceField(Organisation.objects.none(), label="Chi bộ", empty_label=None)
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    formats = forms.MultipleChoiceField(
        label="Dạng tệp", choices=[("pdf", "PDF")], initial=["pdf"], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = Organisation.objects.visible_to(user).filter(kind__is_body=False).select_related("kind")
        self.fields["unit"].queryset = units.order_by("path")
        self.fields["year"].initial = today().year
        own = units.filter(kind__is_cell=True).order_by("path").first()
        self.fields["unit"].initial = own


class YearBook(Report):
    code = "so-bien-ban"
    title = "Sổ biên bản của năm"
    about = "Mọi biên bản đã khóa của một đơn vị trong năm, đóng thành sổ."
    order = 30
    form_class = YearBookForm
    formats = [("pdf", "PDF")]

    def parameters(self, answers):
        return {"unit": answers["unit"].pk, "year": answers["year"]}

    def run_title(self, parameters):
        return f"Sổ biên bản năm {parameters['year']}, {Organisation.objects.get(pk=parameters['unit']).name}"

    def may_run(self, user, parameters):
        unit = Organisation.objects.filter(pk=parameters["unit"]).first()
        return unit is not None and scope_of(user).reaches(unit.path)

    def _meetings(self, parameters):
        rows = Meeting.objects.alias(began=began()).filter(
            organisation=parameters["unit"], began__year=parameters["year"], status=Status.CLOSED
        )
        return rows.select_related("kind", "organisation", "minutes__document").order_by("began", "pk")

    def count(self, user, parameters):
        return max(self._meetings(parameters).count(), 1)

    def steps(self, user, parameters, work, set_aside):
        work["chapters"], work["unit"] = [], Organisation.objects.get(pk=parameters["unit"])
        for meeting in self._meetings(parameters).prefetch_related("minutes__addenda__document"):
            minutes = meeting.minutes
            papers = [(_title(meeting, minutes), minutes.document)]
            papers += [
                (f"Đính chính số {one.number}, {vn_date(one.added_at.date())}", one.document)
                for one in minutes.addenda.all()
            ]
            for level, (title, document) in enumerate(papers):
                try:
                    pdf = official_pdf(content_of(document))
                    work["chapters"].append(Chapter(title, pdf=pdf, level=min(level, 1)))
                except RuleBroken as broken:
                    set_aside.append(f"{title}: {broken.message}")
            yield

    def files(self, user, parameters, work, formats):
        if not work["chapters"]:
            raise RuleBroken("Năm này chưa có biên bản nào đã khóa.")
        unit, year = work["unit"], parameters["year"]
        facts = {"organisation": unit, "year": year, "number": len(work["chapters"]), "is_synthetic": unit.is_synthetic}
        note = "Số liệu giả lập" if unit.is_synthetic else ""  # each paper bears the words itself, at its foot
        book = Book(work["chapters"])
        for _ in book.draw():
            pass
        content = book.bind(
            render_to_string("print/year_book_cover.html", facts),
            lambda chapters: render_to_string("print/book_contents.html", {"chapters": chapters, "note": note}),
            title=f"Sổ biên bản năm {year}, {unit.name}",
        )
        return [(f"so-bien-ban-{year}.pdf", PDF, content)]


def _title(meeting, minutes) -> str:
    number = f"{minutes.document.number_line}: " if minutes.document.number_line else ""
    return f"{number}{meeting.name}, ngày {vn_date(meeting.held_on)}"


add_report(YearBook())
