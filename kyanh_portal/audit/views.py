"""The trail, and every access rule in words."""

from django import forms
from django.db.models import Q

from kyanh_portal.access.rules import rules
from kyanh_portal.access.scope import scope_of
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.audit.record import record
from kyanh_portal.audit.trail import VERBS, words_for
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField
from kyanh_portal.ui.views import PortalList, PortalPage

# What an administrator sees of the trail: accounts, roles and refusals, no business.
ADMINISTRATIVE = ("account.", "role.", "access.")


class TrailFilter(FilterForm):
    verb = forms.ChoiceField(label="Việc")
    person = LineField(label="Người làm")
    day = DateField(label="Ngày")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", "Mọi việc"), *sorted(VERBS.items(), key=lambda pair: pair[1])]

    def apply(self, rows, **answers):
        if "verb" in answers:
            rows = rows.filter(verb=answers["verb"])
        if "person" in answers:
            rows = rows.filter(by_name__icontains=answers["person"])
        if "day" in answers:
            rows = rows.filter(at__date=answers["day"])
        return rows


class TrailList(PortalList):
    model = AuditEntry
    access = "audit.read"
    template_name = "audit/list.html"
    filter_class = TrailFilter
    title = "Nhật ký"
    sub = "Chỉ ghi thêm, không sửa, không xóa; mỗi dòng niêm với dòng trước."

    def get_rows(self):
        scope = scope_of(self.request.user)
        seen = Q(path__in=[]) | scope.covers("path")
        if scope.holds("administrator", "inspection"):
            administrative = Q()
            for prefix in ADMINISTRATIVE:
                administrative |= Q(verb__startswith=prefix)
            seen |= administrative
        return AuditEntry.objects.filter(seen)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        for entry in context["object_list"]:
            entry.words = words_for(entry.verb)
        # Reading the trail is itself told: which filter, which page, how many lines.
        asked = {
            name: value[:60] for name, value in self.request.GET.items() if value and name in ("verb", "day", "page")
        }
        record("audit.read", by=self.request.user, lines=len(context["object_list"]), filter=asked)
        return context


class RuleList(PortalPage):
    access = "audit.read"
    template_name = "audit/rules.html"
    title = "Quyền"
    sub = "Mỗi trang hỏi một quyền trong danh sách này."

    def get_context_data(self, **context):
        return super().get_context_data(rules=sorted(rules, key=lambda rule: rule.name), **context)
