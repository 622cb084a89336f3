"""Yearly rating: open, the cell's votes, the superior's decision."""

from django import forms

from chibo.choices import RatingLevel, RatingState, Role
from chibo.forms.rearranging import OrganisationChoice
from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class YearForm(PortalForm):
    organisation = OrganisationChoice(Organisation.objects.none(), label="Chi bộ", empty_label=None)
    year = forms.IntegerField(label="Năm", min_value=2018, max_value=2100)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.CELL_SECRETARY)
        cells = Organisation.objects.visible_to(user).filter(own).cells().valid_on(today())
        self.fields["organisation"].queryset = cells.select_related("parent").order_by("sort_key")
        self.fields["year"].initial = today().year


class RowsForm(PortalForm):
    """Base: `rows()` gives (rating, its bound fields), for a table of one line a member."""

    prefixes: tuple = ()

    def rows(self):
        for one in self.ratings:
            yield one, [self[f"{prefix}_{one.pk}"] for prefix in self.prefixes]


class VoteForm(RowsForm):
    voted_on = DateField(label="Chi bộ bỏ phiếu ngày", initial=today)
    base = forms.IntegerField(label="Số đảng viên chính thức có quyền biểu quyết", min_value=1, max_value=999)
    self_level = forms.ChoiceField(label="Chi bộ tự nhận mức", choices=RatingLevel)
    prefixes = ("level", "votes")

    def __init__(self, *args, ratings, **kwargs):
        super().__init__(*args, **kwargs)
        self.ratings = [one for one in ratings if not one.not_rated]
        for one in self.ratings:
            self.fields[f"level_{one.pk}"] = forms.ChoiceField(label=f"Mức của đồng chí {one.member}", choices=[("", "Chọn mức"), *RatingLevel.choices], initial=one.level)  # fmt: skip
            self.fields[f"votes_{one.pk}"] = forms.IntegerField(label=f"Số phiếu của đồng chí {one.member}", min_value=0, max_value=999, initial=one.votes)  # fmt: skip

    def clean(self):
        answers = self.cleaned_data
        rows = {one.member_id: (answers.get(f"level_{one.pk}", ""), answers.get(f"votes_{one.pk}")) for one in self.ratings}  # fmt: skip
        return {"voted_on": answers.get("voted_on"), "base": answers.get("base"), "self_level": answers.get("self_level"), "rows": rows}  # fmt: skip


class DecideForm(RowsForm):
    level = forms.ChoiceField(label="Xếp loại chi bộ", choices=RatingLevel)
    decision = LineField(label="Quyết định số, ngày", max_length=200)
    prefixes = ("final",)

    def __init__(self, *args, ratings, **kwargs):
        super().__init__(*args, **kwargs)
        self.ratings = [one for one in ratings if not one.not_rated]
        for one in self.ratings:
            self.fields[f"final_{one.pk}"] = forms.ChoiceField(label=f"Mức của đồng chí {one.member}", choices=RatingLevel, initial=one.final or one.level)  # fmt: skip

    def clean(self):
        answers = self.cleaned_data
        finals = {one.member_id: answers.get(f"final_{one.pk}", "") for one in self.ratings}
        return {"level": answers.get("level"), "decision": answers.get("decision"), "finals": finals}


class ReopenForm(PortalForm):
    because = LineField(label="Mở lại vì", max_length=300)


class RatingFilter(FilterForm):
    year = forms.IntegerField(label="Năm", min_value=2018, max_value=2100)
    name = LineField(label="Chi bộ")
    state = forms.ChoiceField(label="Bước", choices=[("", "Mọi bước"), *RatingState.choices])

    def apply(self, rows, **answers):
        if "year" in answers:
            rows = rows.filter(year=answers["year"])
        if "name" in answers:
            rows = rows.filter(organisation__name__icontains=answers["name"])
        return rows.filter(state=answers["state"]) if "state" in answers else rows
