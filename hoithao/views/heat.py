"""The heat map on a page of its own: for a phone, and to go down from an organisation to its cells."""

from django.urls import path

from chibo.models import Organisation
from hoithao.cards import chosen_type, heat, roots_of
from hoithao.figures import newest_month
from kyanh_portal.ui.views import PortalDetail, PortalPage


class HeatPage(PortalPage):
    access = "dashboard.see_figures"
    template_name = "dashboard/heat.html"
    title = "Sinh hoạt 12 tháng"
    sub = "Đảng bộ: số chi bộ đã họp. Chi bộ: tỷ lệ dự họp (%). Màu đậm là cần chú ý."

    def get_context_data(self, **context):
        roots = roots_of(self.request.user)
        newest = newest_month([r.pk for r in roots])
        return super().get_context_data(heat=heat(roots, newest, chosen_type(self.request)), **context)


class UnitHeat(PortalDetail):
    """One organisation: its cells by months."""

    model = Organisation
    access = "dashboard.see_figures"
    template_name = "dashboard/heat.html"
    sub = HeatPage.sub

    def get_queryset(self):
        return super().get_queryset().select_related("kind")

    def get_crumbs(self):
        return [("Sinh hoạt 12 tháng", "/sinh-hoat/12-thang/")]

    def get_context_data(self, **context):
        newest = newest_month([self.object.pk])
        return super().get_context_data(heat=heat([self.object], newest, chosen_type(self.request)), **context)


urlpatterns = [
    path("12-thang/", HeatPage.as_view(), name="heat"),
    path("12-thang/<int:pk>/", UnitHeat.as_view(), name="unit_heat"),
]
