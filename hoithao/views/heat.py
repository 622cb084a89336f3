"""The heat map on a page of its own: for a phone, and to go down from an organisation to its cells and their meetings."""

import datetime as dt

from django.http import Http404
from django.urls import path, reverse

from chibo.models import Organisation
from hoithao.cards import choices, heat, last_of_map, roots_of
from hoithao.choices import Status
from hoithao.figures import CELL_LISTS, cells_of_month, square, sums
from hoithao.frames import Books
from hoithao.models import Meeting, MonthTally
from hoithao.services.tallies import COUNTS
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import month_named
from kyanh_portal.ui.views import PortalDetail, PortalList, PortalPage

MAP = "Sinh hoạt 12 tháng"


class HeatPage(PortalPage):
    access = "dashboard.see_figures"
    template_name = "dashboard/heat.html"
    title = MAP
    sub = "Đảng bộ: số chi bộ đã họp. Chi bộ: tỷ lệ dự họp (%). Màu đậm là cần chú ý."

    def get_context_data(self, **context):
        roots = roots_of(self.request.user)
        when = choices(self.request, roots)
        return super().get_context_data(heat=heat(roots, last_of_map(when), when["type"]), when=when, **context)


class UnitHeat(PortalDetail):
    """One organisation: its cells by months."""

    model = Organisation
    access = "dashboard.see_figures"
    template_name = "dashboard/heat.html"
    sub = "Mỗi ô là tỷ lệ dự họp (%). Bấm vào ô để xem buổi họp."

    def get_queryset(self):
        return super().get_queryset().select_related("kind")

    def get_crumbs(self):
        return [(MAP, reverse("hoithao:heat"))]

    def get_context_data(self, **context):
        when = choices(self.request, [self.object])
        shown = heat([self.object], last_of_map(when), when["type"])
        return super().get_context_data(heat=shown, when=when, **context)


class CellMonth(PortalDetail):
    """Why a square says what it says: the facts of one cell in one month, and the meetings behind them."""

    model = Organisation
    access = "dashboard.see_figures"
    template_name = "dashboard/cell_month.html"

    def get_queryset(self):
        return super().get_queryset().filter(kind__is_cell=True).select_related("kind", "parent__kind", "cell_type")

    @property
    def month(self) -> dt.date:
        try:
            return month_named(self.kwargs["month"])
        except ValueError:
            raise Http404 from None

    def get_title(self):
        return f"{self.object.name}, tháng {self.month.month}/{self.month.year}"

    def get_sub(self):
        return self.object.parent.name if self.object.parent_id else ""

    def get_crumbs(self):
        parent = self.object.parent
        above = (
            [(parent.name, reverse("hoithao:unit_heat", args=[parent.pk]))]
            if parent and not parent.kind.is_cell and parent.parent_id
            else []
        )
        return [(MAP, reverse("hoithao:heat")), *above]

    def get_context_data(self, **context):
        found = sums([self.object.pk], [self.month]).get((self.object.pk, self.month))
        meetings = Meeting.objects.visible_to(self.request.user).filter(organisation=self.object, month=self.month)
        meetings = meetings.exclude(status=Status.CANCELLED).select_related("kind", "organisation")
        return super().get_context_data(
            facts=found, square=square(self.object, self.month, found, Books()), meetings=meetings, **context
        )


class CellsOfMonth(PortalList):
    """The cells behind a number of a month: what it was added up from, line by line, with the same sum on top."""

    model = MonthTally
    access = "dashboard.see_figures"
    template_name = "dashboard/month.html"
    paginate_by = 50

    def get_queryset(self):
        self.filter = None
        self.when = choices(self.request, roots_of(self.request.user))
        self.chosen = self.request.GET.get("loc", "")
        if self.chosen not in CELL_LISTS:
            self.chosen = ""
        covered = scope_of(self.request.user).covers("organisation__path")
        self.all_rows = cells_of_month(covered, self.when["month"], self.when["type"])
        return self.all_rows.filter(CELL_LISTS[self.chosen][1])

    def get_title(self):
        return f"Sinh hoạt tháng {self.when['month'].month}/{self.when['month'].year}, từng chi bộ"

    def get_crumbs(self):
        return [("Trang chính", reverse("dashboard:home"))]

    def get_context_data(self, **context):
        facts = list(self.all_rows.order_by().values(*COUNTS))
        return super().get_context_data(
            when=self.when,
            lists=[(name, label) for name, (label, _) in CELL_LISTS.items()],
            chosen=self.chosen,
            total={name: sum(row[name] for row in facts) for name in COUNTS},
            **context,
        )


urlpatterns = [
    path("thang/", CellsOfMonth.as_view(), name="month"),
    path("12-thang/", HeatPage.as_view(), name="heat"),
    path("12-thang/<int:pk>/", UnitHeat.as_view(), name="unit_heat"),
    path("12-thang/<int:pk>/<str:month>/", CellMonth.as_view(), name="cell_month"),
]
