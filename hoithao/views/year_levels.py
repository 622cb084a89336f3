"""The level of a year: the rule of a branch, what it gives each cell, another rule tried on the same meetings, a rule from a day on."""

from collections import Counter

from django import forms
from django.http import Http404
from django.urls import path, reverse

from chibo.models import Organisation
from hoithao.access import may_set_year_rule
from hoithao.services.score_watch import held_in_year, year_rule_of, year_rules_of
from hoithao.views.tables import SHORT, OwnTable
from hoithao.year_levels import MEETING_LEVELS, NAMED_PATTERNS, NO_RULE, judge_year, mean_of, read_year_rule
from kyanh_portal.base.calendar import FIRST_YEAR, LAST_YEAR, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.models import ParameterValue
from kyanh_portal.parameters.parameter import parameters
from kyanh_portal.parameters.setting import set_parameter
from kyanh_portal.ui.forms import DateField, LineField, PortalForm, TextField
from kyanh_portal.ui.views import PortalDetail, PortalEdit

NAME = "scores.year_rule"
MOST = 400  # cells on one page; beyond them the committees below have their own


class YearTable(PortalDetail):
    """Every cell's year by the rule in force, or by one that is only tried."""

    model = Organisation
    access = "dashboard.see_figures"
    template_name = "hoithao/year_table.html"

    def get_queryset(self):
        return super().get_queryset().select_related("kind")

    def get_year(self) -> int:
        text = self.request.GET.get("nam", "") or str(today().year)
        if not (text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
            raise Http404
        return int(text)

    def get_title(self):
        return f"Mức sinh hoạt năm {self.get_year()}"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [("Sinh hoạt", "/sinh-hoat/"), ("Quy định sinh hoạt", reverse("hoithao:frame_list"))]

    def get_context_data(self, **context):
        unit, year = self.object, self.get_year()
        rule, trying, problem = year_rule_of(year, unit.path), self.request.GET.get("thu", "")[:2000], ""
        try:
            used = trying if trying.strip() and read_year_rule(trying) else rule
        except RuleBroken as broken:
            used, problem = rule, broken.message
        cells = Organisation.objects.visible_to(self.request.user).filter(path__startswith=unit.path).cells()
        cells = list(cells.valid_on(min(today(), last_day(year))).select_related("parent").in_order()[:MOST])
        held = held_in_year([cell.pk for cell in cells], year)
        rules = year_rules_of(year, [cell.path for cell in cells])
        rows = []
        for cell in cells:
            meetings = held.get(cell.pk, [])
            own = used if used is trying else rules[cell.path]
            verdict = judge_year(meetings, own)
            rows.append({"cell": cell, "verdict": verdict, "number": len(meetings), "mean": mean_of(meetings)})
        levels = read_year_rule(used)
        return super().get_context_data(
            year=year, years=[year - 1, year, year + 1], rows=rows, groups=grouped(rows, levels), levels=levels, is_tried=used is trying, trying=trying,
            problem=problem, rule=rule, no_rule=NO_RULE, patterns=NAMED_PATTERNS, meeting_levels=MEETING_LEVELS,
            scored=sum(1 for row in rows if row["number"]), history=history_of(unit.path),
            shares=shares_of(rows, levels), is_long=len(rows) > SHORT,
            may_set=may_set_year_rule(self.request.user, unit) is True, **context,
        )  # fmt: skip


def shares_of(rows, levels) -> list[tuple[str, int]]:
    """How many cells have which level, the best first; those without one last."""
    counts = Counter(row["verdict"].level for row in rows)
    return [(name, counts[name]) for name in [*dict.fromkeys(level.name for level in levels), ""] if counts[name]]


def grouped(rows, levels) -> list[dict]:
    """The cells below their committees, in the order of the tree."""
    found: dict = {}
    for row in rows:
        found.setdefault(row["cell"].parent, []).append(row)
    return [
        {
            "unit": unit,
            "rows": own,
            "scored": sum(1 for row in own if row["number"]),
            "shares": shares_of(own, levels) if levels else [],
        }
        for unit, own in found.items()
    ]


def last_day(year: int):
    """The day by which a year is judged."""
    return today().replace(year=year, month=12, day=31)


def history_of(branch: str) -> list[ParameterValue]:
    """Rules set for the branch or above it, the newest first."""
    rows = ParameterValue.objects.filter(name=NAME).order_by("-valid_from", "-pk")
    return [row for row in rows if branch.startswith(row.path)][:12]


class YearRuleForm(PortalForm):
    value = TextField(label="Cách xếp", rows=6, help_text="Mỗi dòng một mức, mức cao trước.")
    valid_from = DateField(label="Áp dụng từ ngày", help_text="Năm nào theo quy định đang áp dụng ngày 31/12 năm ấy.")
    source = LineField(label="Căn cứ", max_length=300, help_text="Văn bản số, ngày; hoặc ai quyết định.")

    def clean_value(self):
        value = self.cleaned_data["value"]
        try:
            read_year_rule(value)
        except RuleBroken as broken:
            raise forms.ValidationError(broken.message) from None
        return value


class YearRuleSet(PortalEdit):
    """Another rule for the branch from a day on; what held before stays in the history."""

    model = Organisation
    access = "hoithao.set_year_rule"
    form_class = YearRuleForm
    template_name = "hoithao/year_rule_form.html"
    title = "Đặt cách xếp mức năm"
    verb = "Áp dụng cách xếp"

    def get_queryset(self):
        return super().get_queryset().select_related("kind")

    def get_sub(self):
        return f"Cho {self.object.name} và các chi bộ trực thuộc."

    def get_crumbs(self):
        return [("Sinh hoạt", "/sinh-hoat/"), ("Mức của năm", self.get_success_url())]

    def get_success_url(self):
        return reverse("hoithao:year_table", args=[self.object.pk])

    def get_initial(self):
        tried = self.request.GET.get("thu", "")[:2000]
        return {"value": tried or year_rule_of(today().year, self.object.path), "valid_from": today()}

    def get_context_data(self, **context):
        return super().get_context_data(patterns=NAMED_PATTERNS, no_rule=NO_RULE, **context)

    def act(self, unit, value, valid_from, source):
        set_parameter(
            parameters.get(NAME), value, by=self.request.user, valid_from=valid_from, source=source, path=unit.path, place=unit.name
        )  # fmt: skip
        return f"Đã đặt cách xếp mức năm, áp dụng từ {vn_date(valid_from)}."


urlpatterns = [
    path("bang-nam/", OwnTable.as_view(table="hoithao:year_table"), name="year_table_own"),
    path("bang-nam/<int:pk>/", YearTable.as_view(), name="year_table"),
    path("bang-nam/<int:pk>/cach-xep/", YearRuleSet.as_view(), name="year_rule_set"),
]
