"""The map of the site."""

from django.urls import include, path

from kyanh_portal.base import health

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("tai-khoan/", include("kyanh_portal.accounts.urls")),
    path("", include("kyanh_portal.dashboard.urls")),
    path("tim/", include("kyanh_portal.search.urls")),
    path("nhat-ky/", include("kyanh_portal.audit.urls")),
    path("van-ban/", include("kyanh_portal.documents.urls")),
    path("tep/", include("kyanh_portal.files.urls")),
    path("tham-so/", include("kyanh_portal.parameters.urls")),
    path("viec-den-han/", include("kyanh_portal.reminders.urls")),
    path("bao-cao/", include("kyanh_portal.reports.urls")),
    path("nhap-lieu/", include("kyanh_portal.exchange.urls")),
    path("to-chuc/", include("chibo.urls")),
    path("sinh-hoat/", include("hoithao.urls")),
    path("", include("nghiquyet.urls")),
]

handler400 = "kyanh_portal.ui.errors.bad_request"
handler403 = "kyanh_portal.ui.errors.forbidden"
handler404 = "kyanh_portal.ui.errors.not_found"
handler500 = "kyanh_portal.ui.errors.server_error"
